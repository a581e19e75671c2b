import type { Clock } from '../../common/clock.js';
import { DeviceRefusedError, SessionSupersededError } from '../../common/errors.js';
import type { Log } from '../../common/log.js';
import type { Answer, ConductedSession, Conductor, SessionEnd } from './conductor.js';
import { CwmpProtocolError, type AcsFaultCode } from './cwmp-protocol-error.js';
import type { LeniencyLog } from './leniency-log.js';
import type { AcsRequest, CpeRequest, DeviceId, Inform } from './messages.js';
import { SessionJournal } from './session-journal.js';
import { transition, type SessionEffect, type SessionEvent, type SessionState } from './session.js';
import { build } from './soap/build.js';
import type { AcsMessage, CwmpEnvelope } from './soap/envelope.js';
import { describeWarning } from './soap/reading-notes.js';
import type { BooleanForm } from './soap/values.js';
import { agreeOnVersion, type AgreedVersion } from './version.js';

/** What the CPE's POST is answered with; the endpoint knows the HTTP of it. */
export type SessionReply =
  | { kind: 'envelope'; xml: string; bytes: number }
  | { kind: 'empty' }
  | { kind: 'bad-request'; reason: string }
  | { kind: 'forbidden'; reason: string }
  | { kind: 'unavailable' };

export interface SessionTimeouts {
  /** Milliseconds to wait for the next POST where the CPE does not say; TR-069 wants at least 30 s. */
  postMs: number;
  /** The same while an answer is owed: big answers take devices a minute and more (cpe-quirks.md row 50). */
  answerMs: number;
}

export interface SessionOptions {
  id: string;
  conductor: Conductor;
  clock: Clock;
  log: Log;
  timeouts: SessionTimeouts;
  sourceIp: string;
  tls: boolean;
  /** Called once, when the session has ended for whatever reason. */
  onEnd: () => void;
  leniencies: LeniencyLog;
  /** Sees every envelope that is sent. */
  onEnvelope?: ((xml: string) => void) | undefined;
}

/** Bounds for `SessionTimeout`, seconds (cpe-quirks.md row 9). */
const SESSION_TIMEOUT = { min: 30, max: 600 };
/** A session has some ten messages, the longest a few hundred. */
const MESSAGES_ALLOWED = 20_000;
/** A repeated Inform within this time, milliseconds, is a retransmission and not a new contact (cpe-quirks.md row 72). */
const REPEAT_WINDOW = 10_000;
const REPEATED_BODY_LIMIT = 65_536;
const REPEATED_ANSWERS_ALLOWED = 3;

