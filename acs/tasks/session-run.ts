import { SessionSupersededError } from '../../common/errors.js';
import type { DeviceRecord } from '../../store/models/device.js';
import type { Answer, ConductedSession, Contact, SessionEnd } from '../cwmp/conductor.js';
import type { AcsRequest, CpeRequest } from '../cwmp/messages.js';
import type { OpenedContact, SessionFindings } from '../devices/contacts.js';
import { resetOnBootstrap } from './cut-reports.js';
import { DeviceTasks } from './device-tasks.js';
import type { EngineParts } from './engine-options.js';
import { firstContact, type FirstContact } from './first-contact.js';
import { ExecutionWriter } from './execution-writer.js';
import type { DispatchMoment } from './ports/groups.js';
import { closeSession } from './session-close.js';
import type { SessionFrame } from './session-frame.js';
import { SessionTree } from './session-tree.js';
import { awaitsInform, matchTransfer } from './settle.js';
import { hasEvent, type InformSignal } from './signal.js';
import type { Quotas } from './task-type.js';
import { TurnLoop } from './turn-loop.js';

export interface SessionRunOptions {
  parts: EngineParts;
  contact: Contact;
  opened: OpenedContact;
  /** The count of changes of group tasks and schedules, read after the Inform had come. */
  definitionRevision: number;
  quota: Quotas;
  /** The server is being shut down: no further task is begun. */
  stopping: () => boolean;
  /** Called once, when the session has ended. */
  ended: (session: SessionRun) => void;
}

