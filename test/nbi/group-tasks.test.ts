import { expect } from 'chai';
import { newExecution } from '../../acs/tasks/execution-record.js';
import type { ExecutionStatus } from '../../store/models/execution.js';
import { seedDevice, startNbi, type Nbi } from './harness.js';

interface Problem extends Record<string, unknown> {
  code: string;
  errors: { pointer: string; code: string }[];
}
type Json = Record<string, unknown>;
interface List extends Json {
  items: Json[];
  next: string | null;
}

describe('NBI: tasks of groups', () => {
  let nbi: Nbi;
  let devices: string[];
  const taskAt = (id: unknown, path = '') => `/tasks/${encodeURIComponent(String(id))}${path}`;
  const group = 'root.region.north';
  const read = { type: 'GetValues', config: { parameter: [{ name: 'Device.' }] } };

  before(async () => {
    nbi = await startNbi();
    devices = [];
    for (const serial of ['G1', 'G2', 'G3']) devices.push(await seedDevice(nbi, serial));
    await nbi.store.devices.updateMany({ _id: { $in: devices } }, { $set: { groups: [`${group}.lab`] } });
  });
  after(() => nbi.close());

  const create = async (body: Json, expected = 201): Promise<Json> => {
    const answer = await nbi.call('/tasks', { body: { ...read, ...body } });
    expect(answer.status, JSON.stringify(answer.body)).to.equal(expected);
    return answer.body;
  };
  const pointers = ({ errors }: Problem) => errors.map(({ pointer }) => pointer);
  const report = async (
    task: unknown,
    device: string,
    status: ExecutionStatus,
    summary = '',
  ): Promise<void> => {
    const at = new Date();
    await nbi.store.executions.create({
      ...newExecution({ _id: String(task) }, device, at),
      ...{ status, summary, run: 1, startTime: at, finishTime: at },
    });
  };

  it('are made with ids counted by group, or with a name', async () => {
    const first = await create({ group });
    const second = await create({ group });
    expect([first.id, second.id, first.device]).to.deep.equal([`g:${group}:1`, `g:${group}:2`, null]);
    expect((await create({ group, suffix: 'refresh' })).id).to.equal(`g:${group}:refresh`);
    const again = await nbi.call<Problem>('/tasks', { body: { ...read, group, suffix: 'refresh' } });
    expect([again.status, again.body.code]).to.deep.equal([409, 'conflict']);
  });

  it('need one target that exists', async () => {
    const at = async (body: Json) => {
      const answer = await nbi.call<Problem>('/tasks', { body: { ...read, ...body } });
      expect(answer.status).to.equal(422);
      return pointers(answer.body);
    };
    expect(await at({ group, device: devices[0] })).to.deep.equal(['/group']);
    expect(await at({})).to.deep.equal(['/device']);
    expect(await at({ group: 'root.nowhere' })).to.deep.equal(['/group']);
    expect(await at({ group: 'root.a:b' })).to.deep.equal(['/group']);
  });

  it('have their settings with defaults, and refuse wrong ones by pointer', async () => {
    const task = await create(
      {
        group,
        appliesToSubgroups: true,
        bloodline: 'wifi',
        schedule: { ref: 'weekends' },
        expiry: '2030-01-01T00:00:00Z',
      },
      422,
    ).catch(() => null);
    // The built-in schedules are made at the start of a server; here there are none yet.
    expect(pointers(task as unknown as Problem)).to.deep.equal(['/schedule/ref']);
    const map = 'f'.repeat(168);
    const good = await create({
      group,
      appliesToSubgroups: true,
      bloodline: 'wifi',
      schedule: { map, start: '2026-01-01T00:00:00Z', zone: 'Europe/Berlin' },
      expiry: '2030-01-01T00:00:00Z',
    });
    expect(good).to.deep.include({
      appliesToSubgroups: true,
      bloodline: 'wifi',
      scheduleText: 'always; from 2026-01-01 01:00; Europe/Berlin',
      expiry: '2030-01-01T00:00:00.000Z',
      executionCondition: '',
      lastRestartTime: null,
      pausedGroups: [],
    });
    for (const [body, pointer] of [
      [{ schedule: { map: '0'.repeat(168) } }, '/schedule/map'],
      [{ schedule: { map: 'f' } }, '/schedule/map'],
      [{ schedule: { map, zone: 'Mars' } }, '/schedule/zone'],
      [{ schedule: { map, start: '2026-02-01T00:00:00Z', end: '2026-01-01T00:00:00Z' } }, '/schedule/end'],
      [{ schedule: { map, start: 'soon' } }, '/schedule/start'],
      [{ expiry: 'soon' }, '/expiry'],
      [{ executionCondition: '${1 +}' }, '/executionCondition'],
    ] as const) {
      const answer = await nbi.call<Problem>('/tasks', { body: { ...read, group, ...body } });
      expect([answer.status, ...pointers(answer.body)]).to.deep.equal([422, pointer]);
    }
  });

  it('keep what was read when it is sent back', async () => {
    const task = await create({ group, name: 'kept', expiry: 'P1D', schedule: { map: 'f'.repeat(168) } });
    const put = await nbi.call(taskAt(task.id), { method: 'PUT', body: task });
    expect(put.status, JSON.stringify(put.body)).to.equal(200);
    expect(put.body).to.deep.include({ name: 'kept', expiry: task.expiry, schedule: task.schedule });
    const patched = await nbi.call(taskAt(task.id), { method: 'PATCH', body: { priority: 3 } });
    expect(patched.body).to.deep.include({ name: 'kept', anonymous: false, priority: 3 });
  });

  it('are listed by group in their order, with those inherited from above', async () => {
    const top = await create({ group: 'root.region', appliesToSubgroups: true, priority: 1 });
    await create({ group: 'root.region' });
    const own = await create({ group: `${group}.lab`, priority: 2 });
    const list = async (query: string) =>
      (await nbi.call<List>(`/tasks?group=${group}.lab${query}`)).body.items.map(({ id }) => id);
    expect(await list('')).to.deep.equal([own.id]);
    const inherited = await list('&inherited=true');
    expect(inherited.slice(0, 2)).to.deep.equal([top.id, own.id]);
    const groups = (await nbi.call<List>('/tasks?target=group&limit=1000')).body.items;
    expect(groups.every((item) => item.device === null)).to.equal(true);
  });

  it('are rerun for all devices, for those that failed, and restarted on one', async () => {
    const task = await create({ group: `${group}.lab` });
    await report(task.id, devices[0]!, 'SUCCESS');
    await report(task.id, devices[1]!, 'ERROR', '9005 Invalid Parameter Name');
    const statistics = await nbi.call<Record<string, Json>>(taskAt(task.id, '/statistics'));
    expect(statistics.body.byStatus).to.include({ SUCCESS: 1, ERROR: 1, NOT_STARTED: 0 });
    const failed = await nbi.call(taskAt(task.id, '/restart-failed'), { method: 'POST' });
    expect(failed.body.lastFailedRestartTime).to.be.a('string');
    const one = await nbi.call(taskAt(task.id, '/restart'), { body: { device: devices[0] } });
    expect(one.status).to.equal(204);
    const answer = nbi.answer;
    nbi.answer = { status: null, outcome: 'unreachable', duration: 1, detail: '' };
    const called = await nbi.call<Problem>(taskAt(task.id, '/restart'), {
      body: { device: devices[0], connect: 'require' },
    });
    nbi.answer = answer;
    expect([called.status, called.body.code]).to.deep.equal([504, 'device-unreachable']);
    expect(
      await nbi.store.executions.countDocuments({ task: String(task.id), status: 'NOT_STARTED' }),
    ).to.equal(1);
    expect((await nbi.call(taskAt(task.id, '/restart'), { method: 'POST' })).status).to.equal(204);
    expect((await nbi.call(taskAt(task.id))).body.lastRestartTime).to.be.a('string');
    const none = await nbi.call(taskAt(task.id, '/restart'), { body: { device: 'X-Y-Z' } });
    expect(none.status).to.equal(404);
  });

  it('show every device of the group with its report, filtered by status and by page', async () => {
    const task = await create({ group, appliesToSubgroups: true });
    await report(task.id, devices[1]!, 'ERROR');
    const list = async (query: string) => (await nbi.call<List>(taskAt(task.id, `/devices${query}`))).body;
    const first = await list('?limit=2');
    const second = await list(`?limit=2&cursor=${first.next!}`);
    const all = [...first.items, ...second.items];
    expect(all.map(({ device, status }) => [device, status])).to.deep.equal([
      [devices[0], 'NOT_STARTED'],
      [devices[1], 'ERROR'],
      [devices[2], 'NOT_STARTED'],
    ]);
    expect(second.next).to.equal(null);
    expect((await list('?status=ERROR')).items.map(({ device }) => device)).to.deep.equal([devices[1]]);
    const counted = await nbi.call<Record<string, Json>>(taskAt(task.id, '/device-count'), {
      method: 'POST',
    });
    expect(counted.body.deviceCount).to.include({ count: 1 });
  });

  it('are paused and resumed on a device and on a subgroup, each with its permission', async () => {
    const task = await create({ group, appliesToSubgroups: true });
    const device = devices[0];
    const call = (path: string, body: Json, token?: string) =>
      nbi.call(taskAt(task.id, path), { body, ...(token !== undefined && { token }) });
    expect((await call('/pause', { device })).status).to.equal(204);
    expect((await call('/pause', { group: `${group}.lab` })).status).to.equal(204);
    const pauses = await nbi.call<List>(taskAt(task.id, '/pauses'));
    expect(pauses.body.items.map((item) => [item.device, item.user])).to.deep.equal([[device, 'admin']]);
    expect((await nbi.call(taskAt(task.id))).body.pausedGroups).to.deep.equal([`${group}.lab`]);
    const queue = await nbi.call<{ entries: { reason: Json | null }[] }>(`/devices/${device!}/queue`);
    expect(queue.body.entries.some(({ reason }) => reason?.code === 'paused')).to.equal(true);
    expect((await call('/resume', { device })).status).to.equal(204);
    expect((await call('/resume', { device })).status).to.equal(404);
    expect((await call('/pause', {})).status).to.equal(422);
    const token = await nbi.userWith(['tasks.pauseDevice', 'devices.read', 'api']);
    expect((await call('/pause', { group: `${group}.lab` }, token)).status).to.equal(403);
    expect((await call('/pause', { device }, token)).status).to.equal(204);
  });

  it('come from a device task by advancing it: inactive, of the same bloodline, with the number of devices', async () => {
    const task = await create({ device: devices[0], bloodline: 'wifi', name: 'tried' });
    const path = taskAt(task.id, '/advance');
    const dry = await nbi.call(path, { body: { group, appliesToSubgroups: true, dryRun: true } });
    expect([dry.status, dry.body]).to.deep.equal([200, { devices: 3, task: null }]);
    const made = await nbi.call<Record<string, Json>>(path, { body: { group } });
    expect(made.status).to.equal(201);
    expect(made.body.devices).to.equal(0);
    expect(made.body.task).to.deep.include({
      group,
      device: null,
      active: false,
      bloodline: 'wifi',
      name: 'tried',
    });
    expect((await nbi.call(taskAt(task.id))).status).to.equal(200);
    expect((await nbi.call(taskAt(made.body.task!.id, '/advance'), { body: { group } })).status).to.equal(
      422,
    );
  });

  it('need the permission for the kind of target, and for the bloodline', async () => {
    const token = await nbi.userWith(['tasks.add', 'tasks.target.device', 'devices.read', 'api']);
    const at = async (body: Json) => {
      const { body: problem } = await nbi.call('/tasks', { body: { ...read, ...body }, token });
      return problem.requiredPermission;
    };
    expect(await at({ group })).to.equal('tasks.target.group');
    expect(await at({ device: devices[0], bloodline: 'x' })).to.equal('tasks.bloodline');
  });

  it('are copied and advanced with no more rights than they are edited with', async () => {
    const device = await seedDevice(nbi, 'RIGHTS');
    await nbi.store.devices.updateOne({ _id: device }, { $set: { groups: [group] } });
    const made = await nbi.call('/tasks', {
      body: { device, type: 'Reboot', config: {}, bloodline: 'mine' },
    });
    const path = `/tasks/${encodeURIComponent(String(made.body.id))}`;
    const rights = ['tasks.view', 'tasks.copy', 'tasks.advance', 'tasks.target'];
    const plain = await nbi.userWith(['api', ...rights]);
    for (const [action, body] of [
      ['copy', {}],
      ['advance', { group }],
    ] as const) {
      for (const [more, status] of [
        [{ priority: 1 }, 403],
        [{ repeatOnBootstrap: true }, 403],
        [{ bloodline: 'other' }, 403],
        [{ bloodline: 'mine', comment: 'as it was' }, 201],
      ] as const) {
        const answer = await nbi.call(`${path}/${action}`, { body: { ...body, ...more }, token: plain });
        expect(answer.status, `${action} ${JSON.stringify(more)} ${JSON.stringify(answer.body)}`).to.equal(
          status,
        );
      }
    }
  });

  it('want their devices called when they are to be run at once', async () => {
    expect(await create({ group, connect: 'try' })).to.include({ scheduleConnection: true });
    expect((await nbi.call('/tasks', { body: { ...read, group, connect: 'require' } })).status).to.equal(422);
  });

  it('have what they do hidden from those who see the device alone', async () => {
    const device = await seedDevice(nbi, 'G9', { domain: '/tenant/' });
    await nbi.store.devices.updateOne({ _id: device }, { $set: { groups: ['root.hidden'] } });
    await create({ group: 'root.hidden', comment: 'secret plan', properties: [{ name: 'a', value: 'b' }] });
    const token = await nbi.userWith(['tasks.view', 'api'], { domain: '/tenant/' });
    const queue = await nbi.call<{ entries: { task: Json; due: boolean }[] }>(`/devices/${device}/queue`, {
      token,
    });
    expect(queue.body.entries).to.have.length(1);
    expect(queue.body.entries[0]!.task).to.deep.include({ config: {}, comment: '', properties: [] });
    expect(queue.body.entries[0]!.due).to.equal(true);
  });

  it('get an earlier definition back, and are restarted with the edit that asks for it', async () => {
    const task = await create({ group: `${group}.lab`, comment: 'one' });
    await nbi.call(`${taskAt(task.id)}?restart=true`, { method: 'PATCH', body: { comment: 'two' } });
    expect((await nbi.call(taskAt(task.id))).body.lastRestartTime).to.be.a('string');
    const log = (await nbi.call<List>(taskAt(task.id, '/edition-log'))).body.items;
    const created = log.find(({ kind }) => kind === 'created');
    const restored = await nbi.call(taskAt(task.id, `/edition-log/${String(created!.id)}/restore`), {
      method: 'POST',
    });
    expect(restored.body).to.include({ comment: 'one' });
    const other = await create({ group });
    const foreign = taskAt(other.id, `/edition-log/${String(created!.id)}/restore`);
    expect((await nbi.call(foreign, { method: 'POST' })).status).to.equal(404);
  });
});

