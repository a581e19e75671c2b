import { expect } from 'chai';
import { seedDevice, startNbi, type Nbi } from './harness.js';

interface Template extends Record<string, unknown> {
  id: string;
  version: number;
  parameters: { name: string; default: string }[];
  config: { param: { name: string; value: string }[] };
}
interface Task extends Record<string, unknown> {
  id: string;
  properties: { name: string; value: string; secret?: boolean }[];
}
interface Problem extends Record<string, unknown> {
  code: string;
  errors: { pointer: string; code: string }[];
}
interface List<T> extends Record<string, unknown> {
  items: T[];
  next: string | null;
  total?: number;
}
const MASK = '••••••';

describe('NBI: templates and quick fixes', () => {
  let nbi: Nbi;
  let device: string;
  let count = 0;
  before(async () => {
    nbi = await startNbi();
    device = await seedDevice(nbi, 'T-1');
  });
  after(() => nbi.close());
  beforeEach(() => (count += 1));

  const body = (more: object = {}): object => ({
    name: `Wi-Fi ${count}`,
    type: 'SetValues',
    config: {
      param: [
        { name: 'wifi.1.ssid', value: 'Home' },
        { name: 'wifi.1.password', value: 'open sesame' },
      ],
    },
    parameters: [
      { name: 'ssid', max: 32, default: "${device.serialNumber + '-' + (sv.brand ? 'Home')}" },
      { name: 'key', type: 'secret', default: 'top secret', required: false },
    ],
    ...more,
  });
  const add = async (more: object = {}, token?: string): Promise<Template> => {
    const answer = await nbi.call<Template>('/templates', {
      body: body(more),
      ...(token === undefined ? {} : { token }),
    });
    expect(answer.status, JSON.stringify(answer.body)).to.equal(201);
    return answer.body;
  };

  it('are added, read, changed by merge and deleted, with an ETag', async () => {
    const { id } = await add();
    const read = await nbi.call<Template>(`/templates/${id}`);
    expect(read.headers.etag).to.match(/^"1\./);
    const changed = await nbi.call<Template>(`/templates/${id}`, {
      ...{ method: 'PATCH', body: { description: 'all radios' }, headers: { 'If-Match': '"1"' } },
    });
    expect(changed.body).to.include({ description: 'all radios', version: 2, type: 'SetValues' });
    const stale = await nbi.call(`/templates/${id}`, {
      ...{ method: 'PATCH', body: { description: 'x' }, headers: { 'If-Match': '"1"' } },
    });
    expect(stale.status).to.equal(412);
    const log = await nbi.call<List<{ kind: string }>>(`/templates/${id}/edition-log`);
    expect(log.body.items.map(({ kind }) => kind)).to.deep.equal(['modified', 'created']);
    expect((await nbi.call(`/templates/${id}`, { method: 'DELETE' })).status).to.equal(204);
    expect((await nbi.call(`/templates/${id}`)).status).to.equal(404);
  });

  it('are saved from a task: its masks stand for its secrets, also for those who may not see them', async () => {
    const task = await nbi.call<Task & Template>('/tasks', {
      body: {
        device,
        type: 'SetValues',
        config: { param: [{ name: 'wifi.1.password', value: 'open sesame' }] },
      },
    });
    const writer = await nbi.userWith(['templates.manage', 'tasks.view', 'api']);
    const masked = { config: { param: [{ name: 'wifi.1.password', value: MASK }] }, parameters: [] };
    const { id } = await add({ ...masked, task: task.body.id }, writer);
    expect((await nbi.store.templates.findById(id))?.config).to.deep.equal({
      param: [{ name: 'wifi.1.password', type: '', value: 'open sesame' }],
    });
    const alone = await nbi.call<Problem>('/templates', { body: body({ ...masked, name: 'no task' }) });
    expect(alone.body.errors[0]?.code).to.equal('masked');
    const other = { name: 'other type', type: 'Reboot', config: {}, parameters: [], task: task.body.id };
    const refused = await nbi.call<Problem>('/templates', { body: other });
    expect(refused.body.errors[0]).to.include({ pointer: '/type', code: 'other-type' });
    const stranger = await nbi.userWith(['templates.manage', 'tasks.view', 'api'], { domain: '/other/' });
    const hidden = { ...masked, name: 'hidden', type: 'SetValues', task: task.body.id };
    expect((await nbi.call('/templates', { body: hidden, token: stranger })).status).to.equal(404);
  });

  it('mask secrets in configuration and defaults, and keep them when masks come back', async () => {
    const reader = await nbi.userWith(['templates.manage', 'api']);
    const { id } = await add();
    const read = await nbi.call<Template>(`/templates/${id}`, { token: reader });
    expect(JSON.stringify(read.body)).to.not.contain('sesame').and.not.contain('top secret');
    expect(read.body.parameters[1]?.default).to.equal(MASK);
    const { config, parameters } = read.body;
    const sent = await nbi.call(`/templates/${id}`, {
      ...{ method: 'PATCH', token: reader, body: { config, parameters } },
    });
    expect(sent.status, JSON.stringify(sent.body)).to.equal(200);
    const stored = await nbi.store.templates.findById(id).lean();
    expect(JSON.stringify(stored)).to.contain('open sesame').and.contain('top secret');
  });

  it('say where a wrong template is wrong: setting, parameter, expression', async () => {
    for (const schedule of [true, 7, 'always', [], { start: true }]) {
      const odd = await nbi.call<Problem>('/templates', {
        body: { name: 'odd', type: 'Reboot', settings: { schedule } },
      });
      expect(odd.status).to.equal(422);
      expect(odd.body.errors[0]?.pointer).to.match(/^\/settings\/schedule/);
    }
    const wrong = async (more: object): Promise<string[]> => {
      const answer = await nbi.call<Problem>('/templates', { body: body(more) });
      expect(answer.status).to.equal(422);
      return answer.body.errors.map(({ pointer }) => pointer);
    };
    expect(await wrong({ settings: { priority: 'high' } })).to.deep.equal(['/settings/priority']);
    expect(await wrong({ parameters: [{ name: 'a', default: '${devise.id}' }] })).to.deep.equal([
      '/parameters/0/default',
    ]);
    expect(await wrong({ settings: { executionCondition: '${1 +}' } })).to.deep.equal([
      '/settings/executionCondition',
    ]);
  });

  it('make a task of a device: defaults evaluated for it, secrets shown to nobody', async () => {
    const { id } = await add();
    const made = await nbi.call<Task>(`/templates/${id}/tasks`, { body: { device, priority: 4 } });
    expect(made.status, JSON.stringify(made.body)).to.equal(201);
    expect(made.body).to.include({ device, priority: 4, type: 'SetValues' });
    expect(made.body.properties).to.deep.equal([
      { name: 'ssid', value: 'T-1-Home' },
      { name: 'key', value: MASK, secret: true },
    ]);
  });

  it('make tasks whose secrets stay when their mask comes back, and are sealed anew when another is typed', async () => {
    const { id } = await add();
    const made = await nbi.call<Task>(`/templates/${id}/tasks`, { body: { device } });
    const path = `/tasks/${encodeURIComponent(made.body.id)}`;
    const stored = async (): Promise<string> => {
      const task = await nbi.store.tasks.findById(made.body.id).lean();
      return task?.properties.find(({ name }) => name === 'key')?.value ?? '';
    };
    const before = await stored();
    expect(before).to.not.contain('top secret');
    const { properties } = made.body;
    await nbi.call(path, { method: 'PATCH', body: { properties } });
    expect(await stored()).to.equal(before);
    const typed = [{ name: 'key', value: 'another one', secret: true }];
    const answer = await nbi.call<Task>(path, { method: 'PATCH', body: { properties: typed } });
    expect(answer.body.properties).to.deep.equal([{ name: 'key', value: MASK, secret: true }]);
    expect(await stored())
      .to.not.equal(before)
      .and.not.contain('another one');
    const lost = [{ name: 'other', value: MASK, secret: true }];
    const refused = await nbi.call<Problem>(path, { method: 'PATCH', body: { properties: lost } });
    expect(refused.body.errors[0]).to.include({ pointer: '/properties/0/value', code: 'masked' });
  });

  it('refuse a parameter that is unknown or wrong before anything is made', async () => {
    const { id } = await add();
    const before = await nbi.store.tasks.countDocuments({});
    const answer = await nbi.call<Problem>(`/templates/${id}/tasks`, {
      body: { device, parameters: { ssid: 'x'.repeat(33), colour: 'red' } },
    });
    expect(answer.status).to.equal(422);
    expect(answer.body.errors.map(({ pointer }) => pointer)).to.have.members([
      '/parameters/colour',
      '/parameters/ssid',
    ]);
    expect(await nbi.store.tasks.countDocuments({})).to.equal(before);
  });

  it('are not deleted while they are a quick fix, unless that is confirmed', async () => {
    const { id } = await add({ quickFix: { name: `fix ${count}` } });
    const refused = await nbi.call<Problem>(`/templates/${id}`, { method: 'DELETE' });
    expect([refused.status, refused.body.code]).to.deep.equal([409, 'in-use']);
    const uses = await nbi.call<List<{ kind: string }>>(`/templates/${id}/uses`);
    expect(uses.body.items.map(({ kind }) => kind)).to.deep.equal(['quick-fix']);
    const done = await nbi.call(`/templates/${id}?confirmed=true`, { method: 'DELETE' });
    expect(done.status).to.equal(204);
  });

  it('of a domain above are used, not changed; of another one not seen', async () => {
    const { id } = await add();
    const tenant = await nbi.userWith(['templates.manage', 'tasks', 'api'], { domain: '/org/' });
    const seen = await nbi.call<Template>(`/templates/${id}`, { token: tenant });
    expect(seen.body).to.include({ editable: false });
    const changed = await nbi.call(`/templates/${id}`, {
      ...{ method: 'PATCH', body: { description: 'mine' }, token: tenant },
    });
    expect(changed.status).to.equal(403);
    const own = await add({ name: `tenant ${count}`, domain: '/org/' }, tenant);
    const stranger = await nbi.userWith(['templates.manage', 'api'], { domain: '/other/' });
    expect((await nbi.call(`/templates/${own.id}`, { token: stranger })).status).to.equal(404);
  });

  describe('pressed', () => {
    const press = (name: string, more: { body?: object; token?: string } = {}) =>
      nbi.call<Task>(`/devices/${encodeURIComponent(device)}/actions/quick-fix/${encodeURIComponent(name)}`, {
        ...{ method: 'POST', body: {}, ...more },
      });

    it('add a task each time, or restart the last where they prefer that', async () => {
      await add({ quickFix: { name: `once ${count}`, connect: 'never' } });
      await add({
        name: `again ${count}`,
        quickFix: { name: `again ${count}`, connect: 'never', preferRestart: true },
      });
      const ids: string[] = [];
      for (const name of ['once', 'once', 'again', 'again']) {
        const answer = await press(`${name} ${count}`);
        expect(answer.status, JSON.stringify(answer.body)).to.equal(201);
        ids.push(answer.body.id);
      }
      expect(ids[0]).to.not.equal(ids[1]);
      expect(ids[2]).to.equal(ids[3]);
    });

    it('are offered only to those who hold their permission, and refused to the others', async () => {
      await add({ quickFix: { name: `secret ${count}`, permission: 'devices.delete', connect: 'never' } });
      const agent = await nbi.userWith(['quickfix.run', 'tasks.target.device', 'api']);
      const buttons = await nbi.call<List<{ name: string }>>('/quick-fixes', { token: agent });
      expect(buttons.body.items.map(({ name }) => name)).to.not.include(`secret ${count}`);
      expect((await press(`secret ${count}`, { token: agent })).status).to.equal(403);
      const mighty = await nbi.userWith(['quickfix.run', 'tasks.target.device', 'devices.delete', 'api']);
      expect((await press(`secret ${count}`, { token: mighty })).status).to.equal(201);
    });

    it('call the device where they always do', async () => {
      await add({ quickFix: { name: `call ${count}`, connect: 'always' } });
      await press(`call ${count}`);
      expect(await nbi.store.connectionRequests.countDocuments({ device })).to.be.greaterThan(0);
    });

    it('make a task of a group, called at a bounded pace', async () => {
      await add({ quickFix: { name: `group ${count}`, connect: 'always' } });
      const answer = await nbi.call<Task>(
        `/groups/root.cwmp/actions/quick-fix/${encodeURIComponent(`group ${count}`)}`,
        { method: 'POST', body: { appliesToSubgroups: true } },
      );
      expect(answer.status, JSON.stringify(answer.body)).to.equal(201);
      expect(answer.body).to.include({
        ...{ group: 'root.cwmp', appliesToSubgroups: true, scheduleConnection: true },
      });
      // What differs from device to device is evaluated there.
      expect(answer.body.properties[0]).to.include({ name: 'ssid', expression: true });
    });

    it('are not there when no quick fix has the name', async () => {
      expect((await press('nothing')).status).to.equal(404);
    });
  });
});
