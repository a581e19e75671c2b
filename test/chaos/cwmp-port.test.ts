import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { inform } from '../acs/cwmp/envelopes.js';
import { ChaosServer } from './chaos-server.js';
import { answerTo, post, RawConnection } from './raw-connection.js';

describe('The CWMP port under attack', function () {
  this.timeout(90_000);
  let server: ChaosServer;
  let port: number;

  before(async () => {
    server = await ChaosServer.start();
    port = server.ports.cwmp;
  });
  after(() => server.stop());
  afterEach('serves a CPE as before', async () => {
    const answer = await answerTo(port, post(inform({ serial: 'GOOD' }), ['Connection: close']));
    expect(answer).to.match(/^HTTP\/1\.1 200 OK\r\n[\s\S]*InformResponse/);
  });

  const cookieOf = (answer: string): string => /Set-Cookie: (session=[\w-]+)/.exec(answer)?.[1] ?? '';
  const closing = (body: string, ...headers: string[]): Promise<string> =>
    answerTo(port, post(body, ['Connection: close', ...headers]));
  const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
  const answers = (count: number) => (received: string) =>
    received.split('HTTP/1.1 ').length > count && received.endsWith('>');

  describe('by what is no HTTP', () => {
    const GARBAGE: Record<string, [string | Buffer, number]> = {
      'a TLS ClientHello': [Buffer.from('16030100a5010000a103035f', 'hex'), 400],
      'HTTP/0.9': ['GET\r\n\r\n', 400],
      'headers of 100 kB': [`POST / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`, 431],
      'two lengths': ['POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc', 400],
      'a length and chunks': [
        'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
        400,
      ],
      'a chunk of no size': ['POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', 400],
      'another expectation': ['POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: tea\r\n\r\n', 417],
    };
    for (const [what, [bytes, status]] of Object.entries(GARBAGE))
      it(`answers ${status} to ${what} and closes`, async () => {
        expect(statusOf(await answerTo(port, bytes))).to.equal(status);
      });

    it('says so once, and fills no log with a thousand more', async () => {
      for (let round = 0; round < 10; round += 1)
        await Promise.all(Array.from({ length: 100 }, () => closing('no envelope')));
      const lines = server.process.output().split('\n');
      expect(lines.filter((line) => line.includes('was refused')).length).to.be.at.most(20);
      expect(lines.filter((line) => line.includes('not logged for a minute'))).to.have.length(1);
    });
  });

  for (const method of ['GET', 'HEAD', 'PUT', 'OPTIONS', 'DELETE', 'TRACE', 'PATCH'])
    it(`answers 405 to ${method}`, async () => {
      const answer = await answerTo(port, `${method} / HTTP/1.1\r\nHost: a\r\n\r\n`);
      expect(answer).to.match(/^HTTP\/1\.1 405 [\s\S]*\r\nAllow: POST\r\n/);
    });

  it('closes after each answer where HTTP/1.0 or Connection: close says so', async () => {
    const old = await answerTo(port, post(inform()).replace('HTTP/1.1', 'HTTP/1.0'));
    expect(old).to.include('Connection: close').and.to.include('InformResponse');
    expect(await closing(inform()))
      .to.include('Connection: close')
      .and.to.include('InformResponse');
    const kept = await RawConnection.open(port);
    await kept
      .send(post(inform()).replace('HTTP/1.1\r\n', 'HTTP/1.0\r\nConnection: keep-alive\r\n'))
      .until(answers(1));
    expect(kept.received).to.include('Connection: keep-alive');
    await kept.send(post('')).until((received) => received.includes('204 No Content'));
    await kept.end();
  });

  it('does not mind content types, and answers 415 to codings that it does not know', async () => {
    for (const type of ['application/json', 'multipart/form-data', 'x', 'text/xml; charset=nonsense'])
      expect(statusOf(await closing(inform(), `Content-Type: ${type}`)), type).to.equal(200);
    expect(statusOf(await closing(inform(), 'Content-Encoding: br'))).to.equal(415);
  });

  it('answers an Inform that has garbage behind it, closes, and goes on by the cookie', async () => {
    for (const tail of ['\0', '\n\0\0', '<trailing/>', '\r\n\r\nGET / HTTP/9.9\r\n\r\n']) {
      const answer = await answerTo(port, post(inform()) + tail);
      expect(answer.match(/HTTP\/1\.1 /g), tail).to.have.length(1);
      expect(answer).to.include('InformResponse').and.to.include('Connection: close');
      expect(statusOf(await closing('', `Cookie: ${cookieOf(answer)}`))).to.equal(204);
    }
  });

  describe('by requests that do not wait for answers', () => {
    it('takes a session in one packet in its order', async () => {
      const connection = await RawConnection.open(port);
      connection.send(post(inform()) + post('') + post(''));
      await connection.end();
      expect(connection.statuses).to.deep.equal([200, 204]);
    });

    it('answers two Informs at once in their order, and the later one counts', async () => {
      const connection = await RawConnection.open(port);
      await connection.send(post(inform()) + post(inform({ event: '1 BOOT' }))).until(answers(2));
      const [older = '', newer = ''] = [...connection.received.matchAll(/Set-Cookie: (session=[\w-]+)/g)].map(
        ([, cookie]) => cookie,
      );
      connection.close();
      // Of the older session nothing is left: an empty POST is the last one of a CPE that does not know yet.
      expect(statusOf(await closing('<not/>', `Cookie: ${older}`))).to.equal(400);
      expect(statusOf(await closing('', `Cookie: ${newer}`))).to.equal(204);
    });

    it('does not let a refusal overtake the answer before it', async () => {
      const connection = await RawConnection.open(port);
      connection.send(`${post(inform())}POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n`);
      await connection.end();
      expect(connection.statuses).to.deep.equal([200, 413]);
    });

    it('ends a connection that heaps them up', async () => {
      const connection = await RawConnection.open(port);
      connection.send(post(inform()).repeat(2_000));
      await connection.end();
      expect(connection.statuses.length).to.be.lessThan(20);
    });
  });

  it('takes Expect: 100-continue, and refuses what is announced as too large before it comes', async () => {
    const body = inform();
    const connection = await RawConnection.open(port);
    const head = 'POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n';
    connection.send(`${head}Content-Length: ${body.length}\r\n\r\n`);
    await connection.until((received) => received.startsWith('HTTP/1.1 100 Continue'));
    await connection.send(body).until((received) => received.includes('InformResponse'));
    connection.close();
    expect(statusOf(await answerTo(port, `${head}Content-Length: 999999999\r\n\r\n`))).to.equal(413);
  });

  it('inflates hundreds of bombs without growing or standing still', async () => {
    const bomb = gzipSync(Buffer.concat([Buffer.from('<'), Buffer.alloc(4 * 1024 * 1024 - 1, ' ')]));
    const before = residentBytes();
    const request = Buffer.from(post(bomb, ['Content-Encoding: gzip', 'Connection: close']), 'latin1');
    const began = Date.now();
    const all = await Promise.all(Array.from({ length: 300 }, () => answerTo(port, request, 15_000)));
    expect(new Set(all.map(statusOf))).to.deep.equal(new Set([413]));
    expect(Date.now() - began).to.be.lessThan(8_000);
    if (before !== null) expect((residentBytes() ?? 0) - before).to.be.lessThan(300 * 1024 * 1024);
  });

  it('reads headers that were made to be searched for ever in no time', async () => {
    const began = Date.now();
    for (const value of [
      `Digest ${'a'.repeat(15_000)}`,
      `Digest ${'a="'.repeat(5_000)}`,
      `Digest a${' '.repeat(15_000)}`,
    ])
      for (let round = 0; round < 5; round += 1) await closing(inform(), `Authorization: ${value}`);
    for (const cookie of ['session=a;'.repeat(1_500), 'session="'.repeat(1_600), ',;= '.repeat(3_500)])
      await closing('', `Cookie: ${cookie}`);
    expect(Date.now() - began).to.be.lessThan(3_000);
  });

  describe('by cookies', () => {
    it('knows none but its own: made-up ones by the thousand, huge ones, ones that name other things', async () => {
      for (let round = 0; round < 20; round += 1) {
        const header = Array.from({ length: 500 }, (_, at) => `session=x${round}-${at}`).join('; ');
        expect(statusOf(await closing('<a/>', `Cookie: ${header}`))).to.equal(400);
      }
      for (const value of ['__proto__', 'constructor', '', 'x'.repeat(12_000), '%00'])
        expect(statusOf(await closing('<a/>', `Cookie: session=${value}`)), value).to.equal(400);
    });

    it('never takes one that the CPE chose', async () => {
      const answer = await closing(inform(), 'Cookie: session=fixed');
      expect(cookieOf(answer)).to.match(/^session=[\w-]{24}$/);
      expect(statusOf(await closing('<a/>', 'Cookie: session=fixed'))).to.equal(400);
    });

    it('gives no way into the session of another device', async () => {
      const victim = cookieOf(await closing(inform({ serial: 'VICTIM' })));
      // A stolen cookie with another identity opens a session of that identity.
      const thief = await RawConnection.open(port);
      await thief.send(post(inform({ serial: 'THIEF' }), [`Cookie: ${victim}`])).until(answers(1));
      expect(cookieOf(thief.received)).to.not.equal(victim);
      // On the thief's connection the victim's cookie contradicts it.
      thief.send(post('', [`Cookie: ${victim}`]));
      await thief.end();
      expect(thief.statuses).to.deep.equal([200, 400]);
      // Its own session goes on.
      expect(await closing('', `Cookie: ${victim}`)).to.include('GetParameter');
    });

    it('answers an empty POST with the cookie of an ended session by 204, anything else by 400', async () => {
      const cookie = cookieOf(await closing(inform({ serial: 'OVER' })));
      expect(statusOf(await closing('no envelope', `Cookie: ${cookie}`))).to.equal(400);
      expect(statusOf(await closing('', `Cookie: ${cookie}`))).to.equal(204);
      expect(statusOf(await closing('<a/>', `Cookie: ${cookie}`))).to.equal(400);
    });
  });

  function residentBytes(): number | null {
    try {
      const status = readFileSync(`/proc/${server.process.pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024;
    } catch {
      return null;
    }
  }
});
