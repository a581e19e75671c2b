import { expect } from 'chai';
import type { AlertRecord } from '../../../store/models/alert.js';
import type { TaskAlert } from '../../../store/models/task.js';
import { CpeFault } from '../../../acs/cwmp/cpe-fault.js';
import { FakeCpe } from './fake-cpe.js';
import { Harness, OPERATOR } from './harness.js';

const read = { parameter: [{ name: 'Device.DeviceInfo.UpTime' }] };

describe('alerts of tasks', () => {
  let h: Harness;
  let cpe: FakeCpe;
  let count = 0;
  before(async () => {
    h = await Harness.open();
  });
  after(() => h.close());
  beforeEach(async () => {
    cpe = new FakeCpe('Device', `alert-${(count += 1)}`);
    await h.meet(cpe);
    h.published.splice(0);
  });

  const alert = (more: Partial<TaskAlert> = {}): TaskAlert => ({
    ...{ type: 'reads-fail', caption: 'Reads fail', severity: 1_000, on: 'ERROR' },
    ...more,
  });
  const alerts = () =>
    h.store.alerts
      .find({ target: h.id(cpe) })
      .sort({ type: 1 })
      .lean<AlertRecord[]>();
  const events = () => h.published.filter(({ type }) => type.startsWith('alert.')).map(({ type }) => type);
  /** The next read fails. */
  const faulting = (): void => {
    cpe.script = ({ method }) =>
      method === 'GetParameterValues' ? new CpeFault(9002, 'Internal error') : undefined;
  };

  it('are raised where it ends with ERROR, kept while it fails, and hidden by SUCCESS', async () => {
    const settings = { alerts: [alert()], automaticRestart: true };
    const task = await h.add(cpe, 'GetValues', read, settings);
    faulting();
    await h.run(cpe);
    await h.run(cpe);
    const [raised] = await alerts();
    expect(raised).to.deep.include({
      ...{ type: 'reads-fail', caption: 'Reads fail', severity: 1_000, raised: true, task: task._id },
      description: '9002 Internal error',
    });
    cpe.script = () => undefined;
    await h.run(cpe);
    expect((await alerts())[0]).to.include({ raised: false, raisedAt: null });
    expect(events()).to.deep.equal(['alert.raised', 'alert.hidden']);
  });

  it('leave nothing behind where nothing fails', async () => {
    await h.add(cpe, 'GetValues', read, { alerts: [alert()] });
    await h.run(cpe);
    expect(await alerts()).to.deep.equal([]);
  });

  it('are raised by a warning where they say so, and otherwise stay as they are', async () => {
    const both = [alert({ type: 'a', on: 'WARNING', caption: '' }), alert({ type: 'b' })];
    const config = '<config><finish status="WARNING" message="half done"/></config>';
    await h.add(cpe, 'XmlTask', config, { alerts: both });
    await h.run(cpe);
    const raised = await alerts();
    expect(raised).to.have.length(1);
    expect(raised[0]).to.include({ type: 'a', caption: 'XmlTask failed', description: 'half done' });
  });

  it('are hidden when their task is deleted', async () => {
    const task = await h.add(cpe, 'GetValues', read, { alerts: [alert()] });
    faulting();
    await h.run(cpe);
    expect((await alerts())[0]).to.include({ raised: true });
    await h.service.remove(task._id, { actor: OPERATOR });
    expect((await alerts())[0]).to.include({ raised: false, raisedAt: null });
  });

  it('are hidden by an edit that drops them; one that it keeps stays', async () => {
    const settings = { alerts: [alert(), alert({ type: 'kept' })], automaticRestart: true };
    const task = await h.add(cpe, 'GetValues', read, settings);
    faulting();
    await h.run(cpe);
    expect((await alerts()).map(({ raised }) => raised)).to.deep.equal([true, true]);
    await h.service.edit(task._id, { comment: 'the same alerts' }, { actor: OPERATOR });
    expect((await alerts()).map(({ raised }) => raised)).to.deep.equal([true, true]);
    const kept = [alert({ type: 'kept', severity: 500 }), alert({ type: 'new' })];
    await h.service.edit(task._id, { alerts: kept }, { actor: OPERATOR });
    expect((await alerts()).map(({ type, raised }) => [type, raised])).to.deep.equal([
      ['kept', true],
      ['reads-fail', false],
    ]);
  });

  it('of a group task are those of each device', async () => {
    await h.join(cpe, 'root.alerts');
    await h.addToGroup('root.alerts', 'GetValues', read, { alerts: [alert()] });
    faulting();
    await h.run(cpe);
    expect((await alerts()).map(({ target, targetKind }) => [target, targetKind])).to.deep.equal([
      [h.id(cpe), 'device'],
    ]);
  });

  it('are raised for a run that gave no answer in time, without a session', async () => {
    await h.add(cpe, 'Reboot', {}, { alerts: [alert({ type: 'lost' })] });
    await h.run(cpe);
    expect(await alerts()).to.deep.equal([]);
    h.clock.advance(901_000);
    await h.endOverdue();
    expect((await alerts())[0]).to.include({
      type: 'lost',
      raised: true,
      description: 'device did not return',
    });
  });
});
