import { expect } from 'chai';
import { SessionSupersededError } from '../../../common/errors.js';
import { removeDevice } from '../../../acs/devices/device-removal.js';
import { ParameterTrees } from '../../../acs/devices/parameter-trees.js';
import type { ParameterTreeRecord } from '../../../store/models/parameter-tree.js';
import { FakeCpe, event } from './fake-cpe.js';
import { end, Harness, OPERATOR } from './harness.js';
import { interceptNext } from './intercept.js';

const read = { parameter: [{ name: 'Device.WiFi.Name' }] };

describe('what a session writes', () => {
  let h: Harness;
  let cpe: FakeCpe;
  let count = 0;
  before(async () => {
    h = await Harness.open();
  });
  after(() => h.close());
  beforeEach(async () => {
    cpe = new FakeCpe('Device', `fence-${(count += 1)}`);
    cpe.set('WiFi.Name', 'first');
    await h.meet(cpe);
  });

  const treeOf = (): Promise<ParameterTreeRecord | null> =>
    h.store.parameterTrees.findById(h.id(cpe)).lean<ParameterTreeRecord | null>();
  const nameInTree = async (): Promise<string | null> =>
    (await freshTrees().load({ _id: h.id(cpe) })).value('Device.WiFi.Name');
  const freshTrees = (): ParameterTrees => new ParameterTrees(h.store, { clock: h.clock, cacheEntries: 1 });
  const remove = (): Promise<void> => removeDevice(h.store, h.id(cpe), 'operator', h.clock.now());
  const leftOf = async (device: string): Promise<Record<string, number>> => ({
    devices: await h.store.devices.countDocuments({ _id: device }),
    trees: await h.store.parameterTrees.countDocuments({ _id: device }),
    reports: await h.store.executions.countDocuments({ device }),
    tasks: await h.store.tasks.countDocuments({ device }),
  });
  const NOTHING = { devices: 0, trees: 0, reports: 0, tasks: 0 };

  for (const [type, config] of [
    ['GetValues', read],
    ['RefreshDataModel', { useQuota: false }],
  ] as const)
    for (const known of ['with', 'without'])
      it(`leaves nothing of a device ${known} a data model that is deleted during a ${type}`, async () => {
        await h.add(cpe, type, config);
        if (known === 'without') await h.store.parameterTrees.deleteOne({ _id: h.id(cpe) });
        const failure = await h.run(cpe, { between: remove }).then(
          () => null,
          (error: unknown) => error,
        );
        expect(failure).to.be.instanceOf(SessionSupersededError);
        await h.session?.close(end('superseded', null));
        expect(await leftOf(h.id(cpe))).to.deep.equal(NOTHING);
      });

  for (const [when, operation] of [
    ['before', 'findOneAndUpdate'],
    ['before', 'insertOne'],
  ] as const)
    it(`leaves no data model of a device that is deleted ${when} ${operation} of the tree`, async () => {
      await h.add(cpe, 'GetValues', read);
      const deleted = interceptNext(h.store, { collection: 'parameter_trees', operation }, remove);
      if (operation === 'insertOne') await h.store.parameterTrees.deleteOne({ _id: h.id(cpe) });
      h.crash();
      try {
        await h.run(cpe);
      } finally {
        deleted.restore();
      }
      expect(deleted.count).to.equal(1);
      expect(await leftOf(h.id(cpe))).to.deep.equal(NOTHING);
    });

  it('is not to the data model of a device when it has lost its lease', async () => {
    const task = await h.add(cpe, 'GetValues', read);
    const older = await h.open(cpe);
    const request = await older.next(null);
    const stale = cpe.answer(request!);
    h.crash();
    cpe.set('WiFi.Name', 'second');
    await h.run(cpe);
    expect((await h.report(task)).status).to.equal('SUCCESS');
    const tree = await treeOf();
    await older.next(stale).catch((error: unknown) => {
      expect(error).to.be.instanceOf(SessionSupersededError);
    });
    await older.close(end('disconnected', null));
    expect(await treeOf()).to.deep.equal(tree);
    expect(await nameInTree()).to.equal('second');
  });

  it('is not to the data model when a newer session has not even written there', async () => {
    await h.add(cpe, 'GetValues', read);
    const before = await treeOf();
    const older = await h.open(cpe);
    const request = await older.next(null);
    await h.service.create(
      { device: h.id(cpe), type: 'GetValues', config: { parameter: [{ name: 'Device.Nothing' }] } },
      OPERATOR,
    );
    h.crash();
    await h.open(cpe);
    await older.next(cpe.answer(request!)).catch(() => undefined);
    await older.close(end('disconnected', null));
    expect(await treeOf()).to.deep.equal(before);
  });

  it('is refused to a tree that a session with a higher fence has written, small or large', async () => {
    const trees = freshTrees();
    const device = { _id: h.id(cpe) };
    const change = (value: string, entries = 1) => ({
      at: h.clock.now(),
      values: Array.from({ length: entries }, (_, index) => ({
        name: `Device.X${index}`,
        value,
        type: 'string',
      })),
    });
    await trees.save(device, [change('newer')], { writer: { fence: 9, mark: 'newer' } });
    for (const entries of [1, 2_000]) {
      const late = trees.save(device, [change('older', entries)], { writer: { fence: 8, mark: 'older' } });
      expect(await late.catch((error: unknown) => error)).to.be.instanceOf(SessionSupersededError);
      expect((await trees.load(device)).value('Device.X0')).to.equal('newer');
    }
  });

  it('is seen by another server that holds a copy, which looks the tree up only when it was written', async () => {
    const there = new ParameterTrees(h.store, { clock: h.clock, cacheEntries: 10_000 });
    let lookUps = 0;
    const listen = ({ command }: { command: Record<string, unknown> }): void => {
      if (command.find === 'parameter_trees') lookUps += 1;
    };
    const load = async (): Promise<{ name: string | null; lookUps: number }> => {
      const device = await h.store.devices.findById(h.id(cpe)).lean();
      lookUps = 0;
      h.store.connection.getClient().on('commandStarted', listen);
      const name = (await there.load(device!)).value('Device.WiFi.Name');
      h.store.connection.getClient().off('commandStarted', listen);
      return { name, lookUps };
    };
    await h.add(cpe, 'GetValues', read);
    await h.run(cpe);
    expect((await load()).name).to.equal('first');
    expect(await load()).to.deep.equal({ name: 'first', lookUps: 0 });
    cpe.set('WiFi.Name', 'second');
    await h.add(cpe, 'GetValues', read);
    await h.run(cpe);
    expect((await load()).name).to.equal('second');
    expect(await load()).to.deep.equal({ name: 'second', lookUps: 0 });
    await h.run(cpe, { events: [event('0 BOOTSTRAP')] });
    expect((await load()).name).to.equal(null);
  });
});

