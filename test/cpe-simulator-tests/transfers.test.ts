import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Cpe, type SessionSummary } from '../cpe-simulator/index.js';
import { AuthenticationGuard } from '../cpe-simulator/http/authentication.js';
import { firmwareVersion } from '../cpe-simulator/transfer/firmware.js';
import { rpcs } from './fake-acs.js';
import { Bench, faultCode, listOf, textAt } from './support.js';

const codes = (session: SessionSummary): string[] => session.events.map(({ code }) => code);
const transferred = (session: SessionSummary): boolean =>
  session.rpcs.some(({ rpc }) => rpc === 'TransferComplete');
const configuration = '3 Vendor Configuration File';

/** A file server: GETs of what is in `files`, PUTs into `files`. */
class FileServer {
  readonly files = new Map<string, Buffer>();
  readonly requests: { method: string; url: string; authorization: string | undefined }[] = [];
  /** May answer a request itself; true when it has. */
  override: ((request: http.IncomingMessage, response: http.ServerResponse) => boolean) | undefined;
  readonly #server = http.createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => this.#serve(request, response, Buffer.concat(parts)));
  });

  #serve(request: http.IncomingMessage, response: http.ServerResponse, body: Buffer): void {
    const { method = '', url = '' } = request;
    this.requests.push({ method, url, authorization: request.headers.authorization });
    if (this.override?.(request, response) === true) return;
    if (method === 'PUT') {
      this.files.set(url, body);
      response.writeHead(201, { 'Content-Length': '0' }).end();
      return;
    }
    const file = this.files.get(url);
    if (file) response.writeHead(200, { 'Content-Length': String(file.length) }).end(file);
    else response.writeHead(404, { 'Content-Length': '0' }).end();
  }

  listen(): Promise<void> {
    return new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  url(path: string): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${path}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

describe('Transfers of the simulated CPE', () => {
  let bench: Bench;
  let files: FileServer;

  beforeEach(async () => {
    bench = await Bench.open();
    files = new FileServer();
    await files.listen();
  });

  afterEach(async () => {
    await bench.close();
    await files.close();
  });

  /** Lets the ACS ask for a transfer and waits for its TransferComplete. */
  async function transfer(cpe: Cpe, request: string): Promise<SessionSummary> {
    const done = cpe.waitFor('session', transferred);
    await bench.ask(cpe, request);
    return done;
  }

  const reported = (): number =>
    Number(textAt(bench.acs.last('TransferComplete').rpc, 'FaultStruct', 'FaultCode'));

  it('a firmware Download is fetched, installed by a reboot and told with the new version', async () => {
    files.files.set('/fw.bin', Buffer.from('PROVOST-FW 2.7.1\nimage'));
    const cpe = await bench.booted();
    const session = await transfer(cpe, rpcs.download(files.url('/fw.bin'), 'up-1', { size: 22 }));
    const response = bench.acs.last('DownloadResponse').rpc;
    expect(textAt(response, 'Status')).to.equal('1');
    expect(textAt(response, 'StartTime')).to.equal('0001-01-01T00:00:00Z');
    expect(codes(session)).to.deep.equal(['1 BOOT', '4 VALUE CHANGE', '7 TRANSFER COMPLETE', 'M Download']);
    expect(session.events.at(-1)?.commandKey).to.equal('up-1');
    expect(session.rpcs.map(({ rpc }) => rpc)).to.deep.equal(['Inform', 'TransferComplete']);
    expect(listOf(bench.acs.last('Inform'))['Device.DeviceInfo.SoftwareVersion']).to.equal('2.7.1');
    const complete = bench.acs.last('TransferComplete').rpc;
    expect(textAt(complete, 'CommandKey')).to.equal('up-1');
    expect(reported()).to.equal(0);
    expect(textAt(complete, 'CompleteTime')).to.match(/^20\d\d-/);
    expect(cpe.waitingEvents).to.deep.equal([]);
  });

  it('7 TRANSFER COMPLETE and M Download are kept until TransferCompleteResponse, over reboots', async () => {
    files.files.set('/web', Buffer.from('page'));
    const cpe = await bench.booted({ timeScale: 500 });
    bench.acs.override = ({ name }) => (name === 'TransferComplete' ? { status: 500 } : undefined);
    const failed = cpe.waitFor(
      'session',
      ({ events, ok }) => !ok && events.some(({ code }) => code.startsWith('7')),
    );
    await bench.ask(cpe, rpcs.download(files.url('/web'), 'w', { type: '2 Web Content' }));
    await failed;
    expect(cpe.waitingEvents).to.include.members(['7 TRANSFER COMPLETE', 'M Download']);
    bench.acs.override = undefined;
    const done = cpe.waitFor(
      'session',
      ({ ok, rpcs: calls }) => ok && calls.some(({ rpc }) => rpc === 'TransferComplete'),
    );
    await cpe.reboot();
    expect(codes(await done)).to.include.members(['7 TRANSFER COMPLETE', 'M Download']);
    expect(cpe.waitingEvents).to.deep.equal([]);
  });

  it('an ACS that answers TransferComplete with 8005 gets it again, with another fault it does not', async () => {
    files.files.set('/web', Buffer.from('page'));
    const cpe = await bench.booted();
    let refusals = 0;
    bench.acs.override = ({ name }) => {
      if (name !== 'TransferComplete' || refusals === 2) return undefined;
      refusals += 1;
      const code = refusals === 1 ? 8005 : 8002;
      return {
        body: `<soap-env:Fault><faultcode>Server</faultcode><faultstring>CWMP fault</faultstring><detail><cwmp:Fault><FaultCode>${code}</FaultCode></cwmp:Fault></detail></soap-env:Fault>`,
      };
    };
    const session = await transfer(cpe, rpcs.download(files.url('/web'), 'w', { type: '2 Web Content' }));
    expect(
      session.rpcs.filter(({ rpc }) => rpc === 'TransferComplete').map(({ fault }) => fault),
    ).to.deep.equal([8005, 8002]);
    expect(cpe.waitingEvents).to.deep.equal([]);
  });

  const failing: readonly [string, number, (url: (path: string) => string) => string][] = [
    ['a missing file', 9016, (url) => rpcs.download(url('/none'), 'k')],
    ['an unreachable server', 9015, () => rpcs.download('http://127.0.0.1:1/fw', 'k')],
    ['a wrong size', 9018, (url) => rpcs.download(url('/fw'), 'k', { size: 99 })],
    ['an empty image', 9018, (url) => rpcs.download(url('/empty'), 'k')],
    ['an image for another model', 9018, (url) => rpcs.download(url('/other'), 'k')],
    ['a file that breaks off', 9017, (url) => rpcs.download(url('/broken'), 'k')],
    [
      'refused credentials',
      9012,
      (url) => rpcs.download(url('/secret'), 'k', { username: 'u', password: 'wrong' }),
    ],
    ['a server error', 9010, (url) => rpcs.download(url('/error'), 'k')],
    ['a configuration that is none', 9018, (url) => rpcs.download(url('/fw'), 'k', { type: configuration })],
    ['an upload to a place that refuses', 9011, (url) => rpcs.upload(url('/refused'), 'k')],
  ];
  for (const [what, code, request] of failing) {
    it(`${what} is told as ${code}, without a reboot`, async () => {
      files.files.set('/fw', Buffer.from('image'));
      files.files.set('/empty', Buffer.alloc(0));
      files.files.set('/other', Buffer.from('{"version":"9.0","productClass":"XY"}\n'));
      files.override = ({ url }, response) => {
        if (url === '/broken') {
          response.writeHead(200, { 'Content-Length': '1000' });
          response.write('part', () => response.destroy());
        } else if (url === '/secret')
          response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="f"' }).end();
        else if (url === '/error') response.writeHead(500).end();
        else if (url === '/refused') response.writeHead(403).end();
        else return false;
        return true;
      };
      const cpe = await bench.booted();
      const session = await transfer(
        cpe,
        request((path) => files.url(path)),
      );
      expect(reported()).to.equal(code);
      expect(codes(session)).to.include('7 TRANSFER COMPLETE').and.not.to.include('1 BOOT');
      expect(cpe.softwareVersion).to.equal('1.0.0');
    });
  }

  const refused: readonly [string, number, string][] = [
    ['an unknown scheme', 9013, rpcs.download('gopher://x/y', 'k')],
    ['credentials in the URL', 9003, rpcs.download('http://u:p@127.0.0.1/y', 'k')],
    ['no URL at all', 9003, rpcs.download('firmware.bin', 'k')],
    ['a file that does not fit', 9004, rpcs.download('http://127.0.0.1/y', 'k', { size: 4_000_000_000 })],
    ['an unknown file type', 9003, rpcs.download('http://127.0.0.1/y', 'k', { type: 'Firmware' })],
  ];
  for (const [what, code, request] of refused) {
    it(`${what} is refused at once with ${code}, and no TransferComplete follows`, async () => {
      const cpe = await bench.booted();
      const [answer] = await bench.ask(cpe, request);
      expect(faultCode(answer)).to.equal(code);
      await cpe.inform();
      expect(bench.acs.names).not.to.include('TransferComplete');
    });
  }

  it('at least three transfers can be queued, and too many are refused with 9004', async () => {
    const cpe = await bench.booted();
    const many = Array.from({ length: 17 }, (_, index) =>
      rpcs.download('http://127.0.0.1:1/', `k${index}`, { delay: 3000 }),
    );
    const answers = await bench.ask(cpe, ...many);
    expect(answers.slice(0, 16).map(({ name }) => name)).to.deep.equal(
      Array<string>(16).fill('DownloadResponse'),
    );
    expect(faultCode(answers[16])).to.equal(9004);
  });

  it('DelaySeconds puts the start off', async () => {
    files.files.set('/web', Buffer.from('page'));
    const cpe = await bench.booted({ timeScale: 100 });
    const done = cpe.waitFor('session', transferred);
    await bench.ask(cpe, rpcs.download(files.url('/web'), 'w', { type: '2 Web Content', delay: 20 }));
    expect(files.requests).to.have.length(0);
    await done;
    expect(files.requests).to.have.length(1);
  });

  for (const policy of ['digest', 'digest-without-qop', 'basic'] as const) {
    it(`a file server's challenge is answered (${policy})`, async () => {
      files.files.set('/web', Buffer.from('page'));
      const guard = new AuthenticationGuard('files');
      files.override = ({ headers, method = '', url = '' }, response) => {
        if (guard.accepts(policy, headers.authorization, method, url, { username: 'u', password: 'p' }))
          return false;
        response.writeHead(401, { 'WWW-Authenticate': guard.challenge(policy), 'Content-Length': '0' }).end();
        return true;
      };
      const cpe = await bench.booted();
      await transfer(
        cpe,
        rpcs.download(files.url('/web'), 'w', { type: '2 Web Content', username: 'u', password: 'p' }),
      );
      expect(reported()).to.equal(0);
    });
  }

  for (const format of ['json', 'xml', 'text'] as const) {
    it(`an Upload puts the configuration, and a Download of it brings it back (${format})`, async () => {
      const ssid = 'Device.WiFi.SSID.1.SSID';
      const key = 'Device.WiFi.AccessPoint.1.Security.KeyPassphrase';
      const cpe = await bench.booted({ configurationFormat: format });
      await bench.ask(
        cpe,
        rpcs.setValues({ [ssid]: ['string', 'a <b> "c" & ü'], [key]: ['string', 'correct horse'] }),
        rpcs.addObject('Device.NAT.PortMapping.'),
      );
      const sent = cpe.waitFor('transfer');
      await transfer(cpe, rpcs.upload(files.url('/backup'), 'b'));
      expect(reported()).to.equal(0);
      expect((await sent).content).to.deep.equal(files.files.get('/backup'));
      await bench.ask(
        cpe,
        rpcs.setValues({ [ssid]: ['string', 'other'], [key]: ['string', 'other key'] }),
        rpcs.deleteObject('Device.NAT.PortMapping.2.'),
        rpcs.addObject('Device.NAT.PortMapping.'),
      );
      await transfer(cpe, rpcs.download(files.url('/backup'), 'r', { type: configuration }));
      expect(reported()).to.equal(0);
      expect(cpe.get(ssid)).to.equal('a <b> "c" & ü');
      expect(cpe.get(key)).to.equal('correct horse');
      expect(cpe.get('Device.NAT.PortMapping.2.Enable')).to.equal('0');
      expect(cpe.get('Device.NAT.PortMapping.3.Enable')).to.equal(undefined);
    });
  }

  it('a device may apply a configuration at once: Status 0, times, and no TransferComplete', async () => {
    const cpe = await bench.booted({ configurationAtOnce: true });
    await transfer(cpe, rpcs.upload(files.url('/backup'), 'b'));
    await bench.ask(cpe, rpcs.download(files.url('/backup'), 'r', { type: configuration }));
    const response = bench.acs.last('DownloadResponse').rpc;
    expect(textAt(response, 'Status')).to.equal('0');
    expect(textAt(response, 'CompleteTime')).to.match(/^20/);
    await cpe.inform();
    expect(bench.acs.names.filter((name) => name === 'TransferComplete')).to.have.length(1);
  });

  it('a transfer that was running when the process ended is done after the next start', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cpe-'));
    try {
      const statePath = join(folder, 's.json');
      const first = await bench.booted({ statePath, serialNumber: 'S' });
      const asked = new Promise<void>((resolve) => {
        files.override = () => {
          resolve();
          return true;
        };
      });
      await bench.ask(first, rpcs.download(files.url('/fw'), 'late'));
      await asked;
      await first.stop();
      files.override = undefined;
      files.files.set('/fw', Buffer.from('PROVOST-FW 3.0\n'));
      const second = bench.cpe({ statePath, serialNumber: 'S' });
      const done = second.waitFor('session', transferred);
      await second.start();
      expect((await done).events.find(({ code }) => code === 'M Download')?.commandKey).to.equal('late');
      expect(second.softwareVersion).to.equal('3.0');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('the version comes from the image, else from the file name, else counts up', () => {
    const version = (image: string, name: string): string =>
      firmwareVersion(Buffer.from(image), name, '1.4.9', 'FN-GW1');
    expect(version('PROVOST-FW 2.0.0\n', 'x-9.9.9.bin')).to.equal('2.0.0');
    expect(version('PROVOST-FW 2.0.0 FN-GW1,FN-GW2\n', '')).to.equal('2.0.0');
    expect(version('{"version":"4.1"}\n\u0000binary', '')).to.equal('4.1');
    expect(version('binary', 'fn-gw1-2.4.0.bin')).to.equal('2.4.0');
    expect(version('binary', 'image.bin')).to.equal('1.4.10');
    expect(() => version('PROVOST-FW 2.0.0 FN-DSL2\n', '')).to.throw(/is for FN-DSL2/);
  });

  it('what was uploaded is what the device reports, byte for byte', async () => {
    const cpe = await bench.booted();
    const sent = cpe.waitFor('transfer');
    await transfer(cpe, rpcs.upload(files.url('/log'), 'b', '2 Vendor Log File'));
    const hash = (content: Buffer | undefined): string =>
      createHash('sha256')
        .update(content ?? '')
        .digest('hex');
    expect(hash((await sent).content)).to.equal(hash(files.files.get('/log')));
  });
});
