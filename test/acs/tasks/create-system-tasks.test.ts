import { expect } from 'chai';
import { silentLog } from '../../../common/log.js';
import { createSystemTasks } from '../../../acs/tasks/create-system-tasks.js';
import { SYSTEM_TASKS } from '../../../acs/tasks/system-tasks.js';
import { event, FakeCpe } from './fake-cpe.js';
import { Harness } from './harness.js';

const REFRESHER = 'g:root:datamodelRefresher';
const BEST_EFFORT = 'g:root.cwmp:BestEffortRefresh';
const TRACKER = 'g:root:ipTrackerSetup';
const RELATIONSHIP = 'g:root:DefaultRelationship';
const MADE = [REFRESHER, BEST_EFFORT, RELATIONSHIP, TRACKER];

describe('the default system tasks', () => {
  let h: Harness;
  beforeEach(async () => {
    h = await Harness.open();
  });
  afterEach(() => h.close());
  const start = (wanted = SYSTEM_TASKS): Promise<string[]> => {
    const { store, clock, service: tasks } = h;
    return createSystemTasks({ store, tasks, clock, log: silentLog }, wanted);
  };

  it('are created at the first start, as far as their types can do what they are for', async () => {
    expect(await start()).to.deep.equal(MADE);
    const refresher = await h.service.get(REFRESHER);
    expect(refresher).to.include({
      ...{ system: true, name: 'datamodelRefresher', active: true, group: 'root', domain: '/' },
      ...{ appliesToSubgroups: true, repeatOnBootstrap: true, priority: 1, user: 'system' },
    });
    expect((await h.service.get(BEST_EFFORT)).active).to.equal(false);
    expect((await h.service.get(TRACKER)).transientReport).to.equal(true);
    const [edition] = (await h.reports.editionLog({ task: REFRESHER }, { limit: 5 })).items;
    expect([edition?.kind, edition?.user]).to.deep.equal(['created', 'system']);
  });

  it('stay as users leave them over further starts: edited, or deleted', async () => {
    await start();
    const actor = { user: 'operator' };
    await h.service.edit(REFRESHER, { active: false, priority: 50 }, { actor });
    await h.service.remove(TRACKER, { actor });
    expect(await start()).to.deep.equal([]);
    expect(await h.service.get(REFRESHER)).to.include({ active: false, priority: 50 });
    expect(await h.service.get(TRACKER).catch((error: unknown) => error)).to.have.property(
      'code',
      'not-found',
    );
  });

  it('are each created when their types have come, once', async () => {
    const [refresher, tracker] = [REFRESHER, TRACKER].map((id) =>
      SYSTEM_TASKS.find((task) => task.id === id)!,
    );
    const later = { ...tracker!, type: 'NotThereYet' };
    expect(await start([refresher!, later])).to.deep.equal([REFRESHER]);
    expect(await start([refresher!, tracker!])).to.deep.equal([TRACKER]);
    expect(await start([refresher!, tracker!])).to.deep.equal([]);
  });

  it('are made once by servers that start at the same time, and by one that starts after half a start', async () => {
    const made = (await Promise.all([start(), start(), start()])).flat();
    expect(made.toSorted()).to.deep.equal(MADE.toSorted());
    await h.store.settings.deleteOne({ _id: 'tasks.system' });
    expect(await start()).to.deep.equal([]);
    await h.service.remove(TRACKER, { actor: { user: 'operator' } });
    expect(await start()).to.deep.equal([]);
  });

  it('relate a device to the gateway that it names, once somebody switches that on', async () => {
    await start();
    const cpe = new FakeCpe('Device', 'behind');
    await h.meet(cpe);
    await h.store.devices.updateOne({ _id: h.id(cpe) }, { $set: { 'properties.gateway': 'GW-1' } });
    await h.run(cpe);
    const relations = () =>
      h.store.db
        .collection('device_relations')
        .find({ device: { $ne: null } })
        .toArray();
    expect(await relations()).to.deep.equal([]);
    await h.service.edit(RELATIONSHIP, { active: true }, { actor: { user: 'operator' } });
    await h.run(cpe);
    const [relation] = await relations();
    expect(relation).to.include({ device: h.id(cpe), target: 'GW-1' });
  });

  it('refresh a new device once, and leave its further sessions idle while its address stays', async () => {
    await start();
    const cpe = new FakeCpe('Device', 'system1');
    const asked: string[] = [];
    const client = h.store.connection.getClient();
    const listen = ({
      commandName,
      command,
    }: {
      commandName: string;
      command: Record<string, unknown>;
    }): void => {
      asked.push(`${commandName} ${String(command[commandName])}`);
    };
    client.on('commandStarted', listen);
    try {
      await h.run(cpe, { events: [event('0 BOOTSTRAP')] });
      expect(cpe.methods()).to.include.members(['GetParameterNames', 'GetParameterValues']);
      const addresses = () =>
        h.store.addressUses
          .find({ device: h.id(cpe) })
          .sort({ from: 1 })
          .lean();
      expect((await addresses()).map(({ address }) => address)).to.deep.equal(['192.0.2.1']);

      asked.length = 0;
      expect(await h.run(cpe)).to.deep.equal([]);
      expect(asked.filter((one) => /tasks|executions|address_uses|log_lines/.test(one))).to.deep.equal([]);
      const sessions = await h.store.sessions.find().sort({ startedAt: -1 }).lean();
      expect(sessions[0]?.tasks).to.deep.equal([]);

      await h.store.devices.updateOne({ _id: h.id(cpe) }, { $set: { wanIp: '203.0.113.5' } });
      await h.run(cpe);
      expect((await addresses()).map(({ address }) => address)).to.deep.equal(['192.0.2.1', '203.0.113.5']);
      asked.length = 0;
      await h.run(cpe);
      expect(asked.filter((one) => /tasks|executions|address_uses|log_lines/.test(one))).to.deep.equal([]);

      expect(await h.run(cpe, { events: [event('0 BOOTSTRAP')] })).to.include('GetParameterNames');
    } finally {
      client.off('commandStarted', listen);
    }
  });

  it('do not keep a session idle when somebody has given the tracker a condition', async () => {
    await start();
    const cpe = new FakeCpe('Device', 'system2');
    await h.run(cpe, { events: [event('0 BOOTSTRAP')] });
    const actor = { user: 'operator' };
    await h.service.edit(TRACKER, { executionCondition: '${true}' }, { actor });
    await h.run(cpe);
    await h.run(cpe);
    const sessions = await h.store.sessions.find().sort({ startedAt: -1 }).lean();
    expect(sessions[0]?.tasks).to.deep.equal([TRACKER]);
  });
});
