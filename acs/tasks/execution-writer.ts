import type { mongo } from 'mongoose';
import { SessionSupersededError } from '../../common/errors.js';
import type { ExecutionRecord, Replaced } from '../../store/models/execution.js';
import type { TaskRecord } from '../../store/models/task.js';
import type { Store } from '../../store/store.js';
import { isDuplicateKey } from '../../store/duplicate-key.js';
import { expiredFields, newExecution, UNPARKED } from './execution-record.js';
import { isFinished } from './queue.js';
import { RunStopped } from './run-stopped.js';
import type { SessionRecords } from './session-records.js';
import type { Signal } from './signal.js';

type Fields = Partial<Omit<ExecutionRecord, '_id'>>;

/**
 * What one session writes to the reports of its device. Every write holds only while no newer session has put its higher
 * fence there, and while the run is still the one that was begun: neither deleted, nor restarted, nor ended by a job.
 */
export class ExecutionWriter {
  readonly #collection: mongo.Collection<ExecutionRecord>;
  readonly #records: SessionRecords;
  readonly #device: string;
  readonly #fence: number;

  constructor({ store, records }: { store: Store; records: SessionRecords }, device: string, fence: number) {
    this.#records = records;
    this.#collection = store.db.collection<ExecutionRecord>(store.executions.collection.name);
    this.#device = device;
    this.#fence = fence;
  }

  /** The reports of the device. What an older session left in progress is taken over, so that it can write no more. */
  async load(): Promise<ExecutionRecord[]> {
    const found = await this.#records.reportsOf(this.#device);
    const taken = found.some(({ status, fence }) => status === 'IN_PROGRESS' && fence < this.#fence);
    if (!taken) return this.#checked(found);
    await this.#collection.updateMany(
      { device: this.#device, status: 'IN_PROGRESS', fence: { $lt: this.#fence } },
      { $set: { fence: this.#fence } },
    );
    return this.#checked(await this.#records.reportsOf(this.#device));
  }

  /**
   * Begins a run: IN_PROGRESS from the top with the definition as it is now. Null = the report is not as it was read, and
   * must be read again.
   */
  async start(
    task: TaskRecord,
    previous: ExecutionRecord | null,
    now: Date,
  ): Promise<ExecutionRecord | null> {
    const base = previous ?? newExecution(task, this.#device, now);
    const fields = {
      status: 'IN_PROGRESS',
      run: base.run + 1,
      startTime: now,
      finishTime: null,
      lastUpdateTime: now,
      summary: '',
      fault: null,
      details: [],
      replaced: null,
      snapshot: { version: task.version, config: task.config },
      ...(base.disconnects ? { disconnects: 0 } : {}),
      logged: { lines: 0, bytes: 0 },
      fence: this.#fence,
      ...UNPARKED,
    } satisfies Fields;
    const started: ExecutionRecord = { ...base, ...fields, details: [], signals: [] };
    if (!previous) return (await this.#insert(started)) ? started : null;
    const { _id, run, status, restartedAt } = previous;
    const written = await this.#collection.updateOne(
      { _id, run, status, restartedAt, fence: { $lte: this.#fence } },
      { $set: fields },
    );
    return written.matchedCount === 1 ? started : null;
  }

  /**
   * Ends a task that has not begun in time: its report says `expired`. Null = the report is not as it was read.
   */
  async expire(
    task: TaskRecord,
    previous: ExecutionRecord | null,
    now: Date,
  ): Promise<ExecutionRecord | null> {
    const base = previous ?? newExecution(task, this.#device, now);
    const fields = expiredFields(base, now);
    const expired = { ...base, ...fields, fence: this.#fence };
    if (!previous) return (await this.#insert(expired)) ? expired : null;
    const { _id, run, status, restartedAt } = previous;
    const written = await this.#collection.updateOne(
      { _id, run, status, restartedAt, fence: { $lte: this.#fence } },
      { $set: { ...fields, fence: this.#fence } },
    );
    return written.matchedCount === 1 ? expired : null;
  }

  /** Takes back the report of a run that has done nothing. */
  async discard({ _id, run }: ExecutionRecord): Promise<void> {
    await this.#collection.deleteOne({ _id, run, fence: this.#fence });
  }

  /** Changes a run in progress, in the store and in `execution`. Rejects with `RunStopped` when it is ours no more. */
  async update(execution: ExecutionRecord, fields: Fields): Promise<void> {
    const { _id, run } = execution;
    const written = await this.#collection.updateOne(
      { _id, run, status: 'IN_PROGRESS', fence: this.#fence },
      { $set: fields },
    );
    if (written.matchedCount === 0) await this.#lost(execution);
    Object.assign(execution, fields);
  }

  /** Rejects with `RunStopped` when the run was deleted, restarted or ended meanwhile. */
  async assertRunning({ _id, run, ...execution }: ExecutionRecord): Promise<void> {
    const found = await this.#collection.findOne(
      { _id, run, status: 'IN_PROGRESS', fence: this.#fence },
      { projection: { _id: 1 } },
    );
    if (!found) await this.#lost({ _id, run, ...execution });
  }

  /** What the run has replaced as last written; reports are loaded without it. */
  async replacedSoFar({ _id, run }: ExecutionRecord): Promise<Replaced | null> {
    const found = await this.#collection.findOne({ _id, run }, { projection: { replaced: 1 } });
    return found?.replaced ?? null;
  }

  /** Keeps what came from the CPE for parked runs. */
  async signal(executions: readonly ExecutionRecord[], signal: Signal): Promise<void> {
    if (executions.length === 0) return;
    const stored = { ...signal } as Record<string, unknown>;
    await this.#collection.updateMany(
      {
        _id: { $in: executions.map(({ _id }) => _id) },
        device: this.#device,
        status: 'IN_PROGRESS',
        fence: this.#fence,
      },
      { $push: { signals: stored } },
    );
    for (const execution of executions) execution.signals = [...execution.signals, stored];
  }

  /** Sets reports back to NOT_STARTED; those that changed since they were read stay. */
  async reset(executions: readonly ExecutionRecord[], fields: Fields): Promise<void> {
    for (const execution of executions) {
      const { _id, run, status } = execution;
      const written = await this.#collection.updateOne(
        { _id, run, status, fence: { $lte: this.#fence } },
        { $set: { ...fields, fence: this.#fence } },
      );
      if (written.matchedCount === 1) Object.assign(execution, fields, { fence: this.#fence });
    }
  }

  async #insert(record: ExecutionRecord): Promise<boolean> {
    try {
      await this.#records.addReport(record);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  async #lost({ _id, run }: ExecutionRecord): Promise<never> {
    const now = await this.#collection.findOne({ _id });
    if (!now) throw new RunStopped('deleted');
    if (now.fence > this.#fence) throw this.#superseded();
    if (now.run === run && isFinished(now.status)) throw new RunStopped('ended-elsewhere');
    throw new RunStopped('restarted', now.restartedAt);
  }

  #checked(executions: ExecutionRecord[]): ExecutionRecord[] {
    if (executions.some(({ fence }) => fence > this.#fence)) throw this.#superseded();
    return executions;
  }

  #superseded(): SessionSupersededError {
    return new SessionSupersededError(`A newer session of ${this.#device} is at work`);
  }
}
