import { expect } from 'chai';
import { CpeFault } from '../../../acs/cwmp/cpe-fault.js';
import type { DeviceRecord } from '../../../store/models/device.js';
import type { TaskRecord } from '../../../store/models/task.js';
import { event } from './fake-cpe.js';
import { Harness } from './harness.js';
import { SimulatedCpe } from './simulated-cpe.js';

const BOOTSTRAP = [event('0 BOOTSTRAP'), event('1 BOOT')];

describe('Refurbish', () => {
  let h: Harness;
  let cpe: SimulatedCpe;
  let old: TaskRecord;
  let task: TaskRecord;
  let count = 0;
  before(async () => {
    h = await Harness.open();
  });
  after(() => h.close());
  beforeEach(async () => {
    cpe = new SimulatedCpe(count % 2 ? 'tr098' : 'tr181', `used${(count += 1)}`);
    await h.run(cpe);
    await h.store.devices.updateOne(
      { _id: h.id(cpe) },
      { $set: { properties: { keep: 'a', 'site%2Ecode': 'b', gone: 'c' }, tags: ['x'] } },
    );
    old = await h.add(cpe, 'GetRpcMethods', {}, { automaticRestart: true });
    await h.run(cpe);
    task = await h.add(cpe, 'Refurbish', { retainedProperties: 'keep, site.code' }, { priority: 1 });
  });

  const device = async (): Promise<DeviceRecord> =>
    (await h.store.devices.findById(h.id(cpe)).lean<DeviceRecord>())!;
  const taskIds = async (): Promise<string[]> =>
    (await h.store.tasks.find({ device: h.id(cpe) }).lean<TaskRecord[]>()).map(({ _id }) => _id);
  async function expectClean(): Promise<void> {
    expect(await taskIds()).to.deep.equal([task._id]);
    expect((await device()).properties).to.deep.equal({ keep: 'a', 'site%2Ecode': 'b' });
    expect((await device()).tags).to.deep.equal(['x']);
    expect(await h.store.executions.countDocuments({ task: old._id })).to.equal(0);
  }
  async function expectUntouched(): Promise<void> {
    expect(await taskIds()).to.have.members([task._id, old._id]);
    expect((await device()).properties).to.include({ gone: 'c' });
  }

  it('resets the device, removes its tasks and properties at once, and waits for the bootstrap', async () => {
    await h.run(cpe);
    expect(cpe.restart).to.equal('reset');
    await expectClean();
    expect((await h.report(task)).stage).to.equal('waiting');
    await h.run(cpe, { events: BOOTSTRAP });
    const report = await h.report(task);
    expect(report.status).to.equal('SUCCESS');
    expect(report.details.map(({ name, value }) => `${name}=${value}`)).to.include.members([
      'tasksRemoved=1',
      // supportedRpcMethods is one of them.
      'propertiesRemoved=2',
    ]);
    const history = await h.store.executionLogs.find({ task: { $in: [task._id, old._id] } }).lean();
    expect(history.map(({ status }) => status)).to.deep.equal(['SUCCESS', 'SUCCESS']);
    const edits = await h.store.editionLogs.find({ task: old._id, kind: 'deleted' }).lean();
    expect(edits.map(({ user }) => user)).to.deep.equal([`task ${task._id}`]);
  });

  it('sets the reports of group tasks on the device back, so that it is provisioned as a new one', async () => {
    const [report] = await h.store.executions.find({ task: old._id }).lean();
    await h.store.executions.create({ ...report!, _id: 'f'.repeat(24), task: 'g:root:1', fence: 0 });
    await h.run(cpe);
    const after = await h.store.executions.findById('f'.repeat(24)).lean();
    expect([after?.status, after?.finishTime]).to.deep.equal(['NOT_STARTED', null]);
    await h.store.executions.deleteOne({ _id: 'f'.repeat(24) });
  });

  it('removes nothing when the device refuses the reset', async () => {
    cpe.script = ({ method }) =>
      method === 'FactoryReset' ? new CpeFault(9000, 'Method not supported') : undefined;
    await h.run(cpe);
    expect((await h.report(task)).summary).to.equal('9000 Method not supported');
    await expectUntouched();
  });

  it('cleans up after a crash between the answer and the removal', async () => {
    await h.run(cpe, { cut: { at: 1, when: 'after', how: 'crash' } });
    await expectUntouched();
    await h.run(cpe, { events: BOOTSTRAP });
    expect((await h.report(task)).status).to.equal('SUCCESS');
    expect(cpe.count('FactoryReset')).to.equal(1);
    await expectClean();
  });

  it('cleans up when the connection was lost and the bootstrap shows that the reset took place', async () => {
    await h.run(cpe, { cut: { at: 1, when: 'after', how: 'disconnected' } });
    expect((await h.report(task)).status).to.equal('IN_PROGRESS');
    await h.run(cpe, { events: BOOTSTRAP });
    expect((await h.report(task)).status).to.equal('SUCCESS');
    await expectClean();
  });

  it('removes nothing when the answer was never seen and the device merely restarted', async () => {
    await h.run(cpe, { cut: { at: 1, when: 'before', how: 'disconnected' } });
    await h.run(cpe, { events: [event('1 BOOT')] });
    expect((await h.report(task)).status).to.equal('WARNING');
    await expectUntouched();
  });

  it('goes on removing in the next session when its time was over before that was done', async () => {
    await h.run(cpe, { cut: { at: 1, when: 'after', how: 'crash' } });
    const session = await h.open(cpe, BOOTSTRAP);
    h.crash();
    h.clock.advance(1_000_000);
    await h.endOverdue();
    expect((await h.report(task)).status).to.equal('IN_PROGRESS');
    expect(session.currentTask).to.equal(null);
    await h.run(cpe);
    expect((await h.report(task)).status).to.equal('SUCCESS');
    await expectClean();
  });

  it('ends with ERROR when the device does not come back, and stays clean', async () => {
    await h.run(cpe);
    h.clock.advance(1_000_000);
    await h.endOverdue();
    expect((await h.report(task)).summary).to.equal('device did not return');
    await expectClean();
  });
});
