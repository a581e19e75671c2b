import type { Answer, SessionEnd } from './conductor.js';
import type { AcsFaultCode } from './cwmp-protocol-error.js';
import type { AcsRequest, AcsResponse, CpeRequest, Inform } from './messages.js';
import type { AcsMessage, CpeMessage } from './soap/envelope.js';
import { METHODS_OF_ACS } from './soap/rpc/definitions.js';

/** A request of the ACS that the CPE has to answer. */
export interface Owed {
  request: AcsRequest;
  /** The `cwmp:ID` that it was sent with. */
  id: string;
  /** How many answers in a row, the ones before this request included, were none. */
  misses: number;
}

/** Where a session stands (TR-069 A6 §3.7.2). In the states marked busy the Conductor has a call that has not returned. */
export type SessionState =
  /** Waits for the Inform. */
  | { name: 'new' }
  /** Busy: the Conductor takes the device's lease. */
  | { name: 'opening'; informId: string | null }
  /** The CPE may send requests of its own, or an empty POST that hands the turn over. */
  | { name: 'cpe-turn' }
  /** Busy: the Conductor takes a request of the CPE; an answer may be owed all the while. */
  | { name: 'receiving'; response: AcsResponse; responseId: string | null; owed: Owed | null }
  /** Busy: the Conductor thinks of the next request. */
  | { name: 'deciding'; misses: number }
  | { name: 'awaiting-answer'; owed: Owed }
  | { name: 'ended' };

export type SessionEvent =
  /** `version` is null when none is common. */
  | { type: 'inform'; inform: Inform; id: string | null; version: string | null }
  /** Any other POST, the empty one included. */
  | { type: 'message'; message: Exclude<CpeMessage, { kind: 'inform' }>; id: string | null }
  | { type: 'opened' }
  | { type: 'refused'; reason: string }
  | { type: 'open-failed'; faultCode: AcsFaultCode; reason: string }
  | { type: 'received' }
  | { type: 'receive-failed'; faultCode: AcsFaultCode; reason: string }
  | { type: 'decided'; request: AcsRequest | null; id: string }
  | { type: 'decide-failed'; reason: SessionEnd['reason'] }
  /** The request just decided upon cannot be put into XML. */
  | { type: 'unwritable'; reason: string }
  | { type: 'interrupted'; reason: SessionEnd['reason'] };

export type SessionEffect =
  | { type: 'open'; inform: Inform; version: string }
  | { type: 'receive'; request: CpeRequest }
  | { type: 'next'; answer: Answer | null }
  | { type: 'close'; reason: SessionEnd['reason']; outstanding: AcsRequest | null }
  | { type: 'reply'; message: AcsMessage; id: string | null }
  /** 204: nothing to say, the end. */
  | { type: 'reply-empty' }
  | { type: 'reply-bad-request'; reason: string }
  | { type: 'reply-forbidden'; reason: string }
  /** 503: this server cannot go on; the CPE is to come again soon. */
  | { type: 'reply-unavailable' }
  | { type: 'warn'; text: string };

export interface Transition {
  state: SessionState;
  effects: readonly SessionEffect[];
}

/** Answers in a row that were none, until the session is given up (cpe-quirks.md row 51). */
const MISSES_ALLOWED = 2;

const ENDED: SessionState = { name: 'ended' };

/** The whole behaviour of a session; no I/O, no clock. */
export function transition(state: SessionState, event: SessionEvent): Transition {
  switch (event.type) {
    case 'inform':
      return onInform(state, event);
    case 'message':
      return onMessage(state, event.message, event.id);
    case 'interrupted':
      return onInterruption(state, event.reason);
    case 'opened':
    case 'refused':
    case 'open-failed':
      return state.name === 'opening' ? onOpened(state, event) : impossible(state, event);
    case 'received':
    case 'receive-failed':
      return state.name === 'receiving' ? onReceived(state, event) : impossible(state, event);
    case 'decided':
    case 'decide-failed':
      return state.name === 'deciding' ? onDecided(state, event) : impossible(state, event);
    case 'unwritable':
      return state.name === 'awaiting-answer' ? onMiss(state.owed, event.reason) : impossible(state, event);
  }
}

