import { expect } from 'chai';
import { connect, type Socket } from 'node:net';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deflateRawSync, deflateSync, gunzipSync, gzipSync } from 'node:zlib';
import { systemClock } from '../../../common/clock.js';
import { DeviceRefusedError, SessionSupersededError } from '../../../common/errors.js';
import { silentLog } from '../../../common/log.js';
import { createAuthenticator } from '../../../acs/cwmp/authentication.js';
import { CwmpProtocolError } from '../../../acs/cwmp/cwmp-protocol-error.js';
import { createCwmpServer, type CwmpServer } from '../../../acs/cwmp/endpoint.js';
import type { CwmpLimits } from '../../../acs/cwmp/cwmp-limits.js';
import type { AcsRequest } from '../../../acs/cwmp/messages.js';
import { SecretBox } from '../../../common/secret-box.js';
import { envelope, fault, idOf, inform, transferComplete, values } from './envelopes.js';
import { FakeConductor } from './fake-conductor.js';
import { cookieOf, eventually, oneConnection, post } from './http-client.js';
import { schemasPresent, validateEnvelope } from './xsd.js';

const GET_VALUES: AcsRequest = { method: 'GetParameterValues', names: ['Device.A'] };
const REBOOT: AcsRequest = { method: 'Reboot', commandKey: 'k' };
const CORPUS = fileURLToPath(new URL('../../../../shared/corpus/', import.meta.url));

const openDoor = createAuthenticator({
  mode: 'none',
  credentials: null,
  store: { devices: undefined as never },
  secretBox: new SecretBox('a key of enough length'),
  nonceSecret: 'x',
  clock: systemClock,
  log: silentLog,
});