/** Signals of one parked run beyond which further Informs tell it nothing new. */
const MAX_SIGNALS = 100;

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
  /** What was said about conditions that could not be evaluated. */
  readonly conditionWarnings = new Set<string>();
  readonly #options: SessionRunOptions;
  readonly #turns: TurnLoop;
  /** Before the tasks; null = done, or not needed. */
  #firstContact: FirstContact | null;
  #renewAt: number;
  #superseded = false;

  constructor(options: SessionRunOptions) {
    const { parts, contact, opened, definitionRevision } = options;
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
    this.writer = new ExecutionWriter(parts, this.deviceId, opened.fence);
    this.tasks = new DeviceTasks({
      ...{ store: parts.store, device: opened.device, fence: opened.fence, writer: this.writer },
      ...{ records: parts.records, definitions: parts.definitions, definitionRevision },
      priorities: () => parts.groups?.priorities() ?? Promise.resolve(() => 0),
    });
    this.tree = new SessionTree(parts.trees, opened.device);
    this.#turns = new TurnLoop(this);
    this.#firstContact = firstContact(this, opened);
    this.#renewAt = this.#nextRenewal();
  }

  get currentTask(): string | null {
    return this.#turns.active?.task._id ?? null;
  }

  /**
   * Settles the Inform before it is answered, since the CPE does not repeat its events after that: tells parked runs,
   * and resets what repeats on bootstrap (tasks.md §6.1, steps 6 and 7).
   */
  async settleInform(): Promise<void> {
    const { inform, at } = this.contact;
    if (this.created || [BOOTSTRAP, BOOT, VALUE_CHANGE].some((number) => hasEvent(inform.events, number)))
      await this.tree.learn({ at, values: inform.parameters });
    await this.dispatch('inform');
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
    const waiting = this.tasks
      .currentExecutions()
      .filter((execution) => awaitsInform(execution) && execution.signals.length < MAX_SIGNALS);
    await this.writer.signal(waiting, signal);
    if (bootstrapped) await resetOnBootstrap(this);
  }

  /** Stored before it is answered: after the answer the CPE forgets it. */
  async receive(request: CpeRequest): Promise<void> {
    if (request.method !== 'TransferComplete') return;
    this.#publishRpc('cpe', request.method);
    const { commandKey, faultCode, faultString, startTime, completeTime } = request;
    if (!this.tasks.isIdle(this.startedAt)) await this.tasks.load();
    const { tasks, departed } = this.tasks;
    const match = matchTransfer(commandKey, this.tasks.currentExecutions(), [...tasks, ...departed]);
    if (match.kind === 'unmatched') {
      this.warn(`TransferComplete with CommandKey "${commandKey}", fault ${faultCode}: ${match.reason}`);
      return;
    }
    if (!match.keyed)
      this.warn(`TransferComplete with CommandKey "${commandKey}" is taken for the only pending transfer`);
    await this.writer.signal([match.execution], {
      kind: 'transfer-complete',
      at: this.parts.clock.now(),
      session: this.sessionId,
      ...{ faultCode, faultString, startTime, completeTime },
      keyed: match.keyed,
    });
  }

  async next(answer: Answer | null): Promise<AcsRequest | null> {
    this.assertOwn();
    await this.#renew();
    if (answer) this.#publishRpc('cpe', answer.kind === 'response' ? answer.response.method : answer.kind);
    const request = (await this.#introduce(answer)) ?? (await this.#turns.next(answer));
    if (request) this.#publishRpc('acs', request.method);
    return request;
  }

  async close(end: SessionEnd): Promise<void> {
    try {
      await this.#turns.interrupt(end.reason);
    } finally {
      const { left, released } = this.#turns;
      this.#options.ended(this);
      if (end.reason === 'complete' && left && !this.#superseded) await this.dispatch('end');
      await closeSession(this, end, this.#superseded ? 'lost' : released ? 'released' : 'held');
    }
  }

  /**
   * A newer session of the device has begun in this process: what was open here is lost (tasks.md §6.3). A step at work
   * comes to its end first, and counts; one that takes too long is left to its fence: it can write nothing any more once
   * the newer session has read the reports, which goes on from the last checkpoint, as after a crash.
   */
  async supersede(): Promise<void> {
    if (this.#superseded) return;
    this.#superseded = true;
    if (await this.#turns.settled(this.parts.limits.supersedeMs)) await this.#turns.interrupt('superseded');
    else this.warn('A newer session began while a step was at work; it goes on from the last checkpoint');
  }

  mayPause(): boolean {
    this.assertOwn();
    return !this.#options.stopping();
  }

  stale(): void {
    this.tasks.stale();
  }

  /** True = the device is in other groups, or another domain, than before (tasks.md §6.1, steps 4 and 9). */
  async dispatch(when: DispatchMoment['when']): Promise<boolean> {
    const { dispatchGroups, clock } = this.parts;
    if (!dispatchGroups) return false;
    const { created, fence, sessionId: session } = this;
    const device = Object.assign(this.device, this.tasks.device);
    const moved = await dispatchGroups({
      ...{ when, device, created, fence, session, now: clock.now() },
      introduces: this.#firstContact !== null,
      learnt: this.tree.changes,
      tree: () => this.tree.tree(),
      warn: (text) => this.warn(text),
    });
    if (!moved) return false;
    const { groups, domain } = moved;
    Object.assign(device, { groups, domain });
    this.tasks.moved(moved);
    return true;
  }

  /** Throws `SessionSupersededError` when a newer session of the device has begun in this process. */
  assertOwn(): void {
    if (this.#superseded) throw new SessionSupersededError(`A newer session of ${this.deviceId} has begun`);
  }

  /** For the session's record. */
  warn(text: string): void {
    this.warnings.push(text);
    this.parts.log.info({ device: this.deviceId, session: this.sessionId }, text);
  }

  /** The next request of the first contact; null = the tasks may begin. */
  async #introduce(answer: Answer | null): Promise<AcsRequest | null> {
    if (!this.#firstContact) return null;
    // The first call starts the generator, which takes no answer then.
    const step = await this.#firstContact.next(...((answer ? [answer] : []) as [Answer]));
    if (step.done !== true) return step.value;
    this.#firstContact = null;
    Object.assign(this.found, step.value);
    await this.dispatch('introduced');
    return null;
  }

  /** Well before half of the lease is over, so that a slow answer does not cost it. */
  async #renew(): Promise<void> {
    if (this.parts.clock.elapsed() < this.#renewAt) return;
    await this.parts.contacts.renew(this.deviceId, this.fence);
    this.#renewAt = this.#nextRenewal();
  }

  #nextRenewal(): number {
    const until = this.#options.opened.device.lease.until?.getTime() ?? 0;
    return this.parts.clock.elapsed() + Math.max(1_000, (until - this.startedAt.getTime()) / 3);
  }

  #publishRpc(from: 'cpe' | 'acs', message: string): void {
    const data = { device: this.deviceId, session: this.sessionId, from, message, task: this.currentTask };
    this.parts.events.publish('session.rpc', this.deviceId, data, this.device.domain);
  }
}
