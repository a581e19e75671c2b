import { expect } from 'chai';
import { createHash, randomBytes } from 'node:crypto';
import type { NbiClient } from '../served/nbi-client.js';
import { until } from '../served/until.js';
import { ChaosServer } from './chaos-server.js';
import { answerTo, RawConnection } from './raw-connection.js';

const FIRMWARE = randomBytes(700_000);
const LIMIT = 300_000;

describe('The file port under attack', function () {
  this.timeout(90_000);
  let server: ChaosServer;
  let nbi: NbiClient;
  let port: number;
  let download: string;
  let upload: string;

  before(async () => {
    server = await ChaosServer.start(['--files-max-upload', String(LIMIT)]);
    nbi = await server.signIn();
    port = server.ports.files;
    const form = new FormData();
    form.set('category', 'firmware');
    form.set('name', 'Firmware');
    form.set('file', new Blob([FIRMWARE]), 'fw.bin');
    const { id } = (await (await nbi.fetch('/resources', { method: 'POST', body: form })).json()) as {
      id: string;
    };
    download = await orderedUrl('DOWN', 'Download', {
      type: 'FirmwareUpgrade',
      config: { resourceId: id, versionChangeVerification: false },
    });
    upload = await orderedUrl('UP', 'Upload', { type: 'BackupConfiguration', config: {} });
  });
  after(() => server.stop());
  afterEach('serves the file as before', async () => {
    const answer = await fetch(download);
    expect(sha(Buffer.from(await answer.arrayBuffer()))).to.equal(sha(FIRMWARE));
  });

  const sha = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
  const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
  const path = (url: string): string => new URL(url).pathname;
  const ask = (first: string, ...headers: string[]): Promise<string> =>
    answerTo(port, [`${first} HTTP/1.1`, 'Host: a', 'Connection: close', ...headers, '', ''].join('\r\n'));
  const backups = async (): Promise<number> =>
    (await nbi.get<{ items: unknown[] }>('/resources?category=config.backup')).items.length;

  /** The one-time URL that a CPE is told by the RPC of a task; the CPE itself then does nothing with it. */
  async function orderedUrl(
    serialNumber: string,
    rpc: string,
    task: Record<string, unknown>,
  ): Promise<string> {
    const cpe = server.cpe({
      model: 'tr181',
      serialNumber,
      faults: [{ after: { rpc }, do: 'drop' }],
    });
    const first = cpe.waitFor('session');
    await cpe.start();
    await first;
    await nbi.post('/tasks', { device: `02A0C4-FN%2DGW1-${serialNumber}`, ...task });
    await cpe.inform('2 PERIODIC');
    await cpe.stop();
    const sent = JSON.stringify(cpe.trace);
    const url = /http:\/\/127\.0\.0\.1:\d+\/[du]\/[\w-]{22}\/[^"<\\ ]+/.exec(sent)?.[0];
    expect(url, `${rpc}: ${sent.slice(-2000)}`).to.be.a('string');
    return url ?? '';
  }

  it('says 404 to whatever is no live one-time URL', async () => {
    const [, , token = '', name = ''] = path(download).split('/');
    for (const target of [
      '/',
      '/d/',
      `/d/${token}`,
      `/d/${token}/`,
      `/d/${token}/other.bin`,
      `/d/${token}/${name}/..`,
      `/d/${token}/../${token}/${name}`,
      `/u/${token}/${name}`,
      `/d/${token.toLowerCase()}x/${name}`,
      `/d/..%2f..%2f..%2fetc%2fpasswd/${name}`,
      '/../../etc/passwd',
      '/%2e%2e/%2e%2e/etc/passwd',
      `/d/${'A'.repeat(22)}/${name}`,
      `//d/${token}/${name}`,
      'http://evil.example/',
      '*',
    ])
      expect(statusOf(await ask(`GET ${target}`)), target).to.equal(404);
    for (const method of ['DELETE', 'OPTIONS', 'PATCH', 'PUT', 'POST', 'TRACE'])
      expect(statusOf(await ask(`${method} ${path(download)}`, 'Content-Length: 0')), method).to.equal(404);
    const guesses = Array.from({ length: 300 }, () =>
      ask(`GET /d/${randomBytes(16).toString('base64url')}/${name}`),
    );
    expect(new Set((await Promise.all(guesses)).map(statusOf))).to.deep.equal(new Set([404]));
  });

  it('takes no range for more than one piece of the file', async () => {
    const size = FIRMWARE.length;
    const ranges: [string, number, number][] = [
      [`bytes=${Array.from({ length: 1_500 }, () => '0-').join(',')}`, 200, size],
      ['bytes=0-,0-', 200, size],
      ['bytes=--5', 200, size],
      ['bytes=5-3', 200, size],
      ['lines=1-2', 200, size],
      ['bytes=-0', 416, 0],
      [`bytes=${size}-`, 416, 0],
      [`bytes=${'9'.repeat(400)}-`, 416, 0],
      [`bytes=-${'9'.repeat(400)}`, 206, size],
      [`bytes=0-${'9'.repeat(400)}`, 206, size],
      ['bytes=0-0', 206, 1],
    ];
    for (const [range, status, length] of ranges) {
      const answer = await fetch(download, { headers: { range } });
      expect(answer.status, range.slice(0, 40)).to.equal(status);
      expect((await answer.arrayBuffer()).byteLength, range.slice(0, 40)).to.equal(length);
    }
    const head = await ask(`HEAD ${path(download)}`, 'Range: bytes=0-0');
    expect(head)
      .to.match(/^HTTP\/1\.1 200 [\s\S]*Content-Length: 700000\r\n/)
      .and.to.match(/\r\n\r\n$/);
  });

  it('serves many at once, whoever hangs up in the middle', async () => {
    const whole = Array.from({ length: 10 }, async () => {
      const answer = await fetch(download);
      return answer.status === 200 ? sha(Buffer.from(await answer.arrayBuffer())) : '';
    });
    for (let at = 0; at < 10; at += 1) {
      const rude = await RawConnection.open(port);
      rude.send(`GET ${path(download)} HTTP/1.1\r\nHost: a\r\n\r\n`);
      await rude.until((received) => received.length > 1_000);
      rude.close();
    }
    expect(new Set(await Promise.all(whole))).to.deep.equal(new Set([sha(FIRMWARE)]));
  });

  it('stores nothing of uploads that are too large, broken off, without a length or in pieces', async () => {
    const put = `PUT ${path(upload)}`;
    expect(statusOf(await ask(put, `Content-Length: ${LIMIT + 1}`))).to.equal(413);
    expect(
      statusOf(await ask(put, 'Content-Length: 5', 'Content-Range: bytes 0-4/10', '', 'hello')),
    ).to.equal(400);
    expect(statusOf(await ask(put, 'Content-Length: 5', 'Content-Encoding: gzip', '', 'hello'))).to.equal(
      415,
    );
    // Without a length nobody knows where a file ends; it is not taken for an empty one.
    expect(statusOf(await ask(put, '', 'hello'))).to.equal(411);
    expect(statusOf(await answerTo(port, `${put} HTTP/1.0\r\n\r\nhello`))).to.equal(411);
    const chunked = await RawConnection.open(port);
    chunked.send(`${put} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n`);
    for (let sent = 0; sent <= LIMIT; sent += 50_000)
      chunked
        .send(`${(50_000).toString(16)}\r\n`)
        .send(Buffer.alloc(50_000))
        .send('\r\n');
    await chunked.until((received) => received.startsWith('HTTP/1.1 413 '));
    chunked.close();
    for (const body of ['', 'half', 'x'.repeat(280_000)]) {
      const broken = await RawConnection.open(port);
      broken.send(`${put} HTTP/1.1\r\nHost: a\r\nContent-Length: ${LIMIT}\r\n\r\n${body}`);
      await until('it was begun', () => Promise.resolve(broken.socket.bytesWritten > body.length));
      broken.close();
    }
    expect(await backups()).to.equal(0);
  });

  it('makes one resource of a URL, whoever puts to it, how often and by what method', async () => {
    const put = (method: string, body: string): Promise<string> =>
      ask(`${method} ${path(upload)}`, `Content-Length: ${body.length}`, '', body);
    const first = await Promise.all(['PUT', 'POST', 'PUT', 'POST'].map((method) => put(method, 'the file')));
    expect(first.map(statusOf).sort()).to.deep.equal([200, 200, 200, 201]);
    expect(statusOf(await put('PUT', 'another'))).to.equal(409);
    expect(statusOf(await put('POST', 'the file'))).to.equal(200);
    expect(statusOf(await ask(`GET ${path(upload)}`))).to.equal(404);
    expect(await backups()).to.equal(1);
  });
});
