import { client, openClient, take } from './client.js';
import type { paths } from '../generated/api.js';
import type {
  Device,
  LogLevel,
  Parameter,
  RehearsalInput,
  Resource,
  ScheduleInput,
  Task,
  TaskInput,
  TaskPatch,
} from './types.js';

/** The calls that the console makes, one each; nothing else talks to the server. */
export type QueryOf<Path extends keyof paths> = paths[Path] extends {
  get: { parameters: { query?: infer Query } };
}
  ? NonNullable<Query>
  : never;

export type DeviceQuery = QueryOf<'/devices'>;
export type ResourceQuery = QueryOf<'/resources'>;
export type TaskQuery = QueryOf<'/tasks'>;
export type ExecutionQuery = QueryOf<'/executions'>;
export type AuditQuery = QueryOf<'/audit'>;
export type Connect = 'none' | 'try';

interface Signal {
  signal?: AbortSignal;
}

export const byId = (id: string) => ({ path: { id } });
export const ifMatch = (version: number) => ({ 'If-Match': `"${version}"` });

export const auth = {
  me: () => take(openClient.GET('/me')),
  signIn: (username: string, password: string) =>
    take(openClient.POST('/auth/session', { body: { username, password } })),
  signOut: () => take(openClient.DELETE('/auth/session')),
};

