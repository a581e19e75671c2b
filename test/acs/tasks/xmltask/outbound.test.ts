import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { expect } from 'chai';
import { AddressGuard } from '../../../../acs/tasks/outbound/address-guard.js';
import { GuardedRestClient } from '../../../../acs/tasks/outbound/guarded-rest-client.js';
import { TelnetClient } from '../../../../acs/tasks/outbound/telnet-client.js';
import type { RestRequest } from '../../../../acs/tasks/ports/rest-client.js';
import { OutboundFailure } from '../../../../acs/tasks/ports/workflow-ports.js';

type Lookup = NonNullable<ConstructorParameters<typeof AddressGuard>[0]['resolve']>;

/** A resolver that answers with these addresses, one after the other. */
function resolver(...answers: string[]): Lookup {
  let count = 0;
  return ((_name: string, _options: unknown, callback: (error: null, found: object[]) => void) => {
    const address = answers[Math.min(count, answers.length - 1)] ?? '';
    count += 1;
    callback(null, [{ address, family: address.includes(':') ? 6 : 4 }]);
  }) as unknown as Lookup;
}

async function failureOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof OutboundFailure) return error.message;
    throw error;
  }
  throw new Error('It did not fail');
}

describe('Calls of workflows to other hosts', () => {
  let server: Server;
  let port = 0;
  let answer: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) =>
    response.end('{}');
  const seen: { url: string; headers: IncomingMessage['headers']; body: string }[] = [];
  const clients: GuardedRestClient[] = [];

  before(async () => {
    server = createServer((request, response) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        seen.push({
          url: request.url ?? '',
          headers: request.headers,
          body: Buffer.concat(pieces).toString(),
        });
        answer(request, response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  after(async () => {
    for (const client of clients) await client.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  beforeEach(() => {
    seen.length = 0;
    answer = (_request, response) => response.end('{}');
  });

  const client = (
    options: Partial<ConstructorParameters<typeof AddressGuard>[0]> = {},
  ): GuardedRestClient => {
    const made = new GuardedRestClient(
      new AddressGuard({
        ...{ hosts: ['api.test', '127.0.0.1'], privateNetworks: ['127.0.0.0/8'] },
        ...{ resolve: resolver('127.0.0.1') },
        ...options,
      }),
    );
    clients.push(made);
    return made;
  };
  const request = (more: Partial<RestRequest> = {}): RestRequest => ({
    ...{
      url: `http://api.test:${port}/a?b=c`,
      method: 'GET',
      headers: [],
      body: null,
      user: '',
      password: '',
    },
    ...{ authorization: '', oauth: null, timeoutMs: 5_000 },
    ...more,
  });

  it('reach a host on the list, with headers, body and credentials', async () => {
    answer = (_request, response) => response.writeHead(418).end('short and stout');
    const got = await client().call(
      request({
        method: 'POST',
        body: 'x',
        user: 'u',
        password: 'p',
        headers: [{ name: 'X-A', value: '1' }],
      }),
    );
    expect(got).to.deep.equal({ status: 418, text: 'short and stout' });
    expect(seen[0]).to.deep.include({ url: '/a?b=c', body: 'x' });
    expect(seen[0]?.headers).to.include({
      'x-a': '1',
      authorization: 'Basic dTpw',
      host: `api.test:${port}`,
    });
  });

  it('do not reach a host that is not on the list, whatever it resolves to', async () => {
    for (const url of [
      'http://other.test/',
      'http://api.test.evil.test/',
      'http://localhost/',
      'http://127.0.0.2/',
      'http://[::1]/',
    ])
      expect(await failureOf(client().call(request({ url })))).to.match(
        /is not allowed by the administrator$/,
      );
    expect(seen).to.deep.equal([]);
  });

  it('take *.name for all below a name and * for all', async () => {
    const url = `http://deep.api.test:${port}/`;
    expect((await client({ hosts: ['*.api.test'] }).call(request({ url }))).status).to.equal(200);
    expect((await client({ hosts: ['*'] }).call(request({ url }))).status).to.equal(200);
    expect(await failureOf(client({ hosts: ['*.api.test'] }).call(request()))).to.contain(
      'api.test is not allowed',
    );
  });

  it('do not reach private addresses, by name or by number, in any way of writing them', async () => {
    const closed = { hosts: ['*'], privateNetworks: [] };
    for (const address of [
      '127.0.0.1',
      '10.1.2.3',
      '169.254.169.254',
      '192.168.0.1',
      '172.31.0.1',
      '100.64.0.1',
      '0.0.0.0',
      '::1',
      'fe80::1',
      'fd00::1',
      '::ffff:127.0.0.1',
      '::ffff:7f00:1',
      '64:ff9b::a00:1',
      '2002:7f00:1::',
    ])
      expect(
        await failureOf(client({ ...closed, resolve: resolver(address) }).call(request())),
        address,
      ).to.contain('is private and not allowed');
    for (const host of ['127.0.0.1', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]', '[::]', '169.254.169.254'])
      expect(
        await failureOf(client(closed).call(request({ url: `http://${host}:${port}/` }))),
        host,
      ).to.contain('is private and not allowed');
    expect(seen).to.deep.equal([]);
  });

  it('look at the address when they connect: a name that changes it gains nothing', async () => {
    const rebinding = client({
      hosts: ['api.test'],
      privateNetworks: [],
      resolve: resolver('127.0.0.1', '8.8.8.8'),
    });
    expect(await failureOf(rebinding.call(request()))).to.contain('is private');
    expect(seen).to.deep.equal([]);
  });

  it('follow no redirect: it is a result', async () => {
    answer = (_request, response) => response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
    expect((await client().call(request())).status).to.equal(302);
    expect(seen).to.have.length(1);
  });

  it('end when the answer is too late, too large, or not HTTP', async () => {
    answer = () => undefined;
    expect(await failureOf(client().call(request({ timeoutMs: 50 })))).to.contain('did not answer in time');
    answer = (_request, response) => response.end('x'.repeat(1_100_000));
    expect(await failureOf(client().call(request()))).to.equal('the answer is over 1 MiB');
    answer = (incoming) => incoming.socket.destroy();
    expect(await failureOf(client().call(request()))).to.contain('cannot be reached');
  });

  it('refuse other schemes, credentials in the URL and headers of the connection', async () => {
    for (const url of ['file:///etc/passwd', 'ftp://api.test/', 'no url', ''])
      expect(await failureOf(client().call(request({ url })))).to.contain('no http or https URL');
    expect(await failureOf(client().call(request({ url: 'http://u:p@api.test/' })))).to.contain(
      'credentials',
    );
    expect(await failureOf(client().call(request({ headers: [{ name: 'Host', value: 'x' }] })))).to.contain(
      'cannot be set',
    );
  });

  it('ask for an OAuth2 token first', async () => {
    answer = (incoming, response) => response.end(incoming.url === '/token' ? '{"access_token":"T"}' : '{}');
    await client().call(
      request({
        oauth: {
          ...{ tokenUrl: `http://api.test:${port}/token`, clientId: 'id', clientSecret: 's', scope: 'a b' },
          ...{ grant: 'client_credentials', refreshToken: '' },
        },
      }),
    );
    expect(seen[0]).to.include({ url: '/token', body: 'grant_type=client_credentials&scope=a+b' });
    expect(seen[1]?.headers.authorization).to.equal('Bearer T');
  });

  it('speak Telnet: options are refused, the output of the command alone is kept', async () => {
    const written: number[] = [];
    const telnet = createTcpServer((socket) => {
      socket.write(Buffer.from([255, 253, 1, 255, 251, 3, ...Buffer.from('login banner\n')]));
      socket.on('data', (data) => {
        written.push(...data);
        if (data.includes('\n'))
          socket.end(
            Buffer.from([
              ...Buffer.from('up 5'),
              255,
              255,
              255,
              250,
              1,
              2,
              255,
              240,
              ...Buffer.from(' days'),
            ]),
          );
      });
    });
    await new Promise<void>((resolve) => telnet.listen(0, '127.0.0.1', resolve));
    const guard = new AddressGuard({ hosts: ['127.0.0.1'], privateNetworks: ['127.0.0.1'] });
    const host = {
      address: '127.0.0.1',
      port: (telnet.address() as AddressInfo).port,
      connectMs: 2_000,
      maxBufferSize: 1_000,
    };
    const output = await new TelnetClient(guard).run(host, {
      command: 'uptime',
      waitMs: 5_000,
      windowsEndline: true,
    });
    expect(output).to.match(/^up 5.* days$/);
    expect(Buffer.from(written).toString('latin1')).to.contain('uptime\r\n');
    expect(written.slice(0, 6)).to.deep.equal([255, 252, 1, 255, 254, 3]);
    await new Promise((resolve) => telnet.close(resolve));
  });
});
