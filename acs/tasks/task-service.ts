import type { QueryFilter } from 'mongoose';
import type { Clock } from '../../common/clock.js';
import { ConflictError, NotFoundError, StaleError } from '../../common/errors.js';
import type { EventBus } from '../../common/events.js';
import type { DeviceRecord } from '../../store/models/device.js';
import type { ExecutionRecord } from '../../store/models/execution.js';
import type { TaskRecord } from '../../store/models/task.js';
import type { Store } from '../../store/store.js';
import { escapeRegex } from '../devices/filter.js';
import { isDuplicateKey } from '../../store/duplicate-key.js';
import { historyRecord, resetFields } from './execution-record.js';
import { afterCursor, pageOf, type Page, type SortField } from './keyset.js';
import { queue, type QueueEntry } from './queue.js';
import { editedDefinition, newDefinition, settingsOf, type TaskInput, type TaskPatch } from './task-input.js';
import { TASK_TYPES } from './task-types.js';
import type { TaskType } from './task-type.js';

export type { TaskInput, TaskPatch } from './task-input.js';

/** Who does it, for edition log and defaults. */
export interface Actor {
  user: string;
  /** Domain that new tasks get. */
  domain?: string;
}

export interface TaskQuery {
  device?: string;
  type?: string;
  active?: boolean;
  automaticRestart?: boolean;
  tag?: string;
  domain?: string;
  /** A fragment of name, id or comment, in any case. */
  search?: string;
  limit: number;
  cursor?: string;
}

export interface DeviceQueue {
  device: string;
  at: Date;
  /** The task that holds the list. */
  holder: string | null;
  /** The session that is open now. */
  session: { id: string; startedAt: Date } | null;
  entries: QueueEntry[];
}

export interface TaskStatistics {
  total: number;
  active: number;
  stopped: number;
  types: { type: string; total: number; active: number; stopped: number }[];
}

export interface TaskServiceOptions {
  clock: Clock;
  events: EventBus;
  /** Days that the history of a run cut off by restart or deletion is kept. */
  executionDays: number;
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

/** Task definitions: made, edited, copied, deleted, restarted; each change with its line in the edition log. */
export class TaskService {
  readonly #store: Store;
  readonly #options: TaskServiceOptions;

  constructor(store: Store, options: TaskServiceOptions) {
    this.#store = store;
    this.#options = options;
  }

  types(): readonly TaskType[] {
    return TASK_TYPES;
  }