describe('a task that is deleted before its report is written', () => {
  let h: Harness;
  before(async () => {
    h = await Harness.open();
  });
  after(() => h.close());

  it('does not run and leaves no report, and the next one has its turn', async () => {
    const cpe = new FakeCpe('Device', 'deleted-early');
    cpe.set('WiFi.Name', 'a');
    await h.meet(cpe);
    const doomed = await h.add(cpe, 'Reboot', {}, { priority: 1 });
    const next = await h.add(cpe, 'GetValues', read);
    const deletion = interceptNext(h.store, { collection: 'executions', operation: 'bulkWrite' }, () =>
      h.service.remove(doomed._id, { actor: OPERATOR }),
    );
    h.crash();
    await h.run(cpe);
    deletion.restore();
    expect(deletion.count).to.equal(1);
    expect(cpe.methods()).to.deep.equal(['GetParameterValues']);
    expect(await h.reports.ofTask(doomed._id, h.id(cpe))).to.equal(null);
    expect((await h.report(next)).status).to.equal('SUCCESS');
    expect(h.logged.some(({ msg, task }) => String(msg).includes('deleted') && task === doomed._id)).to.equal(
      true,
    );
    const { items } = await h.reports.history({ task: doomed._id, limit: 5 });
    expect(items).to.deep.equal([]);
  });
});
