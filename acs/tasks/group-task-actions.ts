import { ConflictError, NotFoundError, ValidationError } from '../../common/errors.js';
import type { DeviceRecord } from '../../store/models/device.js';
import type { ExecutionRecord } from '../../store/models/execution.js';
import { fromStoredTask, type TaskRecord } from '../../store/models/task.js';
import type { Store } from '../../store/store.js';
import { isDuplicateKey } from '../../store/duplicate-key.js';
import { inDomain } from '../../common/domains.js';
import { isWithin } from '../devices/groups/group-name.js';
import { memberCondition } from '../devices/groups/memberships.js';
import { newExecution } from './execution-record.js';
import { groupName } from './group-path.js';
import { groupTaskStatistics, type GroupTaskStatistics } from './group-task-statistics.js';
import { startedRollout } from './rollouts/rollout-state.js';
import type { Actor, TaskChanges } from './task-changes.js';

/** Where a group task is not to run: on one device, or on the members of a subgroup. */
export type PauseTarget = { device: string } | { group: string };

/** A device on which a task is paused. */
export interface DevicePause {
  device: string;
  user: string;
  at: Date;
}

/** Subgroups for which one task may be paused. */
const MAX_PAUSED_GROUPS = 1_000;

/** Actions on tasks whose target is a group (tasks.md §7.6–7.15). Each costs the same however many devices there are. */
export class GroupTaskActions {
  readonly #store: Store;
  readonly #changes: TaskChanges;

  constructor(store: Store, changes: TaskChanges) {
    this.#store = store;
    this.#changes = changes;
  }

  /** Every device runs it again: reports of before count no more (tasks.md §7.7). A rollout begins anew with its first wave. */
  async rerun(task: TaskRecord, { user }: Actor): Promise<TaskRecord> {
    const now = this.#changes.now();
    const staged = task.rollout && { rolloutState: startedRollout({ by: user, at: now, note: 'rerun' }) };
    return this.#set(task, { lastRestartTime: now, ...staged }, { restarted: true });
  }

  /** The devices run it again on which it ended with ERROR (tasks.md §7.8). */
  async rerunFailed(task: TaskRecord): Promise<TaskRecord> {
    return this.#set(task, { lastFailedRestartTime: this.#changes.now() }, { restarted: true });
  }

  /**
   * Excludes a device or a subgroup; a parked run is frozen, not reset (tasks.md §7.9). Throws `ConflictError` for a
   * one-off task that has run on the device, `NotFoundError`, `ValidationError`.
   */
  async pause(task: TaskRecord, target: PauseTarget, actor: Actor): Promise<TaskRecord> {
    mustBeOfGroup(task);
    if ('group' in target) return this.#pauseGroup(task, target.group);
    await this.#pauseDevice(task, target.device, actor);
    return task;
  }

