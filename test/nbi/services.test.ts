import { expect } from 'chai';
import { seedDevice, startNbi, type Nbi } from './harness.js';

type Json = Record<string, unknown>;
interface List {
  items: (Json & { key: string; state: string })[];
}

describe('NBI: services', () => {
  let nbi: Nbi;
  before(async () => {
    nbi = await startNbi();
    await nbi.call('/templates', {
      body: {
        name: 'guests on',
        type: 'SetValues',
        config: {
          param: [{ name: 'Device.WiFi.SSID.2.SSID', value: '${task.property.ssid}', type: 'string' }],
        },
        parameters: [
          { name: 'ssid', label: 'Network name', min: 1, max: 32 },
          { name: 'key', type: 'secret', required: false },
        ],
      },
    });
    await nbi.call('/templates', { body: { name: 'guests off', type: 'Reboot', config: {} } });
    await nbi.call('/groups', { body: { name: 'root.guests' } });
  });
  after(() => nbi.close());

  const BODY = {
    caption: 'Guest Wi-Fi',
    activate: 'guests on',
    deactivate: 'guests off',
    homeGroup: 'root.guests',
  };
  const make = (key: string, more: Json = {}) => nbi.call('/services', { body: { key, ...BODY, ...more } });
  const offer = (key: string, offered: boolean | null = true, group = 'root') =>
    nbi.call<Json>(`/groups/${group}/services/${key}`, { method: 'PUT', body: { offered } });
  const on = async (device: string, key: string): Promise<List['items'][number] | undefined> =>
    (await nbi.call<List>(`/devices/${device}/services`)).body.items.find((one) => one.key === key);

  it('are made, changed and deleted; wrong ones are refused by pointer', async () => {
    const made = await make('made');
    expect(made.status, JSON.stringify(made.body)).to.equal(201);
    expect(made.body).to.include({
      key: 'made',
      caption: 'Guest Wi-Fi',
      homeGroup: 'root.guests',
      active: 0,
    });
    expect((await make('made')).status).to.equal(409);
    for (const [body, pointer] of [
      [{ key: '1st' }, '/key'],
      [{ key: 'a.b' }, '/key'],
      [{ key: '__proto__' }, '/key'],
      [{ key: 'x', activate: 'nothing' }, '/activate'],
      [{ key: 'x', homeGroup: 'root.nowhere' }, '/homeGroup'],
      [{ key: 'x', status: '${device.nothing}' }, '/status'],
      [{ key: 'x', status: '${' }, '/status'],
      [{ key: 'x', domain: 'org' }, '/domain'],
    ] as const) {
      const refused = await nbi.call<{ errors?: { pointer: string }[] }>('/services', {
        body: { ...BODY, ...body },
      });
      expect(refused.status, JSON.stringify(body)).to.equal(422);
      expect(
        refused.body.errors?.map((one) => one.pointer),
        JSON.stringify(refused.body),
      ).to.include(pointer);
    }
    const path = '/services/made';
    expect((await nbi.call(path, { method: 'PATCH', body: { caption: 'Guests' } })).body.caption).to.equal(
      'Guests',
    );
    const stale = await nbi.call(path, {
      method: 'PATCH',
      body: { caption: 'x' },
      headers: { 'If-Match': '"1"' },
    });
    expect(stale.status).to.equal(412);
    expect((await nbi.call(path, { method: 'DELETE' })).status).to.equal(204);
    expect((await nbi.call(path)).status).to.equal(404);
  });

  it('are offered by groups, with inheritance', async () => {
    await make('offered');
    await nbi.call('/groups', { body: { name: 'root.offers' } });
    await nbi.call('/groups', { body: { name: 'root.offers.below' } });
    const in_ = async (group: string) =>
      (await nbi.call<List>(`/groups/${group}/services?count=true`)).body.items.find(
        ({ key }) => key === 'offered',
      );
    expect(await in_('root.offers.below')).to.include({ offered: false, own: null, from: null, active: 0 });
    expect((await offer('offered', true, 'root.offers')).body).to.include({ offered: true, own: true });
    expect(await in_('root.offers.below')).to.include({ offered: true, own: null, from: 'root.offers' });
    await offer('offered', false, 'root.offers.below');
    expect(await in_('root.offers.below')).to.include({ offered: false, own: false, from: null });
    await offer('offered', null, 'root.offers.below');
    expect(await in_('root.offers.below')).to.include({ offered: true, own: null });
    expect((await offer('nothing')).status).to.equal(404);
  });

  it('are switched on a device by a task with checked values, one change at a time', async () => {
    await make('toggled');
    const device = await seedDevice(nbi, 'TOGGLE');
    expect(await on(device, 'toggled')).to.equal(undefined);
    const path = `/devices/${device}/services/toggled`;
    expect((await nbi.call(`${path}/activate`, { body: { parameters: { ssid: 'G' } } })).status).to.equal(
      404,
    );
    await offer('toggled');
    expect(await on(device, 'toggled')).to.include({ state: 'inactive', available: true, activatedAt: null });
    const wrong = await nbi.call<{ errors: { pointer: string }[] }>(`${path}/activate`, {
      body: { parameters: { no: 1 } },
    });
    expect(wrong.status).to.equal(422);
    expect(wrong.body.errors.map((one) => one.pointer)).to.have.members([
      '/parameters/no',
      '/parameters/ssid',
    ]);
    const made = await nbi.call<Json & { id: string }>(`${path}/activate`, {
      body: { parameters: { ssid: 'Guests', key: 'very secret' } },
    });
    expect(made.status, JSON.stringify(made.body)).to.equal(201);
    expect(made.body).to.include({ type: 'ServiceManagement', name: 'Activate Guest Wi-Fi' });
    expect(JSON.stringify(made.body)).not.to.contain('very secret');
    expect(await on(device, 'toggled')).to.include({ state: 'activating', task: made.body.id });
    expect((await nbi.call(`${path}/deactivate`, { body: {} })).status).to.equal(409);
    await nbi.call(`/tasks/${encodeURIComponent(made.body.id)}`, { method: 'DELETE' });
    expect(await on(device, 'toggled')).to.include({ state: 'inactive', task: null });
    expect((await nbi.call(`${path}/deactivate`, { method: 'POST' })).status).to.equal(201);
    expect(await on(device, 'toggled')).to.include({ state: 'deactivating' });
  });

  it('take one of several orders that come together, and leave no task of the others', async () => {
    await make('pressed', { activate: '' });
    await offer('pressed');
    const device = await seedDevice(nbi, 'PRESSED');
    const press = () => nbi.call(`/devices/${device}/services/pressed/activate`, { body: {} });
    for (let round = 1; round <= 2; round += 1) {
      const statuses = (await Promise.all([press(), press(), press(), press()])).map(({ status }) => status);
      expect(statuses.sort()).to.deep.equal([201, 409, 409, 409]);
      const left = await nbi.store.tasks.find({ device }).lean();
      expect(left, `round ${round}`).to.have.length(1);
      await nbi.call(`/tasks/${encodeURIComponent(left[0]!._id)}`, { method: 'DELETE' });
    }
  });

  it('have home groups that their devices could join', async () => {
    await nbi.call('/groups', { body: { name: 'root.tenant', domain: '/one/' } });
    expect(
      (await make('home1', { domain: '/one/', activate: '', deactivate: '', homeGroup: 'root.tenant' }))
        .status,
    ).to.equal(201);
    const foreign = await make('home2', {
      domain: '/two/',
      activate: '',
      deactivate: '',
      homeGroup: 'root.tenant',
    });
    expect(foreign.status).to.equal(422);
    expect(JSON.stringify(foreign.body)).to.contain('There is no group root.tenant');
  });

  it('are configured while they are active, and moved to another device with their values', async () => {
    await make('moved', { configure: 'guests on' });
    await offer('moved');
    const from = await seedDevice(nbi, 'FROM');
    const to = await seedDevice(nbi, 'TO');
    const path = `/devices/${from}/services/moved`;
    const body = { to };
    expect((await nbi.call(`${path}/migrate`, { body })).status).to.equal(409);
    expect((await nbi.call(`${path}/configure`, { body: { parameters: { ssid: 'x' } } })).status).to.equal(
      409,
    );
    const values = [{ name: 'ssid', value: 'Guests' }];
    await nbi.store.devices.updateOne(
      { _id: from },
      {
        $set: {
          'services.moved': {
            settled: 'active',
            summary: '',
            activatedAt: new Date(),
            changedAt: new Date(),
            pending: null,
            values,
          },
        },
      },
    );
    const configured = await nbi.call<Json>(`${path}/configure`, { body: { parameters: { ssid: 'x' } } });
    expect(configured.status, JSON.stringify(configured.body)).to.equal(201);
    expect(configured.body).to.include({ type: 'SetValues', name: 'Configure Guest Wi-Fi' });
    expect((await nbi.call(`${path}/migrate`, { body: { to: from } })).status).to.equal(422);
    expect((await nbi.call('/services/moved', { method: 'DELETE' })).body.code).to.equal('in-use');
    expect(
      (await nbi.call<List>('/groups/root/services?count=true')).body.items.find(
        ({ key }) => key === 'moved',
      ),
    ).to.include({ active: 1 });
    const moved = await nbi.call<{ activation: Json; deactivation: Json }>(`${path}/migrate`, { body });
    expect(moved.status, JSON.stringify(moved.body)).to.equal(201);
    expect(moved.body.activation).to.deep.include({
      device: to,
      config: { service: 'moved', state: 'enabled' },
    });
    expect(moved.body.deactivation).to.deep.include({
      device: from,
      config: { service: 'moved', state: 'disabled' },
    });
    const task = await nbi.store.tasks.findById(moved.body.activation.id).lean();
    expect(task?.properties).to.deep.equal(values);
    expect(await on(from, 'moved')).to.include({ state: 'deactivating' });
    expect(await on(to, 'moved')).to.include({ state: 'activating' });
  });

  it('have the state that their status expression tells', async () => {
    const made = await make('told', { status: "${(device.property.line ? '') == 'up'}" });
    expect(made.status, JSON.stringify(made.body)).to.equal(201);
    await offer('told');
    const device = await seedDevice(nbi, 'TOLD');
    expect(await on(device, 'told')).to.include({ state: 'inactive' });
    await nbi.store.devices.updateOne({ _id: device }, { $set: { 'properties.line': 'up' } });
    const told = await on(device, 'told');
    expect(told, JSON.stringify(told)).to.include({ state: 'active' });
  });

  it('need their permissions, and stay in their domain', async () => {
    await make('guarded', { domain: '/org/' });
    await nbi.call('/services/guarded', { method: 'PATCH', body: { homeGroup: null } });
    const device = await seedDevice(nbi, 'GUARDED');
    const reader = await nbi.userWith(['api', 'devices.read', 'groups.view']);
    const path = `/devices/${device}/services/toggled`;
    for (const [url, method, body] of [
      ['/services', 'POST', { key: 'mine', ...BODY }],
      [`${path}/activate`, 'POST', { parameters: { ssid: 'x' } }],
      [`${path}/configure`, 'POST', {}],
      [`${path}/migrate`, 'POST', { to: device }],
      ['/groups/root/services/toggled', 'PUT', { offered: true }],
    ] as const)
      expect((await nbi.call(url, { method, body, token: reader })).status, url).to.equal(403);
    const elsewhere = await nbi.userWith(['api', 'services.manage', 'groups.view'], { domain: '/else/' });
    const hidden = await nbi.call('/services/guarded', { token: elsewhere });
    expect(hidden.status, JSON.stringify(hidden.body)).to.equal(404);
    const above = await nbi.call<Json>('/services/toggled', { token: elsewhere });
    expect(above.body).to.include({ editable: false });
    const patched = await nbi.call('/services/toggled', {
      method: 'PATCH',
      body: { caption: 'x' },
      token: elsewhere,
    });
    expect(patched.status).to.equal(403);
    // A device of / is not offered what belongs to /org/.
    await offer('guarded');
    expect(await on(device, 'guarded')).to.equal(undefined);
  });
});
