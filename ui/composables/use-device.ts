import { useQuery, useQueryCache } from '@pinia/colada';
import { inject, provide, type InjectionKey, type ShallowRef, shallowRef } from 'vue';
import { devices } from '../api/nbi.js';
import type { LiveEvent } from '../api/types.js';
import { useLive } from './use-live.js';
import { calm } from './use-calm.js';

/** What the open session of a device has done so far, as far as events told. */
export interface LiveSession {
  id: string;
  startedAt: number;
  rpcs: number;
  last: string;
  task: string | null;
}

const SESSION: InjectionKey<ShallowRef<LiveSession | null>> = Symbol('live session');

/** The queries of one device; every component that asks gets the same cached answer. */
export function useDevice(id: () => string) {
  return useQuery({ key: () => ['device', id()], query: ({ signal }) => devices.one(id(), { signal }) });
}

export function useQueue(id: () => string, at: () => string | null = () => null) {
  return useQuery({
    key: () => ['queue', id(), at() ?? 'now'],
    query: ({ signal }) => devices.queue(id(), at(), { signal }),
    staleTime: 0,
  });
}

export function useParameters(id: () => string) {
  return useQuery({
    key: () => ['parameters', id()],
    query: ({ signal }) => devices.parameters(id(), { signal }),
    staleTime: 60_000,
  });
}

export function useConnectionRequests(id: () => string) {
  return useQuery({
    key: () => ['connection-requests', id()],
    query: () => devices.connectionRequests(id(), { limit: 25 }),
  });
}

/** Follows one device: its queries are fetched again when an event says that they changed. */
export function followDevice(id: () => string): ShallowRef<LiveSession | null> {
  const cache = useQueryCache();
  const session = shallowRef<LiveSession | null>(null);
  provide(SESSION, session);
  const refresh = {
    device: calm(() => cache.invalidateQueries({ key: ['device', id()] }), 500),
    queue: calm(() => cache.invalidateQueries({ key: ['queue', id()] }), 500),
    executions: calm(() => cache.invalidateQueries({ key: ['executions'] }), 500),
    parameters: calm(() => cache.invalidateQueries({ key: ['parameters', id()] }), 2_000),
    sessions: calm(() => cache.invalidateQueries({ key: ['sessions', id()] }), 1_000),
    requests: calm(() => cache.invalidateQueries({ key: ['connection-requests', id()] }), 500),
    files: calm(() => cache.invalidateQueries({ key: ['resources'] }), 1_000),
  };
  useLive(
    () => ({
      types: [
        'device.*',
        'task.*',
        'execution.*',
        'session.*',
        'transfer.*',
        'resource.*',
        'connection-request.*',
      ],
      device: id(),
    }),
    (events) => events.forEach(apply),
    () => Object.values(refresh).forEach((act) => act()),
  );
  return session;

  function apply(event: LiveEvent): void {
    if (event.type === 'session.rpc') {
      onRpc(event);
      return;
    }
    if (event.type === 'session.started') session.value = begun(event);
    if (event.type === 'session.ended') {
      session.value = null;
      refresh.sessions();
      refresh.parameters();
      refresh.files();
    }
    refresh.device();
    refresh.queue();
    refresh.requests();
    if (event.type.startsWith('execution.')) refresh.executions();
    if (event.type === 'execution.finished') refresh.parameters();
  }

  function onRpc(event: LiveEvent): void {
    const now = session.value ?? begun(event);
    session.value = {
      ...now,
      rpcs: now.rpcs + 1,
      last: String(event.data.message ?? ''),
      task: typeof event.data.task === 'string' ? event.data.task : now.task,
    };
  }
}

function begun(event: LiveEvent): LiveSession {
  return {
    id: String(event.data.session ?? ''),
    startedAt: Date.parse(event.time) || Date.now(),
    rpcs: 0,
    last: 'Inform',
    task: null,
  };
}

export function useLiveSession(): ShallowRef<LiveSession | null> {
  return inject(SESSION, shallowRef(null));
}
