import { expect } from 'chai';
import { DeviceRefusedError, SessionSupersededError } from '../../../common/errors.js';
import { ParameterTrees } from '../../../acs/devices/parameter-trees.js';
import { contact, openDevices, rejection, type DevicesFixture } from './devices-fixture.js';

const ID = '00AABB-IGD-S1';

describe('Contacts', () => {
  let fixture: DevicesFixture;
  beforeEach(async () => (fixture = await openDevices()));
  afterEach(() => fixture.close());
  const types = (): string[] => fixture.published.map(({ type }) => type);

  it('register an unknown device with everything set', async () => {
    const at = fixture.clock.now();
    const opened = await fixture.contacts().open(
      contact(
        at,
        {
          events: [
            { code: '0 BOOTSTRAP', commandKey: 'odd' },
            { code: '1 BOOT', commandKey: '' },
          ],
        },
        {
          'ManagementServer.ParameterKey': '',
          'ManagementServer.ConnectionRequestURL': ' http://198.51.100.7:7547/x ',
          'ManagementServer.PeriodicInformInterval': '300',
          'WANDevice.1.WANConnectionDevice.1.WANPPPConnection.1.ExternalIPAddress': '203.0.113.9',
        },
      ),
    );
    expect(opened).to.deep.include({ created: true, fence: 1, previous: null, bootstrap: 'fresh' });
    const stored = await fixture.inventory.get(ID);
    expect(stored).to.deep.equal(opened.device);
    expect(stored).to.deep.include({
      oui: '00AABB',
      root: 'InternetGatewayDevice',
      description: 'added automatically',
      groups: ['root', 'root.cwmp', 'root.incoming'],
      managed: true,
      wanIp: '203.0.113.9',
      sourceIp: '198.51.100.7',
      connectionRequestUrl: 'http://198.51.100.7:7547/x',
      periodicInformInterval: 300,
      lastVisit: at,
      lastBoot: at,
      lastBootstrap: at,
      lastInform: {
        events: ['0 BOOTSTRAP', '1 BOOT'],
        retryCount: 0,
        maxEnvelopes: 1,
        currentTime: '2026-03-01T00:00:00Z',
      },
    });
    expect(types()).to.deep.equal([
      'device.created',
      'device.first-contact',
      'device.booted',
      'device.bootstrapped',
    ]);
  });

  it('keep what an Inform does not say, and say what it changed', async () => {
    const contacts = fixture.contacts();
    const wan = 'WANDevice.1.WANConnectionDevice.1.WANIPConnection.2.ExternalIPAddress';
    const first = await contacts.open(contact(fixture.clock.now(), {}, { [wan]: '203.0.113.9' }));
    await contacts.close(ID, first.fence, {
      modelName: 'X1',
      mac: 'aa-bb-cc-dd-ee-0f',
      indexed: { 'wifi.1.ssid': 'Home', 'lan.ip': '10.0.0.1' },
    });
    fixture.clock.advance(60_000);
    const second = await contacts.open(
      contact(fixture.clock.now(), {}, { 'DeviceInfo.SoftwareVersion': '1.1', [wan]: '203.0.113.10' }),
    );
    expect(second.device).to.deep.include({
      modelName: 'X1',
      mac: 'AA:BB:CC:DD:EE:0F',
      indexed: { 'wifi.1.ssid': 'Home', 'lan.ip': '10.0.0.1' },
      softwareVersion: '1.1',
      wanIp: '203.0.113.10',
    });
    expect(second.previous).to.deep.include({ softwareVersion: '1.0', leaseSession: null });
    expect(types().slice(2)).to.deep.equal(['device.ip.changed', 'device.software.changed']);
    await contacts.close(ID, second.fence, { indexed: { 'lan.ip': null }, softwareVersion: '1.2' });
    expect(await fixture.inventory.get(ID)).to.deep.include({
      indexed: { 'wifi.1.ssid': 'Home' },
      softwareVersion: '1.2',
    });
    expect(fixture.published.at(-1)).to.deep.include({
      type: 'device.software.changed',
      data: { from: '1.1', to: '1.2' },
    });
    expect(await fixture.inventory.get(ID)).to.deep.equal({
      ...second.device,
      indexed: { 'wifi.1.ssid': 'Home' },
      softwareVersion: '1.2',
      // When it began stays: a clock that is set back is known by it.
      lease: { ...second.device.lease, session: null, server: null, until: null },
    });
  });

  it('take one round trip for a known device, and one to close', async () => {
    const contacts = fixture.contacts();
    await contacts.open(contact(fixture.clock.now()));
    const commands: string[] = [];
    fixture.store.connection
      .getClient()
      .on('commandStarted', ({ commandName }) => commands.push(commandName));
    const { fence } = await contacts.open(contact(fixture.clock.now()));
    await contacts.close(ID, fence, { modelName: 'X1' });
    expect(commands).to.deep.equal(['findAndModify', 'findAndModify']);
  });

  it('close only over the list of tasks that the session knew, if asked so', async () => {
    const contacts = fixture.contacts();
    const { fence, device } = await contacts.open(contact(fixture.clock.now()));
    const close = (revision: number, by = fence): Promise<boolean> =>
      contacts.closeUnchanged(ID, by, revision, { modelName: `X${revision}` });
    const known = device.taskRevision ?? 0;
    await fixture.store.devices.updateOne({ _id: ID }, { $inc: { taskRevision: 1 } });
    expect(await close(known)).to.equal(false);
    expect(await close(known + 1, fence - 1)).to.equal(false);
    expect((await fixture.inventory.get(ID)).lease.session).to.equal(device.lease.session);
    expect(await close(known + 1)).to.equal(true);
    const { lease, modelName } = await fixture.inventory.get(ID);
    expect({ session: lease.session, modelName }).to.deep.equal({
      session: null,
      modelName: `X${known + 1}`,
    });
  });

  it('register a device once when its first two Informs come at the same time', async () => {
    const [a, b] = [fixture.contacts(), fixture.contacts({ serverId: 'server-2' })];
    const at = fixture.clock.now();
    const opened = await Promise.all([
      a.open(contact(at)),
      b.open(contact(at)),
      a.open(contact(at)),
      b.open(contact(at)),
    ]);
    expect(opened.filter(({ created }) => created)).to.have.length(1);
    expect(opened.map(({ fence }) => fence).sort()).to.deep.equal([1, 2, 3, 4]);
    expect(types().filter((type) => type === 'device.created')).to.have.length(1);
    expect(await fixture.store.devices.countDocuments()).to.equal(1);
  });

  it('let the higher fence win and the older session write no more', async () => {
    const contacts = fixture.contacts();
    const older = await contacts.open(contact(fixture.clock.now()));
    const newer = await contacts.open(contact(fixture.clock.now()));
    expect(newer.fence).to.equal(older.fence + 1);
    expect(newer.previous?.leaseSession).to.equal(older.device.lease.session);
    expect(await rejection(contacts.close(ID, older.fence, { modelName: 'stale' }))).to.be.instanceOf(
      SessionSupersededError,
    );
    expect(await rejection(contacts.renew(ID, older.fence))).to.be.instanceOf(SessionSupersededError);
    expect(await fixture.inventory.get(ID)).to.deep.equal(newer.device);
    await contacts.close(ID, newer.fence);
    expect((await fixture.inventory.get(ID)).lease).to.deep.equal({
      ...newer.device.lease,
      session: null,
      server: null,
      until: null,
    });
    expect(await rejection(contacts.renew(ID, newer.fence))).to.be.instanceOf(SessionSupersededError);
  });

  it('renew the lease from now on', async () => {
    const contacts = fixture.contacts();
    const { fence } = await contacts.open(contact(fixture.clock.now()));
    fixture.clock.advance(45_000);
    await contacts.renew(ID, fence);
    expect((await fixture.inventory.get(ID)).lease.until).to.deep.equal(new Date('2026-03-01T00:01:45Z'));
  });

  it('refuse a blacklisted device and change nothing', async () => {
    await fixture.inventory.create({ id: ID, blacklisted: true }, 'ann');
    const before = await fixture.inventory.get(ID);
    expect(await rejection(fixture.contacts().open(contact(fixture.clock.now())))).to.be.instanceOf(
      DeviceRefusedError,
    );
    expect(await fixture.inventory.get(ID)).to.deep.equal(before);
    expect(types()).to.deep.equal(['device.created', 'device.denied']);
  });

  for (const newDevicePolicy of ['known-only', 'reject'] as const)
    it(`refuse an unknown device under the policy ${newDevicePolicy}, and take a known one`, async () => {
      const contacts = fixture.contacts({ newDevicePolicy });
      expect(await rejection(contacts.open(contact(fixture.clock.now())))).to.be.instanceOf(
        DeviceRefusedError,
      );
      expect(await fixture.store.devices.countDocuments()).to.equal(0);
      await fixture.inventory.create({ id: ID, properties: { 'site.code': 'B 12' } }, 'ann');
      const opened = await contacts.open(contact(fixture.clock.now()));
      expect(opened).to.deep.include({ created: false, fence: 1 });
      expect(opened.device.properties).to.deep.equal({ 'site.code': 'B 12' });
      expect(types()).to.deep.equal(['device.rejected', 'device.created', 'device.first-contact']);
    });

  it('refuse an Inform that names neither OUI nor serial number', async () => {
    const deviceId = { manufacturer: 'x', oui: '', productClass: 'IGD', serialNumber: ' ' };
    const error = await rejection(fixture.contacts().open(contact(fixture.clock.now(), { deviceId })));
    expect(error).to.be.instanceOf(DeviceRefusedError);
  });

  describe('on BOOTSTRAP', () => {
    const key = (value: string): Record<string, string> => ({ 'ManagementServer.ParameterKey': value });
    const bootstrap = { events: [{ code: '0 BOOTSTRAP', commandKey: '' }] };
    let trees: ParameterTrees;
    const valueOf = async (): Promise<string | null> => (await trees.load({ _id: ID })).value('Device.X');

    beforeEach(async () => {
      trees = new ParameterTrees(fixture.store, { clock: fixture.clock, cacheEntries: 1_000 });
      await fixture.contacts().open(contact(fixture.clock.now(), {}, key('K1')));
      await trees.save({ _id: ID }, [
        { at: fixture.clock.now(), values: [{ name: 'Device.X', value: '1', type: 'int' }] },
      ]);
    });

    it('void cached values and connection-request credentials, and keep the names', async () => {
      const opened = await fixture.contacts().open(contact(fixture.clock.now(), bootstrap, key('')));
      expect(opened.bootstrap).to.equal('fresh');
      expect(opened.device.connectionCredentialsLost).to.equal(true);
      expect(await valueOf()).to.equal(null);
      expect((await trees.load({ _id: ID })).has('Device.X')).to.equal(true);
      const sealed = { username: 'u', password: fixture.secretBox.seal('p') };
      await fixture.contacts().close(ID, opened.fence, { connectionRequestCredentials: sealed });
      const device = await fixture.inventory.get(ID);
      expect(device.connectionCredentialsLost).to.equal(false);
      expect(device.credentials.connectionRequest).to.deep.equal(sealed);
    });

    it('keep all when a device repeats it though it still has its ParameterKey', async () => {
      await fixture.contacts().open(contact(fixture.clock.now(), bootstrap, key('K2')));
      await trees.save({ _id: ID }, [
        { at: fixture.clock.now(), values: [{ name: 'Device.X', value: '2', type: 'int' }] },
      ]);
      const opened = await fixture.contacts().open(contact(fixture.clock.now(), bootstrap, key('K2')));
      expect(opened.bootstrap).to.equal('repeated');
      expect(await valueOf()).to.equal('2');
    });

    it('take a vanished ParameterKey for a reset that was not announced', async () => {
      const opened = await fixture.contacts().open(contact(fixture.clock.now(), {}, key('')));
      expect(opened.bootstrap).to.equal('suspected');
      expect(await valueOf()).to.equal(null);
      expect(fixture.published.at(-1)).to.deep.include({
        type: 'device.bootstrapped',
        data: { suspected: true },
      });
    });
  });
});
