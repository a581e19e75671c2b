import { NotFoundError } from '../../common/errors.js';
import type { DeviceRecord } from '../../store/models/device.js';
import type { ExecutionRecord } from '../../store/models/execution.js';
import { fromStoredTask, type TaskRecord } from '../../store/models/task.js';
import type { Store } from '../../store/store.js';
import { fromStored } from '../devices/device-record.js';
import type { ParameterTree } from '../devices/parameter-tree.js';
import type { TreeOwner } from '../devices/parameter-trees.js';
import { withAncestors } from './group-path.js';
import type { Conditions } from './ports/conditions.js';
import type { TaskGroups } from './ports/groups.js';
import { queue, type ConditionVerdict, type QueueEntry, type QueueInput } from './queue.js';
import type { SharedDefinitions } from './shared-definitions.js';

/** The list of a device as it would be worked off in a session that starts at a time. */
export interface DeviceQueue {
  device: string;
  at: Date;
  /** The task that holds the list. */
  holder: string | null;
  /** The session that is open now. */
  session: { id: string; startedAt: Date } | null;
  entries: QueueEntry[];
}

export interface ForecastParts {
  store: Store;
  definitions: SharedDefinitions;
  groups: TaskGroups;
  conditions: Conditions | null;
  /** The stored data model of a device. */
  tree: (device: TreeOwner) => Promise<ParameterTree>;
}

/**
 * A forecast: an earlier session may change it. Conditions are evaluated with the data known now and no events
 * (tasks.md §8.1). Throws `NotFoundError`.
 */
export async function forecast(
  parts: ForecastParts,
  deviceId: string,
  { at, now }: { at: Date; now: Date },
): Promise<DeviceQueue> {
  const { store, definitions, groups } = parts;
  const stored = await store.devices.findById(deviceId).lean<DeviceRecord>();
  if (!stored) throw new NotFoundError('device', deviceId);
  const device = fromStored(stored);
  const reached = withAncestors(device.groups);
  const [own, shared, executions, priorityOf] = await Promise.all([
    store.tasks.find({ device: deviceId }).lean<TaskRecord[]>(),
    definitions.revision().then((revision) => definitions.of(reached, revision)),
    store.executions.find({ device: deviceId }).lean<ExecutionRecord[]>(),
    groups.priorities(),
  ]);
  const tasks = [...own.map(fromStoredTask), ...shared.tasks];
  const input: QueueInput = { device, tasks, executions, at, priorityOf, schedules: shared.schedules };
  const verdicts = await evaluated(parts, device, queue(input), at);
  const entries = queue({ ...input, condition: ({ _id }) => verdicts.get(_id) ?? 'unknown' });
  const { session, until } = device.lease;
  return {
    device: deviceId,
    at,
    holder: entries.find(({ holds }) => holds)?.task._id ?? null,
    session:
      session !== null && until && until > now ? { id: session, startedAt: device.lastVisit ?? now } : null,
    entries,
  };
}

/** What the conditions of the tasks say whose turn would come but for them. */
async function evaluated(
  parts: ForecastParts,
  device: DeviceRecord,
  entries: readonly QueueEntry[],
  at: Date,
): Promise<Map<string, ConditionVerdict>> {
  const verdicts = new Map<string, ConditionVerdict>();
  const open = entries.filter(({ conditionOpen }) => conditionOpen);
  if (open.length === 0) return verdicts;
  const tree = once(() => parts.tree(device));
  for (const { task, execution } of open)
    verdicts.set(
      task._id,
      await verdictOf(parts.conditions, task, { now: at, device, task, execution, session: null, tree }),
    );
  return verdicts;
}

async function verdictOf(
  conditions: Conditions | null,
  { executionCondition }: TaskRecord,
  moment: Parameters<Conditions['evaluate']>[1],
): Promise<ConditionVerdict> {
  if (!conditions) return { failed: 'This server evaluates no conditions' };
  try {
    return (await conditions.evaluate(executionCondition, moment)) ? 'met' : 'not-met';
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => (made ??= make());
}
