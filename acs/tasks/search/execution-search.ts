import { EXECUTION_STATUSES, type ExecutionRecord } from '../../../store/models/execution.js';
import { fromStoredTask, type TaskRecord } from '../../../store/models/task.js';
import type { Store } from '../../../store/store.js';
import type { FieldMap } from '../../devices/filter.js';
import { isSecretName } from '../../devices/secret-names.js';
import { PLACES, type MongoFieldMap, type TaskReportView } from '../../expressions/index.js';
import type { SortField } from '../keyset.js';
import { taskReportView, taskView } from '../task-views.js';
import { searchedProperties } from './searched-properties.js';
import { orderBy, type Searchable } from './search.js';

/** The criteria of reports, by the names that they have in the JSON (tasks.md §8.2). */
export const EXECUTION_FIELDS: FieldMap = {
  id: { kind: 'text', path: '_id' },
  task: { kind: 'text', path: 'task' },
  device: { kind: 'text', path: 'device' },
  status: { kind: 'ranked', path: 'status', values: EXECUTION_STATUSES },
  summary: { kind: 'text', path: 'summary' },
  stage: { kind: 'text', path: 'stage' },
  blocking: { kind: 'boolean', path: 'blocking' },
  run: { kind: 'number', path: 'run' },
  faultCode: { kind: 'number', path: 'fault.code' },
  faultMethod: { kind: 'text', path: 'fault.method' },
  startTime: { kind: 'date', path: 'startTime' },
  finishTime: { kind: 'date', path: 'finishTime' },
  lastUpdateTime: { kind: 'date', path: 'lastUpdateTime' },
  deadline: { kind: 'date', path: 'deadline' },
};

/** What of `taskReport` lies in the store as expressions see it. */
const STORED: MongoFieldMap = {
  fields: {
    'taskReport.id': { path: '_id', kind: 'text' },
    'taskReport.task': { path: 'task', kind: 'text' },
    'taskReport.device': { path: 'device', kind: 'text' },
    'taskReport.status': { path: 'status', kind: 'text' },
    'taskReport.summary': { path: 'summary', kind: 'text' },
    'taskReport.stage': { path: 'stage', kind: 'text' },
    'taskReport.blocking': { path: 'blocking', kind: 'boolean' },
    'taskReport.startTime': { path: 'startTime', kind: 'date' },
    'taskReport.finishTime': { path: 'finishTime', kind: 'date' },
    'taskReport.lastUpdateTime': { path: 'lastUpdateTime', kind: 'date' },
  },
};

/** Reports as a list that is searched, in one of its orders. */
export function searchableExecutions(store: Store, sort: readonly SortField[]): Searchable<ExecutionRecord> {
  return {
    noun: 'report',
    order: orderBy(sort),
    place: PLACES.reportSearch,
    stored: STORED,
    find: (condition, order, limit) =>
      store.executions
        .find(condition as never)
        .sort(order)
        .limit(limit)
        .lean<ExecutionRecord[]>(),
    count: (condition, limit) =>
      store.executions.countDocuments(condition as never, limit === null ? {} : { limit }),
    read: (stored) => stored,
    views: async (reports, contexts) => {
      const tasks = contexts.has('task') ? await tasksOf(store, reports) : new Map<string, TaskRecord>();
      return reports.map((report) => {
        const task = tasks.get(report.task);
        return {
          taskReport: searchedReport(report),
          ...(task && { task: taskView(task, searchedProperties(task)) }),
        };
      });
    },
  };
}

async function tasksOf(store: Store, reports: readonly ExecutionRecord[]): Promise<Map<string, TaskRecord>> {
  const ids = [...new Set(reports.map(({ task }) => task))];
  const found = await store.tasks.find({ _id: { $in: ids } }).lean<TaskRecord[]>();
  return new Map(found.map((task) => [task._id, fromStoredTask(task)]));
}

/** A report as the list shows it, whether or not a rerun has outdated it; without the values of secret parameters. */
function searchedReport(report: ExecutionRecord): TaskReportView {
  const details = report.details.filter(({ name }) => !isSecretName(name));
  return taskReportView({ _id: report.task }, report.device, { ...report, details });
}
