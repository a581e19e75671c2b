import type { QueryFilter } from 'mongoose';
import { afterCursor, pageOf, type SortField } from '../../acs/tasks/keyset.js';
import { findTaskType } from '../../acs/tasks/task-types.js';
import type { TaskRecord } from '../../store/models/task.js';
import type { Store } from '../../store/store.js';

/** Criteria of tasks.md §8.2, joined by *and*. */
export interface TaskListQuery {
  /** Tasks of this domain and below are seen. */
  view: string;
  device?: string | undefined;
  type?: string | undefined;
  name?: string | undefined;
  comment?: string | undefined;
  tag?: string | undefined;
  user?: string | undefined;
  domain?: string | undefined;
  active?: boolean | undefined;
  automaticRestart?: boolean | undefined;
  priority?: number | undefined;
  createdAfter?: string | undefined;
  createdBefore?: string | undefined;
}

const NEWEST: readonly SortField[] = [
  { field: 'createdAt', direction: -1, kind: 'time' },
  { field: '_id', direction: 1 },
];

/** All tasks in view, newest first. */
export async function listTasks(
  store: Store,
  query: TaskListQuery,
  page: { limit: number; cursor?: string | undefined; count: boolean },
): Promise<{ items: TaskRecord[]; next: string | null; total?: number }> {
  const filter = taskFilter(query);
  const conditions = page.cursor === undefined ? [filter] : [filter, afterCursor(page.cursor, NEWEST)];
  const rows = await store.tasks
    .find({ $and: conditions })
    .sort(Object.fromEntries(NEWEST.map(({ field, direction }) => [field, direction])))
    .limit(page.limit + 1)
    .lean<TaskRecord[]>();
  const found = pageOf(rows, page.limit, NEWEST);
  if (!page.count) return found;
  return { ...found, total: await store.tasks.countDocuments(filter) };
}

function taskFilter(query: TaskListQuery): QueryFilter<TaskRecord> {
  const { device, type, tag, user, active, automaticRestart, priority } = query;
  const conditions: QueryFilter<TaskRecord>[] = [];
  if (query.view !== '/') conditions.push({ domain: beginsWith(query.view) });
  if (query.domain !== undefined) conditions.push({ domain: beginsWith(query.domain) });
  if (device !== undefined) conditions.push({ device });
  if (type !== undefined) conditions.push({ type: findTaskType(type)?.name ?? type });
  if (query.name !== undefined) conditions.push({ name: contains(query.name) });
  if (query.comment !== undefined) conditions.push({ comment: contains(query.comment) });
  if (tag !== undefined) conditions.push({ tags: tag });
  if (user !== undefined) conditions.push({ user });
  if (active !== undefined) conditions.push({ active });
  if (automaticRestart !== undefined) conditions.push({ automaticRestart });
  if (priority !== undefined) conditions.push({ priority });
  if (query.createdAfter !== undefined) conditions.push({ createdAt: { $gt: new Date(query.createdAfter) } });
  if (query.createdBefore !== undefined)
    conditions.push({ createdAt: { $lt: new Date(query.createdBefore) } });
  return conditions.length === 0 ? {} : { $and: conditions };
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
const contains = (part: string) => ({ $regex: escaped(part), $options: 'i' });
const beginsWith = (start: string) => ({ $regex: `^${escaped(start)}` });
