import type { Clock } from '../../common/clock.js';
import type { EventBus } from '../../common/events.js';
import type { ExecutionRecord } from '../../store/models/execution.js';
import type { TaskRecord } from '../../store/models/task.js';
import type { Store } from '../../store/store.js';
import { DEFAULT_RETENTION, type Retention } from './engine-options.js';
import { historyRecord, UNPARKED } from './execution-record.js';
import type { FileDesk } from './file-desk.js';
import { failure, type Ended, type Parked } from './outcome.js';
import { findTaskType } from './task-types.js';

export interface OverdueOptions {
  store: Store;
  files: FileDesk;
  clock: Clock;
  events: EventBus;
  retention?: Partial<Retention>;
}

/** Runs read in one go. */
const BATCH = 1_000;

/**
 * Ends, or sends on to their next attempt, the parked runs whose deadline has passed although no session came
 * (tasks.md §6.3). Frozen ones, of inactive tasks, wait on. Resolves to how many it changed; safe on several servers at once.
 */
export async function endOverdue(options: OverdueOptions, now: Date): Promise<number> {
  let changed = 0;
  let after: ExecutionRecord | undefined;
  // Page by page: frozen runs stay where they are and must not stand before the others for ever.
  do {
    const overdue = await overduePage(options.store, now, after);
    changed += await endPage(options, overdue, now);
    after = overdue.length === BATCH ? overdue.at(-1) : undefined;
  } while (after);
  return changed;
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
  const byId = new Map(tasks.map((task) => [task._id, task]));
  let changed = 0;
  for (const execution of overdue) {
    const task = byId.get(execution.task);
    if (task && (await endOne(options, execution, task, now))) changed += 1;
  }
  return changed;
}

async function endOne(
  options: OverdueOptions,
  execution: ExecutionRecord,
  task: TaskRecord,
  now: Date,
): Promise<boolean> {
  const config = execution.snapshot?.config ?? task.config;
  const outcome =
    (await findTaskType(task.type)?.overdue?.(execution, config, now, options.files)) ??
    failure('the time limit is over');
  const changed =
    outcome.kind === 'parked'
      ? await parkOn(options, execution, outcome, now)
      : await end(options, execution, task, outcome, now);
  // The list may go on without a session of its own having said so.
  if (changed)
    await options.store.devices.updateOne({ _id: execution.device }, { $inc: { taskRevision: 1 } });
  return changed;
}

async function end(
  { store, events, retention }: OverdueOptions,
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
