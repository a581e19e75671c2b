import { SessionSupersededError } from '../../common/errors.js';
import type { DeviceRecord } from '../../store/models/device.js';
import type { TaskRecord } from '../../store/models/task.js';
import type { Answer, ConductedSession, Contact, SessionEnd } from '../cwmp/conductor.js';
import type { AcsRequest, CpeRequest } from '../cwmp/messages.js';
import type { OpenedContact, SessionFindings } from '../devices/contacts.js';
import { DeviceTasks, type Candidates } from './device-tasks.js';
import type { EngineParts } from './engine-options.js';
import { firstContact, type FirstContact } from './first-contact.js';
import { historyRecord, resetFields } from './execution-record.js';
import { ExecutionWriter } from './execution-writer.js';
import { ActiveRun } from './run-task.js';
import { closeSession, findings } from './session-close.js';
import type { SessionFrame } from './session-frame.js';
import { SessionTree } from './session-tree.js';
import { awaitsInform, matchTransfer, resetByBootstrap } from './settle.js';
import { hasEvent, type InformSignal } from './signal.js';
import type { Quotas } from './task-type.js';
import { findTaskType } from './task-types.js';

export interface SessionRunOptions {
  parts: EngineParts;
  contact: Contact;
  opened: OpenedContact;
  candidates: Candidates;
  quota: Quotas;
  /** The server is being shut down: no further task is begun. */
  stopping: () => boolean;
  /** Called once, when the session has ended. */
  ended: (session: SessionRun) => void;
}

/** Signals of one parked run beyond which further Informs tell it nothing new. */
const MAX_SIGNALS = 100;
/** Answers in a row that are none; then the device is let go (cpe-quirks.md row 51). */
const MAX_UNEXPECTED = 2;

const BOOTSTRAP = 0;
const BOOT = 1;
const VALUE_CHANGE = 4;

/** One session's work on its device's list of tasks: the algorithm of tasks.md §6.1. */
export class SessionRun implements ConductedSession, SessionFrame {
  readonly deviceId: string;
  readonly parts: EngineParts;
  readonly contact: Contact;
  readonly device: DeviceRecord;
  readonly created: boolean;
  readonly fence: number;
  readonly sessionId: string;
  readonly startedAt: Date;
  readonly writer: ExecutionWriter;
  readonly tasks: DeviceTasks;
  readonly tree: SessionTree;
  readonly quota: Quotas;
  /** Tasks that had their turn, in order. */
  readonly turns: string[] = [];
  readonly warnings: string[] = [];
  /** What the first contact found out for the device's record. */
  readonly found: SessionFindings = {};
  readonly #options: SessionRunOptions;
  /** With the operator's restart that their reports knew then: a later one puts the task back on the list. */
  readonly #ran = new Map<string, number>();
  /** Before the tasks; null = done, or not needed. */
  #firstContact: FirstContact | null;
  #active: ActiveRun | null = null;
  #left = false;
  #unexpected = 0;
  #renewAt: number;
  #superseded = false;
  /** A task had its turn since it was last asked whether others changed the list. */
  #unseen = false;
  /** The lease is given back. */
  #released = false;

  constructor(options: SessionRunOptions) {
    const { parts, contact, opened, candidates } = options;
    this.#options = options;
    this.parts = parts;
    this.contact = contact;
    this.device = opened.device;
    this.created = opened.created;
    this.fence = opened.fence;
    this.deviceId = opened.device._id;
    this.sessionId = contact.sessionId;
    this.startedAt = contact.at;
    this.quota = options.quota;
    this.writer = new ExecutionWriter(parts.store, this.deviceId, opened.fence);
    this.tasks = new DeviceTasks(parts.store, opened.device, opened.fence, this.writer, candidates);
    this.tree = new SessionTree(parts.trees, opened.device);
    this.#firstContact = firstContact(this, opened);
    this.#renewAt = this.#nextRenewal();
  }

  get currentTask(): string | null {
    return this.#active?.task._id ?? null;
  }

  /**
   * Settles the Inform before it is answered, since the CPE does not repeat its events after that: tells parked runs,
   * and resets what repeats on bootstrap (tasks.md §6.1, steps 6 and 7).
   */
  async settleInform(): Promise<void> {
    const { inform, at } = this.contact;
    if (this.created || [BOOTSTRAP, BOOT, VALUE_CHANGE].some((number) => hasEvent(inform.events, number)))
      await this.tree.learn({ at, values: inform.parameters });
    const bootstrapped = hasEvent(inform.events, BOOTSTRAP) && this.#options.opened.bootstrap === 'fresh';
    if (this.tasks.isIdle(at) && !bootstrapped) return;
    await this.tasks.load();
    const signal: InformSignal = {
      kind: 'inform',
      at,
      session: this.sessionId,
      events: inform.events.map(({ code, commandKey }) => ({ code, commandKey })),
      softwareVersion: this.device.softwareVersion,
    };
    const waiting = this.tasks.executions.filter(
      (execution) => awaitsInform(execution) && execution.signals.length < MAX_SIGNALS,
    );
    await this.writer.signal(waiting, signal);
    if (bootstrapped) await this.#resetOnBootstrap();
  }

