import { plainConfig } from './config-expressions.js';
import { CLOCK_TOLERANCE, type Clock } from '../../common/clock.js';
import type { EventBus } from '../../common/events.js';
import type { DeviceRecord } from '../../store/models/device.js';
import type { ExecutionRecord } from '../../store/models/execution.js';
import { fromStoredTask, type TaskRecord } from '../../store/models/task.js';
import type { Store } from '../../store/store.js';
import { DEFAULT_RETENTION, type Retention } from './engine-options.js';
import { historyRecord, resetFields, UNPARKED } from './execution-record.js';
import { endExpired } from './expired.js';
import type { FileDesk } from './file-desk.js';
import { withAncestors } from './group-path.js';
import type { RunEnds } from './ports/run-ends.js';
import { isCurrent } from './queue.js';
import { failure, type Ended, type Outcome, type Parked } from './outcome.js';
import { findTaskType } from './task-types.js';

export interface OverdueOptions {
  store: Store;
  files: FileDesk;
  clock: Clock;
  events: EventBus;
  retention?: Partial<Retention>;
  /** Counts how runs of tasks with a rollout ended; left out = nobody does. */
  runEnds?: RunEnds;
}

/** Runs read in one go. */
const BATCH = 1_000;

/**
 * Ends, or sends on to their next attempt, the parked runs whose deadline has passed although no session came
 * (tasks.md §6.3), and device tasks that expired before they began. Frozen runs, of inactive or paused tasks, wait on.
 * Resolves to how many it changed; safe on several servers at once.
 */
export async function endOverdue(options: OverdueOptions, now: Date): Promise<number> {
  await restartWaits(options.store, now);
  let changed = await endExpired(options, now);
  let after: ExecutionRecord | undefined;
  // Page by page: frozen runs stay where they are and must not stand before the others for ever.
  do {
    const overdue = await overduePage(options.store, now, after);
    changed += await endPage(options, overdue, now);
    after = overdue.length === BATCH ? overdue.at(-1) : undefined;
  } while (after);
  return changed;
}

/**
 * Runs that were parked in the future, by a clock that was set back since, wait as long as they were to, from now on: a run
 * that blocks its device must not do so until that time has come again.
 */
async function restartWaits(store: Store, now: Date): Promise<void> {
  const future = new Date(now.getTime() + CLOCK_TOLERANCE);
  const parked = await store.executions
    .find({ deadline: { $gt: future }, status: 'IN_PROGRESS', lastUpdateTime: { $gt: future } })
    .limit(BATCH)
    .lean<ExecutionRecord[]>();
  for (const execution of parked) {
    const { deadline, lastUpdateTime } = execution;
    if (!deadline) continue;
    const left = Math.max(0, deadline.getTime() - lastUpdateTime.getTime());
    await store.executions.updateOne(unchanged(execution), {
      $set: { deadline: new Date(now.getTime() + left), lastUpdateTime: now },
    });
  }
}

async function overduePage(store: Store, now: Date, after?: ExecutionRecord): Promise<ExecutionRecord[]> {
  const overdue = { deadline: { $lte: now }, status: 'IN_PROGRESS' as const };
  const beyond = after && {
    $or: [{ deadline: { $gt: after.deadline } }, { deadline: after.deadline, _id: { $gt: after._id } }],
  };
  return await store.executions
    .find(beyond ? { $and: [overdue, beyond] } : overdue)
    .sort({ deadline: 1, _id: 1 })
    .limit(BATCH)
    .lean<ExecutionRecord[]>();
}

async function endPage(
  options: OverdueOptions,
  overdue: readonly ExecutionRecord[],
  now: Date,
): Promise<number> {
  const tasks = await options.store.tasks
    .find({ _id: { $in: overdue.map(({ task }) => task) }, active: true })
    .lean<TaskRecord[]>();
  const byId = new Map(tasks.map((task) => [task._id, fromStoredTask(task)]));
  let changed = 0;
  for (const execution of overdue) {
    const task = byId.get(execution.task);
    if (!task || execution.paused || (await isPausedForGroup(options.store, task, execution.device)))
      continue;
    if (await endOne(options, execution, task, now)) changed += 1;
  }
  return changed;
}

