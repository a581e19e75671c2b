import { setTimeout as delay } from 'node:timers/promises';
import type { ExecutionRecord } from '../../store/models/execution.js';
import type { TaskRecord } from '../../store/models/task.js';
import type { Answer, SessionEnd } from '../cwmp/conductor.js';
import type { AcsRequest } from '../cwmp/messages.js';
import { evaluateCondition } from './condition-turn.js';
import { plainConfig } from './config-expressions.js';
import { abandon, settleExpired } from './cut-reports.js';
import { lose } from './lost-run.js';
import type { QueueEntry } from './queue.js';
import { ActiveRun } from './run-task.js';
import { findings } from './session-close.js';
import type { SessionRun } from './session-run.js';
import { awaitsInform } from './settle.js';
import { findTaskType } from './task-types.js';
import { TurnList } from './turn-list.js';

/** Answers in a row that are none; then the device is let go (cpe-quirks.md row 51). */
const MAX_UNEXPECTED = 2;

/** Gives the tasks of one session their turns, one after the other: step 8 of tasks.md §6.1. */
export class TurnLoop {
  readonly #session: SessionRun;
  readonly #list: TurnList;
  /** Tasks of groups that the device has left, whose parked runs were told what came for them. */
  readonly #settled = new Set<string>();
  readonly #began: number;
  #active: ActiveRun | null = null;
  /** What is being thought about; null = nothing. */
  #step: Promise<unknown> | null = null;
  #interrupted: Promise<void> | null = null;
  #left = false;
  #unexpected = 0;
  /** A task had its turn since it was last asked whether others changed the list. */
  #unseen = false;
  #released = false;

