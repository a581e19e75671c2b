import { expect } from 'chai';
import { seedDevice, startNbi, type Nbi } from './harness.js';

type Json = Record<string, unknown>;
interface Problem extends Json {
  code: string;
  errors: { pointer: string; code: string; message: string }[];
}

const URL_ = 'https://oss.example.com/told';
const read = { type: 'GetValues', config: { parameter: [{ name: 'Device.' }] } };

describe('NBI: callbacks of tasks', () => {
  let nbi: Nbi;
  let device: string;
  before(async () => {
    nbi = await startNbi();
    device = await seedDevice(nbi, 'CB1');
  });
  after(() => nbi.close());

  const make = async (more: Json = {}): Promise<string> => {
    const { status, body } = await nbi.call('/tasks', { body: { device, ...read, ...more } });
    expect(status, JSON.stringify(body)).to.equal(201);
    return String(body.id);
  };
  const at = (task: string, name = ''): string =>
    `/tasks/${encodeURIComponent(task)}/callbacks${name === '' ? '' : `/${name}`}`;
  const listed = async (task: string) => (await nbi.call<{ items: Json[] }>(at(task))).body.items;

  it('are given when a task is made, and listed by name without their secrets', async () => {
    const task = await make({
      callbacks: [
        { name: 'order', url: URL_, secret: 'a key', authentication: { kind: 'bearer', token: 'tok' } },
        { url: `${URL_}/b`, authentication: { kind: 'basic', user: 'oss', password: 'pw' } },
      ],
    });
    const items = await listed(task);
    expect(items.map(({ name }) => name)).to.deep.equal(['default', 'order']);
    expect(items[0]).to.deep.include({
      ...{ url: `${URL_}/b`, authentication: { kind: 'basic', user: 'oss' }, signed: false },
      ...{ user: 'admin', lastDelivery: null, version: 1 },
    });
    expect(items[1]).to.deep.include({ authentication: { kind: 'bearer', user: '' }, signed: true });
    expect(JSON.stringify(items)).to.not.match(/tok|pw|a key/);
  });

  it('are given when a task is made from a template', async () => {
    const template = await nbi.call<Json>('/templates', {
      body: { name: 'restart', type: 'Reboot', parameters: [] },
    });
    expect(template.status, JSON.stringify(template.body)).to.equal(201);
    const made = await nbi.call<Json>(`/templates/${String(template.body.id)}/tasks`, {
      body: { device, callbacks: [{ name: 'order', url: URL_ }] },
    });
    expect(made.status, JSON.stringify(made.body)).to.equal(201);
    expect((await listed(String(made.body.id))).map(({ name }) => name)).to.deep.equal(['order']);
  });

  it('are added, changed, removed', async () => {
    const task = await make();
    const added = await nbi.call(at(task), { body: { name: 'one', url: URL_, secret: 's' } });
    expect(added.status).to.equal(201);
    expect(added.headers.location).to.equal(`/api/v1${at(task, 'one')}`);
    const stale = await nbi.call<Problem>(at(task, 'one'), {
      method: 'PATCH',
      body: { url: `${URL_}/2` },
      headers: { 'if-match': '"7"' },
    });
    expect([stale.status, stale.body.code]).to.deep.equal([412, 'stale']);
    const changed = await nbi.call(at(task, 'one'), {
      method: 'PATCH',
      body: { url: `${URL_}/2` },
      headers: { 'if-match': added.headers.etag! },
    });
    expect(changed.body).to.include({ url: `${URL_}/2`, signed: true, version: 2 });
    const unsigned = await nbi.call(at(task, 'one'), { method: 'PATCH', body: { secret: null } });
    expect(unsigned.body).to.include({ signed: false, url: `${URL_}/2` });
    expect((await nbi.call(at(task, 'one'))).body).to.deep.equal(unsigned.body);
    expect((await nbi.call(at(task, 'one'), { method: 'DELETE' })).status).to.equal(204);
    expect((await nbi.call(at(task, 'one'))).status).to.equal(404);
    expect(await listed(task)).to.deep.equal([]);
  });

  it('do not carry what one receiver was trusted with to another', async () => {
    const elsewhere = 'https://oss.example.com:8443/told';
    for (const [given, pointer, again] of [
      [
        { authentication: { kind: 'bearer', token: 'tok' } },
        '/authentication',
        { authentication: { kind: 'bearer', token: 'another' } },
      ],
      [{ secret: 'a key' }, '/secret', { secret: null }],
    ] as const) {
      const task = await make({ callbacks: [{ name: 'one', url: URL_, ...given }] });
      const patch = (body: Json) => nbi.call<Problem>(at(task, 'one'), { method: 'PATCH', body });
      expect((await patch({ url: `${URL_}/same-host` })).status).to.equal(200);
      const refused = await patch({ url: elsewhere });
      expect(refused.status, JSON.stringify(refused.body)).to.equal(422);
      expect(refused.body.errors.map((one) => one.pointer)).to.deep.equal([pointer]);
      expect((await patch({ url: elsewhere, ...again })).status).to.equal(200);
    }
  });

  for (const [what, body, pointer, code] of [
    ['a host that is not allowed', { url: 'https://other.example.com/' }, '/url', 'host'],
    ['an address that is private', { url: 'http://10.0.0.1/' }, '/url', 'host'],
    ['another scheme', { url: 'ftp://oss.example.com/' }, '/url', 'url'],
    ['credentials in the URL', { url: 'https://a:b@oss.example.com/' }, '/url', 'url'],
    ['a name that is none', { name: 'a/b', url: URL_ }, '/name', 'invalid'],
    [
      'a user with a colon',
      { url: URL_, authentication: { kind: 'basic', user: 'a:b', password: 'c' } },
      '/authentication/user',
      'invalid',
    ],
  ] as const) {
    it(`are refused with ${what}, alone and with a task that is then not made`, async () => {
      const task = await make();
      const alone = await nbi.call<Problem>(at(task), { body });
      expect([alone.status, alone.body.errors[0]]).to.deep.include(422);
      expect(alone.body.errors[0]).to.include({ pointer, code });
      const before = await nbi.store.tasks.countDocuments({});
      const made = await nbi.call<Problem>('/tasks', { body: { device, ...read, callbacks: [body] } });
      expect(made.status).to.equal(422);
      expect(made.body.errors[0]?.pointer).to.equal(`/callbacks/0${pointer}`);
      expect(await nbi.store.tasks.countDocuments({})).to.equal(before);
    });
  }

  it('have names of their own, and are ten at most', async () => {
    const task = await make();
    for (let count = 1; count <= 10; count += 1)
      expect((await nbi.call(at(task), { body: { name: `n${count}`, url: URL_ } })).status).to.equal(201);
    const taken = await nbi.call<Problem>(at(task), { body: { name: 'n11', url: URL_ } });
    expect([taken.status, taken.body.code]).to.deep.equal([409, 'conflict']);
    await nbi.call(at(task, 'n10'), { method: 'DELETE' });
    expect((await nbi.call(at(task), { body: { name: 'n1', url: URL_ } })).status).to.equal(409);
    const twice = await nbi.call<Problem>('/tasks', {
      body: { device, ...read, callbacks: [{ url: URL_ }, { url: URL_ }] },
    });
    expect(twice.body.errors[0]).to.include({ pointer: '/callbacks/1/name', code: 'duplicate' });
  });

  it('show what became of the newest message', async () => {
    const task = await make({ callbacks: [{ url: URL_ }] });
    const { _id: callback } = (await nbi.store.taskCallbacks.findOne({ task }).lean())!;
    const now = new Date();
    for (const run of [1, 2])
      await nbi.store.callbackDeliveries.create({
        ...{ _id: `${task}-${run}`, callback, task, execution: 'e', device, run, body: '{}', attempts: 1 },
        ...{ queuedAt: new Date(now.getTime() + run), state: 'waiting', nextAttemptAt: now },
        ...{ status: 503, detail: 'the receiver answered 503', expiresAt: new Date(now.getTime() + 60_000) },
      });
    expect((await listed(task))[0]!.lastDelivery).to.include({
      ...{ run: 2, state: 'waiting', attempts: 1, status: 503, detail: 'the receiver answered 503' },
    });
  });

  it('go with their task, and with its device', async () => {
    const one = await make({ callbacks: [{ url: URL_ }] });
    await nbi.call(`/tasks/${encodeURIComponent(one)}`, { method: 'DELETE' });
    expect(await nbi.store.taskCallbacks.countDocuments({ task: one })).to.equal(0);
    const other = await seedDevice(nbi, 'CB2');
    const two = await make({ device: other, callbacks: [{ url: URL_ }] });
    await nbi.call(`/devices/${encodeURIComponent(other)}`, { method: 'DELETE' });
    expect(await nbi.store.taskCallbacks.countDocuments({ task: two })).to.equal(0);
  });

  it('are seen with their task only, and changed by who may edit it', async () => {
    const task = await make({ callbacks: [{ url: URL_ }] });
    const viewer = await nbi.userWith(['tasks.view', 'api']);
    expect((await nbi.call(at(task), { token: viewer })).status).to.equal(200);
    const refused = await nbi.call<Json>(at(task), { token: viewer, body: { name: 'x', url: URL_ } });
    expect([refused.status, refused.body.requiredPermission]).to.deep.equal([403, 'tasks.edit']);
    const elsewhere = await nbi.userWith(['tasks', 'api'], { domain: '/other/' });
    for (const path of [at(task), at(task, 'default')])
      expect((await nbi.call(path, { token: elsewhere })).status).to.equal(404);
    const audit = await nbi.store.audit.find({ object: task, action: 'addTaskCallback' }).lean();
    expect(audit).to.deep.equal([]);
    await nbi.call(at(task), { body: { name: 'x', url: URL_, secret: 'hush hush' } });
    const [entry] = await nbi.store.audit.find({ object: task, action: 'addTaskCallback' }).lean();
    expect(JSON.stringify(entry))
      .to.match(/oss\.example\.com/)
      .and.not.match(/hush/);
  });
});
