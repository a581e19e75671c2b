import mongoose, { type Types } from 'mongoose';
import type { Clock } from '../../common/clock.js';
import type { EventBus } from '../../common/events.js';
import type { Log } from '../../common/log.js';
import type { ExecutionRecord } from '../../store/models/execution.js';
import type { TaskRecord } from '../../store/models/task.js';
import type { Store } from '../../store/store.js';
import { historyRecord } from './execution-record.js';
import type { SharedDefinitions } from './shared-definitions.js';

/** Who does it, for edition log and defaults. */
export interface Actor {
  user: string;
  /** Domain that new tasks get. */
  domain?: string;
}

export interface TaskChangesOptions {
  store: Store;
  clock: Clock;
  events: EventBus;
  log: Log;
  definitions: SharedDefinitions;
  /** Days that the history of a run cut off by restart or deletion is kept. */
  executionDays: number;
}

/** The definition before and after a change. */
type Edition = { before: null; after: TaskRecord } | { before: TaskRecord; after: TaskRecord | null };

/** What every change of a task leaves behind: sessions that see it, edition log, events, history of what it cut off. */
export class TaskChanges {
  readonly #options: TaskChangesOptions;
  readonly #store: Store;

  constructor(options: TaskChangesOptions) {
    this.#options = options;
    this.#store = options.store;
  }

  now(): Date {
    return this.#options.clock.now();
  }

  /** Makes a change that the sessions of the target see from now on. */
  async make<T>({ device }: Pick<TaskRecord, 'device'>, write: () => Promise<T>): Promise<T> {
    if (device === null) return this.#options.definitions.change(write);
    const result = await write();
    try {
      await this.deviceChanged(device);
    } catch (error) {
      // It is made; a session that is open now may leave it to the next one.
      this.#options.log.warn(
        { err: error, device },
        'An open session could not be told of a change of tasks',
      );
    }
    return result;
  }

  /** Told after the change: a session that read the tasks before it must not say that there is nothing to do. */
  async deviceChanged(device: string): Promise<void> {
    await this.#store.devices.updateOne({ _id: device }, { $inc: { taskRevision: 1 } });
  }

  async cutOff(
    execution: ExecutionRecord,
    task: TaskRecord,
    { status, summary }: { status: 'ERROR' | 'WARNING'; summary: string },
  ): Promise<void> {
    const { _id, ...history } = historyRecord(
      execution,
      task,
      { status, summary, fault: null, finishTime: this.now(), details: execution.details },
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

  async recordEdition(
    kind: 'created' | 'modified' | 'deleted',
    change: Edition,
    actor: Actor,
  ): Promise<Types.ObjectId> {
    const { before, after } = change;
    const task = definitionOf(change);
    const { device, group } = task;
    const _id = new mongoose.Types.ObjectId();
    await this.#store.editionLogs.create({
      _id,
      at: this.now(),
      user: actor.user,
      task: task._id,
      device,
      group,
      kind,
      before: before && { ...before },
      after: after && { ...after },
    });
    return _id;
  }

  /** Takes back the line of a change that did not come about. */
  async forgetEdition(line: Types.ObjectId): Promise<void> {
    await this.#store.editionLogs.deleteOne({ _id: line });
  }

  publish(type: string, task: TaskRecord, more: Record<string, unknown> = {}): void {
    const { _id, device, group, name, domain } = task;
    this.#options.events.publish(type, _id, { device, group, type: task.type, name, ...more }, domain);
  }
}

function definitionOf(change: Edition): TaskRecord {
  if (change.before === null) return change.after;
  return change.before;
}
