import type { QueryFilter } from 'mongoose';
import { systemClock } from '../../common/clock.js';
import { inDomain } from '../../common/domains.js';
import { NotFoundError } from '../../common/errors.js';
import type { EditionLogRecord } from '../../store/models/edition-log.js';
import type { ExecutionLogRecord } from '../../store/models/execution-log.js';
import type { ExecutionRecord, ExecutionStatus } from '../../store/models/execution.js';
import type { LogLineRecord } from '../../store/models/log-line.js';
import { LOG_LEVELS, type LogLevel } from '../../store/models/task.js';
import type { Store } from '../../store/store.js';
import type { MongoFilter } from '../devices/filter.js';
import { afterCursor, pageOf, type Page, type SortField } from './keyset.js';
import { searchableExecutions } from './search/execution-search.js';
import { search, type SearchPage } from './search/search.js';

export interface ExecutionQuery {
  task?: string;
  device?: string;
  status?: ExecutionStatus | readonly ExecutionStatus[];
  /** Exclusive; oldest change first then, else newest first (northbound.md §6). */
  updatedSince?: Date;
  /** Reports of group tasks are left out. */
  directTasksOnly?: boolean;
  /** What else must hold, as the store says it. */
  conditions?: readonly MongoFilter[];
  expressions?: readonly string[];
  limit: number;
  cursor?: string;
}

export interface HistoryQuery {
  task?: string;
  device?: string;
  execution?: string;
  status?: readonly ExecutionStatus[];
  from?: Date;
  /** Exclusive. */
  to?: Date;
  limit: number;
  cursor?: string;
}

/** Which changes; all criteria are joined by *and*. */
export interface EditionQuery {
  /** A task, or a template as the edition log calls it. */
  task?: string;
  device?: string;
  group?: string;
  user?: string;
  kind?: EditionLogRecord['kind'];
  /** What was changed: ids of tasks begin with `d:` or `g:`, those of templates with `t:`. */
  object?: 'task' | 'template';
  from?: Date;
  /** Exclusive. */
  to?: Date;
  /** Of this domain and those below it. */
  view?: string;
}

export interface LogQuery {
  /** The present run unless told otherwise. */
  run?: number;
  /** Lines of this level and above. */
  level?: LogLevel;
  /** Lines behind this one. */
  after?: number;
  limit: number;
}

const OLDEST_CHANGE: readonly SortField[] = [
  { field: 'lastUpdateTime', direction: 1, kind: 'time' },
  { field: 'task', direction: 1 },
  { field: 'device', direction: 1 },
];
const NEWEST_CHANGE: readonly SortField[] = OLDEST_CHANGE.map((field) => ({ ...field, direction: -1 }));
const NEWEST_START: readonly SortField[] = [
  { field: 'startTime', direction: -1, kind: 'time' },
  { field: '_id', direction: -1 },
];
const DEFAULT_LINES = 1_000;

/** Task reports, execution history, log lines and edition log, as they are read. */
export class Reports {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  async getExecution(id: string): Promise<ExecutionRecord> {
    const found = await this.#store.executions.findById(id).lean<ExecutionRecord>();
    if (!found) throw new NotFoundError('execution', id);
    return found;
  }

  /** The report of a task on a device; null = never started. */
  async ofTask(task: string, device: string): Promise<ExecutionRecord | null> {
    return this.#store.executions.findOne({ device, task }).lean<ExecutionRecord>();
  }

