import type { Clock } from '../../common/clock.js';
import { ConflictError, NotFoundError, StaleError, ValidationError } from '../../common/errors.js';
import type { EventBus } from '../../common/events.js';
import type { Log } from '../../common/log.js';
import { isDuplicateKey } from '../../store/duplicate-key.js';
import type { EditionLogRecord } from '../../store/models/edition-log.js';
import type { ExecutionRecord } from '../../store/models/execution.js';
import { fromStoredTask, TASK_DEFAULTS, type TaskRecord } from '../../store/models/task.js';
import type { Store } from '../../store/store.js';
import { ParameterTree } from '../devices/parameter-tree.js';
import type { ParameterTrees } from '../devices/parameter-trees.js';
import { removeCallbacksOf } from './callbacks/task-callbacks.js';
import { resetFields } from './execution-record.js';
import { forecast, type DeviceQueue } from './forecast.js';
import { GroupTaskActions } from './group-task-actions.js';
import { groupsByMembers } from './groups-by-members.js';
import type { Conditions } from './ports/conditions.js';
import type { TaskGroups } from './ports/groups.js';
import { checkOpenedWaves } from './rollouts/rollout-input.js';
import { afterEdit, startedRollout } from './rollouts/rollout-state.js';
import { Rollouts } from './rollouts/rollouts.js';
import { hideDroppedAlerts } from './task-alerts.js';
import { SharedDefinitions } from './shared-definitions.js';
import { TaskChanges, type Actor } from './task-changes.js';
import { TaskIds } from './task-ids.js';
import {
  editedDefinition,
  newDefinition,
  settingsOf,
  targetOf,
  type Definition,
  type Target,
  type TaskInput,
  type TaskPatch,
} from './task-input.js';
import { TASK_TYPES } from './task-types.js';
import type { TaskType } from './task-type.js';

export type { Actor } from './task-changes.js';
export type { TaskInput, TaskPatch } from './task-input.js';

export interface TaskServiceOptions {
  clock: Clock;
  events: EventBus;
  log: Log;
  /** Days that the history of a run cut off by restart or deletion is kept. */
  executionDays: number;
  /** Left out: those that devices name, all of equal priority. */
  groups?: TaskGroups;
  /** Left out: tasks with a condition are refused. */
  conditions?: Conditions;
  /** For conditions in forecasts; left out: they see no data model. */
  trees?: Pick<ParameterTrees, 'load'>;
}

/** Task definitions: made, edited, copied, deleted, restarted; each change with its line in the edition log. */
export class TaskService {
  /** What is done with tasks of groups beyond that. */
  readonly ofGroups: GroupTaskActions;
  /** How tasks of groups reach their devices in waves. */
  readonly rollouts: Rollouts;
  readonly #store: Store;
  readonly #changes: TaskChanges;
  readonly #ids: TaskIds;
  readonly #groups: TaskGroups;
  readonly #definitions: SharedDefinitions;
  readonly #conditions: Conditions | null;
  readonly #trees: Pick<ParameterTrees, 'load'> | null;

