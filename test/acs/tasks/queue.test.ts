import { expect } from 'chai';
import fc from 'fast-check';
import { newExecution } from '../../../acs/tasks/execution-record.js';
import { queue, type QueueInput } from '../../../acs/tasks/queue.js';
import { compareTaskIds, compareTasks } from '../../../acs/tasks/task-order.js';
import { EXECUTION_STATUSES, type ExecutionRecord } from '../../../store/models/execution.js';
import type { TaskRecord } from '../../../store/models/task.js';
import { makeTask } from './make-task.js';

const T0 = new Date('2026-01-01T12:00:00Z');
const minutes = (count: number): Date => new Date(T0.getTime() + count * 60_000);

const task = (id: string, fields: Partial<TaskRecord> = {}): TaskRecord =>
  makeTask(`d:X:${id}`, { device: 'X', ...fields });

function report(of: TaskRecord, fields: Partial<ExecutionRecord>): ExecutionRecord {
  return { ...newExecution(of, 'X', T0), ...fields };
}

const DEVICE: QueueInput['device'] = { _id: 'D', managed: true, domain: '/', groups: [] };

function listed(input: Partial<QueueInput>): string[] {
  const given = { device: DEVICE, tasks: [], executions: [], at: T0, ...input };
  return queue(given).map(
    ({ task: { _id }, reason }) => `${_id.replace('d:X:', '')} ${reason ? reason.code : 'due'}`,
  );
}

describe('the order of tasks', () => {
  it('is priority, then creation time, then id with numbers as numbers', () => {
    const tasks = [
      task('10'),
      task('9'),
      task('1', { createdAt: minutes(1) }),
      task('2', { priority: -5, createdAt: minutes(9) }),
      task('name'),
    ];
    expect(listed({ tasks })).to.deep.equal(['2 due', '9 due', '10 due', 'name due', '1 due']);
  });

  it('pins the task that holds the queue first, whatever its priority, and lets the others wait for it', () => {
    const [holder, other] = [task('1', { priority: 99 }), task('2', { priority: 1 })];
    const executions = [report(holder, { status: 'IN_PROGRESS', blocking: true })];
    const entries = queue({ device: DEVICE, tasks: [other, holder], executions, at: T0 });
    expect(entries.map(({ task: { _id }, holds, position }) => [_id, holds, position])).to.deep.equal([
      ['d:X:1', true, 1],
      ['d:X:2', false, 2],
    ]);
    expect(entries[1]?.reason).to.deep.equal({ code: 'waits-for-holder', task: 'd:X:1' });
  });

  it('takes the first in the list when two hold', () => {
    const [first, second] = [task('1', { priority: 1 }), task('2', { priority: 2 })];
    const executions = [first, second].map((one) => report(one, { status: 'IN_PROGRESS', blocking: true }));
    expect(listed({ tasks: [second, first], executions })).to.deep.equal(['1 due', '2 waits-for-holder']);
  });

  for (const [words, fields, parked] of [
    ['a non-blocking park', {}, { blocking: false }],
    ['a repeating task', { automaticRestart: true }, { blocking: true }],
    ['a transient task', { transientReport: true }, { blocking: true }],
    ['an inactive task', { active: false }, { blocking: true }],
    ['a finished task', {}, { blocking: true, status: 'ERROR' }],
  ] as const)
    it(`is not held by ${words}`, () => {
      const [one, other] = [task('1', { priority: 99, ...fields }), task('2')];
      const executions = [report(one, { status: 'IN_PROGRESS', ...parked })];
      expect(listed({ tasks: [one, other], executions })[0]).to.equal('2 due');
    });

  it('puts a wait that lets others go first behind them, until it holds the list or has gone on', () => {
    const [waits, first, second] = [
      task('1', { priority: 1, type: 'XmlTask' }),
      task('2', { priority: 5 }),
      task('3', { priority: 9 }),
    ];
    const tasks = [waits, first, second];
    const parked = (fields: Partial<ExecutionRecord>): ExecutionRecord =>
      report(waits, {
        ...{
          status: 'IN_PROGRESS',
          stage: 'wait',
          checkpoint: { stage: 'wait', state: { othersFirst: true } },
        },
        ...fields,
      });
    expect(listed({ tasks, executions: [parked({})] })).to.deep.equal(['2 due', '3 due', '1 due']);
    for (const fields of [
      { blocking: true },
      { stage: 'running', checkpoint: { stage: 'running', state: { othersFirst: false } } },
      { status: 'SUCCESS' as const },
    ])
      expect(listed({ tasks, executions: [parked(fields)] })[0]).to.match(/^1 /);
  });

  it('lists inactive tasks last and without position', () => {
    const entries = queue({
      device: DEVICE,
      tasks: [task('1', { active: false, priority: 1 }), task('2')],
      executions: [],
      at: T0,
    });
    expect(entries.map(({ task: { _id }, position }) => [_id, position])).to.deep.equal([
      ['d:X:2', 1],
      ['d:X:1', null],
    ]);
  });
});

