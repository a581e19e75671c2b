import { expect } from 'chai';
import { CpeFault } from '../../../acs/cwmp/cpe-fault.js';
import { CwmpProtocolError } from '../../../acs/cwmp/cwmp-protocol-error.js';
import type { AcsRequest, Inform } from '../../../acs/cwmp/messages.js';
import {
  transition,
  type Owed,
  type SessionEffect,
  type SessionEvent,
  type SessionState,
} from '../../../acs/cwmp/session.js';

const REQUEST: AcsRequest = { method: 'GetParameterValues', names: ['A.B'] };
const OTHER: AcsRequest = { method: 'Reboot', commandKey: 'k' };
const INFORM: Inform = {
  method: 'Inform',
  deviceId: { manufacturer: '', oui: '000000', productClass: '', serialNumber: '1' },
  events: [],
  maxEnvelopes: 1,
  currentTime: '',
  retryCount: 0,
  parameters: [],
};
const TRANSFER_COMPLETE = {
  method: 'TransferComplete' as const,
  commandKey: 'k',
  faultCode: 0,
  faultString: '',
  startTime: '',
  completeTime: '',
};

function owed(misses = 0): Owed {
  return { request: REQUEST, id: 'a-1', misses };
}

const states: Record<string, SessionState> = {
  new: { name: 'new' },
  opening: { name: 'opening', informId: '1' },
  'cpe-turn': { name: 'cpe-turn' },
  receiving: { name: 'receiving', response: { method: 'TransferComplete' }, responseId: '2', owed: null },
  'receiving, answer owed': {
    name: 'receiving',
    response: { method: 'TransferComplete' },
    responseId: '2',
    owed: owed(),
  },
  deciding: { name: 'deciding', misses: 0 },
  'awaiting-answer': { name: 'awaiting-answer', owed: owed() },
  'awaiting-answer, one miss': { name: 'awaiting-answer', owed: owed(1) },
  ended: { name: 'ended' },
};

const message = (
  of: Extract<SessionEvent, { type: 'message' }>['message'],
  id: string | null = 'a-1',
): SessionEvent => ({
  type: 'message',
  message: of,
  id,
});

const invalid = (method: string): SessionEvent =>
  message({ kind: 'invalid', method, error: new CwmpProtocolError(8003, 'no') });

const events: Record<string, SessionEvent> = {
  inform: { type: 'inform', inform: INFORM, id: '1', version: '1.0' },
  'inform of no common version': { type: 'inform', inform: INFORM, id: '1', version: null },
  empty: message({ kind: 'empty' }, null),
  'its response': message({ kind: 'response', response: { method: 'GetParameterValues', parameters: [] } }),
  'its response, no ID': message(
    { kind: 'response', response: { method: 'GetParameterValues', parameters: [] } },
    null,
  ),
  'another response': message({ kind: 'response', response: { method: 'Reboot' } }),
  fault: message({ kind: 'fault', fault: new CpeFault(9002, '') }),
  TransferComplete: message({ kind: 'request', request: TRANSFER_COMPLETE }, '2'),
  GetRPCMethods: message({ kind: 'request', request: { method: 'GetRPCMethods' } }, '2'),
  'unknown method': message({ kind: 'unknown', method: 'Kicked' }, '2'),
  'unknown response': message({ kind: 'unknown', method: 'KickedResponse' }),
  'invalid request': invalid('TransferComplete'),
  'invalid response': invalid('AddObjectResponse'),
  opened: { type: 'opened' },
  refused: { type: 'refused', reason: 'no' },
  'open failed': { type: 'open-failed', faultCode: 8002, reason: 'no' },
  received: { type: 'received' },
  'receive failed': { type: 'receive-failed', faultCode: 8002, reason: 'no' },
  'decided: a request': { type: 'decided', request: OTHER, id: 'a-2' },
  'decided: nothing': { type: 'decided', request: null, id: 'a-2' },
  'decide failed': { type: 'decide-failed', reason: 'internal-error' },
  unwritable: { type: 'unwritable', reason: 'no' },
  timeout: { type: 'interrupted', reason: 'timeout' },
};

/** An effect in a word or two. */
function inShort(effect: SessionEffect): string {
  switch (effect.type) {
    case 'reply': {
      const { message: sent } = effect;
      const id = `#${effect.id ?? 'none'}`;
      if (sent.kind === 'request') return `ask ${sent.request.method} ${id}`;
      if (sent.kind === 'response') return `answer ${sent.response.method} ${id}`;
      return sent.kind === 'fault' ? `fault ${sent.faultCode} ${id}` : `${sent.kind} ${id}`;
    }
    case 'reply-empty':
      return '204';
    case 'reply-bad-request':
      return '400';
    case 'reply-forbidden':
      return '403';
    case 'reply-unavailable':
      return '503';
    case 'next':
      return `next ${effect.answer?.kind ?? 'null'}`;
    case 'close':
      return `close ${effect.reason}${effect.outstanding ? ` owing ${effect.outstanding.method}` : ''}`;
    case 'open':
    case 'receive':
    case 'warn':
      return effect.type;
  }
}

