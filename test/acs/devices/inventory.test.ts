import { expect } from 'chai';
import { ConflictError, NotFoundError, StaleError, ValidationError } from '../../../common/errors.js';
import { ParameterTrees } from '../../../acs/devices/parameter-trees.js';
import { contact, openDevices, rejection, type DevicesFixture } from './devices-fixture.js';

const ID = 'AABBCC-IGD-S1';

describe('The inventory', () => {
  let fixture: DevicesFixture;
  beforeEach(async () => (fixture = await openDevices()));
  afterEach(() => fixture.close());
  const issuesOf = (error: Error): string[] =>
    error instanceof ValidationError ? error.issues.map(({ pointer }) => pointer) : [];

  it('enters a device by identity or by parts, and refuses a second of the same identity', async () => {
    const { inventory, clock } = fixture;
    const device = await inventory.create(
      {
        oui: 'aabbcc',
        productClass: 'IGD',
        serialNumber: 'S1',
        groups: ['root.north'],
        properties: { 'a.b': '1', $x: '2', '50%': '3' },
        credentials: { acs: { username: 'cpe', password: 'secret-1' } },
      },
      'ann',
    );
    expect(device).to.deep.include({
      _id: ID,
      groups: ['root', 'root.cwmp', 'root.north'],
      properties: { 'a.b': '1', $x: '2', '50%': '3' },
      lastVisit: null,
      editedBy: { user: 'ann', at: clock.now() },
      version: 1,
    });
    expect(await inventory.get(ID)).to.deep.equal(device);
    expect(fixture.secretBox.open(device.credentials.acs?.password ?? '')).to.equal('secret-1');
    expect(JSON.stringify(device)).not.to.contain('secret-1');
    expect(await rejection(inventory.create({ id: ID }, 'ann'))).to.be.instanceOf(ConflictError);
  });

  it('names every wrong field of a new device', async () => {
    const { inventory } = fixture;
    expect(issuesOf(await rejection(inventory.create({}, 'ann')))).to.deep.equal(['/oui', '/serialNumber']);
    expect(issuesOf(await rejection(inventory.create({ id: 'nonsense' }, 'ann')))).to.deep.equal(['/id']);
    expect(issuesOf(await rejection(inventory.create({ id: ID, serialNumber: 'S2' }, 'ann')))).to.deep.equal([
      '/serialNumber',
    ]);
    expect(
      issuesOf(await rejection(inventory.create({ id: ID, domain: 'north', tags: ['a', ' '] }, 'ann'))),
    ).to.deep.equal(['/domain', '/tags/1']);
    for (const domain of ['/org1', '', '//', '/a b/', 'org1/'])
      expect(issuesOf(await rejection(inventory.create({ id: ID, domain }, 'ann')))).to.deep.equal([
        '/domain',
      ]);
    expect(await fixture.store.devices.countDocuments()).to.equal(0);
  });

  it('writes only what an edit changes, so that a contact in between loses nothing', async () => {
    const { inventory, clock } = fixture;
    await inventory.create({ id: ID, properties: { keep: '1', drop: '2' } }, 'ann');
    const opened = await fixture.contacts().open(
      contact(clock.now(), {
        deviceId: { manufacturer: 'M', oui: 'AABBCC', productClass: 'IGD', serialNumber: 'S1' },
      }),
    );
    const after = await inventory.update(
      ID,
      { description: 'Hall', tags: ['a', 'a'], properties: { drop: null, 'new.one': '3', keep: '1' } },
      { user: 'bob', version: 1 },
    );
    expect(after).to.deep.equal({
      ...opened.device,
      description: 'Hall',
      tags: ['a'],
      properties: { keep: '1', 'new.one': '3' },
      // Conditions of tasks may read properties: an idle device is to be looked at again.
      taskRevision: 1,
      version: 2,
      editedBy: { user: 'bob', at: clock.now() },
    });
    expect(fixture.published.at(-1)?.data).to.deep.equal({
      by: 'bob',
      fields: ['description', 'tags', 'properties.drop', 'properties.new.one'],
    });
  });

  it('writes nothing when nothing differs', async () => {
    const { inventory } = fixture;
    const before = await inventory.create({ id: ID, description: 'x' }, 'ann');
    expect(await inventory.update(ID, { description: 'x', managed: true }, { user: 'bob' })).to.deep.equal(
      before,
    );
    expect(await inventory.get(ID)).to.deep.equal(before);
  });

  it('refuses an edit of an older version and takes all of several without one', async () => {
    const { inventory } = fixture;
    await inventory.create({ id: ID }, 'ann');
    await Promise.all(
      Array.from({ length: 5 }, (_, index) =>
        inventory.update(ID, { properties: { [`p${index}`]: 'x' } }, { user: 'u' }),
      ),
    );
    const device = await inventory.get(ID);
    expect(Object.keys(device.properties).sort()).to.deep.equal(['p0', 'p1', 'p2', 'p3', 'p4']);
    expect(device.version).to.equal(6);
    const stale = inventory.update(ID, { description: 'late' }, { user: 'u', version: 5 });
    expect(await rejection(stale)).to.be.instanceOf(StaleError);
    expect(await inventory.get(ID)).to.deep.equal(device);
    expect(await rejection(inventory.update('NO-1', {}, { user: 'u' }))).to.be.instanceOf(NotFoundError);
  });

  it('sets and takes away credentials, which are stored sealed', async () => {
    const { inventory, secretBox } = fixture;
    await inventory.create({ id: ID }, 'ann');
    const device = await inventory.setCredentials(
      ID,
      { connectionRequest: { username: 'acs', password: 'pw-1' } },
      { user: 'ann', version: 1 },
    );
    expect(secretBox.open(device.credentials.connectionRequest?.password ?? '')).to.equal('pw-1');
    expect(device.credentials.acs).to.equal(null);
    const cleared = await inventory.setCredentials(ID, { connectionRequest: null }, { user: 'ann' });
    expect(cleared.credentials.connectionRequest).to.equal(null);
    expect(JSON.stringify(fixture.published)).not.to.contain('pw-1');
  });

  it('removes a device with its tree, tasks, reports and logs, and keeps the histories', async () => {
    const { inventory, store, clock } = fixture;
    const other = 'AABBCC-IGD-S2';
    for (const id of [ID, other]) {
      await inventory.create({ id }, 'ann');
      await new ParameterTrees(store, { clock, cacheEntries: 10 }).save({ _id: id }, [
        { at: clock.now(), values: [{ name: 'Device.A', value: '1', type: 'int' }] },
      ]);
      const at = clock.now();
      await store.tasks.collection.insertOne({ _id: `d:${id}:1` as never, device: id, type: 'Reboot' });
      await store.executions.collection.insertOne({ _id: `e-${id}` as never, device: id, task: `d:${id}:1` });
      await store.logLines.collection.insertOne({ device: id, execution: `e-${id}`, at });
      await store.executionLogs.collection.insertOne({ _id: `l-${id}` as never, device: id, startTime: at });
      await store.sessions.collection.insertOne({ _id: `s-${id}` as never, device: id, startedAt: at });
    }
    await inventory.remove(ID, 'ann');
    const left = async (name: string): Promise<number> =>
      store.db.collection(name).countDocuments({ device: ID });
    for (const gone of ['tasks', 'executions', 'log_lines']) expect(await left(gone), gone).to.equal(0);
    for (const kept of ['execution_logs', 'sessions', 'edition_logs'])
      expect(await left(kept), kept).to.equal(1);
    expect(await rejection(inventory.get(ID))).to.be.instanceOf(NotFoundError);
    expect(await store.parameterTrees.countDocuments()).to.equal(1);
    for (const name of ['tasks', 'executions', 'log_lines'])
      expect(await store.db.collection(name).countDocuments({ device: other })).to.equal(1);
    expect(await rejection(inventory.remove(ID, 'ann'))).to.be.instanceOf(NotFoundError);
  });

  it('takes the lease from an open session of a removed device', async () => {
    const { inventory, clock } = fixture;
    const contacts = fixture.contacts();
    const { device, fence } = await contacts.open(contact(clock.now()));
    await inventory.remove(device._id, 'ann');
    await rejection(contacts.close(device._id, fence, { modelName: 'X' }));
    expect(await fixture.store.devices.countDocuments()).to.equal(0);
    expect(await contacts.open(contact(clock.now()))).to.deep.include({ created: true, fence: 1 });
  });

  it('knows which devices are being upgraded', async () => {
    const { inventory, store } = fixture;
    const device = await inventory.create({ id: ID }, 'ann');
    expect((await inventory.contactState(device)).upgrading).to.equal(false);
    await store.tasks.collection.insertOne({ _id: 't1' as never, device: ID, type: 'FirmwareUpgrade' });
    await store.executions.collection.insertOne({
      _id: 'e1' as never,
      device: ID,
      task: 't1',
      status: 'IN_PROGRESS',
      commandKey: 'e1-1',
    });
    expect((await inventory.contactState(device)).upgrading).to.equal(true);
  });
});
