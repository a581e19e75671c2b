import { createHash } from 'node:crypto';
import type { mongo } from 'mongoose';
import { CLOCK_TOLERANCE } from '../../common/clock.js';
import { SessionSupersededError } from '../../common/errors.js';
import type { DeviceRecord } from '../../store/models/device.js';
import type { ExecutionRecord } from '../../store/models/execution.js';
import type { ScheduleSpan } from '../../store/models/schedule.js';
import { fromStoredTask, type TaskRecord } from '../../store/models/task.js';
import type { Store } from '../../store/store.js';
import { fromStored } from '../devices/device-record.js';
import type { ExecutionWriter } from './execution-writer.js';
import { followedAddress } from './followed-address.js';
import { withAncestors } from './group-path.js';
import type { Dispatched } from './ports/groups.js';
import { isCurrent, queue, type QueueEntry, type QueueInput } from './queue.js';
import type { SessionRecords } from './session-records.js';
import type { SharedDefinitions } from './shared-definitions.js';
import { findTaskType } from './task-types.js';

const PEEKED = {
  ...{ taskRevision: 1, managed: 1, domain: 1, groups: 1, 'lease.fence': 1 },
  ...{ description: 1, properties: 1, secretProperties: 1 },
} as const;

/** Milliseconds that a session's word "nothing to do" is believed at most, should all else fail. */
const IDLE_AT_MOST = 3_600_000;

export interface DeviceTasksOptions {
  store: Store;
  device: DeviceRecord;
  fence: number;
  writer: ExecutionWriter;
  records: SessionRecords;
  definitions: SharedDefinitions;
  /** The count of the definitions' changes, read after the Inform had come. */
  definitionRevision: number;
  priorities: () => Promise<(group: string) => number>;
}

type Conditions = NonNullable<QueueInput['condition']>;

/** The tasks and reports of one device during a session; read again only when others changed them. */
export class DeviceTasks {
  /** Its own, and those of its groups and of the groups above. */
  tasks: TaskRecord[] = [];
  executions: ExecutionRecord[] = [];
  /** Of runs in progress whose tasks concern the device no more: it has left their groups. */
  departed: TaskRecord[] = [];
  readonly #options: DeviceTasksOptions;
  readonly #devices: mongo.Collection<DeviceRecord>;
  readonly #tasks: mongo.Collection<TaskRecord>;
  #revision: number;
  #definitionRevision: number;
  #device: QueueInput['device'];
  #priorityOf: (group: string) => number = () => 0;
  #schedules: ReadonlyMap<string, ScheduleSpan> = new Map();
  #loaded = false;

  constructor(options: DeviceTasksOptions) {
    const { store, device } = options;
    this.#options = options;
    this.#devices = store.db.collection<DeviceRecord>(store.devices.collection.name);
    this.#tasks = store.db.collection<TaskRecord>(store.tasks.collection.name);
    this.#revision = device.taskRevision ?? 0;
    this.#definitionRevision = options.definitionRevision;
    const { _id, managed, domain, groups } = device;
    this.#device = { _id, managed, domain, groups };
  }

