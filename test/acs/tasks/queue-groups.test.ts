import { expect } from 'chai';
import fc from 'fast-check';
import { bloodlineWinners } from '../../../acs/tasks/bloodline.js';
import { newExecution } from '../../../acs/tasks/execution-record.js';
import { queue, type NotDue, type QueueEntry, type QueueInput } from '../../../acs/tasks/queue.js';
import { weekMapOf } from '../../../acs/tasks/schedules/week-map.js';
import type { ExecutionRecord } from '../../../store/models/execution.js';
import type { ScheduleSpan } from '../../../store/models/schedule.js';
import type { TaskRecord } from '../../../store/models/task.js';
import { makeTask } from './make-task.js';

/** A Thursday, 12:00 UTC. */
const T0 = new Date('2026-01-01T12:00:00Z');
const minutes = (count: number): Date => new Date(T0.getTime() + count * 60_000);
const DEVICE: QueueInput['device'] = {
  _id: 'D',
  managed: true,
  domain: '/org/',
  groups: ['root.cwmp.lab', 'root.region.north'],
};
const GROUP_PRIORITY: Readonly<Record<string, number>> = { 'root.cwmp.lab': 5, 'root.region.north': 9 };

const deviceTask = (suffix: string, fields: Partial<TaskRecord> = {}): TaskRecord =>
  makeTask(`d:D:${suffix}`, { device: 'D', ...fields });
const groupTask = (group: string, suffix: string, fields: Partial<TaskRecord> = {}): TaskRecord =>
  makeTask(`g:${group}:${suffix}`, { device: null, group, appliesToSubgroups: true, ...fields });
const report = (of: TaskRecord, fields: Partial<ExecutionRecord>): ExecutionRecord => ({
  ...newExecution(of, 'D', T0),
  ...fields,
});

function entries(tasks: TaskRecord[], input: Partial<QueueInput> = {}): QueueEntry[] {
  const priorityOf = (group: string): number => GROUP_PRIORITY[group] ?? 0;
  return queue({ device: DEVICE, tasks, executions: [], at: T0, priorityOf, ...input });
}

const shown = (all: QueueEntry[]): string[] =>
  all.map(({ task, reason }) => `${task._id} ${reason ? word(reason) : 'due'}`);
const word = ({ code, task, group }: NotDue): string => [code, task ?? group].filter(Boolean).join(' ');

describe('the worked example of tasks.md §2.4', () => {
  const monday = (days: number): Date => new Date(Date.UTC(2025, 11, 1 + days));
  const refresher = groupTask('root', 'datamodelRefresher', {
    priority: 1,
    createdAt: new Date('2020-01-01'),
  });
  const lab = groupTask('root.cwmp.lab', '3', { createdAt: monday(0), bloodline: 'wifi' });
  const north = groupTask('root.region.north', '1', { createdAt: monday(1), bloodline: 'wifi' });
  const seventh = deviceTask('7', { priority: 20, createdAt: monday(2), bloodline: 'wifi' });
  const fourth = deviceTask('4', { createdAt: monday(3) });
  const directOnly = groupTask('root.cwmp', '2', { createdAt: monday(4), appliesToSubgroups: false });
  const monitoring = groupTask('root.monitoring', 'MonitoringTask', {
    priority: 100,
    createdAt: new Date('2016-01-01'),
  });
  const tasks = [monitoring, directOnly, fourth, seventh, north, lab, refresher];

  it('lists the refresher, the plain device task and the device task that wins its bloodline, in that order', () => {
    expect(shown(entries(tasks))).to.deep.equal([
      'g:root:datamodelRefresher due',
      'd:D:4 due',
      'd:D:7 due',
      'g:root.cwmp.lab:3 overridden d:D:7',
      'g:root.region.north:1 overridden d:D:7',
    ]);
  });

  it('lets the group with the higher priority win where no device task claims the bloodline', () => {
    expect(shown(entries([lab, north]))).to.deep.equal([
      'g:root.region.north:1 due',
      'g:root.cwmp.lab:3 overridden g:root.region.north:1',
    ]);
  });

  it('lists the monitoring last once the device is in its group', () => {
    const device = { ...DEVICE, groups: [...DEVICE.groups, 'root.monitoring'] };
    expect(shown(entries(tasks, { device }))[3]).to.equal('g:root.monitoring:MonitoringTask due');
  });

  it('pins an upgrade that is parked and blocking, and serves nothing else', () => {
    const executions = [report(fourth, { status: 'IN_PROGRESS', blocking: true, startTime: T0 })];
    expect(shown(entries(tasks, { executions })).slice(0, 3)).to.deep.equal([
      'd:D:4 due',
      'g:root:datamodelRefresher waits-for-holder d:D:4',
      'd:D:7 waits-for-holder d:D:4',
    ]);
  });
});

