import { LRUCache } from 'lru-cache';
import type { DispatchInput, GroupDispatch as Dispatch } from '../devices/groups/group-dispatch.js';
import type { TypeFacts } from '../devices/groups/device-type.js';
import type { GroupCache } from '../devices/groups/group-cache.js';
import { isDeviceType } from '../devices/groups/group-name.js';
import { valueOfMeaning } from '../devices/meanings.js';
import type { DispatchMoment, GroupDispatch, TaskGroups } from './ports/groups.js';

/** Times that rules are looked at again in one session (groups-profiles.md §4, when 2). */
const MOST_AGAIN = 5;
/** Sessions whose state is kept; far more than are open at a time. */
const SESSIONS = 50_000;

interface SessionState {
  again: number;
  /** What rules may read, as it was when they were last looked at. */
  seen: string;
}

/**
 * The group dispatch in sessions: before the list of tasks, and after a task that changed something a rule may read. A
 * new device is given its type when it has said what it is.
 */
export function dispatchInSessions(dispatch: Pick<Dispatch, 'run'>): GroupDispatch {
  const sessions = new LRUCache<string, SessionState>({ max: SESSIONS });
  return async (moment) => {
    const { when, device, session, fence } = moment;
    const state = sessions.get(session) ?? { again: 0, seen: '' };
    sessions.set(session, state);
    if (when === 'turn' || when === 'end') {
      if (stateOf(moment) === state.seen || state.again >= MOST_AGAIN) return null;
      state.again += 1;
    }
    const input: DispatchInput = {
      ...{ device, fence, parameters: () => moment.tree() },
      ...(when === 'introduced' && { facts: await factsOf(moment) }),
      placed: !(moment.introduces && !device.groups.some(isDeviceType)),
    };
    const { changed, warnings } = await dispatch.run(input);
    for (const warning of warnings) moment.warn(warning);
    const after = changed ? { ...device, ...changed } : device;
    state.seen = stateOf({ ...moment, device: after });
    return changed;
  };
}

/** What tasks ask of the groups, from memory. */
export function taskGroups(cache: Pick<GroupCache, 'current'>): TaskGroups {
  return {
    priorities: async () => {
      const { tree } = await cache.current();
      return (group) => tree.priority(group);
    },
    domainOf: async (group) => (await cache.current()).tree.get(group)?.domain ?? null,
  };
}

/** What a device that was asked has told of itself; its record has it only after the session. */
async function factsOf({ device, tree }: DispatchMoment): Promise<Partial<TypeFacts>> {
  const known = await tree();
  const modelName = valueOfMeaning('model.name', device.root, known);
  const hardwareVersion = valueOfMeaning('hardware.version', device.root, known);
  return { ...(modelName && { modelName }), ...(hardwareVersion && { hardwareVersion }) };
}

function stateOf({ device, learnt }: Pick<DispatchMoment, 'device' | 'learnt'>): string {
  const { groups, domain, description, properties } = device;
  return JSON.stringify([learnt, groups, domain, description, properties]);
}
