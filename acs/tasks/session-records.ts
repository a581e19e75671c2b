import type { ExecutionLogRecord } from '../../store/models/execution-log.js';
import type { ExecutionRecord } from '../../store/models/execution.js';
import type { LogLineRecord } from '../../store/models/log-line.js';
import type { SessionRecord } from '../../store/models/session.js';
import type { TaskRecord } from '../../store/models/task.js';
import { isDuplicateKey } from '../../store/duplicate-key.js';
import { GatheredFinds } from '../../store/gathered-finds.js';
import { GatheredWrites } from '../../store/gathered-writes.js';
import type { Store } from '../../store/store.js';
import type { LogLine } from './run-log.js';

/**
 * What the sessions of this process look up in the store, and what they add to it without looking at what is there:
 * gathered, so that many sessions at once cost few round trips. Each session waits for its own.
 */
export class SessionRecords {
  readonly #reports: GatheredWrites<ExecutionRecord>;
  readonly #history: GatheredWrites<ExecutionLogRecord>;
  readonly #lines: GatheredWrites<LogLineRecord>;
  readonly #sessions: GatheredWrites<SessionRecord>;

  readonly #tasks: GatheredFinds<TaskRecord>;
  readonly #taskIds: GatheredFinds<Pick<TaskRecord, '_id'>>;
  readonly #reportsOf: GatheredFinds<ExecutionRecord>;

  constructor(store: Store) {
    const { db, tasks, executions, executionLogs, logLines, sessions } = store;
    const ids = { projection: { _id: 1 } };
    this.#tasks = new GatheredFinds(() => db.collection(tasks.collection.name), 'device');
    this.#taskIds = new GatheredFinds(() => db.collection(tasks.collection.name), '_id', ids);
    this.#reportsOf = new GatheredFinds(() => db.collection(executions.collection.name), 'device', {
      // Large, and of no use to a session.
      projection: { replaced: 0 },
    });
    this.#reports = new GatheredWrites(() => db.collection(executions.collection.name));
    this.#history = new GatheredWrites(() => db.collection(executionLogs.collection.name));
    this.#lines = new GatheredWrites(() => db.collection(logLines.collection.name));
    this.#sessions = new GatheredWrites(() => db.collection(sessions.collection.name));
  }

  /** The tasks whose target is the device itself (tasks.md §2.1, 1). */
  tasksOf(device: string): Promise<TaskRecord[]> {
    return this.#tasks.find(device);
  }

  async taskExists(id: string): Promise<boolean> {
    return (await this.#taskIds.find(id)).length > 0;
  }

  /** Without what they have replaced. */
  reportsOf(device: string): Promise<ExecutionRecord[]> {
    return this.#reportsOf.find(device);
  }

  /** Rejects with a duplicate key when the device has a report of this task. */
  async addReport(record: ExecutionRecord): Promise<void> {
    await this.#reports.write([{ insertOne: { document: { ...record } } }]);
  }

  /** Writes the line of a run in the history, over what an earlier try has left there, but not over a newer session's. */
  async putHistory({ _id, ...record }: ExecutionLogRecord): Promise<void> {
    const filter = { _id, fence: { $not: { $gt: record.fence ?? 0 } } };
    try {
      await this.#history.write([{ updateOne: { filter, update: { $set: record }, upsert: true } }]);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }

  /** The driver gives the lines ids; another try with the same ones is refused as duplicate. */
  async addLines(lines: readonly LogLine[]): Promise<void> {
    await this.#lines.write(
      lines.map((document) => ({ insertOne: { document: document as LogLineRecord } })),
    );
  }

  async addSession(record: SessionRecord): Promise<void> {
    await this.#sessions.write([{ insertOne: { document: record } }]);
  }
}