describe('CWMP endpoint', () => {
  let conductor: FakeConductor;
  let server: CwmpServer;
  let port: number;
  const agents = new Set<ReturnType<typeof oneConnection>>();

  async function start(limits: Partial<CwmpLimits> = {}): Promise<void> {
    conductor = new FakeConductor();
    server = createCwmpServer({
      conductor,
      authenticator: openDoor,
      clock: systemClock,
      log: silentLog,
      limits,
      onEnvelope: (xml) => {
        if (schemasPresent) expect(validateEnvelope(xml)).to.deep.equal([]);
      },
    });
    ({ port } = await server.listen(0, '127.0.0.1'));
  }

  function connection(): ReturnType<typeof oneConnection> {
    const agent = oneConnection();
    agents.add(agent);
    return agent;
  }

  beforeEach(() => start());

  afterEach(async () => {
    for (const agent of agents) agent.destroy();
    agents.clear();
    await server.close();
    for (const session of conductor.sessions) expect(session.overlaps).to.equal(0);
  });

  describe('a session', () => {
    it('goes Inform, CPE requests, empty POST, ACS requests, 204', async () => {
      conductor.script = [GET_VALUES, REBOOT];
      const agent = connection();
      const first = await post(port, inform({ id: 'abc ' }), { agent });
      expect(first.status).to.equal(200);
      expect(first.headers['content-type']).to.equal('text/xml; charset=utf-8');
      expect(first.headers['content-length']).to.equal(String(first.body.length));
      expect(first.text).to.contain('<cwmp:InformResponse><MaxEnvelopes>1</MaxEnvelopes>');
      expect(idOf(first.text)).to.equal('abc ');
      const headers = { Cookie: cookieOf(first) };
      const completed = await post(port, transferComplete('k1', { id: 'tc' }), { agent, headers });
      expect(completed.text).to.contain('<cwmp:TransferCompleteResponse></cwmp:TransferCompleteResponse>');
      expect(idOf(completed.text)).to.equal('tc');
      const asked = await post(port, '', { agent, headers });
      expect(asked.text).to.contain('<cwmp:GetParameterValues>');
      const next = await post(port, values({ 'Device.A': '1' }, { id: idOf(asked.text) }), {
        agent,
        headers,
      });
      expect(next.text).to.contain('<cwmp:Reboot><CommandKey>k</CommandKey></cwmp:Reboot>');
      const last = await post(port, envelope('<cwmp:RebootResponse/>', { id: idOf(next.text) }), {
        agent,
        headers,
      });
      expect(last.status).to.equal(204);
      expect(last.body).to.have.length(0);
      expect(last.headers.connection).to.equal('close');

      const session = conductor.last;
      expect(session.contact).to.include({ cwmpVersion: '1.0', sourceIp: '127.0.0.1', tls: false });
      expect(session.received).to.have.length(1);
      expect(session.answers.map((answer) => answer?.kind)).to.deep.equal([
        undefined,
        'response',
        'response',
      ]);
      expect(session.end).to.include({ reason: 'complete', outstanding: null });
      expect(session.end?.rpcs.map(({ from, message, task }) => [from, message, task])).to.deep.equal([
        ['cpe', 'Inform', null],
        ['acs', 'InformResponse', null],
        ['cpe', 'TransferComplete', null],
        ['acs', 'TransferCompleteResponse', null],
        ['cpe', 'empty', null],
        ['acs', 'GetParameterValues', 'd:test:1'],
        ['cpe', 'GetParameterValuesResponse', 'd:test:1'],
        ['acs', 'Reboot', 'd:test:1'],
        ['cpe', 'RebootResponse', 'd:test:1'],
        ['acs', 'end', null],
      ]);
      expect(session.end?.bytesIn).to.be.greaterThan(1000);
      expect(session.end?.warnings).to.deep.equal([]);
      expect(server.openSessions).to.equal(0);
    });

    it('goes on over a new connection for every POST, by its cookie', async () => {
      conductor.script = [GET_VALUES];
      const first = await post(port, inform());
      expect(first.headers['set-cookie']?.[0]).to.match(/^session=[A-Za-z0-9_-]{20,}; Path=\/; HttpOnly$/);
      // A comma as separator, quotes and another case: what some devices make of a cookie.
      const value = cookieOf(first).slice('session='.length);
      const headers = { Cookie: `old=1, SESSION="${value}"` };
      const asked = await post(port, '', { headers });
      expect(asked.text).to.contain('GetParameterValues');
      expect((await post(port, values({ 'Device.A': '1' }), { headers })).status).to.equal(204);
      expect(conductor.last.end?.reason).to.equal('complete');
    });

    it('goes on without a cookie on its connection, and else as the only one waiting at its address', async () => {
      conductor.script = [GET_VALUES, REBOOT];
      const agent = connection();
      await post(port, inform(), { agent });
      expect((await post(port, '', { agent })).text).to.contain('GetParameterValues');
      agent.destroy();
      let reply = await post(port, values({ 'Device.A': '1' }));
      // The end of the old connection may reach the server after the new one.
      for (let tries = 0; reply.status === 400 && tries < 20; tries += 1)
        reply = await post(port, values({ 'Device.A': '1' }));
      expect(reply.text).to.contain('Reboot');
    });

    it('is not guessed at while two wait at one address', async () => {
      await post(port, inform({ serial: 'A' }));
      await post(port, inform({ serial: 'B' }));
      expect((await post(port, values({ 'Device.A': '1' }))).status).to.equal(400);
      expect((await post(port, '')).status).to.equal(204);
      expect(conductor.sessions.map(({ end }) => end)).to.deep.equal([null, null]);
    });

    it('takes one more empty POST after its end, and an empty one without beginning', async () => {
      const first = await post(port, inform());
      const headers = { Cookie: cookieOf(first) };
      expect((await post(port, '', { headers })).status).to.equal(204);
      expect((await post(port, '', { headers })).status).to.equal(204);
      expect((await post(port, '')).status).to.equal(204);
      expect((await post(port, ' \r\n', { headers })).status).to.equal(204);
      expect(conductor.sessions).to.have.length(1);
    });

    it('answers GetRPCMethods itself, unknown methods with 8000 and wrong arguments with 8003', async () => {
      const agent = connection();
      await post(port, inform(), { agent });
      const methods = await post(port, envelope('<cwmp:GetRPCMethods/>', { id: '5' }), { agent });
      expect(methods.text).to.contain('<string>Inform</string><string>TransferComplete</string>');
      expect(idOf(methods.text)).to.equal('5');
      const unknown = await post(port, envelope('<cwmp:Kicked><Command>a</Command></cwmp:Kicked>'), {
        agent,
      });
      expect(unknown.status).to.equal(200);
      expect(unknown.text).to.contain('<FaultCode>8000</FaultCode>');
      expect(conductor.last.received).to.deep.equal([]);
      const broken = await post(
        port,
        envelope('<cwmp:Inform><RetryCount>0</RetryCount></cwmp:Inform>', { id: '9' }),
      );
      expect(broken.status).to.equal(200);
      expect(broken.text).to.contain('<FaultCode>8003</FaultCode>');
      expect(idOf(broken.text)).to.equal('9');
    });

    it('hands a Fault to the Conductor and goes on', async () => {
      conductor.script = [GET_VALUES, REBOOT];
      const agent = connection();
      await post(port, inform(), { agent });
      const asked = await post(port, '', { agent });
      const next = await post(port, fault(9005, { id: idOf(asked.text) }), { agent });
      expect(next.text).to.contain('Reboot');
      const [, answer] = conductor.last.answers;
      expect(answer?.kind === 'fault' && answer.fault.faultCode).to.equal(9005);
    });

    it('tolerates an answer without ID, or with the wrong one, and says so in its record', async () => {
      conductor.script = [GET_VALUES, GET_VALUES];
      const agent = connection();
      await post(port, inform(), { agent });
      await post(port, '', { agent });
      await post(port, values({ 'Device.A': '1' }, { id: null }), { agent });
      await post(port, values({ 'Device.A': '2' }, { id: 'zzz' }), { agent });
      expect(conductor.last.end?.warnings).to.deep.equal([
        'no ID in the answer to GetParameterValues',
        'another ID in the answer to GetParameterValues',
      ]);
    });

    it('fails one request for an empty POST in place of an answer, and ends after two in a row', async () => {
      conductor.script = [GET_VALUES, GET_VALUES, GET_VALUES];
      const agent = connection();
      await post(port, inform(), { agent });
      await post(port, '', { agent });
      expect((await post(port, '', { agent })).text).to.contain('GetParameterValues');
      expect(conductor.last.answers[1]).to.deep.equal({
        kind: 'unexpected',
        reason: 'An empty POST came for GetParameterValues',
      });
      expect((await post(port, '', { agent })).status).to.equal(204);
      expect(conductor.last.end).to.include({ reason: 'protocol-error', outstanding: GET_VALUES });
    });

    it('answers a request that comes in place of an answer, and still waits for the answer', async () => {
      conductor.script = [GET_VALUES];
      const agent = connection();
      await post(port, inform(), { agent });
      const asked = await post(port, '', { agent });
      const completed = await post(port, transferComplete('k'), { agent });
      expect(completed.text).to.contain('TransferCompleteResponse');
      expect(
        (await post(port, values({ 'Device.A': '1' }, { id: idOf(asked.text) }), { agent })).status,
      ).to.equal(204);
      expect(conductor.last.answers[1]?.kind).to.equal('response');
    });

    it('repeats its request when the answer before is sent once more', async () => {
      conductor.script = [GET_VALUES, REBOOT];
      const agent = connection();
      await post(port, inform(), { agent });
      const asked = await post(port, '', { agent });
      const answer = values({ 'Device.A': '1' }, { id: idOf(asked.text) });
      const next = await post(port, answer, { agent });
      const again = await post(port, answer, { agent });
      expect(again.text).to.equal(next.text);
      expect(conductor.last.answers).to.have.length(2);
    });

    it('refuses an answer to nothing with 400 and ends', async () => {
      const agent = connection();
      await post(port, inform(), { agent });
      expect((await post(port, values({ 'Device.A': '1' }), { agent })).status).to.equal(400);
      expect(conductor.last.end?.reason).to.equal('protocol-error');
    });

    it('has no place for a message before its Inform', async () => {
      const reply = await post(port, values({ 'Device.A': '1' }), { headers: { Cookie: 'session=nobody' } });
      expect(reply.status).to.equal(400);
      expect(reply.headers.connection).to.equal('close');
    });
  });

  describe('an Inform in mid-session', () => {
    it('ends the old session and opens a new one, whatever cookie it carries', async () => {
      conductor.script = [GET_VALUES];
      const agent = connection();
      const first = await post(port, inform(), { agent });
      await post(port, '', { agent, headers: { Cookie: cookieOf(first) } });
      const second = await post(port, inform({ retryCount: 1 }), { headers: { Cookie: cookieOf(first) } });
      expect(second.status).to.equal(200);
      expect(cookieOf(second)).to.not.equal(cookieOf(first));
      expect(conductor.sessions.map(({ end }) => end?.reason)).to.deep.equal(['superseded', undefined]);
      expect(conductor.sessions[0]?.end?.outstanding).to.deep.equal(GET_VALUES);
      // The old cookie opens nothing any more.
      const stale = await post(port, values({ 'Device.A': '1' }), { headers: { Cookie: cookieOf(first) } });
      expect(stale.status).to.equal(400);
      expect(conductor.sessions[1]?.end).to.equal(null);
    });

    it('is answered once more when it is the same one on the same connection', async () => {
      const agent = connection();
      const first = await post(port, inform(), { agent });
      const again = await post(port, inform(), { agent });
      expect(again.text).to.equal(first.text);
      expect(conductor.sessions).to.have.length(1);
      expect((await post(port, '', { agent })).status).to.equal(204);
    });

    it('leaves the sessions of other devices alone', async () => {
      const a = await post(port, inform({ serial: 'A' }));
      const b = await post(port, inform({ serial: 'B' }), { headers: { Cookie: cookieOf(a) } });
      expect(b.status).to.equal(200);
      expect(conductor.sessions.map(({ deviceId, end }) => [deviceId, end])).to.deep.equal([
        ['A', null],
        ['B', null],
      ]);
    });
  });

  it('does not let a device into the session of another by its cookie', async () => {
    conductor.script = [GET_VALUES];
    const agentA = connection();
    const agentB = connection();
    const a = await post(port, inform({ serial: 'A' }), { agent: agentA });
    await post(port, '', { agent: agentA });
    await post(port, inform({ serial: 'B' }), { agent: agentB });
    const foreign = await post(port, values({ 'Device.A': 'forged' }), {
      agent: agentB,
      headers: { Cookie: cookieOf(a) },
    });
    expect(foreign.status).to.equal(400);
    expect(conductor.sessions[0]?.answers).to.have.length(1);
    expect(conductor.sessions[0]?.end).to.equal(null);
    expect((await post(port, values({ 'Device.A': 'true' }), { agent: agentA })).status).to.equal(204);
  });

  describe('versions', () => {
    it('agrees on the highest common one and names it', async () => {
      const headers =
        '<cwmp:SupportedCWMPVersions soap:mustUnderstand="0">1.0, 1.3,1.4,2.0</cwmp:SupportedCWMPVersions>';
      const namespace = 'urn:dslforum-org:cwmp-1-2';
      const reply = await post(port, inform({ headers, namespace }));
      expect(reply.text).to.contain(
        '<cwmp:UseCWMPVersion soap-env:mustUnderstand="1">1.4</cwmp:UseCWMPVersion>',
      );
      expect(reply.text).to.contain(`xmlns:cwmp="${namespace}"`);
      expect(conductor.last.contact).to.include({ cwmpVersion: '1.4', cwmpNamespace: namespace });
    });

    it('answers 8006 when none is common, and opens nothing', async () => {
      const headers = '<cwmp:SupportedCWMPVersions>2.0,3.1</cwmp:SupportedCWMPVersions>';
      const reply = await post(port, inform({ headers, namespace: 'urn:dslforum-org:cwmp-1-2' }));
      expect(reply.status).to.equal(200);
      expect(reply.text).to.contain('<FaultCode>8006</FaultCode>');
      expect(reply.headers['set-cookie']).to.equal(undefined);
      expect(conductor.sessions).to.deep.equal([]);
      expect(server.openSessions).to.equal(0);
    });

    for (const [namespace, header, version] of [
      ['urn:dslforum-org:cwmp-1-0', '', '1.0'],
      ['urn:dslforum-org:cwmp-1-1', '', '1.1'],
      ['urn:dslforum-org:cwmp-1-2', '', '1.2'],
      ['urn:dslforum-org:cwmp-1-2', '<cwmp:sessionTimeout>60</cwmp:sessionTimeout>', '1.3'],
      ['urn:dslforum-org:cwmp-1-3', '', '1.3'],
      ['urn:dslforum-org:cwmp-1-9', '', '1.4'],
    ] as const) {
      it(`takes ${namespace}${header && ' with a session time-out'} for ${version} and answers in it`, async () => {
        const reply = await post(port, inform({ namespace, headers: header }));
        expect(reply.text).to.contain(`xmlns:cwmp="${namespace}"`);
        expect(reply.text).to.not.contain('UseCWMPVersion');
        expect(conductor.last.contact.cwmpVersion).to.equal(version);
      });
    }
  });

  describe('when the Conductor', () => {
    it('refuses a device, it answers 403', async () => {
      conductor.onOpen = () => Promise.reject(new DeviceRefusedError('blacklisted'));
      const reply = await post(port, inform());
      expect(reply.status).to.equal(403);
      expect(reply.headers['set-cookie']).to.equal(undefined);
      expect(server.openSessions).to.equal(0);
    });

    it('fails to open, it answers with Fault 8002', async () => {
      conductor.onOpen = () => Promise.reject(new Error('the store is gone: secret detail'));
      const reply = await post(port, inform());
      expect(reply.status).to.equal(200);
      expect(reply.text).to.contain('<FaultCode>8002</FaultCode>').and.not.contain('secret');
      expect(server.openSessions).to.equal(0);
    });

    it('cannot take a request, it answers with its Fault and the session goes on', async () => {
      const agent = connection();
      await post(port, inform(), { agent });
      conductor.onReceive = () => Promise.reject(new CwmpProtocolError(8004, 'full'));
      expect((await post(port, transferComplete('k'), { agent })).text).to.contain(
        '<FaultCode>8004</FaultCode>',
      );
      conductor.onReceive = () => Promise.reject(new Error('x'));
      expect((await post(port, transferComplete('k'), { agent })).text).to.contain(
        '<FaultCode>8002</FaultCode>',
      );
      expect((await post(port, '', { agent })).status).to.equal(204);
    });

    it('fails to decide, the session ends, the CPE is asked to come again and the process lives', async () => {
      conductor.onNext = () => Promise.reject(new Error('x'));
      const agent = connection();
      await post(port, inform(), { agent });
      const answer = await post(port, '', { agent });
      expect(answer.status).to.equal(503);
      expect(Number(answer.headers['retry-after'])).to.be.greaterThan(0);
      expect(conductor.last.end?.reason).to.equal('internal-error');
      expect((await post(port, inform())).status).to.equal(200);
    });

    it('has lost the lease, the session ends as superseded', async () => {
      conductor.onNext = () => Promise.reject(new SessionSupersededError('newer session'));
      const agent = connection();
      await post(port, inform(), { agent });
      await post(port, '', { agent });
      expect(conductor.last.end?.reason).to.equal('superseded');
    });

    it('wants what XML cannot carry, the request fails and is never sent', async () => {
      conductor.script = [{ method: 'Reboot', commandKey: '\u0001' }, REBOOT];
      const agent = connection();
      await post(port, inform(), { agent });
      expect((await post(port, '', { agent })).text).to.contain('<CommandKey>k</CommandKey>');
      expect(conductor.last.answers[1]).to.include({ kind: 'unexpected' });
    });

    it('cannot record the end, the CPE has its answer all the same', async () => {
      conductor.onClose = () => Promise.reject(new Error('x'));
      const agent = connection();
      await post(port, inform(), { agent });
      expect((await post(port, '', { agent })).status).to.equal(204);
    });
  });

  describe('time', () => {
    it('ends a session whose CPE stays silent, and one whose connection is gone', async () => {
      await server.close();
      await start({ postMs: 40, answerMs: 80 });
      conductor.script = [GET_VALUES];
      const agent = connection();
      await post(port, inform({ serial: 'A' }), { agent });
      await post(port, '', { agent });
      await post(port, inform({ serial: 'B' }));
      await eventually('both end', () => conductor.sessions.every(({ end }) => end !== null));
      expect(conductor.sessions.map(({ end }) => end?.reason)).to.deep.equal(['timeout', 'disconnected']);
      expect(conductor.sessions[0]?.end?.outstanding).to.deep.equal(GET_VALUES);
      expect(server.openSessions).to.equal(0);
    });

    it('lets open sessions finish when it closes, and turns new ones away', async () => {
      conductor.script = [GET_VALUES];
      const agent = connection();
      await post(port, inform({ serial: 'A' }), { agent });
      const closed = server.close({ graceMs: 5_000 });
      const late = await post(port, inform({ serial: 'B' }));
      expect(late.status).to.equal(503);
      expect(Number(late.headers['retry-after'])).to.be.greaterThan(0);
      await post(port, '', { agent });
      expect((await post(port, values({ 'Device.A': '1' }), { agent })).status).to.equal(204);
      await closed;
      expect(conductor.last.end?.reason).to.equal('complete');
    });

    it('ends what is still open after the grace', async () => {
      await post(port, inform());
      await server.close({ graceMs: 30 });
      expect(conductor.last.end?.reason).to.equal('shutdown');
    });
  });

  describe('HTTP', () => {
    it('takes POST alone', async () => {
      const reply = await post(port, '', { method: 'GET' });
      expect(reply.status).to.equal(405);
      expect(reply.headers.allow).to.equal('POST');
    });

    it('does not mind content types, SOAPAction or a path', async () => {
      for (const type of ['text/html', 'application/soap+xml', 'nonsense'])
        expect(
          (await post(port, inform(), { headers: { 'Content-Type': type, SOAPAction: '"x"' }, path: '/a?b' }))
            .status,
        ).to.equal(200);
    });

    it('reads the charset of the Content-Type where the body names none', async () => {
      const xml = inform()
        .replace(/^<\?xml[^>]*>/, '')
        .replace('>Test<', '>Société<');
      await post(port, Buffer.from(xml, 'latin1'), {
        headers: { 'Content-Type': 'text/xml; charset=ISO-8859-1' },
      });
      expect(conductor.last.contact.inform.deviceId.manufacturer).to.equal('Société');
    });

    for (const [coding, encode, form] of [
      ['gzip', gzipSync, 'as it is'],
      ['x-gzip', gzipSync, 'by its old name'],
      ['deflate', deflateSync, 'in the zlib form'],
      ['deflate', deflateRawSync, 'in the raw form'],
    ] as const) {
      it(`reads ${coding} ${form} and answers in kind`, async () => {
        const reply = await post(port, encode(inform()), { headers: { 'Content-Encoding': coding } });
        expect(reply.status).to.equal(200);
        expect(reply.headers['content-encoding']).to.equal(coding.replace('x-', ''));
        if (coding === 'gzip') expect(gunzipSync(reply.body).toString()).to.contain('InformResponse');
      });
    }

    it('believes the first bytes of a body more than its coding', async () => {
      const unannounced = await post(port, gzipSync(inform()));
      expect(unannounced.status).to.equal(200);
      const announced = await post(port, inform(), { headers: { 'Content-Encoding': 'gzip' } });
      expect(announced.status).to.equal(200);
      expect(announced.text).to.contain('InformResponse');
    });

    it('answers 415 for an unknown coding and 400 for a broken one', async () => {
      expect((await post(port, inform(), { headers: { 'Content-Encoding': 'br' } })).status).to.equal(415);
      const broken = gzipSync(inform()).subarray(0, 60);
      expect((await post(port, broken, { headers: { 'Content-Encoding': 'gzip' } })).status).to.equal(400);
    });

    it('answers 100-continue at once, and 413 in its place for a body over the limit', async () => {
      const headers = { Expect: '100-continue' };
      expect((await post(port, inform(), { headers })).status).to.equal(200);
      const socket = await rawConnection(port);
      socket.write('POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 99999999\r\n\r\n');
      expect(await allOf(socket)).to.match(/^HTTP\/1.1 413 [^]*Connection: close/);
    });

    it('takes a body whose Content-Length is too large once its envelope is whole, and 400 for half of one', async () => {
      await server.close();
      await start({ bodyMs: 60 });
      const whole = await rawConnection(port);
      whole.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${inform().length + 7}\r\n\r\n${inform()}`);
      expect(await allOf(whole, 'InformResponse')).to.match(/^HTTP\/1.1 200 /);
      const half = await rawConnection(port);
      half.write(
        `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n${inform({ serial: 'half' }).slice(0, 400)}`,
      );
      expect(await allOf(half)).to.match(/^HTTP\/1.1 400 /);
      expect(conductor.sessions).to.have.length(1);
    });

    it('answers 400 to what is no HTTP, and survives connections that break off', async () => {
      const socket = await rawConnection(port);
      socket.write('\x16\x03\x01\x02\x00 this is TLS\r\n\r\n');
      expect(await allOf(socket)).to.match(/^HTTP\/1.1 400 /);
      const broken = await rawConnection(port);
      broken.write('POST / HTTP/1.1\r\nContent-Length: 1000\r\n\r\n<a');
      broken.destroy();
      expect((await post(port, inform())).status).to.equal(200);
    });

    it('has room for so many sessions and asks the others to come later', async () => {
      await server.close();
      await start({ sessions: 1 });
      await post(port, inform({ serial: 'A' }));
      const reply = await post(port, inform({ serial: 'B' }));
      expect(reply.status).to.equal(503);
      expect(reply.headers['retry-after']).to.match(/^\d+$/);
      expect(conductor.sessions).to.have.length(1);
    });
  });

  describe('hostile bodies', () => {
    const padded = (): string =>
      inform().replace('<Manufacturer>', `<Manufacturer pad="${'A'.repeat(10 * 1024 * 1024)}">`);

    it('of 10 MB are refused with 413, with a length, chunked and inflated', async () => {
      expect((await post(port, padded())).status).to.equal(413);
      expect((await chunked(port, padded())).status).to.equal(413);
      const bomb = gzipSync(padded());
      expect(bomb.length).to.be.lessThan(20_000);
      expect((await post(port, bomb, { headers: { 'Content-Encoding': 'gzip' } })).status).to.equal(413);
      expect(conductor.sessions).to.deep.equal([]);
    });

    it('of a hundred thousand elements cost no more than a refusal', async () => {
      const reply = await post(port, envelope('<a/>'.repeat(150_000)));
      expect(reply.status).to.equal(400);
    });

    const files = existsSync(CORPUS)
      ? readFileSync(`${CORPUS}index.tsv`, 'utf8')
          .split('\n')
          .filter((line) => line.includes('\treject') && line.includes('.xml'))
      : [];
    for (const line of files) {
      const file = line.split('\t', 1)[0] ?? '';
      it(`${file} gets 400, a closed connection and no session`, async () => {
        const reply = await post(port, readFileSync(CORPUS + file));
        expect(reply.status).to.equal(400);
        expect(reply.headers.connection).to.equal('close');
        expect(conductor.sessions).to.deep.equal([]);
        expect(server.openSessions).to.equal(0);
      });
    }

    it('in mid-session end it', async () => {
      const agent = connection();
      await post(port, inform(), { agent });
      expect((await post(port, '<Envelope><Body>', { agent })).status).to.equal(400);
      await eventually('the session ends', () => conductor.last.end !== null);
      expect(conductor.last.end?.reason).to.equal('protocol-error');
    });
  });
});

function rawConnection(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    socket.once('error', reject);
  });
}

/** Everything until the end, or until a text has come. */
function allOf(socket: Socket, until?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (until !== undefined && text.includes(until)) {
        resolve(text);
        socket.destroy();
      }
    });
    socket.on('end', () => resolve(text));
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
  });
}

async function chunked(port: number, body: string): Promise<{ status: number }> {
  const socket = await rawConnection(port);
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n');
  const piece = body.slice(0, 65_536);
  for (let sent = 0; sent < body.length && !socket.destroyed; sent += piece.length)
    socket.write(`${piece.length.toString(16)}\r\n${piece}\r\n`);
  const text = await allOf(socket);
  return { status: Number(/^HTTP\/1.1 (\d+)/.exec(text)?.[1]) };
}
