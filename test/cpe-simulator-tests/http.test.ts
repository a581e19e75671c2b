import { createHash } from 'node:crypto';
import http from 'node:http';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import {
  Authenticator,
  AuthenticationGuard,
  parseAuthentication,
} from '../cpe-simulator/http/authentication.js';
import { CookieJar } from '../cpe-simulator/http/cookie-jar.js';
import { type Cpe, ManualTimers } from '../cpe-simulator/index.js';
import { rpcs } from './fake-acs.js';
import { Bench } from './support.js';

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

function get(url: string, authorization?: string): Promise<{ status: number; challenge: string }> {
  return new Promise((resolve, reject) => {
    const headers = authorization === undefined ? {} : { Authorization: authorization };
    http
      .get(url, { headers, agent: false }, (response) => {
        response.resume();
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            challenge: response.headers['www-authenticate'] ?? '',
          }),
        );
      })
      .on('error', reject);
  });
}

describe('HTTP of the simulated CPE', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await Bench.open();
  });

  afterEach(() => bench.close());

  it('envelopes have a Content-Type and an empty SOAPAction; the empty POST has neither', async () => {
    await bench.booted();
    const [inform, empty] = bench.acs.received;
    expect(inform?.headers).to.include({ 'content-type': 'text/xml; charset=utf-8', soapaction: '' });
    expect(empty?.headers)
      .to.include({ 'content-length': '0' })
      .and.not.to.have.any.keys('content-type', 'soapaction');
  });

  it('cookies of the ACS come back for the length of the session and not in the next', async () => {
    const cpe = await bench.booted();
    await cpe.inform();
    expect(bench.acs.received.map(({ headers }) => headers.cookie)).to.deep.equal([
      undefined,
      'session=s1',
      undefined,
      'session=s2',
    ]);
  });

  it('a session keeps its TCP connection, or opens one for each POST when told to', async () => {
    await bench.booted();
    expect(new Set(bench.acs.received.map(({ connection }) => connection)).size).to.equal(1);
    await bench.booted({ http: { connection: 'post' } });
    expect(new Set(bench.acs.received.slice(2).map(({ connection }) => connection)).size).to.equal(2);
  });

  for (const [name, challenge, pattern] of [
    [
      'Digest with qop',
      'Digest realm="ACS", nonce="n1", qop="auth,auth-int", opaque="o"',
      /^Digest .*qop=auth, nc=00000001, cnonce="/,
    ],
    ['Digest without qop', 'Digest realm="ACS", nonce="n1"', /^Digest (?!.*(qop|nc=|cnonce)).*response="/],
    ['Basic', 'Basic realm="ACS"', /^Basic /],
  ] as const) {
    it(`answers a ${name} challenge by repeating the same body`, async () => {
      bench.acs.override = ({ headers }) =>
        headers.authorization === undefined
          ? { status: 401, headers: { 'WWW-Authenticate': challenge } }
          : undefined;
      const cpe = await bench.booted({ acsUsername: 'u', acsPassword: 'p' });
      expect(cpe.sessions[0]?.error).to.equal(undefined);
      const [first, second] = bench.acs.received;
      expect(second?.body).to.equal(first?.body);
      expect(second?.headers.authorization).to.match(pattern);
      expect(cpe.sessions[0]?.statuses).to.deep.equal([401, 200, 204]);
    });
  }

  it('gives up when its credentials are refused', async () => {
    bench.acs.override = () => ({ status: 401, headers: { 'WWW-Authenticate': 'Basic realm="x"' } });
    const cpe = await bench.booted({ timers: new ManualTimers() });
    expect(cpe.sessions[0]?.error).to.match(/refuses the credentials/);
    expect(bench.acs.received).to.have.length(3);
  });

  for (const status of [302, 307]) {
    it(`follows a ${status} with the same body and stays at the new address`, async () => {
      bench.acs.override = ({ url }) =>
        url === '/acs' ? { status, headers: { Location: '/other' } } : undefined;
      const cpe = await bench.booted();
      expect(cpe.sessions[0]?.ok).to.be.true;
      expect(bench.acs.received.map(({ url }) => url)).to.deep.equal(['/acs', '/other', '/other']);
      expect(bench.acs.received[1]?.body).to.equal(bench.acs.received[0]?.body);
    });
  }

  it('follows no more than five redirects in a row, and no 301', async () => {
    bench.acs.override = () => ({ status: 302, headers: { Location: '/again' } });
    const cpe = await bench.booted({ timers: new ManualTimers() });
    expect(cpe.sessions[0]?.statuses).to.have.length(6);
    bench.acs.override = () => ({ status: 301, headers: { Location: '/again' } });
    expect((await cpe.inform()).statuses).to.deep.equal([301]);
  });

  it('can send gzip, chunks and Expect: 100-continue', async () => {
    const raw: { headers: http.IncomingHttpHeaders; body: Buffer }[] = [];
    const server = http.createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        raw.push({ headers: request.headers, body: Buffer.concat(parts) });
        response.writeHead(503, { 'Content-Length': '0' }).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = server.address() as { port: number };
      await bench.booted({
        acsUrl: `http://127.0.0.1:${port}/`,
        timers: new ManualTimers(),
        http: { gzip: true, chunked: true, expectContinue: true },
      });
      expect(raw[0]?.headers).to.include({
        'content-encoding': 'gzip',
        'transfer-encoding': 'chunked',
        expect: '100-continue',
      });
      expect(gunzipSync(raw[0]?.body ?? '').toString()).to.contain('<cwmp:Inform>');
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('sends the headers of its version: SessionTimeout, SupportedCWMPVersions, and any namespace', async () => {
    await bench.booted({ cwmpVersion: '1.4', sessionTimeout: 45 });
    const { body } = bench.acs.last('Inform');
    expect(body)
      .to.contain('>45</cwmp:SessionTimeout>')
      .and.to.contain('>1.0,1.1,1.2,1.3,1.4</cwmp:SupportedCWMPVersions>');
    bench.acs.override = ({ name }) =>
      name === 'Inform'
        ? {
            body: '<cwmp:InformResponse><MaxEnvelopes>1</MaxEnvelopes></cwmp:InformResponse>',
            namespace: 'urn:dslforum-org:cwmp-1-0',
          }
        : undefined;
    const old = await bench.booted({ cwmpVersion: '1.0' });
    expect(bench.acs.last('Inform').rpc?.namespace).to.equal('urn:dslforum-org:cwmp-1-0');
    expect(old.violations).to.deep.equal([]);
  });

  describe('for connection requests', () => {
    const credentials = { username: 'acs', password: 'secret' };
    let cpe: Cpe;

    const open = async (
      authentication: 'digest' | 'digest-without-qop' | 'basic' | 'none',
      whileInSession?: 'accept',
    ): Promise<void> => {
      cpe = await bench.booted({
        connectionRequest: { ...credentials, authentication, ...(whileInSession ? { whileInSession } : {}) },
      });
    };

    const request = async (given = credentials): Promise<number> => {
      const first = await get(cpe.connectionRequestUrl);
      if (first.status !== 401) return first.status;
      const authenticator = new Authenticator(given);
      authenticator.challenge([first.challenge]);
      const path = new URL(cpe.connectionRequestUrl).pathname;
      return (await get(cpe.connectionRequestUrl, authenticator.header('GET', path))).status;
    };

    for (const authentication of ['digest', 'digest-without-qop', 'basic', 'none'] as const) {
      it(`accepts the right credentials (${authentication}) and comes with 6 CONNECTION REQUEST`, async () => {
        await open(authentication);
        const session = cpe.waitFor('session');
        expect(await request()).to.equal(200);
        expect((await session).events.map(({ code }) => code)).to.deep.equal(['6 CONNECTION REQUEST']);
      });
    }

    it('answers wrong credentials with 401 and does not come', async () => {
      await open('digest');
      expect(await request({ username: 'acs', password: 'wrong' })).to.equal(401);
      expect(cpe.inSession).to.be.false;
    });

    it('answers 404 elsewhere and 503 in a session', async () => {
      await open('none');
      expect((await get(new URL('/', cpe.connectionRequestUrl).href)).status).to.equal(404);
      let during: Promise<number> | undefined;
      const end = cpe.on('rpc', ({ rpc }) => {
        if (rpc === 'GetRPCMethods') during = request();
      });
      cpe.addFault({ after: { rpc: 'Reboot' }, do: { delay: 100 } });
      await bench.ask(cpe, rpcs.methods, rpcs.reboot('x'));
      end();
      expect(await during).to.equal(503);
    });

    it('can accept one in a session and come again after it', async () => {
      await open('none', 'accept');
      const again = cpe.waitFor('session', ({ events }) => events.some(({ code }) => code.startsWith('6')));
      const end = cpe.on('rpc', () => void request());
      await bench.ask(cpe, rpcs.methods);
      end();
      await again;
    });

    it('uses new credentials once the session that set them is over', async () => {
      await open('digest');
      await bench.ask(
        cpe,
        rpcs.setValues({
          'Device.ManagementServer.ConnectionRequestUsername': ['string', 'new'],
          'Device.ManagementServer.ConnectionRequestPassword': ['string', 'better'],
        }),
      );
      expect(await request()).to.equal(401);
      const session = cpe.waitFor('session');
      expect(await request({ username: 'new', password: 'better' })).to.equal(200);
      await session;
    });
  });

  it('reads several challenges from one header', () => {
    const parsed = parseAuthentication(
      'Basic realm="a, b", Digest realm="c", qop="auth,auth-int", nonce=plain',
    );
    expect(parsed.map(({ scheme }) => scheme)).to.deep.equal(['basic', 'digest']);
    expect(Object.fromEntries(parsed[1]?.parameters ?? [])).to.deep.equal({
      realm: 'c',
      qop: 'auth,auth-int',
      nonce: 'plain',
    });
  });

  it('computes the example of RFC 2617', () => {
    const authenticator = new Authenticator({ username: 'Mufasa', password: 'Circle Of Life' });
    authenticator.challenge([
      'Digest realm="testrealm@host.com", qop="auth", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"',
    ]);
    const header = authenticator.header('GET', '/dir/index.html') ?? '';
    const parameters = parseAuthentication(header)[0]?.parameters ?? new Map<string, string>();
    const expected = md5(
      `939e7578ed9e3c518a452acee763bce9:dcd98b7102dd2f0e8b11d0f600bfb0c093:00000001:${parameters.get('cnonce') ?? ''}:auth:39aff3a2bab6126f332b942af96d3366`,
    );
    expect(parameters.get('response')).to.equal(expected);
  });

  it('a guard accepts a nonce that it made and no other', () => {
    const guard = new AuthenticationGuard('CPE');
    const credentials = { username: 'u', password: 'p' };
    const answer = (challenge: string): boolean => {
      const authenticator = new Authenticator(credentials);
      authenticator.challenge([challenge]);
      return guard.accepts('digest', authenticator.header('GET', '/x'), 'GET', '/x', credentials);
    };
    expect(answer(guard.challenge('digest'))).to.be.true;
    expect(answer(new AuthenticationGuard('CPE').challenge('digest'))).to.be.false;
    expect(answer(guard.challenge('digest-without-qop'))).to.be.false;
  });

  it('the cookie jar goes by path, expiry and host, and names what simple clients mangle', () => {
    const jar = new CookieJar();
    const url = new URL('http://acs.example/cwmp/in');
    expect(jar.store('a=1; Path=/', url)).to.equal(undefined);
    jar.store('b=2; Path=/other', url);
    jar.store('c=3', url);
    expect(jar.store('d="x y"', url)).to.match(/characters/);
    jar.store('d=; Max-Age=0', url);
    expect(jar.header(url)).to.equal('a=1; c=3');
    expect(jar.header(new URL('http://else.example/cwmp/in'))).to.equal(undefined);
  });
});
