import type { mongo } from 'mongoose';
import { SessionSupersededError, ValidationError } from '../../common/errors.js';
import type { ExecutionRecord } from '../../store/models/execution.js';
import type { TaskConfig, TaskRecord } from '../../store/models/task.js';
import type { Answer } from '../cwmp/conductor.js';
import { CpeFault } from '../cwmp/cpe-fault.js';
import type { AcsRequest } from '../cwmp/messages.js';
import { parseConfig } from './config-schema.js';
import { historyRecord, UNPARKED, type RunEnd } from './execution-record.js';
import type { ExecutionWriter } from './execution-writer.js';
import { failure, TaskFailure, type Ended, type Outcome, type Parked } from './outcome.js';
import { recordedFault } from './recorded-fault.js';
import { RunContext } from './run-context.js';
import { RunLog } from './run-log.js';
import { RunStopped } from './run-stopped.js';
import type { SessionFrame } from './session-frame.js';
import type { TaskRun, TaskType } from './task-type.js';
import { findTaskType } from './task-types.js';

/** What the end of a run, or of its part in this session, means for the session. */
export interface TurnEnd {
  /** No further task in this session (tasks.md §6.1). */
  endSession: boolean;
  /** The report was reset while the run was on: the reset that ended it. */
  restartedAt: Date | null;
}

/** What waits to be written when a run has no more to send. */
interface Conclusion {
  outcome: Outcome | RunStopped;
}

/**
 * One turn of one task: starts or resumes its run, hands requests out and answers in, and writes report, history and log
 * when it ends or parks (tasks.md §6.2). Transient tasks run the same way and leave nothing but log lines.
 */
export class ActiveRun {
  readonly task: TaskRecord;
  readonly execution: ExecutionRecord | null;
  readonly #frame: SessionFrame;
  readonly #writer: ExecutionWriter;
  readonly #log: RunLog;
  readonly #beganAt: Date;
  readonly #resumes: boolean;
  #context: RunContext | null = null;
  #generator: TaskRun | null = null;
  #conclusion: Conclusion | null = null;
  #lastRequest: AcsRequest | null = null;
  #requests = 0;

