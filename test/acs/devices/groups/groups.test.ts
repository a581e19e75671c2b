import { expect } from 'chai';
import { ConflictError, StaleError, ValidationError } from '../../../../common/errors.js';
import { rejection } from '../devices-fixture.js';
import { openGroups, type GroupsFixture } from './groups-fixture.js';

const ANN = { actor: 'user', id: 'ann' } as const;
const DAY = 86_400_000;

describe('Groups', () => {
  let f: GroupsFixture;
  before(async () => {
    f = await openGroups();
  });
  after(() => f.close());

  const make = (name: string, more: { domain?: string; priority?: number } = {}) =>
    f.groups.create({ name, domain: '/', ...more }, 'ann');

  describe('as records', () => {
    it('begin with those of the system, which nobody edits or deletes', async () => {
      expect((await f.groups.tree()).names()).to.include.members([
        'root',
        'root.cwmp',
        'root.devicetypes',
        'root.incoming',
        'root.monitoring',
      ]);
      const edited = f.groups.edit('root.incoming', { description: 'mine' }, { user: 'ann' });
      expect(await rejection(edited)).to.be.instanceOf(ConflictError);
      expect(await rejection(f.groups.remove('root.cwmp', { user: 'ann' }))).to.be.instanceOf(ConflictError);
    });

    it('are made below a group that exists, once, and never among device types', async () => {
      await make('root.made');
      expect(await rejection(make('root.made'))).to.be.instanceOf(ConflictError);
      for (const wrong of ['root.not.there', 'root.a:b', 'elsewhere', 'root.devicetypes.mine'])
        expect(await rejection(make(wrong)), wrong).to.be.instanceOf(ValidationError);
    });

    it('inherit their priority until one is set', async () => {
      await make('root.prio', { priority: 7 });
      await make('root.prio.below');
      const tree = await f.groups.tree();
      expect([
        tree.priority('root.prio.below'),
        tree.priority('root'),
        tree.priority('root.made'),
      ]).to.deep.equal([7, 0, 0]);
      await f.groups.edit('root.prio.below', { priority: 3 }, { user: 'ann', version: 1 });
      expect((await f.groups.tree()).priority('root.prio.below')).to.equal(3);
      const late = f.groups.edit('root.prio.below', { priority: 4 }, { user: 'bob', version: 1 });
      expect(await rejection(late)).to.be.instanceOf(StaleError);
    });

    it('are not deleted while they have subgroups or tasks, and say what stands in the way', async () => {
      await make('root.full');
      await make('root.full.sub');
      const device = await f.device('DEL', ['root.full', 'root.full.sub']);
      const withSub = await rejection(f.groups.remove('root.full', { user: 'ann' }));
      expect(withSub).to.include({ code: 'in-use' });
      expect(withSub.message).to.include('root.full.sub');
      await f.store.tasks.collection.insertOne({ _id: 'g:root.full.sub:1', group: 'root.full.sub' } as never);
      const withTask = await rejection(f.groups.remove('root.full', { user: 'ann', subgroups: true }));
      expect(withTask.message).to.include('g:root.full.sub:1');
      await f.store.tasks.collection.deleteOne({ _id: 'g:root.full.sub:1' } as never);
      await f.groups.remove('root.full', { user: 'ann', subgroups: true });
      expect(await f.groupsOf(device)).to.deep.equal(['root', 'root.cwmp']);
      expect((await f.groups.tree()).has('root.full.sub')).to.equal(false);
    });

    it('are made for groups that devices named before there were records', async () => {
      const id = await f.device('OLD');
      await f.store.devices.updateOne({ _id: id }, { $push: { groups: 'root.old.deep' } });
      await f.groups.prepare();
      const tree = await f.groups.tree();
      expect([tree.get('root.old')?.kind, tree.get('root.old.deep')?.kind]).to.deep.equal(['user', 'user']);
    });

    it('are seen by another process at the latest a second after their change', async () => {
      const other = await f.another();
      await other.cache.current();
      await make('root.seen');
      await f.groups.edit('root.seen', { priority: 4 }, { user: 'ann' });
      f.clock.advance(1_000);
      expect((await other.cache.current()).tree.priority('root.seen')).to.equal(4);
      await other.groups.remove('root.seen', { user: 'bob' });
      f.clock.advance(1_000);
      expect((await f.cache.current()).tree.has('root.seen')).to.equal(false);
      await other.close();
    });

    it('made at the same time by two processes are there once, for both', async () => {
      const other = await f.another();
      const names = Array.from({ length: 10 }, (_, at) => `root.race.g${at % 5}`);
      await Promise.all(
        names.map((name, at) => (at % 2 ? f : other).groups.ensure([name], { by: 'system', domain: '/' })),
      );
      expect(await f.store.groups.countDocuments({ _id: /^root\.race/ })).to.equal(6);
      for (const services of [f, other])
        expect((await services.groups.tree()).children('root.race')).to.have.length(5);
      await other.close();
    });
  });

  describe('and their members', () => {
    it('are counted on demand, direct and with subgroups, and the count is kept with its time', async () => {
      await make('root.count');
      await make('root.count.sub');
      await make('root.counted');
      await f.device('C1', ['root.count']);
      await f.device('C2', ['root.count', 'root.count.sub'], { domain: '/org/' });
      await f.device('C3', ['root.count.sub']);
      await f.device('C4', ['root.counted']);
      const first = await f.groups.counts('root.count');
      expect(first).to.deep.equal({ direct: 2, total: 3, countedAt: f.clock.now() });
      expect(await f.groups.counts('root.count', { view: '/org/' })).to.include({ direct: 1, total: 1 });
      await f.device('C5', ['root.count']);
      f.clock.advance(60_000);
      expect(await f.groups.counts('root.count')).to.equal(first);
      expect(await f.groups.counts('root.count', { refresh: true })).to.include({ direct: 3, total: 4 });
    });

    it('join and leave with a record of who did it, an event, and a count for the session that is open', async () => {
      await make('root.join');
      const id = await f.device('J1');
      const before = await f.inventory.get(id);
      f.published.length = 0;
      const changed = await f.memberships.join(id, ['root.join'], { actor: 'task', id: 'd:x:1' });
      expect(changed?.groups).to.deep.equal(['root', 'root.cwmp', 'root.join']);
      expect(changed?.taskRevision).to.equal((before.taskRevision ?? 0) + 1);
      expect(await f.memberships.join(id, ['root.join'], ANN)).to.equal(null);
      expect(f.published).to.deep.equal([
        {
          type: 'device.groups.changed',
          subject: id,
          data: { joined: ['root.join'], left: [], actor: 'task', by: 'd:x:1' },
        },
      ]);
      const joinedBy = await f.memberships.joinedBy(id, ['root.join']);
      expect(joinedBy.get('root.join')).to.include({ actor: 'task', by: 'd:x:1' });
      await f.memberships.leave(id, ['root.join'], ANN);
      const [entry] = await f.memberships.activity(id, { limit: 1 });
      expect(entry).to.include({ kind: 'group.left', object: 'root.join', actor: 'user', by: 'ann' });
    });

    it('leave subgroups too unless told otherwise', async () => {
      await make('root.lv');
      await make('root.lv.a');
      await make('root.lvx');
      const id = await f.device('L1', ['root.lv', 'root.lv.a', 'root.lvx']);
      await f.memberships.leave(id, ['root.lv'], ANN, { subgroups: false });
      expect(await f.groupsOf(id)).to.include.members(['root.lv.a', 'root.lvx']);
      await f.memberships.leave(id, ['root.lv'], ANN);
      expect(await f.groupsOf(id)).to.deep.equal(['root', 'root.cwmp', 'root.lvx']);
    });

    it('are not put into groups that do not exist, nor into device types', async () => {
      const id = await f.device('J2');
      for (const group of ['root.nothing', 'root.devicetypes'])
        expect(await rejection(f.memberships.join(id, [group], ANN)), group).to.be.instanceOf(
          ValidationError,
        );
      const patch = f.inventory.update(id, { groups: ['root', 'root.nothing'] }, { user: 'ann' });
      expect(await rejection(patch)).to.be.instanceOf(ValidationError);
    });

    it('keep their device type when a person sends a list of groups without it', async () => {
      const type = 'root.devicetypes.02A0C4.GW.1.1';
      const id = await f.device('J3');
      await f.store.devices.updateOne({ _id: id }, { $push: { groups: type } });
      const after = await f.inventory.update(id, { groups: ['root'] }, { user: 'ann' });
      expect(after.groups).to.deep.equal(['root', type]);
      const [entry] = await f.memberships.activity(id, { limit: 1 });
      expect(entry).to.include({ kind: 'group.left', object: 'root.cwmp', by: 'ann' });
    });

    it('are taken into the narrower domain of a group that they join, and nowhere else', async () => {
      await make('root.org', { domain: '/org/' });
      await make('root.wide');
      const id = await f.device('D1');
      await f.memberships.join(id, ['root.org'], ANN);
      expect((await f.inventory.get(id)).domain).to.equal('/org/');
      await f.memberships.join(id, ['root.wide'], ANN);
      expect((await f.inventory.get(id)).domain).to.equal('/org/');
      const other = await f.device('D2', ['root.org'], { domain: '/elsewhere/' });
      expect((await f.inventory.get(other)).domain).to.equal('/elsewhere/');
    });

    it('join and leave in bulk by a condition, each device once and recorded', async () => {
      await make('root.bulk');
      await make('root.bulk.sub');
      const all = await Promise.all(Array.from({ length: 1_203 }, (_, at) => f.device(`B${at}`)));
      await f.memberships.join(all[0] ?? '', ['root.bulk'], ANN);
      const ours = { serialNumber: { $regex: '^B' } };
      f.published.length = 0;
      expect(await f.memberships.joinAll(ours, 'root.bulk', ANN)).to.equal(1_202);
      expect(f.published.filter(({ type }) => type === 'device.groups.changed')).to.have.length(1_202);
      expect(await f.store.activities.countDocuments({ object: 'root.bulk' })).to.equal(1_203);
      await f.memberships.join(all[7] ?? '', ['root.bulk.sub'], ANN);
      expect(await f.groups.detachAll('root.bulk', { user: 'ann' })).to.equal(1_203);
      expect(await f.memberships.leaveAll(ours, 'root.bulk', ANN, { subgroups: true })).to.equal(1);
      expect(await f.store.devices.countDocuments({ groups: /^root\.bulk/ })).to.equal(0);
      expect(await f.store.devices.countDocuments(ours)).to.equal(1_203);
    });
  });

  it('of device types go when no device was in them for 30 days and nothing hangs on them', async () => {
    const types = ['root.devicetypes.A.M.1.1', 'root.devicetypes.A.M.1.2', 'root.devicetypes.B.M.1.1'];
    await f.groups.ensure(types, { by: 'system', domain: '/' });
    const id = await f.device('T1');
    await f.store.devices.updateOne({ _id: id }, { $push: { groups: types[1] } });
    await f.profiles.save('root.devicetypes.B.M.1.1', new Map([['x', { value: '1' }]]), { user: 'ann' });
    expect(await f.groups.removeEmptyTypes(f.clock.now())).to.equal(0);
    f.clock.advance(31 * DAY);
    expect(await f.groups.removeEmptyTypes(f.clock.now())).to.equal(1);
    const tree = await f.groups.tree();
    expect(types.map((name) => tree.has(name))).to.deep.equal([false, true, true]);
    expect((await f.store.groups.findById(types[1]).lean())?.emptySince).to.equal(null);
  });
});
