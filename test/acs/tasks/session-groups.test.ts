import { expect } from 'chai';
import { compiledRules } from '../../../acs/devices/groups/compiled-rules.js';
import { createGroupServices, type GroupServices } from '../../../acs/devices/groups/group-services.js';
import { ParameterTrees } from '../../../acs/devices/parameter-trees.js';
import { dispatchInSessions, taskGroups } from '../../../acs/tasks/session-groups.js';
import { silentLog } from '../../../common/log.js';
import { SecretBox } from '../../../common/secret-box.js';
import { event, FakeCpe } from './fake-cpe.js';
import { Harness } from './harness.js';

const read = { parameter: [{ name: 'Device.DeviceInfo.UpTime' }] };

describe('a session and the groups of its device', () => {
  let h: Harness;
  let services: GroupServices;
  let cpe: FakeCpe;
  let count = 0;
  before(async () => {
    h = await Harness.open();
    const { store, clock, events } = h;
    services = await createGroupServices(store, {
      ...{ clock, events, log: silentLog, serverId: 'test' },
      secretBox: new SecretBox('a key for tests only'),
      trees: new ParameterTrees(store, { clock, cacheEntries: 1_000 }),
      expressions: compiledRules({ zone: 'UTC' }),
    });
    await services.queue.close();
    h.dispatch = dispatchInSessions(services.dispatch);
  });
  after(async () => {
    await services.close();
    await h.close();
  });
  beforeEach(async () => {
    cpe = new FakeCpe('Device', `groups-${(count += 1)}`);
    await h.meet(cpe);
  });

  const record = async () => {
    const device = await h.store.devices.findById(h.id(cpe)).lean();
    if (!device) throw new Error('the device is gone');
    return device;
  };
  const types = async () => (await record()).groups.filter((name) => name.startsWith('root.devicetypes.'));

  it('puts a new device into root, the incoming group, the group of its protocol and one device type', async () => {
    const { groups } = await record();
    expect(groups).to.include.members(['root', 'root.cwmp', 'root.incoming']);
    expect(await types()).to.have.length(1);
  });

  it('moves the device to another type before the tasks when its Inform shows another version', async () => {
    const [before] = await types();
    cpe.set('DeviceInfo.SoftwareVersion', '9.9-beta');
    const task = await h.addToGroup('root.devicetypes', 'GetValues', read, { appliesToSubgroups: true });
    await h.run(cpe);
    const [leaf, ...more] = await types();
    expect(leaf).to.match(/\.9_9-beta$/);
    expect(leaf).to.not.equal(before);
    expect(more).to.deep.equal([]);
    expect((await services.groups.tree()).get(leaf ?? '')).to.include({ kind: 'device-type' });
    expect(await h.reports.ofTask(task._id, h.id(cpe))).to.include({ status: 'SUCCESS' });
    const [entry] = await services.memberships.activity(h.id(cpe), { limit: 1 });
    expect(entry).to.include({ actor: 'device-type', kind: 'group.joined', object: leaf });
  });

  it('costs no operation of its own while nothing changes, rules or not', async () => {
    await h.run(cpe);
    const commands: string[] = [];
    const checks: string[] = [];
    const client = h.store.connection.getClient();
    const counted = async (): Promise<string[]> => {
      const listener = ({ commandName, command }: { commandName: string; command: unknown }): void => {
        const { [commandName]: collection, filter } = command as Record<string, unknown>;
        // Once a second, for all sessions of a process together, the count of changes is read.
        const check = JSON.stringify(filter ?? null).includes('groups.revision');
        (check ? checks : commands).push(`${commandName} ${String(collection)}`);
      };
      commands.length = checks.length = 0;
      client.on('commandStarted', listener);
      await h.run(cpe);
      client.off('commandStarted', listener);
      return [...commands];
    };
    const { dispatch } = h;
    h.dispatch = null;
    const without = await counted();
    h.dispatch = dispatch;
    expect(await counted()).to.deep.equal(without);
    expect(checks).to.have.length(1);
    const rule = await services.rules.create(
      'root',
      { condition: "${device.oui == 'no such'}", destination: 'root.never', subgroups: true },
      'ann',
    );
    expect(await counted()).to.deep.equal(without);
    expect(checks).to.have.length(1);
    await services.rules.remove('root', rule._id, { user: 'ann' });
  });

  it('moves the device by rules before its tasks, so that it runs those of the group that it joins', async () => {
    await services.groups.ensure(['root.s1', 'root.s2'], { by: 'ann', domain: '/' });
    await services.rules.create('root.s1', { condition: '1', destination: 'root.s2', remove: true }, 'ann');
    const left = await h.addToGroup('root.s1', 'GetValues', read);
    const joined = await h.addToGroup('root.s2', 'GetValues', read);
    await h.join(cpe, 'root.s1');
    await h.run(cpe);
    expect((await record()).groups)
      .to.include('root.s2')
      .and.not.include('root.s1');
    expect(await h.reports.ofTask(joined._id, h.id(cpe))).to.include({ status: 'SUCCESS' });
    expect(await h.reports.ofTask(left._id, h.id(cpe))).to.equal(null);
  });

  it('looks at the rules again after a task that learnt what they read, at most five times', async () => {
    await services.groups.ensure(['root.s3', 'root.s4'], { by: 'ann', domain: '/' });
    const condition = "${dm.Mode.value == 'bridge'}";
    await services.rules.create('root.s3', { condition, destination: 'root.s4' }, 'ann');
    cpe.set('Mode', 'bridge');
    await h.join(cpe, 'root.s3');
    await h.add(cpe, 'GetValues', { parameter: [{ name: 'Device.Mode' }] });
    const joined = await h.addToGroup('root.s4', 'GetValues', read);
    await h.run(cpe);
    expect(await h.reports.ofTask(joined._id, h.id(cpe))).to.include({ status: 'SUCCESS' });

    let dispatched = 0;
    const run = services.dispatch.run.bind(services.dispatch);
    h.dispatch = dispatchInSessions({
      run: (input) => {
        dispatched += 1;
        return run(input);
      },
    });
    for (let at = 0; at < 8; at += 1) await h.add(cpe, 'GetValues', { parameter: [{ name: 'Device.Mode' }] });
    await h.run(cpe);
    expect(dispatched).to.equal(6);
  });

  it('sees a property that was changed while a task ran, before it picks the next one', async () => {
    await services.groups.ensure(['root.s9', 'root.s10'], { by: 'ann', domain: '/' });
    const condition = "${device.getProperty('ready', 'no') == 'yes'}";
    await services.rules.create('root.s9', { condition, destination: 'root.s10', remove: true }, 'ann');
    await h.join(cpe, 'root.s9');
    await h.add(cpe, 'GetValues', read, { priority: 1 });
    const left = await h.addToGroup('root.s9', 'GetValues', read, { priority: 5 });
    const joined = await h.addToGroup('root.s10', 'GetValues', read, { priority: 9 });
    await h.run(cpe, {
      between: async () => {
        const set = { 'properties.ready': 'yes' };
        await h.store.devices.updateOne({ _id: h.id(cpe) }, { $set: set, $inc: { taskRevision: 1 } });
      },
    });
    expect(await h.reports.ofTask(left._id, h.id(cpe))).to.equal(null);
    expect(await h.reports.ofTask(joined._id, h.id(cpe))).to.include({ status: 'SUCCESS' });
  });

  it('does not fail by a rule that does', async () => {
    await services.groups.ensure(['root.s5'], { by: 'ann', domain: '/' });
    const { _id } = await services.rules.create(
      'root.s5',
      { condition: '${device.property.x.toInt == 1}', destination: 'root.s6' },
      'ann',
    );
    await h.join(cpe, 'root.s5');
    const task = await h.add(cpe, 'GetValues', read);
    await h.run(cpe);
    expect(await h.report(task)).to.include({ status: 'SUCCESS' });
    expect((await services.rules.get('root.s5', _id)).failures).to.equal(1);
  });

  it('loses to a newer session of the same device', async () => {
    await services.groups.ensure(['root.s7'], { by: 'ann', domain: '/' });
    const older = await record();
    await h.open(cpe, [event('2 PERIODIC')]);
    await services.rules.create('root.s7', { condition: '1', destination: 'root.s8' }, 'ann');
    const late = services.dispatch.run({
      device: { ...older, groups: ['root.s7'] },
      fence: older.lease.fence,
      parameters: () => Promise.reject(new Error('not read')),
    });
    let code = '';
    await late.catch((error: unknown) => {
      code = (error as { code: string }).code;
    });
    expect(code).to.equal('session-superseded');
  });

  it('lets tasks know the priorities and domains of groups', async () => {
    await services.groups.create({ name: 'root.prio', domain: '/org/', priority: 8 }, 'ann');
    const groups = taskGroups(services.cache);
    expect((await groups.priorities())('root.prio.below')).to.equal(8);
    expect([await groups.domainOf('root.prio'), await groups.domainOf('root.nothing')]).to.deep.equal([
      '/org/',
      null,
    ]);
  });
});
