import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ManualTimers, type SessionSummary } from '../cpe-simulator/index.js';
import { retryWait } from '../cpe-simulator/retry.js';
import { rpcs } from './fake-acs.js';
import { Bench, eventsOf, listOf, textAt } from './support.js';

const codes = (session: SessionSummary): string[] => session.events.map(({ code }) => code);
const has = (code: string) => (session: SessionSummary) => codes(session).includes(code);

describe('Events and Informs of the simulated CPE', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await Bench.open();
  });

  afterEach(() => bench.close());

  it('the Inform carries the forced parameters of the data model', async () => {
    await bench.booted();
    await bench.booted({ model: 'tr098' });
    const [tr181, tr098] = bench.acs.received
      .filter(({ name }) => name === 'Inform')
      .map((inform) => Object.keys(listOf(inform)));
    expect(tr181).to.include.members(
      [
        'RootDataModelVersion',
        'DeviceInfo.HardwareVersion',
        'DeviceInfo.SoftwareVersion',
        'DeviceInfo.ProvisioningCode',
        'ManagementServer.ConnectionRequestURL',
        'ManagementServer.ParameterKey',
      ].map((name) => `Device.${name}`),
    );
    expect(tr098).to.include.members(
      [
        'DeviceSummary',
        'DeviceInfo.SpecVersion',
        'ManagementServer.ParameterKey',
        'WANDevice.1.WANConnectionDevice.1.WANIPConnection.1.ExternalIPAddress',
      ].map((name) => `InternetGatewayDevice.${name}`),
    );
  });

  it('0 BOOTSTRAP comes with the first contact and not again after a reboot', async () => {
    const cpe = await bench.booted();
    const second = cpe.waitFor('session');
    await cpe.reboot();
    expect(codes(await second)).to.deep.equal(['1 BOOT']);
  });

  it('0 BOOTSTRAP is repeated until an InformResponse arrives', async () => {
    bench.acs.override = ({ name }) =>
      name === 'Inform' && bench.acs.names.length === 1 ? { status: 503 } : undefined;
    const cpe = await bench.booted({ timeScale: 1000 });
    expect(cpe.sessions[0]?.ok).to.be.false;
    const retry = await cpe.sessionWith(({ ok }) => ok);
    expect(codes(retry)).to.deep.equal(['0 BOOTSTRAP', '1 BOOT']);
    expect(textAt(bench.acs.last('Inform').rpc, 'RetryCount')).to.equal('1');
  });

  it('a new ACS URL takes effect after the session and brings 0 BOOTSTRAP to the new ACS', async () => {
    const other = await Bench.open();
    try {
      const cpe = await bench.booted();
      const moved = cpe.waitFor('session', has('0 BOOTSTRAP'));
      const [answer] = await bench.ask(
        cpe,
        rpcs.setValues({ 'Device.ManagementServer.URL': ['string', other.acs.url] }),
      );
      expect(textAt(answer?.rpc, 'Status')).to.equal('1');
      await moved;
      expect(eventsOf(other.acs.last('Inform'))).to.include('0 BOOTSTRAP');
    } finally {
      await other.close();
    }
  });

  it('Reboot is answered first, then brings 1 BOOT and M Reboot with its CommandKey', async () => {
    const cpe = await bench.booted();
    const back = cpe.waitFor('session', has('M Reboot'));
    await bench.ask(cpe, rpcs.reboot('key-1'));
    expect((await back).events).to.deep.equal([
      { code: '1 BOOT', commandKey: '' },
      { code: 'M Reboot', commandKey: 'key-1' },
    ]);
  });

  it('FactoryReset brings back the defaults and 0 BOOTSTRAP', async () => {
    const path = 'Device.ManagementServer.ConnectionRequestUsername';
    const cpe = await bench.booted({ connectionRequest: { username: 'factory', password: 'p' } });
    const back = cpe.waitFor('session', has('0 BOOTSTRAP'));
    await bench.ask(
      cpe,
      rpcs.setValues({ [path]: ['string', 'acs'] }, 'key'),
      rpcs.addObject('Device.NAT.PortMapping.'),
      rpcs.factoryReset,
    );
    expect(codes(await back)).to.deep.equal(['0 BOOTSTRAP', '1 BOOT']);
    expect(cpe.get(path)).to.equal('factory');
    expect(cpe.get('Device.ManagementServer.ParameterKey')).to.equal('');
    expect(cpe.get('Device.NAT.PortMappingNumberOfEntries')).to.equal('1');
  });

  it('an actively notified change starts a session with 4 VALUE CHANGE and the value', async () => {
    const cpe = await bench.booted();
    const path = 'Device.Users.User.1.Username';
    await bench.ask(cpe, rpcs.setAttributes(path, 2));
    const told = cpe.waitFor('session');
    cpe.setValue(path, 'root');
    expect(codes(await told)).to.deep.equal(['4 VALUE CHANGE']);
    expect(listOf(bench.acs.last('Inform'))).to.include({ [path]: 'root' });
  });

  it('a passively notified change waits for the next Inform, an unnotified one is never told', async () => {
    const cpe = await bench.booted();
    const path = 'Device.Users.User.1.Username';
    await bench.ask(cpe, rpcs.setAttributes(path, 1));
    cpe.setValue(path, 'root');
    cpe.setValue('Device.Users.User.1.Language', 'pl');
    expect(cpe.inSession).to.be.false;
    expect(codes(await cpe.inform('2 PERIODIC'))).to.deep.equal(['2 PERIODIC', '4 VALUE CHANGE']);
    expect(listOf(bench.acs.last('Inform')))
      .to.include({ [path]: 'root' })
      .and.not.to.have.property('Device.Users.User.1.Language');
    expect(codes(await cpe.inform('2 PERIODIC'))).to.deep.equal(['2 PERIODIC']);
  });

  it('changes by the ACS itself are not notified', async () => {
    const cpe = await bench.booted();
    await bench.ask(cpe, rpcs.setValues({ 'Device.DeviceInfo.ProvisioningCode': ['string', 'A.1'] }));
    expect(codes(await cpe.inform('2 PERIODIC'))).to.deep.equal(['2 PERIODIC']);
  });

  it('an Inform without a response keeps its events, except a connection request', async () => {
    const cpe = await bench.booted({ timers: new ManualTimers() });
    bench.acs.override = () => ({ status: 500 });
    await cpe.inform('2 PERIODIC', '6 CONNECTION REQUEST');
    expect(cpe.waitingEvents).to.deep.equal(['2 PERIODIC']);
  });

  it('a session that breaks off after the InformResponse is retried without the events that were delivered', async () => {
    const timers = new ManualTimers();
    const cpe = await bench.booted({ timers });
    cpe.addFault({ after: { message: 1 }, do: 'drop' });
    expect((await cpe.inform('2 PERIODIC')).ok).to.be.false;
    const retry = cpe.waitFor('session');
    timers.advance(10_000);
    expect(codes(await retry)).to.deep.equal([]);
    expect((await retry).retryCount).to.equal(1);
    expect(cpe.retryCount).to.equal(0);
  });

  it('waits between retries as the table says, and goes at once when something new happens', async () => {
    const timers = new ManualTimers();
    const cpe = await bench.booted({ timers });
    bench.acs.override = () => ({ status: 503 });
    await cpe.inform('2 PERIODIC');
    for (const [low, high] of [
      [5, 10],
      [10, 20],
      [20, 40],
      [40, 80],
    ] as const) {
      const wait = (timers.pending()[0] ?? 0) / 1000;
      expect(wait).to.be.within(low, high);
      const next = cpe.waitFor('session');
      timers.advance(wait * 1000);
      await next;
    }
    const count = cpe.retryCount;
    expect((await cpe.inform('6 CONNECTION REQUEST')).retryCount).to.equal(count);
  });

  it('draws the wait from m·r^(n-1) to m·r^n, which stops growing at the tenth retry', () => {
    expect(retryWait(1, 5, 2000, () => 0)).to.equal(5);
    expect(retryWait(1, 5, 2000, () => 1)).to.equal(10);
    expect(retryWait(9, 5, 2000, () => 0)).to.equal(1280);
    expect(retryWait(10, 5, 2000, () => 1)).to.equal(5120);
    expect(retryWait(50, 5, 2000, () => 0)).to.equal(2560);
    expect(retryWait(3, 10, 1000, () => 0.5)).to.equal(10);
  });

  it('periodic Informs come in the interval, at once in a new one, and in the phase of PeriodicInformTime', async () => {
    const timers = new ManualTimers('2026-01-01T00:00:10Z');
    const cpe = await bench.booted({ timers, periodicInformInterval: 600 });
    expect(timers.pending()).to.deep.equal([600_000]);
    const periodic = cpe.waitFor('session');
    timers.advance(600_000);
    expect(codes(await periodic)).to.deep.equal(['2 PERIODIC']);
    await bench.ask(
      cpe,
      rpcs.setValues({
        'Device.ManagementServer.PeriodicInformInterval': ['unsignedInt', '3600'],
        'Device.ManagementServer.PeriodicInformTime': ['dateTime', '2025-06-01T00:30:00Z'],
      }),
    );
    // It is 00:10:10; the phase falls at half past.
    expect(timers.pending()).to.deep.equal([1_190_000]);
  });

  it('PeriodicInformEnable = 0 stops them', async () => {
    const timers = new ManualTimers();
    const cpe = await bench.booted({ timers });
    await bench.ask(
      cpe,
      rpcs.setValues({ 'Device.ManagementServer.PeriodicInformEnable': ['boolean', '0'] }),
    );
    expect(timers.pending()).to.deep.equal([]);
  });

  it('GetRPCMethods of the CPE goes between Inform and the empty POST', async () => {
    const cpe = await bench.booted({ asksForMethods: true });
    expect(bench.acs.names).to.deep.equal(['Inform', 'GetRPCMethods', '']);
    expect(cpe.sessions[0]?.rpcs.map(({ rpc }) => rpc)).to.deep.equal(['Inform', 'GetRPCMethods']);
  });

  describe('with a state file', () => {
    let folder: string;

    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'cpe-'));
    });

    afterEach(() => rmSync(folder, { recursive: true }));

    it('values, attributes, instances and undelivered events survive the process', async () => {
      const statePath = join(folder, 'cpe.json');
      const first = await bench.booted({ statePath, serialNumber: 'S1' });
      await bench.ask(
        first,
        rpcs.setValues({ 'Device.WiFi.SSID.1.SSID': ['string', 'kept'] }),
        rpcs.addObject('Device.NAT.PortMapping.'),
        rpcs.setAttributes('Device.Users.User.1.Username', 2),
        rpcs.scheduleInform(5000, 'later'),
      );
      bench.acs.override = () => ({ status: 503 });
      await first.inform('3 SCHEDULED');
      const url = first.connectionRequestUrl;
      await first.stop();
      bench.acs.override = undefined;

      const second = await bench.booted({ statePath, serialNumber: 'S1' });
      expect(second.sessions.map(codes)).to.deep.equal([['1 BOOT', '3 SCHEDULED']]);
      expect(second.get('Device.WiFi.SSID.1.SSID')).to.equal('kept');
      expect(second.get('Device.NAT.PortMappingNumberOfEntries')).to.equal('2');
      expect(second.connectionRequestUrl).to.equal(url);
      const told = second.waitFor('session');
      second.setValue('Device.Users.User.1.Username', 'root');
      expect(codes(await told)).to.deep.equal(['4 VALUE CHANGE']);
    });
  });
});
