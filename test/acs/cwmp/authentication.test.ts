import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { pino } from 'pino';
import {
  createAuthenticator,
  type AuthenticationMode,
  type Authenticator,
} from '../../../acs/cwmp/authentication.js';
import { answerChallenge, readChallenges } from '../../../acs/cwmp/digest.js';
import { createCwmpServer, type CwmpServer } from '../../../acs/cwmp/endpoint.js';
import { ManualClock, systemClock } from '../../../common/clock.js';
import { silentLog, type Log } from '../../../common/log.js';
import { SecretBox } from '../../../common/secret-box.js';
import { idOf, inform, values } from './envelopes.js';
import { FakeConductor } from './fake-conductor.js';
import { cookieOf, oneConnection, post, type Reply } from './http-client.js';

const secretBox = new SecretBox('a secret key for tests');

interface FakeDevice {
  oui: string;
  productClass: string;
  serialNumber: string;
  credentials: { acs: { username: string; password: string } | null };
}

/** As much of the devices collection as authentication uses. */
class FakeDevices {
  lookups = 0;
  readonly records: FakeDevice[] = [];

  add(serialNumber: string, username: string, password: string): void {
    const acs = { username, password: secretBox.seal(password) };
    this.records.push({ oui: '0019CB', productClass: 'Router', serialNumber, credentials: { acs } });
  }

  readonly collection = {
    findOne: (filter: { serialNumber: string; productClass: string; oui: { $in: string[] } }) => {
      this.lookups += 1;
      const found = this.records.find(
        (device) =>
          device.serialNumber === filter.serialNumber &&
          device.productClass === filter.productClass &&
          filter.oui.$in.includes(device.oui),
      );
      return Promise.resolve(found ?? null);
    },
  };
}

function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

