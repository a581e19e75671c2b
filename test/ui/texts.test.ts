import { expect } from 'chai';
import type { ConnectionRequest, Queue, QueueEntry, QueueReason, Task } from '../../ui/api/types.js';
import { faultText } from '../../ui/texts/faults.js';
import { comesByItself, outcomeSentence, OUTCOMES } from '../../ui/texts/outcomes.js';
import { holderSentence, nextSession } from '../../ui/texts/reasons.js';
import { statusOf } from '../../ui/texts/statuses.js';

const now = new Date(2026, 10, 22, 20, 14, 5).getTime();

const task = (id: string, type = 'SetValues'): Task =>
  ({
    ...{ id, type, device: 'X', group: null, active: true, anonymous: true, name: '', config: {}, tags: [] },
    ...{ bloodline: 'wifi', expiry: null },
  }) as unknown as Task;

function entry(
  part: Partial<Omit<QueueEntry, 'reason'>> & { reason?: Partial<QueueReason> | null },
): QueueEntry {
  return {
    position: 2,
    task: task('d:X:2'),
    execution: null,
    status: 'NOT_STARTED',
    due: false,
    resumes: false,
    holds: false,
    ...part,
  } as unknown as QueueEntry;
}

const holder = entry({
  position: 1,
  task: task('d:X:1', 'FirmwareUpgrade'),
  status: 'IN_PROGRESS',
  resumes: true,
  holds: true,
  execution: { stage: 'waiting', startTime: new Date(now - 720_000).toISOString() } as never,
});
const queue = { device: 'X', at: '', holder: 'd:X:1', entries: [holder, entry({})] } as unknown as Queue;

describe('What the console says', () => {
  for (const [reason, text] of [
    [null, 'Runs in the next session'],
    [{ code: 'waits-for-holder', holder: 'd:X:1' }, 'Waits for task 1'],
    [
      { code: 'min-interval', at: new Date(now + 720_000).toISOString() },
      'Waits: min. interval, earliest 20:26 (in 12 min)',
    ],
    [{ code: 'inactive' }, 'Inactive: it does not run until it is activated'],
    [{ code: 'unmanaged' }, 'Waits: management is off for this device'],
    [
      { code: 'condition-failed', text: 'no "seral"' },
      'Condition failed: no "seral". It counts as not met until it is corrected',
    ],
    [
      { code: 'condition-failed', text: 'Its condition could not be evaluated: column 10: no "seral".' },
      'Condition failed: column 10: no "seral". It counts as not met until it is corrected',
    ],
    [
      { code: 'outside-schedule', at: new Date(now + 720_000).toISOString() },
      'Waits: outside schedule, next slot 20:26 (in 12 min)',
    ],
    [{ code: 'outside-schedule', at: null }, 'Waits: outside schedule, no slot is left before it ends'],
    [
      { code: 'overridden', overriddenBy: 'd:X:1' },
      'Overridden by d:…:1 (device task, number 1, bloodline wifi)',
    ],
    [{ code: 'overridden', overriddenBy: 'g:root:9' }, 'Overridden by g:root:9 (bloodline wifi)'],
    [{ code: 'paused', group: null }, 'Paused on this device'],
    [{ code: 'paused', group: 'root.a' }, 'Paused for the group root.a'],
    [{ code: 'expired' }, 'Expired before it began. Edit its expiry to run it'],
  ] as const) {
    it(`says of the next session: ${text}`, () => {
      expect(nextSession(entry({ reason: reason }), queue, now)).to.equal(text);
    });
  }

  it('says of a finished task how it can run again', () => {
    const text = nextSession(entry({ reason: { code: 'finished' }, status: 'SUCCESS' }), queue, now);
    expect(text).to.match(/^Finished.*Restart to run it$/);
  });

  it('has words for every reason that the server may give', () => {
    const codes = [
      'finished',
      'expired',
      'not-yet',
      'schedule-ended',
      'outside-schedule',
      'min-interval',
      'condition-not-met',
      'condition-failed',
      'inactive',
      'overridden',
      'paused',
      'waits-for-holder',
      'unmanaged',
      'already-ran',
    ] as const;
    const texts = codes.map((code) => nextSession(entry({ reason: { code } }), queue, now));
    expect(new Set(texts).size).to.equal(codes.length);
  });

  it('names what the holder of the list waits for, and since when', () => {
    expect(holderSentence(holder, now)).to.equal(
      'holds the list: waits until TransferComplete comes, since 20:02. The tasks below wait for it.',
    );
  });

  it('says of a loser that the winner has finished, which still counts', () => {
    const finished = { ...holder, status: 'SUCCESS', holds: false } as const;
    const after = { ...queue, entries: [finished] } as unknown as Queue;
    const reason = { code: 'overridden', overriddenBy: 'd:X:1' } as const;
    expect(nextSession(entry({ reason }), after, now)).to.contain('finished, which still counts');
  });

  it('marks a task that is paused or overridden here', () => {
    expect(statusOf(entry({ reason: { code: 'paused' } }), false).word).to.equal('Paused here');
    expect(statusOf(entry({ reason: { code: 'overridden' } }), false).word).to.equal('Overridden');
  });

  it('tells a parked task from a running one', () => {
    expect(statusOf(holder, false).word).to.equal('Waiting for the transfer');
    expect(statusOf(holder, true).word).to.equal('Running');
  });

  it('has a sentence and advice with the number for each fault of TR-069 from 9000 to 9019', () => {
    for (let code = 9000; code <= 9019; code += 1) {
      const { text, advice } = faultText(code, 'x');
      expect(text, String(code)).to.contain(String(code));
      expect(advice, String(code)).to.not.equal('');
    }
  });

  it('keeps the own words of a device for a vendor’s fault', () => {
    expect(faultText(9801, 'Flash is locked').text).to.equal('Flash is locked (9801, vendor’s own)');
  });

  it('says what the file server saw of a failed download', () => {
    const transfer = {
      kind: 'download',
      requests: 0,
      bytes: 0,
      size: 10,
      status: null,
      firstRequestAt: null,
      completedAt: null,
      resource: null,
    } as const;
    expect(faultText(9010, '', { transfer }).text).to.contain('it never asked');
    expect(faultText(9010, '', { transfer: { ...transfer, requests: 1, bytes: 5 } }).text).to.contain(
      '5 B of 10 B',
    );
  });

  it('always says when a device that cannot be called comes by itself', () => {
    const next = new Date(now + 1_800_000).toISOString();
    for (const outcome of [
      'unreachable',
      'timeout',
      'refused-401',
      'no-url',
      'busy-503',
      'accepted-no-session',
    ] as const) {
      const request = { outcome, attempts: [], nextAttemptAt: null } as unknown as ConnectionRequest;
      expect(outcomeSentence(request, next, now), outcome).to.contain('about 20:44');
      expect(OUTCOMES[outcome].word).to.not.equal('');
    }
    expect(comesByItself(null, now)).to.contain('not known');
  });
});