  async resume(task: TaskRecord, target: PauseTarget): Promise<TaskRecord> {
    mustBeOfGroup(task);
    if ('group' in target) {
      const paused = task.pausedGroups.filter((group) => group !== target.group);
      if (paused.length === task.pausedGroups.length)
        throw new NotFoundError('pause of the task for the group', target.group);
      return this.#set(task, { pausedGroups: paused }, {});
    }
    const { device } = target;
    const found = await this.#store.executions.updateOne(
      { task: task._id, device, paused: { $ne: null } },
      { $set: { paused: null, lastUpdateTime: this.#changes.now() } },
    );
    if (found.matchedCount === 0) throw new NotFoundError('pause of the task on the device', device);
    await this.#changes.deviceChanged(device);
    this.#changes.publish('task.changed', task, { device, paused: false });
    return task;
  }

  /** The devices on which a task is paused, the earliest first; `after` = the last of the page before. */
  async pauses(
    task: TaskRecord,
    { limit, after }: { limit: number; after?: { at: Date; device: string } },
  ): Promise<DevicePause[]> {
    const beyond = after && {
      $or: [{ 'paused.at': { $gt: after.at } }, { 'paused.at': after.at, device: { $gt: after.device } }],
    };
    const found = await this.#store.executions
      .find({ task: task._id, 'paused.at': { $gt: new Date(0) }, ...beyond }, { device: 1, paused: 1 })
      .sort({ 'paused.at': 1, device: 1 })
      .limit(limit)
      .lean<Pick<ExecutionRecord, 'device' | 'paused'>[]>();
    return found.flatMap(({ device, paused }) =>
      paused ? [{ device, user: paused.user, at: paused.at }] : [],
    );
  }

  /** How many devices a task with this reach would concern now (tasks.md §7.3). */
  async reach({
    group,
    appliesToSubgroups,
    domain,
  }: {
    group: string;
    appliesToSubgroups: boolean;
    domain: string;
  }): Promise<number> {
    const members = memberCondition(group, appliesToSubgroups);
    const within = inDomain(domain);
    const reached = within ? { $and: [members, { domain: within }] } : members;
    return this.#store.devices.countDocuments(reached as never);
  }

  /** On how many devices it has run; kept with its time, since it is expensive to count (tasks.md §7.15). */
  async countDevices(task: TaskRecord): Promise<TaskRecord> {
    mustBeOfGroup(task);
    const count = await this.#store.executions.countDocuments({ task: task._id, run: { $gt: 0 } });
    const deviceCount = { count, at: this.#changes.now() };
    const after = await this.#store.tasks
      .findByIdAndUpdate(
        task._id,
        { $set: { deviceCount }, $inc: { version: 1 } },
        { returnDocument: 'after' },
      )
      .lean<TaskRecord>();
    if (!after) throw new NotFoundError('task', task._id);
    return fromStoredTask(after);
  }

  /** Counts by status, by summary and over time (tasks.md §7.14). */
  async statistics(task: TaskRecord): Promise<GroupTaskStatistics> {
    return groupTaskStatistics(this.#store, task);
  }

  async #pauseGroup(task: TaskRecord, group: string): Promise<TaskRecord> {
    if (!groupName.safeParse(group).success || task.group === null || !isWithin(group, task.group))
      throw ValidationError.of('/group', `${group} is not ${task.group ?? ''} nor a group below it`, 'group');
    if (task.pausedGroups.includes(group)) return task;
    if (task.pausedGroups.length >= MAX_PAUSED_GROUPS)
      throw new ConflictError(`A task is paused for at most ${MAX_PAUSED_GROUPS} groups`);
    return this.#set(task, { pausedGroups: [...task.pausedGroups, group].toSorted() }, { paused: true });
  }

  async #pauseDevice(task: TaskRecord, device: string, { user }: Actor): Promise<void> {
    const known = await this.#store.devices
      .findById(device, { groups: 1 })
      .lean<Pick<DeviceRecord, 'groups'>>();
    if (!known) throw new NotFoundError('device', device);
    const now = this.#changes.now();
    const paused = { user, at: now };
    const repeats = task.automaticRestart || task.transientReport;
    for (;;) {
      const report = await this.#store.executions.findOne({ task: task._id, device }).lean<ExecutionRecord>();
      if (report && !repeats && ['SUCCESS', 'WARNING', 'ERROR'].includes(report.status))
        throw new ConflictError(`Task ${task._id} has run on ${device} and does not run again by itself`);
      if (report?.paused) return;
      const done = report
        ? await this.#store.executions.updateOne(
            { _id: report._id, run: report.run, status: report.status },
            { $set: { paused, lastUpdateTime: now } },
          )
        : await this.#pausedReport(task, device, paused);
      if (done === true || (done !== false && done.matchedCount === 1)) break;
    }
    await this.#changes.deviceChanged(device);
    this.#changes.publish('task.changed', task, { device, paused: true });
  }

  /** Of a task that has never run on the device; false = it has begun meanwhile. */
  async #pausedReport(
    task: TaskRecord,
    device: string,
    paused: NonNullable<ExecutionRecord['paused']>,
  ): Promise<boolean> {
    try {
      await this.#store.executions.create({ ...newExecution(task, device, paused.at), paused });
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  async #set(
    task: TaskRecord,
    fields: Partial<TaskRecord>,
    told: Record<string, unknown>,
  ): Promise<TaskRecord> {
    mustBeOfGroup(task);
    const after = await this.#changes.make(task, async () =>
      this.#store.tasks
        .findByIdAndUpdate(task._id, { $set: fields, $inc: { version: 1 } }, { returnDocument: 'after' })
        .lean<TaskRecord>(),
    );
    if (!after) throw new NotFoundError('task', task._id);
    const changed = fromStoredTask(after);
    this.#changes.publish('task.changed', changed, told);
    return changed;
  }
}

function mustBeOfGroup(task: TaskRecord): void {
  if (task.group === null) throw new ConflictError(`Task ${task._id} is not a task of a group`);
}
