import { expect } from 'chai';
import { newExecution } from '../../acs/tasks/execution-record.js';
import { seedDevice, startNbi, type Nbi } from './harness.js';

type Json = Record<string, unknown>;

describe('NBI: undoing tasks', () => {
  let nbi: Nbi;
  let device: string;
  const group = 'root.region.north';
  const set = { type: 'SetValues', config: { param: [{ name: 'Device.A', value: 'new' }] } };
  const taskAt = (id: unknown, path = '') => `/tasks/${encodeURIComponent(String(id))}${path}`;
  const create = async (body: Json): Promise<Json> => {
    const answer = await nbi.call('/tasks', { body });
    expect(answer.status, JSON.stringify(answer.body)).to.equal(201);
    return answer.body;
  };
  const undo = (id: unknown, body: Json = {}, token?: string) =>
    nbi.call<Json>(taskAt(id, '/undo'), { body, ...(token !== undefined && { token }) });

  before(async () => {
    nbi = await startNbi();
    device = await seedDevice(nbi, 'U1');
    await nbi.store.devices.updateOne({ _id: device }, { $set: { groups: [group] } });
  });
  after(() => nbi.close());

  it('adds a task of the device that undoes a task of the device, and lets it be undone in turn', async () => {
    const task = await create({ device, ...set, priority: 7 });
    const { status, body, headers } = await undo(task.id);
    expect(status).to.equal(201);
    expect(headers.location).to.include(encodeURIComponent(String(body.id)));
    expect(body).to.deep.include({ device, type: 'UndoSetValues', config: { task: task.id } });
    expect(body).to.include({ active: true, priority: 7 });
    const again = await undo(body.id, { run: 1, active: false });
    expect(again.body).to.deep.include({ config: { task: body.id, run: 1 }, active: false });
  });

  it('adds an inactive task of the group with the same reach for a task of a group, unless told otherwise', async () => {
    const task = await create({ group, appliesToSubgroups: true, ...set });
    const { status, body } = await undo(task.id);
    expect(status).to.equal(201);
    expect(body).to.deep.include({ group, type: 'UndoSetValues', appliesToSubgroups: true, active: false });
    expect((await undo(task.id, { active: true, connect: 'try' })).body).to.include({
      active: true,
      scheduleConnection: true,
    });
    expect((await undo(task.id, { connect: 'require' })).status).to.equal(422);
  });

  it('refuses tasks that remember nothing', async () => {
    const reads = await create({ device, type: 'Reboot' });
    const discards = await create({ device, ...set, transientReport: true });
    for (const { id } of [reads, discards]) {
      const { status, body } = await undo(id);
      expect([status, body.code]).to.deep.equal([409, 'conflict']);
    }
    expect((await undo('d:nobody:1')).status).to.equal(404);
    expect((await undo(reads.id, { what: 1 })).status).to.equal(422);
  });

  it('wants to know which run of a task that repeats', async () => {
    const task = await create({ device, ...set, automaticRestart: true });
    const { status, body } = await undo(task.id);
    expect([status, (body.errors as Json[])[0]?.pointer]).to.deep.equal([422, '/run']);
    expect((await undo(task.id, { run: 1 })).body).to.deep.include({ config: { task: task.id, run: 1 } });
  });

  it('needs the permissions to add tasks, to aim at the target, and to call the device', async () => {
    const own = await create({ device, ...set });
    const shared = await create({ group, ...set });
    const viewer = await nbi.userWith(['api', 'tasks.view']);
    expect((await undo(own.id, {}, viewer)).status).to.equal(403);
    const adder = await nbi.userWith(['api', 'tasks.view', 'tasks.add', 'tasks.target.device']);
    const added = await undo(own.id, {}, adder);
    expect(added.status, JSON.stringify(added.body)).to.equal(201);
    expect((await undo(own.id, { connect: 'try' }, adder)).status).to.equal(403);
    expect((await undo(shared.id, {}, adder)).status).to.equal(403);
    const elsewhere = await nbi.userWith(['api', 'tasks.view', 'tasks.add', 'tasks.target.device'], {
      domain: '/other/',
    });
    expect((await undo(own.id, {}, elsewhere)).status).to.equal(404);
  });

  it('shows in a report what was replaced, secrets masked', async () => {
    const task = await create({ device, ...set });
    const at = new Date('2026-02-03T04:05:06Z');
    const execution = {
      ...newExecution({ _id: String(task.id) }, device, at),
      ...{ status: 'SUCCESS' as const, run: 1, startTime: at, finishTime: at },
    };
    const type = 'string';
    await nbi.store.executions.create({
      ...execution,
      replaced: {
        omitted: 2,
        values: [
          { name: 'Device.A', value: 'old', type, readAt: at },
          { name: 'Device.Users.User.1.Password', value: 'sealed text', sealed: true, type, readAt: at },
          { name: 'Device.B', value: null, type, readAt: null, reason: 'its value was never read' },
        ],
      },
    });
    const { body } = await nbi.call<Json>(`/executions/${execution._id}`);
    expect(body.replaced).to.deep.equal({
      omitted: 2,
      parameters: [
        { name: 'Device.A', value: 'old', type, readAt: at.toISOString(), restorable: true, reason: null },
        {
          ...{ name: 'Device.Users.User.1.Password', value: '••••••', type },
          ...{ readAt: at.toISOString(), restorable: true, reason: null },
        },
        {
          ...{ name: 'Device.B', value: null, type, readAt: null },
          ...{ restorable: false, reason: 'its value was never read' },
        },
      ],
    });
    const { body: list } = await nbi.call<{ items: Json[] }>('/executions');
    expect(list.items[0]).not.to.have.property('replaced');
  });
});
