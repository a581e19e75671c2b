import { expect } from 'chai';
import { isCostly } from '../../acs/devices/pattern-cost.js';
import { seedDevice, startNbi, type Nbi } from './harness.js';

interface ProblemBody {
  code: string;
  detail: string;
  errors?: { pointer: string; code: string }[];
}

describe('NBI: guards', () => {
  let nbi: Nbi;
  let device: string;
  const at = (id: string): string => encodeURIComponent(id);
  const cursorOf = (parts: unknown): string => Buffer.from(JSON.stringify(parts)).toString('base64url');
  before(async () => {
    nbi = await startNbi();
    device = await seedDevice(nbi, 'GUARD');
  });
  after(() => nbi.close());

  describe('patterns of filters', () => {
    it('are refused when an engine could try for ever', async () => {
      for (const costly of [
        '(a|a)*b',
        '(a+)+',
        '((a)*)*',
        '(a?){40}',
        '(a|a){9}',
        '.*.*.*',
        '(a|b)+',
        '(a*)(b*)(c*)',
      ])
        expect(isCostly(costly), costly).to.equal(true);
      for (const [times, one] of [
        [30, '(a|a)'],
        [30, 'a?'],
        [30, '(aa)?'],
      ] as const)
        expect(isCostly(one.repeat(times)), one).to.equal(true);
      const filter = encodeURIComponent('description matches "(a|a)*b"');
      const answer = await nbi.call<ProblemBody>(`/devices?filter=${filter}`);
      expect(answer.status).to.equal(400);
      expect(answer.body.errors?.[0]?.pointer).to.equal('/query/filter');
    });

    it('are refused when the engine of the store cannot read them', async () => {
      const filter = encodeURIComponent(String.raw`serial matches "[\\w-.]+"`);
      expect((await nbi.call(`/devices?filter=${filter}`)).status).to.be.oneOf([200, 400]);
    });

    it('are taken when they are plain', async () => {
      const plain = [
        'X1|X2|X3',
        'BB.*',
        '.*foo.*',
        'v\\d+\\.\\d+',
        '[A-F0-9]{6}',
        '(?:GW|DSL)-?[0-9]{1,3}(?:-rev)?',
        'a{1000}',
      ];
      for (const pattern of plain) expect(isCostly(pattern), pattern).to.equal(false);
      const filter = encodeURIComponent('serial matches "gu.*d"');
      expect((await nbi.call<{ items: unknown[] }>(`/devices?filter=${filter}`)).body.items).to.have.length(
        1,
      );
    });
  });

  it('answer 400 to cursors that no list made', async () => {
    const sessions = `/devices/${at(device)}/sessions`;
    for (const [path, parts] of [
      ['/executions', [{ t: 1e300 }, 'a', 'b']],
      ['/executions', ['x', 'a', 'b']],
      ['/executions?updatedSince=2020-01-01T00:00:00Z', ['x', 'a', 'b']],
      ['/tasks', ['x', 1]],
      ['/tasks', [{ t: 1e300 }, 'a']],
      [sessions, ['x', 'a']],
      ['/audit', [1e300, 'a']],
      ['/audit', [1, 'zz']],
      [`/devices/${at(device)}/parameters`, ['Device.Gone']],
    ] as const) {
      const answer = await nbi.call(`${path}${path.includes('?') ? '&' : '?'}cursor=${cursorOf(parts)}`);
      expect(answer.status, `${path} ${JSON.stringify(parts)}`).to.equal(400);
    }
  });

  it('name a parameter that is called like a prototype', async () => {
    for (const name of ['__proto__', 'property.__proto__']) {
      const answer = await nbi.call<ProblemBody>(`/devices?${name}=x`);
      expect(answer.status, name).to.equal(400);
      expect(answer.body.errors?.[0]).to.include({ pointer: `/query/${name}`, code: 'unknown-field' });
    }
    const body = '{"oui":"02A0C4","serialNumber":"P","properties":{"__proto__":"x"}}';
    const answer = await nbi.call<ProblemBody>('/devices', {
      raw: body,
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.status).to.equal(400);
    expect(answer.body.detail).to.contain('__proto__');
  });

  it('refuse bodies that are not UTF-8 or nest without end', async () => {
    const json = { 'content-type': 'application/json' };
    const latin = Buffer.from('{"description":"Küche"}', 'latin1');
    const patch = { method: 'PATCH', raw: latin };
    expect((await nbi.call(`/devices/${at(device)}`, { ...patch, headers: json })).status).to.equal(400);
    const declared = { 'content-type': 'application/json; charset=iso-8859-1' };
    expect((await nbi.call(`/devices/${at(device)}`, { ...patch, headers: declared })).status).to.equal(415);
    const deep = `{"device":"${device}","type":"Reboot","config":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_001)}`;
    expect((await nbi.call('/tasks', { raw: deep, headers: json })).status).to.equal(400);
    expect((await nbi.call<{ description: string }>(`/devices/${at(device)}`)).body.description).to.equal('');
  });

  it('refuse texts that are no text, naming the field', async () => {
    const serial = { oui: '02A0C4', serialNumber: 'TEXT' };
    const task = { device, type: 'SetValues', config: { param: [{ name: 'wifi.1.ssid', value: 'x' }] } };
    const bodies = (bad: string): [path: string, pointer: string, body: object][] => [
      ['/devices', '/serialNumber', { ...serial, serialNumber: `S${bad}` }],
      ['/devices', '/productClass', { ...serial, productClass: `P${bad}` }],
      ['/devices', '/manufacturer', { ...serial, manufacturer: `M${bad}` }],
      ['/devices', '/tags/0', { ...serial, tags: [`t${bad}`] }],
      ['/devices', '/groups/0', { ...serial, groups: [`g${bad}`] }],
      ['/devices', `/properties/p${bad}`, { ...serial, properties: { [`p${bad}`]: 'v' } }],
      ['/users', '/login', { login: `l${bad}` }],
      ['/users', '/name', { login: 'text', name: `n${bad}` }],
      ['/tasks', '/name', { ...task, anonymous: false, name: `n${bad}` }],
      ['/tasks', '/bloodline', { ...task, bloodline: `b${bad}` }],
    ];
    const longer = (bad: string): [path: string, pointer: string, body: object][] => [
      ['/devices', '/description', { ...serial, description: `d${bad}` }],
      ['/devices', '/properties/p', { ...serial, properties: { p: `v${bad}` } }],
      [
        '/devices',
        '/credentials/acs/password',
        { ...serial, credentials: { acs: { username: 'u', password: `p${bad}` } } },
      ],
      ['/tasks', '/comment', { ...task, comment: `c${bad}` }],
      [
        '/tasks',
        '/config/param/0/value',
        { ...task, config: { param: [{ name: 'wifi.1.ssid', value: bad }] } },
      ],
    ];
    const noText = ['\u0000', '\u0001', '\ud800', '\udc00x', '\uffff'];
    const cases = [...[...noText, '\n', '\u0085'].flatMap(bodies), ...noText.flatMap(longer)];
    for (const [path, pointer, body] of cases) {
      const answer = await nbi.call<ProblemBody>(path, { method: 'POST', body });
      expect(answer.status, JSON.stringify(body)).to.equal(422);
      const found = [...new Set(answer.body.errors?.map((issue) => issue.pointer))];
      expect(found, JSON.stringify(body)).to.deep.equal([pointer]);
    }
    for (const id of ['02A0C4-S%00', '02A0C4-P%0A-S'])
      expect((await nbi.call(`/devices/${at(id)}`, { method: 'PUT', body: {} })).status, id).to.equal(422);
    const fine = { ...serial, serialNumber: 'Ä 😀', description: 'a\tb\n', properties: { p: '😀\n' } };
    expect((await nbi.call('/devices', { method: 'POST', body: fine })).status).to.equal(201);
  });

  it('answer 304 to the tag at hand, whatever the client says of its cache', async () => {
    const { headers } = await nbi.call(`/devices/${at(device)}`);
    const etag = headers.etag ?? '';
    for (const tag of [etag, `"0", ${etag}`, `W/${etag}`, '*'])
      expect(
        (
          await nbi.call(`/devices/${at(device)}`, {
            headers: { 'if-none-match': tag, 'cache-control': 'no-cache' },
          })
        ).status,
        tag,
      ).to.equal(304);
    expect(
      (await nbi.call(`/devices/${at(device)}`, { headers: { 'if-none-match': '"0.x"' } })).status,
    ).to.equal(200);
  });

  it('create nothing by a PUT that means something else', async () => {
    const put = (id: string, headers: Record<string, string> = {}) =>
      nbi.call(`/devices/${at(id)}`, { method: 'PUT', body: {}, headers });
    for (const tag of ['*', '"1"'])
      expect((await put('02A0C4-GW-GONE', { 'if-match': tag })).status, tag).to.equal(412);
    expect((await put(device, { 'if-none-match': '*' })).status).to.equal(412);
    expect((await put('ZZZZZZ-GW-1')).status).to.equal(422);
    expect((await nbi.call('/devices/02A0C4-GW-GONE')).status).to.equal(404);
  });

  it('take the password grant with the parameters that OAuth clients add', async () => {
    const form = { grant_type: 'password', username: 'admin', password: 'correct horse battery' };
    const answer = await nbi.call('/auth/oauth_password', {
      token: null,
      raw: new URLSearchParams({ ...form, scope: 'all', client_id: 'oss' }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(answer.status).to.equal(200);
    expect(answer.body).to.include({ token_type: 'Bearer', expires_in: 1800 });
  });

  it('give a limited token of an administrator no way to all rights', async () => {
    const { body } = await nbi.call<{ token: string }>('/users/admin/tokens', {
      body: { name: 'user desk', scopes: ['api.users', 'admin.users'] },
    });
    const { token } = body;
    const more = { login: 'mole', password: 'a long password', administrator: true, active: true };
    expect((await nbi.call('/users', { token, body: more })).status).to.equal(403);
    const taken = { password: 'another long password' };
    expect((await nbi.call('/users/admin', { token, method: 'PATCH', body: taken })).status).to.equal(403);
    expect((await nbi.call('/users/admin', { token, method: 'DELETE' })).status).to.equal(403);
    const plain = { login: 'desk', password: 'a long password', permissions: ['admin.users'] };
    expect((await nbi.call('/users', { token, body: plain })).status).to.equal(201);
  });

  it('count for a tenant only what the tenant sees', async () => {
    await nbi.call('/tasks', { body: { device, type: 'Reboot' } });
    const tenant = await nbi.userWith(['api', 'tasks', 'devices'], { domain: '/org1/' });
    const counted = await nbi.call('/tasks/statistics', { token: tenant });
    expect(counted.body).to.deep.equal({ total: 0, active: 0, stopped: 0, types: [] });
    await nbi.store.devices.updateOne(
      { _id: device },
      { $set: { lease: { session: 's', server: 's', fence: 1, until: new Date(Date.now() + 60_000) } } },
    );
    expect((await nbi.call('/system')).body, 'all').to.include({ sessionsOpen: 1 });
    expect((await nbi.call('/system', { token: tenant })).body).to.include({ sessionsOpen: 0 });
    await nbi.store.devices.updateOne(
      { _id: device },
      { $set: { 'lease.session': null, 'lease.until': null } },
    );
  });

  it('add no task for who may not call the device as asked', async () => {
    const token = await nbi.userWith(['api', 'devices.read', 'tasks']);
    const total = async () =>
      (await nbi.call<{ total: number }>(`/tasks?count=true&device=${at(device)}`)).body.total;
    const made = await nbi.call<{ id: string }>('/tasks', { token, body: { device, type: 'Reboot' } });
    const before = await total();
    const asked = { device, type: 'Reboot', connect: 'try' };
    expect((await nbi.call('/tasks', { token, body: asked })).status).to.equal(403);
    const task = `/tasks/${at(made.body.id)}`;
    expect((await nbi.call(`${task}/copy`, { token, body: { connect: 'try' } })).status).to.equal(403);
    expect((await nbi.call(`${task}/restart`, { token, body: { connect: 'try' } })).status).to.equal(403);
    expect(await total()).to.equal(before);
  });
});