export const devices = {
  addresses: (id: string) =>
    take(client.GET('/devices/{id}/ip-history', { params: { ...byId(id), query: { limit: 500 } } })),
  tracedNames: (id: string) =>
    take(
      client.GET('/devices/{id}/value-history/names', { params: { ...byId(id), query: { limit: 1_000 } } }),
    ),
  valueHistory: (id: string, name: string) =>
    take(
      client.GET('/devices/{id}/value-history', { params: { ...byId(id), query: { name, limit: 1_000 } } }),
    ),
  alerts: (id: string) =>
    take(client.GET('/devices/{id}/alerts', { params: { ...byId(id), query: { raised: true, limit: 50 } } })),
  list: (query: DeviceQuery, init: Signal = {}) =>
    take(client.GET('/devices', { params: { query }, ...init })),
  one: (id: string, init: Signal = {}) => take(client.GET('/devices/{id}', { params: byId(id), ...init })),
  describe: (id: string, description: string, version: number) =>
    take<Device>(
      client.PATCH('/devices/{id}', {
        params: { ...byId(id), header: ifMatch(version) },
        body: { description },
      }),
    ),
  remove: (id: string) => take(client.DELETE('/devices/{id}', { params: byId(id) })),
  state: (id: string, init: Signal = {}) =>
    take(client.GET('/devices/{id}/state', { params: byId(id), ...init })),
  queue: (id: string, at: string | null, init: Signal = {}) =>
    take(
      client.GET('/devices/{id}/queue', {
        params: { ...byId(id), query: at === null ? {} : { at } },
        ...init,
      }),
    ),
  sessions: (id: string, query: { limit?: number; cursor?: string }) =>
    take(client.GET('/devices/{id}/sessions', { params: { ...byId(id), query } })),
  session: (id: string, sid: string) =>
    take(client.GET('/devices/{id}/sessions/{sid}', { params: { path: { id, sid } } })),
  connectionRequests: (id: string, query: { limit?: number; cursor?: string }) =>
    take(client.GET('/devices/{id}/connection-requests', { params: { ...byId(id), query } })),
  connect: (id: string) => take(client.POST('/devices/{id}/actions/connect', { params: byId(id) })),
  readParameters: (id: string, names: string[], connect: Connect) =>
    take(client.POST('/devices/{id}/parameters/get', { params: byId(id), body: { names, connect } })),
  refresh: (id: string, connect: Connect) =>
    take(client.POST('/devices/{id}/actions/refresh', { params: byId(id), body: { connect } })),
  setParameters: (
    id: string,
    parameters: { name: string; value: string; type?: string }[],
    connect: Connect,
  ) => take(client.POST('/devices/{id}/parameters/set', { params: byId(id), body: { parameters, connect } })),
  deleteObject: (id: string, objectName: string, connect: Connect) =>
    take(client.POST('/devices/{id}/objects/delete', { params: byId(id), body: { objectName, connect } })),
  backup: (id: string, connect: Connect) =>
    take(client.POST('/devices/{id}/actions/backup', { params: byId(id), body: { connect } })),
  restore: (id: string, resource: string, connect: Connect) =>
    take(client.POST('/devices/{id}/actions/restore', { params: byId(id), body: { resource, connect } })),
  reboot: (id: string, connect: Connect) =>
    take(client.POST('/devices/{id}/actions/reboot', { params: byId(id), body: { connect } })),
  factoryReset: (id: string, connect: Connect) =>
    take(client.POST('/devices/{id}/actions/factory-reset', { params: byId(id), body: { connect } })),
  manage: (id: string, managed: boolean) =>
    take(client.PUT('/devices/{id}/management', { params: byId(id), body: { managed } })),
  /** The whole known tree. */
  async parameters(id: string, init: Signal = {}): Promise<Parameter[]> {
    const all: Parameter[] = [];
    let cursor: string | undefined;
    do {
      const page: { items: Parameter[]; next: string | null } = await take(
        client.GET('/devices/{id}/parameters', {
          params: { ...byId(id), query: { limit: 20_000, ...(cursor === undefined ? {} : { cursor }) } },
          ...init,
        }),
      );
      all.push(...page.items);
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    return all;
  },
};

/** One device or one group, below whose part of a task something is done. */
export type PauseTarget = { device: string } | { group: string };

export const tasks = {
  list: (query: TaskQuery, init: Signal = {}) => take(client.GET('/tasks', { params: { query }, ...init })),
  numbers: () => take(client.GET('/tasks/statistics')),
  one: (id: string) => take(client.GET('/tasks/{id}', { params: byId(id) })),
  create: (body: TaskInput) => take(client.POST('/tasks', { body })),
  edit: (id: string, body: TaskPatch, version: number, restart = false) =>
    take(
      client.PATCH('/tasks/{id}', {
        params: { ...byId(id), header: ifMatch(version), ...(restart ? { query: { restart: true } } : {}) },
        body,
      }),
    ),
  remove: (id: string) => take(client.DELETE('/tasks/{id}', { params: byId(id) })),
  restart: (id: string, connect: Connect) =>
    take(client.POST('/tasks/{id}/restart', { params: byId(id), body: { connect } })),
  /** A group task, for one of its devices alone. */
  restartOn: (id: string, device: string, connect: Connect) =>
    take(client.POST('/tasks/{id}/restart', { params: byId(id), body: { device, connect } })),
  /** A group task, for all its devices. */
  rerun: (id: string) => take(client.POST('/tasks/{id}/restart', { params: byId(id), body: {} })),
  /** A group task: adds the task that undoes it, not active. */
  undo: (id: string) => take(client.POST('/tasks/{id}/undo', { params: byId(id), body: {} })),
  rerunFailed: (id: string) => take(client.POST('/tasks/{id}/restart-failed', { params: byId(id) })),
  pause: (id: string, body: PauseTarget) =>
    take(client.POST('/tasks/{id}/pause', { params: byId(id), body })),
  resume: (id: string, body: PauseTarget) =>
    take(client.POST('/tasks/{id}/resume', { params: byId(id), body })),
  pauses: (id: string, cursor?: string) =>
    take(
      client.GET('/tasks/{id}/pauses', {
        params: { ...byId(id), query: { limit: 50, ...(cursor === undefined ? {} : { cursor }) } },
      }),
    ),
  advance: (
    id: string,
    body: {
      group: string;
      appliesToSubgroups: boolean;
      dryRun?: boolean;
      rollout?: NonNullable<TaskInput['rollout']>;
    },
  ) => take(client.POST('/tasks/{id}/advance', { params: byId(id), body })),
  countDevices: (id: string) => take(client.POST('/tasks/{id}/device-count', { params: byId(id) })),
  devices: (id: string, query: QueryOf<'/tasks/{id}/devices'>) =>
    take(client.GET('/tasks/{id}/devices', { params: { ...byId(id), query } })),
  rehearse: (body: RehearsalInput) => take(client.POST('/tasks/rehearse', { body })),
  statistics: (id: string) => take(client.GET('/tasks/{id}/statistics', { params: byId(id) })),
  editionLog: (id: string, cursor?: string) =>
    take(
      client.GET('/tasks/{id}/edition-log', {
        params: { ...byId(id), query: { limit: 100, ...(cursor === undefined ? {} : { cursor }) } },
      }),
    ),
  restore: (id: string, edition: string, version: number, restart: boolean) =>
    take<Task>(
      client.POST('/tasks/{id}/edition-log/{edition}/restore', {
        params: {
          path: { id, edition },
          header: ifMatch(version),
          ...(restart ? { query: { restart: true } } : {}),
        },
      }),
    ),
  types: () => take(client.GET('/task-types')),
  meanings: () => take(client.GET('/meanings')),
};

export const schedules = {
  list: () => take(client.GET('/schedules')),
  create: (body: ScheduleInput) => take(client.POST('/schedules', { body })),
  edit: (id: string, body: ScheduleInput, version: number) =>
    take(client.PATCH('/schedules/{id}', { params: { ...byId(id), header: ifMatch(version) }, body })),
  remove: (id: string, version: number) =>
    take(client.DELETE('/schedules/{id}', { params: { ...byId(id), header: ifMatch(version) } })),
  preview: (body: ScheduleInput, init: Signal = {}) =>
    take(client.POST('/schedules/preview', { body, ...init })),
};

export const executions = {
  list: (query: ExecutionQuery, init: Signal = {}) =>
    take(client.GET('/executions', { params: { query }, ...init })),
  one: (id: string) => take(client.GET('/executions/{id}', { params: byId(id) })),
  log: (id: string, query: { level?: LogLevel; run?: number; after?: number; limit?: number }) =>
    take(client.GET('/executions/{id}/log', { params: { ...byId(id), query } })),
  history: (id: string, cursor?: string) =>
    take(
      client.GET('/executions/{id}/history', {
        params: { ...byId(id), query: { limit: 50, ...(cursor === undefined ? {} : { cursor }) } },
      }),
    ),
};

export const resources = {
  list: (query: ResourceQuery) => take(client.GET('/resources', { params: { query } })),
  remove: (id: string) => take(client.DELETE('/resources/{id}', { params: byId(id) })),
  edit: (
    id: string,
    body: Partial<Pick<Resource, 'name' | 'version' | 'models' | 'description'>>,
    revision: number,
  ) => take(client.PATCH('/resources/{id}', { params: { ...byId(id), header: ifMatch(revision) }, body })),
};

export const system = {
  info: () => take(client.GET('/system')),
  jobs: () => take(client.GET('/system/jobs')),
  audit: (query: AuditQuery) => take(client.GET('/audit', { params: { query } })),
};
