import { expect } from 'chai';
import { ConflictError, ValidationError } from '../../../../common/errors.js';
import { rejection } from '../devices-fixture.js';
import { openGroups, type GroupsFixture } from './groups-fixture.js';

const BASE = ['root', 'root.cwmp'];

describe('Migration rules', () => {
  let f: GroupsFixture;
  let serial = 0;
  before(async () => {
    f = await openGroups();
  });
  after(() => f.close());

  const make = (name: string, domain = '/') => f.groups.create({ name, domain }, 'ann');
  const rule = (group: string, destination: string, more = {}) =>
    f.rules.create(group, { condition: '1', destination, ...more }, 'ann');
  const device = (groups: string[], more = {}) => f.device(`R${(serial += 1)}`, groups, more);
  /** Without its device type. */
  const moved = async (id: string) => {
    await f.runs.dispatch(id);
    const groups = await f.groupsOf(id);
    return groups.filter((name) => !BASE.includes(name) && !name.startsWith('root.devicetypes.'));
  };

  it('make the groups that a destination names, a level for each dot in a value', async () => {
    await make('root.r1');
    const { _id } = await rule('root.r1', "root.ips.${device.property.ip ? '?'}", { remove: true });
    const id = await device(['root.r1'], { properties: { ip: '10.1.2.3' } });
    expect(await moved(id)).to.deep.equal(['root.ips.10.1.2.3']);
    const tree = await f.groups.tree();
    expect(tree.get('root.ips.10.1')).to.include({ kind: 'user', rule: _id, domain: '/' });
    const [entry] = await f.memberships.activity(id, { limit: 1 });
    expect(entry).to.include({ actor: 'rule', by: _id });
  });

  it('hold when their condition yields true or says 1, and read profile and data model', async () => {
    await make('root.r2');
    await f.profiles.save('root.r2', new Map([['region', { value: 'north' }]]), { user: 'ann' });
    await rule('root.r2', 'root.r2.sv', { condition: "${sv.region == 'north'}" });
    await rule('root.r2', 'root.r2.dm', { condition: "${dm.DeviceInfo.Vendor.value == 'Acme'}" });
    await rule('root.r2', 'root.r2.no', { condition: '${false}' });
    const id = await device(['root.r2']);
    await f.store.devices.updateOne({ _id: id }, { $set: { root: 'Device' } });
    await f.trees.save({ _id: id }, [
      { at: f.clock.now(), values: [{ name: 'Device.DeviceInfo.Vendor', value: 'Acme', type: 'string' }] },
    ]);
    expect(await moved(id)).to.have.members(['root.r2', 'root.r2.sv', 'root.r2.dm']);
  });

  it('pick existing groups by a pattern behind ~, and fail when it fits none', async () => {
    for (const name of ['root.r3', 'root.r3.p1', 'root.r3.p2', 'root.r3.q']) await make(name);
    await rule('root.r3', '~root\\.r3\\.p.');
    const none = await rule('root.r3', '~root\\.r3\\.z.');
    const id = await device(['root.r3']);
    expect(await moved(id)).to.deep.equal(['root.r3', 'root.r3.p1', 'root.r3.p2']);
    const after = await f.rules.get('root.r3', none._id);
    expect(after).to.include({ failures: 1 });
    expect(after.lastFailure).to.include({ device: id });
  });

  it('that fail at run time leave the device where it is and count it, few writes for many failures', async () => {
    await make('root.r4');
    const wrong = await rule('root.r4', 'root.v6.${device.property.ip}', { remove: true });
    const ids = await Promise.all(
      Array.from({ length: 5 }, () => device(['root.r4'], { properties: { ip: 'fe80::1' } })),
    );
    for (const id of ids) expect(await moved(id)).to.deep.equal(['root.r4']);
    expect((await f.rules.get('root.r4', wrong._id)).failures).to.equal(1);
    f.clock.advance(5_000);
    await moved(ids[0] ?? '');
    expect((await f.rules.get('root.r4', wrong._id)).failures).to.equal(6);
    const edited = await f.rules.edit('root.r4', wrong._id, { destination: 'root.fine' }, { user: 'ann' });
    expect(edited).to.include({ failures: 0, lastFailure: null });
  });

  it('send no device out of the tenant of their group, nor into a device type', async () => {
    await make('root.t1', '/one/');
    await make('root.t2', '/two/');
    await rule('root.t1', "${'root.t2'}");
    await rule('root.t1', "${'root.devicetypes.x'}");
    await rule('root.t1', 'root.t1.own');
    const id = await device(['root.t1']);
    expect(await moved(id)).to.deep.equal(['root.t1', 'root.t1.own']);
    expect((await f.groups.tree()).get('root.t1.own')?.domain).to.equal('/one/');
  });

  it('are checked when they are saved: expressions, names, patterns', async () => {
    await make('root.r5');
    const wrong = {
      condition: { condition: '${device.nothing}', destination: 'root.x' },
      destination: { condition: '1', destination: '${device.oui' },
    };
    for (const [field, input] of Object.entries(wrong)) {
      const error = await rejection(f.rules.create('root.r5', input, 'ann'));
      expect(error).to.be.instanceOf(ValidationError);
      expect((error as ValidationError).issues[0]?.pointer).to.equal(`/${field}`);
    }
    for (const destination of ['root.a:b', 'root.a.', 'other', '~(a|b)*', '~(', 'root.devicetypes.x', ' '])
      expect(await rejection(rule('root.r5', destination)), destination).to.be.instanceOf(ValidationError);
  });

  it('show where members would go before anything is changed', async () => {
    await make('root.r6');
    await make('root.r6.sub');
    const ids = [];
    for (const site of ['a', 'a', 'b', ''])
      ids.push(await device(['root.r6'], { properties: site ? { site } : {} }));
    await device(['root.r6.sub'], { properties: { site: 'c' } });
    const draft = { group: 'root.r6', destination: 'root.r6s.${device.property.site}', subgroups: false };
    const dry = await f.runs.dryRun({ ...draft, condition: "${device.hasProperty('site')}" });
    expect(dry).to.deep.include({ members: 4, examined: 4, matched: 3, failures: 0 });
    expect(dry.destinations).to.deep.equal([
      { group: 'root.r6s.a', exists: false, devices: 2 },
      { group: 'root.r6s.b', exists: false, devices: 1 },
    ]);
    const all = await f.runs.dryRun({ ...draft, subgroups: true, condition: '1' });
    expect(all).to.deep.include({ members: 5, matched: 4, failures: 1 });
    expect((await f.groups.tree()).has('root.r6s')).to.equal(false);
    expect(await f.groupsOf(ids[0] ?? '')).to.include('root.r6');
  });

  it('run over all members in the background, one run of a rule at a time', async () => {
    await make('root.r7');
    const ids = [];
    for (let at = 0; at < 120; at += 1) ids.push(await device(['root.r7']));
    const { _id } = await rule('root.r7', 'root.r7s', { remove: true });
    const started = await f.runs.start('root.r7', _id, 'ann');
    expect(started).to.include({ total: 120, state: 'running' });
    expect(await rejection(f.runs.start('root.r7', _id, 'bob'))).to.be.instanceOf(ConflictError);
    await f.runs.settled();
    const { run } = await f.rules.get('root.r7', _id);
    expect(run).to.include({ state: 'finished', done: 120, moved: 120, failed: 0 });
    expect(await f.store.devices.countDocuments({ groups: 'root.r7s' })).to.equal(120);
  });

  it('are gone on with by another server when the one that ran them is not heard of', async () => {
    await make('root.r8');
    const first = await device(['root.r8']);
    const second = await device(['root.r8']);
    const { _id } = await rule('root.r8', 'root.r8s', { remove: true });
    const now = f.clock.now();
    const run = {
      ...{
        id: 'x',
        state: 'running',
        user: 'ann',
        startedAt: now,
        finishedAt: null,
        total: 2,
        done: 1,
        moved: 1,
      },
      ...{ failed: 0, cursor: first, server: 'dead', aliveUntil: now, message: '' },
    };
    await f.store.migrationRules.updateOne({ _id }, { $set: { run } });
    expect(await f.runs.resume()).to.equal(0);
    f.clock.advance(1);
    expect(await f.runs.resume()).to.equal(1);
    await f.runs.settled();
    expect((await f.rules.get('root.r8', _id)).run).to.include({ state: 'finished', done: 2 });
    expect(await f.groupsOf(first)).to.include('root.r8');
    expect(await f.groupsOf(second)).to.include('root.r8s');
  });

  it('are cancelled where they are', async () => {
    await make('root.r9');
    await device(['root.r9']);
    const { _id } = await rule('root.r9', 'root.r9s');
    expect(await f.runs.cancel('root.r9', _id)).to.equal(false);
    await f.store.migrationRules.updateOne({ _id }, { $set: { run: { id: 'x', state: 'running' } } });
    expect(await f.runs.cancel('root.r9', _id)).to.equal(true);
    expect((await f.rules.get('root.r9', _id)).run).to.include({ state: 'cancelled' });
  });

  it('do not overwrite what a person changes at the same time', async () => {
    await make('root.r10');
    await make('root.r10p');
    await rule('root.r10', 'root.r10s', { remove: true });
    const id = await device(['root.r10']);
    const stale = await f.inventory.get(id);
    await f.memberships.join(id, ['root.r10p'], { actor: 'user', id: 'ann' });
    await f.dispatch.run({ device: stale, parameters: () => f.trees.load(stale) });
    expect(await f.groupsOf(id))
      .to.include.members(['root.r10p', 'root.r10s'])
      .and.not.include('root.r10');
  });
});

describe('Migration rules after a change by a person', () => {
  it('are looked at without any contact, and not again after their own changes', async () => {
    const f = await openGroups({ queue: true });
    await f.groups.create({ name: 'root.q', domain: '/' }, 'ann');
    await f.rules.create(
      'root.q',
      { condition: "${device.description == 'go'}", destination: 'root.gone', remove: true },
      'ann',
    );
    const id = await f.device('Q1', ['root.q']);
    await f.queue.settled();
    expect(await f.groupsOf(id)).to.include('root.q');
    await f.inventory.update(id, { description: 'go' }, { user: 'ann' });
    await f.queue.settled();
    expect(await f.groupsOf(id))
      .to.include('root.gone')
      .and.not.include('root.q');
    f.published.length = 0;
    await f.queue.settled();
    expect(f.published).to.deep.equal([]);
    await f.close();
  });
});
