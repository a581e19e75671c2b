import { isDuplicateKey } from '../../store/duplicate-key.js';
import type { ExecutionRecord } from '../../store/models/execution.js';
import { fromStoredTask, type TaskRecord } from '../../store/models/task.js';
import type { Store } from '../../store/store.js';
import { DEFAULT_RETENTION } from './engine-options.js';
import { expiredFields, historyRecord, newExecution } from './execution-record.js';
import type { OverdueOptions } from './overdue.js';

/** Device tasks looked at in one go. */
const BATCH = 500;

/**
 * Says in the reports of device tasks that they have expired which no session has begun in time. Those of groups are told
 * device by device as sessions come, since most of a group may never have had a report. Resolves to how many it ended.
 */
export async function endExpired(options: OverdueOptions, now: Date): Promise<number> {
  let ended = 0;
  let after: TaskRecord | undefined;
  do {
    const tasks = await expiredPage(options.store, now, after);
    for (const task of tasks) if (await endOne(options, task, now)) ended += 1;
    after = tasks.length === BATCH ? tasks.at(-1) : undefined;
  } while (after);
  return ended;
}

/** Expired in the last hour, so that those of long ago are not looked at for ever; sessions find the others. */
async function expiredPage(store: Store, now: Date, after?: TaskRecord): Promise<TaskRecord[]> {
  const since = new Date(now.getTime() - 3_600_000);
  const beyond = after && {
    $or: [{ expiry: { $gt: after.expiry } }, { expiry: after.expiry, _id: { $gt: after._id } }],
  };
  const expired = { expiry: { $gt: since, $lte: now }, device: { $ne: null }, active: true };
  const found = await store.tasks
    .find(beyond ? { $and: [expired, beyond] } : expired)
    .sort({ expiry: 1, _id: 1 })
    .limit(BATCH)
    .lean<TaskRecord[]>();
  return found.map(fromStoredTask);
}

async function endOne(
  { store, events, retention }: OverdueOptions,
  task: TaskRecord,
  now: Date,
): Promise<boolean> {
  const { device } = task;
  if (device === null || task.transientReport) return false;
  const report = await store.executions.findOne({ task: task._id, device }).lean<ExecutionRecord>();
  if (report && report.status !== 'NOT_STARTED') return false;
  const base = report ?? newExecution(task, device, now);
  const expired = { ...base, ...expiredFields(base, now) };
  if (!(await write(store, report, expired, now))) return false;
  const days = retention?.executionDays ?? DEFAULT_RETENTION.executionDays;
  const { status, summary, details, finishTime } = expired;
  const { _id, ...history } = historyRecord(
    expired,
    task,
    { status, summary, fault: null, details, finishTime },
    days,
  );
  await store.executionLogs.updateOne({ _id }, { $set: history }, { upsert: true });
  await store.devices.updateOne({ _id: device }, { $inc: { taskRevision: 1 } });
  const data = { task: task._id, device, status, summary, stage: null, run: expired.run };
  events.publish('execution.finished', expired._id, data, task.domain);
  return true;
}

/** False = a session was a moment faster. */
async function write(
  store: Store,
  before: ExecutionRecord | null,
  expired: ExecutionRecord,
  now: Date,
): Promise<boolean> {
  if (before) {
    const { _id, run, status, fence, restartedAt } = before;
    const written = await store.executions.updateOne(
      { _id, run, status, fence, restartedAt },
      { $set: expiredFields(before, now) },
    );
    return written.matchedCount === 1;
  }
  try {
    await store.executions.create(expired);
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}