describe('which group tasks concern a device', () => {
  it('are those of its own groups, and those above that apply to subgroups, each once', () => {
    const both = groupTask('root', '1');
    expect(shown(entries([both, groupTask('root', '2', { appliesToSubgroups: false })]))).to.deep.equal([
      'g:root:1 due',
    ]);
    expect(shown(entries([groupTask('root.cwmp.lab', '1', { appliesToSubgroups: false })]))).to.deep.equal([
      'g:root.cwmp.lab:1 due',
    ]);
    // No ancestor, though its name begins alike.
    expect(entries([groupTask('root.cw', '1'), groupTask('root.cwmp.lab.deep', '1')])).to.deep.equal([]);
  });

  for (const [domain, reaches] of [
    ['/', true],
    ['/org/', true],
    ['/org/below/', false],
    ['/other/', false],
  ] as const)
    it(`${reaches ? 'are' : 'are not'} those of the domain ${domain} for a device in /org/`, () => {
      expect(entries([groupTask('root', '1', { domain })])).to.have.length(reaches ? 1 : 0);
    });

  it('do not depend on the domain where the task is the device’s own', () => {
    expect(shown(entries([deviceTask('1', { domain: '/other/' })]))).to.deep.equal(['d:D:1 due']);
  });

  it('leave out inactive ones and those paused for the device or for a group that it is in', () => {
    const one = groupTask('root', '1');
    const executions = [report(one, { paused: { user: 'u', at: T0 } })];
    expect(shown(entries([one], { executions }))).to.deep.equal(['g:root:1 paused']);
    for (const group of ['root.region', 'root.region.north'])
      expect(shown(entries([{ ...one, pausedGroups: [group] }]))).to.deep.equal([`g:root:1 paused ${group}`]);
    expect(shown(entries([{ ...one, pausedGroups: ['root.region.south'] }]))).to.deep.equal(['g:root:1 due']);
    expect(shown(entries([{ ...one, active: false }]))).to.deep.equal(['g:root:1 inactive']);
  });

  it('hold the queue no longer when they are paused', () => {
    const [holder, other] = [groupTask('root', '1'), deviceTask('1')];
    const held = report(holder, { status: 'IN_PROGRESS', blocking: true, startTime: T0 });
    expect(shown(entries([holder, other], { executions: [held] }))[1]).to.match(/waits-for-holder/);
    const paused = { ...held, paused: { user: 'u', at: T0 } };
    expect(shown(entries([holder, other], { executions: [paused] }))).to.deep.equal([
      'd:D:1 due',
      'g:root:1 paused',
    ]);
  });
});