describe('CPE authentication', () => {
  let devices: FakeDevices;
  let conductor: FakeConductor;
  let server: CwmpServer;
  let port: number;
  let logged: string[];

  async function start(
    mode: AuthenticationMode,
    failuresPerMinute = 20,
    authenticator?: Authenticator,
  ): Promise<void> {
    devices = new FakeDevices();
    conductor = new FakeConductor();
    logged = [];
    const log: Log = pino({ level: 'warn' }, { write: (line: string) => logged.push(line) });
    server = createCwmpServer({
      conductor,
      authenticator:
        authenticator ??
        createAuthenticator({
          mode,
          credentials: { username: 'cpe', password: 'global secret' },
          store: { devices: devices as never },
          secretBox,
          nonceSecret: 'n',
          clock: systemClock,
          log,
        }),
      clock: systemClock,
      log,
      limits: { failuresPerMinute },
    });
    ({ port } = await server.listen(0, '127.0.0.1'));
  }

  afterEach(() => server.close());

  function digestFor(reply: Reply, username: string, password: string, uri = '/'): string {
    const challenges = readChallenges([reply.headers['www-authenticate'] ?? '']);
    return answerChallenge(challenges, { username, password, method: 'POST', uri })!;
  }

  it('asks by Digest and lets in who answers, on a new connection too', async () => {
    await start('digest');
    const asked = await post(port, inform());
    expect(asked.status).to.equal(401);
    expect(asked.headers['www-authenticate']).to.match(
      /^Digest realm="Provost", qop="auth", nonce="[\w-]+", algorithm=MD5$/,
    );
    const headers = { Authorization: digestFor(asked, 'cpe', 'global secret') };
    expect((await post(port, inform(), { headers })).status).to.equal(200);
    expect(conductor.sessions).to.have.length(1);
  });

  it('needs no credentials once the session stands: the cookie or the connection is enough', async () => {
    await start('basic');
    conductor.script = [{ method: 'GetParameterValues', names: ['A'] }];
    const agent = oneConnection();
    const headers = { Authorization: basic('cpe', 'global secret') };
    const first = await post(port, inform(), { agent, headers });
    const asked = await post(port, '', { agent });
    const answer = values({ A: '1' }, { id: idOf(asked.text) });
    const last = await post(port, answer, { headers: { Cookie: cookieOf(first) } });
    expect(last.status).to.equal(204);
    agent.destroy();
  });

  it('offers Basic and Digest, each alone or both, and takes only what it offers', async () => {
    await start('any');
    const both = await post(port, inform());
    expect(
      readChallenges([both.headers['www-authenticate'] ?? '']).map(({ scheme }) => scheme),
    ).to.deep.equal(['digest', 'basic']);
    expect(
      (await post(port, inform(), { headers: { Authorization: basic('cpe', 'global secret') } })).status,
    ).to.equal(200);
    await server.close();
    await start('digest');
    expect(
      (await post(port, inform(), { headers: { Authorization: basic('cpe', 'global secret') } })).status,
    ).to.equal(401);
    expect(conductor.sessions).to.deep.equal([]);
  });

  it('wants a device to present its own credentials, not those of the installation or of another device', async () => {
    await start('any');
    devices.add('A', 'device-a', 'secret a');
    devices.add('B', 'device-b', 'secret b');
    const from = (serial: string, username: string, password: string): Promise<Reply> =>
      post(port, inform({ serial }), { headers: { Authorization: basic(username, password) } });
    expect((await from('A', 'device-a', 'secret a')).status).to.equal(200);
    expect((await from('B', 'device-a', 'secret a')).status).to.equal(401);
    expect((await from('B', 'cpe', 'global secret')).status).to.equal(401);
    expect((await from('unknown', 'device-a', 'secret a')).status).to.equal(401);
    expect((await from('unknown', 'cpe', 'global secret')).status).to.equal(200);
    const asked = await post(port, inform({ serial: 'B', oui: '0019cb' }));
    const headers = { Authorization: digestFor(asked, 'device-b', 'secret b') };
    expect((await post(port, inform({ serial: 'B', oui: '0019cb' }), { headers })).status).to.equal(200);
  });

  it('does not let an authenticated connection speak for another device', async () => {
    await start('any');
    devices.add('A', 'device-a', 'secret a');
    const agent = oneConnection();
    const headers = { Authorization: basic('device-a', 'secret a') };
    expect((await post(port, inform({ serial: 'A' }), { agent, headers })).status).to.equal(200);
    expect((await post(port, inform({ serial: 'A', retryCount: 1 }), { agent })).status).to.equal(200);
    expect((await post(port, inform({ serial: 'B' }), { agent })).status).to.equal(401);
    agent.destroy();
  });

  it('refuses the cookie of one device with the credentials of another, and harms no session', async () => {
    await start('any');
    devices.add('A', 'device-a', 'secret a');
    devices.add('B', 'device-b', 'secret b');
    conductor.script = [{ method: 'GetParameterValues', names: ['A'] }];
    const a = await post(port, inform({ serial: 'A' }), {
      headers: { Authorization: basic('device-a', 'secret a') },
    });
    await post(port, '', { headers: { Cookie: cookieOf(a) } });
    const headers = { Cookie: cookieOf(a), Authorization: basic('device-b', 'secret b') };
    expect((await post(port, values({ A: 'forged' }), { headers })).status).to.equal(401);
    expect(conductor.last.answers).to.have.length(1);
    expect(conductor.last.end).to.equal(null);
  });

  it('never takes an address for an identity', async () => {
    await start('any');
    const headers = { Authorization: basic('cpe', 'global secret') };
    await post(port, inform(), { headers });
    // Until the server has seen the end of the first connection, nobody waits at the address.
    let reply = await post(port, '');
    for (let tries = 0; reply.status === 204 && tries < 50; tries += 1) reply = await post(port, '');
    expect(reply.status).to.equal(401);
    expect((await post(port, '', { headers })).status).to.equal(204);
    expect(conductor.last.end?.reason).to.equal('complete');
  });

  it('shuts an address out after too many failures, with one line in the log, and lets open sessions go on', async () => {
    await start('basic', 3);
    const agent = oneConnection();
    await post(port, inform({ serial: 'good' }), {
      agent,
      headers: { Authorization: basic('cpe', 'global secret') },
    });
    const wrong = { Authorization: basic('cpe', 'guess') };
    const statuses: number[] = [];
    for (let tries = 0; tries < 5; tries += 1)
      statuses.push((await post(port, inform(), { headers: wrong })).status);
    expect(statuses).to.deep.equal([401, 401, 401, 429, 429]);
    const right = await post(port, inform(), { headers: { Authorization: basic('cpe', 'global secret') } });
    expect(right.status).to.equal(429);
    expect(Number(right.headers['retry-after'])).to.be.within(1, 60);
    expect(logged.filter((line) => line.includes('shut out'))).to.have.length(1);
    expect(logged.join('')).to.not.contain('guess').and.not.contain('global secret');
    expect((await post(port, '', { agent })).status).to.equal(204);
    agent.destroy();
  });

  it('does not count a first request without credentials', async () => {
    await start('digest', 2);
    for (let tries = 0; tries < 5; tries += 1) expect((await post(port, inform())).status).to.equal(401);
  });

  it('remembers the credentials of a device for a moment only', async () => {
    await start('basic');
    devices.add('A', 'device-a', 'secret a');
    const headers = { Authorization: basic('device-a', 'secret a') };
    await post(port, inform({ serial: 'A' }), { headers });
    await post(port, inform({ serial: 'A', retryCount: 1 }), { headers });
    expect(devices.lookups).to.equal(1);
  });

  describe('by Digest', () => {
    const clock = new ManualClock();
    const id = { manufacturer: '', oui: '0019CB', productClass: 'Router', serialNumber: 'S1' };

    function authenticator(): Authenticator {
      return createAuthenticator({
        mode: 'digest',
        credentials: { username: 'cpe', password: 'pw' },
        store: { devices: new FakeDevices() as never },
        secretBox,
        nonceSecret: 'n',
        clock,
        log: silentLog,
        nonceMs: 60_000,
      });
    }

    beforeEach(() => start('none'));

    const nonceOf = (from: Authenticator): string => /nonce="([^"]*)"/.exec(from.challenges(false)[0]!)![1]!;
    const attempt = async (to: Authenticator, authorization: string, url = '/acs?x=1'): Promise<string> => {
      const result = await to.authenticate({ authorization, method: 'POST', url, deviceId: id });
      return result.outcome === 'challenge' && result.stale ? 'stale' : result.outcome;
    };

    /** By hand, so that the check does not lean on the code that it checks. */
    function byHand(nonce: string, uri: string, fields: { qop?: boolean; sess?: boolean } = {}): string {
      const qop = fields.qop ?? true;
      let ha1 = md5('cpe:Provost:pw');
      if (fields.sess) ha1 = md5(`${ha1}:${nonce}:cn`);
      const ha2 = md5(`POST:${uri}`);
      const response = md5(qop ? `${ha1}:${nonce}:00000007:cn:auth:${ha2}` : `${ha1}:${nonce}:${ha2}`);
      const extra = qop ? ', qop="auth", nc="00000007", cnonce="cn"' : fields.sess ? ', cnonce="cn"' : '';
      const algorithm = fields.sess ? ', algorithm="MD5-sess"' : '';
      return `Digest username="cpe", realm="Provost", nonce="${nonce}", uri="${uri}", response="${response}"${extra}${algorithm}`;
    }

    it('takes the forms of RFC 2617 and RFC 2069, quotes everywhere, any nc and MD5-sess', async () => {
      const to = authenticator();
      const nonce = nonceOf(to);
      expect(await attempt(to, byHand(nonce, '/acs?x=1'))).to.equal('accepted');
      expect(await attempt(to, byHand(nonce, '/acs?x=1', { qop: false }))).to.equal('accepted');
      expect(await attempt(to, byHand(nonce, '/acs?x=1', { sess: true }))).to.equal('accepted');
      expect(
        await attempt(
          to,
          byHand(nonce, '/acs?x=1').replace(
            /response="(\w+)"/,
            (_, hex: string) => `response=${hex.toUpperCase()}`,
          ),
        ),
      ).to.equal('accepted');
    });

    it('takes a uri that is absolute or lacks the query, but not one of another place', async () => {
      const to = authenticator();
      const nonce = nonceOf(to);
      expect(await attempt(to, byHand(nonce, 'http://acs.example:7547/acs'))).to.equal('accepted');
      expect(await attempt(to, byHand(nonce, '/acs'))).to.equal('accepted');
      expect(await attempt(to, byHand(nonce, '/other'))).to.equal('rejected');
    });

    it('asks again, without a failure, when the nonce has aged or is of another server', async () => {
      const to = authenticator();
      const old = byHand(nonceOf(to), '/acs');
      clock.advance(61_000);
      expect(await attempt(to, old)).to.equal('stale');
      expect(to.challenges(true)[0]).to.contain('stale=true');
      expect(await attempt(to, byHand('0123456789abcdef', '/acs'))).to.equal('stale');
    });

    it('rejects a wrong password, user, realm and algorithm', async () => {
      const to = authenticator();
      const good = byHand(nonceOf(to), '/acs');
      for (const bad of [
        good.replace(/response="./, 'response="x'),
        good.replace('username="cpe"', 'username="root"'),
        good.replace('realm="Provost"', 'realm="x"'),
        `${good}, algorithm=SHA-512`,
        good.replace('qop="auth"', 'qop="auth-int"'),
        'Digest username="cpe"',
      ])
        expect(await attempt(to, bad), bad).to.equal('rejected');
      expect(await attempt(to, 'Bearer x')).to.equal('challenge');
      expect(await attempt(to, '')).to.equal('challenge');
    });
  });
});