  /** Stored before it is answered: after the answer the CPE forgets it. */
  async receive(request: CpeRequest): Promise<void> {
    if (request.method !== 'TransferComplete') return;
    this.#publishRpc('cpe', request.method);
    const { commandKey, faultCode, faultString, startTime, completeTime } = request;
    if (!this.tasks.isIdle(this.startedAt)) await this.tasks.load();
    const match = matchTransfer(commandKey, this.tasks.executions, this.tasks.tasks);
    if (match.kind === 'unmatched') {
      this.#warn(`TransferComplete with CommandKey "${commandKey}", fault ${faultCode}: ${match.reason}`);
      return;
    }
    if (!match.keyed)
      this.#warn(`TransferComplete with CommandKey "${commandKey}" is taken for the only pending transfer`);
    await this.writer.signal([match.execution], {
      kind: 'transfer-complete',
      at: this.parts.clock.now(),
      session: this.sessionId,
      ...{ faultCode, faultString, startTime, completeTime },
      keyed: match.keyed,
    });
  }

  async next(answer: Answer | null): Promise<AcsRequest | null> {
    this.#assertOwn();
    await this.#renew();
    if (answer) this.#publishRpc('cpe', answer.kind === 'response' ? answer.response.method : answer.kind);
    const request = await this.#request(answer);
    if (request) this.#publishRpc('acs', request.method);
    return request;
  }