  constructor(frame: SessionFrame, task: TaskRecord, execution: ExecutionRecord | null, resumes: boolean) {
    this.#frame = frame;
    this.#writer = frame.writer;
    this.task = task;
    this.execution = execution;
    this.#resumes = resumes;
    this.#beganAt = frame.parts.clock.now();
    const { retention } = frame.parts;
    this.#log = new RunLog({
      execution: execution?._id ?? '',
      task: task._id,
      device: frame.device._id,
      run: execution?.run ?? 0,
      level: task.logLevel,
      logged: execution?.logged ?? { lines: 0, bytes: 0 },
      maxLines: retention.maxLogLines,
      maxBytes: retention.maxLogBytes,
      retentionDays: retention.logDays,
    });
  }

  /** The request that is outstanding or was last. */
  get lastRequest(): AcsRequest | null {
    return this.#lastRequest;
  }

  /** The first request; null = nothing to send, `conclude` comes next. */
  async begin(): Promise<AcsRequest | null> {
    const type = findTaskType(this.task.type);
    this.#line('INFO', this.#resumes ? `Resumed at ${this.execution?.stage ?? 'the top'}` : 'Started');
    if (!this.#resumes && this.execution) this.#publish('execution.started', 'IN_PROGRESS', '');
    if (!type) return this.#concludes(failure(`There is no task type ${this.task.type}`));
    const config = this.#config(type);
    if (!config) return null;
    this.#context = new RunContext(this.#frame, this.task, this.execution, config, {
      log: this.#log,
      resumes: this.#resumes,
    });
    const generator = type.run(this.#context);
    this.#generator = generator;
    return this.#step(() => generator.next(undefined as never));
  }

  /** The next request, from the answer to the one before; null as in `begin`. */
  async answer(answer: Answer | null): Promise<AcsRequest | null> {
    const generator = this.#generator;
    const request = this.#lastRequest;
    if (!generator || !request) throw new Error('No request of this run is outstanding');
    if (answer?.kind === 'response') {
      this.#line('DEBUG', `${request.method}Response`);
      return this.#step(() => generator.next(answer.response));
    }
    if (answer?.kind === 'fault') {
      this.#line('WARN', `${request.method} is refused: ${answer.fault.message}`);
      return this.#step(() => generator.throw(answer.fault));
    }
    await this.#abandon();
    return this.#concludes(
      failure(`unexpected answer to ${request.method}: ${answer?.reason ?? 'an empty message'}`),
    );
  }

  /** Ends the run with ERROR from outside: the connection is lost, or what came cannot be understood. */
  async fail(summary: string): Promise<void> {
    await this.#abandon();
    this.#concludes(failure(summary));
  }

  /** Leaves the run where its last checkpoint is; a later session goes on from there. */
  async leave(): Promise<void> {
    await this.#abandon();
    await this.#storeLines();
  }

  /** Writes how the run ended or parked. */
  async conclude(): Promise<TurnEnd> {
    const outcome = this.#conclusion?.outcome ?? failure('internal error: the run has no outcome');
    try {
      if (outcome instanceof RunStopped) return await this.#stopped(outcome);
      if (outcome.kind === 'parked') return await this.#park(outcome);
      return await this.#end(outcome);
    } catch (error) {
      if (error instanceof RunStopped) return this.#stopped(error);
      throw error;
    }
  }

  #config(type: TaskType): TaskConfig | null {
    try {
      return parseConfig(type, this.execution?.snapshot?.config ?? this.task.config);
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      this.#concludes(failure(error.message));
      return null;
    }
  }

  async #step(advance: () => Promise<IteratorResult<AcsRequest, Outcome>>): Promise<AcsRequest | null> {
    try {
      const result = await advance();
      if (result.done) return this.#concludes(result.value);
      await this.#assertMayGoOn();
      this.#requests += 1;
      this.#lastRequest = result.value;
      this.#line('DEBUG', `${result.value.method} ${about(result.value)}`.trim());
      return result.value;
    } catch (error) {
      if (error instanceof SessionSupersededError) throw error;
      await this.#abandon();
      return this.#concludes(error instanceof RunStopped ? error : this.#failureOf(error));
    }
  }

  /** Asked before each request but the first of a new run, before which the report was just written. */
  async #assertMayGoOn(): Promise<void> {
    const { clock, limits, store } = this.#frame.parts;
    if (clock.now().getTime() - this.#beganAt.getTime() > limits.activeRunMs)
      throw new TaskFailure('task timeout');
    if (this.#requests === 0 && !this.#resumes) return;
    if (this.execution) return this.#writer.assertRunning(this.execution);
    const tasks = store.db.collection<TaskRecord>(store.tasks.collection.name);
    if (!(await tasks.findOne({ _id: this.task._id }, { projection: { _id: 1 } })))
      throw new RunStopped('deleted');
  }

  #failureOf(error: unknown): Ended {
    if (error instanceof CpeFault)
      return failure(error.message, recordedFault(error, this.#lastRequest?.method ?? ''));
    if (error instanceof TaskFailure || error instanceof ValidationError) return failure(error.message);
    const message = error instanceof Error ? error.message : String(error);
    this.#frame.parts.log.error(
      { err: error, task: this.task._id },
      'a task failed by an error of the server',
    );
    return failure(`internal error: ${message}`);
  }

  #concludes(outcome: Outcome | RunStopped): null {
    this.#conclusion = { outcome };
    return null;
  }

  /** Lets the generator's own clean-up run; what it still wants to say does not count. */
  async #abandon(): Promise<void> {
    const generator = this.#generator;
    this.#generator = null;
    await generator?.return(failure('')).catch(() => undefined);
  }

  async #park(outcome: Parked): Promise<TurnEnd> {
    const { execution } = this;
    const now = this.#frame.parts.clock.now();
    this.#line('INFO', outcome.summary);
    // A repeating task ends the session in which it begins to wait, and holds up none after that (tasks.md §6.1).
    const stillWaits = this.#resumes && this.#requests === 0 && this.task.automaticRestart;
    const end = { endSession: outcome.blocking && !stillWaits, restartedAt: execution?.restartedAt ?? null };
    if (!execution) {
      await this.#storeLines();
      return end;
    }
    const { stage, state, summary, blocking, commandKey, deadline } = outcome;
    await Promise.all([
      this.#storeLines(),
      this.#writer.update(execution, {
        ...{ stage, summary, blocking, commandKey, deadline },
        checkpoint: { stage, state },
        signals: [],
        details: this.#context?.details ?? execution.details,
        lastUpdateTime: now,
        logged: this.#log.logged,
      }),
    ]);
    this.#publish('execution.parked', 'IN_PROGRESS', summary);
    return end;
  }

  /** History first: a report that says "finished" always has its line there. */
  async #end(outcome: Ended): Promise<TurnEnd> {
    const { execution } = this;
    const { status, summary } = outcome;
    this.#line(status === 'SUCCESS' ? 'INFO' : status === 'WARNING' ? 'WARN' : 'ERROR', ended(outcome));
    const turn = { endSession: outcome.endSession ?? false, restartedAt: execution?.restartedAt ?? null };
    if (!execution) {
      await this.#storeLines();
      return turn;
    }
    const end: RunEnd = {
      status,
      summary,
      fault: outcome.fault ?? null,
      finishTime: this.#frame.parts.clock.now(),
      details: this.#context?.details ?? execution.details,
    };
    await Promise.all([this.#storeLines(), this.#writeHistory(execution, end)]);
    await this.#writer.update(execution, {
      ...end,
      ...UNPARKED,
      lastUpdateTime: end.finishTime,
      logged: this.#log.logged,
    });
    this.#publish('execution.finished', status, summary);
    return turn;
  }

  async #stopped(stop: RunStopped): Promise<TurnEnd> {
    const { execution } = this;
    this.#line('WARN', stop.message);
    await this.#storeLines();
    if (stop.reason === 'deleted' && execution)
      await this.#writeHistory(execution, {
        status: 'ERROR',
        summary: 'deleted',
        fault: null,
        finishTime: this.#frame.parts.clock.now(),
        details: this.#context?.details ?? execution.details,
      });
    this.#frame.stale();
    return { endSession: false, restartedAt: stop.restartedAt };
  }

  async #writeHistory(execution: ExecutionRecord, end: RunEnd): Promise<void> {
    const { store, retention } = this.#frame.parts;
    const { _id, ...record } = historyRecord(execution, this.task, end, retention.executionDays);
    const history = store.db.collection<{ _id: string }>(store.executionLogs.collection.name);
    await history.updateOne({ _id }, { $set: record }, { upsert: true });
  }

  async #storeLines(): Promise<void> {
    const lines = this.#log.take();
    if (lines.length === 0) return;
    const { store } = this.#frame.parts;
    const collection: mongo.Collection = store.db.collection(store.logLines.collection.name);
    await collection.insertMany(lines, { ordered: false });
  }

  #line(level: Parameters<RunLog['add']>[1], text: string): void {
    this.#log.add(this.#frame.parts.clock.now(), level, text);
  }

  #publish(type: string, status: string, summary: string): void {
    const { execution, task } = this;
    if (!execution) return;
    const { _id, device, stage, run } = execution;
    this.#frame.parts.events.publish(
      type,
      _id,
      { task: task._id, device, status, summary, stage, run },
      task.domain,
    );
  }
}

function ended({ status, summary }: Ended): string {
  return summary === '' ? status : `${status}: ${summary}`;
}

/** What a request is about, without values. */
function about(request: AcsRequest): string {
  switch (request.method) {
    case 'GetParameterNames':
      return `${request.path} ${request.nextLevel ? '(next level)' : '(all)'}`;
    case 'GetParameterValues':
      return request.names.length > 4
        ? `${request.names.slice(0, 4).join(', ')} and ${request.names.length - 4} more`
        : request.names.join(', ');
    case 'SetParameterValues':
      return `${request.parameters.length} parameters`;
    case 'AddObject':
    case 'DeleteObject':
      return request.objectName;
    case 'Download':
    case 'Upload':
      return `"${request.fileType}" ${request.commandKey}`;
    case 'Reboot':
      return request.commandKey;
    default:
      return '';
  }
}
