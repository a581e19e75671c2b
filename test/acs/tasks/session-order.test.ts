import { expect } from 'chai';
import { SessionSupersededError } from '../../../common/errors.js';
import { FakeCpe, event } from './fake-cpe.js';
import { end, Harness, OPERATOR } from './harness.js';

const read = { parameter: [{ name: 'Device.DeviceInfo.UpTime' }] };

describe('a session and the list of tasks', () => {
  let h: Harness;
  let cpe: FakeCpe;
  let count = 0;
  before(async () => {
    h = await Harness.open();
  });
  after(() => h.close());
  beforeEach(async () => {
    cpe = new FakeCpe('Device', `order-${(count += 1)}`);
    await h.meet(cpe);
  });

  const namesAsked = (): string[] =>
    cpe.asked.flatMap((request) =>
      request.method === 'GetParameterValues' ? request.names : [request.method],
    );

  it('works the list off in exactly the order that it shows', async () => {
    const parameters = ['A', 'B', 'C', 'D', 'E'];
    for (const name of parameters) cpe.set(name, name);
    const priorities = [20, 5, 10, 30, 5];
    for (const [index, name] of parameters.entries())
      await h.add(
        cpe,
        'GetValues',
        { parameter: [{ name: `Device.${name}` }] },
        { priority: priorities[index] },
      );
    const { entries } = await h.service.queue(h.id(cpe));
    const shown = entries.map(({ task }) => (task.config as typeof read).parameter[0]?.name);
    await h.run(cpe);
    expect(namesAsked()).to.deep.equal(shown);
    expect(shown).to.deep.equal(['Device.B', 'Device.E', 'Device.C', 'Device.A', 'Device.D']);
  });

  it('runs a one-off task once, also after ERROR, and a repeating one once in each session', async () => {
    const failing = await h.add(cpe, 'GetValues', { parameter: [{ name: 'Device.Nothing' }] });
    const repeating = await h.add(cpe, 'GetValues', read, { automaticRestart: true });
    await h.run(cpe);
    await h.run(cpe);
    expect(namesAsked()).to.deep.equal([
      'Device.Nothing',
      'Device.DeviceInfo.UpTime',
      'Device.DeviceInfo.UpTime',
    ]);
    expect(await h.report(failing)).to.include({ status: 'ERROR', run: 1 });
    expect(await h.report(repeating)).to.include({ status: 'SUCCESS', run: 2 });
    const history = await h.reports.history({ task: repeating._id, limit: 10 });
    expect(history.items.map(({ run }) => run)).to.deep.equal([2, 1]);
  });

  it('goes on with the next task after an ERROR', async () => {
    await h.add(cpe, 'GetValues', { parameter: [{ name: 'Device.Nothing' }] }, { priority: 1 });
    const next = await h.add(cpe, 'GetValues', read);
    await h.run(cpe);
    expect((await h.report(next)).status).to.equal('SUCCESS');
  });

  it('keeps no report of a transient task and runs it in each session', async () => {
    const task = await h.add(cpe, 'GetValues', read, { transientReport: true });
    await h.run(cpe);
    await h.run(cpe);
    expect(cpe.asked).to.have.length(2);
    expect(await h.reports.ofTask(task._id, h.id(cpe))).to.equal(null);
    expect((await h.reports.history({ task: task._id, limit: 5 })).items).to.deep.equal([]);
    expect(await h.store.logLines.countDocuments({ device: h.id(cpe), execution: '' })).to.equal(4);
  });

  it('asks nothing of an unmanaged device', async () => {
    await h.add(cpe, 'GetValues', read);
    await h.store.devices.updateOne({ _id: h.id(cpe) }, { $set: { managed: false } });
    expect(await h.run(cpe)).to.deep.equal([]);
    await h.store.devices.updateOne({ _id: h.id(cpe) }, { $set: { managed: true } });
    expect(await h.run(cpe)).to.deep.equal(['GetParameterValues']);
  });

  it('leaves inactive tasks alone until they are active', async () => {
    const task = await h.add(cpe, 'GetValues', read, { active: false });
    expect(await h.run(cpe)).to.deep.equal([]);
    await h.service.edit(task._id, { active: true }, { actor: OPERATOR });
    expect(await h.run(cpe)).to.deep.equal(['GetParameterValues']);
  });

  it('keeps min. interval between runs, and an operator’s restart clears it', async () => {
    const task = await h.add(cpe, 'GetValues', read, { automaticRestart: true, minInterval: 3600 });
    await h.run(cpe);
    expect(await h.run(cpe)).to.deep.equal([]);
    h.clock.advance(3_600_000);
    expect(await h.run(cpe)).to.have.length(1);
    await h.service.restart(task._id, { actor: OPERATOR });
    expect(await h.run(cpe)).to.have.length(1);
  });

  it('takes in what an operator adds while a task runs, at its place', async () => {
    const first = await h.add(cpe, 'GetValues', read, { priority: 1 });
    await h.add(cpe, 'GetNames', {}, { priority: 50 });
    let added = false;
    await h.run(cpe, {
      between: async () => {
        if (added) return;
        added = true;
        await h.add(cpe, 'DeleteObject', { objectName: 'Device.X.1.' }, { priority: 20 });
      },
    });
    expect(cpe.methods()).to.deep.equal(['GetParameterValues', 'DeleteObject', 'GetParameterNames']);
    expect((await h.report(first)).run).to.equal(1);
  });

  it('runs a task again in the session in which an operator restarts it after its turn', async () => {
    const first = await h.add(cpe, 'GetValues', read, { priority: 1 });
    await h.add(cpe, 'GetNames', {}, { priority: 50 });
    let restarted = false;
    await h.run(cpe, {
      between: async ({ method }) => {
        if (method !== 'GetParameterNames' || restarted) return;
        restarted = true;
        await h.service.restart(first._id, { actor: OPERATOR });
      },
    });
    expect(cpe.methods()).to.deep.equal(['GetParameterValues', 'GetParameterNames', 'GetParameterValues']);
    expect((await h.report(first)).run).to.equal(2);
  });

  it('does not run the task again in this session that is restarted during its run', async () => {
    cpe.set('Wide', 'x');
    const many = Array.from({ length: 70 }, (_, index) => {
      cpe.set(`P${index}`, 'x');
      return { name: `Device.P${index}` };
    });
    const task = await h.add(cpe, 'GetValues', { parameter: many });
    await h.run(cpe, {
      between: async () => {
        if (cpe.asked.length === 1) await h.service.restart(task._id, { actor: OPERATOR });
      },
    });
    expect(cpe.asked).to.have.length(1);
    expect(await h.report(task)).to.include({ status: 'NOT_STARTED', run: 1 });
    const { items } = await h.reports.history({ task: task._id, limit: 5 });
    expect(items.map(({ summary }) => summary)).to.deep.equal(['restarted by operator']);
    await h.run(cpe);
    expect(await h.report(task)).to.include({ status: 'SUCCESS', run: 2 });
  });

  it('stops a run whose task is deleted at its next request, and the history says so', async () => {
    const many = Array.from({ length: 70 }, (_, index) => {
      cpe.set(`P${index}`, 'x');
      return { name: `Device.P${index}` };
    });
    const task = await h.add(cpe, 'GetValues', { parameter: many });
    await h.run(cpe, {
      between: async () => {
        if (cpe.asked.length === 1) await h.service.remove(task._id, { actor: OPERATOR });
      },
    });
    expect(cpe.asked).to.have.length(1);
    expect(await h.reports.ofTask(task._id, h.id(cpe))).to.equal(null);
    const { items } = await h.reports.history({ task: task._id, limit: 5 });
    expect(items).to.have.length(1);
    expect(items[0]).to.include({ status: 'ERROR', summary: 'deleted' });
  });

  it('finishes a run with the definition that it began with', async () => {
    const task = await h.add(cpe, 'Reboot', { commandKey: 'mine' });
    await h.run(cpe);
    await h.service.edit(task._id, { config: { commandKey: 'other' } }, { actor: OPERATOR });
    await h.run(cpe, { events: [event('1 BOOT'), event('M Reboot', 'mine')] });
    const report = await h.report(task);
    expect(report.status).to.equal('SUCCESS');
    expect(report.details.map(({ name }) => name)).not.to.include('commandKeyEchoed');
  });

  it('resumes what a bootstrap began again and a crash cut off, although nothing had been due before', async () => {
    const task = await h.add(cpe, 'GetValues', read, { repeatOnBootstrap: true });
    await h.run(cpe);
    expect(await h.run(cpe)).to.deep.equal([]);
    await h.run(cpe, { events: [event('0 BOOTSTRAP')], cut: { at: 1, when: 'before', how: 'crash' } });
    expect(await h.run(cpe)).to.deep.equal(['GetParameterValues']);
    expect(await h.report(task)).to.include({ status: 'SUCCESS', run: 2 });
  });

  it('begins no further task when the session has reached its time limit', async () => {
    const tight = await Harness.open({ sessionMs: 50 });
    try {
      const other = new FakeCpe('Device', 'slow');
      await tight.meet(other);
      const first = await tight.add(other, 'GetValues', read);
      const second = await tight.add(other, 'GetValues', read);
      await tight.run(other);
      expect((await tight.report(first)).status).to.equal('SUCCESS');
      expect(await tight.reports.ofTask(second._id, tight.id(other))).to.equal(null);
      await tight.run(other);
      expect((await tight.report(second)).status).to.equal('SUCCESS');
    } finally {
      await tight.close();
    }
  });

  it('ends a task that runs too long in one session with ERROR "task timeout"', async () => {
    const tight = await Harness.open({ activeRunMs: 50 });
    try {
      const other = new FakeCpe('Device', 'long');
      await tight.meet(other);
      const task = await tight.add(other, 'RefreshDataModel');
      await tight.run(other);
      expect(await tight.report(task)).to.include({ status: 'ERROR', summary: 'task timeout' });
    } finally {
      await tight.close();
    }
  });

  it('ends an older session of the same device, whose open request is lost', async () => {
    const task = await h.add(cpe, 'GetValues', read);
    const older = await h.open(cpe);
    expect(await older.next(null)).to.include({ method: 'GetParameterValues' });
    const newer = await h.open(cpe, [event('1 BOOT')]);
    expect(await h.report(task)).to.include({
      status: 'ERROR',
      summary: 'connection lost during GetParameterValues',
    });
    const refused = await older.next(null).then(
      () => null,
      (error: unknown) => error,
    );
    expect(refused).to.be.instanceOf(SessionSupersededError);
    await older.close(end('superseded', null));
    expect(await newer.next(null)).to.equal(null);
    await newer.close(end('complete', null));
    const device = await h.store.devices.findById(h.id(cpe)).lean();
    expect(device?.lease.session).to.equal(null);
  });

  it('is fenced: a session of another server that lost its lease writes nothing any more', async () => {
    const task = await h.add(cpe, 'GetValues', read);
    const older = await h.open(cpe);
    const request = await older.next(null);
    h.crash();
    // The other server, which knows nothing of the first one, resumes the run and ends it.
    await h.run(cpe);
    const ended = await h.report(task);
    expect(ended.status).to.equal('SUCCESS');
    const late = await older.next(cpe.answer(request!)).then(
      () => null,
      (error: unknown) => error,
    );
    expect(late).to.be.instanceOf(SessionSupersededError);
    await older.close(end('disconnected', null));
    expect(await h.report(task)).to.deep.equal(ended);
  });

  it('reads and writes in few rounds: four operations for a device with nothing to do, thirteen with a SetValues', async () => {
    cpe.set('WiFi.Name', 'a');
    await h.add(cpe, 'SetValues', { param: [{ name: 'Device.WiFi.Name', value: 'b', type: 'string' }] });
    const commands: string[] = [];
    const client = h.store.connection.getClient();
    client.on('commandStarted', ({ commandName, command }) =>
      commands.push(`${commandName} ${String((command as Record<string, unknown>)[commandName])}`),
    );
    expect(client.options.monitorCommands).to.equal(true);
    await h.run(cpe);
    const busy = commands.splice(0);
    await h.run(cpe);
    // The count of changes of group tasks is read while the device's record is.
    expect(commands, commands.join(', ')).to.have.length(4);
    expect(busy, busy.join(', ')).to.have.length.at.most(13);
  });
});