/** An Inform is the first message and occurs once; the endpoint opens a new session for any other. */
function onInform(state: SessionState, event: Extract<SessionEvent, { type: 'inform' }>): Transition {
  if (state.name !== 'new') {
    const { effects } = onInterruption(state, 'superseded');
    return { state: ENDED, effects: [...effects, badRequest('Inform in mid-session')] };
  }
  if (event.version === null) {
    const fault: AcsMessage = { kind: 'fault', faultCode: 8006, faultString: 'No common CWMP version' };
    return { state: ENDED, effects: [{ type: 'reply', message: fault, id: event.id }] };
  }
  return {
    state: { name: 'opening', informId: event.id },
    effects: [{ type: 'open', inform: event.inform, version: event.version }],
  };
}

function onOpened(
  state: Extract<SessionState, { name: 'opening' }>,
  event: Extract<SessionEvent, { type: 'opened' | 'refused' | 'open-failed' }>,
): Transition {
  switch (event.type) {
    case 'opened':
      return {
        state: { name: 'cpe-turn' },
        effects: [{ type: 'reply', message: { kind: 'inform-response' }, id: state.informId }],
      };
    case 'refused':
      return { state: ENDED, effects: [{ type: 'reply-forbidden', reason: event.reason }] };
    case 'open-failed':
      return { state: ENDED, effects: [fault(event.faultCode, event.reason, state.informId)] };
  }
}

type NonInform = Exclude<CpeMessage, { kind: 'inform' }>;

function onMessage(state: SessionState, message: NonInform, id: string | null): Transition {
  switch (state.name) {
    case 'cpe-turn':
      return onMessageInCpeTurn(message, id);
    case 'awaiting-answer':
      return onMessageInsteadOfAnswer(state.owed, message, id) ?? onAnswer(state.owed, message, id);
    case 'ended':
      // Devices of the 2004 edition send one more empty POST (cpe-quirks.md row 78).
      return message.kind === 'empty'
        ? { state, effects: [{ type: 'reply-empty' }] }
        : { state, effects: [badRequest('The session has ended')] };
    case 'new':
      return { state: ENDED, effects: [badRequest('A session begins with an Inform')] };
    case 'opening':
    case 'receiving':
    case 'deciding':
      return { state, effects: [badRequest('The message before this one is still being worked on')] };
  }
}

function onMessageInCpeTurn(message: NonInform, id: string | null): Transition {
  if (message.kind === 'empty')
    return { state: { name: 'deciding', misses: 0 }, effects: [{ type: 'next', answer: null }] };
  return (
    answerRequest({ name: 'cpe-turn' }, null, message, id) ?? {
      state: ENDED,
      effects: [
        { type: 'close', reason: 'protocol-error', outstanding: null },
        badRequest('An answer came, but nothing was asked'),
      ],
    }
  );
}

/** A request of the CPE where it owes an answer is against the rules, but left unanswered it would end the session. */
function onMessageInsteadOfAnswer(owed: Owed, message: NonInform, id: string | null): Transition | null {
  const answered = answerRequest({ name: 'awaiting-answer', owed }, owed, message, id);
  if (!answered) return null;
  const text = `a request came while the answer to ${owed.request.method} was owed`;
  return { state: answered.state, effects: [{ type: 'warn', text }, ...answered.effects] };
}

/** What a request of the CPE leads to; null when the message is none. `stay` is the state to be in afterwards. */
function answerRequest(
  stay: SessionState,
  owed: Owed | null,
  message: NonInform,
  id: string | null,
): Transition | null {
  switch (message.kind) {
    case 'request':
      if (message.request.method === 'GetRPCMethods') {
        const response: AcsResponse = { method: 'GetRPCMethods', methods: [...METHODS_OF_ACS] };
        return { state: stay, effects: [{ type: 'reply', message: { kind: 'response', response }, id }] };
      }
      return {
        state: { name: 'receiving', response: { method: message.request.method }, responseId: id, owed },
        effects: [{ type: 'receive', request: message.request }],
      };
    case 'unknown':
      if (isResponse(message.method)) return null;
      return { state: stay, effects: [fault(8000, `Method ${message.method} is not supported`, id)] };
    case 'invalid':
      if (isResponse(message.method)) return null;
      return { state: stay, effects: [fault(message.error.faultCode, message.error.message, id)] };
    case 'empty':
    case 'response':
    case 'fault':
      return null;
  }
}

function isResponse(method: string): boolean {
  return method.endsWith('Response');
}

