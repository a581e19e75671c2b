import { mkdtempSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { request } from 'undici';
import { OPERATIONS } from '../../nbi/api/index.js';
import { ROUTES } from '../../nbi/routes/index.js';
import { openApiDocument } from '../../nbi/openapi.js';
import { seedDevice, startNbi, type Nbi } from './harness.js';

interface Event {
  id: string;
  type: string;
}

describe('NBI: HTTP', () => {
  let nbi: Nbi;
  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'provost-ui-'));
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Provost</title>');
    writeFileSync(join(folder, 'assets', 'index-B7x2kQ9a.js'), 'export {};');
    writeFileSync(join(folder, '.secret'), 'no');
    nbi = await startNbi({ uiDir: folder, limits: { body: 100_000, streams: 3 } });
  });
  after(async () => {
    await nbi.close();
    rmSync(folder, { recursive: true });
  });

  it('answers unknown paths, methods and content types as problems', async () => {
    const missing = await nbi.call('/nothing');
    expect(missing.status).to.equal(404);
    expect(missing.body).to.include({ code: 'not-found', instance: '/api/v1/nothing' });
    const method = await nbi.call('/devices/x', { method: 'POST' });
    expect(method.status).to.equal(405);
    expect(method.headers.allow).to.equal('DELETE, GET, HEAD, PATCH, PUT');
    const type = await nbi.call('/tasks', { raw: 'a=b', headers: { 'content-type': 'text/plain' } });
    expect(type.status).to.equal(415);
    expect(type.body).to.include({ code: 'media-type' });
  });

  it('says where a body stops being JSON, and refuses one that is too large', async () => {
    const json = { 'content-type': 'application/json' };
    const broken = await nbi.call('/tasks', { raw: '{\n "device": "x",\n "type" }', headers: json });
    expect(broken.status).to.equal(400);
    expect(broken.body).to.include({ code: 'bad-request', detail: 'The body is no JSON: line 3, column 9' });
    expect((await nbi.call('/tasks', { raw: '"text"', headers: json })).status).to.equal(400);
    expect((await nbi.call('/tasks', { method: 'POST' })).status).to.equal(422);
    const large = await nbi.call('/tasks', { raw: `{"device":"${'x'.repeat(200_000)}"}`, headers: json });
    expect(large.status).to.equal(413);
  });

  it('takes and returns a request id, and makes one when it is none', async () => {
    const given = await nbi.call('/me', { headers: { 'x-request-id': 'order-7' } });
    expect(given.headers['x-request-id']).to.equal('order-7');
    const made = await nbi.call('/me', { headers: { 'x-request-id': 'a b' } });
    expect(made.headers['x-request-id']).to.match(/^[0-9a-f]{24}$/);
  });

  it('tells nothing of what went wrong inside, but the request id', async () => {
    const { users } = nbi.store;
    const find = users.findById.bind(users);
    Object.assign(users, {
      findById: () => {
        throw new Error('the secret inside');
      },
    });
    try {
      const answer = await nbi.call('/me');
      expect(answer.status).to.equal(500);
      expect(answer.body).to.include({ code: 'internal', requestId: answer.headers['x-request-id'] });
      expect(JSON.stringify(answer.body)).to.not.include('secret');
    } finally {
      Object.assign(users, { findById: find });
    }
  });

  it('says how it is, below the base path and at the root', async () => {
    expect((await nbi.call('/health/live', { token: null })).body).to.include({ status: 'ok' });
    expect((await nbi.call('/health/ready', { token: null })).body).to.deep.include({
      checks: { store: 'ok' },
    });
    const root = await request(`${nbi.base}/health/ready`);
    expect(root.statusCode).to.equal(200);
    await root.body.dump();
    expect((await nbi.call('/system')).body).to.include({ name: 'Provost', version: '0.0.0' });
    expect((await nbi.call('/system/jobs')).status).to.equal(200);
    expect((await nbi.call('/system/jobs', { token: await nbi.userWith(['api']) })).status).to.equal(403);
  });

  it('serves the console: its files for ever, its page never from a cache, nothing else', async () => {
    const get = async (path: string) => {
      const answer = await request(nbi.base + path, { headers: { accept: 'text/html' } });
      return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
    };
    const page = await get('/devices/02A0C4-GW-1/tasks');
    expect(page.text).to.include('<title>Provost');
    expect(page.headers['cache-control']).to.equal('no-cache');
    expect(page.headers['content-security-policy']).to.include("default-src 'self'");
    const script = await get('/assets/index-B7x2kQ9a.js');
    expect(script.headers['cache-control']).to.include('immutable');
    expect((await get('/assets/missing-B7x2kQ9a.js')).status).to.equal(404);
    for (const path of ['/.secret', '/%2e%2e/%2e%2e/etc/passwd', '/..%2f..%2fetc%2fpasswd', '/%00'])
      expect((await get(path)).text, path).to.not.match(/^no$|root:/);
    for (const path of ['/api/v1/nothing', '/health/nothing', '/metrics'])
      expect((await get(path)).text, path).to.include('not-found');
  });

  describe('OpenAPI document', () => {
    it('has every operation that is served, and nothing else', async () => {
      expect(ROUTES.map(({ operation }) => operation.id).sort()).to.deep.equal(
        OPERATIONS.map(({ id }) => id).sort(),
      );
      const { body } = await nbi.call<{ openapi: string; paths: Record<string, object> }>('/openapi.json');
      expect(body.openapi).to.equal('3.1.1');
      const served = Object.entries(body.paths).flatMap(([path, item]) =>
        Object.keys(item).map((method) => `${method} ${path}`),
      );
      expect(served.sort()).to.deep.equal(OPERATIONS.map(({ method, path }) => `${method} ${path}`).sort());
    });

    it('refers only to what it has, and names each operation once', () => {
      const document = openApiDocument({ version: '1' });
      const text = JSON.stringify(document);
      for (const [, reference] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
        const target = reference
          ?.split('/')
          .reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], document);
        expect(target, reference).to.be.an('object');
      }
      const ids = [...text.matchAll(/"operationId":"(\w+)"/g)].map(([, id]) => id);
      expect(new Set(ids).size).to.equal(ids.length);
    });

    it('has an example for every kind of problem', () => {
      const { components } = openApiDocument({ version: '1' });
      expect(Object.keys(components?.examples ?? {})).to.include.members([
        'validation',
        'stale',
        'device-fault',
      ]);
    });
  });

  describe('resources', () => {
    const form = (fields: [string, string][], file: string | null, last: [string, string][] = []) => {
      const part = (name: string, value: string, more = '') =>
        `--b0\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
      const raw = [
        ...fields.map(([name, value]) => part(name, value)),
        ...(file === null ? [] : [part('file', file, '; filename="fw.bin"')]),
        ...last.map(([name, value]) => part(name, value)),
        '--b0--\r\n',
      ].join('');
      return nbi.call('/resources', { raw, headers: { 'content-type': 'multipart/form-data; boundary=b0' } });
    };
    const nothingStored = async () => {
      expect(await nbi.store.db.collection('files.chunks').countDocuments()).to.equal(0);
      expect(await nbi.store.resources.countDocuments()).to.equal(0);
    };

    it('are refused, and leave nothing, when too large, incomplete, unknown or out of order', async () => {
      expect((await form([['category', 'firmware']], 'x'.repeat(1_500_000))).status).to.equal(413);
      expect((await form([['category', 'firmware']], null)).status).to.equal(422);
      const wrong = await form(
        [
          ['category', 'shoes'],
          ['colour', 'red'],
        ],
        'x',
      );
      expect(wrong.status).to.equal(422);
      expect((await form([], 'x', [['category', 'firmware']])).status).to.equal(422);
      expect((await form([['category', 'firmware']], 'x', [['version', '1']])).status).to.equal(422);
      const cut = await nbi.call('/resources', {
        raw: '--b0\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nxyz',
        headers: { 'content-type': 'multipart/form-data; boundary=b0' },
      });
      expect(cut.status).to.be.oneOf([400, 422]);
      expect((await nbi.call('/resources', { body: {} })).status).to.equal(415);
      await nothingStored();
    });

    it('are stored as they come, read whole and in ranges, changed and deleted', async () => {
      const made = await form(
        [
          ['category', 'firmware'],
          ['version', '2.0'],
          ['models', 'X1,Y2'],
        ],
        '0123456789',
      );
      expect(made.status).to.equal(201);
      expect(made.body).to.deep.include({ size: 10, fileName: 'fw.bin', models: ['X1', 'Y2'] });
      const path = `/resources/${String(made.body.id)}`;
      const range = (value: string) => nbi.call<string>(`${path}/content`, { headers: { range: value } });
      expect((await nbi.call<string>(`${path}/content`)).body).to.equal('0123456789');
      const part = await range('bytes=2-4');
      expect([part.status, part.body, part.headers['content-range']]).to.deep.equal([
        206,
        '234',
        'bytes 2-4/10',
      ]);
      expect((await range('bytes=99-')).status).to.equal(416);
      expect(
        (await nbi.call<{ items: unknown[] }>('/resources?model=X1&q=fw&count=true')).body.items,
      ).to.have.length(1);
      expect((await nbi.call(path, { method: 'PATCH', body: { version: 7 } })).status).to.equal(422);
      expect((await nbi.call(path, { method: 'PATCH', body: { version: '2.1' } })).body).to.include({
        version: '2.1',
      });
      const stale = { method: 'PATCH', body: { version: '3' }, headers: { 'if-match': '"1"' } };
      expect((await nbi.call(path, stale)).status).to.equal(412);
      expect((await form([['category', 'firmware']], 'again')).status).to.equal(409);
      const device = await seedDevice(nbi, 'R1');
      const task = await nbi.call(`/devices/${device}/actions/firmware-upgrade`, {
        body: { resource: made.body.id },
      });
      const used = await nbi.call(path, { method: 'DELETE' });
      expect(used.body).to.include({ code: 'in-use' });
      await nbi.call(`/tasks/${encodeURIComponent(String(task.body.id))}`, { method: 'DELETE' });
      expect((await nbi.call(path, { method: 'DELETE' })).status).to.equal(204);
      for (const sub of ['', '/content']) expect((await nbi.call(path + sub)).status).to.equal(404);
      await nothingStored();
    });
  });

  describe('events', () => {
    const stream = async (query: string, headers: Record<string, string> = {}) => {
      const token = await nbi.login('admin', 'correct horse battery');
      const abort = new AbortController();
      const answer = await request(`${nbi.base}/api/v1/events/stream${query}`, {
        headers: { authorization: `Bearer ${token}`, ...headers },
        signal: abort.signal,
      });
      const lines = answer.body.setEncoding('utf8')[Symbol.asyncIterator]() as AsyncIterator<string>;
      let text = '';
      const next = async (): Promise<Event> => {
        for (;;) {
          const match = /data: (.+)\n\n/.exec(text);
          if (match) {
            text = text.slice(match.index + match[0].length);
            return JSON.parse(match[1] ?? '') as Event;
          }
          const chunk = await lines.next();
          if (chunk.done === true) throw new Error('the stream has ended');
          text += chunk.value;
        }
      };
      return { status: answer.statusCode, headers: answer.headers, next, end: () => abort.abort() };
    };

    it('come as they happen, of the types and the device asked for', async () => {
      const live = await stream('?types=task.*,device.booted&device=D1');
      expect(live.headers['content-type']).to.include('text/event-stream');
      expect(live.headers['content-encoding']).to.equal(undefined);
      nbi.events.publish('device.booted', 'D2');
      nbi.events.publish('device.online', 'D1');
      nbi.events.publish('task.created', 'd:D1:1', { device: 'D1' });
      nbi.events.publish('device.booted', 'D1');
      expect([(await live.next()).type, (await live.next()).type]).to.deep.equal([
        'task.created',
        'device.booted',
      ]);
      live.end();
    });

    it('are resumed after the last one that was seen, or tell that there is a gap', async () => {
      nbi.events.publish('device.online', 'D9');
      const first = nbi.events.latest();
      nbi.events.publish('device.overdue', 'D9');
      const resumed = await stream('?device=D9', { 'last-event-id': first });
      expect((await resumed.next()).type).to.equal('device.overdue');
      resumed.end();
      const lost = await stream('?after=long-gone');
      expect((await lost.next()).type).to.equal('stream.gap');
      lost.end();
    });

    it('are polled without loss or double', async () => {
      const { body: start } = await nbi.call<{ items: unknown[]; next: string }>('/events');
      expect(start.items).to.deep.equal([]);
      for (let count = 0; count < 5; count += 1) nbi.events.publish('device.online', `P${count}`);
      const seen: unknown[] = [];
      let after = start.next;
      for (let poll = 0; poll < 4; poll += 1) {
        const { body } = await nbi.call<{ items: { subject: string }[]; next: string }>(
          `/events?limit=2&after=${after}`,
        );
        seen.push(...body.items.map(({ subject }) => subject));
        after = body.next;
      }
      expect(seen).to.deep.equal(['P0', 'P1', 'P2', 'P3', 'P4']);
      expect((await nbi.call('/events?after=nonsense')).status).to.equal(400);
      expect((await nbi.call('/events?types=Nope!')).status).to.equal(400);
    });
  });

  it('never fails by whatever body or filter it is sent', async function () {
    this.timeout(60_000);
    const device = await seedDevice(nbi, 'F1');
    const tokens = fc.constantFrom(
      ...'model eq ne in not and or ( ) [ ] , "X" \'y\' 12 2026-01-01 null exists matches'.split(' '),
    );
    const filters = fc.oneof(
      fc.string(),
      fc.array(tokens, { maxLength: 12 }).map((words) => words.join(' ')),
    );
    await fc.assert(
      fc.asyncProperty(filters, async (filter) => {
        const { status } = await nbi.call(`/devices?filter=${encodeURIComponent(filter)}`);
        expect(status).to.be.oneOf([200, 400]);
      }),
      { numRuns: 150 },
    );
    const paths = ['/tasks', '/devices', '/devices/search', '/users', `/devices/${device}/parameters/set`];
    const bodies = fc.oneof(
      fc.json(),
      fc
        .record({
          device: fc.constant(device),
          type: fc.constantFrom('SetValues', 'Reboot'),
          config: fc.jsonValue(),
        })
        .map((body) => JSON.stringify(body)),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), bodies, async (path, raw) => {
        const { status } = await nbi.call(path, { raw, headers: { 'content-type': 'application/json' } });
        expect(status).to.be.lessThan(500);
      }),
      { numRuns: 150 },
    );
  });
});
