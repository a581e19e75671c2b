import { expect } from 'chai';
import type { Task, QueueEntry } from '../../ui/api/types.js';
import { fromLocalInput, localInput } from '../../ui/format/time.js';
import { expressionProblems } from '../../ui/logic/expression-problem.js';
import { grants } from '../../ui/logic/permissions.js';
import { newSpan, spanDraftOf, spanErrors, spanInput } from '../../ui/logic/schedule-draft.js';
import {
  completeDraft,
  draftOf,
  inputOf,
  newDraft,
  patchOf,
  withCondition,
  withExecution,
  withoutSecrets,
} from '../../ui/logic/task-draft.js';
import { pauseOffer, taskOffers } from '../../ui/logic/task-offers.js';

const task = (part: Partial<Task> = {}): Task =>
  ({
    ...{ id: 'd:X:1', device: 'X', group: null, type: 'Reboot', config: {}, configXml: '<config/>' },
    ...{ active: true, anonymous: true, name: '', comment: '', tags: [], executionCondition: '' },
    ...{ automaticRestart: false, repeatOnBootstrap: false, appliesToSubgroups: false },
    ...{ transientReport: false, schedule: null, scheduleText: 'always', scheduleConnection: false },
    ...{
      expiry: null,
      logLevel: 'INFO',
      priority: 10,
      minInterval: 0,
      resumeAfterDisconnect: 0,
      domain: '/',
      bloodline: '',
    },
    ...{ properties: [], alerts: [], rollout: null, user: 'admin', version: 1 },
    ...part,
  }) as unknown as Task;

describe('The settings of a task in the editor', () => {
  it('come back to the server as they were read', () => {
    const read = task({
      schedule: {
        description: 'd',
        start: '2026-11-25T10:00:00.000Z',
        end: null,
        zone: 'Europe/Berlin',
        map: 'f'.repeat(168),
      },
      scheduleConnection: true,
      expiry: '2026-12-01T00:00:30.000Z',
      executionCondition: '${true}',
      automaticRestart: true,
      bloodline: 'wifi',
      properties: [
        { name: 'a', value: '${device.id}', expression: true },
        { name: 'b', value: '••••••', secret: true },
      ],
      alerts: [{ type: 'failed', caption: 'c', severity: 1_000, on: 'WARNING' }],
      priority: -3,
      minInterval: 60,
      resumeAfterDisconnect: 3,
    });
    expect(patchOf(draftOf(read))).to.deep.include({
      execute: 'once-and-repeat',
      executionCondition: '${true}',
      automaticRestart: true,
      schedule: read.schedule,
      scheduleConnection: true,
      expiry: '2026-12-01T00:00:30.000Z',
      bloodline: 'wifi',
      properties: read.properties,
      alerts: read.alerts,
      priority: -3,
      minInterval: 60,
      resumeAfterDisconnect: 3,
      domain: '/',
    });
    expect(patchOf(draftOf(task({ schedule: { ref: 'nights-home' } }))).schedule).to.deep.equal({
      ref: 'nights-home',
    });
    expect(patchOf(draftOf(task()))).to.deep.include({ schedule: null, expiry: null, execute: 'once' });
  });

  it('leave out what has its default from the server, and name the target', () => {
    const input = inputOf(newDraft('Reboot', '<config/>'), { group: 'root.a' }, 'none');
    expect(input).to.include({ group: 'root.a', type: 'Reboot', connect: 'none' });
    expect(input).to.not.have.any.keys('priority', 'domain', 'device');
  });

  it('expire at a time or after a duration; what is odd goes as it is', () => {
    const draft = newDraft('Reboot', '');
    expect(patchOf({ ...draft, expiry: 'after', expiryAfter: '90', expiryUnit: 'M' }).expiry).to.equal(
      'PT90M',
    );
    expect(patchOf({ ...draft, expiry: 'after', expiryAfter: '2', expiryUnit: 'D' }).expiry).to.equal('P2D');
    expect(patchOf({ ...draft, expiry: 'at', expiryAt: '' }).expiry).to.equal('');
  });

  it('switch automatic restart on when a condition is entered for repeating by nothing', () => {
    const repeating = { ...newDraft('Reboot', ''), execute: 'once-and-repeat' as const };
    expect(withCondition(repeating, 'x').automaticRestart).to.equal(true);
    expect(withCondition({ ...repeating, repeatOnBootstrap: true }, 'x').automaticRestart).to.equal(false);
    expect(withCondition(newDraft('Reboot', ''), 'x').automaticRestart).to.equal(false);
    // Who takes it off again while typing meant it.
    expect(withCondition({ ...repeating, executionCondition: 'x' }, 'xy').automaticRestart).to.equal(false);
  });

  it('drop what repeats when the task shall run once', () => {
    const draft = withExecution({ ...newDraft('Reboot', ''), repeatOnBootstrap: true }, 'once-and-repeat');
    expect(draft).to.include({ automaticRestart: true, repeatOnBootstrap: true });
    expect(withExecution(draft, 'once')).to.include({ automaticRestart: false, repeatOnBootstrap: false });
  });

  it('take up a draft that an older console kept, without the secrets of properties', () => {
    expect(completeDraft({ type: 'Reboot', name: 'old' })).to.deep.include({
      name: 'old',
      schedule: 'always',
    });
    const kept = withoutSecrets({
      ...newDraft('Reboot', ''),
      properties: [
        { name: 'wifiPassword', value: 'treasure' },
        { name: 'plan', value: 'gold' },
      ],
    });
    expect(kept.properties).to.deep.equal([
      { name: 'wifiPassword', value: '' },
      { name: 'plan', value: 'gold' },
    ]);
  });
});

