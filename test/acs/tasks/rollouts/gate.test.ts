import { expect } from 'chai';
import { newExecution } from '../../../../acs/tasks/execution-record.js';
import { queue } from '../../../../acs/tasks/queue.js';
import { mayBeLetIn } from '../../../../acs/tasks/rollouts/gate.js';
import { position } from '../../../../acs/tasks/rollouts/position.js';
import type { ExecutionRecord } from '../../../../store/models/execution.js';
import type { TaskRecord } from '../../../../store/models/task.js';
import { makeStaged, openedWave, T0 } from './make-staged.js';

const DEVICE = { _id: 'A', managed: true, domain: '/', groups: ['root.g.lab'] };
const AT = position('g:root.g:1', 'A');
const reached = openedWave({ kind: 'percent', percent: 10 }, AT + 0.001);
const missed = openedWave({ kind: 'percent', percent: 10 }, AT);

function entry(task: TaskRecord, execution: Partial<ExecutionRecord> | null = null) {
  const executions = execution ? [{ ...newExecution(task, 'A', T0), ...execution }] : [];
  const [found] = queue({ device: DEVICE, tasks: [task], executions, at: T0 });
  return { due: found!.due, code: found!.reason?.code ?? null, position: found!.position };
}

describe('a task with a rollout in the list of a device', () => {
  it('runs where a wave has reached the device', () => {
    expect(entry(makeStaged([reached]))).to.deep.equal({ due: true, code: null, position: 1 });
  });

  it('keeps its place and waits where none has', () => {
    for (const opened of [[], [missed]])
      expect(entry(makeStaged(opened))).to.deep.equal({ due: false, code: 'wave-not-open', position: 1 });
  });

  it('runs on the members of a group whose wave is open, whatever their position, and of groups below it', () => {
    const wave = openedWave({ kind: 'group', group: 'root.g.lab' }, 0);
    expect(entry(makeStaged([wave]))).to.include({ due: true });
    const other = openedWave({ kind: 'group', group: 'root.g.la' }, 0);
    expect(entry(makeStaged([other]))).to.include({ code: 'wave-not-open' });
  });

  it('begins nowhere while the rollout is paused; a device beyond the waves waits for its wave all the same', () => {
    const state = { phase: 'paused' } as const;
    expect(entry(makeStaged([reached], { state }))).to.include({ due: false, code: 'rollout-paused' });
    expect(entry(makeStaged([missed], { state }))).to.include({ due: false, code: 'wave-not-open' });
  });

  it('goes on with a run that has begun, whatever the rollout says', () => {
    const running = { status: 'IN_PROGRESS', startTime: T0 } as const;
    expect(entry(makeStaged([reached], { state: { phase: 'paused' } }), running)).to.include({ due: true });
  });

  it('is finished where it has run, rather than waiting for a wave', () => {
    expect(entry(makeStaged([missed]), { status: 'SUCCESS', startTime: T0, finishTime: T0 })).to.include({
      code: 'finished',
    });
  });

  it('is not looked at more closely where no wave can reach a device', () => {
    const group = openedWave({ kind: 'group', group: 'root.g.lab' }, AT);
    expect(mayBeLetIn(makeStaged([missed]), 'A')).to.equal(false);
    expect(mayBeLetIn(makeStaged([reached]), 'A')).to.equal(true);
    expect(mayBeLetIn(makeStaged([group]), 'A')).to.equal(true);
    expect(mayBeLetIn(makeStaged([reached], { state: { phase: 'paused' } }), 'A')).to.equal(false);
    expect(mayBeLetIn({ _id: 'g:root.g:1', rolloutState: null }, 'A')).to.equal(true);
  });
});
