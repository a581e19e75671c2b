import { expect } from 'chai';
import { ConflictError, ValidationError } from '../../../../common/errors.js';
import { CpeFault } from '../../../../acs/cwmp/cpe-fault.js';
import type { RolloutInput } from '../../../../acs/tasks/rollouts/rollout-input.js';
import type { TaskInput } from '../../../../acs/tasks/task-service.js';
import type { TaskRecord } from '../../../../store/models/task.js';
import { event, FakeCpe } from '../fake-cpe.js';
import { Harness, OPERATOR } from '../harness.js';

const read = { parameter: [{ name: 'Device.DeviceInfo.UpTime' }] };
const refusing = (): CpeFault => new CpeFault(9002, 'Internal error');

async function thrown(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => null,
    (error: unknown) => error,
  );
}

describe('rollouts', () => {
  let h: Harness;
  let fleet: FakeCpe[];
  let group: string;
  let count = 0;
  before(async () => {
    h = await Harness.open();
  });
  after(() => h.close());
  beforeEach(async () => {
    count += 1;
    group = `root.r${count}`;
    fleet = Array.from({ length: 12 }, (_, number) => new FakeCpe('Device', `wave-${count}-${number}`));
    for (const one of fleet) {
      await h.meet(one);
      await h.join(one, group);
    }
  });

  /** The one that was made last; those of other tests go on. */
  let staged: TaskRecord;
  const stage = async (rollout: RolloutInput, settings: Partial<TaskInput> = {}): Promise<TaskRecord> => {
    staged = await h.addToGroup(group, 'GetValues', read, { rollout, ...settings });
    return staged;
  };
  const fresh = (task: TaskRecord): Promise<TaskRecord> => h.service.get(task._id);
  const state = async (task: TaskRecord) => (await fresh(task)).rolloutState!;
  const look = (): Promise<boolean> => h.service.rollouts.look(staged, h.clock.now());
  const view = async (task: TaskRecord) => h.service.rollouts.view(await fresh(task));
  /** Every device calls in once; resolves to the ones on which the task ran. */
  const callIn = async (devices = fleet): Promise<FakeCpe[]> => {
    const ran: FakeCpe[] = [];
    for (const one of devices) if ((await h.run(one)).includes('GetParameterValues')) ran.push(one);
    return ran;
  };
  const reason = async (task: TaskRecord, cpe: FakeCpe) =>
    (await h.service.queue(h.id(cpe))).entries.find((one) => one.task._id === task._id)?.reason?.code ?? null;
  const kinds = async (task: TaskRecord): Promise<string[]> =>
    (await h.reports.editionLog({ task: task._id }, { limit: 50 })).items
      .map(({ kind, user }) => `${kind} by ${user}`)
      .toReversed();

  it('let in just the devices of the first wave, at once and in every server', async () => {
    const task = await stage({ waves: [{ kind: 'count', devices: 3 }, { kind: 'rest' }] });
    expect(task.rolloutState).to.deep.include({ phase: 'running' });
    expect(task.rolloutState!.opened).to.have.length(1);
    expect(task.rolloutState!.opened[0]).to.include({ devices: 3, by: 'system' });
    h.crash();
    const ran = await callIn();
    expect(ran).to.have.length(3);
    const waiting = fleet.find((one) => !ran.includes(one))!;
    expect(await reason(task, waiting)).to.equal('wave-not-open');
    expect(await reason(task, ran[0]!)).to.equal('finished');
    expect((await view(task)).figures).to.deep.equal([{ SUCCESS: 3 }, {}]);
  });

  it('open the next wave after the soak time when enough ended well, and the devices that had nothing to do see it', async () => {
    const task = await stage({
      waves: [{ kind: 'percent', percent: 25 }, { kind: 'percent', percent: 25 }, { kind: 'rest' }],
      soak: 'PT2H',
      minEnded: 100,
    });
    expect(await callIn()).to.have.length(3);
    expect(await look()).to.equal(false);
    h.clock.advance(2 * 3_600_000);
    expect(await look()).to.equal(true);
    expect(await look(), 'it soaks').to.equal(false);
    expect((await state(task)).opened.map(({ devices }) => devices)).to.deep.equal([3, 3]);
    expect(await callIn()).to.have.length(3);
    h.clock.advance(2 * 3_600_000);
    await look();
    expect(await callIn()).to.have.length(6);
    expect(await callIn()).to.have.length(0);
    const { next, figures } = await view(task);
    expect(next).to.equal(null);
    expect(figures).to.deep.equal([{ SUCCESS: 3 }, { SUCCESS: 3 }, { SUCCESS: 6 }]);
    expect(await kinds(task)).to.deep.equal([
      'created by operator',
      'modified by system',
      'modified by system',
      'modified by system',
    ]);
  });

  it('wait for results and for good ones', async () => {
    const task = await stage({
      waves: [{ kind: 'count', devices: 4 }, { kind: 'rest' }],
      ...{ soak: 0, minEnded: 100, minSuccess: 75 },
    });
    expect((await view(task)).next).to.include({ awaits: 'results', needed: 4, results: 0 });
    for (const one of fleet) one.script = refusing;
    await callIn();
    expect((await view(task)).next).to.include({ awaits: 'success', results: 4, good: 0 });
    expect(await look()).to.equal(false);
    for (const one of fleet) one.script = () => undefined;
    h.clock.advance(1_000);
    await h.service.ofGroups.rerunFailed(await fresh(task));
    expect(await callIn()).to.have.length(4);
    // In place of the failures, not beside them.
    expect((await view(task)).figures[0]).to.deep.equal({ ERROR: 0, SUCCESS: 4 });
    expect(await look()).to.equal(true);
  });

  describe('with a stop rule', () => {
    const guarded: RolloutInput = {
      waves: [{ kind: 'rest' }],
      stopRules: [{ on: 'errors', percent: 50, last: 4, minimum: 2 }],
    };
    /** Devices refuse until the rule is met. */
    const stopped = async (input: RolloutInput = guarded): Promise<TaskRecord> => {
      const task = await stage(input);
      for (const one of fleet) one.script = refusing;
      expect(await callIn()).to.have.length(2);
      for (const one of fleet) one.script = () => undefined;
      return fresh(task);
    };

    it('stop with the very result that meets it, and say which rule it was, with its figures', async () => {
      const task = await stopped();
      const { phase, pause, steps } = task.rolloutState!;
      expect(phase).to.equal('paused');
      expect(pause).to.deep.include({
        by: 'system',
        broken: { rule: guarded.stopRules![0], hits: 2, sample: 2 },
      });
      expect(steps.at(-1)).to.deep.include({ what: 'stopped', wave: 1 });
      expect(await reason(task, fleet[5]!)).to.equal('rollout-paused');
      const told = h.published.filter(
        ({ type, subject }) => type === 'rollout.changed' && subject === task._id,
      );
      expect(told.at(-1)?.data).to.include({ phase: 'paused', what: 'stopped', by: 'system' });
      expect((await kinds(task)).at(-1)).to.equal('modified by system');
    });

    it('go on with a note alone, and with a new sample', async () => {
      const task = await stopped();
      const { rollouts } = h.service;
      expect(await thrown(rollouts.continue(task, ' ', OPERATOR))).to.be.instanceOf(ConflictError);
      const after = await rollouts.continue(task, 'Only the two in the cellar', OPERATOR);
      expect(after.rolloutState!.pause).to.equal(null);
      expect(after.rolloutState!.steps.at(-1)).to.deep.include({
        ...{ what: 'continued', by: 'operator', note: 'Only the two in the cellar' },
        broken: { rule: guarded.stopRules![0], hits: 2, sample: 2 },
      });
      expect((await view(task)).rules[0]).to.include({ hits: 0, sample: 0, met: false });
      expect(await callIn()).to.have.length(10);
      expect((await view(task)).figures[0]).to.deep.equal({ ERROR: 2, SUCCESS: 10 });
    });

    it('let runs end that have begun, and count them', async () => {
      const task = await stage(guarded, { type: 'Reboot', config: {} });
      const [parked, ...others] = fleet;
      await h.run(parked!);
      expect((await h.reportOn(task, parked!))?.status).to.equal('IN_PROGRESS');
      for (const one of others.slice(0, 2)) {
        one.script = refusing;
        await h.run(one);
      }
      expect((await state(task)).phase).to.equal('paused');
      const key = (await h.reportOn(task, parked!))!.commandKey!;
      await h.run(parked!, { events: [event('1 BOOT'), event('M Reboot', key)] });
      expect((await h.reportOn(task, parked!))?.status).to.equal('SUCCESS');
      expect((await view(task)).figures[0]).to.deep.equal({ ERROR: 2, SUCCESS: 1 });
    });

    it('stop by the job, should the server have died between result and stop', async () => {
      const task = await stage(guarded);
      await h.store.rollouts.updateOne(
        { _id: task._id },
        {
          $set: {
            results: ['a', 'b'].map((execution) => ({
              ...{ execution, device: execution, wave: 0, outcome: 'ERROR', at: h.clock.now() },
            })),
          },
        },
      );
      expect(await look()).to.equal(true);
      expect((await state(task)).pause?.broken).to.include({ hits: 2 });
    });

    it('is asked again by an operator who has paused: a result that meets it meanwhile stops once it goes on', async () => {
      const task = await stage(guarded);
      for (const one of fleet) one.script = refusing;
      await h.run(fleet[0]!);
      await h.service.rollouts.pause(await fresh(task), 'a look', OPERATOR);
      await h.service.rollouts.continue(await fresh(task), '', OPERATOR);
      expect(await callIn(fleet.slice(1))).to.have.length(1);
      expect((await state(task)).pause?.broken).to.include({ hits: 2 });
    });
  });

  describe('and devices that give no answer', () => {
    const quiet: RolloutInput = {
      waves: [{ kind: 'rest' }],
      noAnswerAfter: 'PT30M',
      stopRules: [{ on: 'no-answer', percent: 50, last: 10, minimum: 3 }],
    };

    it('count them once they have begun and not ended in time, and stop by them', async () => {
      const task = await stage(quiet, { type: 'Reboot', config: {} });
      for (const one of fleet.slice(0, 3)) await h.run(one);
      expect((await view(task)).running).to.equal(3);
      expect(await look()).to.equal(false);
      h.clock.advance(31 * 60_000);
      expect(await look()).to.equal(true);
      const { figures, rules } = await view(task);
      expect(figures[0]).to.deep.equal({ NO_ANSWER: 3 });
      expect(rules[0]).to.include({ hits: 3, sample: 3, met: true });
      expect((await state(task)).pause?.broken).to.deep.include({ rule: quiet.stopRules![0], hits: 3 });
      expect(await look(), 'each is counted once').to.equal(false);
    });

    it('count a late answer in place of the silence', async () => {
      const task = await stage({ ...quiet, stopRules: [] }, { type: 'Reboot', config: {} });
      await h.run(fleet[0]!);
      h.clock.advance(31 * 60_000);
      await look();
      expect((await view(task)).figures[0]).to.deep.equal({ NO_ANSWER: 1 });
      const key = (await h.reportOn(task, fleet[0]!))!.commandKey!;
      await h.run(fleet[0]!, { events: [event('1 BOOT'), event('M Reboot', key)] });
      expect((await view(task)).figures[0]).to.deep.equal({ NO_ANSWER: 0, SUCCESS: 1 });
    });

    it('count the end that a deadline puts to a run as ERROR', async () => {
      const task = await stage({ ...quiet, stopRules: [] }, { type: 'Reboot', config: {} });
      await h.run(fleet[0]!);
      h.clock.advance(24 * 3_600_000);
      await look();
      await h.endOverdue();
      expect((await h.reportOn(task, fleet[0]!))?.status).to.equal('ERROR');
      expect((await view(task)).figures[0]).to.deep.equal({ NO_ANSWER: 0, ERROR: 1 });
    });
  });

  it('do what an operator says: pause, go on, open the next wave, open all', async () => {
    const task = await stage({
      waves: [
        { kind: 'count', devices: 2 },
        { kind: 'count', devices: 2 },
        { kind: 'percent', percent: 10 },
      ],
      advance: 'manual',
    });
    const { rollouts } = h.service;
    await rollouts.pause(task, 'the line is down', OPERATOR);
    expect(await callIn()).to.have.length(0);
    for (const refused of [rollouts.pause(task, '', OPERATOR), rollouts.openNext(task, '', OPERATOR)])
      expect(await thrown(refused)).to.be.instanceOf(ConflictError);
    await rollouts.continue(await fresh(task), '', OPERATOR);
    expect(await callIn()).to.have.length(2);
    h.clock.advance(24 * 3_600_000);
    await look();
    expect((await view(task)).next).to.include({ awaits: 'operator', wave: 1 });
    await rollouts.openNext(await fresh(task), 'looks good', OPERATOR);
    expect(await callIn()).to.have.length(2);
    await rollouts.openAll(await fresh(task), '', OPERATOR);
    expect(await callIn()).to.have.length(8);
    const after = await view(task);
    expect(after.next).to.equal(null);
    expect(after.figures).to.deep.equal([{ SUCCESS: 2 }, { SUCCESS: 2 }, { SUCCESS: 8 }]);
    expect(after.task.rolloutState.steps.map(({ what, by }) => `${what} by ${by}`)).to.deep.equal([
      'started by operator',
      'opened by system',
      'paused by operator',
      'continued by operator',
      'opened by operator',
      'opened-all by operator',
    ]);
    for (const refused of [rollouts.openNext, rollouts.openAll])
      expect(await thrown(refused.call(rollouts, await fresh(task), '', OPERATOR))).to.be.instanceOf(
        ConflictError,
      );
  });

  it('open a wave once, however many servers look at the same time', async () => {
    const task = await stage({
      waves: [{ kind: 'count', devices: 1 }, { kind: 'count', devices: 1 }, { kind: 'rest' }],
      ...{ soak: 0, minEnded: 0 },
    });
    const now = h.clock.now();
    const looks = await Promise.all(Array.from({ length: 6 }, () => h.service.rollouts.look(task, now)));
    // One opens the second wave; the others are late, or find it open and go on with the third.
    expect(looks).to.include(true);
    const { opened, revision } = await state(task);
    expect(opened).to.have.length(looks.filter(Boolean).length + 1);
    expect(revision).to.equal(opened.length + 1);
    expect(opened.slice(0, 2).map(({ devices }) => devices)).to.deep.equal([1, 1]);
  });

  it('are all looked at by the job, those of inactive tasks excepted', async () => {
    const settings = {
      waves: [{ kind: 'count', devices: 1 }, { kind: 'rest' }],
      soak: 0,
      minEnded: 0,
    } as const;
    const tasks = [await stage({ ...settings, waves: [...settings.waves] })];
    tasks.push(await stage({ ...settings, waves: [...settings.waves] }));
    await h.service.edit(tasks[1]!._id, { active: false }, { actor: OPERATOR });
    expect(await h.service.rollouts.lookAtAll(h.clock.now())).to.be.at.least(1);
    const opened = await Promise.all(tasks.map(async (one) => (await state(one)).opened.length));
    expect(opened).to.deep.equal([2, 1]);
  });

  it('stop once, however many results meet the rule at the same time', async () => {
    const task = await stage({
      waves: [{ kind: 'rest' }],
      stopRules: [{ on: 'errors', percent: 1, last: 10, minimum: 1 }],
    });
    const running = fleet.map((one) => ({ ...{ _id: h.id(one), device: h.id(one), run: 1 } }));
    await h.store.executions.collection.insertMany(
      running.map((one) => ({
        ...one,
        task: task._id,
        status: 'ERROR',
        startTime: h.clock.now(),
      })) as never[],
    );
    await Promise.all(
      running.map((one) =>
        h.service.rollouts.ended(task, {
          execution: { ...one, startTime: h.clock.now() },
          status: 'ERROR',
        }),
      ),
    );
    expect((await state(task)).steps.filter(({ what }) => what === 'stopped')).to.have.length(1);
    expect((await view(task)).figures[0]).to.deep.equal({ ERROR: 12 });
  });

  it('let in the members of a subgroup as a wave', async () => {
    for (const one of fleet.slice(0, 3)) await h.join(one, `${group}.lab.bench`);
    const task = await stage(
      {
        waves: [
          { kind: 'group', group: `${group}.lab` },
          { kind: 'count', devices: 2 },
        ],
        soak: 0,
        minEnded: 0,
      },
      { appliesToSubgroups: true },
    );
    expect(await callIn()).to.deep.equal(fleet.slice(0, 3));
    await look();
    expect(await callIn()).to.have.length(2);
    expect((await view(task)).figures).to.deep.equal([{ SUCCESS: 3 }, { SUCCESS: 2 }]);
    await h.service.rollouts.openAll(await fresh(task), '', OPERATOR);
    expect(await callIn()).to.have.length(7);
  });

  it('open nothing while the task is inactive', async () => {
    const task = await stage({ waves: [{ kind: 'rest' }] }, { active: false });
    expect(await look()).to.equal(false);
    expect((await state(task)).opened).to.deep.equal([]);
    const after = await h.service.edit(task._id, { active: true }, { actor: OPERATOR });
    expect(after.rolloutState!.opened).to.have.length(1);
  });

  it('begin anew with a rerun for all devices, with the same devices first', async () => {
    const task = await stage({ waves: [{ kind: 'count', devices: 3 }, { kind: 'rest' }] });
    const first = await callIn();
    await h.service.rollouts.openAll(await fresh(task), '', OPERATOR);
    expect(await callIn()).to.have.length(9);
    const again = await h.service.restart(task._id, { actor: OPERATOR });
    expect(again.rolloutState!.opened.map(({ devices }) => devices)).to.deep.equal([3]);
    expect((await view(task)).figures).to.deep.equal([{}, {}]);
    expect(await callIn()).to.deep.equal(first);
    expect((await view(task)).figures).to.deep.equal([{ SUCCESS: 3 }, {}]);
  });

  it('keep open waves through an edit, which may change those to come, and refuse to change open ones', async () => {
    const three = { kind: 'count', devices: 3 } as const;
    const rest = { kind: 'rest' } as const;
    const task = await stage({ waves: [three, rest] });
    const edit = (rollout: RolloutInput | null): Promise<TaskRecord> =>
      h.service.edit(task._id, { rollout }, { actor: OPERATOR });
    const refused = await thrown(edit({ waves: [{ kind: 'count', devices: 4 }, rest] }));
    expect(refused).to.be.instanceOf(ValidationError);
    expect((refused as ValidationError).issues).to.deep.include({
      pointer: '/rollout/waves/0',
      code: 'wave-open',
      message: 'Wave 1 is open and cannot be changed; rerun the task to begin anew',
    });
    const before = await state(task);
    const after = await edit({
      waves: [three, { kind: 'count', devices: 2 }, rest],
      soak: 0,
      minEnded: 0,
    });
    expect(after.rolloutState).to.deep.equal(before);
    await look();
    expect(await callIn()).to.have.length(5);
    expect((await edit(null)).rolloutState).to.equal(null);
    expect(await callIn()).to.have.length(7);
  });

  it('can be given to a task that has run already: what it ran on stays finished', async () => {
    const task = await h.addToGroup(group, 'GetValues', read);
    await callIn(fleet.slice(0, 6));
    await h.service.edit(
      task._id,
      { rollout: { waves: [{ kind: 'count', devices: 12 }] } },
      { actor: OPERATOR },
    );
    expect(await callIn()).to.have.length(6);
    expect((await view(task)).figures[0]).to.deep.equal({ SUCCESS: 6 });
  });

  it('go with the task to a copy, from its beginning, but not to a device', async () => {
    const task = await stage({ waves: [{ kind: 'count', devices: 3 }, { kind: 'rest' }], stopRules: [] });
    await h.service.rollouts.openAll(task, '', OPERATOR);
    const copy = await h.service.copy(task._id, {}, OPERATOR);
    expect(copy.rollout).to.deep.equal(task.rollout);
    expect(copy.rolloutState!.opened.map(({ devices }) => devices)).to.deep.equal([3]);
    const onDevice = await h.service.copy(task._id, { device: h.id(fleet[0]!) }, OPERATOR);
    expect([onDevice.rollout, onDevice.rolloutState]).to.deep.equal([null, null]);
  });

  it('are gone with the task', async () => {
    const task = await stage({ waves: [{ kind: 'rest' }] });
    expect(await h.store.rollouts.countDocuments({ _id: task._id })).to.equal(1);
    await h.service.remove(task._id, { actor: OPERATOR });
    expect(await h.store.rollouts.countDocuments({ _id: task._id })).to.equal(0);
  });

  it('cost sessions of tasks without one nothing, and a result two commands', async () => {
    const commands: string[] = [];
    const client = h.store.connection.getClient();
    const listen = ({ commandName, command }: { commandName: string; command: unknown }): unknown =>
      commands.push(`${commandName} ${String((command as Record<string, unknown>)[commandName])}`);
    const measured = async (cpe: FakeCpe): Promise<string[]> => {
      client.on('commandStarted', listen);
      try {
        expect(await h.run(cpe)).to.include('GetParameterValues');
      } finally {
        client.off('commandStarted', listen);
      }
      return commands.splice(0).sort();
    };
    const plain = await h.addToGroup(group, 'GetValues', read);
    const without = await measured(fleet[0]!);
    expect(without.filter((one) => one.includes('rollouts'))).to.deep.equal([]);
    await h.service.remove(plain._id, { actor: OPERATOR });
    await stage({
      waves: [{ kind: 'rest' }],
      stopRules: [{ on: 'errors', percent: 50, last: 10, minimum: 5 }],
    });
    const more = await measured(fleet[1]!);
    for (const one of without) more.splice(more.indexOf(one), 1);
    expect(more).to.deep.equal(['findAndModify executions', 'findAndModify rollouts']);
  });

  const refused: [what: string, rollout: RolloutInput, settings: Partial<TaskInput>, pointer: string][] = [
    ['no wave', { waves: [] }, {}, '/rollout/waves'],
    ['a wave behind the rest', { waves: [{ kind: 'rest' }, { kind: 'rest' }] }, {}, '/rollout/waves/0'],
    [
      'shares of more than everything',
      { waves: [60, 41].map((percent) => ({ kind: 'percent', percent })) },
      {},
      '/rollout/waves/1/percent',
    ],
    ['half a device', { waves: [{ kind: 'count', devices: 0.5 }] }, {}, '/rollout/waves/0/devices'],
    [
      'a group elsewhere',
      { waves: [{ kind: 'group', group: 'root.x' }] },
      { appliesToSubgroups: true },
      '/rollout/waves/0/group',
    ],
    ['a soak time that is none', { waves: [{ kind: 'rest' }], soak: 'an hour' }, {}, '/rollout/soak'],
    [
      'a sample larger than what is looked at',
      { waves: [{ kind: 'rest' }], stopRules: [{ on: 'errors', percent: 5, last: 10, minimum: 11 }] },
      {},
      '/rollout/stopRules/0/minimum',
    ],
    ['a task that repeats', { waves: [{ kind: 'rest' }] }, { automaticRestart: true }, '/rollout'],
    ['a task without reports', { waves: [{ kind: 'rest' }] }, { transientReport: true }, '/rollout'],
  ];
  for (const [what, rollout, settings, pointer] of refused)
    it(`are refused with ${what}`, async () => {
      const error = await thrown(stage(rollout, settings));
      expect(error).to.be.instanceOf(ValidationError);
      expect((error as ValidationError).issues.map((issue) => issue.pointer)).to.deep.equal([pointer]);
    });

  it('are refused for a task of a device, and for a group whose members do not run it', async () => {
    const device = h.id(fleet[0]!);
    const rollout: RolloutInput = { waves: [{ kind: 'rest' }] };
    expect(
      await thrown(h.service.create({ device, type: 'GetValues', config: read, rollout }, OPERATOR)),
    ).to.be.instanceOf(ValidationError);
    const below = stage({ waves: [{ kind: 'group', group: `${group}.lab` }] });
    expect(((await thrown(below)) as ValidationError).message).to.contain('rollout');
  });
});