describe('a bloodline', () => {
  const wifi = { bloodline: 'wifi' };
  it('is decided before status: a finished device task keeps suppressing the group task', () => {
    const mine = deviceTask('1', wifi);
    const executions = [report(mine, { status: 'SUCCESS', startTime: T0, finishTime: T0 })];
    expect(shown(entries([mine, groupTask('root', '1', wifi)], { executions }))).to.deep.equal([
      'd:D:1 finished',
      'g:root:1 overridden d:D:1',
    ]);
  });

  it('is decided before schedule and condition', () => {
    const mine = deviceTask('1', { ...wifi, executionCondition: '${false}' });
    const group = groupTask('root', '1', wifi);
    expect(shown(entries([mine, group], { condition: () => 'not-met' }))).to.deep.equal([
      'd:D:1 condition-not-met',
      'g:root:1 overridden d:D:1',
    ]);
  });

  it('is not claimed by an inactive, a paused or an out-of-domain override', () => {
    const group = groupTask('root', '1', wifi);
    expect(shown(entries([deviceTask('1', { ...wifi, active: false }), group]))[0]).to.equal('g:root:1 due');
    const paused = groupTask('root.region.north', '1', { ...wifi, pausedGroups: ['root.region'] });
    expect(shown(entries([paused, group]))[0]).to.equal('g:root:1 due');
    expect(
      shown(entries([groupTask('root.region.north', '1', { ...wifi, domain: '/x/' }), group])),
    ).to.deep.equal(['g:root:1 due']);
  });

  it('leaves tasks without one alone', () => {
    expect(shown(entries([deviceTask('1'), groupTask('root', '1')]))).to.deep.equal([
      'd:D:1 due',
      'g:root:1 due',
    ]);
  });

  for (const [words, winner, loser] of [
    ['the deeper group', groupTask('root.region.north.x', '1', wifi), groupTask('root.region', '1', wifi)],
    ['the smaller priority', groupTask('a', '1', { ...wifi, priority: 1 }), groupTask('b', '1', wifi)],
    [
      'the later creation',
      groupTask('a', '1', { ...wifi, createdAt: minutes(1) }),
      groupTask('b', '1', wifi),
    ],
    ['the smaller id', groupTask('a', '9', wifi), groupTask('a', '10', wifi)],
    [
      'of two device tasks the smaller priority',
      deviceTask('2', { ...wifi, priority: 1 }),
      deviceTask('1', wifi),
    ],
    [
      'of two device tasks the later one',
      deviceTask('2', { ...wifi, createdAt: minutes(1) }),
      deviceTask('1', wifi),
    ],
    [
      'a device task, however high its number',
      deviceTask('1', { ...wifi, priority: 99 }),
      groupTask('a', '1', wifi),
    ],
  ] as const)
    it(`goes, all before being equal, to ${words}`, () => {
      for (const tasks of [
        [winner, loser],
        [loser, winner],
      ])
        expect(bloodlineWinners(tasks, () => 0).get('wifi')?._id).to.equal(winner._id);
    });

  it('goes to the higher group priority before depth', () => {
    const tasks = [groupTask('a.b.c', '1', wifi), groupTask('z', '1', wifi)];
    expect(bloodlineWinners(tasks, (group) => (group === 'z' ? 1 : 0)).get('wifi')?._id).to.equal('g:z:1');
  });
});