async function endOne(
  options: OverdueOptions,
  execution: ExecutionRecord,
  task: TaskRecord,
  now: Date,
): Promise<boolean> {
  if (!isCurrent(task, execution)) return abandonOne(options, execution, task, now);
  const type = findTaskType(task.type);
  const config = execution.snapshot?.config ?? task.config;
  const outcome =
    (await type?.overdue?.(execution, plainConfig(type.schema, config), now, options.files)) ??
    failure('the time limit is over');
  const changed =
    outcome.kind === 'parked'
      ? await parkOn(options, execution, outcome, now)
      : await end(options, execution, task, asEnded(outcome), now);
  // The list may go on without a session of its own having said so.
  if (changed)
    await options.store.devices.updateOne({ _id: execution.device }, { $inc: { taskRevision: 1 } });
  return changed;
}

/** The members of a paused subgroup are frozen as well (tasks.md §7.9). */
async function isPausedForGroup(
  store: Store,
  { pausedGroups }: TaskRecord,
  device: string,
): Promise<boolean> {
  if (pausedGroups.length === 0) return false;
  const found = await store.devices.findById(device, { groups: 1 }).lean<Pick<DeviceRecord, 'groups'>>();
  const groups = withAncestors(found?.groups ?? []);
  return pausedGroups.some((group) => groups.has(group));
}

/** A rerun for all devices has outdated the run: nothing is awaited any more (tasks.md §7, last paragraph). */
async function abandonOne(
  { store, events, retention }: OverdueOptions,
  execution: ExecutionRecord,
  task: TaskRecord,
  now: Date,
): Promise<boolean> {
  const written = await store.executions.updateOne(unchanged(execution), { $set: resetFields(now) });
  if (written.matchedCount === 0) return false;
  const end = { status: 'WARNING', summary: 'restarted for all devices' } as const;
  const { details } = execution;
  const days = retention?.executionDays ?? DEFAULT_RETENTION.executionDays;
  const ended = { ...end, fault: null, finishTime: now, details };
  const { _id, ...history } = historyRecord(execution, task, ended, days);
  await store.executionLogs.updateOne({ _id }, { $set: history }, { upsert: true });
  const data = { task: task._id, device: execution.device, ...end, stage: null, run: execution.run };
  events.publish('execution.finished', execution._id, data, task.domain);
  return true;
}

/** Nothing begins again from the top without a session. */
function asEnded(outcome: Exclude<Outcome, Parked>): Ended {
  return outcome.kind === 'ended' ? outcome : { kind: 'ended', status: 'WARNING', summary: outcome.summary };
}

async function end(
  { store, events, retention, runEnds }: OverdueOptions,
  execution: ExecutionRecord,
  task: TaskRecord,
  { status, summary, fault }: Ended,
  now: Date,
): Promise<boolean> {
  const { details } = execution;
  const ended = { status, summary, fault: fault ?? null, finishTime: now, details };
  const days = retention?.executionDays ?? DEFAULT_RETENTION.executionDays;
  const { _id, ...history } = historyRecord(execution, task, ended, days);
  const written = await store.executions.updateOne(unchanged(execution), {
    $set: { ...ended, ...UNPARKED, lastUpdateTime: now },
  });
  if (written.matchedCount === 0) return false;
  await store.executionLogs.updateOne({ _id }, { $set: history }, { upsert: true });
  await runEnds?.ended(task, {
    ...{ execution, status, summary },
    ...{ fault: ended.fault, finishTime: now },
  });
  events.publish(
    'execution.finished',
    execution._id,
    { task: task._id, device: execution.device, status, summary, stage: null, run: execution.run },
    task.domain,
  );
  return true;
}

async function parkOn(
  { store }: OverdueOptions,
  execution: ExecutionRecord,
  { stage, state, summary, blocking, commandKey, deadline }: Parked,
  now: Date,
): Promise<boolean> {
  // As long as it waits for the same answer, what has come already is still to be looked at.
  const signals = commandKey === execution.commandKey ? {} : { signals: [] };
  const written = await store.executions.updateOne(unchanged(execution), {
    $set: {
      ...{ stage, summary, blocking, commandKey, deadline, ...signals },
      checkpoint: { stage, state },
      lastUpdateTime: now,
    },
  });
  return written.matchedCount > 0;
}

/** As it was read: a session that works on it at this moment goes first. */
function unchanged({ _id, run, deadline, fence, lastUpdateTime }: ExecutionRecord): Record<string, unknown> {
  return { _id, run, status: 'IN_PROGRESS', deadline, fence, lastUpdateTime };
}