/** Runs the effects of the session machine for one CPE. POSTs and interruptions are taken one after the other. */
export class SessionDriver {
  readonly id: string;
  /** Whether the connection of the last POST is still open. */
  connected = true;
  readonly #options: SessionOptions;
  readonly #journal: SessionJournal;
  #state: SessionState = { name: 'new' };
  #conducted: ConductedSession | null = null;
  #deviceId: DeviceId | null = null;
  #namespace = '';
  #agreed: AgreedVersion | null = null;
  #declaration = true;
  #booleans: BooleanForm | null = null;
  #waitMs: number;
  #timer: NodeJS.Timeout | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #queued = 0;
  #messages = 0;
  #requests = 0;
  #lastReply: SessionReply | null = null;
  #informBody: { bytes: Buffer; at: number } | null = null;
  #answeredId: string | null = null;
  #repeatedAnswers = 0;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.id = options.id;
    this.#journal = new SessionJournal(options.clock);
    this.#waitMs = options.timeouts.postMs;
  }

  get stateName(): SessionState['name'] {
    return this.#state.name;
  }

  get ended(): boolean {
    return this.#state.name === 'ended';
  }

  /** Of the Inform; null before it. */
  get deviceId(): DeviceId | null {
    return this.#deviceId;
  }

  /** Waits for a POST rather than working on one. */
  get idle(): boolean {
    return this.#queued === 0 && (this.#state.name === 'cpe-turn' || this.#state.name === 'awaiting-answer');
  }

  /** Milliseconds until the session gives up waiting. */
  get patience(): number {
    return this.#state.name === 'awaiting-answer'
      ? Math.max(this.#waitMs, this.#options.timeouts.answerMs)
      : this.#waitMs;
  }

  /** Takes a POST and says what to answer. Never rejects. */
  async post(envelope: CwmpEnvelope, body: Buffer): Promise<SessionReply> {
    // One may wait while the Conductor works for a connection that was lost; more are no CPE.
    if (this.#queued > 1) return { kind: 'bad-request', reason: 'Too many messages at once' };
    return this.#enqueue(async () => {
      this.#stopTimer();
      const reply = await this.#take(envelope, body);
      this.#lastReply = reply;
      this.#startTimer();
      return reply;
    });
  }

  /** Ends the session from outside, after the call that may be running. */
  async interrupt(reason: SessionEnd['reason']): Promise<void> {
    await this.#enqueue(async () => {
      this.#stopTimer();
      await this.#apply({ type: 'interrupted', reason });
    });
  }

  /** The answer to give again when this body is the Inform of this session, sent once more after its answer was lost. */
  repeatedInform(body: Buffer): SessionReply | null {
    const first = this.#informBody;
    if (!first || this.#state.name !== 'cpe-turn' || !first.bytes.equals(body)) return null;
    if (this.#options.clock.elapsed() - first.at > REPEAT_WINDOW) return null;
    this.#journal.warn('the Inform was repeated');
    return this.#lastReply;
  }

  async #enqueue<T>(work: () => Promise<T>): Promise<T> {
    this.#queued += 1;
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    try {
      return await result;
    } finally {
      this.#queued -= 1;
    }
  }

  async #take(envelope: CwmpEnvelope, body: Buffer): Promise<SessionReply> {
    const repeated = this.#repeatedAnswer(envelope);
    if (repeated) return repeated;
    this.#note(envelope, body);
    const { message, id } = envelope;
    if (message.kind === 'inform') {
      const version = this.#agreed?.version ?? null;
      return this.#apply({ type: 'inform', inform: message.inform, id, version });
    }
    this.#informBody = null;
    if (this.#messages > MESSAGES_ALLOWED) {
      this.#journal.warn('the session has no end');
      return this.#apply({ type: 'interrupted', reason: 'protocol-error' });
    }
    if (this.#state.name === 'awaiting-answer') this.#answeredId = this.#state.owed.id;
    return this.#apply({ type: 'message', message, id });
  }

  /** The answer before the last, sent again because our reply to it was lost: the reply is repeated, nothing else happens. */
  #repeatedAnswer(envelope: CwmpEnvelope): SessionReply | null {
    const { kind } = envelope.message;
    const again =
      this.#state.name === 'awaiting-answer' &&
      (kind === 'response' || kind === 'fault') &&
      envelope.id !== null &&
      envelope.id === this.#answeredId &&
      envelope.id !== this.#state.owed.id;
    if (!again || this.#repeatedAnswers >= REPEATED_ANSWERS_ALLOWED) return null;
    this.#repeatedAnswers += 1;
    this.#journal.warn('an answer was repeated');
    return this.#lastReply;
  }

  #note(envelope: CwmpEnvelope, body: Buffer): void {
    this.#messages += 1;
    const task = this.#state.name === 'awaiting-answer' ? (this.#conducted?.currentTask ?? null) : null;
    this.#journal.fromCpe(envelope.message, body.length, task);
    for (const warning of envelope.warnings) this.#journal.warn(describeWarning(warning));
    if (envelope.message.kind === 'inform') this.#deviceId = envelope.message.inform.deviceId;
    if (this.#deviceId) this.#options.leniencies.note(this.#deviceId, envelope.warnings);
    this.#booleans ??= envelope.booleanForm;
    if (envelope.message.kind !== 'inform' || this.#state.name !== 'new') return;
    this.#namespace = envelope.namespace;
    this.#declaration = envelope.declaration;
    this.#agreed = agreeOnVersion(envelope);
    if (envelope.sessionTimeout !== null) {
      const { min, max } = SESSION_TIMEOUT;
      this.#waitMs = Math.min(Math.max(envelope.sessionTimeout, min), max) * 1000;
    }
    if (body.length <= REPEATED_BODY_LIMIT)
      this.#informBody = { bytes: body, at: this.#options.clock.elapsed() };
  }

  /** Runs the machine until it waits for the CPE again. */
  async #apply(first: SessionEvent): Promise<SessionReply> {
    let reply: SessionReply | null = null;
    const events = [first];
    for (let event = events.shift(); event; event = events.shift()) {
      const { state, effects } = transition(this.#state, event);
      const wasEnded = this.ended;
      this.#state = state;
      for (const effect of effects) {
        const outcome = await this.#run(effect);
        if (outcome === null) continue;
        if ('kind' in outcome) reply = outcome;
        else events.push(...outcome.events);
      }
      if (this.ended && !wasEnded) this.#options.onEnd();
    }
    return reply ?? { kind: 'empty' };
  }

  async #run(effect: SessionEffect): Promise<SessionReply | { events: SessionEvent[] } | null> {
    switch (effect.type) {
      case 'open':
        return { events: [await this.#open(effect.inform, effect.version)] };
      case 'receive':
        return { events: await this.#receive(effect.request) };
      case 'next':
        return { events: [await this.#next(effect.answer)] };
      case 'close':
        await this.#close(effect.reason, effect.outstanding);
        return null;
      case 'reply':
        return this.#write(effect.message, effect.id);
      case 'reply-empty':
        return { kind: 'empty' };
      case 'reply-bad-request':
        return { kind: 'bad-request', reason: effect.reason };
      case 'reply-forbidden':
        return { kind: 'forbidden', reason: effect.reason };
      case 'reply-unavailable':
        return { kind: 'unavailable' };
      case 'warn':
        this.#journal.warn(effect.text);
        return null;
    }
  }

  async #open(inform: Inform, version: string): Promise<SessionEvent> {
    const { conductor, sourceIp, tls, clock, id, log } = this.#options;
    try {
      this.#conducted = await conductor.open({
        sessionId: id,
        inform,
        sourceIp,
        tls,
        cwmpNamespace: this.#namespace,
        cwmpVersion: version,
        at: clock.now(),
      });
      return { type: 'opened' };
    } catch (error) {
      if (error instanceof DeviceRefusedError) return { type: 'refused', reason: error.message };
      log.error({ err: error, session: id }, 'A session could not be opened');
      return { type: 'open-failed', ...asFault(error) };
    }
  }

  async #receive(request: CpeRequest): Promise<SessionEvent[]> {
    try {
      await this.#conducted?.receive(request);
      return [{ type: 'received' }];
    } catch (error) {
      const failed: SessionEvent = { type: 'receive-failed', ...asFault(error) };
      if (error instanceof SessionSupersededError)
        return [failed, { type: 'interrupted', reason: 'superseded' }];
      if (!(error instanceof CwmpProtocolError))
        this.#options.log.error({ err: error, session: this.id }, `${request.method} could not be taken`);
      return [failed];
    }
  }

  async #next(answer: Answer | null): Promise<SessionEvent> {
    try {
      const request = (await this.#conducted?.next(answer)) ?? null;
      this.#repeatedAnswers = 0;
      this.#requests += 1;
      return { type: 'decided', request, id: `${this.id.slice(-6)}-${this.#requests}` };
    } catch (error) {
      if (error instanceof SessionSupersededError) return { type: 'decide-failed', reason: 'superseded' };
      this.#options.log.error({ err: error, session: this.id }, 'The next request could not be decided upon');
      return { type: 'decide-failed', reason: 'internal-error' };
    }
  }

  async #close(reason: SessionEnd['reason'], outstanding: AcsRequest | null): Promise<void> {
    if (reason === 'complete') this.#journal.end();
    const conducted = this.#conducted;
    this.#conducted = null;
    const { rpcs, bytesIn, bytesOut, warnings } = this.#journal;
    try {
      await conducted?.close({ reason, outstanding, rpcs, bytesIn, bytesOut, warnings });
    } catch (error) {
      this.#options.log.error({ err: error, session: this.id }, 'The end of a session could not be recorded');
    }
  }

  #write(message: AcsMessage, id: string | null): SessionReply | { events: SessionEvent[] } {
    const useVersion = message.kind === 'inform-response' ? (this.#agreed?.useVersion ?? null) : null;
    let xml: string;
    try {
      const booleans = this.#booleans ?? 'digits';
      xml = build(message, {
        namespace: this.#namespace,
        id,
        useVersion,
        declaration: this.#declaration,
        booleans,
      });
    } catch (error) {
      if (!(error instanceof RangeError) || message.kind !== 'request') throw error;
      return { events: [{ type: 'unwritable', reason: error.message }] };
    }
    const bytes = Buffer.byteLength(xml);
    const task = message.kind === 'request' ? (this.#conducted?.currentTask ?? null) : null;
    this.#journal.fromAcs(message, bytes, task);
    this.#options.onEnvelope?.(xml);
    return { kind: 'envelope', xml, bytes };
  }

  #startTimer(): void {
    if (this.#state.name !== 'cpe-turn' && this.#state.name !== 'awaiting-answer') return;
    this.#timer = setTimeout(() => {
      void this.interrupt(this.connected ? 'timeout' : 'disconnected');
    }, this.patience);
  }

  #stopTimer(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }
}

/** What an error of the Conductor becomes on the wire; only a `CwmpProtocolError` speaks for itself. */
function asFault(error: unknown): { faultCode: AcsFaultCode; reason: string } {
  if (error instanceof CwmpProtocolError) return { faultCode: error.faultCode, reason: error.message };
  return { faultCode: 8002, reason: 'Internal error' };
}
