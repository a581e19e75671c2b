import type { mongo } from 'mongoose';
import type { SecretBox } from '../../common/secret-box.js';
import type { ExecutionLogRecord } from '../../store/models/execution-log.js';
import type { ExecutionRecord, Replaced, ReplacedValue } from '../../store/models/execution.js';
import type { TaskRecord } from '../../store/models/task.js';
import type { Store } from '../../store/store.js';
import type { NothingReplaced, ReplacedBy, UndoDesk } from './ports/undo-desk.js';

/** Reads from reports and history what runs have replaced; a deleted task is known by its history. */
export class StoredUndo implements UndoDesk {
  readonly #executions: mongo.Collection<ExecutionRecord>;
  readonly #history: mongo.Collection<ExecutionLogRecord>;
  readonly #tasks: mongo.Collection<TaskRecord>;
  readonly #box: Pick<SecretBox, 'open'> | null;

  constructor({ db, executions, executionLogs, tasks }: Store, box: Pick<SecretBox, 'open'> | null) {
    this.#executions = db.collection<ExecutionRecord>(executions.collection.name);
    this.#history = db.collection<ExecutionLogRecord>(executionLogs.collection.name);
    this.#tasks = db.collection<TaskRecord>(tasks.collection.name);
    this.#box = box;
  }

  async replacedBy(task: string, device: string, run: number | null): Promise<ReplacedBy | NothingReplaced> {
    const report = await this.#executions.findOne(
      { device, task },
      { projection: { run: 1, replaced: 1, startTime: 1 } },
    );
    if (run === null && (report?.run ?? 0) > 1 && (await this.#repeats(task)))
      return { nothing: `repeats, so later runs replaced its own values: say which of its runs` };
    if (report?.replaced && (run === null || report.run === run))
      return this.#opened(report.run, report.replaced);
    const past = await this.#history.findOne(
      { device, task, ...(run === null ? { replaced: { $ne: null } } : { run }) },
      { sort: { startTime: -1 }, projection: { run: 1, replaced: 1 } },
    );
    if (past?.replaced) return this.#opened(past.run, past.replaced);
    if (run !== null) return { nothing: past ? `replaced nothing in run ${run}` : `has no run ${run} here` };
    const ran = report
      ? report.run > 0
      : await this.#history.findOne({ device, task }, { projection: { _id: 1 } });
    return { nothing: ran ? 'replaced nothing on this device' : 'has not run on this device' };
  }

  async #repeats(task: string): Promise<boolean> {
    const found = await this.#tasks.findOne({ _id: task }, { projection: { automaticRestart: 1 } });
    return found?.automaticRestart === true;
  }

  #opened(run: number, { values, omitted }: Replaced): ReplacedBy {
    const found: ReplacedBy = { run, values: [], lost: [], omitted };
    for (const one of values) {
      const { name, type, reason = 'its value is not known' } = one;
      if (one.value === null) found.lost.push({ name, reason });
      else {
        const value = this.#plain(one, one.value);
        if (value === null) found.lost.push({ name, reason: 'it was sealed with another key' });
        else found.values.push({ name, value, type });
      }
    }
    return found;
  }

  /** Null = this server cannot open it. */
  #plain({ sealed }: ReplacedValue, value: string): string | null {
    if (!sealed) return value;
    try {
      return this.#box?.open(value) ?? null;
    } catch {
      return null;
    }
  }
}