  /** An earlier session found nothing to do, and nothing was changed since. */
  isIdle(now: Date): boolean {
    const { idle } = this.#options.device;
    if (this.#loaded || idle?.revision !== this.#revision) return false;
    if (idle.definitions !== this.#definitionRevision || idle.reach !== reachOf(this.#device)) return false;
    if (idle.address !== undefined && idle.address !== followedAddress(this.#options.device)) return false;
    const left = idle.until.getTime() - now.getTime();
    // More than was ever promised: the clock was set back since.
    return left > 0 && left <= IDLE_AT_MOST + CLOCK_TOLERANCE;
  }

  /** The device's count of changes as known here. */
  get revision(): number {
    return this.#revision;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  /** Groups and domain as known here. */
  get device(): QueueInput['device'] {
    return this.#device;
  }

  /** Three round trips at once; a fourth where the device has left the group of a run in progress. */
  async load(): Promise<void> {
    if (this.#loaded) return;
    const { device, writer, records, definitions, priorities } = this.#options;
    const groups = withAncestors(this.#device.groups);
    const [own, shared, executions, priorityOf] = await Promise.all([
      records.tasksOf(device._id),
      definitions.of(groups, this.#definitionRevision),
      writer.load(),
      priorities(),
    ]);
    this.tasks = [...own.map(fromStoredTask), ...shared.tasks];
    this.executions = executions;
    this.#schedules = shared.schedules;
    this.#priorityOf = priorityOf;
    this.departed = await this.#departed();
    this.#loaded = true;
  }

  /** What is held is to be read again before it is used. */
  stale(): void {
    this.#loaded = false;
  }

  /** The group dispatch has moved the device. */
  moved({ groups, domain, taskRevision }: Dispatched): void {
    this.#device = { ...this.#device, groups, domain };
    this.#revision = taskRevision;
    this.#loaded = false;
  }

  /** Two narrow reads at once: did others change tasks, reports or groups, or does a newer session hold the lease? */
  async peek(): Promise<void> {
    const { device, fence, definitions } = this.#options;
    const [now, definitionRevision] = await Promise.all([
      this.#devices.findOne({ _id: device._id }, { projection: PEEKED }),
      definitions.revision(),
    ]);
    if (now?.lease.fence !== fence)
      throw new SessionSupersededError(`A newer session of ${device._id} holds its lease`);
    const { _id, managed, domain, groups } = now;
    this.#device = { _id, managed, domain, groups };
    const { description, properties, secretProperties } = fromStored(now);
    // What conditions of tasks and migration rules read, as people and tasks have left it.
    Object.assign(device, { description, properties, secretProperties });
    const revision = now.taskRevision ?? 0;
    if (revision === this.#revision && definitionRevision === this.#definitionRevision) return;
    this.#revision = revision;
    this.#definitionRevision = definitionRevision;
    this.#loaded = false;
  }

  /** Whether group tasks or schedules were changed since the list was read; it is read again then. */
  async definitionsChanged(): Promise<boolean> {
    const revision = await this.#options.definitions.revision();
    if (revision === this.#definitionRevision) return false;
    this.#definitionRevision = revision;
    this.#loaded = false;
    return true;
  }

  entries(at: Date, ran: ReadonlySet<string>, condition?: Conditions): QueueEntry[] {
    return queue({
      device: this.#device,
      tasks: this.tasks,
      executions: this.executions,
      at,
      ran,
      priorityOf: this.#priorityOf,
      schedules: this.#schedules,
      ...(condition && { condition }),
    });
  }

  /**
   * This session changes reports on its own: should it not come to its end, the next one must not believe what an earlier
   * one said of them.
   */
  async forgetIdle(): Promise<void> {
    const { device, fence } = this.#options;
    if (!device.idle) return;
    await this.#devices.updateOne({ _id: device._id, 'lease.fence': fence }, { $set: { idle: null } });
    device.idle = null;
  }

  executionOf(task: string): ExecutionRecord | null {
    return this.executions.find((execution) => execution.task === task) ?? null;
  }

  /** The reports that no rerun has outdated: what others wait for is ignored (tasks.md §7, last paragraph). */
  currentExecutions(): ExecutionRecord[] {
    const tasks = new Map([...this.tasks, ...this.departed].map((task) => [task._id, task]));
    return this.executions.filter((execution) => {
      const task = tasks.get(execution.task);
      return !task || isCurrent(task, execution);
    });
  }

  /** The report that a run has begun. */
  put(execution: ExecutionRecord): void {
    this.executions = [...this.executions.filter(({ _id }) => _id !== execution._id), execution];
  }

  /**
   * Until when no task will be due, if nobody changes anything; null = something is, or may be. `turns`: the tasks that had
   * their turn in this session.
   */
  idleUntil(now: Date, turns: readonly string[]): DeviceRecord['idle'] {
    if (!this.#loaded || !this.#device.managed) return null;
    // Even a frozen run must be told of what comes for it.
    if (this.executions.some(({ status }) => status === 'IN_PROGRESS')) return null;
    // What a condition says then nobody can know now: such a task counts as due.
    const entries = this.entries(now, new Set());
    const due = entries.filter((entry) => entry.due);
    // They have seen the address, and are due again when it is another.
    if (!due.every(({ task }) => onlyFollowsAddress(task) && turns.includes(task._id))) return null;
    const times = entries.flatMap(({ reason, task: { expiry } }) =>
      [reason?.at, expiry].flatMap((at) => (at && at > now ? [at.getTime()] : [])),
    );
    return {
      revision: this.#revision,
      definitions: this.#definitionRevision,
      reach: reachOf(this.#device),
      until: new Date(Math.min(now.getTime() + IDLE_AT_MOST, ...times)),
      ...(due.length > 0 && { address: followedAddress(this.#options.device) }),
    };
  }

  /** Tasks of runs in progress that are not in the list at all. */
  async #departed(): Promise<TaskRecord[]> {
    const running = this.executions.filter(({ status }) => status === 'IN_PROGRESS');
    if (running.length === 0) return [];
    const listed = new Set(this.entries(new Date(0), new Set()).map(({ task }) => task._id));
    const gone = running.filter(({ task }) => !listed.has(task)).map(({ task }) => task);
    if (gone.length === 0) return [];
    return (await this.#tasks.find({ _id: { $in: gone } }).toArray()).map(fromStoredTask);
  }
}

/** A condition may ask for anything else. */
function onlyFollowsAddress({ type, transientReport, executionCondition }: TaskRecord): boolean {
  return transientReport && executionCondition === '' && findTaskType(type)?.followsAddress === true;
}

/** Of the groups and the domain that decide which group tasks concern a device; short, for the device's record. */
function reachOf({ groups, domain }: Pick<DeviceRecord, 'groups' | 'domain'>): string {
  const text = JSON.stringify([domain, ...groups.toSorted()]);
  return createHash('sha1').update(text).digest('base64url').slice(0, 16);
}
