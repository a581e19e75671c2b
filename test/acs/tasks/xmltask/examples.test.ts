import { expect } from 'chai';
import type { TaskRecord } from '../../../../store/models/task.js';
import { FakeCpe, event, transferComplete } from '../fake-cpe.js';
import { Harness } from '../harness.js';
import { BACKUP, CHANNEL, TRACE, UPGRADE, WIFI } from './examples.js';
import { FakePorts } from './fake-ports.js';

const HOUR = 3_600_000;

describe('The examples of the workflow language', () => {
  let harness: Harness;
  let ports: FakePorts;

  before(async () => {
    harness = await Harness.open();
  });
  after(() => harness.close());
  beforeEach(() => {
    ports = new FakePorts();
    harness.ports = ports.all;
    harness.files.offers.length = 0;
    harness.crash();
  });

  const add = (cpe: FakeCpe, xml: string, settings = {}): Promise<TaskRecord> =>
    harness.add(cpe, 'XmlTask', xml, settings);

  it('renames the enabled networks and no other, name and password of each in one request', async () => {
    const cpe = new FakeCpe('InternetGatewayDevice', 'WIFI');
    for (const [number, enable] of [
      [1, '1'],
      [2, 'false'],
      [3, 'true'],
    ] as const) {
      const network = `LANDevice.1.WLANConfiguration.${number}.`;
      cpe.set(`${network}Enable`, enable, 'boolean');
      cpe.set(`${network}SSID`, 'old');
      cpe.set(`${network}PreSharedKey.1.KeyPassphrase`, 'old secret');
    }
    await harness.meet(cpe);
    const properties = [
      { name: 'ssid', value: 'Home' },
      { name: 'key', value: 'correct horse' },
    ];
    const task = await add(cpe, WIFI, { properties });
    await harness.run(cpe);
    expect((await harness.report(task)).status).to.equal('SUCCESS');
    expect(cpe.count('SetParameterValues')).to.equal(2);
    const name = (number: number): string | undefined =>
      cpe.value(`LANDevice.1.WLANConfiguration.${number}.SSID`);
    expect([1, 2, 3].map(name)).to.deep.equal(['Home', 'old', 'Home']);
    expect(cpe.value('LANDevice.1.WLANConfiguration.3.PreSharedKey.1.KeyPassphrase')).to.equal(
      'correct horse',
    );
    const lines = await harness.lines(task);
    expect(lines.join('\n')).to.contain(`[log] Wi-Fi of ${harness.id(cpe)} renamed to Home`);
    expect(lines.join('\n')).not.to.contain('correct horse');
  });

  it('changes the channel on noise and raises the alert, and hides it when the noise is gone', async () => {
    const cpe = new FakeCpe('Device', 'CHANNEL');
    cpe.set('WiFi.Radio.1.Stats.Noise', '-60', 'int', false);
    cpe.set('WiFi.Radio.1.Channel', '6', 'unsignedInt');
    await harness.meet(cpe);
    const task = await add(cpe, CHANNEL, { automaticRestart: true });
    await harness.run(cpe);
    expect(cpe.value('WiFi.Radio.1.Channel')).to.equal('11');
    expect(cpe.count('GetParameterValues'), 'both values in one request').to.equal(1);
    const alert = (): Promise<unknown> =>
      harness.store.alerts.findOne({ target: harness.id(cpe), type: 'wifi-noise' }).lean();
    expect(await alert()).to.include({ raised: true, severity: 1000, description: 'moved from 6 to 11' });

    cpe.set('WiFi.Radio.1.Stats.Noise', '-90', 'int', false);
    await harness.run(cpe);
    expect(await alert()).to.include({ raised: false, raisedAt: null });
    expect((await harness.report(task)).status).to.equal('SUCCESS');
    expect(cpe.value('WiFi.Radio.1.Channel')).to.equal('11');
  });

  describe('the staged upgrade', () => {
    const upgrade = async (cpe: FakeCpe): Promise<TaskRecord> => {
      cpe.set('IP.Interface.1.Status', 'Up', 'string', false);
      harness.files.add({ id: 'fw-2.4.1', version: '2.4.1' });
      harness.files.add({ id: 'fw-2.3.9', version: '2.3.9' });
      await harness.meet(cpe);
      return add(cpe, UPGRADE, { automaticRestart: true, minInterval: 600 });
    };
    const keyOf = async (task: TaskRecord): Promise<string> => (await harness.report(task)).commandKey ?? '';
    const complete = async (task: TaskRecord): Promise<object> => ({
      events: [event('1 BOOT'), event('7 TRANSFER COMPLETE')],
      transfers: [transferComplete(await keyOf(task))],
    });
    /** Backup, download, new version. */
    const installed = async (cpe: FakeCpe, task: TaskRecord): Promise<void> => {
      expect(await harness.run(cpe)).to.deep.equal(['Upload']);
      harness.files.arrive(await keyOf(task), 'backup-1', harness.clock.now());
      expect(await harness.run(cpe, await complete(task))).to.deep.equal(['Download']);
      cpe.set('DeviceInfo.SoftwareVersion', '2.4.1', 'string', false);
      await harness.run(cpe, await complete(task));
    };

    it('installs, observes for half an hour over sessions and servers, and ends well', async () => {
      const cpe = new FakeCpe('Device', 'UPGRADE');
      const task = await upgrade(cpe);
      await installed(cpe, task);
      let report = await harness.report(task);
      expect(report).to.include({ status: 'IN_PROGRESS', summary: 'observing 2.4.1 for 30 minutes' });
      const [call] = ports.calls;
      expect(call?.at.getTime()).to.be.closeTo(harness.clock.now().getTime() + HOUR / 2, 2_000);
      const slots = async (): Promise<number | undefined> =>
        (await harness.store.limiters.findById('/\nfw-2.4.1').lean())?.slots.length;
      expect(await slots(), 'the place is held meanwhile').to.equal(1);

      harness.clock.advance(HOUR / 4);
      harness.crash();
      await harness.run(cpe);
      expect((await harness.report(task)).status).to.equal('IN_PROGRESS');
      harness.clock.advance(HOUR / 4);
      await harness.run(cpe);
      report = await harness.report(task);
      expect(report).to.include({ status: 'SUCCESS', summary: 'now 2.4.1' });
      expect(report.details).to.deep.include({ name: 'before', value: '1.0' });
      expect(await slots(), 'and given back').to.equal(0);
    });

    it('goes back to the old image when the line is down, and remembers that', async () => {
      const cpe = new FakeCpe('Device', 'ROLLBACK');
      const task = await upgrade(cpe);
      await installed(cpe, task);
      cpe.set('IP.Interface.1.Status', 'Down', 'string', false);
      harness.clock.advance(HOUR);
      expect(await harness.run(cpe)).to.deep.equal(['GetParameterValues', 'Download']);
      cpe.set('DeviceInfo.SoftwareVersion', '2.3.9', 'string', false);
      await harness.run(cpe, await complete(task));
      expect(await harness.report(task)).to.include({
        status: 'ERROR',
        summary: 'WAN Down: back to 2.3.9 (was 1.0)',
      });
      const device = await harness.store.devices.findById(harness.id(cpe)).lean();
      expect(device?.properties).to.have.property('fw241Failed');
    });

    it('ends with ERROR when the version stays, although the failure of the child is ignored', async () => {
      const cpe = new FakeCpe('Device', 'UNCHANGED');
      const task = await upgrade(cpe);
      await harness.run(cpe);
      harness.files.arrive(await keyOf(task), 'backup-2', harness.clock.now());
      await harness.run(cpe, await complete(task));
      await harness.run(cpe, {
        events: [event('7 TRANSFER COMPLETE')],
        transfers: [transferComplete(await keyOf(task), 9018, 'File is corrupt')],
      });
      expect(await harness.report(task)).to.include({
        status: 'ERROR',
        summary: 'not upgraded, still 1.0',
      });
    });

    it('without a free place stays not started, and tries again once the interval is over', async () => {
      const cpe = new FakeCpe('Device', 'FULL');
      const task = await upgrade(cpe);
      const until = new Date(harness.clock.now().getTime() + HOUR);
      const slots = Array.from({ length: 50 }, (_, index) => ({
        id: `x${index}`,
        execution: '',
        run: 0,
        until,
      }));
      await harness.store.limiters.updateOne({ _id: '/\nfw-2.4.1' }, { $set: { slots } }, { upsert: true });
      expect(await harness.run(cpe)).to.deep.equal([]);
      expect(await harness.report(task)).to.include({
        status: 'NOT_STARTED',
        summary: 'no free slot',
        run: 1,
      });
      await harness.run(cpe);
      expect((await harness.report(task)).run, 'within the interval').to.equal(1);
      harness.clock.advance(2 * HOUR);
      expect(await harness.run(cpe)).to.deep.equal(['Upload']);
      expect((await harness.report(task)).run).to.equal(2);
    });
  });

  it('backs up before a change and restores when the line stays down', async () => {
    const cpe = new FakeCpe('Device', 'BACKUP');
    cpe.set('DSL.Line.1.Enable', 'false', 'boolean');
    cpe.set('DSL.Line.1.Status', 'Down', 'string', false);
    await harness.meet(cpe);
    const task = await add(cpe, BACKUP);
    expect(await harness.run(cpe)).to.deep.equal(['Upload']);
    const uploadKey = (await harness.report(task)).commandKey ?? '';
    harness.files.arrive(uploadKey, 'backup-of-line', harness.clock.now());
    const done = { events: [event('7 TRANSFER COMPLETE')], transfers: [transferComplete(uploadKey)] };
    expect((await harness.run(cpe, done)).slice(-3)).to.deep.equal([
      'SetParameterValues',
      'GetParameterValues',
      'Download',
    ]);
    const downloadKey = (await harness.report(task)).commandKey ?? '';
    expect(downloadKey).not.to.equal(uploadKey);
    await harness.run(cpe, {
      events: [event('7 TRANSFER COMPLETE')],
      transfers: [transferComplete(downloadKey)],
    });
    expect(await harness.report(task)).to.include({
      status: 'WARNING',
      summary: 'line Down: configuration restored',
    });
    expect(cpe.value('DSL.Line.1.Enable')).to.equal('true');
  });

  it('traces a parameter, tells another system and restarts the device when that says so', async () => {
    const cpe = new FakeCpe('Device', 'TRACE');
    cpe.set('DeviceInfo.UpTime', String(8 * 24 * 3600), 'unsignedInt', false);
    await harness.meet(cpe);
    const task = await add(cpe, TRACE);
    ports.answer = () => ({ status: 200, text: '{"action":"reboot"}' });
    expect(await harness.run(cpe)).to.deep.equal(['GetParameterValues', 'Reboot']);
    const [request] = ports.requests;
    expect(request).to.include({
      url: `https://nms.example/api/uptime/${harness.id(cpe)}`,
      method: 'POST',
      body: '{"up": 691200}',
      timeoutMs: 3_000,
    });
    const sample = await harness.store.valueSamples
      .findOne({ device: harness.id(cpe), name: 'uptime' })
      .lean();
    expect(sample?.value).to.equal('691200');
    expect(await harness.report(task)).to.include({ status: 'IN_PROGRESS', blocking: true });
    await harness.run(cpe, {
      events: [event('1 BOOT'), event('M Reboot', (await harness.report(task)).commandKey ?? '')],
    });
    expect(await harness.report(task)).to.include({ status: 'SUCCESS' });
  });
});
