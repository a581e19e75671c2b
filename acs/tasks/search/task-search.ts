import { LOG_LEVELS, fromStoredTask, type TaskRecord } from '../../../store/models/task.js';
import type { Store } from '../../../store/store.js';
import type { FieldMap } from '../../devices/filter.js';
import { PLACES, type MongoFieldMap } from '../../expressions/index.js';
import type { SortField } from '../keyset.js';
import { taskView } from '../task-views.js';
import { searchedProperties } from './searched-properties.js';
import { orderBy, type Searchable } from './search.js';

/** The criteria of tasks, by the names that they have in the JSON (tasks.md §8.2). */
export const TASK_FIELDS: FieldMap = {
  id: { kind: 'text', path: '_id' },
  device: { kind: 'text', path: 'device' },
  group: { kind: 'text', path: 'group' },
  type: { kind: 'text', path: 'type' },
  name: { kind: 'text', path: 'name' },
  comment: { kind: 'text', path: 'comment' },
  tag: { kind: 'set', path: 'tags' },
  user: { kind: 'text', path: 'user' },
  domain: { kind: 'text', path: 'domain' },
  bloodline: { kind: 'text', path: 'bloodline' },
  template: { kind: 'text', path: 'template' },
  executionCondition: { kind: 'text', path: 'executionCondition' },
  active: { kind: 'boolean', path: 'active' },
  anonymous: { kind: 'boolean', path: 'anonymous' },
  automaticRestart: { kind: 'boolean', path: 'automaticRestart' },
  periodic: { kind: 'boolean', path: 'automaticRestart' },
  repeatOnBootstrap: { kind: 'boolean', path: 'repeatOnBootstrap' },
  transientReport: { kind: 'boolean', path: 'transientReport' },
  appliesToSubgroups: { kind: 'boolean', path: 'appliesToSubgroups' },
  scheduleConnection: { kind: 'boolean', path: 'scheduleConnection' },
  system: { kind: 'boolean', path: 'system' },
  priority: { kind: 'number', path: 'priority' },
  minInterval: { kind: 'number', path: 'minInterval' },
  logLevel: { kind: 'ranked', path: 'logLevel', values: LOG_LEVELS },
  createdAt: { kind: 'date', path: 'createdAt' },
  editedAt: { kind: 'date', path: 'editedAt' },
  expiry: { kind: 'date', path: 'expiry' },
};

/** What of `task` lies in the store as expressions see it. */
const STORED: MongoFieldMap = {
  fields: {
    'task.id': { path: '_id', kind: 'text' },
    'task.name': { path: 'name', kind: 'text' },
    'task.domain': { path: 'domain', kind: 'text' },
    'task.device': { path: 'device', kind: 'text' },
    'task.group': { path: 'group', kind: 'text' },
    'task.type': { path: 'type', kind: 'text' },
    'task.active': { path: 'active', kind: 'boolean' },
    'task.isActive': { path: 'active', kind: 'boolean' },
    'task.periodic': { path: 'automaticRestart', kind: 'boolean' },
    'task.priority': { path: 'priority', kind: 'number' },
    'task.minInterval': { path: 'minInterval', kind: 'number' },
    'task.creationTime': { path: 'createdAt', kind: 'date' },
    'task.lastRestartTime': { path: 'lastRestartTime', kind: 'date' },
    'task.lastFailedRestartTime': { path: 'lastFailedRestartTime', kind: 'date' },
  },
};

/** Tasks as a list that is searched, in one of its orders. */
export function searchableTasks(store: Store, sort: readonly SortField[]): Searchable<TaskRecord> {
  return {
    noun: 'task',
    order: orderBy(sort),
    place: PLACES.taskSearch,
    stored: STORED,
    find: (condition, order, limit) =>
      store.tasks
        .find(condition as never)
        .sort(order)
        .limit(limit)
        .lean<TaskRecord[]>(),
    count: (condition, limit) =>
      store.tasks.countDocuments(condition as never, limit === null ? {} : { limit }),
    read: fromStoredTask,
    views: (tasks) =>
      Promise.resolve(tasks.map((task) => ({ task: taskView(task, searchedProperties(task)) }))),
  };
}