describe('NBI: schedules', () => {
  let nbi: Nbi;
  before(async () => {
    nbi = await startNbi();
    await nbi.schedules.resetBuiltIn();
  });
  after(() => nbi.close());
  const weekdays = `${'f'.repeat(24 * 5)}${'0'.repeat(48)}`;

  it('are there from the start, and made anew when they were changed', async () => {
    const list = await nbi.call<List>('/schedules');
    expect(list.body.items.map(({ id }) => id)).to.include.members(['nights-home', 'weekends']);
    await nbi.call('/schedules/weekends', { method: 'PATCH', body: { map: weekdays } });
    await nbi.schedules.resetBuiltIn();
    expect((await nbi.call('/schedules/weekends')).body.text).to.match(/^Sat–Sun all day/);
    expect((await nbi.call('/schedules/weekends', { method: 'DELETE' })).status).to.equal(409);
  });

  it('are made, changed for all that use them, and deleted when nothing does', async () => {
    const made = await nbi.call('/schedules', { body: { description: 'work', zone: 'UTC', map: weekdays } });
    expect(made.status).to.equal(201);
    expect(made.body.text).to.equal('Mon–Fri all day; UTC');
    const path = `/schedules/${String(made.body.id)}`;
    const device = await seedDevice(nbi, 'S1');
    const task = await nbi.call('/tasks', {
      body: { device, type: 'Reboot', schedule: { ref: made.body.id } },
    });
    expect(task.status).to.equal(201);
    expect((await nbi.call(path)).body.usedBy).to.equal(1);
    const sunday = `/devices/${device}/queue?at=2026-03-01T12:00:00Z`;
    const reason = async () =>
      (await nbi.call<{ entries: { reason: Json | null }[] }>(sunday)).body.entries[0]!.reason;
    expect(await reason()).to.include({ code: 'outside-schedule', at: '2026-03-02T00:00:00.000Z' });
    const refused = await nbi.call(path, { method: 'DELETE' });
    expect([refused.status, refused.body.code]).to.deep.equal([409, 'in-use']);
    expect(refused.body.detail).to.contain(task.body.id);
    await nbi.call(path, { method: 'PATCH', body: { map: 'f'.repeat(168) } });
    expect(await reason()).to.equal(null);
    await nbi.call(`/tasks/${encodeURIComponent(String(task.body.id))}`, { method: 'DELETE' });
    expect((await nbi.call(path, { method: 'DELETE' })).status).to.equal(204);
  });

  it('are kept for the templates that refer to them', async () => {
    const made = await nbi.call('/schedules', { body: { description: 'nightly', map: weekdays } });
    const template = await nbi.call('/templates', {
      body: {
        name: 'nightly reboot',
        type: 'Reboot',
        config: {},
        settings: { schedule: { ref: made.body.id } },
      },
    });
    expect(template.status, JSON.stringify(template.body)).to.equal(201);
    const path = `/schedules/${String(made.body.id)}`;
    expect((await nbi.call(path)).body.usedBy).to.equal(1);
    const refused = await nbi.call(path, { method: 'DELETE' });
    expect([refused.status, refused.body.code]).to.deep.equal([409, 'in-use']);
    expect(refused.body.detail).to.contain('the templates nightly reboot');
    await nbi.call(`/templates/${String(template.body.id)}`, { method: 'DELETE' });
    expect((await nbi.call(path, { method: 'DELETE' })).status).to.equal(204);
  });

  it('are refused by pointer, and stale edits as such', async () => {
    const wrong = await nbi.call<Problem>('/schedules', { body: { map: '0'.repeat(168), zone: 'Mars' } });
    expect(wrong.status).to.equal(422);
    expect(wrong.body.errors.map(({ pointer }) => pointer)).to.have.members(['/zone', '/map']);
    const stale = await nbi.call('/schedules/weekends', {
      method: 'PATCH',
      body: { description: 'x' },
      headers: { 'If-Match': '"999"' },
    });
    expect(stale.status).to.equal(412);
  });

  it('are previewed: in words and by their next spans', async () => {
    const preview = await nbi.call<{ next: Json[] } & Json>('/schedules/preview?at=2026-03-06T12:00:00Z', {
      body: { zone: 'UTC', map: weekdays },
    });
    expect(preview.body).to.include({ text: 'Mon–Fri all day; UTC', allowed: true });
    expect(preview.body.next.slice(0, 2)).to.deep.equal([
      { from: '2026-03-06T12:00:00.000Z', to: '2026-03-07T00:00:00.000Z' },
      { from: '2026-03-09T00:00:00.000Z', to: '2026-03-14T00:00:00.000Z' },
    ]);
  });

  it('need their permission', async () => {
    const token = await nbi.userWith(['tasks.view', 'api']);
    expect((await nbi.call('/schedules', { token })).status).to.equal(200);
    expect((await nbi.call('/schedules', { token, body: { map: weekdays } })).status).to.equal(403);
  });
});