  constructor(store: Store, options: TaskServiceOptions) {
    const { clock, events, log, executionDays } = options;
    this.#store = store;
    this.#groups = options.groups ?? groupsByMembers(store);
    this.#conditions = options.conditions ?? null;
    this.#trees = options.trees ?? null;
    this.#definitions = new SharedDefinitions(store, clock);
    this.#changes = new TaskChanges({
      ...{ store, clock, events, log, executionDays },
      definitions: this.#definitions,
    });
    this.#ids = new TaskIds(store);
    this.ofGroups = new GroupTaskActions(store, this.#changes);
    this.rollouts = new Rollouts(store, this.#changes, log);
  }

  types(): readonly TaskType[] {
    return TASK_TYPES;
  }

  /** Throws `ValidationError`, `ConflictError` for a name that is taken, `NotFoundError` when there is no such device. */
  async create(
    input: TaskInput,
    actor: Actor,
    { system = false }: { system?: boolean } = {},
  ): Promise<TaskRecord> {
    const { suffix, ...target } = targetOf(input);
    const now = this.#changes.now();
    const definition = newDefinition(input, input.domain ?? actor.domain ?? '/', now);
    await this.#check(definition, target);
    const make = (id: string): TaskRecord => ({
      ...TASK_DEFAULTS,
      pausedGroups: [],
      _id: id,
      ...target,
      ...definition,
      rolloutState: definition.rollout && startedRollout({ by: actor.user, at: now, note: '' }),
      template: input.template ?? null,
      system,
      user: actor.user,
      createdAt: now,
      editedAt: now,
      version: 1,
    });
    const task = await this.#changes.make(target, () => this.#insert(target, suffix, make, actor));
    this.#changes.publish('task.created', task);
    return this.rollouts.begin(task);
  }

  /** Null = there is no such group. */
  domainOfGroup(group: string): Promise<string | null> {
    return this.#groups.domainOf(group);
  }

  async get(id: string): Promise<TaskRecord> {
    const found = await this.#store.tasks.findById(id).lean<TaskRecord>();
    if (!found) throw new NotFoundError('task', id);
    return fromStoredTask(found);
  }

  /** A running execution goes on with what it started with; the report stays. `version` = the one that was read. */
  async edit(
    id: string,
    patch: TaskPatch,
    { actor, version }: { actor: Actor; version?: number | undefined },
  ): Promise<TaskRecord> {
    const before = await this.get(id);
    if (version !== undefined && before.version !== version) throw new StaleError('task', id);
    const now = this.#changes.now();
    const definition = editedDefinition(before, patch, now);
    await this.#check(definition, before, before);
    const { rollout } = definition;
    if (rollout && before.rolloutState) checkOpenedWaves(rollout, before.rolloutState);
    const rolloutState = afterEdit(before.rolloutState, rollout, { by: actor.user, at: now, note: '' });
    const after = await this.#changes.make(before, async () => {
      const stored = await this.#store.tasks
        .findOneAndUpdate(
          { _id: id, version: before.version },
          { $set: { ...definition, rolloutState, editedAt: now, version: before.version + 1 } },
          { returnDocument: 'after' },
        )
        .lean<TaskRecord>();
      if (!stored) throw new StaleError('task', id);
      const edited = fromStoredTask(stored);
      await hideDroppedAlerts(this.#store, { before, after: edited }, now);
      await this.#changes.recordEdition('modified', { before, after: edited }, actor);
      return edited;
    });
    this.#changes.publish('task.changed', after);
    return this.rollouts.begin(after);
  }

  /**
   * Gives a task the definition that it had after an earlier edition, or before it where that deleted the task. Throws
   * `ConflictError` when the task is gone, `ValidationError` when what was valid then is not valid now.
   */
  async restore(
    id: string,
    edition: EditionLogRecord | null,
    { actor, version }: { actor: Actor; version?: number | undefined },
  ): Promise<TaskRecord> {
    const former = edition?.after ?? edition?.before;
    if (edition?.task !== id || !former) throw new NotFoundError('edition of the task', id);
    if (!(await this.#store.tasks.exists({ _id: id })))
      throw new ConflictError(`Task ${id} is deleted; its id is not used again`);
    const definition = fromStoredTask(former as unknown as TaskRecord);
    const patch = { ...settingsOf(definition), config: definition.config };
    return this.edit(id, patch, { actor, version });
  }

  /** A new task with the same settings unless `overrides` says otherwise; no report, no history (tasks.md §7.2). */
  async copy(id: string, overrides: Partial<Omit<TaskInput, 'type'>>, actor: Actor): Promise<TaskRecord> {
    const original = await this.get(id);
    const { device, group } = original;
    const named = overrides.name !== undefined && overrides.anonymous === undefined;
    const elsewhere = overrides.device !== undefined || overrides.group !== undefined;
    return this.create(
      {
        type: original.type,
        config: original.config,
        ...settingsOf(original),
        // A copy belongs where the one who makes it belongs.
        domain: undefined,
        ...(named && { anonymous: undefined }),
        ...(!elsewhere && { device: device ?? undefined, group: group ?? undefined }),
        // A device has no waves.
        ...(overrides.device !== undefined && { rollout: undefined }),
        ...overrides,
      },
      actor,
    );
  }

  /** Removes the task and its reports; history and edition log stay. A run in progress stops at its next request. */
  async remove(
    id: string,
    { actor, version }: { actor: Actor; version?: number | undefined },
  ): Promise<void> {
    const { device } = await this.get(id);
    const task = await this.#changes.make({ device }, async () => {
      const removed = await this.#store.tasks
        .findOneAndDelete({ _id: id, ...(version !== undefined && { version }) })
        .lean<TaskRecord>();
      if (!removed) {
        await this.get(id);
        throw new StaleError('task', id);
      }
      const running = await this.#store.executions
        .find({ task: id, status: 'IN_PROGRESS' })
        .lean<ExecutionRecord[]>();
      for (const execution of running)
        await this.#changes.cutOff(execution, removed, { status: 'ERROR', summary: 'deleted' });
      await this.#store.executions.deleteMany({ task: id });
      await this.rollouts.remove(id);
      await removeCallbacksOf(this.#store, [id]);
      const dropped = { before: fromStoredTask(removed), after: null };
      await hideDroppedAlerts(this.#store, dropped, this.#changes.now());
      await this.#changes.recordEdition('deleted', { before: removed, after: null }, actor);
      return removed;
    });
    this.#changes.publish('task.deleted', task);
  }

  /**
   * Sets the report back to NOT_STARTED whatever its status, so that the task runs in the next session; a run in progress
   * is cut off and what it waits for no longer counts (tasks.md §7.5). A group task is restarted for the one device, or
   * without one for all (§7.6, §7.7).
   */
  async restart(id: string, { actor, device }: { actor: Actor; device?: string }): Promise<TaskRecord> {
    const task = await this.get(id);
    if (task.device !== null && device !== undefined && task.device !== device)
      throw new ConflictError(`Task ${id} is not a task of ${device}`);
    const on = task.device ?? device;
    if (on === undefined) return this.rollouts.begin(await this.ofGroups.rerun(task, actor));
    const now = this.#changes.now();
    const before = await this.#store.executions
      .findOneAndUpdate(
        { task: id, device: on },
        { $set: { ...resetFields(now), finishTime: null, restartedAt: now } },
        { returnDocument: 'before' },
      )
      .lean<ExecutionRecord>();
    if (before?.status === 'IN_PROGRESS')
      await this.#changes.cutOff(before, task, { status: 'WARNING', summary: `restarted by ${actor.user}` });
    await this.#changes.deviceChanged(on);
    this.#changes.publish('task.changed', task, { device: on, restarted: true });
    return task;
  }

  /** The device's tasks in the order of execution and which of them would run at a time (tasks.md §8.1). */
  async queue(deviceId: string, { at }: { at?: Date | undefined } = {}): Promise<DeviceQueue> {
    const now = this.#changes.now();
    return forecast(
      {
        store: this.#store,
        definitions: this.#definitions,
        groups: this.#groups,
        conditions: this.#conditions,
        tree: (device) => this.#trees?.load(device) ?? Promise.resolve(new ParameterTree()),
      },
      deviceId,
      { at: at ?? now, now },
    );
  }

  /** Refuses a definition without a target, as templates hold it, for what a task of it would be refused for. */
  async checkDefinition(definition: Definition): Promise<void> {
    await this.#check(definition, { device: null, group: null });
  }

  /** What can only be known with the store: group, schedule, condition (tasks.md §3). */
  async #check(definition: Definition, target: Target, before: TaskRecord | null = null): Promise<void> {
    const { schedule, executionCondition: condition } = definition;
    if (!before && target.group !== null && (await this.#groups.domainOf(target.group)) === null)
      throw ValidationError.of('/group', `There is no group ${target.group}`, 'unknown-group');
    if (schedule && 'ref' in schedule && !(await this.#store.schedules.exists({ _id: schedule.ref })))
      throw ValidationError.of('/schedule/ref', `There is no schedule ${schedule.ref}`, 'unknown-schedule');
    if (condition === '' || condition === before?.executionCondition) return;
    const [issue] = this.#conditions?.check(condition) ?? [
      { message: 'This server evaluates no conditions', from: 0 },
    ];
    if (!issue) return;
    const text = `${issue.message} (column ${issue.from + 1})`;
    throw ValidationError.of('/executionCondition', text, 'expression');
  }

  /**
   * An imported task may have the next number already: then it is the one after it.
   *
   * With its line in the edition log first: a task that is refused because that cannot be written must not be found by a
   * device all the same. A line without its task does no harm.
   */
  async #insert(
    target: Target,
    suffix: string | null,
    make: (id: string) => TaskRecord,
    actor: Actor,
  ): Promise<TaskRecord> {
    if (
      suffix !== null &&
      target.device !== null &&
      !(await this.#store.devices.exists({ _id: target.device }))
    )
      throw new NotFoundError('device', target.device);
    for (;;) {
      const id =
        suffix === null
          ? await this.#ids.next(target, this.#changes.now())
          : await this.#ids.named(target, suffix);
      if (suffix === null && (await this.#store.tasks.exists({ _id: id }))) continue;
      const task = make(id);
      const line = await this.#changes.recordEdition('created', { before: null, after: task }, actor);
      try {
        await this.#store.tasks.create(task);
        return task;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        // Another made it at the same time.
        await this.#changes.forgetEdition(line);
      }
    }
  }
}