  /** Reports that match; with `expressions`, of which each must be true, as `search` finds them. */
  async find(query: ExecutionQuery): Promise<SearchPage<ExecutionRecord>> {
    const filter: QueryFilter<ExecutionRecord> = {};
    if (query.task !== undefined) filter.task = query.task;
    else if (query.directTasksOnly) filter.task = { $gte: 'd:', $lt: 'd;' };
    if (query.device !== undefined) filter.device = query.device;
    if (query.status !== undefined)
      filter.status = typeof query.status === 'string' ? query.status : { $in: [...query.status] };
    if (query.updatedSince) filter.lastUpdateTime = { $gt: query.updatedSince };
    const { conditions = [], expressions = [], limit, cursor } = query;
    const sort = query.updatedSince ? OLDEST_CHANGE : NEWEST_CHANGE;
    const condition = { $and: [filter, ...conditions] };
    return search(
      searchableExecutions(this.#store, sort),
      { condition, expressions, limit, ...(cursor !== undefined && { cursor }) },
      systemClock,
    );
  }

  /** Runs of a task, a device, or of all; newest first. */
  async history(query: HistoryQuery): Promise<Page<ExecutionLogRecord>> {
    const filter: QueryFilter<ExecutionLogRecord> = {};
    if (query.task !== undefined) filter.task = query.task;
    if (query.device !== undefined) filter.device = query.device;
    if (query.execution !== undefined) filter.execution = query.execution;
    if (query.status !== undefined) filter.status = { $in: [...query.status] };
    if (query.from || query.to)
      filter.startTime = { ...(query.from && { $gte: query.from }), ...(query.to && { $lt: query.to }) };
    return this.#page<ExecutionLogRecord>(this.#store.executionLogs, filter, NEWEST_START, query);
  }

  /** Lines in order; `next` is the `after` of the next page. */
  async logLines(
    executionId: string,
    query: Partial<LogQuery> = {},
  ): Promise<{ run: number; items: LogLineRecord[]; next: number | null }> {
    const run = query.run ?? (await this.getExecution(executionId)).run;
    const limit = query.limit ?? DEFAULT_LINES;
    const filter: QueryFilter<LogLineRecord> = { execution: executionId, run };
    if (query.after !== undefined) filter.line = { $gt: query.after };
    if (query.level !== undefined && query.level !== 'TRACE')
      filter.level = { $in: LOG_LEVELS.slice(LOG_LEVELS.indexOf(query.level)) as never[] };
    const lines = await this.#store.logLines
      .find(filter)
      .sort({ line: 1 })
      .limit(limit + 1)
      .lean<LogLineRecord[]>();
    const items = lines.slice(0, limit);
    return { run, items, next: lines.length > limit ? (items.at(-1)?.line ?? null) : null };
  }

  /** Changes of definitions, newest first: of one object, of one target, or of all. */
  async editionLog(
    of: EditionQuery,
    query: { limit: number; cursor?: string },
  ): Promise<Page<EditionLogRecord>> {
    const conditions: QueryFilter<EditionLogRecord>[] = [editionFilter(of)];
    const before = query.cursor === undefined ? null : await this.#editionAt(query.cursor);
    if (before)
      conditions.push({ $or: [{ at: { $lt: before.at } }, { at: before.at, _id: { $lt: before._id } }] });
    const rows = await this.#store.editionLogs
      .find({ $and: conditions })
      .sort({ at: -1, _id: -1 })
      .limit(query.limit + 1)
      .lean<EditionLogRecord[]>();
    const items = rows.slice(0, query.limit);
    return { items, next: rows.length > query.limit ? String(items.at(-1)?._id) : null };
  }

  async #editionAt(id: string): Promise<EditionLogRecord> {
    const found = /^[0-9a-f]{24}$/.test(id)
      ? await this.#store.editionLogs.findById(id).lean<EditionLogRecord>()
      : null;
    if (!found) throw new NotFoundError('edition', id);
    return found;
  }

  async #page<T extends object>(
    model: { find: (filter: never) => unknown },
    filter: QueryFilter<T>,
    sort: readonly SortField[],
    query: { limit: number; cursor?: string },
  ): Promise<Page<T>> {
    const conditions =
      query.cursor === undefined ? filter : { $and: [filter, afterCursor(query.cursor, sort)] };
    const found = model.find(conditions as never) as {
      sort: (order: Record<string, 1 | -1>) => { limit: (rows: number) => { lean: () => Promise<T[]> } };
    };
    const rows = await found
      .sort(Object.fromEntries(sort.map(({ field, direction }) => [field, direction])))
      .limit(query.limit + 1)
      .lean();
    return pageOf(rows, query.limit, sort);
  }
}

function editionFilter(of: EditionQuery): QueryFilter<EditionLogRecord> {
  const { task, device, group, user, kind, object, from, to } = of;
  const conditions: QueryFilter<EditionLogRecord>[] = [];
  if (task !== undefined) conditions.push({ task });
  if (device !== undefined) conditions.push({ device });
  if (group !== undefined) conditions.push({ group });
  if (user !== undefined) conditions.push({ user });
  if (kind !== undefined) conditions.push({ kind });
  if (object !== undefined)
    conditions.push(object === 'template' ? prefixed('t') : { $or: [prefixed('d'), prefixed('g')] });
  if (from || to) conditions.push({ at: { ...(from && { $gte: from }), ...(to && { $lt: to }) } });
  const within = inDomain(of.view ?? '/');
  if (within) {
    const missing = { domain: { $exists: false } };
    const inside = [{ 'after.domain': within }, { after: null, 'before.domain': within }];
    conditions.push({ $or: [{ domain: within }, { $and: [missing, { $or: inside }] }] });
  }
  return conditions.length === 0 ? {} : { $and: conditions };
}

const prefixed = (letter: string): QueryFilter<EditionLogRecord> => ({
  task: { $gte: `${letter}:`, $lt: `${letter};` },
});
