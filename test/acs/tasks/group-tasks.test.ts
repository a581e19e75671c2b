import { expect } from 'chai';
import { ConflictError, NotFoundError, ValidationError } from '../../../common/errors.js';
import type { Dispatched } from '../../../acs/tasks/ports/groups.js';
import type { TaskRecord } from '../../../store/models/task.js';
import { event, FakeCpe, transferComplete } from './fake-cpe.js';
import { end, Harness, OPERATOR } from './harness.js';

const read = { parameter: [{ name: 'Device.DeviceInfo.UpTime' }] };

async function thrown(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => null,
    (error: unknown) => error,
  );
}

describe('group tasks in sessions', () => {
  let h: Harness;
  let cpe: FakeCpe;
  let other: FakeCpe;
  let group: string;
  let count = 0;
  before(async () => {
    h = await Harness.open();
  });
  after(() => h.close());
  beforeEach(async () => {
    count += 1;
    group = `root.g${count}`;
    h.dispatch = null;
    h.condition = () => true;
    cpe = new FakeCpe('Device', `group-${count}`);
    other = new FakeCpe('Device', `group-${count}-b`);
    for (const one of [cpe, other]) {
      await h.meet(one);
      await h.join(one, `${group}.lab`);
    }
  });
  const status = async (task: TaskRecord, one = cpe) => (await h.reportOn(task, one))?.status ?? null;

  const firmware = (): string => h.files.add({ id: `firmware-${count}`, version: '2.0' }).id;

  /** What a dispatch does that moves the device into these groups. */
  const move = async (one: FakeCpe, groups: string[]): Promise<Dispatched> => {
    const after = await h.store.devices
      .findOneAndUpdate(
        { _id: h.id(one) },
        { $set: { groups }, $inc: { taskRevision: 1 } },
        { returnDocument: 'after' },
      )
      .lean();
    return { groups, domain: '/', taskRevision: after!.taskRevision! };
  };

  it('run on every member, each with its own report, made when it first runs', async () => {
    const task = await h.addToGroup(`${group}.lab`, 'GetValues', read);
    expect(task._id).to.equal(`g:${group}.lab:1`);
    expect(await h.store.executions.countDocuments({ task: task._id })).to.equal(0);
    await h.run(cpe);
    expect([await status(task), await status(task, other)]).to.deep.equal(['SUCCESS', null]);
    await h.run(other);
    expect(await status(task, other)).to.equal('SUCCESS');
  });

  it('stand in one list with the device’s own, by priority and age', async () => {
    await h.addToGroup(group, 'GetNames', {}, { appliesToSubgroups: true, priority: 20 });
    await h.add(cpe, 'GetValues', read, { priority: 30 });
    await h.addToGroup(`${group}.lab`, 'DeleteObject', { objectName: 'Device.X.1.' }, { priority: 10 });
    expect(await h.run(cpe)).to.deep.equal(['DeleteObject', 'GetParameterNames', 'GetParameterValues']);
  });

  it('run on direct members alone unless they apply to subgroups', async () => {
    const task = await h.addToGroup(group, 'GetValues', read);
    expect(await h.run(cpe)).to.deep.equal([]);
    await h.service.edit(task._id, { appliesToSubgroups: true }, { actor: OPERATOR });
    expect(await h.run(cpe)).to.deep.equal(['GetParameterValues']);
  });

  it('are seen at once by devices that had nothing to do, without a write to any of them', async () => {
    await h.run(cpe);
    const before = await h.store.devices.findById(h.id(cpe)).lean();
    expect(before?.idle).to.not.equal(null);
    await h.addToGroup(group, 'GetValues', read, { appliesToSubgroups: true });
    expect(await h.store.devices.findById(h.id(cpe)).lean()).to.deep.equal(before);
    expect(await h.run(cpe)).to.deep.equal(['GetParameterValues']);
  });

  it('are seen by a server that did not make them', async () => {
    const task = await h.addToGroup(`${group}.lab`, 'GetValues', read, { active: false });
    const second = h.newEngine();
    await h.run(cpe);
    h.engine = second;
    await h.run(other);
    await h.service.edit(task._id, { active: true }, { actor: OPERATOR });
    expect(await h.run(cpe)).to.deep.equal(['GetParameterValues']);
    h.engine = h.newEngine();
    expect(await h.run(other)).to.deep.equal(['GetParameterValues']);
  });

  it('are taken in when they are added while a session runs, up to its very end', async () => {
    await h.add(cpe, 'GetValues', read);
    await h.run(cpe, {
      between: async ({ method }) => {
        if (method === 'GetParameterValues') await h.addToGroup(`${group}.lab`, 'GetNames');
      },
    });
    expect(cpe.methods()).to.deep.equal(['GetParameterValues', 'GetParameterNames']);
  });

  it('are overridden by a device task of their bloodline, also when that has finished', async () => {
    const bloodline = 'wifi';
    const wide = await h.addToGroup(group, 'GetNames', {}, { appliesToSubgroups: true, bloodline });
    const mine = await h.add(cpe, 'GetValues', read, { bloodline });
    expect(await h.run(cpe)).to.deep.equal(['GetParameterValues']);
    expect(await h.run(cpe)).to.deep.equal([]);
    expect(await status(wide)).to.equal(null);
    await h.service.edit(mine._id, { active: false }, { actor: OPERATOR });
    expect(await h.run(cpe)).to.deep.equal(['GetParameterNames']);
  });

  it('are overridden by that of the group with the higher priority', async () => {
    await h.join(cpe, `${group}.lab`, `${group}.north`);
    h.priorities.set(`${group}.north`, 9);
    await h.addToGroup(`${group}.lab`, 'GetNames', {}, { bloodline: 'x' });
    await h.addToGroup(`${group}.north`, 'GetValues', read, { bloodline: 'x' });
    expect(await h.run(cpe)).to.deep.equal(['GetParameterValues']);
    const { entries } = await h.service.queue(h.id(cpe));
    expect(entries.map(({ reason }) => reason?.code)).to.deep.equal(['finished', 'overridden']);
  });

  describe('when they are rerun', () => {
    it('run on all devices again, whatever their reports say, by one write', async () => {
      const task = await h.addToGroup(`${group}.lab`, 'GetValues', read);
      for (const one of [cpe, other]) await h.run(one);
      h.clock.advance(1000);
      await h.service.restart(task._id, { actor: OPERATOR });
      expect(await status(task)).to.equal('SUCCESS');
      for (const one of [cpe, other]) expect(await h.run(one)).to.deep.equal(['GetParameterValues']);
      expect(await h.reportOn(task, cpe)).to.include({ status: 'SUCCESS', run: 2 });
      expect(await h.run(cpe)).to.deep.equal([]);
    });

    it('run again only where they had failed', async () => {
      const task = await h.addToGroup(`${group}.lab`, 'GetValues', { parameter: [{ name: 'Device.Rare' }] });
      cpe.set('Rare', 'x');
      for (const one of [cpe, other]) await h.run(one);
      expect([await status(task), await status(task, other)]).to.deep.equal(['SUCCESS', 'ERROR']);
      h.clock.advance(1000);
      await h.service.ofGroups.rerunFailed(await h.service.get(task._id));
      other.set('Rare', 'y');
      expect(await h.run(cpe)).to.deep.equal([]);
      expect(await h.run(other)).to.deep.equal(['GetParameterValues']);
      expect(await status(task, other)).to.equal('SUCCESS');
    });

    it('run again on one device alone when restarted there', async () => {
      const task = await h.addToGroup(`${group}.lab`, 'GetValues', read);
      for (const one of [cpe, other]) await h.run(one);
      await h.service.restart(task._id, { actor: OPERATOR, device: h.id(cpe) });
      expect(await h.run(cpe)).to.deep.equal(['GetParameterValues']);
      expect(await h.run(other)).to.deep.equal([]);
    });

    it('abandon what is parked at its next turn: it holds nothing, and what it waited for is ignored', async () => {
      const task = await h.addToGroup(`${group}.lab`, 'Reboot', { commandKey: 'old' }, { priority: 50 });
      await h.run(cpe);
      const first = await h.add(cpe, 'GetValues', read);
      h.clock.advance(1000);
      await h.service.restart(task._id, { actor: OPERATOR });
      expect(await h.run(cpe, { events: [event('M Reboot', 'old')] })).to.deep.equal([
        'GetParameterValues',
        'Reboot',
      ]);
      expect((await h.report(first)).status).to.equal('SUCCESS');
      expect(await h.reportOn(task, cpe)).to.include({ status: 'IN_PROGRESS', run: 2 });
      const { items } = await h.reports.history({ task: task._id, limit: 5 });
      expect(items.map(({ summary, run }) => [run, summary])).to.deep.equal([
        [1, 'restarted for all devices'],
      ]);
    });

    it('run again in the session in which they already had their turn', async () => {
      const task = await h.addToGroup(`${group}.lab`, 'GetValues', read, { priority: 1 });
      await h.add(cpe, 'GetNames');
      let done = false;
      await h.run(cpe, {
        between: async ({ method }) => {
          if (method !== 'GetParameterNames' || done) return;
          done = true;
          h.clock.advance(1000);
          await h.service.restart(task._id, { actor: OPERATOR });
        },
      });
      expect(cpe.methods()).to.deep.equal(['GetParameterValues', 'GetParameterNames', 'GetParameterValues']);
    });

    it('do not run again in this session where the rerun comes during their run', async () => {
      const task = await h.addToGroup(`${group}.lab`, 'GetValues', read);
      let done = false;
      await h.run(cpe, {
        between: async () => {
          if (done) return;
          done = true;
          h.clock.advance(1000);
          await h.service.restart(task._id, { actor: OPERATOR });
          h.clock.advance(1000);
        },
      });
      expect(cpe.asked).to.have.length(1);
      expect(await h.run(cpe)).to.deep.equal(['GetParameterValues']);
    });
  });

  describe('when they are paused', () => {
    it('do not run on that device, and go on where they stood when resumed', async () => {
      const task = await h.addToGroup(`${group}.lab`, 'Reboot', { commandKey: 'k' });
      await h.run(cpe);
      await h.service.ofGroups.pause(task, { device: h.id(cpe) }, OPERATOR);
      await h.add(cpe, 'GetValues', read);
      expect(await h.run(cpe)).to.deep.equal(['GetParameterValues']);
      expect(await h.run(other)).to.deep.equal(['Reboot']);
      await h.service.ofGroups.resume(task, { device: h.id(cpe) });
      expect(await h.run(cpe, { events: [event('1 BOOT'), event('M Reboot', 'k')] })).to.deep.equal([]);
      expect(await h.reportOn(task, cpe)).to.include({ status: 'SUCCESS', run: 1 });
    });

    it('are listed with who paused them, and resumed once', async () => {
      const task = await h.addToGroup(`${group}.lab`, 'GetValues', read);
      await h.service.ofGroups.pause(task, { device: h.id(other) }, OPERATOR);
      await h.service.ofGroups.pause(task, { device: h.id(other) }, OPERATOR);
      const pauses = await h.service.ofGroups.pauses(task, { limit: 5 });
      expect(pauses.map(({ device, user }) => [device, user])).to.deep.equal([[h.id(other), 'operator']]);
      expect(await h.run(other)).to.deep.equal([]);
      await h.service.ofGroups.resume(task, { device: h.id(other) });
      expect(await thrown(h.service.ofGroups.resume(task, { device: h.id(other) }))).to.be.instanceOf(
        NotFoundError,
      );
      expect(await h.run(other)).to.deep.equal(['GetParameterValues']);
    });

    it('are not paused where they have run and do not repeat', async () => {
      const task = await h.addToGroup(`${group}.lab`, 'GetValues', read);
      await h.run(cpe);
      expect(await thrown(h.service.ofGroups.pause(task, { device: h.id(cpe) }, OPERATOR))).to.be.instanceOf(
        ConflictError,
      );
    });

    it('for a subgroup do not run on its members, direct or not', async () => {
      const task = await h.addToGroup(group, 'GetValues', read, { appliesToSubgroups: true });
      await h.join(other, `${group}.lab.deep`);
      const paused = await h.service.ofGroups.pause(task, { group: `${group}.lab` }, OPERATOR);
      expect(paused.pausedGroups).to.deep.equal([`${group}.lab`]);
      for (const one of [cpe, other]) expect(await h.run(one)).to.deep.equal([]);
      await h.service.ofGroups.resume(paused, { group: `${group}.lab` });
      for (const one of [cpe, other]) expect(await h.run(one)).to.deep.equal(['GetParameterValues']);
    });

    it('for a group elsewhere are refused', async () => {
      const task = await h.addToGroup(`${group}.lab`, 'GetValues', read);
      const error = await thrown(h.service.ofGroups.pause(task, { group: 'root.else' }, OPERATOR));
      expect(error).to.be.instanceOf(ValidationError);
    });

    it('survive their deadline while they are paused', async () => {
      const task = await h.addToGroup(`${group}.lab`, 'Reboot');
      await h.run(cpe);
      await h.service.ofGroups.pause(task, { device: h.id(cpe) }, OPERATOR);
      h.clock.advance(3_600_000);
      await h.endOverdue();
      expect(await status(task)).to.equal('IN_PROGRESS');
      await h.service.ofGroups.resume(task, { device: h.id(cpe) });
      await h.endOverdue();
      expect(await status(task)).to.equal('ERROR');
    });
  });

  describe('when the device comes and goes', () => {
    it('leave a parked run as it is when it leaves the group, and resume it when it returns', async () => {
      const task = await h.addToGroup(`${group}.lab`, 'Reboot', { commandKey: 'k' });
      await h.run(cpe);
      await h.join(cpe, 'root.elsewhere');
      await h.add(cpe, 'GetValues', read);
      expect(await h.run(cpe)).to.deep.equal(['GetParameterValues']);
      expect(await status(task)).to.equal('IN_PROGRESS');
      await h.join(cpe, `${group}.lab`);
      await h.run(cpe, { events: [event('1 BOOT')] });
      expect(await status(task)).to.equal('SUCCESS');
    });

    it('end an upgrade whose new version moves the device to another group', async () => {
      const file = firmware();
      const task = await h.addToGroup(`${group}.lab`, 'FirmwareUpgrade', {
        resourceId: file,
        versionChangeVerification: true,
      });
      expect(await h.run(cpe)).to.deep.equal(['Download']);
      const key = (await h.reportOn(task, cpe))!.commandKey!;
      await h.addToGroup(`${group}.new`, 'GetValues', read);
      cpe.set('DeviceInfo.SoftwareVersion', '2.0');
      h.dispatch = async ({ when, device }) =>
        when === 'inform' && !device.groups.includes(`${group}.new`) ? move(cpe, [`${group}.new`]) : null;
      const asked = await h.run(cpe, {
        events: [event('1 BOOT'), event('7 TRANSFER COMPLETE'), event('M Download', key)],
        transfers: [transferComplete(key)],
      });
      expect(await h.reportOn(task, cpe)).to.include({ status: 'SUCCESS', run: 1, checkpoint: null });
      expect(asked).to.deep.equal(['GetParameterValues']);
    });

    it('leave a failed attempt alone that would need a request after the device has left', async () => {
      const file = firmware();
      const task = await h.addToGroup(`${group}.lab`, 'FirmwareUpgrade', { resourceId: file, retryCount: 3 });
      await h.run(cpe);
      const key = (await h.reportOn(task, cpe))!.commandKey!;
      await h.join(cpe, 'root.elsewhere');
      const plan = { events: [event('7 TRANSFER COMPLETE')], transfers: [transferComplete(key, 9010, 'no')] };
      expect(await h.run(cpe, plan)).to.deep.equal([]);
      expect(await h.reportOn(task, cpe)).to.include({ status: 'IN_PROGRESS', commandKey: key });
      await h.join(cpe, `${group}.lab`);
      expect(await h.run(cpe)).to.deep.equal(['Download']);
    });

    it('begin in the session in which a task lets the device join, and stop being due when it leaves', async () => {
      await h.addToGroup(`${group}.joined`, 'GetNames', {}, { priority: 50 });
      await h.addToGroup(`${group}.lab`, 'DeleteObject', { objectName: 'Device.X.1.' }, { priority: 60 });
      await h.add(cpe, 'GetValues', read, { priority: 1 });
      h.dispatch = async ({ when, device }) =>
        when === 'turn' && !device.groups.includes(`${group}.joined`) ? move(cpe, [`${group}.joined`]) : null;
      expect(await h.run(cpe)).to.deep.equal(['GetParameterValues', 'GetParameterNames']);
    });

    it('are looked at once more when nothing is due', async () => {
      await h.addToGroup(`${group}.late`, 'GetNames');
      await h.add(cpe, 'GetValues', read);
      const moments: string[] = [];
      h.dispatch = async ({ when, device }) => {
        moments.push(when);
        return when === 'end' && !device.groups.includes(`${group}.late`)
          ? move(cpe, [`${group}.late`])
          : null;
      };
      expect(await h.run(cpe)).to.deep.equal(['GetParameterValues', 'GetParameterNames']);
      expect(moments).to.deep.equal(['inform', 'turn', 'end', 'turn', 'end']);
    });
  });

  describe('and a bootstrap', () => {
    it('run again where they repeat on bootstrap, and a parked run is cut off', async () => {
      const repeat = { repeatOnBootstrap: true };
      const done = await h.addToGroup(`${group}.lab`, 'GetValues', read, repeat);
      const once = await h.addToGroup(`${group}.lab`, 'GetNames');
      await h.run(cpe);
      const parked = await h.addToGroup(`${group}.lab`, 'Reboot', {}, repeat);
      await h.run(cpe);
      expect(await h.run(cpe, { events: [event('0 BOOTSTRAP')] })).to.deep.equal([
        'GetParameterValues',
        'Reboot',
      ]);
      expect(await h.reportOn(done, cpe)).to.include({ status: 'SUCCESS', run: 2 });
      expect(await h.reportOn(once, cpe)).to.include({ run: 1 });
      expect(await h.reportOn(parked, cpe)).to.include({ status: 'IN_PROGRESS', run: 2 });
    });
  });

  describe('with a schedule', () => {
    const night = { zone: 'UTC', map: `fff${'0'.repeat(21)}`.repeat(7) };
    it('wait for their slot, for which a device with nothing else to do is looked at again', async () => {
      h.clock.set('2026-03-02T12:00:00Z');
      const task = await h.addToGroup(`${group}.lab`, 'GetValues', read, { schedule: night });
      expect(await h.run(cpe)).to.deep.equal([]);
      h.clock.set('2026-03-03T00:00:00Z');
      expect(await h.run(cpe)).to.deep.equal(['GetParameterValues']);
      expect(await status(task)).to.equal('SUCCESS');
    });

    it('are held against the start of the session, and do not cut off what has begun', async () => {
      h.clock.set('2026-03-02T02:55:00Z');
      const task = await h.addToGroup(`${group}.lab`, 'Reboot', { commandKey: 'k' }, { schedule: night });
      await h.run(cpe);
      h.clock.set('2026-03-02T03:05:00Z');
      await h.run(cpe, { events: [event('M Reboot', 'k')] });
      expect(await status(task)).to.equal('SUCCESS');
    });
  });

  describe('with a condition', () => {
    it('begin when it is true, with the events of the session at hand, and stay pending until then', async () => {
      const task = await h.addToGroup(`${group}.lab`, 'GetValues', read, { executionCondition: '${boot}' });
      h.condition = (_text, { session }) => session!.events.some(({ code }) => code === '1 BOOT');
      expect(await h.run(cpe)).to.deep.equal([]);
      expect(await h.reportOn(task, cpe)).to.equal(null);
      expect(await h.run(cpe, { events: [event('1 BOOT')] })).to.deep.equal(['GetParameterValues']);
    });

    it('do not begin when it cannot be evaluated, and the device’s log says why', async () => {
      const task = await h.addToGroup(`${group}.lab`, 'GetValues', read, { executionCondition: '${bad}' });
      await h.add(cpe, 'GetNames');
      h.condition = () => {
        throw new Error('nothing there');
      };
      expect(await h.run(cpe)).to.deep.equal(['GetParameterNames']);
      const lines = await h.store.logLines.find({ device: h.id(cpe), task: task._id }).lean();
      expect(lines.map(({ level, text }) => [level, text])).to.deep.equal([
        ['WARN', 'The condition failed: nothing there'],
      ]);
      const { entries } = await h.service.queue(h.id(cpe));
      expect(entries.find(({ task: { _id } }) => _id === task._id)?.reason).to.deep.equal({
        code: 'condition-failed',
        detail: 'nothing there',
      });
    });

    it('are refused when it is no expression', async () => {
      const error = await thrown(h.addToGroup(group, 'GetValues', read, { executionCondition: 'x' }));
      expect((error as ValidationError).issues[0]?.pointer).to.equal('/executionCondition');
    });

    it('resume a parked run without asking it', async () => {
      const task = await h.addToGroup(
        `${group}.lab`,
        'Reboot',
        { commandKey: 'k' },
        { executionCondition: '${x}' },
      );
      await h.run(cpe);
      h.condition = () => false;
      await h.run(cpe, { events: [event('M Reboot', 'k')] });
      expect(await status(task)).to.equal('SUCCESS');
    });
  });

  describe('that expire', () => {
    it('do not begin after that, and the report says so', async () => {
      const task = await h.addToGroup(`${group}.lab`, 'GetValues', read, { expiry: 'PT1H' });
      await h.run(cpe);
      h.clock.advance(3_600_000);
      expect(await h.run(other)).to.deep.equal([]);
      expect(await status(task)).to.equal('SUCCESS');
      expect(await h.reportOn(task, other)).to.include({
        status: 'ERROR',
        summary: 'expired before it began',
      });
    });

    it('are ended by the job where they are a device’s own, though it never comes', async () => {
      const task = await h.add(cpe, 'GetValues', read, { expiry: 'PT1H' });
      h.clock.advance(3_600_001);
      await h.endOverdue();
      expect(await h.report(task)).to.include({ status: 'ERROR', summary: 'expired before it began' });
      expect(await h.endOverdue()).to.equal(0);
      expect(await h.run(cpe)).to.deep.equal([]);
      const { items } = await h.reports.history({ task: task._id, limit: 5 });
      expect(items).to.have.length(1);
    });
  });

  it('release the list when the holder is deleted, deactivated or paused', async () => {
    for (const way of ['delete', 'deactivate', 'pause'] as const) {
      const holder = await h.addToGroup(`${group}.lab`, 'Reboot');
      await h.run(cpe);
      const waiting = await h.add(cpe, 'GetValues', read);
      expect(await h.run(cpe)).to.deep.equal([]);
      if (way === 'delete') await h.service.remove(holder._id, { actor: OPERATOR });
      else if (way === 'pause') await h.service.ofGroups.pause(holder, { device: h.id(cpe) }, OPERATOR);
      else await h.service.edit(holder._id, { active: false }, { actor: OPERATOR });
      expect(await h.run(cpe), way).to.deep.equal(['GetParameterValues']);
      expect((await h.report(waiting)).status).to.equal('SUCCESS');
    }
  });

  it('end with "connection lost" on the one device whose session breaks', async () => {
    const task = await h.addToGroup(`${group}.lab`, 'GetValues', read);
    await h.run(cpe, { cut: { at: 1, when: 'before', how: 'disconnected' } });
    expect(await h.reportOn(task, cpe)).to.include({ status: 'ERROR' });
    expect(await status(task, other)).to.equal(null);
  });

  it('leave nothing behind when they are deleted before they begin', async () => {
    const task = await h.addToGroup(`${group}.lab`, 'GetValues', read);
    await h.run(other);
    const session = await h.open(cpe);
    await h.store.tasks.deleteOne({ _id: task._id });
    expect(await session.next(null)).to.equal(null);
    await session.close(end('complete', null));
    expect(await h.reportOn(task, cpe)).to.equal(null);
  });
});
