import { SessionSupersededError, ValidationError } from '../../common/errors.js';
import { isDuplicateKey } from '../../store/duplicate-key.js';
import { isStoreFailure } from '../../store/store-failure.js';
import type { ExecutionRecord, Replaced } from '../../store/models/execution.js';
import type { TaskConfig, TaskRecord } from '../../store/models/task.js';
import type { Answer } from '../cwmp/conductor.js';
import { CpeFault } from '../cwmp/cpe-fault.js';
import type { AcsRequest } from '../cwmp/messages.js';
import type { Environment, Uses } from '../expressions/index.js';
import { evaluatedConfig, usesOfConfig } from './config-expressions.js';
import { parseConfig } from './config-schema.js';
import { historyRecord, UNPARKED, type RunEnd } from './execution-record.js';
import type { ExecutionWriter } from './execution-writer.js';
import { failure, TaskFailure, type Ended, type Outcome, type Parked, type Unfinished } from './outcome.js';
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

/** Of the last request; `withheld`: the session was over before it could be sent. */
type Standing = 'none' | 'sent' | 'answered' | 'withheld';

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
  readonly #began: number;
  readonly #resumes: boolean;
  readonly #settles: boolean;
  #context: RunContext | null = null;
  #generator: TaskRun | null = null;
  #conclusion: Conclusion | null = null;
  #lastRequest: AcsRequest | null = null;
  #standing: Standing = 'none';
  #requests = 0;

  /** `settles`: the task concerns the device no more; the run may end, but neither send nor begin anything. */
  constructor(
    frame: SessionFrame,
    task: TaskRecord,
    execution: ExecutionRecord | null,
    { resumes = false, settles = false }: { resumes?: boolean; settles?: boolean } = {},
  ) {
    this.#frame = frame;
    this.#writer = frame.writer;
    this.task = task;
    this.execution = execution;
    this.#resumes = resumes;
    this.#settles = settles;
    this.#began = frame.parts.clock.elapsed();
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

  /** The last request, and how far it came. */
  get last(): { request: AcsRequest; standing: Exclude<Standing, 'none'> } | null {
    const standing = this.#standing;
    return this.#lastRequest && standing !== 'none' ? { request: this.#lastRequest, standing } : null;
  }

  /** Says that the request that was just handed out will not be sent. */
  withhold(): void {
    this.#standing = 'withheld';
  }

  /** The first request; null = nothing to send, `conclude` comes next. */
  async begin(): Promise<AcsRequest | null> {
    const type = findTaskType(this.task.type);
    this.#line('INFO', this.#resumes ? `Resumed at ${this.execution?.stage ?? 'the top'}` : 'Started');
    if (!this.#resumes && this.execution) this.#publish('execution.started', 'IN_PROGRESS', '');
    if (!type) return this.#concludes(failure(`There is no task type ${this.task.type}`));
    const stored = this.#config(type);
    if (!stored) return null;
    // A workflow evaluates its own expressions.
    const uses = type.fromXml ? null : usesOfConfig(type.schema, stored);
    const config = uses ? evaluatedConfig(type.schema, stored, await this.#environments(uses)) : stored;
    this.#context = new RunContext(this.#frame, this.task, this.execution, config, {
      log: this.#log,
      resumes: this.#resumes,
      settles: this.#settles,
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
    this.#standing = 'answered';
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
  async leave({ disconnected = false } = {}): Promise<void> {
    await this.#abandon();
    const disconnects = (this.execution?.disconnects ?? 0) + 1;
    if (disconnected)
      this.#line(
        'WARN',
        `The connection is lost; goes on in a later session (${disconnects} of ${this.task.resumeAfterDisconnect})`,
      );
    await this.#storeLines();
    // So that the lines that follow are counted on from these.
    if (this.execution)
      await this.#writer.update(this.execution, {
        logged: this.#log.logged,
        ...this.#remembered(),
        ...(disconnected && { disconnects }),
      });
  }

  /**
   * Whether a lost connection is no end yet: the run then goes on from its last checkpoint, as after a crash of the server, and
   * what may not be sent twice is settled first (tasks.md §6.3). Without a report there is nothing to go on from.
   */
  get mayResume(): boolean {
    return this.execution !== null && (this.execution.disconnects ?? 0) < this.task.resumeAfterDisconnect;
  }

  /** Writes how the run ended or parked. */
  async conclude(): Promise<TurnEnd> {
    const outcome = this.#conclusion?.outcome ?? failure('internal error: the run has no outcome');
    try {
      if (outcome instanceof RunStopped) return await this.#stopped(outcome);
      if (outcome.kind === 'parked') return await this.#park(outcome);
      if (outcome.kind === 'unfinished') return await this.#unfinished(outcome);
      return await this.#end(outcome);
    } catch (error) {
      if (error instanceof RunStopped) return this.#stopped(error);
      throw error;
    }
  }

  /** With the texts of expressions. */
  #config(type: TaskType): TaskConfig | null {
    try {
      return parseConfig(type, this.execution?.snapshot?.config ?? this.task.config);
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      this.#concludes(failure(error.message));
      return null;
    }
  }

  /** Makes the environment of the moment in which an attribute is read. */
  async #environments(uses: Pick<Uses, 'contexts' | 'resources'>): Promise<() => Environment> {
    const { parts, device, startedAt, contact, tree } = this.#frame;
    const now = (): Date => parts.clock.now();
    if (!parts.configEnvironments) {
      const sv = await parts.ports.views.sv(device);
      return () => ({ now: now(), zone: 'UTC', root: `${device.root}.`, sv });
    }
    const environmentAt = await parts.configEnvironments.prepare(uses, {
      device,
      task: this.task,
      execution: this.execution,
      session: { startedAt, events: contact.inform.events, parameters: contact.inform.parameters },
      tree: () => tree.tree(),
    });
    return () => environmentAt(now());
  }

  async #step(advance: () => Promise<IteratorResult<AcsRequest, Outcome>>): Promise<AcsRequest | null> {
    try {
      const result = await advance();
      if (result.done) return this.#concludes(result.value);
      await this.#assertMayGoOn();
      this.#requests += 1;
      this.#lastRequest = result.value;
      this.#standing = 'sent';
      this.#line('DEBUG', `${result.value.method} ${about(result.value)}`.trim());
      return result.value;
    } catch (error) {
      // No failure of the task: it stays as its last checkpoint says, and a later session goes on (tasks.md §6.3).
      if (error instanceof SessionSupersededError || isStoreFailure(error)) throw error;
      await this.#abandon();
      return this.#concludes(error instanceof RunStopped ? error : this.#failureOf(error));
    }
  }

  /** Asked before each request but the first of a new run, before which the report was just written. */
  async #assertMayGoOn(): Promise<void> {
    const { clock, limits } = this.#frame.parts;
    if (clock.elapsed() - this.#began > limits.activeRunMs) throw new TaskFailure('task timeout');
    if (this.#requests === 0 && !this.#resumes) return;
    if (this.execution) return this.#writer.assertRunning(this.execution);
    if (!(await this.#frame.parts.records.taskExists(this.task._id))) throw new RunStopped('deleted');
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
        ...this.#remembered(),
        lastUpdateTime: now,
        logged: this.#log.logged,
      }),
    ]);
    this.#publish('execution.parked', 'IN_PROGRESS', summary);
    return end;
  }

  /** No line in the history: the run is over without having ended, and may be so in every session. */
  async #unfinished({ status, summary, endSession }: Unfinished): Promise<TurnEnd> {
    const { execution } = this;
    this.#line('INFO', summary === '' ? status : `${status}: ${summary}`);
    const turn = { endSession, restartedAt: execution?.restartedAt ?? null };
    await this.#storeLines();
    if (!execution) return turn;
    const now = this.#frame.parts.clock.now();
    await this.#writer.update(execution, {
      ...UNPARKED,
      ...{ status, summary, fault: null, lastUpdateTime: now, logged: this.#log.logged },
      details: this.#context?.details ?? execution.details,
      // Min. interval counts from here.
      ...(status === 'NOT_STARTED' && { finishTime: now, snapshot: null }),
    });
    this.#publish('execution.parked', status, summary);
    return turn;
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
      ...(await this.#allRemembered(execution)),
    };
    await Promise.all([this.#storeLines(), this.#writeHistory(execution, end)]);
    await this.#writer.update(execution, {
      ...end,
      ...UNPARKED,
      lastUpdateTime: end.finishTime,
      logged: this.#log.logged,
    });
    await this.#frame.parts.runEnds?.ended(this.task, {
      ...{ execution, status, summary },
      ...{ fault: end.fault, finishTime: end.finishTime },
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
        ...this.#remembered(),
      });
    this.#frame.stale();
    return { endSession: false, restartedAt: stop.restartedAt };
  }

  /** What was replaced in this session, and with it what was before. */
  #remembered(): { replaced?: Replaced } {
    const replaced = this.#context?.replaced;
    return replaced ? { replaced } : {};
  }

  /** For the history, which a run that was parked may have to read back. */
  async #allRemembered(execution: ExecutionRecord): Promise<{ replaced?: Replaced }> {
    const now = this.#remembered();
    if (now.replaced || !this.#resumes || !findTaskType(this.task.type)?.remembers) return now;
    const replaced = await this.#writer.replacedSoFar(execution);
    return replaced ? { replaced } : {};
  }

  async #writeHistory(execution: ExecutionRecord, end: RunEnd): Promise<void> {
    const { records, retention } = this.#frame.parts;
    await records.putHistory(historyRecord(execution, this.task, end, retention.executionDays));
  }

  async #storeLines(): Promise<void> {
    const lines = this.#log.take();
    if (lines.length === 0) return;
    try {
      await this.#frame.parts.records.addLines(lines);
    } catch (error) {
      // Stored already, by a try whose acknowledgement was lost.
      if (isDuplicateKey(error)) return;
      this.#log.putBack(lines);
      throw error;
    }
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
    case 'GetParameterAttributes':
      return request.names.length > 4
        ? `${request.names.slice(0, 4).join(', ')} and ${request.names.length - 4} more`
        : request.names.join(', ');
    case 'SetParameterValues':
      return `${request.parameters.length} parameters`;
    case 'SetParameterAttributes':
      return request.parameters.map(({ name }) => name).join(', ');
    case 'ScheduleInform':
      return `in ${request.delaySeconds} s ${request.commandKey}`;
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