  /** Throws `ValidationError`, or `NotFoundError` when there is no such device. */
  async create(input: TaskInput, actor: Actor): Promise<TaskRecord> {
    const { device, ...given } = input;
    const definition = newDefinition(given, given.domain ?? actor.domain ?? '/');
    const now = this.#options.clock.now();
    const task = await this.#insert(device, (id) => ({
      _id: id,
      device,
      group: null,
      ...definition,
      user: actor.user,
      createdAt: now,
      editedAt: now,
      version: 1,
    }));
    await this.#recordEdition('created', null, task, actor, now);
    await this.#tasksChanged(device);
    this.#publish('task.created', task);
    return task;
  }

  async get(id: string): Promise<TaskRecord> {
    const found = await this.#store.tasks.findById(id).lean<TaskRecord>();
    if (!found) throw new NotFoundError('task', id);
    return found;
  }

  /** A device's tasks by priority and age, else all tasks from the newest. */
  async list(query: TaskQuery): Promise<Page<TaskRecord>> {
    const sort = query.device === undefined ? NEWEST : EXECUTION_ORDER;
    const filter = taskFilter(query);
    const rows = await this.#store.tasks
      .find(query.cursor === undefined ? filter : { $and: [filter, afterCursor(query.cursor, sort)] })
      .sort(Object.fromEntries(sort.map(({ field, direction }) => [field, direction])))
      .limit(query.limit + 1)
      .lean<TaskRecord[]>();
    return pageOf(rows, query.limit, sort);
  }

  async count(query: Omit<TaskQuery, 'limit' | 'cursor'>): Promise<number> {
    return this.#store.tasks.countDocuments(taskFilter(query));
  }

  /** A running execution goes on with what it started with; the report stays. `version` = the one that was read. */
  async edit(
    id: string,
    patch: TaskPatch,
    { actor, version }: { actor: Actor; version?: number | undefined },
  ): Promise<TaskRecord> {
    const before = await this.get(id);
    if (version !== undefined && before.version !== version) throw new StaleError('task', id);
    const now = this.#options.clock.now();
    const changes = { ...editedDefinition(before, patch), editedAt: now, version: before.version + 1 };
    const after = await this.#store.tasks
      .findOneAndUpdate({ _id: id, version: before.version }, { $set: changes }, { returnDocument: 'after' })
      .lean<TaskRecord>();
    if (!after) throw new StaleError('task', id);
    await this.#recordEdition('modified', before, after, actor, now);
    await this.#tasksChanged(after.device);
    this.#publish('task.changed', after);
    return after;
  }

  /** A new task with the same settings unless `overrides` says otherwise; no report, no history (tasks.md §7.2). */
  async copy(id: string, overrides: Partial<Omit<TaskInput, 'type'>>, actor: Actor): Promise<TaskRecord> {
    const original = await this.get(id);
    const device = overrides.device ?? original.device;
    if (device === null) throw new ConflictError(`Task ${id} has no device; name one for the copy`);
    const named = overrides.name !== undefined && overrides.anonymous === undefined;
    return this.create(
      {
        type: original.type,
        config: original.config,
        ...settingsOf(original),
        // A copy belongs where the one who makes it belongs.
        domain: undefined,
        ...(named && { anonymous: undefined }),
        ...overrides,
        device,
      },
      actor,
    );
  }

  /** Removes the task and its report; history and edition log stay. A run in progress stops at its next request. */
  async remove(
    id: string,
    { actor, version }: { actor: Actor; version?: number | undefined },
  ): Promise<void> {
    const task = await this.#store.tasks
      .findOneAndDelete({ _id: id, ...(version !== undefined && { version }) })
      .lean<TaskRecord>();
    if (!task) {
      await this.get(id);
      throw new StaleError('task', id);
    }
    const now = this.#options.clock.now();
    const running = await this.#store.executions
      .find({ task: id, status: 'IN_PROGRESS' })
      .lean<ExecutionRecord[]>();
    for (const execution of running) await this.#cutOff(execution, task, 'ERROR', 'deleted', now);
    await this.#store.executions.deleteMany({ task: id });
    await this.#recordEdition('deleted', task, null, actor, now);
    await this.#tasksChanged(task.device);
    this.#publish('task.deleted', task);
  }

  /**
   * Sets the report back to NOT_STARTED whatever its status, so that the task runs in the next session; a run in progress
   * is cut off and what it waits for no longer counts (tasks.md §7.5).
   */
  async restart(id: string, { actor, device }: { actor: Actor; device?: string }): Promise<TaskRecord> {
    const task = await this.get(id);
    if (device !== undefined && task.device !== device)
      throw new ConflictError(`Task ${id} is not a task of ${device}`);
    const now = this.#options.clock.now();
    const before = await this.#store.executions
      .findOneAndUpdate(
        { task: id, ...(task.device !== null && { device: task.device }) },
        { $set: { ...resetFields(now), finishTime: null, restartedAt: now } },
        { returnDocument: 'before' },
      )
      .lean<ExecutionRecord>();
    if (before?.status === 'IN_PROGRESS')
      await this.#cutOff(before, task, 'WARNING', `restarted by ${actor.user}`, now);
    await this.#tasksChanged(task.device);
    this.#options.events.publish(
      'task.changed',
      task._id,
      { device: task.device, type: task.type, name: task.name, restarted: true },
      task.domain,
    );
    return task;
  }

  /** The device's tasks in the order of execution and which of them would run at a time (tasks.md §8.1). */
  async queue(deviceId: string, { at }: { at?: Date | undefined } = {}): Promise<DeviceQueue> {
    const device = await this.#store.devices
      .findById(deviceId, { managed: 1, lease: 1, lastVisit: 1 })
      .lean<DeviceRecord>();
    if (!device) throw new NotFoundError('device', deviceId);
    const [tasks, executions] = await Promise.all([
      this.#store.tasks.find({ device: deviceId }).lean<TaskRecord[]>(),
      this.#store.executions.find({ device: deviceId }).lean<ExecutionRecord[]>(),
    ]);
    const now = this.#options.clock.now();
    const entries = queue({ device, tasks, executions, at: at ?? now });
    const { session, until } = device.lease;
    return {
      device: deviceId,
      at: at ?? now,
      holder: entries.find(({ holds }) => holds)?.task._id ?? null,
      session:
        session !== null && until && until > now ? { id: session, startedAt: device.lastVisit ?? now } : null,
      entries,
    };
  }

  /** Numbers of tasks by type (tasks.md §7.16): those of a domain and below it. */
  async statistics(view = '/'): Promise<TaskStatistics> {
    const seen = view === '/' ? [] : [{ $match: { domain: { $regex: `^${escapeRegex(view)}` } } }];
    const rows = await this.#store.tasks.aggregate<{ _id: { type: string; active: boolean }; count: number }>(
      [...seen, { $group: { _id: { type: '$type', active: '$active' }, count: { $sum: 1 } } }],
    );
    const types = new Map<string, TaskStatistics['types'][number]>();
    for (const { _id, count } of rows) {
      const row = types.get(_id.type) ?? { type: _id.type, total: 0, active: 0, stopped: 0 };
      row.total += count;
      row[_id.active ? 'active' : 'stopped'] += count;
      types.set(_id.type, row);
    }
    const sorted = [...types.values()].sort((a, b) => b.total - a.total || a.type.localeCompare(b.type));
    const sum = (key: 'total' | 'active' | 'stopped'): number =>
      sorted.reduce((all, row) => all + row[key], 0);
    return { total: sum('total'), active: sum('active'), stopped: sum('stopped'), types: sorted };
  }

  /** Numbers are drawn from the device's counter, which never goes back, so no id is used twice (tasks.md §1). */
  async #insert(device: string, make: (id: string) => TaskRecord): Promise<TaskRecord> {
    for (;;) {
      const counted = await this.#store.devices
        .findOneAndUpdate(
          { _id: device },
          // The revision grows before the insert too: should this process end before it can say so afterwards.
          { $inc: { taskCounter: 1, taskRevision: 1 } },
          { returnDocument: 'after', projection: { taskCounter: 1 } },
        )
        .lean<{ taskCounter: number }>();
      if (!counted) throw new NotFoundError('device', device);
      if (counted.taskCounter === 1 && (await this.#skipUsed(device))) continue;
      const task = make(`d:${device}:${counted.taskCounter}`);
      try {
        await this.#store.tasks.create(task);
        return task;
      } catch (error) {
        // An imported task has this number already.
        if (!isDuplicateKey(error)) throw error;
      }
    }
  }

  /** A device that was deleted and came again counts on from its earlier tasks: ids are never used twice (tasks.md §1). */
  async #skipUsed(device: string): Promise<boolean> {
    const used = await this.#store.editionLogs.distinct('task', { device });
    const highest = Math.max(0, ...used.map((id) => Number(/:(\d+)$/.exec(id)?.[1] ?? 0)));
    if (highest === 0) return false;
    await this.#store.devices.updateOne({ _id: device }, { $max: { taskCounter: highest } });
    return true;
  }

  /** Told after the change: a session that read the tasks before it must not say that there is nothing to do. */
  async #tasksChanged(device: string | null): Promise<void> {
    if (device !== null) await this.#store.devices.updateOne({ _id: device }, { $inc: { taskRevision: 1 } });
  }

  async #cutOff(
    execution: ExecutionRecord,
    task: TaskRecord,
    status: 'ERROR' | 'WARNING',
    summary: string,
    now: Date,
  ): Promise<void> {
    const { _id, ...history } = historyRecord(
      execution,
      task,
      { status, summary, fault: null, finishTime: now, details: execution.details },
      this.#options.executionDays,
    );
    await this.#store.executionLogs.updateOne({ _id }, { $setOnInsert: history }, { upsert: true });
    this.#options.events.publish(
      'execution.finished',
      execution._id,
      { task: task._id, device: execution.device, status, summary, stage: null, run: execution.run },
      task.domain,
    );
  }

  async #recordEdition(
    kind: 'created' | 'modified' | 'deleted',
    before: TaskRecord | null,
    after: TaskRecord | null,
    actor: Actor,
    at: Date,
  ): Promise<void> {
    const task = after ?? before;
    if (!task) return;
    const { device, group } = task;
    await this.#store.editionLogs.create({
      at,
      user: actor.user,
      task: task._id,
      device,
      group,
      kind,
      before: before && { ...before },
      after: after && { ...after },
    });
  }

  #publish(type: string, task: TaskRecord): void {
    const { _id, device, name, domain } = task;
    this.#options.events.publish(type, _id, { device, type: task.type, name }, domain);
  }
}

function taskFilter(query: Omit<TaskQuery, 'limit' | 'cursor'>): QueryFilter<TaskRecord> {
  const filter: QueryFilter<TaskRecord> = {};
  if (query.device !== undefined) filter.device = query.device;
  if (query.type !== undefined) filter.type = query.type;
  if (query.active !== undefined) filter.active = query.active;
  if (query.automaticRestart !== undefined) filter.automaticRestart = query.automaticRestart;
  if (query.tag !== undefined) filter.tags = query.tag;
  if (query.domain !== undefined) filter.domain = query.domain;
  if (query.search) {
    const fragment = { $regex: query.search.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), $options: 'i' };
    filter.$or = [{ name: fragment }, { _id: fragment }, { comment: fragment }];
  }
  return filter;
}