/** A missing or wrong ID is tolerated: only one request can be meant (cpe-quirks.md row 6). */
function onAnswer(owed: Owed, message: NonInform, id: string | null): Transition {
  const answer = matchAnswer(owed, message);
  if (typeof answer === 'string') return onMiss(owed, answer);
  const effects: SessionEffect[] = [{ type: 'next', answer }];
  if (id !== owed.id)
    effects.unshift({
      type: 'warn',
      text: `${id === null ? 'no ID' : 'another ID'} in the answer to ${owed.request.method}`,
    });
  return { state: { name: 'deciding', misses: 0 }, effects };
}

/** The answer, or why the message is none. */
function matchAnswer(owed: Owed, message: NonInform): Answer | string {
  const { method } = owed.request;
  switch (message.kind) {
    case 'response':
      if (message.response.method === method) return { kind: 'response', response: message.response };
      return `${message.response.method}Response came for ${method}`;
    case 'fault':
      return { kind: 'fault', fault: message.fault };
    case 'empty':
      return `An empty POST came for ${method}`;
    case 'invalid':
      return `${message.method} cannot be used: ${message.error.message}`;
    case 'unknown':
    case 'request':
      return `${message.kind === 'unknown' ? message.method : message.request.method} came for ${method}`;
  }
}

function onMiss(owed: Owed, reason: string): Transition {
  const misses = owed.misses + 1;
  const warn: SessionEffect = { type: 'warn', text: reason };
  if (misses >= MISSES_ALLOWED)
    return {
      state: ENDED,
      effects: [
        warn,
        { type: 'close', reason: 'protocol-error', outstanding: owed.request },
        { type: 'reply-empty' },
      ],
    };
  return {
    state: { name: 'deciding', misses },
    effects: [warn, { type: 'next', answer: { kind: 'unexpected', reason } }],
  };
}

function onReceived(
  state: Extract<SessionState, { name: 'receiving' }>,
  event: Extract<SessionEvent, { type: 'received' | 'receive-failed' }>,
): Transition {
  const reply: SessionEffect =
    event.type === 'received'
      ? { type: 'reply', message: { kind: 'response', response: state.response }, id: state.responseId }
      : fault(event.faultCode, event.reason, state.responseId);
  return {
    state: state.owed ? { name: 'awaiting-answer', owed: state.owed } : { name: 'cpe-turn' },
    effects: [reply],
  };
}

function onDecided(
  state: Extract<SessionState, { name: 'deciding' }>,
  event: Extract<SessionEvent, { type: 'decided' | 'decide-failed' }>,
): Transition {
  if (event.type === 'decided' && event.request !== null) {
    const { request, id } = event;
    return {
      state: { name: 'awaiting-answer', owed: { request, id, misses: state.misses } },
      effects: [{ type: 'reply', message: { kind: 'request', request }, id }],
    };
  }
  const reason = event.type === 'decided' ? 'complete' : event.reason;
  // An empty answer would say that all is done; what is left must not wait for the next periodic Inform.
  const reply = reason === 'internal-error' ? 'reply-unavailable' : 'reply-empty';
  return { state: ENDED, effects: [{ type: 'close', reason, outstanding: null }, { type: reply }] };
}

function onInterruption(state: SessionState, reason: SessionEnd['reason']): Transition {
  switch (state.name) {
    // Nothing was opened, or it is closed already.
    case 'new':
    case 'opening':
    case 'ended':
      return { state: ENDED, effects: [] };
    case 'cpe-turn':
    case 'receiving':
    case 'deciding':
    case 'awaiting-answer': {
      const owed = state.name === 'receiving' || state.name === 'awaiting-answer' ? state.owed : null;
      return { state: ENDED, effects: [{ type: 'close', reason, outstanding: owed?.request ?? null }] };
    }
  }
}

/** A call of the Conductor came back in a state that has none running: a fault of this program, not of a device. */
function impossible(state: SessionState, event: SessionEvent): never {
  throw new Error(`${event.type} in the state ${state.name}`);
}

function fault(faultCode: AcsFaultCode, faultString: string, id: string | null): SessionEffect {
  return { type: 'reply', message: { kind: 'fault', faultCode, faultString }, id };
}

function badRequest(reason: string): SessionEffect {
  return { type: 'reply-bad-request', reason };
}
