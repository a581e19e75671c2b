import { inDomain } from '../../common/domains.js';
import type { QueryFilter } from 'mongoose';
import { ancestorsOf } from '../../acs/devices/groups/group-name.js';
import type { FilterNode, MongoFilter } from '../../acs/devices/filter.js';
import type { SortField } from '../../acs/tasks/keyset.js';
import { search, type SearchPage } from '../../acs/tasks/search/search.js';
import { searchableTasks } from '../../acs/tasks/search/task-search.js';
import { findTaskType } from '../../acs/tasks/task-types.js';
import type { TaskRecord } from '../../store/models/task.js';
import { filterConditions } from '../search/searched-lists.js';
import type { Services } from '../services.js';

/** Criteria of tasks.md §8.2, joined by *and*. */
export interface TaskListQuery {
  /** Tasks of this domain and below are seen. */
  view: string;
  target?: 'device' | 'group' | undefined;
  device?: string | undefined;
  group?: string | undefined;
  /** With `group`: also the tasks of the groups above that apply to it. */
  inherited?: boolean | undefined;
  /** Only these. */
  ids?: readonly string[] | undefined;
  /** A part of it. */
  id?: string | undefined;
  bloodline?: string | undefined;
  type?: string | undefined;
  name?: string | undefined;
  comment?: string | undefined;
  tag?: string | undefined;
  user?: string | undefined;
  domain?: string | undefined;
  active?: boolean | undefined;
  automaticRestart?: boolean | undefined;
  priority?: number | undefined;
  /** Those that reach their devices in waves. */
  rollout?: 'any' | readonly ('running' | 'paused')[] | undefined;
  createdAfter?: string | undefined;
  createdBefore?: string | undefined;
}

const NEWEST: readonly SortField[] = [
  { field: 'createdAt', direction: -1, kind: 'time' },
  { field: '_id', direction: 1 },
];

const EXECUTION_ORDER: readonly SortField[] = [
  { field: 'priority', direction: 1, kind: 'number' },
  { field: 'createdAt', direction: 1, kind: 'time' },
  { field: '_id', direction: 1 },
];

/** All tasks in view, newest first; those of a group in the order of execution. */
export async function listTasks(
  { store, clock }: Pick<Services, 'store' | 'clock'>,
  query: TaskListQuery,
  criteria: { nodes: readonly FilterNode[]; expressions: readonly string[] },
  page: { limit: number; cursor?: string | undefined; count?: boolean },
): Promise<SearchPage<TaskRecord>> {
  const sort = query.group === undefined ? NEWEST : EXECUTION_ORDER;
  const condition = allOf([taskFilter(query), ...filterConditions('tasks', criteria.nodes)]);
  return search(
    searchableTasks(store, sort),
    { condition, expressions: criteria.expressions, ...page },
    clock,
  );
}

function allOf(conditions: readonly MongoFilter[]): MongoFilter {
  const real = conditions.filter((condition) => Object.keys(condition).length > 0);
  return real.length === 0 ? {} : { $and: real };
}

function taskFilter(query: TaskListQuery): QueryFilter<TaskRecord> {
  const { device, type, tag, user, active, automaticRestart, priority } = query;
  const conditions: QueryFilter<TaskRecord>[] = [];
  for (const domain of [query.view, query.domain ?? '/']) {
    const within = inDomain(domain);
    if (within) conditions.push({ domain: within });
  }
  if (query.target === 'device') conditions.push({ device: { $ne: null } });
  if (query.target === 'group') conditions.push({ group: { $ne: null } });
  if (device !== undefined) conditions.push({ device });
  if (query.group !== undefined) conditions.push(ofGroup(query.group, query.inherited === true));
  if (query.ids !== undefined) conditions.push({ _id: { $in: [...query.ids] } });
  if (query.id !== undefined) conditions.push({ _id: contains(query.id) });
  if (query.bloodline !== undefined) conditions.push({ bloodline: query.bloodline });
  if (type !== undefined) conditions.push({ type: findTaskType(type)?.name ?? type });
  if (query.name !== undefined) conditions.push({ name: contains(query.name) });
  if (query.comment !== undefined) conditions.push({ comment: contains(query.comment) });
  if (tag !== undefined) conditions.push({ tags: tag });
  if (user !== undefined) conditions.push({ user });
  if (active !== undefined) conditions.push({ active });
  if (automaticRestart !== undefined) conditions.push({ automaticRestart });
  if (priority !== undefined) conditions.push({ priority });
  if (query.rollout !== undefined)
    conditions.push({
      'rolloutState.phase': { $in: query.rollout === 'any' ? [...PHASES] : [...query.rollout] },
    });
  if (query.createdAfter !== undefined) conditions.push({ createdAt: { $gt: new Date(query.createdAfter) } });
  if (query.createdBefore !== undefined)
    conditions.push({ createdAt: { $lt: new Date(query.createdBefore) } });
  return conditions.length === 0 ? {} : { $and: conditions };
}

function ofGroup(group: string, inherited: boolean): QueryFilter<TaskRecord> {
  if (!inherited) return { group };
  return { $or: [{ group }, { group: { $in: ancestorsOf(group) }, appliesToSubgroups: true }] };
}

const PHASES = ['running', 'paused'] as const;

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
const contains = (part: string) => ({ $regex: escaped(part), $options: 'i' });
