import { expect } from 'chai';
import { CpeFault } from '../../../acs/cwmp/cpe-fault.js';
import type { AcsRequest } from '../../../acs/cwmp/messages.js';
import type { ExecutionRecord } from '../../../store/models/execution.js';
import type { TaskRecord } from '../../../store/models/task.js';
import { FakeCpe } from './fake-cpe.js';
import { Harness } from './harness.js';
import { SimulatedCpe } from './simulated-cpe.js';

const MODELS = ['tr181', 'tr098'] as const;

describe('diagnostics tasks', () => {
  let h: Harness;
  let cpe: SimulatedCpe;
  let count = 0;
  before(async () => {
    h = await Harness.open();
  });
  after(() => h.close());
  afterEach(() => expect(cpe.violations).to.deep.equal([]));

  async function meet(model: 'tr181' | 'tr098'): Promise<void> {
    cpe = new SimulatedCpe(model, `diag${(count += 1)}`);
    await h.run(cpe);
    cpe.asked.length = 0;
  }
  /** The session that requests, the time in which the device works, and the session in which it tells. */
  async function through(task: TaskRecord): Promise<ExecutionRecord> {
    await h.run(cpe);
    const parked = await h.report(task);
    expect([parked.status, parked.stage, parked.blocking]).to.deep.equal(['IN_PROGRESS', 'waiting', false]);
    cpe.advance(5_000);
    await h.run(cpe, { events: cpe.takeEvents() });
    return h.report(task);
  }
  const detailsOf = (report: ExecutionRecord): Record<string, string> =>
    Object.fromEntries(report.details.map(({ name, value }) => [name, value]));
  const sets = (): Extract<AcsRequest, { method: 'SetParameterValues' }>[] =>
    cpe.asked.filter((request) => request.method === 'SetParameterValues');
  const sent = (): Record<string, string> =>
    Object.fromEntries((sets().at(-1)?.parameters ?? []).map(({ name, value }) => [name, value]));

  for (const model of MODELS)
    describe(`on ${model}`, () => {
      beforeEach(() => meet(model));
      const object = (tr181: string, tr098: string): string =>
        model === 'tr181' ? `Device.${tr181}` : `InternetGatewayDevice.${tr098}`;

      it('IpPingDiagnostics sets arguments and Requested in one request and reports the same names on both models', async () => {
        const ping = object('IP.Diagnostics.IPPing.', 'IPPingDiagnostics.');
        const task = await h.add(cpe, 'IpPingDiagnosticsTask', {
          host: 'example.org',
          numberOfRepetitions: 4,
        });
        const report = await through(task);
        expect(report.status).to.equal('SUCCESS');
        expect(sent()).to.deep.equal({
          [`${ping}Host`]: 'example.org',
          [`${ping}Interface`]: '',
          [`${ping}NumberOfRepetitions`]: '4',
          [`${ping}Timeout`]: '5000',
          [`${ping}DataBlockSize`]: '64',
          [`${ping}DSCP`]: '0',
          [`${ping}DiagnosticsState`]: 'Requested',
        });
        const { successCount, failureCount, averageResponseTime, state } = detailsOf(report);
        expect([successCount, failureCount, state]).to.deep.equal(['4', '0', 'Complete']);
        expect(averageResponseTime).to.equal(cpe.model.peek(`${ping}AverageResponseTime`));
        expect(report.summary).to.equal(`4 of 4 answers, average ${averageResponseTime} ms`);
      });

      it('TraceRouteDiagnostics reports each hop', async () => {
        const task = await h.add(cpe, 'TraceRouteDiagnostics', { host: 'example.org' });
        const report = await through(task);
        const details = detailsOf(report);
        expect(report.status).to.equal('SUCCESS');
        expect(details['hop.1.host']).to.equal('hop1.futuro.example');
        expect(details['hop.1.times']).to.equal('2,3,4');
        const hops = Object.keys(details).filter((name) => name.endsWith('.host')).length;
        expect(details[`hop.${hops}.host`]).to.equal('example.org');
        expect(details[`hop.${hops}.address`]).to.match(/^198\.51\.100\./);
      });

      it('ends with ERROR and the text of the state when the test fails', async () => {
        const task = await h.add(cpe, 'TraceRouteDiagnostics', { host: 'nobody.invalid' });
        const report = await through(task);
        expect([report.status, report.summary]).to.deep.equal(['ERROR', 'Error_CannotResolveHostName']);
        expect(detailsOf(report).state).to.equal('Error_CannotResolveHostName');
      });

      it('DownloadDiagnostics computes the throughput from times with microseconds', async () => {
        const task = await h.add(cpe, 'DownloadDiagnostics', { downloadUrl: 'http://example.org/10MB' });
        const report = await through(task);
        const details = detailsOf(report);
        const seconds = (name: string): number => Number(/:([\d.]+)Z$/.exec(details[name] ?? '')?.[1]);
        const rate = Number(/^(\d+) bit\/s$/.exec(details.throughput ?? '')?.[1]);
        expect(report.status).to.equal('SUCCESS');
        expect(rate).to.be.closeTo((10_000_000 * 8) / (seconds('eomTime') - seconds('bomTime')), 1000);
        expect(report.summary).to.equal(`${(rate / 1_000_000).toFixed(2)} Mbit/s`);
      });

      it('DownloadDiagnostics fetches a file of this server by a one-time URL that no log shows', async () => {
        h.files.add({ id: 'speed', fileName: 'speed.bin' });
        const task = await h.add(
          cpe,
          'DownloadDiagnostics',
          `<config dscp="10" baseUrl="http://files.test"><Resource resourceId="speed"/></config>`,
        );
        const report = await through(task);
        expect(report.status).to.equal('SUCCESS');
        expect(Object.values(sent()))
          .to.include('http://files.test/f/SECRETTOKEN/speed.bin')
          .and.include('10');
        expect(h.files.orders.at(-1)).to.include({ baseUrl: 'http://files.test', resource: 'speed' });
        const shown = JSON.stringify([await h.lines(task), report.details]);
        expect(shown).not.to.include('SECRETTOKEN');
      });

      it('UploadDiagnostics sends to this server when there is no URL, and keeps no file of it', async () => {
        const task = await h.add(cpe, 'UploadDiagnostics', { dataLength: 4_000_000, shorterUrl: true });
        await h.run(cpe);
        expect(Object.values(sent())).to.include('http://files.test/f/SECRETTOKEN/u').and.include('4000000');
        h.files.arrive(h.files.orders.at(-1)!.commandKey, 'garbage', h.clock.now());
        cpe.advance(5_000);
        await h.run(cpe, { events: cpe.takeEvents() });
        const report = await h.report(task);
        expect(report.status).to.equal('SUCCESS');
        expect(detailsOf(report).totalBytesSent).to.equal('4000000');
        expect(h.files.deleted).to.include('garbage');
      });

      it('NsLookupDiagnostics reports each answer', async () => {
        const task = await h.add(cpe, 'NsLookupDiagnostics', {
          hostName: 'example.org',
          numberOfRepetitions: 2,
          dnsServer: '203.0.113.9',
        });
        const details = detailsOf(await through(task));
        expect(details).to.include({
          successCount: '2',
          'result.2.hostName': 'example.org',
          'result.2.dnsServer': '203.0.113.9',
          'result.2.status': 'Success',
          'result.1.responseTime': '5',
        });
      });

      it('AtmLoopbackDiagnostics tests the connection that is named', async () => {
        const loopback = object(
          'ATM.Diagnostics.F5Loopback.',
          'WANDevice.1.WANConnectionDevice.1.WANATMF5LoopbackDiagnostics.',
        );
        const task = await h.add(cpe, 'AtmLoopbackDiagnostics', { numberOfRepetitions: 3 });
        const report = await through(task);
        expect(detailsOf(report)).to.include({ successCount: '3', failureCount: '0' });
        const link = sent()[`${loopback}Interface`];
        expect(link).to.equal(model === 'tr181' ? 'Device.ATM.Link.1' : undefined);
      });
    });

  it('VoipDiagnostic uses the object of the vendor, hides its secret and reports all that it finds', async () => {
    await meet('tr181');
    const vendor = new FakeCpe('Device', 'voip');
    for (const name of ['LocalNumber', 'RemoteNumber', 'SIPServerAddress', 'Secret', 'Codec'])
      vendor.set(`X_00AABB_Call.${name}`, '');
    vendor.set('X_00AABB_Call.DiagnosticsState', 'None');
    vendor.set('X_00AABB_Call.Jitter', '12', 'unsignedInt', false);
    await h.meet(vendor);
    const task = await h.add(vendor, 'VoipDiagnostic', {
      objectName: 'Root.X_00AABB_Call.',
      ...{
        localNumber: '1',
        remoteNumber: '2',
        sipServerAddress: 'sip.test',
        secret: 'hush',
        codec: 'G.711',
      },
    });
    await h.run(vendor);
    expect(vendor.value('X_00AABB_Call.Secret')).to.equal('hush');
    vendor.set('X_00AABB_Call.DiagnosticsState', 'Complete');
    await h.run(vendor);
    const report = await h.report(task);
    expect(detailsOf(report)).to.deep.equal({ Jitter: '12', state: 'Complete' });
    expect(JSON.stringify([await h.lines(task), report.checkpoint])).not.to.include('hush');
  });

  describe('on their way', () => {
    beforeEach(() => meet('tr181'));
    const STATE = 'Device.IP.Diagnostics.IPPing.DiagnosticsState';
    const ping = (more: object = {}): Promise<TaskRecord> =>
      h.add(cpe, 'IpPingDiagnostics', { host: 'example.org', ...more });

    it('let other tasks run meanwhile', async () => {
      const task = await ping();
      const other = await h.add(cpe, 'GetValues', { parameter: [{ name: 'Device.DeviceInfo.UpTime' }] });
      await h.run(cpe);
      expect((await h.report(task)).status).to.equal('IN_PROGRESS');
      expect((await h.report(other)).status).to.equal('SUCCESS');
    });

    it('find the result in a later session when the event was lost', async () => {
      const task = await ping();
      await h.run(cpe);
      cpe.advance(5_000);
      await h.run(cpe);
      expect((await h.report(task)).status).to.equal('SUCCESS');
    });

    it('wait on while the device is still at it, and give up after the minutes given', async () => {
      const task = await ping({ relativeFinishTime: 3 });
      await h.run(cpe);
      await h.run(cpe);
      expect((await h.report(task)).status).to.equal('IN_PROGRESS');
      await h.run(cpe);
      await h.run(cpe);
      const report = await h.report(task);
      expect([report.status, report.summary]).to.deep.equal(['ERROR', 'no result in the given time']);
    });

    it('are given up by the earlier of both times although no session comes', async () => {
      const end = new Date(Math.floor(h.clock.now().getTime() / 1000) * 1000 + 180_000).toISOString();
      const task = await ping({ relativeFinishTime: 60, absoluteFinishTime: end });
      await h.run(cpe);
      expect((await h.report(task)).deadline?.toISOString()).to.equal(end);
      h.clock.advance(180_000);
      await h.endOverdue();
      expect((await h.report(task)).summary).to.equal('no result in the given time');
    });

    it('go on after a crash: a result of before the request is not taken for the answer', async () => {
      cpe.model.assign(STATE, 'Complete');
      const task = await ping();
      const before = cpe.asked.length;
      await h.run(cpe, { cut: { at: 1, when: 'before', how: 'crash' } });
      expect((await h.report(task)).stage).to.equal('requested');
      await h.run(cpe);
      expect(cpe.methods().slice(before)).to.deep.equal(['GetParameterValues', 'SetParameterValues']);
      cpe.advance(5_000);
      await h.run(cpe, { events: cpe.takeEvents() });
      expect((await h.report(task)).status).to.equal('SUCCESS');
      expect(sets().length).to.equal(1);
    });

    it('go on after a crash: a test that runs is not requested again', async () => {
      const task = await ping();
      await h.run(cpe, { cut: { at: 1, when: 'after', how: 'crash' } });
      await h.run(cpe);
      cpe.advance(5_000);
      await h.run(cpe, { events: cpe.takeEvents() });
      expect((await h.report(task)).status).to.equal('SUCCESS');
      expect(sets().length).to.equal(1);
    });

    it('are requested again when the device was restarted and knows nothing of the test', async () => {
      const task = await ping();
      await h.run(cpe);
      cpe.model.assign(STATE, 'None');
      await h.run(cpe);
      expect(sets().length).to.equal(2);
      cpe.advance(5_000);
      await h.run(cpe, { events: cpe.takeEvents() });
      expect((await h.report(task)).status).to.equal('SUCCESS');
    });

    it('are not requested for ever from a device that never carries them out', async () => {
      const task = await ping();
      for (let session = 0; session < 4; session += 1) {
        await h.run(cpe);
        cpe.model.assign(STATE, 'None');
      }
      const report = await h.report(task);
      expect(report.summary).to.equal('the device does not carry out the test (DiagnosticsState is None)');
      expect(sets().length).to.equal(3);
    });

    it('take turns when two are of one kind, since the second would abort the first', async () => {
      const first = await ping({ host: 'one.example' });
      const second = await ping({ host: 'two.example' });
      await h.run(cpe);
      expect([(await h.report(first)).stage, (await h.report(second)).stage]).to.deep.equal([
        'waiting',
        'queued',
      ]);
      cpe.advance(5_000);
      await h.run(cpe, { events: cpe.takeEvents() });
      expect([(await h.report(first)).status, (await h.report(second)).stage]).to.deep.equal([
        'SUCCESS',
        'waiting',
      ]);
      cpe.advance(5_000);
      await h.run(cpe, { events: cpe.takeEvents() });
      expect((await h.report(second)).status).to.equal('SUCCESS');
    });

    it('are requested again when somebody else had another test done', async () => {
      const task = await ping();
      await h.run(cpe);
      cpe.model.assign('Device.IP.Diagnostics.IPPing.Host', 'else.example');
      cpe.advance(5_000);
      await h.run(cpe, { events: cpe.takeEvents() });
      expect((await h.report(task)).status).to.equal('IN_PROGRESS');
      cpe.advance(5_000);
      await h.run(cpe, { events: cpe.takeEvents() });
      expect((await h.report(task)).status).to.equal('SUCCESS');
      expect(sets().map(({ parameters }) => parameters[0]?.value)).to.deep.equal([
        'example.org',
        'example.org',
      ]);
    });

    it('leave out what the device does not know as long as it says no more than the default', async () => {
      cpe.script = (request) => {
        if (request.method !== 'SetParameterValues') return undefined;
        const unknown = request.parameters.filter(({ name }) => /\.(DSCP|Interface)$/.test(name));
        if (unknown.length === 0) return undefined;
        const faults = unknown.map(({ name }) => ({ path: name, code: 9005, text: 'unknown' }));
        return new CpeFault(9003, 'Invalid arguments', faults);
      };
      expect((await through(await ping())).status).to.equal('SUCCESS');
      const refused = await ping({ dscp: 46 });
      await h.run(cpe);
      expect((await h.report(refused)).summary).to.match(/^9003 /);
    });

    it('take the type of an argument from a device that wants another', async () => {
      const task = await h.add(cpe, 'UploadDiagnostics', { uploadUrl: 'http://example.org/put' });
      expect((await through(task)).status).to.equal('SUCCESS');
      // The first attempt was refused: TR-181 has an unsignedLong where TR-098 has an unsignedInt.
      expect(sets().length).to.equal(2);
    });

    it('end with the fault of a device that has no such test', async () => {
      const none = new FakeCpe('Device', 'no-tests');
      await h.meet(none);
      const task = await h.add(none, 'IpPingDiagnostics', { host: 'example.org' });
      await h.run(none);
      const report = await h.report(task);
      expect([report.status, report.fault?.code]).to.deep.equal(['ERROR', 9003]);
    });

    it('end with ERROR when the connection is lost during the request', async () => {
      const task = await ping();
      await h.run(cpe, { cut: { at: 1, when: 'before', how: 'disconnected' } });
      expect((await h.report(task)).summary).to.equal('connection lost during SetParameterValues');
    });
  });
});