/** Every pair that is not listed throws: it cannot come about, since the Conductor is asked once at a time. */
const table: Record<string, Record<string, string>> = {
  new: {
    inform: 'opening: open',
    'inform of no common version': 'ended: fault 8006 #1',
    timeout: 'ended: ',
  },
  opening: {
    opened: 'cpe-turn: inform-response #1',
    refused: 'ended: 403',
    'open failed': 'ended: fault 8002 #1',
    timeout: 'ended: ',
  },
  'cpe-turn': {
    empty: 'deciding: next null',
    'its response': 'ended: close protocol-error, 400',
    'its response, no ID': 'ended: close protocol-error, 400',
    'another response': 'ended: close protocol-error, 400',
    fault: 'ended: close protocol-error, 400',
    TransferComplete: 'receiving: receive',
    GetRPCMethods: 'cpe-turn: answer GetRPCMethods #2',
    'unknown method': 'cpe-turn: fault 8000 #2',
    'unknown response': 'ended: close protocol-error, 400',
    'invalid request': 'cpe-turn: fault 8003 #a-1',
    'invalid response': 'ended: close protocol-error, 400',
    timeout: 'ended: close timeout',
  },
  receiving: {
    received: 'cpe-turn: answer TransferComplete #2',
    'receive failed': 'cpe-turn: fault 8002 #2',
    timeout: 'ended: close timeout',
  },
  'receiving, answer owed': {
    received: 'awaiting-answer: answer TransferComplete #2',
    'receive failed': 'awaiting-answer: fault 8002 #2',
    timeout: 'ended: close timeout owing GetParameterValues',
  },
  deciding: {
    'decided: a request': 'awaiting-answer: ask Reboot #a-2',
    'decided: nothing': 'ended: close complete, 204',
    'decide failed': 'ended: close internal-error, 503',
    timeout: 'ended: close timeout',
  },
  'awaiting-answer': {
    empty: 'deciding: warn, next unexpected',
    'its response': 'deciding: next response',
    'its response, no ID': 'deciding: warn, next response',
    'another response': 'deciding: warn, next unexpected',
    fault: 'deciding: next fault',
    TransferComplete: 'receiving: warn, receive',
    GetRPCMethods: 'awaiting-answer: warn, answer GetRPCMethods #2',
    'unknown method': 'awaiting-answer: warn, fault 8000 #2',
    'unknown response': 'deciding: warn, next unexpected',
    'invalid request': 'awaiting-answer: warn, fault 8003 #a-1',
    'invalid response': 'deciding: warn, next unexpected',
    unwritable: 'deciding: warn, next unexpected',
    timeout: 'ended: close timeout owing GetParameterValues',
  },
  'awaiting-answer, one miss': {
    empty: 'ended: warn, close protocol-error owing GetParameterValues, 204',
    'its response': 'deciding: next response',
    'its response, no ID': 'deciding: warn, next response',
    'another response': 'ended: warn, close protocol-error owing GetParameterValues, 204',
    fault: 'deciding: next fault',
    TransferComplete: 'receiving: warn, receive',
    GetRPCMethods: 'awaiting-answer: warn, answer GetRPCMethods #2',
    'unknown method': 'awaiting-answer: warn, fault 8000 #2',
    'unknown response': 'ended: warn, close protocol-error owing GetParameterValues, 204',
    'invalid request': 'awaiting-answer: warn, fault 8003 #a-1',
    'invalid response': 'ended: warn, close protocol-error owing GetParameterValues, 204',
    unwritable: 'ended: warn, close protocol-error owing GetParameterValues, 204',
    timeout: 'ended: close timeout owing GetParameterValues',
  },
  ended: { empty: 'ended: 204', timeout: 'ended: ' },
};

/** A POST where none can be taken, and an Inform where one was taken already. */
function otherwise(stateName: string, eventName: string): string | null {
  const state = states[stateName]!;
  const event = events[eventName]!;
  if (event.type === 'inform') {
    const closes = !['new', 'opening', 'ended'].includes(state.name);
    const owing = 'owed' in state && state.owed ? ' owing GetParameterValues' : '';
    return `ended: ${closes ? `close superseded${owing}, ` : ''}400`;
  }
  if (event.type !== 'message') return null;
  return `${state.name === 'new' ? 'ended' : state.name}: 400`;
}

describe('session machine', () => {
  for (const stateName of Object.keys(states)) {
    for (const eventName of Object.keys(events)) {
      const expected = table[stateName]?.[eventName] ?? otherwise(stateName, eventName);
      it(`${stateName} + ${eventName} → ${expected ?? 'cannot come about'}`, () => {
        const run = (): string => {
          const { state, effects } = transition(states[stateName]!, events[eventName]!);
          return `${state.name}: ${effects.map(inShort).join(', ')}`;
        };
        if (expected === null) expect(run).to.throw(/in the state/);
        else expect(run()).to.equal(expected);
      });
    }
  }

  it('keeps the answer owed through a request of the CPE, and its misses through the next request', () => {
    const receiving = transition(states['awaiting-answer']!, events.TransferComplete!).state;
    expect(transition(receiving, { type: 'received' }).state).to.deep.equal(states['awaiting-answer']);
    const deciding = transition(states['awaiting-answer']!, events.empty!).state;
    const asked = transition(deciding, { type: 'decided', request: OTHER, id: 'a-2' }).state;
    expect(asked).to.deep.equal({ name: 'awaiting-answer', owed: { request: OTHER, id: 'a-2', misses: 1 } });
  });
});
