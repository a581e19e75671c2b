import { expect } from 'chai';
import { seedDevice, startNbi, type Answer, type Nbi } from './harness.js';

interface Problem extends Record<string, unknown> {
  code: string;
  errors: { pointer: string; code: string }[];
}
interface List extends Record<string, unknown> {
  items: Record<string, unknown>[];
  next: string | null;
  total?: number;
}

const MASK = '••••••';
const pointers = (problem: Problem) => problem.errors.map(({ pointer }) => pointer);

describe('NBI: devices and tasks', () => {
  let nbi: Nbi;
  let device: string;
  const at = (path = '') => `/devices/${encodeURIComponent(device)}${path}`;
  const taskAt = (id: string, path = '') => `/tasks/${encodeURIComponent(id)}${path}`;
  before(async () => {
    nbi = await startNbi();
    device = await seedDevice(nbi, 'A1-%1');
    for (let count = 1; count <= 5; count += 1) await seedDevice(nbi, `B${count}`, { model: 'Y2' });
    await seedDevice(nbi, 'T1', { domain: '/tenant/' });
    await seedDevice(nbi, 'T2', { domain: '/tenant/north/' });
  });
  after(() => nbi.close());

  describe('inventory', () => {
    it('pages through all devices once, with Link and total', async () => {
      const seen: unknown[] = [];
      let path: string | null = '/devices?limit=2&sort=-identity&count=true';
      while (path !== null) {
        const page: Answer<List> = await nbi.call<List>(path);
        const { body, headers, status } = page;
        expect(status).to.equal(200);
        expect(body.total).to.equal(8);
        seen.push(...body.items.map(({ id }) => id));
        const link: string | null = /<\/api\/v1([^>]+)>; rel="next"/.exec(headers.link ?? '')?.[1] ?? null;
        expect(link === null).to.equal(body.next === null);
        path = link;
      }
      expect(new Set(seen).size).to.equal(8);
      expect(seen).to.deep.equal(seen.toSorted().reverse());
    });

    it('filters by names of the query, by the language, and by both', async () => {
      const ids = async (query: string) =>
        (await nbi.call<List>(`/devices?${query}`)).body.items.map(({ serialNumber }) => serialNumber);
      expect(await ids('model=Y2&serial=B3')).to.deep.equal(['B3']);
      expect(
        await ids(`filter=${encodeURIComponent('model eq "Y2" and not (serial in ("B1", "B2"))')}`),
      ).to.have.length(3);
      expect(await ids('q=a1-')).to.deep.equal(['A1-%1']);
      expect(await ids('state=never-seen')).to.deep.equal([]);
      await nbi.call(at(), { method: 'PATCH', body: { properties: { 'customer.id': 'K-1' } } });
      expect(await ids('property.customer.id=K-1')).to.deep.equal(['A1-%1']);
    });

    it('says where a filter is wrong, in the query and in the body', async () => {
      const query = await nbi.call<Problem>(`/devices?filter=${encodeURIComponent('model eq X1')}`);
      expect(query.status).to.equal(400);
      expect(query.body.errors[0]).to.include({ pointer: '/query/filter' });
      expect(JSON.stringify(query.body.errors)).to.include('column 10');
      const body = await nbi.call<Problem>('/devices/search', {
        body: { filter: 'nonsense eq 1', extra: 1 },
      });
      expect(body.status).to.equal(422);
      expect(pointers(body.body)).to.deep.equal(['/extra']);
      expect(
        (await nbi.call<Problem>('/devices/search', { body: { filter: 'nonsense eq 1' } })).status,
      ).to.equal(422);
    });

    it('refuses unknown, repeated and mistyped parameters by name', async () => {
      const wrong = await nbi.call<Problem>('/devices?limit=0&colour=red&sort=fleas&state=dead');
      expect(wrong.status).to.equal(400);
      expect(pointers(wrong.body)).to.include.members(['/query/limit', '/query/colour', '/query/sort']);
      expect((await nbi.call('/devices?q=a&q=b')).status).to.equal(400);
      expect((await nbi.call('/devices?cursor=nonsense')).status).to.equal(400);
      expect((await nbi.call<Problem>('/devices?fields=identity,shoes')).status).to.equal(400);
    });

    it('picks fields, cached parameters among them, and masks the secret ones', async () => {
      const fields =
        'identity,parameters.wifi.1.ssid,parameters.Device.WiFi.AccessPoint.1.Security.KeyPassphrase';
      const token = await nbi.userWith(['devices.read', 'device.tree', 'api']);
      const { body } = await nbi.call<List>(`/devices?serial=A1-%251&fields=${fields}`, { token });
      expect(body.items[0]).to.deep.equal({
        id: device,
        identity: device,
        parameters: {
          'wifi.1.ssid': 'home',
          'Device.WiFi.AccessPoint.1.Security.KeyPassphrase': MASK,
        },
      });
    });

    it('streams the whole result as CSV and NDJSON to who may export', async () => {
      const csv = await nbi.call<string>('/devices?fields=serialNumber,model&sort=serial', {
        headers: { accept: 'text/csv' },
      });
      expect(csv.body.split('\r\n').slice(0, 2)).to.deep.equal(['serialNumber,model', 'A1-%1,X1']);
      const lines = await nbi.call<string>('/devices', { headers: { accept: 'application/x-ndjson' } });
      expect(lines.body.trim().split('\n')).to.have.length(8);
      const token = await nbi.userWith(['devices.read', 'api']);
      const refused = await nbi.call('/devices', { token, headers: { accept: 'text/csv' } });
      expect(refused.body).to.include({ code: 'forbidden', requiredPermission: 'devices.export' });
      expect((await nbi.call('/devices', { headers: { accept: 'image/png' } })).status).to.equal(406);
    });

    it('creates, reads, replaces, patches and deletes a device under its ETag', async () => {
      const made = await nbi.call('/devices', {
        body: { oui: '02a0c4', serialNumber: 'NEW', credentials: { acs: { username: 'u', password: 'p' } } },
      });
      expect(made.status).to.equal(201);
      const path = made.headers.location?.replace('/api/v1', '') ?? '';
      expect(made.body.credentials).to.deep.equal({
        acs: { username: 'u', set: true },
        connectionRequest: null,
      });
      expect((await nbi.call('/devices', { body: { oui: '02A0C4', serialNumber: 'NEW' } })).status).to.equal(
        409,
      );
      const etag = made.headers.etag ?? '';
      const read = await nbi.call(path, { headers: { 'if-none-match': etag } });
      expect(read.status).to.equal(304);
      const patch = (ifMatch: string) =>
        nbi.call(path, { method: 'PATCH', body: { tags: ['pilot'] }, headers: { 'if-match': ifMatch } });
      const patched = await patch(etag);
      expect(patched.status).to.equal(200);
      expect((await patch(etag)).status).to.equal(412);
      expect((await patch('W/"2"')).status).to.equal(412);
      const put = await nbi.call(path, { method: 'PUT', body: { description: 'replaced' } });
      expect(put.body).to.deep.include({ description: 'replaced', tags: [] });
      const fresh = await nbi.call('/devices/02A0C4-FRESH', { method: 'PUT', body: {} });
      expect(fresh.status).to.equal(201);
      expect((await nbi.call('/devices/no-identity%20', { method: 'PUT', body: {} })).status).to.equal(422);
      expect((await nbi.call(path, { method: 'DELETE', headers: { 'if-match': '"1"' } })).status).to.equal(
        412,
      );
      expect((await nbi.call(path, { method: 'DELETE' })).status).to.equal(204);
      expect((await nbi.call(path)).status).to.equal(404);
      await nbi.call('/devices/02A0C4-FRESH', { method: 'DELETE' });
    });

    it('names every wrong field of a device', async () => {
      const { status, body } = await nbi.call<Problem>('/devices', {
        body: { oui: 'xyz', tags: [1], managed: 'yes', 'a/b~c': 1 },
      });
      expect(status).to.equal(422);
      expect(pointers(body)).to.have.members(['/oui', '/serialNumber', '/tags/0', '/managed', '/a~1b~0c']);
    });

    it('switches management and blacklist, sets credentials, and tells the state', async () => {
      const off = await nbi.call(at('/management'), {
        method: 'PUT',
        body: { managed: false, reason: 'swap' },
      });
      expect(off.body).to.include({ managed: false });
      await nbi.call(at('/management'), { method: 'PUT', body: { managed: true } });
      expect(
        (await nbi.call(at('/blacklist'), { method: 'PUT', body: { blacklisted: 'x' } })).status,
      ).to.equal(422);
      const set = await nbi.call(at('/credentials'), {
        method: 'PUT',
        body: { connectionRequest: { username: 'acs', password: 'p' } },
      });
      expect(set.status).to.equal(204);
      const state = await nbi.call(at('/state'));
      expect(state.body).to.include({ pendingTasks: 0, sessionNow: null });
    });

    it('shows devices of other domains to nobody, not even that they exist', async () => {
      const token = await nbi.userWith(['devices', 'device', 'tasks', 'api'], { domain: '/tenant/' });
      const { body } = await nbi.call<List>('/devices', { token });
      expect(body.items.map(({ serialNumber }) => serialNumber)).to.have.members(['T1', 'T2']);
      const paths = [
        '',
        '/state',
        '/parameters',
        '/queue',
        '/sessions',
        '/connection-requests',
        '/sessions/1',
      ];
      for (const path of paths) expect((await nbi.call(at(path), { token })).status, path).to.equal(404);
      const task = await nbi.call('/tasks', { token, body: { device, type: 'Reboot' } });
      expect(task.status).to.equal(404);
    });
  });

  describe('parameters', () => {
    it('come flat by pages, as a tree, searched, with secrets masked', async () => {
      const token = await nbi.userWith(['devices.read', 'device.tree', 'api']);
      const flat = await nbi.call<List>(at('/parameters?limit=2&prefix=Device.WiFi.'), { token });
      expect(flat.body.next).to.be.a('string');
      const next = encodeURIComponent(flat.body.next ?? '');
      const rest = await nbi.call<List>(at(`/parameters?prefix=Device.WiFi.&cursor=${next}`), { token });
      const all = [...flat.body.items, ...rest.body.items];
      expect(all.find(({ meaning }) => meaning === 'wifi.1.ssid')).to.include({ value: 'home' });
      expect(all.find(({ secret }) => secret)).to.include({ value: MASK });
      const tree = await nbi.call<List>(at('/parameters?format=tree&depth=2'), { token });
      expect(tree.body.items).to.have.length(1);
      expect(
        (await nbi.call<List>(at('/parameters?search=top%20secret'), { token })).body.items,
      ).to.deep.equal([]);
      const shown = await nbi.call<List>(at('/parameters?search=Passphrase'));
      expect(shown.body.items[0]).to.include({ value: 'top secret', secret: true });
      const audit = await nbi.call<List>('/audit?action=secrets.view');
      expect(audit.body.items[0]).to.include({ user: 'admin', object: device });
    });
  });

  describe('tasks', () => {
    let id: string;
    const wifi = (value: string) => ({ param: [{ name: 'wifi.1.password', value }] });

    it('are created from an object or from XML, and listed in the order of execution', async () => {
      const made = await nbi.call('/tasks', {
        body: { device, type: 'SetValues', config: wifi('first one'), priority: 5 },
      });
      expect(made.status).to.equal(201);
      id = String(made.body.id);
      expect(made.headers.location).to.equal(`/api/v1/tasks/${encodeURIComponent(id)}`);
      const xml = '<config><parameter name="wan.ip"/></config>';
      const second = await nbi.call('/tasks', {
        body: { device, type: 'com.example.GetValuesTask', config: xml, priority: 1, name: 'Read' },
      });
      expect(second.body).to.include({ type: 'GetValues', anonymous: false });
      const queue = await nbi.call<{ entries: Record<string, unknown>[] }>(at('/queue'));
      expect(queue.body.entries.map(({ position, due }) => [position, due])).to.deep.equal([
        [1, true],
        [2, true],
      ]);
      expect((await nbi.call(at('/queue?at=yesterday'))).status).to.equal(400);
    });

    it('name each wrong field, of the configuration too', async () => {
      const { status, body } = await nbi.call<Problem>('/tasks', {
        body: { device, type: 'SetValues', config: {}, priority: 'high', colour: 1 },
      });
      expect(status).to.equal(422);
      expect(pointers(body)).to.have.members(['/priority', '/colour']);
      const config = await nbi.call<Problem>('/tasks', {
        body: { device, type: 'SetValues', config: { param: [{ value: 'x' }], extra: 'y' } },
      });
      expect(config.status).to.equal(422);
      expect(pointers(config.body)).to.include.members(['/config/param/0/name', '/config/extra']);
      expect((await nbi.call('/tasks', { body: { device, type: 'Dance' } })).status).to.equal(422);
      expect((await nbi.call('/tasks', { body: { device: 'none', type: 'Reboot' } })).status).to.equal(404);
      const broken = { device, type: 'SetValues', config: '<config><param></config>' };
      expect((await nbi.call('/tasks', { body: broken })).status).to.equal(422);
    });

    it('mask their secrets, and keep them when the mask comes back', async () => {
      const token = await nbi.userWith(['tasks', 'api']);
      const read = await nbi.call(taskAt(id), { token });
      expect(JSON.stringify(read.body)).to.include(MASK).and.not.include('first one');
      const put = await nbi.call(taskAt(id), {
        method: 'PUT',
        token,
        body: { ...read.body, comment: 'seen' },
        headers: { 'if-match': read.headers.etag ?? '' },
      });
      expect(put.status).to.equal(200);
      const shown = await nbi.call<{ config: unknown; comment: string }>(taskAt(id));
      expect(shown.body.config).to.deep.equal({
        param: [{ name: 'wifi.1.password', value: 'first one', type: '' }],
      });
      expect(shown.body.comment).to.equal('seen');
      const xml = String(read.body.configXml);
      await nbi.call(taskAt(id), { method: 'PATCH', token, body: { config: xml } });
      expect(JSON.stringify((await nbi.call(taskAt(id))).body)).to.include('first one');
      const lost = await nbi.call<Problem>('/tasks', {
        body: { device, type: 'SetValues', config: wifi(MASK) },
      });
      expect(lost.status).to.equal(422);
      expect(pointers(lost.body)).to.deep.equal(['/config/param/0/value']);
      const log = await nbi.call(taskAt(id, '/edition-log'), { token });
      expect(JSON.stringify(log.body)).to.include(MASK).and.not.include('first one');
    });

    it('are edited under their version, fixed fields apart', async () => {
      const stale = { method: 'PATCH', body: { priority: 3 }, headers: { 'if-match': '"1"' } };
      expect((await nbi.call(taskAt(id), stale)).status).to.equal(412);
      expect((await nbi.call(taskAt(id), { method: 'PATCH', body: { priority: 3 } })).body).to.include({
        priority: 3,
      });
      const fixed = await nbi.call<Problem>(taskAt(id), {
        method: 'PUT',
        body: { type: 'Reboot', config: wifi('x') },
      });
      expect(pointers(fixed.body)).to.deep.equal(['/type']);
      const token = await nbi.userWith(['tasks.view', 'tasks.edit', 'api']);
      const refused = await nbi.call(taskAt(id), { method: 'PATCH', token, body: { priority: 1 } });
      expect(refused.body).to.include({ requiredPermission: 'tasks.priority' });
    });

    it('are copied, restarted, counted, deleted', async () => {
      const copy = await nbi.call(taskAt(id, '/copy'), { body: { comment: 'copied' } });
      expect(copy.status).to.equal(201);
      expect((await nbi.call(taskAt(id, '/restart'), { method: 'POST' })).status).to.equal(204);
      expect((await nbi.call('/tasks/statistics')).body).to.include({ total: 3 });
      const listed = await nbi.call<List>('/tasks?comment=copied&type=SetValuesTask&count=true');
      expect(listed.body).to.deep.include({ total: 1 });
      const copyId = String(copy.body.id);
      expect((await nbi.call(taskAt(copyId), { method: 'DELETE' })).status).to.equal(204);
      for (const path of ['', '/restart', '/copy'])
        expect(
          (await nbi.call(taskAt(copyId, path), { method: path === '' ? 'GET' : 'POST' })).status,
        ).to.equal(404);
      expect(
        (await nbi.call<List>(taskAt(copyId, '/edition-log'))).body.items.map(({ kind }) => kind),
      ).to.deep.equal(['deleted', 'created']);
      expect((await nbi.call('/tasks/none/edition-log')).status).to.equal(404);
    });

    it('are made once for one idempotency key', async () => {
      const send = (comment: string) =>
        nbi.call('/tasks', {
          body: { device, type: 'Reboot', comment },
          headers: { 'idempotency-key': 'order-1' },
        });
      const [one, two] = await Promise.all([send('a'), send('a')]);
      const first = one.status === 201 ? one : two;
      expect(first.status).to.equal(201);
      const again = await send('a');
      expect(again.status).to.equal(201);
      expect(again.body.id).to.equal(first.body.id);
      expect(again.headers['idempotency-replayed']).to.equal('true');
      const other = await send('b');
      expect(other.status).to.equal(422);
      expect(other.body).to.include({ code: 'idempotency-mismatch' });
      await nbi.call(taskAt(String(first.body.id)), { method: 'DELETE' });
    });

    it('leave nothing behind when the device must be reached and cannot be', async () => {
      nbi.answer = { status: null, outcome: 'unreachable', duration: 1, detail: 'refused' };
      const count = async () => (await nbi.call('/tasks/statistics')).body.total;
      const before = await count();
      const answer = await nbi.call(at('/actions/reboot'), { body: { connect: 'require' } });
      expect(answer.status).to.equal(504);
      expect(answer.body).to.include({ code: 'device-unreachable' });
      expect(await count()).to.equal(before);
      const kept = await nbi.call(at('/actions/reboot'), { body: { connect: 'try' } });
      expect(kept.status).to.equal(201);
      await nbi.call(taskAt(String(kept.body.id)), { method: 'DELETE' });
      const history = await nbi.call<List>(at('/connection-requests'));
      expect(history.body.items[0]).to.include({ outcome: 'unreachable', open: false });
      nbi.answer = { status: 200, outcome: 'accepted', duration: 1, detail: '' };
    });

    it('are waited for: the report, the fault of the device, or 202 when the time is over', async () => {
      const pending = nbi.call('/tasks', {
        body: { device, type: 'Reboot' },
        headers: { prefer: 'wait=1' },
      });
      expect((await pending).status).to.equal(202);
      const finish = (fault: object | null) => {
        const stop = nbi.events.subscribe((event) => {
          if (event.type !== 'task.created') return;
          stop();
          const task = event.subject;
          void nbi.store.executions
            .create({
              _id: `65f0c0ffee0ddba11c0ff${fault ? 'ee1' : 'ee2'}`,
              ...{ task, device, status: fault ? 'ERROR' : 'SUCCESS', run: 1, fault },
              ...{ startTime: new Date(), finishTime: new Date(), lastUpdateTime: new Date() },
            })
            .then(() => nbi.events.publish('execution.finished', 'x', { task, device }));
        });
      };
      finish(null);
      const done = await nbi.call<{ execution: object }>(at('/parameters/get'), {
        body: { names: ['wan.ip'] },
        headers: { prefer: 'wait=30' },
      });
      expect(done.status).to.equal(200);
      expect(done.body.execution).to.include({ status: 'SUCCESS', taskType: 'GetValues' });
      const parameters = [{ path: 'Device.X', code: 9007, text: 'no' }];
      finish({ code: 9003, text: 'Invalid arguments', method: 'SetParameterValues', parameters });
      const asked = {
        body: { parameters: [{ name: 'wifi.1.ssid', value: 'x' }] },
        headers: { prefer: 'wait=30', 'idempotency-key': 'order-2' },
      };
      interface Failed {
        cwmpFault: { code: number };
        task: string;
      }
      const failed = await nbi.call<Failed>(at('/parameters/set'), asked);
      expect(failed.status).to.equal(502);
      expect(failed.body.cwmpFault.code).to.equal(9003);
      // The task ran, so that the same call again makes no second one.
      const again = await nbi.call<Failed>(at('/parameters/set'), asked);
      expect(again.status).to.equal(502);
      expect(again.body).to.deep.equal(failed.body);
      expect(again.headers['idempotency-replayed']).to.equal('true');
    });

    it('have reports by update, by status, one by one, with log and history', async () => {
      const since = encodeURIComponent(new Date(0).toISOString());
      const list = await nbi.call<List>(`/executions?updatedSince=${since}&status=SUCCESS,ERROR&limit=1`);
      expect(list.body.items).to.have.length(1);
      const execution = String(list.body.items[0]?.id);
      expect((await nbi.call(`/executions/${execution}`)).status).to.equal(200);
      await nbi.store.logLines.create({
        ...{
          execution,
          task: 't',
          device,
          run: 1,
          line: 1,
          at: new Date(),
          level: 'INFO',
          text: '[log] test',
        },
        expiresAt: new Date(Date.now() + 60_000),
      });
      expect((await nbi.call<List>(`/executions/${execution}/log?level=INFO`)).body.items).to.have.length(1);
      const text = await nbi.call<string>(`/executions/${execution}/log`, {
        headers: { accept: 'text/plain' },
      });
      expect(text.body).to.match(/^\d{4}\.\d\d\.\d\d \d\d:\d\d:\d\d\.\d{3} INFO {2}\[log\] test\n$/);
      expect((await nbi.call(`/executions/${execution}/history`)).status).to.equal(200);
      for (const path of ['', '/log', '/history'])
        expect((await nbi.call(`/executions/none${path}`)).status).to.equal(404);
      expect((await nbi.call('/executions?status=FINE')).status).to.equal(400);
    });

    it('are made by every action, each with its own fields', async () => {
      const bodies: Record<string, object> = {
        'objects/add': {
          objectName: 'Device.NAT.PortMapping.',
          values: [{ key: 'ExternalPort', value: '80' }],
        },
        'objects/delete': { objectName: 'Device.NAT.PortMapping.1.' },
        'actions/reboot': {},
        'actions/factory-reset': {},
        'actions/refresh': { paths: ['Device.WiFi.'] },
        'actions/download': { resource: 'x' },
        'actions/upload': {},
        'actions/backup': {},
        'actions/restore': { resource: 'x' },
        'actions/firmware-upgrade': { resource: 'x', verifyVersion: true },
      };
      for (const [action, body] of Object.entries(bodies)) {
        const made = await nbi.call(at(`/${action}`), { body });
        expect(made.status, `${action}: ${JSON.stringify(made.body)}`).to.equal(201);
        expect((await nbi.call(at(`/${action}`), { body: { ...body, nonsense: 1 } })).status).to.equal(422);
        expect((await nbi.call(`/devices/none/${action}`, { body })).status).to.equal(404);
      }
      const token = await nbi.userWith(['devices', 'api']);
      expect((await nbi.call(at('/actions/reboot'), { method: 'POST', token })).status).to.equal(403);
    });

    it('connect a device, and tell the outcome', async () => {
      const asked = await nbi.call(at('/actions/connect'), { method: 'POST' });
      expect(asked.status).to.be.oneOf([200, 202]);
      expect(asked.body).to.include({ device, user: 'admin' });
      expect((await nbi.call('/devices/none/actions/connect', { method: 'POST' })).status).to.equal(404);
    });
  });

  it('lists the types of tasks with their schemas, and the meanings', async () => {
    const types = await nbi.call<List>('/task-types');
    expect(types.body.items.find(({ name }) => name === 'SetValues')).to.have.nested.property(
      'schema.properties.param',
    );
    const meanings = await nbi.call<List>('/meanings');
    const key = meanings.body.items.find((meaning) => meaning.key === 'wifi.{n}.ssid');
    expect(key).to.deep.include({ tr181: ['Device.WiFi.SSID.{i}.SSID'] });
  });

  describe('audit', () => {
    it('has every change, refused ones too, without secrets', async () => {
      await nbi.call('/tasks', {
        body: {
          device,
          type: 'SetValues',
          config: { param: [{ name: 'wifi.1.password', value: 'first one' }] },
        },
      });
      await nbi.call('/tasks', { body: { device } });
      await nbi.call('/tasks', { body: { device: 'none', type: 'Reboot' } });
      const { body } = await nbi.call<List>('/audit?action=createTask&limit=3');
      expect(body.items.map(({ result }) => result)).to.have.members(['ok', 'validation', 'not-found']);
      expect(JSON.stringify(body)).to.not.include('first one');
      const token = await nbi.userWith(['api', 'devices']);
      expect((await nbi.call('/audit', { token })).status).to.equal(403);
    });
  });
});
