import { expect } from 'chai';
import { ManualClock } from '../../../common/clock.js';
import { Histories } from '../../../acs/devices/histories.js';
import { queue } from '../../../acs/tasks/queue.js';
import type { AcsRequest } from '../../../acs/cwmp/messages.js';
import type { ExecutionRecord } from '../../../store/models/execution.js';
import type { TaskRecord } from '../../../store/models/task.js';
import { event, FakeCpe } from './fake-cpe.js';
import { Harness } from './harness.js';

describe('tracing tasks', () => {
  let h: Harness;
  let cpe: FakeCpe;
  let count = 0;
  before(async () => {
    h = await Harness.open();
  });
  after(() => h.close());
  beforeEach(() => meet('Device'));

  async function meet(root: 'Device' | 'InternetGatewayDevice'): Promise<void> {
    cpe = new FakeCpe(root, `trace-${(count += 1)}`);
    cpe.set('A.One', '1');
    cpe.set('A.B.Two', '2');
    cpe.set('A.Password', 'hush');
    await h.meet(cpe);
  }
  const samples = async (): Promise<string[]> =>
    (
      await h.store.valueSamples
        .find({ device: h.id(cpe) })
        .sort({ at: 1, name: 1 })
        .lean()
    ).map(({ name, value }) => `${name}=${value}`);
  const gets = (): string[][] =>
    cpe.asked.flatMap((request: AcsRequest) =>
      request.method === 'GetParameterValues' ? [request.names] : [],
    );
  const detailsOf = (report: ExecutionRecord): Record<string, string> =>
    Object.fromEntries(report.details.map(({ name, value }) => [name, value]));

  describe('ParameterValueTracer', () => {
    const trace = (config: object, settings = {}): Promise<TaskRecord> =>
      h.add(cpe, 'ParameterValueTracerTask', config, { automaticRestart: true, ...settings });
    const one = { parameter: [{ name: 'Root.A.One', alias: 'one' }] };

    for (const root of ['Device', 'InternetGatewayDevice'] as const)
      it(`keeps a sample only when the value of a parameter is another one (${root})`, async () => {
        await meet(root);
        const task = await trace({
          parameter: [{ name: 'Root.A.One', alias: 'one' }, { name: 'Root.A.B.Two' }],
        });
        await h.run(cpe);
        await h.run(cpe);
        cpe.set('A.One', '7');
        await h.run(cpe);
        expect(await samples()).to.deep.equal([`${root}.A.B.Two=2`, 'one=1', 'one=7']);
        const report = await h.report(task);
        expect(detailsOf(report)).to.deep.equal({ one: '7', [`${root}.A.B.Two`]: '2', samples: '1' });
        expect(gets().length).to.equal(3);
      });

    it('keeps every sample when it is told to', async () => {
      await trace({ ...one, saveUnchanged: true });
      await h.run(cpe);
      await h.run(cpe);
      expect(await samples()).to.deep.equal(['one=1', 'one=1']);
    });

    it('traces all below a partial path, by the alias of the path, but no secret', async () => {
      const task = await trace({ parameter: [{ name: 'Device.A.', alias: 'a' }] });
      await h.run(cpe);
      expect(await samples()).to.deep.equal(['a.B.Two=2', 'a.One=1']);
      expect((await h.lines(task)).join()).to.include('Device.A.Password is a secret');
    });

    it('reads nothing before the minimal interval since the last sample is over', async () => {
      const task = await trace({ ...one, minimalInterval: 150 });
      await h.run(cpe);
      cpe.set('A.One', '2');
      await h.run(cpe);
      expect((await h.report(task)).summary).to.equal('the last sample is younger than 150 s');
      expect(gets().length).to.equal(1);
      h.clock.advance(60_000);
      await h.run(cpe);
      expect(await samples()).to.deep.equal(['one=1', 'one=2']);
    });

    it('counts the samples of a partial path for the minimal interval', async () => {
      await trace({ parameter: [{ name: 'Device.A.', alias: 'a' }], minimalInterval: 600 });
      await h.run(cpe);
      await h.run(cpe);
      expect(gets().length).to.equal(1);
    });

    it('ends at its end date with a last run that reads nothing, and repeats no more', async () => {
      const endDate = new Date(h.clock.now().getTime() + 90_000).toISOString();
      const task = await trace({ ...one, endDate });
      await h.run(cpe);
      await h.run(cpe);
      const report = await h.report(task);
      expect([report.status, report.summary, report.run]).to.deep.equal(['SUCCESS', 'tracing ended', 2]);
      expect(gets().length).to.equal(1);
      await h.run(cpe);
      expect((await h.report(task)).run).to.equal(2);
      const [entry] = queue({
        device: { _id: 'D', managed: true, domain: '/', groups: [] },
        tasks: [await h.service.get(task._id)],
        executions: [await h.report(task)],
        at: h.clock.now(),
      });
      expect([entry?.due, entry?.reason?.code]).to.deep.equal([false, 'finished']);
    });

    it('uses what the Inform of this session brought instead of reading it again', async () => {
      await trace({ parameter: [{ name: 'Root.DeviceInfo.SoftwareVersion', alias: 'version' }] });
      await h.run(cpe, { events: [event('4 VALUE CHANGE')] });
      expect(gets()).to.deep.equal([]);
      expect(await samples()).to.deep.equal(['version=1.0']);
    });

    it('uses what an earlier task of the session read, and never what an earlier session read', async () => {
      await h.add(cpe, 'GetValues', { parameter: [{ name: 'Device.A.One' }] });
      await trace(one);
      await h.run(cpe);
      expect(gets().length).to.equal(1);
      await h.run(cpe);
      expect(gets().length).to.equal(2);
    });

    it('goes on with the others when a parameter is missing, with a WARNING', async () => {
      const task = await trace({ parameter: [{ name: 'Device.A.None' }, ...one.parameter] });
      await h.run(cpe);
      const report = await h.report(task);
      expect([report.status, report.summary]).to.deep.equal([
        'WARNING',
        '1 samples; 1 parameters could not be read',
      ]);
      expect(await samples()).to.deep.equal(['one=1']);
    });

    it('adds no second sample of the same value when the server crashed after the first', async () => {
      const task = await trace(one);
      await h.run(cpe, { cut: { at: 1, when: 'after', how: 'crash' } });
      await new Histories(h.store, { valueDays: 1, addressDays: 1 }).add(h.id(cpe), h.clock.now(), [
        { name: 'one', value: '1' },
      ]);
      await h.run(cpe);
      expect((await h.report(task)).status).to.equal('SUCCESS');
      expect(await samples()).to.deep.equal(['one=1']);
    });

    it('ends with ERROR when the connection is lost', async () => {
      const task = await trace(one);
      await h.run(cpe, { cut: { at: 1, when: 'before', how: 'disconnected' } });
      expect((await h.report(task)).summary).to.equal('connection lost during GetParameterValues');
    });
  });

  describe('LiveTouch', () => {
    const config = {
      samples: 3,
      interval: 5,
      in: [{ prefix: 'Root.A.B.', param: [{ key: 'Two', alias: 'two' }] }],
      param: [{ key: 'Root.A.One' }],
    };

    it('takes its samples in one session, the interval apart, whatever the answers take', async () => {
      const task = await h.add(cpe, 'LiveTouchTask', config);
      const times: number[] = [];
      await h.run(cpe, {
        between: ({ method }) => {
          if (method === 'GetParameterValues') times.push(h.clock.now().getTime());
          h.clock.advance(700);
        },
      });
      expect(times.map((time) => time - times[0]!)).to.deep.equal([0, 5_000, 10_000]);
      const report = await h.report(task);
      expect([report.status, report.summary]).to.deep.equal(['SUCCESS', '3 samples']);
      expect(detailsOf(report)).to.deep.equal({ 'Device.A.One': '1', two: '2', samples: '3' });
      expect((await samples()).filter((sample) => sample === 'two=2').length).to.equal(3);
    });

    it('reads its configuration from XML', async () => {
      const task = await h.add(
        cpe,
        'LiveTouch',
        '<config samples="1"><in prefix="Device.A."><param key="One" alias="x"/></in></config>',
      );
      await h.run(cpe);
      expect(await samples()).to.deep.equal(['x=1']);
      expect((await h.report(task)).status).to.equal('SUCCESS');
    });

    it('never keeps the CPE waiting for more than 20 s', async () => {
      const task = await h.add(cpe, 'LiveTouch', { ...config, samples: 3, interval: 70 });
      let last: number | null = null;
      const waits: number[] = [];
      cpe.script = (): undefined => {
        if (last !== null) waits.push(h.clock.now().getTime() - last);
      };
      await h.run(cpe, {
        between: () => {
          last = h.clock.now().getTime();
        },
      });
      expect((await h.report(task)).summary).to.equal('3 samples');
      expect(waits.length).to.be.greaterThan(6);
      expect(Math.max(...waits)).to.be.at.most(20_000);
    });

    it('goes on without a parameter that cannot be read', async () => {
      const task = await h.add(cpe, 'LiveTouch', { ...config, param: [{ key: 'Device.A.None' }] });
      await h.run(cpe);
      const report = await h.report(task);
      expect([report.status, report.summary]).to.deep.equal([
        'WARNING',
        '3 samples; 1 parameters could not be read',
      ]);
      // One batch, then each name, and from then on only what can be read.
      expect(gets().map((names) => names.length)).to.deep.equal([2, 1, 1, 1, 1]);
    });

    it('ends with ERROR when nothing can be read', async () => {
      const task = await h.add(cpe, 'LiveTouch', { param: [{ key: 'Device.A.None' }] });
      await h.run(cpe);
      expect((await h.report(task)).summary).to.equal('None of the parameters could be read');
    });

    it('ends before the time limit of a task when the device is slow', async () => {
      const task = await h.add(cpe, 'LiveTouch', { ...config, samples: 100, interval: 3 });
      await h.run(cpe, { between: () => h.clock.advance(50_000) });
      const report = await h.report(task);
      expect(report.status).to.equal('WARNING');
      expect(report.summary).to.match(/^\d of 100 samples$/);
    });

    it('gives the session up to a newer one, and is lost with it', async () => {
      const task = await h.add(cpe, 'LiveTouch', config);
      const session = await h.open(cpe);
      let request = (await session.next(null))!;
      request = (await session.next(cpe.answer(request)))!;
      await h.open(cpe);
      const error = await session.next(cpe.answer(request)).catch((e: unknown) => e);
      expect(error).to.have.property('name', 'SessionSupersededError');
      expect((await h.report(task)).summary).to.equal('connection lost during GetParameterValues');
    });

    it('ends when the server is being shut down', async () => {
      const task = await h.add(cpe, 'LiveTouch', config);
      await h.run(cpe, { between: () => h.engine.drain() });
      h.crash();
      expect((await h.report(task)).summary).to.equal('1 of 3 samples');
    });

    it('is refused when it would take more than 300 s, or reads nothing', async () => {
      for (const wrong of [{ ...config, samples: 101, interval: 3 }, { samples: 1 }])
        expect(await h.add(cpe, 'LiveTouch', wrong).catch((e: unknown) => e)).to.have.property(
          'code',
          'validation',
        );
    });
  });

  describe('IpTracker', () => {
    const addresses = async (): Promise<unknown[]> =>
      (
        await h.store.addressUses
          .find({ device: h.id(cpe) })
          .sort({ from: 1 })
          .lean()
      ).map(({ address, to }) => [address, to !== null]);

    it('keeps a record for each change of the WAN address, and asks the device for nothing', async () => {
      await h.add(cpe, 'IpTrackerTask', {}, { transientReport: true });
      await h.run(cpe);
      await h.run(cpe);
      await h.store.devices.updateOne({ _id: h.id(cpe) }, { $set: { wanIp: '203.0.113.5' } });
      await h.run(cpe);
      expect(await addresses()).to.deep.equal([
        ['192.0.2.1', true],
        ['203.0.113.5', false],
      ]);
      expect(cpe.asked).to.deep.equal([]);
    });

    it('runs before other tasks unless told otherwise', async () => {
      expect((await h.add(cpe, 'IpTracker')).priority).to.equal(2);
    });

    it('opens the new record when the server crashed after it had closed the old one', async () => {
      const histories = new Histories(h.store, { valueDays: 1, addressDays: 2 });
      const clock = new ManualClock('2026-05-01T00:00:00Z');
      await histories.noteAddress('x', '192.0.2.1', clock.now());
      await h.store.addressUses.updateMany({ device: 'x' }, { $set: { to: clock.now() } });
      expect(await histories.noteAddress('x', '192.0.2.2', clock.now())).to.deep.equal({
        changed: true,
        before: null,
      });
      clock.advance(1000);
      await histories.noteAddress('x', '192.0.2.3', clock.now());
      const [, second] = await h.store.addressUses.find({ device: 'x' }).sort({ from: 1, address: 1 }).lean();
      expect([second?.address, second?.to, second?.expiresAt]).to.deep.equal([
        '192.0.2.2',
        clock.now(),
        new Date('2026-05-03T00:00:01Z'),
      ]);
    });
  });
});
