import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { Fleet, ManualTimers, realTimers } from '../cpe-simulator/index.js';
import { FakeAcs } from './fake-acs.js';

describe('A fleet of simulated CPEs', () => {
  let acs: FakeAcs;
  let fleet: Fleet | undefined;

  beforeEach(async () => {
    acs = await FakeAcs.listen();
  });

  afterEach(async () => {
    await fleet?.stop();
    fleet = undefined;
    await acs.close();
  });

  it('500 CPEs in one process finish a session each, and another one on demand', async function () {
    this.timeout(60_000);
    fleet = new Fleet({ acsUrl: acs.url, count: 500, timers: new ManualTimers() });
    const first = Promise.all(fleet.cpes.map((cpe) => cpe.waitFor('session', undefined, 50_000)));
    await fleet.start();
    expect((await first).filter(({ ok }) => !ok)).to.deep.equal([]);
    const second = await fleet.informAll({ concurrency: 40 });
    expect(second.filter(({ ok }) => ok)).to.have.length(500);
    const { sessions, failures, violations, online, duration } = fleet.statistics();
    expect({ sessions, failures, violations, online }).to.deep.equal({
      sessions: 1000,
      failures: 0,
      violations: 0,
      online: 500,
    });
    expect(duration.median).to.be.greaterThan(0).and.at.most(duration.p99);
    expect(new Set(fleet.cpes.map((cpe) => cpe.connectionRequestUrl)).size).to.equal(500);
  });

  it('starts spread over the time asked for and informs periodically', async () => {
    fleet = new Fleet({ acsUrl: acs.url, count: 4, spread: 40, interval: 600, timers: realTimers(1000) });
    const waits = fleet.cpes.map((cpe) =>
      cpe.waitFor('session', ({ events }) => events.some(({ code }) => code === '2 PERIODIC')),
    );
    await fleet.start();
    await Promise.all(waits);
  });

  it('is the same for the same seed, and another for another one', () => {
    const addresses = (seed: number): (string | undefined)[] =>
      new Fleet({ acsUrl: acs.url, count: 5, seed, model: 'tr181' }).cpes.map((cpe) =>
        cpe.get('Device.IP.Interface.1.IPv4Address.1.IPAddress'),
      );
    expect(addresses(1)).to.deep.equal(addresses(1)).and.not.to.deep.equal(addresses(2));
  });

  it('counters, uptime and hosts change as time goes by', async () => {
    const timers = new ManualTimers();
    fleet = new Fleet({ acsUrl: acs.url, count: 1, model: 'tr181', timers });
    const [cpe] = fleet.cpes;
    await fleet.start();
    const look = (): string[] =>
      ['Device.DeviceInfo.UpTime', 'Device.Ethernet.Interface.1.Stats.BytesReceived'].map(
        (path) => cpe?.get(path) ?? '',
      );
    const before = look();
    timers.advance(3_600_000);
    const after = look();
    expect(after[0]).to.equal('3600');
    expect(Number(after[1])).to.be.greaterThan(Number(before[1]));
  });

  it('a household where things happen changes its address and tells the ACS', async () => {
    const timers = new ManualTimers();
    fleet = new Fleet({ acsUrl: acs.url, count: 20, timers, lively: true, interval: 4_000_000 });
    const booted = Promise.all(fleet.cpes.map((cpe) => cpe.waitFor('session')));
    await fleet.start();
    await booted;
    let told = 0;
    for (const cpe of fleet.cpes) {
      cpe.on('session', ({ events }) => {
        if (events.some(({ code }) => code === '4 VALUE CHANGE')) told += 1;
      });
    }
    for (let minute = 0; told === 0 && minute < 5000; minute += 1) {
      timers.advance(60_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(told).to.be.greaterThan(0);
  });

  describe('as a program', () => {
    let child: ChildProcess | undefined;

    const run = (...args: string[]): { output: () => string; exit: Promise<number | null> } => {
      const started = spawn(process.execPath, ['--import', 'tsx', 'test/cpe-simulator/main.ts', ...args]);
      child = started;
      let output = '';
      started.stdout.on('data', (part: Buffer) => (output += part.toString()));
      started.stderr.on('data', (part: Buffer) => (output += part.toString()));
      return { output: () => output, exit: new Promise((resolve) => started.on('exit', resolve)) };
    };

    afterEach(() => child?.kill('SIGKILL'));

    it('says what is wrong with its flags, and ends with 2', async () => {
      const { output, exit } = run('--acs', 'http://127.0.0.1:1/', '--count', 'many');
      expect(await exit).to.equal(2);
      expect(output()).to.contain('--count is "many"');
    });

    it('calls the ACS, keeps its state and ends cleanly on SIGINT', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'fleet-'));
      try {
        const arrived = new Promise<void>((resolve) => {
          acs.override = () => {
            if (acs.names.filter((name) => name === '').length === 3) setImmediate(resolve);
            return undefined;
          };
        });
        const { output, exit } = run(
          '--acs',
          acs.url,
          '--count',
          '3',
          '--spread',
          '0',
          '--state',
          folder,
          '--serial-prefix',
          'T',
        );
        await arrived;
        child?.kill('SIGINT');
        expect(await exit, output()).to.equal(0);
        expect(output()).to.contain('3 simulated CPEs call');
        expect(readdirSync(folder)).to.deep.equal([
          'T0000000001.json',
          'T0000000002.json',
          'T0000000003.json',
        ]);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  });
});
