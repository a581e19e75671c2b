import { expect } from 'chai';
import { setTimeout as pause } from 'node:timers/promises';
import type { NbiClient } from '../served/nbi-client.js';
import { ChaosServer, PASSWORD } from './chaos-server.js';
import { answerTo } from './raw-connection.js';

interface Problem {
  code: string;
  status: number;
  errors?: unknown[];
}

describe('The console port under attack', function () {
  this.timeout(90_000);
  let server: ChaosServer;
  let nbi: NbiClient;

  before(async () => {
    server = await ChaosServer.start();
    nbi = await server.signIn();
  });
  after(() => server.stop());
  afterEach('serves a user as before', async () => {
    expect((await ask('/me')).status).to.equal(200);
    expect(server.process.output()).to.not.include('"level":50');
  });

  /** Attacks faster than the 50 requests a second that one token has; so it asks again when it is told to. */
  const ask = async (path: string, init?: RequestInit): Promise<Response> => {
    for (;;) {
      const answer = await nbi.fetch(path, init);
      if (answer.status !== 429) return answer;
      await pause(200);
    }
  };
  const json = (body: string | Buffer, headers: Record<string, string> = {}): RequestInit => ({
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: new Uint8Array(Buffer.from(body)),
  });
  const at = (path: string): string => `${server.consoleUrl}/api/v1${path}`;
  const refused = async (path: string, init: RequestInit = {}): Promise<Problem> => {
    const answer = await ask(path, init);
    const problem = (await answer.json()) as Problem;
    expect(answer.headers.get('content-type')).to.include('application/problem+json');
    expect(answer.status, JSON.stringify(problem)).to.be.within(400, 499);
    return problem;
  };
  const signIn = (body: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(at('/auth/session'), json(body, headers));
  const login = JSON.stringify({ username: 'admin', password: PASSWORD });
  const device = (more: Record<string, unknown>): string =>
    JSON.stringify({ oui: '02A0C4', productClass: 'GW', serialNumber: 'X', ...more });

  describe('by bodies', () => {
    it('refuses megabytes of brackets and of values without parsing them', async () => {
      const bombs = [
        '['.repeat(5e6) + ']'.repeat(5e6),
        '['.repeat(1e7),
        '{"a":'.repeat(1.6e6) + '1' + '}'.repeat(1.6e6),
        `{"properties":{${'"a":1,'.repeat(1.6e6)}"b":1}}`,
        `{"properties":{"a":"${'\\"['.repeat(2e6)}"}`,
      ];
      const began = Date.now();
      for (const bomb of bombs) expect((await refused('/devices', json(bomb))).code).to.equal('bad-request');
      expect(Date.now() - began).to.be.lessThan(8_000);
    });

    it('takes no more than 64 kB from whoever has no credentials', async () => {
      expect((await signIn(`{"username":"${'x'.repeat(70_000)}"}`)).status).to.equal(413);
      const form = { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } };
      const body = `a${'[b]'.repeat(100_000)}=1`;
      expect((await fetch(at('/auth/oauth_password'), { ...form, body })).status).to.equal(413);
    });

    it('names at most a hundred wrong fields', async () => {
      const properties = Object.fromEntries(Array.from({ length: 5_000 }, (_, number) => [`p${number}`, 1]));
      expect((await refused('/devices', json(device({ properties })))).errors?.length).to.be.within(1, 100);
      const unknown = Object.fromEntries(Array.from({ length: 5_000 }, (_, number) => [`u${number}`, 1]));
      expect((await refused('/devices', json(device(unknown)))).errors?.length).to.be.within(1, 100);
    });

    it('refuses operators, prototypes, wrong types and what is no JSON in every place', async () => {
      for (const body of [
        device({ oui: { $gt: '' } }),
        device({ $where: 'sleep(1000)' }),
        device({ properties: { a: { $ne: null } } }),
        device({ constructor: { prototype: { administrator: true } } }),
        '{"oui":"02A0C4","oui":{"$gt":""},"productClass":"GW","serialNumber":"X"}',
        '{"__proto__":{"administrator":true},"oui":"02A0C4","productClass":"GW","serialNumber":"X"}',
        '{"oui":"02A0C4","productClass":"GW","serialNumber":"X","properties":{"\\u005f_proto__":"x"}}',
        '"text"',
        'null',
        '[]',
        '{',
        '\u0000',
      ])
        await refused('/devices', json(body));
      await refused('/devices', json('oui=1', { 'content-type': 'application/x-www-form-urlencoded' }));
      await refused('/devices', json('{}', { 'content-type': 'text/plain' }));
      await refused('/devices', json('{}', { 'content-encoding': 'br' }));
      expect((await signIn('{"username":{"$gt":""},"password":{"$gt":""}}')).status).to.equal(422);
      for (const query of [
        'oui[$gt]=',
        'limit=-1',
        'limit=1e9',
        'cursor=W3siJGd0IjoiIn1d',
        '__proto__=1',
        'a=1&a=2',
      ])
        await refused(`/devices?${query}`);
    });

    it('keeps names with operators as names, in the audit too, and refuses NUL in them', async () => {
      const properties = { $where: '1', 'a.b': '2', $gt: '4', '%24': '5' };
      const made = await ask('/devices', json(device({ serialNumber: 'NAMES', properties })));
      expect(made.status).to.equal(201);
      const { id } = (await made.json()) as { id: string };
      const shown = await nbi.get<{ properties: Record<string, string> }>(
        `/devices/${encodeURIComponent(id)}`,
      );
      expect(shown.properties).to.deep.equal(properties);
      const { items } = await nbi.get<{ items: { object: string }[] }>('/audit?action=createDevice');
      expect(items.map(({ object }) => object)).to.include(id);
      for (const refused of [{ 'nul\u0000name': '3' }, { nul: '3\u0000' }]) {
        const body = json(device({ serialNumber: 'NUL', properties: refused }));
        expect((await ask('/devices', body)).status).to.equal(422);
      }
    });
  });

  it('answers 404 to ids that do not exist, whatever they are', async () => {
    const ids = [
      'x',
      '%00',
      '%FF',
      '%ED%A0%80',
      '..%2f..%2fusers',
      '__proto__',
      '%7B%22$gt%22:%22%22%7D',
      '$where',
    ];
    for (const kind of ['devices', 'tasks', 'executions', 'resources', 'users', 'sessions'])
      for (const id of ids) {
        const { status } = await ask(`/${kind}/${id}`);
        expect(status, `${kind}/${id}`).to.be.oneOf([400, 404]);
      }
  });

  it('serves no file but the built console', async () => {
    for (const path of [
      '/../../package.json',
      '/..%2f..%2fpackage.json',
      '/%2e%2e/%2e%2e/package.json',
      '/..%5c..%5cpackage.json',
      '/assets/..%2f..%2f..%2fmain.js',
      '/assets/%00',
      '/assets/%',
      '/.git/config',
      '//etc/passwd',
      '/api/docs/..%2f..%2f..%2fpackage.json',
    ]) {
      const answer = await answerTo(
        server.ports.http,
        `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
      );
      const [status = ''] = answer.split('\r\n');
      if (status.includes('200'))
        expect(answer, path)
          .to.match(/content-type: text\/html/i)
          .and.include('<div id=');
      else expect(status, path).to.match(/ 40[014] /);
    }
  });

  describe('by pages of other origins', () => {
    it('gives the session a cookie of its own that no script and no other site gets at', async () => {
      const answer = await signIn(login, { cookie: 'provost_session=fixed' });
      const cookie = answer.headers.get('set-cookie') ?? '';
      expect(cookie).to.match(/^provost_session=pvs_[\w-]{40,}; Path=\/; HttpOnly; SameSite=Strict$/);
      expect((await fetch(at('/me'), { headers: { cookie: 'provost_session=fixed' } })).status).to.equal(401);
      const proxied = await signIn(login, { 'x-forwarded-proto': 'https' });
      expect(proxied.headers.get('set-cookie')).to.include('; Secure');
    });

    it('refuses log-ins and changes that they send', async () => {
      const answer = await signIn(login);
      const cookie = (answer.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
      const { csrfToken } = (await answer.json()) as { csrfToken: string };
      const change = async (headers: Record<string, string>): Promise<number> =>
        (await fetch(at('/devices'), json(device({ serialNumber: 'CSRF' }), { cookie, ...headers }))).status;
      const token = { 'x-csrf-token': csrfToken };
      expect(await change({})).to.equal(403);
      expect(await change({ 'x-csrf-token': 'wrong' })).to.equal(403);
      for (const origin of [
        'http://evil.example',
        'null',
        'http://127.0.0.1.evil.example',
        `${server.consoleUrl}0`,
      ]) {
        expect(await change({ ...token, origin }), origin).to.equal(403);
        expect((await signIn(login, { origin })).status, origin).to.equal(403);
      }
      expect(await change({ ...token, 'sec-fetch-site': 'cross-site' })).to.equal(403);
      expect(await change({ ...token, origin: server.consoleUrl })).to.equal(201);
      // The cookie's value is no bearer token, and dies with the session.
      const bearer = { authorization: `Bearer ${cookie.split('=')[1] ?? ''}` };
      expect((await fetch(at('/me'), { headers: bearer })).status).to.equal(401);
      expect(
        (await fetch(at('/auth/session'), { method: 'DELETE', headers: { cookie, ...token } })).status,
      ).to.equal(204);
      expect((await fetch(at('/me'), { headers: { cookie } })).status).to.equal(401);
    });

    it('sends headers that keep its pages from being framed, sniffed or scripted', async () => {
      for (const path of ['/', '/api/v1/me', '/nowhere']) {
        const { headers } = await fetch(server.consoleUrl + path);
        const policy = headers.get('content-security-policy') ?? '';
        expect(policy, path).to.include("default-src 'self'").and.include("frame-ancestors 'none'");
        expect(policy).to.include("script-src 'self';").and.include("object-src 'none'");
        expect(headers.get('x-content-type-options')).to.equal('nosniff');
        expect(headers.get('x-frame-options')).to.equal('DENY');
        expect(headers.get('referrer-policy')).to.equal('no-referrer');
        expect(headers.get('access-control-allow-origin')).to.equal(null);
      }
    });
  });

  it('gives files names that start no header and leave no folder', async () => {
    const upload = async (fileName: string): Promise<Response> => {
      const form = new FormData();
      form.set('category', 'image');
      form.set('name', `of ${encodeURIComponent(Buffer.from(fileName).toString('hex'))}`);
      form.set('fileName', fileName);
      form.set('file', new Blob(['x']), 'x.bin');
      return ask('/resources', { method: 'POST', body: form });
    };
    for (const name of ['../x', 'a/b', 'a\\b', 'a\u0000b', 'a\nSet-Cookie: x=1'])
      expect((await upload(name)).status, JSON.stringify(name)).to.be.oneOf([400, 422]);
    for (const name of ['a"; filename="b.html', 'ä€', "'*()%0d%0a", '\u202Eexe.bin']) {
      const made = await upload(name);
      expect(made.status, name).to.equal(201);
      const { id } = (await made.json()) as { id: string };
      const { status, headers } = await ask(`/resources/${id}/content`);
      expect(status).to.equal(200);
      expect(headers.get('content-disposition')).to.match(
        /^attachment; filename="[\w.-]*"; filename\*=UTF-8''[\w.~!'()*%-]*$/,
      );
    }
  });

  it('knows no version by a tag that it did not give', async () => {
    const change = async (tag: string): Promise<number> => {
      const headers = { 'content-type': 'application/json', 'if-match': tag };
      return (await ask('/users/admin', { method: 'PATCH', headers, body: '{"name":"x"}' })).status;
    };
    for (const tag of ['W/"1"', '1', '"999999999999999999999"', '""', ', , ,', '"-1"', '"1.x', '"1e0"'])
      expect(await change(tag), tag).to.equal(412);
  });

  it('tells a stream that resumes after a made-up event that there is a gap', async () => {
    for (const id of ['abc', '9'.repeat(500), '-1', '{"$gt":""}', 'ffffffffffffffffffffffff']) {
      const gone = new AbortController();
      const { body } = await ask('/events/stream', {
        headers: { 'last-event-id': id },
        signal: gone.signal,
      });
      let text = '';
      for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
        text += Buffer.from(chunk).toString();
        if (text.includes('data:')) break;
      }
      gone.abort();
      expect(text).to.include('stream.gap');
    }
  });

  // The last one: it leaves the administrator's log-in limited.
  describe('by guesses', () => {
    it('tries no more of hundreds of log-ins at once than of one after the other, and writes nothing into the log', async () => {
      const forged = 'x\n{"level":60,"msg":"FORGED"}\u001B[2J';
      expect((await signIn(JSON.stringify({ username: forged, password: 'y' }))).status).to.equal(401);
      const tries = Array.from({ length: 120 }, (_, number) =>
        signIn(JSON.stringify({ username: 'admin', password: `guess ${number}` })),
      );
      const statuses = (await Promise.all(tries)).map(({ status }) => status);
      expect(statuses.filter((status) => status === 401).length).to.be.within(10, 12);
      expect(statuses.filter((status) => status === 401 || status === 429)).to.have.length(120);
      // Who is signed in goes on.
      expect((await ask('/me')).status).to.equal(200);
      const output = server.process.output();
      expect(output.split('\n').some((line) => line.startsWith('{"level":60'))).to.equal(false);
      expect(output).to.not.include('\u001B');
    });
  });
});
