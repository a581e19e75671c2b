import { expect } from 'chai';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { sendConnectionRequest, type ConnectionRequestResult } from '../../../acs/cwmp/connection-request.js';
import { digestAlgorithm, digestResponse, readAuthHeader } from '../../../acs/cwmp/digest.js';

describe('connection request over HTTP', () => {
  let server: Server;
  let port: number;
  const requests: { authorization: string | undefined; url: string; socket: Socket }[] = [];
  let answer: (request: IncomingMessage, response: ServerResponse) => void;

  beforeEach((done) => {
    requests.length = 0;
    server = createServer((request, response) => {
      const { authorization } = request.headers;
      requests.push({ authorization, url: request.url ?? '', socket: request.socket });
      answer(request, response);
    });
    server.listen(0, '127.0.0.1', () => {
      ({ port } = server.address() as AddressInfo);
      done();
    });
  });

  afterEach((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });

  function send(path = '/cr', timeoutMs = 2_000): Promise<ConnectionRequestResult> {
    return sendConnectionRequest({
      url: `http://127.0.0.1:${port}${path}`,
      username: 'acs',
      password: 'pw',
      timeoutMs,
    });
  }

  /** A CPE that wants Digest; what it offers decides what it accepts. */
  function device(
    challenge: string,
    status = 200,
  ): (request: IncomingMessage, response: ServerResponse) => void {
    return (request, response) => {
      const header = readAuthHeader(request.headers.authorization ?? '');
      const given = header?.parameters;
      const qopOffered = challenge.includes('qop');
      const right =
        given?.has('qop') === qopOffered &&
        given.has('nc') === qopOffered &&
        given.get('uri') === request.url &&
        given.get('opaque') === /opaque="([^"]*)"/.exec(challenge)?.[1] &&
        given.get('response') ===
          digestResponse({
            algorithm: digestAlgorithm(given.get('algorithm'))!,
            username: 'acs',
            password: 'pw',
            realm: 'cpe',
            method: 'GET',
            uri: request.url ?? '',
            nonce: 'n1',
            qop: given.get('qop'),
            nc: given.get('nc'),
            cnonce: given.get('cnonce'),
          });
      if (right) response.writeHead(status).end();
      else response.writeHead(401, { 'WWW-Authenticate': challenge }).end('denied');
    };
  }

  for (const [name, challenge] of [
    ['with qop', 'Digest realm="cpe", nonce="n1", qop="auth"'],
    [
      'with several qops and an opaque',
      'Digest realm="cpe",nonce="n1",opaque="xyz",qop="auth,auth-int",algorithm=MD5',
    ],
    ['without qop', 'Digest realm="cpe", nonce="n1"'],
    ['with SHA-256', 'Digest realm="cpe", nonce="n1", qop="auth", algorithm=SHA-256'],
    ['with MD5-sess', 'Digest realm="cpe", nonce="n1", qop="auth", algorithm=MD5-sess'],
  ] as const) {
    it(`is accepted by a device that asks for Digest ${name}, on one connection`, async () => {
      answer = device(challenge);
      const result = await send('/a%20b/c?x=1&y');
      expect(result).to.include({ status: 200, outcome: 'accepted' });
      expect(result.duration).to.be.at.least(0);
      expect(requests.map(({ url }) => url)).to.deep.equal(['/a%20b/c?x=1&y', '/a%20b/c?x=1&y']);
      expect(requests[1]?.socket).to.equal(requests[0]?.socket);
    });
  }

  it('takes 204 for accepted, and sends no credentials that are not asked for', async () => {
    answer = (_, response) => response.writeHead(204).end();
    expect(await send()).to.include({ status: 204, outcome: 'accepted' });
    expect(requests).to.have.length(1);
    expect(requests[0]?.authorization).to.equal(undefined);
  });

  it('answers Basic only when that alone is asked for', async () => {
    answer = (request, response) => {
      if (request.headers.authorization === `Basic ${Buffer.from('acs:pw').toString('base64')}`)
        response.end();
      else response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="cpe"' }).end();
    };
    expect((await send()).outcome).to.equal('accepted');
  });

  it('comes again on a new connection when the device closes the first one after its challenge', async () => {
    const inner = device('Digest realm="cpe", nonce="n1", qop="auth"');
    answer = (request, response) => {
      const first = requests[0]?.socket === request.socket;
      // The device resets the second request of a connection.
      if (first && requests.length > 1) request.socket.destroy();
      else inner(request, response);
    };
    expect((await send()).outcome).to.equal('accepted');
    expect(requests.length).to.equal(3);
    expect(requests[2]?.socket).to.not.equal(requests[0]?.socket);
  });

  it('comes on a new connection when the device says that it closes', async () => {
    const inner = device('Digest realm="cpe", nonce="n1"');
    answer = (request, response) => {
      response.setHeader('Connection', 'close');
      inner(request, response);
    };
    expect((await send()).outcome).to.equal('accepted');
  });

  it('tells refused from busy from anything else', async () => {
    answer = (_, response) =>
      response.writeHead(401, { 'WWW-Authenticate': 'Digest realm="x", nonce="y"' }).end();
    expect(await send()).to.include({ status: 401, outcome: 'refused-401' });
    answer = (_, response) => response.writeHead(503).end();
    expect(await send()).to.include({ status: 503, outcome: 'busy-503' });
    answer = (_, response) => response.writeHead(404).end();
    expect(await send()).to.include({ status: 404, outcome: 'unreachable' });
    answer = device('Digest realm="cpe", nonce="n1"', 503);
    expect(await send()).to.include({ status: 503, outcome: 'busy-503' });
  });

  it('does not follow redirects', async () => {
    answer = (_, response) => response.writeHead(302, { Location: '/elsewhere' }).end();
    expect((await send()).outcome).to.equal('unreachable');
    expect(requests).to.have.length(1);
  });

  it('gives up after its time, whatever the device does', async () => {
    answer = () => undefined;
    const result = await send('/cr', 60);
    expect(result).to.include({ status: null, outcome: 'timeout' });
    expect(result.duration).to.be.within(50, 1_000);
  });

  it('is refused without credentials, and says so without trying twice', async () => {
    answer = device('Digest realm="cpe", nonce="n1"');
    const url = `http://127.0.0.1:${port}/`;
    const result = await sendConnectionRequest({ url, username: null, password: null, timeoutMs: 1_000 });
    expect(result.outcome).to.equal('refused-401');
    expect(requests).to.have.length(1);
  });

  it('never rejects for an odd URL', async () => {
    const of = async (url: string | null): Promise<string> =>
      (await sendConnectionRequest({ url, username: 'a', password: 'b', timeoutMs: 500 })).outcome;
    expect(await of(null)).to.equal('no-url');
    expect(await of('   ')).to.equal('no-url');
    expect(await of('not a url')).to.equal('unreachable');
    expect(await of('http://')).to.equal('unreachable');
    expect(await of('https://192.0.2.1/')).to.equal('unreachable');
    expect(await of('http://0.0.0.0:7547/')).to.equal('unreachable');
    expect(await of('http://[::]:7547/')).to.equal('unreachable');
    expect(await of('http://127.0.0.1:1/')).to.equal('unreachable');
    expect(await of('http://nowhere.invalid/')).to.equal('unreachable');
  });

  it('takes a URL with blanks around it and without a path', async () => {
    answer = (_, response) => response.end();
    const url = ` http://127.0.0.1:${port} \n`;
    const result = await sendConnectionRequest({ url, username: 'a', password: 'b', timeoutMs: 1_000 });
    expect(result.outcome).to.equal('accepted');
    expect(requests[0]?.url).to.equal('/');
  });

  it('reaches a device by IPv6', async function () {
    answer = (_, response) => response.end();
    const six = createServer((request, response) => answer(request, response));
    const listening = await new Promise<boolean>((resolve) => {
      six.once('error', () => resolve(false));
      six.listen(0, '::1', () => resolve(true));
    });
    if (!listening) this.skip();
    const { port: port6 } = six.address() as AddressInfo;
    const url = `http://[::1]:${port6}/cr`;
    const result = await sendConnectionRequest({ url, username: 'a', password: 'b', timeoutMs: 1_000 });
    six.close();
    six.closeAllConnections();
    expect(result.outcome).to.equal('accepted');
  });
});