  async close(end: SessionEnd): Promise<void> {
    try {
      if (this.#active) await this.#endActive(end);
    } catch (error) {
      if (!(error instanceof SessionSupersededError)) throw error;
    } finally {
      this.#active = null;
      this.#options.ended(this);
      await closeSession(this, end, { holdsLease: !this.#superseded && !this.#released });
    }
  }

  /** A newer session of the device has begun in this process: what was open here is lost (tasks.md §6.3). */
  async supersede(): Promise<void> {
    if (this.#superseded) return;
    this.#superseded = true;
    const active = this.#active;
    this.#active = null;
    if (!active) return;
    try {
      await lose(active);
    } catch (error) {
      if (!(error instanceof SessionSupersededError)) throw error;
    }
  }

  stale(): void {
    this.tasks.stale();
  }

  async #request(answer: Answer | null): Promise<AcsRequest | null> {
    if (this.#active) return this.#continue(answer);
    return (await this.#introduce(answer)) ?? this.#nextTurn();
  }

  /** The next request of the first contact; null = the tasks may begin. */
  async #introduce(answer: Answer | null): Promise<AcsRequest | null> {
    if (!this.#firstContact) return null;
    // The first call starts the generator, which takes no answer then.
    const step = await this.#firstContact.next(...((answer ? [answer] : []) as [Answer]));
    if (step.done !== true) return step.value;
    this.#firstContact = null;
    Object.assign(this.found, step.value);
    return null;
  }

  async #continue(answer: Answer | null): Promise<AcsRequest | null> {
    const active = this.#active;
    if (!active) return null;
    const good = answer !== null && answer.kind !== 'unexpected';
    this.#unexpected = good ? 0 : this.#unexpected + 1;
    return (await active.answer(answer)) ?? this.#afterTurn(active);
  }

  /** The loop of tasks.md §6.1 step 8, up to the next request; null = the session is over. */
  async #nextTurn(): Promise<AcsRequest | null> {
    while (!this.#left) {
      this.#assertOwn();
      if (!this.tasks.loaded && this.tasks.isIdle(this.startedAt)) return null;
      await this.tasks.load();
      this.#forgetRestarted();
      if (this.#mustStop()) return null;
      const task = this.tasks.entries(this.startedAt, new Set(this.#ran.keys())).find(({ due }) => due)?.task;
      if (!task && !this.#unseen) return null;
      if (!task && (await this.#release())) return null;
      if (!task || this.#unseen) {
        await this.#look();
        continue;
      }
      const active = await this.#begin(task);
      if (!active) continue;
      this.#active = active;
      const request = await active.begin();
      if (request) return request;
      await this.#concludeTurn(active);
    }
    return null;
  }

  /** Whether others changed tasks or reports, or took the lease. */
  async #look(): Promise<void> {
    await this.tasks.peek();
    this.#unseen = false;
  }

  /** Gives the lease back unless others changed the list meanwhile: their tasks have their turn in this session yet. */
  async #release(): Promise<boolean> {
    const found = await findings(this, 'complete');
    const { contacts } = this.parts;
    this.#released = await contacts.closeUnchanged(this.deviceId, this.fence, this.tasks.revision, found);
    return this.#released;
  }

  async #afterTurn(active: ActiveRun): Promise<AcsRequest | null> {
    await this.#concludeTurn(active);
    return this.#nextTurn();
  }

  async #concludeTurn(active: ActiveRun): Promise<void> {
    const { endSession, restartedAt } = await active.conclude();
    this.#active = null;
    this.#unseen = true;
    this.#ran.set(active.task._id, restartedAt?.getTime() ?? 0);
    if (endSession) this.#left = true;
  }

  /** Null = the report is not as it was read; the list is worked out again. */
  async #begin(task: TaskRecord): Promise<ActiveRun | null> {
    this.turns.push(task._id);
    if (task.transientReport) {
      this.#ran.set(task._id, 0);
      return new ActiveRun(this, task, null, false);
    }
    const present = this.tasks.executionOf(task._id);
    if (present?.status === 'IN_PROGRESS') return new ActiveRun(this, task, present, true);
    const [started] = await Promise.all([
      this.writer.start(task, present, this.parts.clock.now()),
      findTaskType(task.type)?.readsTree?.(task.config) ? this.tree.tree() : null,
    ]);
    if (!started) {
      this.turns.pop();
      this.tasks.stale();
      return null;
    }
    this.tasks.put(started);
    return new ActiveRun(this, task, started, false);
  }

  /** An operator's restart puts a task that has had its turn back on the list (tasks.md §6.1). */
  #forgetRestarted(): void {
    for (const [task, restartedAt] of this.#ran) {
      const execution = this.tasks.executionOf(task);
      if (execution?.status !== 'NOT_STARTED') continue;
      if ((execution.restartedAt?.getTime() ?? 0) > restartedAt) this.#ran.delete(task);
    }
  }

  #mustStop(): boolean {
    const { clock, limits } = this.parts;
    if (this.#unexpected >= MAX_UNEXPECTED)
      this.#warn('Two answers in a row were none; the session is ended');
    else if (clock.now().getTime() - this.startedAt.getTime() > limits.sessionMs)
      this.#warn('The session has reached its time limit; the other tasks wait for the next one');
    else return this.#options.stopping();
    return true;
  }

  async #endActive(end: SessionEnd): Promise<void> {
    const active = this.#active;
    if (!active) return;
    // Not the fault of the task: it goes on from its checkpoint (tasks.md §6.3, server crash).
    if (end.reason === 'shutdown' || end.reason === 'internal-error') await active.leave();
    else await lose(active, end.reason);
  }

  async #resetOnBootstrap(): Promise<void> {
    const { store, clock, retention, events } = this.parts;
    const now = clock.now();
    const history = store.db.collection<{ _id: string }>(store.executionLogs.collection.name);
    const resets = resetByBootstrap(this.tasks.executions, this.tasks.tasks);
    for (const { execution, task } of resets) {
      if (execution.status !== 'IN_PROGRESS') continue;
      const end = { status: 'WARNING', summary: 'restarted by bootstrap' } as const;
      const { _id, ...record } = historyRecord(
        execution,
        task,
        { ...end, fault: null, finishTime: now, details: execution.details },
        retention.executionDays,
      );
      await history.updateOne({ _id }, { $set: record }, { upsert: true });
      const data = { task: task._id, device: this.deviceId, ...end, stage: null, run: execution.run };
      events.publish('execution.finished', execution._id, data, task.domain);
    }
    await this.writer.reset(
      resets.map(({ execution }) => execution),
      resetFields(now),
    );
  }

  #assertOwn(): void {
    if (this.#superseded) throw new SessionSupersededError(`A newer session of ${this.deviceId} has begun`);
  }

  /** Well before half of the lease is over, so that a slow answer does not cost it. */
  async #renew(): Promise<void> {
    if (this.parts.clock.now().getTime() < this.#renewAt) return;
    await this.parts.contacts.renew(this.deviceId, this.fence);
    this.#renewAt = this.#nextRenewal();
  }

  #nextRenewal(): number {
    const now = this.parts.clock.now().getTime();
    const until = this.#options.opened.device.lease.until?.getTime() ?? now;
    return now + Math.max(1_000, (until - this.startedAt.getTime()) / 3);
  }

  #warn(text: string): void {
    this.warnings.push(text);
    this.parts.log.info({ device: this.deviceId, session: this.sessionId }, text);
  }

  #publishRpc(from: 'cpe' | 'acs', message: string): void {
    const data = { device: this.deviceId, session: this.sessionId, from, message, task: this.currentTask };
    this.parts.events.publish('session.rpc', this.deviceId, data, this.device.domain);
  }
}

/**
 * The open request of a run was never answered. After Reboot and FactoryReset that is expected: the run stays parked where
 * it was written down before it was sent (tasks.md §6.3).
 */
async function lose(active: ActiveRun, reason: SessionEnd['reason'] = 'superseded'): Promise<void> {
  const method = active.lastRequest?.method;
  if (method === 'Reboot' || method === 'FactoryReset') {
    await active.leave();
    return;
  }
  const during = method === undefined ? '' : ` during ${method}`;
  const what =
    reason === 'timeout' ? 'no answer' : reason === 'protocol-error' ? 'unusable answer' : 'connection lost';
  await active.fail(`${what}${during}`);
  await active.conclude();
}