  constructor(session: SessionRun) {
    this.#session = session;
    this.#began = session.parts.clock.elapsed();
    this.#list = new TurnList({
      tasks: session.tasks,
      startedAt: session.startedAt,
      evaluate: (entry) => evaluateCondition(session, entry),
    });
  }

  /** The run that has its turn; null = none. */
  get active(): ActiveRun | null {
    return this.#active;
  }

  /** A task has ended the session. */
  get left(): boolean {
    return this.#left;
  }

  /** The lease is given back. */
  get released(): boolean {
    return this.#released;
  }

  /** The next request, from the answer to the one before; null = the session is over. */
  async next(answer: Answer | null): Promise<AcsRequest | null> {
    const step = this.#next(answer);
    this.#step = step.catch(() => undefined);
    try {
      return await step;
    } finally {
      this.#step = null;
    }
  }

  /** Resolves when the step at work, if any, has come to its end; false = it has not within so many milliseconds. */
  async settled(milliseconds: number): Promise<boolean> {
    const step = this.#step;
    if (!step) return true;
    const given = new AbortController();
    const late = delay(milliseconds, false, { ref: false, signal: given.signal }).catch(() => false);
    const settled = await Promise.race([step.then(() => true), late]);
    given.abort();
    return settled;
  }

  /** Ends the turn from outside: what was open is lost, or is left for another session. */
  interrupt(reason: SessionEnd['reason']): Promise<void> {
    this.#interrupted ??= this.#interrupt(reason);
    return this.#interrupted;
  }

  async #interrupt(reason: SessionEnd['reason']): Promise<void> {
    const active = this.#active;
    this.#active = null;
    if (!active) return;
    // Not the fault of the task: it goes on from its checkpoint (tasks.md §6.3, server crash).
    if (reason === 'shutdown' || reason === 'internal-error') await active.leave();
    else await lose(active, reason);
  }

  async #next(answer: Answer | null): Promise<AcsRequest | null> {
    const active = this.#active;
    if (!active) return this.#nextTurn();
    const good = answer !== null && answer.kind !== 'unexpected';
    this.#unexpected = good ? 0 : this.#unexpected + 1;
    const request = await active.answer(answer);
    if (request) return this.#handOut(active, request);
    await this.#concludeTurn(active);
    return this.#nextTurn();
  }

  /** A session that has lost its device while it thought of a request does not send it. */
  #handOut(active: ActiveRun, request: AcsRequest): AcsRequest {
    try {
      this.#session.assertOwn();
    } catch (error) {
      active.withhold();
      throw error;
    }
    return request;
  }

  /** Up to the next request; null = the session is over. */
  async #nextTurn(): Promise<AcsRequest | null> {
    const session = this.#session;
    const { tasks } = session;
    while (!this.#left) {
      session.assertOwn();
      if (!tasks.loaded && tasks.isIdle(session.startedAt)) return null;
      await tasks.load();
      await this.#settleDeparted();
      if (this.#mustStop()) return null;
      const entries = this.#list.entries();
      if (await settleExpired(session, entries)) {
        session.stale();
        continue;
      }
      const entry = await this.#list.next(entries);
      if (!entry && !this.#unseen) return null;
      if (!entry && (await this.#mayEnd())) return null;
      if (!entry || this.#unseen) {
        await this.#look();
        continue;
      }
      const active = await this.#begin(entry);
      if (!active) continue;
      this.#active = active;
      const request = await active.begin();
      if (request) return this.#handOut(active, request);
      await this.#concludeTurn(active);
    }
    return null;
  }

  /** Whether others changed tasks or reports, or took the lease; and whether rules are to be looked at for it. */
  async #look(): Promise<void> {
    const before = this.#ruled();
    await this.#session.tasks.peek();
    this.#unseen = false;
    if (this.#ruled() !== before) await this.#session.dispatch('turn');
  }

  /** Differs when somebody, a task too, changed what migration rules read of the record. */
  #ruled(): string {
    const { groups, domain } = this.#session.tasks.device;
    const { description, properties } = this.#session.device;
    return JSON.stringify([groups, domain, description, properties]);
  }

  /** Nothing is due: the groups are looked at once more, then the lease is given back; false = the list is another now. */
  async #mayEnd(): Promise<boolean> {
    if (await this.#session.dispatch('end')) return false;
    if (await this.#session.tasks.definitionsChanged()) return false;
    return this.#release();
  }

  /** Gives the lease back unless others changed the list meanwhile: their tasks have their turn in this session yet. */
  async #release(): Promise<boolean> {
    const { deviceId, fence, tasks, parts } = this.#session;
    const found = await findings(this.#session, 'complete');
    this.#released = await parts.contacts.closeUnchanged(deviceId, fence, tasks.revision, found);
    return this.#released;
  }

  async #concludeTurn(active: ActiveRun): Promise<void> {
    const { endSession, restartedAt } = await active.conclude();
    this.#active = null;
    this.#unseen = true;
    this.#list.ran(active.task._id, restartedAt, this.#session.parts.clock.now());
    this.#session.assertOwn();
    if (endSession) this.#left = true;
    else await this.#session.dispatch('turn');
  }

  /**
   * Ends parked runs for which something came although the device has left the groups of their tasks, as an upgrade
   * whose new version moved it (task-types.md §3.6). What would need a request stays as it is (tasks.md §6.3).
   */
  async #settleDeparted(): Promise<void> {
    const { tasks } = this.#session;
    for (const task of tasks.departed.splice(0)) {
      const execution = tasks.executionOf(task._id);
      if (!execution || !awaitsInform(execution) || execution.signals.length === 0) continue;
      if (this.#settled.has(task._id)) continue;
      this.#settled.add(task._id);
      const run = new ActiveRun(this.#session, task, execution, { resumes: true, settles: true });
      if (await run.begin()) await run.leave();
      else await run.conclude();
    }
  }

  /** Null = the report is not as it was read; the list is worked out again. */
  async #begin(entry: QueueEntry): Promise<ActiveRun | null> {
    const session = this.#session;
    const { task, execution: present, resumes } = entry;
    session.turns.push(task._id);
    if (task.transientReport) {
      this.#list.ran(task._id, null, session.parts.clock.now());
      return new ActiveRun(session, task, null);
    }
    if (resumes) return new ActiveRun(session, task, present, { resumes });
    await abandon(session, entry);
    const [started] = await Promise.all([
      this.#start(task, present),
      readsTree(task) ? session.tree.tree() : null,
    ]);
    if (!started) {
      session.turns.pop();
      session.stale();
      await this.#look();
      return null;
    }
    session.tasks.put(started);
    return new ActiveRun(session, task, started);
  }

  /** Null = the report was changed, or the task deleted, since they were read. */
  async #start(task: TaskRecord, present: ExecutionRecord | null): Promise<ExecutionRecord | null> {
    const { writer, parts, deviceId: device, sessionId } = this.#session;
    const started = await writer.start(task, present, parts.clock.now());
    if (!started || present) return started;
    // Asked after the first report was written: who deletes a task deletes it first, and then the reports that it has.
    if (await parts.records.taskExists(task._id)) return started;
    await writer.discard(started);
    parts.definitions.forget();
    parts.log.info({ device, session: sessionId, task: task._id }, 'A task was deleted before its run began');
    return null;
  }

  #mustStop(): boolean {
    const { clock, limits } = this.#session.parts;
    if (this.#unexpected >= MAX_UNEXPECTED)
      this.#session.warn('Two answers in a row were none; the session is ended');
    else if (clock.elapsed() - this.#began > limits.sessionMs)
      this.#session.warn('The session has reached its time limit; the other tasks wait for the next one');
    else return !this.#session.mayPause();
    return true;
  }
}

function readsTree({ type: name, config }: TaskRecord): boolean {
  const type = findTaskType(name);
  return type?.readsTree?.(plainConfig(type.schema, config)) ?? false;
}
