import type { mongo } from 'mongoose';
import { SessionSupersededError } from '../../common/errors.js';
import type { DeviceRecord } from '../../store/models/device.js';
import type { ExecutionRecord } from '../../store/models/execution.js';
import type { TaskRecord } from '../../store/models/task.js';
import type { Store } from '../../store/store.js';
import type { ExecutionWriter } from './execution-writer.js';
import { queue, type QueueEntry } from './queue.js';

/** Milliseconds that a session's word "nothing to do" is believed at most, should all else fail. */
const IDLE_AT_MOST = 3_600_000;

/** Where the tasks that may concern a device come from; groups will be asked here too. */
export type Candidates = (device: DeviceRecord) => Promise<TaskRecord[]>;

/** The tasks whose target is the device itself (tasks.md §2.1, 1). */
export function directTasks(store: Store): Candidates {
  const tasks = store.db.collection<TaskRecord>(store.tasks.collection.name);
  return (device) => tasks.find({ device: device._id }).toArray();
}

/** The tasks and reports of one device during a session; read again only when others changed them. */
export class DeviceTasks {
  tasks: TaskRecord[] = [];
  executions: ExecutionRecord[] = [];
  readonly #devices: mongo.Collection<DeviceRecord>;
  readonly #device: DeviceRecord;
  readonly #fence: number;
  readonly #writer: ExecutionWriter;
  readonly #candidates: Candidates;
  #revision: number;
  #managed: boolean;
  #loaded = false;

  constructor(
    store: Store,
    device: DeviceRecord,
    fence: number,
    writer: ExecutionWriter,
    candidates: Candidates,
  ) {
    this.#devices = store.db.collection<DeviceRecord>(store.devices.collection.name);
    this.#device = device;
    this.#fence = fence;
    this.#writer = writer;
    this.#candidates = candidates;
    this.#revision = device.taskRevision ?? 0;
    this.#managed = device.managed;
  }

  /** An earlier session found nothing to do, and nothing was changed since. */
  isIdle(now: Date): boolean {
    const { idle } = this.#device;
    return !this.#loaded && idle?.revision === this.#revision && now < idle.until;
  }

  /** The device's count of changes as known here. */
  get revision(): number {
    return this.#revision;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  async load(): Promise<void> {
    if (this.#loaded) return;
    const [tasks, executions] = await Promise.all([this.#candidates(this.#device), this.#writer.load()]);
    this.tasks = tasks;
    this.executions = executions;
    this.#loaded = true;
  }

  /** What is held is to be read again before it is used. */
  stale(): void {
    this.#loaded = false;
  }

  /** One narrow read: did others change tasks or reports, or does a newer session hold the lease? */
  async peek(): Promise<void> {
    const now = await this.#devices.findOne(
      { _id: this.#device._id },
      { projection: { taskRevision: 1, managed: 1, 'lease.fence': 1 } },
    );
    if (now?.lease.fence !== this.#fence)
      throw new SessionSupersededError(`A newer session of ${this.#device._id} holds its lease`);
    this.#managed = now.managed;
    const revision = now.taskRevision ?? 0;
    if (revision === this.#revision) return;
    this.#revision = revision;
    this.#loaded = false;
  }

  entries(at: Date, ran: ReadonlySet<string>): QueueEntry[] {
    const device = { managed: this.#managed };
    return queue({ device, tasks: this.tasks, executions: this.executions, at, ran });
  }

  executionOf(task: string): ExecutionRecord | null {
    return this.executions.find((execution) => execution.task === task) ?? null;
  }

  /** The report that a run has begun. */
  put(execution: ExecutionRecord): void {
    this.executions = [...this.executions.filter(({ _id }) => _id !== execution._id), execution];
  }

  /** Until when no task will be due, if nobody changes anything; null = something is, or may be. */
  idleUntil(now: Date): DeviceRecord['idle'] {
    if (!this.#loaded || !this.#managed) return null;
    // Even a frozen run must be told of what comes for it.
    if (this.executions.some(({ status }) => status === 'IN_PROGRESS')) return null;
    const entries = this.entries(now, new Set());
    if (entries.some(({ due }) => due)) return null;
    const times = entries.flatMap(({ reason }) => (reason?.at ? [reason.at.getTime()] : []));
    return {
      revision: this.#revision,
      until: new Date(Math.min(now.getTime() + IDLE_AT_MOST, ...times)),
    };
  }
}