describe('the tests of tasks.md §2.5, in their order', () => {
  const noon: ScheduleSpan = {
    description: '',
    start: null,
    end: null,
    zone: 'UTC',
    map: weekMapOf(() => [{ from: 48, to: 49 }]),
  };
  const one = (fields: Partial<TaskRecord>, input: Partial<QueueInput> = {}): NotDue | null | undefined =>
    entries([deviceTask('1', fields)], input)[0]?.reason;
  const ran = (fields: Partial<ExecutionRecord>): Partial<QueueInput> => ({
    executions: [report(deviceTask('1'), { startTime: minutes(-60), ...fields })],
  });

  it('1: a run in progress goes on whatever schedule, interval, expiry and condition say', () => {
    const fields = {
      schedule: { ...noon, end: minutes(-5) },
      minInterval: 100_000,
      expiry: minutes(-1),
      executionCondition: 'x',
    };
    const input = {
      ...ran({ status: 'IN_PROGRESS', finishTime: minutes(-1) }),
      condition: () => 'not-met' as const,
    };
    expect(one(fields, input)).to.equal(null);
  });

  it('2: a finished one does not run again, whatever its schedule', () => {
    expect(one({ schedule: { ...noon, end: minutes(-5) } }, ran({ status: 'ERROR' }))).to.deep.equal({
      code: 'finished',
    });
    expect(one({ automaticRestart: true }, ran({ status: 'ERROR' }))).to.equal(null);
  });

  it('3: it waits for the start of its schedule, and is over with its end', () => {
    expect(one({ schedule: { ...noon, start: minutes(30), map: noon.map } })).to.deep.equal({
      code: 'not-yet',
      at: new Date('2026-01-02T12:00:00Z'),
    });
    expect(one({ schedule: { ...noon, end: T0 } })).to.deep.equal({ code: 'schedule-ended' });
    expect(one({ schedule: { ...noon, start: T0 } })).to.equal(null);
  });

  it('4: it waits for an allowed slot', () => {
    expect(one({ schedule: noon }, { at: minutes(15) })).to.deep.equal({
      code: 'outside-schedule',
      at: new Date('2026-01-02T12:00:00Z'),
    });
    expect(one({ schedule: noon }, { at: minutes(14) })).to.equal(null);
  });

  it('4: it follows a predefined schedule, and waits when there is no such schedule', () => {
    const schedules = new Map([['nights', noon]]);
    expect(one({ schedule: { ref: 'nights' } }, { schedules })).to.equal(null);
    expect(one({ schedule: { ref: 'nights' } }, { schedules, at: minutes(15) })?.code).to.equal(
      'outside-schedule',
    );
    expect(one({ schedule: { ref: 'gone' } }, { schedules })).to.deep.equal({
      code: 'outside-schedule',
      detail: 'There is no schedule gone',
    });
  });

  it('5: the interval counts from the finish, and comes after the schedule', () => {
    const repeating = { automaticRestart: true, minInterval: 600 };
    const input = ran({ status: 'SUCCESS', finishTime: minutes(-5) });
    expect(one(repeating, input)).to.deep.equal({ code: 'min-interval', at: minutes(5) });
    expect(one({ ...repeating, schedule: noon }, { ...input, at: minutes(20) })?.code).to.equal(
      'outside-schedule',
    );
    expect(one(repeating, { ...input, at: minutes(5) })).to.equal(null);
  });

  it('6: the condition is asked last, and never for what fails before', () => {
    let asked = 0;
    const condition = () => {
      asked += 1;
      return 'not-met' as const;
    };
    const conditional = { executionCondition: '${cwmp.bootEvent}' };
    expect(one({ ...conditional, schedule: { ...noon, end: T0 } }, { condition })?.code).to.equal(
      'schedule-ended',
    );
    expect(asked).to.equal(0);
    expect(one(conditional, { condition })).to.deep.equal({ code: 'condition-not-met' });
    expect(one(conditional, { condition: () => ({ failed: 'why' }) })).to.deep.equal({
      code: 'condition-failed',
      detail: 'why',
    });
    expect(one(conditional, { condition: () => 'met' })).to.equal(null);
    expect(entries([deviceTask('1', conditional)])[0]).to.include({ due: true, conditionOpen: true });
  });

  it('says that a task expired which had not begun in time', () => {
    expect(one({ expiry: T0 })).to.deep.equal({ code: 'expired' });
    expect(one({ expiry: minutes(1) })).to.equal(null);
    expect(one({ expiry: T0 }, ran({ status: 'SUCCESS' }))).to.deep.equal({ code: 'finished' });
  });
});