describe('why a task does not run', () => {
  const once = task('1');
  const repeating = task('1', { automaticRestart: true, minInterval: 600 });
  const cases: [string, Partial<QueueInput>, string][] = [
    ['never ran', { tasks: [once] }, '1 due'],
    ['finished with ERROR', { tasks: [once], executions: [report(once, { status: 'ERROR' })] }, '1 finished'],
    ['was reset', { tasks: [once], executions: [report(once, { status: 'NOT_STARTED' })] }, '1 due'],
    ['device is unmanaged', { tasks: [once], device: { ...DEVICE, managed: false } }, '1 unmanaged'],
    ['had its turn', { tasks: [repeating], ran: new Set(['d:X:1']) }, '1 already-ran'],
    [
      'repeats, its interval not over',
      { tasks: [repeating], executions: [report(repeating, { status: 'SUCCESS', finishTime: minutes(-5) })] },
      '1 min-interval',
    ],
    [
      'repeats, its interval just over',
      { tasks: [repeating], executions: [report(repeating, { status: 'ERROR', finishTime: minutes(-10) })] },
      '1 due',
    ],
    [
      'restarted within its interval',
      {
        tasks: [repeating],
        executions: [report(repeating, { finishTime: minutes(-5), restartedAt: minutes(-1) })],
      },
      '1 due',
    ],
    [
      'reset by a bootstrap within its interval',
      { tasks: [repeating], executions: [report(repeating, { finishTime: minutes(-5) })] },
      '1 min-interval',
    ],
    [
      'in progress within its interval',
      {
        tasks: [repeating],
        executions: [report(repeating, { status: 'IN_PROGRESS', finishTime: minutes(-5) })],
      },
      '1 due',
    ],
    [
      'transient with a report of former times',
      {
        tasks: [task('1', { transientReport: true })],
        executions: [report(once, { status: 'SUCCESS', finishTime: T0 })],
      },
      '1 due',
    ],
  ];
  for (const [words, input, expected] of cases)
    it(`says so for a task that ${words}: ${expected.slice(2)}`, () => {
      expect(listed(input)).to.deep.equal([expected]);
    });

  it('tells when the interval is over', () => {
    const executions = [report(repeating, { status: 'SUCCESS', finishTime: minutes(-5) })];
    const [entry] = queue({ device: DEVICE, tasks: [repeating], executions, at: T0 });
    expect(entry?.reason?.at).to.deep.equal(minutes(5));
  });
});

describe('the order of tasks, for any tasks', () => {
  const anyTask = fc.record({
    suffix: fc.oneof(fc.nat(30).map(String), fc.constantFrom('a', 'b', '007')),
    priority: fc.integer({ min: -2, max: 2 }),
    created: fc.nat(3),
    active: fc.boolean(),
    automaticRestart: fc.boolean(),
    transientReport: fc.boolean(),
    status: fc.constantFrom(...EXECUTION_STATUSES),
    blocking: fc.boolean(),
  });
  const anyTasks = fc.uniqueArray(anyTask, { selector: ({ suffix }) => suffix, maxLength: 12 });

  interface Given extends Pick<TaskRecord, 'priority' | 'active' | 'automaticRestart' | 'transientReport'> {
    suffix: string;
    created: number;
    status: ExecutionRecord['status'];
    blocking: boolean;
  }
  const build = (all: readonly Given[]): { tasks: TaskRecord[]; executions: ExecutionRecord[] } => {
    const tasks = all.map(({ suffix, created, priority, active, automaticRestart, transientReport }) =>
      task(suffix, {
        ...{ priority, active, automaticRestart, transientReport },
        createdAt: minutes(created),
      }),
    );
    const executions = all.map(({ status, blocking }, index) =>
      report(tasks[index]!, { status, blocking, finishTime: T0 }),
    );
    return { tasks, executions };
  };

  it('does not depend on the order in which they are given', () => {
    fc.assert(
      fc.property(anyTasks, fc.infiniteStream(fc.nat()), (all, noise) => {
        const { tasks, executions } = build(all);
        const keys = new Map(tasks.map((one) => [one, noise.next().value ?? 0]));
        const shuffled = tasks.toSorted((a, b) => keys.get(a)! - keys.get(b)!);
        expect(listed({ tasks: shuffled, executions })).to.deep.equal(listed({ tasks, executions }));
      }),
    );
  });

  it('compares ids and tasks as a total order', () => {
    const id = fc
      .oneof(fc.nat(200).map(String), fc.constantFrom('a', 'b10', '01', '1e3'))
      .map((one) => `d:X:${one}`);
    fc.assert(
      fc.property(id, id, id, (a, b, c) => {
        expect(Math.sign(compareTaskIds(a, b))).to.equal(-Math.sign(compareTaskIds(b, a)) + 0);
        if (a !== b) expect(compareTaskIds(a, b)).not.to.equal(0);
        if (compareTaskIds(a, b) < 0 && compareTaskIds(b, c) < 0) expect(compareTaskIds(a, c)).to.be.below(0);
      }),
    );
  });

  it('is worked off from top to bottom: what runs next always stands below what ran', () => {
    fc.assert(
      fc.property(anyTasks, (all) => {
        const { tasks, executions } = build(all);
        const order = queue({ device: DEVICE, tasks, executions, at: T0 });
        const ran = new Set<string>();
        const positions: number[] = [];
        for (;;) {
          const next = queue({ device: DEVICE, tasks, executions, at: T0, ran }).find(({ due }) => due);
          if (!next) break;
          ran.add(next.task._id);
          positions.push(order.find((entry) => entry.task._id === next.task._id)!.position!);
        }
        expect(positions).to.deep.equal(positions.toSorted((a, b) => a - b));
        expect(
          order
            .filter(({ position }) => position !== null)
            .slice(1)
            .every(
              (entry, index, rest) => index === 0 || compareTasks(rest[index - 1]!.task, entry.task) < 0,
            ),
        ).to.equal(true);
      }),
    );
  });

  it('never lets anything run beside a holder, and has exactly one reason for what does not run', () => {
    fc.assert(
      fc.property(anyTasks, (all) => {
        const { tasks, executions } = build(all);
        const entries = queue({ device: DEVICE, tasks, executions, at: T0 });
        for (const entry of entries) expect(entry.due).to.equal(entry.reason === null);
        if (entries.some(({ holds }) => holds)) {
          expect(entries.filter(({ due }) => due)).to.have.length(1);
          expect(entries[0]?.holds).to.equal(true);
        }
      }),
    );
  });
});
