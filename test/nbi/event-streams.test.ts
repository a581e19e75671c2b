import { connect, type Socket } from 'node:net';
import { expect } from 'chai';
import { request } from 'undici';
import { MemoryEventBus } from '../../common/event-bus.js';
import { systemClock } from '../../common/clock.js';
import { eventStream, type EventStreamOptions } from '../../nbi/http/event-stream.js';
import { ADMIN, startNbi, type Nbi } from './harness.js';

interface Opened {
  status: number;
  /** The problem, where it is refused. */
  body: () => Promise<Record<string, unknown>>;
  retryAfter: string | undefined;
  /** Resolves when the server has ended it. */
  ended: Promise<void>;
  leave: () => void;
}

const PER_USER = 2;

describe('event streams', () => {
  let nbi: Nbi;
  beforeEach(async () => {
    nbi = await startNbi({ limits: { streams: 3, streamsPerUser: PER_USER, streamGrace: 20 } });
  });
  afterEach(() => nbi.close());

  async function open(token: string): Promise<Opened> {
    const abort = new AbortController();
    const answer = await request(`${nbi.base}/api/v1/events/stream`, {
      headers: { authorization: `Bearer ${token}` },
      signal: abort.signal,
    });
    const { statusCode: status, body } = answer;
    if (status !== 200)
      return {
        status,
        body: () => body.json() as Promise<Record<string, unknown>>,
        retryAfter: answer.headers['retry-after'] as string | undefined,
        ended: Promise.resolve(),
        leave: () => undefined,
      };
    const ended = new Promise<void>((resolve) => {
      body.once('end', resolve);
      body.once('error', () => resolve());
    });
    body.resume();
    return {
      status,
      body: () => Promise.resolve({}),
      retryAfter: undefined,
      ended,
      leave: () => abort.abort(),
    };
  }
  /** Opens one as soon as there is a place. */
  async function openSoon(token: string): Promise<Opened> {
    for (;;) {
      const opened = await open(token);
      if (opened.status === 200) return opened;
      await opened.body();
    }
  }
  const adminToken = (): Promise<string> => nbi.login(ADMIN.login, ADMIN.password);
  const loginOf = async (token: string): Promise<string> =>
    (await nbi.call<{ login: string }>('/me', { token })).body.login;

  it('are limited for each user, whatever token they come by, and the answer to one more says why', async () => {
    const other = await nbi.userWith(['api', 'devices.read']);
    const [one, two] = [await open(await adminToken()), await open(await adminToken())];
    expect([one.status, two.status]).to.deep.equal([200, 200]);
    const refused = await open(await adminToken());
    expect(refused.status).to.equal(429);
    expect(Number(refused.retryAfter)).to.be.greaterThan(0);
    expect(await refused.body()).to.include({
      code: 'rate-limited',
      status: 429,
      detail: `admin has ${PER_USER} event streams open; more than that are not served`,
    });
    const others = await open(other);
    expect(others.status).to.equal(200);
    one.leave();
    const again = await openSoon(await adminToken());
    for (const stream of [two, others, again]) stream.leave();
  });

  it('are limited in total', async () => {
    const tokens = [];
    for (let count = 0; count < 4; count += 1) tokens.push(await nbi.userWith(['api', 'devices.read']));
    const opened = [];
    for (const token of tokens) opened.push(await open(token));
    expect(opened.map(({ status }) => status)).to.deep.equal([200, 200, 200, 429]);
    expect(await opened[3]?.body()).to.include({ code: 'rate-limited' });
    for (const stream of opened) stream.leave();
  });

  it('end at once when their token is revoked', async () => {
    const made = await nbi.call<{ id: string; token: string }>('/users/admin/tokens', {
      body: { name: 'stream' },
    });
    const stream = await open(made.body.token);
    await nbi.call(`/users/admin/tokens/${made.body.id}`, { method: 'DELETE' });
    await stream.ended;
    expect((await open(made.body.token)).status).to.equal(401);
  });

  it('end when their token expires, without waiting for the next sign of life', async () => {
    const expiresAt = new Date(Date.now() + 300);
    const made = await nbi.call<{ token: string }>('/users/admin/tokens', {
      body: { name: 'short', expiresAt: expiresAt.toISOString() },
    });
    const stream = await open(made.body.token);
    expect(stream.status).to.equal(200);
    await stream.ended;
    expect(Date.now()).to.be.within(expiresAt.getTime(), expiresAt.getTime() + 10_000);
  });

  for (const [what, act] of [
    ['is deleted', (path: string) => nbi.call(path, { method: 'DELETE', headers: { 'if-match': '*' } })],
    [
      'is made inactive',
      (path: string) =>
        nbi.call(path, { method: 'PATCH', body: { active: false }, headers: { 'if-match': '*' } }),
    ],
    [
      'is given another domain',
      (path: string) =>
        nbi.call(path, { method: 'PATCH', body: { domain: '/other/' }, headers: { 'if-match': '*' } }),
    ],
    [
      'is given another password',
      (path: string) =>
        nbi.call(path, {
          method: 'PATCH',
          body: { password: 'another password for tests' },
          headers: { 'if-match': '*' },
        }),
    ],
  ] as const)
    it(`end at once when their user ${what}`, async () => {
      const token = await nbi.userWith(['api', 'devices.read', 'me.profile']);
      const login = await loginOf(token);
      const stream = await open(token);
      expect(stream.status).to.equal(200);
      const answer = await act(`/users/${login}`);
      expect(answer.status).to.be.lessThan(300);
      await stream.ended;
    });

  it('of a client that does not read are cut off, and their place is free again', async () => {
    const token = await adminToken();
    const socket = await silentReader(nbi.base, token);
    const second = await open(token);
    expect((await open(token)).status).to.equal(429);
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    const data = { text: 'x'.repeat(100_000) };
    let free: Opened | null = null;
    // More than the kernel's buffers and the backlog hold.
    for (let count = 0; count < 400 && !free; count += 1) {
      nbi.events.publish('device.changed', 'D1', data);
      const tried = await open(token);
      if (tried.status === 200) free = tried;
      else await tried.body();
    }
    expect(free?.status).to.equal(200);
    socket.resume();
    await closed;
    second.leave();
    free?.leave();
  });

  describe('of one client', () => {
    const made = (options: Partial<EventStreamOptions>) => {
      const events = new MemoryEventBus(systemClock);
      const closing = new AbortController();
      let cutOff = (): void => undefined;
      const wasCutOff = new Promise<void>((resolve) => {
        cutOff = resolve;
      });
      const stream = eventStream({
        events,
        filter: { types: null, device: null, sees: () => true },
        after: null,
        heartbeat: 60_000,
        backlog: 10_000,
        grace: 10,
        allowance: () => Promise.resolve({ until: null }),
        onAccessChange: () => () => undefined,
        cutOff: () => cutOff(),
        closing: closing.signal,
        now: () => new Date(),
        ...options,
      });
      return { events, stream, wasCutOff };
    };

    it('that reads nothing keep no more than the backlog, then are cut off', async () => {
      const { events, stream, wasCutOff } = made({});
      for (let count = 0; count < 1_000; count += 1)
        events.publish('device.changed', `D${count}`, { text: 'x'.repeat(1_000) });
      expect(stream.readableLength).to.be.lessThan(25_000);
      await wasCutOff;
      expect(stream.destroyed).to.equal(true);
    });

    it('that reads late still get what waited, and no more', async () => {
      const { events, stream } = made({ grace: 60_000 });
      for (let count = 0; count < 100; count += 1)
        events.publish('device.changed', `D${count}`, { text: 'x'.repeat(1_000) });
      let text = '';
      for await (const chunk of stream) text += String(chunk);
      const ids = [...text.matchAll(/^id: /gm)].length;
      expect(ids).to.be.within(5, 50);
      expect(text.endsWith('\n\n')).to.equal(true);
    });

    it('whose rights cannot be looked up end', async () => {
      const { stream } = made({ allowance: () => Promise.reject(new Error('no store')) });
      let text = '';
      for await (const chunk of stream) text += String(chunk);
      expect(text).to.include('open');
    });
  });
});

/** A client that asks for the stream and then reads nothing. */
function silentReader(base: string, token: string): Promise<Socket> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(
        `GET /api/v1/events/stream HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAuthorization: Bearer ${token}\r\n\r\n`,
      );
    });
    socket.once('error', reject);
    socket.once('data', () => {
      socket.pause();
      socket.on('error', () => undefined);
      resolve(socket);
    });
  });
}