describe('a rerun of a group task', () => {
  const rerun = groupTask('root', '1', { lastRestartTime: T0 });
  const failed = groupTask('root', '1', { lastFailedRestartTime: T0 });
  const state = (task: TaskRecord, fields: Partial<ExecutionRecord>): string | undefined => {
    const [entry] = entries([task], { executions: [report(task, fields)] });
    return entry && `${entry.status} ${entry.reason?.code ?? 'due'}`;
  };

  it('outdates every report whose run began before it', () => {
    for (const status of ['SUCCESS', 'WARNING', 'ERROR', 'IN_PROGRESS'] as const) {
      expect(state(rerun, { status, startTime: minutes(-1), finishTime: minutes(5) })).to.equal(
        'NOT_STARTED due',
      );
      expect(state(rerun, { status, startTime: T0, finishTime: minutes(5) })).to.equal(
        status === 'IN_PROGRESS' ? 'IN_PROGRESS due' : `${status} finished`,
      );
    }
  });

  it('of those that failed outdates reports with ERROR that ended before it, and no others', () => {
    const begun = { startTime: minutes(-9) };
    expect(state(failed, { status: 'ERROR', finishTime: minutes(-1), ...begun })).to.equal('NOT_STARTED due');
    expect(state(failed, { status: 'ERROR', finishTime: T0, ...begun })).to.equal('ERROR finished');
    expect(state(failed, { status: 'WARNING', finishTime: minutes(-1), ...begun })).to.equal(
      'WARNING finished',
    );
    expect(state(failed, { status: 'SUCCESS', finishTime: minutes(-1), ...begun })).to.equal(
      'SUCCESS finished',
    );
    expect(state(failed, { status: 'IN_PROGRESS', ...begun })).to.equal('IN_PROGRESS due');
  });

  it('makes a parked run hold the queue no longer, and subjects the task to all tests again', () => {
    const late = {
      ...rerun,
      schedule: { description: '', start: null, end: T0, zone: 'UTC', map: 'f'.repeat(168) },
    };
    const executions = [report(rerun, { status: 'IN_PROGRESS', blocking: true, startTime: minutes(-1) })];
    expect(shown(entries([late, deviceTask('1', { priority: 99 })], { executions }))).to.deep.equal([
      'g:root:1 schedule-ended',
      'd:D:1 due',
    ]);
  });

  it('clears the waiting time of min. interval', () => {
    const repeating = { ...rerun, automaticRestart: true, minInterval: 3600 };
    const before = { status: 'SUCCESS', startTime: minutes(-2), finishTime: minutes(-1) } as const;
    expect(state(repeating, before)).to.equal('NOT_STARTED due');
    expect(state({ ...repeating, lastRestartTime: null }, before)).to.equal('SUCCESS min-interval');
  });
});

describe('bloodlines and filters, for any tasks', () => {
  const groups = ['root', 'root.a', 'root.a.b', 'root.c', 'other'];
  const anyTask = fc.record({
    target: fc.constantFrom(null, ...groups),
    number: fc.nat(500),
    priority: fc.integer({ min: 0, max: 2 }),
    created: fc.nat(2),
    bloodline: fc.constantFrom('', 'x', 'y'),
    active: fc.boolean(),
    appliesToSubgroups: fc.boolean(),
    paused: fc.constantFrom(null, ...groups),
    domain: fc.constantFrom('/', '/org/', '/x/'),
  });
  const any = fc.record({
    tasks: fc.uniqueArray(anyTask, {
      selector: ({ target, number }) => `${target}:${number}`,
      maxLength: 10,
    }),
    direct: fc.subarray(groups),
    priorities: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 5, maxLength: 5 }),
  });

  it('leave one survivor a bloodline, which no other of it beats, and say of all others who does', () => {
    fc.assert(
      fc.property(any, ({ tasks: given, direct, priorities }) => {
        const tasks = given.map(({ target, number, created, paused, ...fields }) =>
          makeTask(target === null ? `d:D:${number}` : `g:${target}:${number}`, {
            ...fields,
            device: target === null ? 'D' : null,
            group: target,
            createdAt: minutes(created),
            pausedGroups: paused === null ? [] : [paused],
          }),
        );
        const priorityOf = (group: string): number => priorities[groups.indexOf(group)] ?? 0;
        const list = entries(tasks, { device: { ...DEVICE, groups: direct }, priorityOf });
        const seen = new Set<string>();
        for (const { task, position, reason } of list) {
          if (position === null) continue;
          expect(task.active).to.equal(true);
          if (task.group !== null) {
            const member = direct.includes(task.group);
            const below = direct.some((group) => `${group}.`.startsWith(`${task.group!}.`));
            expect(member || (task.appliesToSubgroups && below)).to.equal(true);
            expect('/org/'.startsWith(task.domain)).to.equal(true);
          }
          expect(reason).to.equal(null);
          if (task.bloodline === '') continue;
          expect(seen.has(task.bloodline)).to.equal(false);
          seen.add(task.bloodline);
        }
        for (const { task, reason } of list) {
          if (reason?.code !== 'overridden') continue;
          const winner = list.find((entry) => entry.task._id === reason.task)!;
          expect(winner.position).not.to.equal(null);
          expect(winner.task.bloodline).to.equal(task.bloodline);
          if (winner.task.group !== null) {
            expect(task.group).not.to.equal(null);
            expect(priorityOf(winner.task.group)).to.be.at.least(priorityOf(task.group!));
          }
        }
      }),
    );
  });
});
