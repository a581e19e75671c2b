import { EXECUTION_STATUSES, type ExecutionStatus } from '../../store/models/execution.js';
import type { TaskRecord } from '../../store/models/task.js';
import type { Store } from '../../store/store.js';

export interface GroupTaskStatistics {
  task: string;
  /** Current reports by status; devices without a report are not in it. */
  byStatus: Record<ExecutionStatus, number>;
  /** The most frequent summaries of ended runs. */
  bySummary: { status: ExecutionStatus; summary: string; count: number }[];
  /** Ended runs by the hour (UTC) in which they ended, oldest first. */
  overTime: { at: Date; SUCCESS: number; WARNING: number; ERROR: number }[];
}

type Stage = Record<string, unknown>;

const SUMMARIES = 50;
/** A month of hours. */
const HOURS = 744;

/** Current reports only count; the others are NOT_STARTED (tasks.md §7, last paragraph). Three index-served aggregations. */
export async function groupTaskStatistics(store: Store, task: TaskRecord): Promise<GroupTaskStatistics> {
  const of = { $match: { task: task._id } };
  const status = currentStatus(task);
  const ended: Stage[] = [
    { $match: { task: task._id, status: { $in: ['SUCCESS', 'WARNING', 'ERROR'] } } },
    { $set: { status } },
    { $match: { status: { $ne: 'NOT_STARTED' } } },
  ];
  const [statuses, summaries, hours] = await Promise.all([
    rows<{ _id: ExecutionStatus; count: number }>(store, [
      of,
      { $group: { _id: status, count: { $sum: 1 } } },
    ]),
    rows<{ _id: { status: ExecutionStatus; summary: string }; count: number }>(store, [
      ...ended,
      { $group: { _id: { status: '$status', summary: '$summary' }, count: { $sum: 1 } } },
      { $sort: { count: -1, '_id.summary': 1 } },
      { $limit: SUMMARIES },
    ]),
    rows<{ _id: Date } & Record<'SUCCESS' | 'WARNING' | 'ERROR', number>>(store, [
      ...ended,
      {
        $group: {
          _id: { $dateTrunc: { date: '$finishTime', unit: 'hour' } },
          ...Object.fromEntries(['SUCCESS', 'WARNING', 'ERROR'].map((name) => [name, countOf(name)])),
        },
      },
      { $sort: { _id: -1 } },
      { $limit: HOURS },
    ]),
  ]);
  const counts = new Map(statuses.map(({ _id, count }) => [_id, count]));
  return {
    task: task._id,
    byStatus: Object.fromEntries(EXECUTION_STATUSES.map((name) => [name, counts.get(name) ?? 0])) as Record<
      ExecutionStatus,
      number
    >,
    bySummary: summaries.map(({ _id, count }) => ({ ..._id, count })),
    overTime: hours.map(({ _id, ...counted }) => ({ at: _id, ...counted })).reverse(),
  };
}

/** As `isCurrent` of queue.ts, as an expression of the store. */
function currentStatus({ lastRestartTime, lastFailedRestartTime }: TaskRecord): unknown {
  const outdated: unknown[] = [];
  // In the store's order null is below every date.
  if (lastRestartTime)
    outdated.push({ $and: [{ $ne: ['$startTime', null] }, { $lt: ['$startTime', lastRestartTime] }] });
  if (lastFailedRestartTime)
    outdated.push({
      $and: [{ $eq: ['$status', 'ERROR'] }, { $lt: ['$finishTime', lastFailedRestartTime] }],
    });
  return outdated.length === 0 ? '$status' : { $cond: [{ $or: outdated }, 'NOT_STARTED', '$status'] };
}

const countOf = (status: string): unknown => ({ $sum: { $cond: [{ $eq: ['$status', status] }, 1, 0] } });

async function rows<T>(store: Store, pipeline: Stage[]): Promise<T[]> {
  return store.executions.aggregate<T>(pipeline as never);
}