describe('A schedule in the editor', () => {
  it('goes to the server as it came', () => {
    const span = {
      ...{ description: 'x', start: '2026-11-25T10:15:00.000Z', end: '2026-11-26T10:15:20.000Z' },
      ...{ zone: '', map: '0'.repeat(168) },
    };
    expect(spanInput(spanDraftOf(span))).to.deep.equal(span);
    expect(spanInput(newSpan())).to.deep.include({ start: null, end: null, zone: '' });
  });

  it('holds times to the second for the fields of the browser', () => {
    for (const time of ['2026-11-25T10:15:00.000Z', '2026-02-03T04:05:06.000Z'])
      expect(fromLocalInput(localInput(time))).to.equal(time);
    expect(localInput(null)).to.equal('');
    expect(fromLocalInput('soon')).to.equal(null);
  });

  it('takes the messages of the server that are about its own fields', () => {
    const errors = { '/schedule/end': 'must be after the start', '/name': 'x' };
    expect(spanErrors(errors, '/schedule')).to.deep.equal({ end: 'must be after the start' });
    expect(spanErrors({ '/zone': 'y' })).to.deep.equal({ zone: 'y' });
  });
});

describe('A problem of an expression', () => {
  it('stands on the word at the column that the server names', () => {
    const text = '${device.seral}';
    const [problem] = expressionProblems(text, 'device has no "seral" (column 10)');
    expect(text.slice(problem?.from, problem?.to)).to.equal('seral');
  });

  it('stands on all of it without a column, at its end behind the last one, and nowhere without a message', () => {
    expect(expressionProblems('abc', 'is wrong')[0]).to.include({ from: 0, to: 3 });
    expect(expressionProblems('abc', 'ends too early (column 9)')[0]).to.include({ from: 2, to: 3 });
    expect(expressionProblems('abc', '')).to.deep.equal([]);
  });
});

describe('What the console offers', () => {
  const entry = (part: Partial<QueueEntry>): QueueEntry =>
    ({
      position: 1,
      status: 'NOT_STARTED',
      reason: null,
      execution: null,
      task: task(),
      ...part,
    }) as QueueEntry;
  const group = task({ id: 'g:root:1', device: null, group: 'root' });
  const all = () => true;

  it('is what a held permission, or a node above it, gives', () => {
    expect(grants(['tasks'], 'tasks.rerun')).to.equal(true);
    expect(grants(['tasks.rerun'], 'tasks.rerunAll')).to.equal(false);
  });

  it('leads to the group in place of editing for a task of a group', () => {
    const names = taskOffers(entry({ task: group }), all).map((one) => one.name);
    expect(names).to.include.members(['group', 'restart', 'pause', 'copy']);
    expect(names).to.not.include.members(['edit']).and.not.include('delete');
  });

  it('is only reading for who may only read', () => {
    const names = taskOffers(entry({}), () => false).map((one) => one.name);
    expect(names).to.deep.equal(['executions', 'editions', 'rehearse']);
  });

  it('is no pause of a one-off task that has run, nor a resume of what a group is paused for', () => {
    const reason = {
      code: 'paused',
      at: null,
      holder: null,
      overriddenBy: null,
      group: null,
      text: '',
    } as const;
    expect(pauseOffer(entry({ task: group, status: 'SUCCESS' }), all)).to.equal(null);
    expect(
      pauseOffer(entry({ task: { ...group, automaticRestart: true }, status: 'SUCCESS' }), all)?.name,
    ).to.equal('pause');
    expect(pauseOffer(entry({ task: group, reason }), all)?.name).to.equal('resume');
    expect(pauseOffer(entry({ task: group, reason: { ...reason, group: 'root.a' } }), all)).to.equal(null);
    expect(pauseOffer(entry({}), all)).to.equal(null);
  });
});
