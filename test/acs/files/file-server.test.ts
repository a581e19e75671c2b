import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { expect } from 'chai';
import mongoose from 'mongoose';
import fc from 'fast-check';
import { Desk } from '../../../acs/files/file-desk.js';
import { createFileServer, type FileServer, type FileServerLimits } from '../../../acs/files/file-server.js';
import { Resources } from '../../../acs/files/resources.js';
import { Transfers } from '../../../acs/files/transfers.js';
import type { TransferTicket } from '../../../acs/tasks/file-desk.js';
import { ManualClock } from '../../../common/clock.js';
import { NotFoundError, ValidationError } from '../../../common/errors.js';
import { MemoryEventBus } from '../../../common/event-bus.js';
import { silentLog } from '../../../common/log.js';
import type { ResourceRecord } from '../../../store/models/resource.js';
import type { Store } from '../../../store/store.js';
import { until } from '../until.js';
import { openTestStore } from '../with-store.js';

const MAX_UPLOAD = 400_000;

interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** One request on a connection of its own. */
async function ask(
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: Buffer } = {},
): Promise<Reply> {
  const request = httpRequest(url, {
    method: options.method ?? 'GET',
    headers: options.headers ?? {},
    agent: false,
  });
  const answer = once(request, 'response');
  request.end(options.body);
  const [response] = (await answer) as [IncomingMessage];
  return { status: response.statusCode ?? 0, headers: response.headers, body: await buffer(response) };
}

describe('The file server', () => {
  let store: Store;
  let closeStore: () => Promise<void>;
  let clock: ManualClock;
  let resources: Resources;
  let transfers: Transfers;
  let desk: Desk;
  let server: FileServer;
  let base: string;
  let orders = 0;

  const start = async (limits: Partial<FileServerLimits> = {}): Promise<void> => {
    server = createFileServer({ resources, transfers, clock, log: silentLog, limits });
    const { port } = await server.listen(0, '127.0.0.1');
    base = `http://127.0.0.1:${port}`;
  };

  before(async () => {
    ({ store, close: closeStore } = await openTestStore());
  });
  after(async () => closeStore());

  beforeEach(async () => {
    clock = new ManualClock('2026-05-01T10:00:00Z');
    resources = new Resources(store, { clock, events: new MemoryEventBus(clock), maxBytes: 10_000_000 });
    transfers = new Transfers(store, clock);
    desk = new Desk({ resources, transfers, clock, publicUrl: () => base, maxUploadBytes: MAX_UPLOAD });
    for (const model of [store.resources, store.transfers]) await model.collection.deleteMany({});
    for (const name of ['files.files', 'files.chunks']) await store.db.collection(name).deleteMany({});
    await start();
  });
  afterEach(async () => server.close({ graceMs: 0 }));

  const order = (
    more: { withCredentials?: boolean; baseUrl?: string; scheme?: 'http' | 'https' } = {},
  ): Parameters<Desk['offerDownload']>[0] => ({
    device: 'A-B-1',
    task: 'd:A-B-1:1',
    execution: '0123456789abcdef01234567',
    commandKey: `key${(orders += 1)}`,
    fileType: '1 Firmware Upgrade Image',
    baseUrl: '',
    withCredentials: false,
    expiresAt: new Date(clock.now().getTime() + 3_600_000),
    resource: 'fw',
    ...more,
  });

  const addFirmware = async (bytes: Buffer, fileName = 'fw 1.2 (beta).img'): Promise<ResourceRecord> =>
    resources.create([bytes], {
      name: 'fw',
      fileName,
      category: 'firmware',
      fileType: '1 Firmware Upgrade Image',
    });

  const expectUpload = async (
    more: Parameters<typeof order>[0] = {},
  ): Promise<TransferTicket & { key: string }> => {
    const rest = order(more);
    const ticket = await desk.expectUpload({
      ...rest,
      fileType: '1 Vendor Configuration File',
      category: 'config.backup',
      name: 'backup of A-B-1',
      fileName: 'config.xml',
      domain: '/',
      version: '1.0',
    });
    return { ...ticket, key: rest.commandKey };
  };

  const contents = async (): Promise<number[]> =>
    Promise.all(
      ['resources', 'files.files', 'files.chunks'].map((name) =>
        store.db.collection(name).countDocuments({}),
      ),
    );

  const openSocket = async (url: string): Promise<Socket> => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    return socket;
  };

  describe('for downloads', () => {
    it('serves the file under a short plain URL that ends in its name', async () => {
      const bytes = randomBytes(600_000);
      const record = await addFirmware(bytes);
      const wanted = order();
      const ticket = await desk.offerDownload(wanted);
      expect(ticket).to.include({ username: '', password: '', size: 600_000, fileName: 'fw 1.2 (beta).img' });
      expect(ticket.url).to.match(/^http:\/\/127\.0\.0\.1:\d+\/d\/[\w-]{22}\/fw_1\.2_beta_\.img$/);

      const reply = await ask(ticket.url);
      expect(reply.status).to.equal(200);
      expect(reply.body.equals(bytes)).to.equal(true);
      expect(reply.headers).to.include({
        'content-length': '600000',
        'content-type': 'application/octet-stream',
        'accept-ranges': 'bytes',
        etag: `"${record.sha256}"`,
      });
      expect(reply.headers).to.not.have.any.keys('set-cookie', 'location', 'transfer-encoding');
      expect(
        await until(
          () => desk.transferState(wanted.commandKey),
          (s) => (s?.completedAt ?? null) !== null,
        ),
      ).to.deep.equal({
        requests: 1,
        bytes: 600_000,
        status: 200,
        firstRequestAt: clock.now(),
        completedAt: clock.now(),
        resource: record._id,
      });
    });

    it('answers HEAD with the size and without the file', async () => {
      await addFirmware(randomBytes(1_000));
      const { url } = await desk.offerDownload(order());
      const reply = await ask(url, { method: 'HEAD' });
      expect(reply.status).to.equal(200);
      expect(reply.headers['content-length']).to.equal('1000');
      expect(reply.body).to.have.length(0);
    });

    it('serves any range', async () => {
      const bytes = randomBytes(530_000);
      await addFirmware(bytes);
      const { url } = await desk.offerDownload(order());
      await fc.assert(
        fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(bytes.length - 1), async (one, other) => {
          const [first, last] = [Math.min(one, other), Math.max(one, other)];
          const reply = await ask(url, { headers: { range: `bytes=${first}-${last}` } });
          expect(reply.status).to.equal(206);
          expect(reply.headers['content-range']).to.equal(`bytes ${first}-${last}/530000`);
          expect(reply.body.equals(bytes.subarray(first, last + 1))).to.equal(true);
        }),
        { numRuns: 15 },
      );
      const beyond = await ask(url, { headers: { range: 'bytes=530000-' } });
      expect(beyond.status).to.equal(416);
      expect(beyond.headers['content-range']).to.equal('bytes */530000');
    });

    it('counts a download in several pieces as complete once every byte went out', async () => {
      await addFirmware(randomBytes(1_000));
      const wanted = order();
      const { url } = await desk.offerDownload(wanted);
      const piece = async (range: string): Promise<void> => {
        expect((await ask(url, { headers: { range } })).status).to.equal(206);
      };
      const bytes = async (count: number): ReturnType<typeof desk.transferState> =>
        until(
          () => desk.transferState(wanted.commandKey),
          (state) => state?.bytes === count,
        );
      await piece('bytes=600-999');
      await piece('bytes=0-399');
      expect(await bytes(800)).to.include({ completedAt: null, requests: 2 });
      await piece('bytes=300-650');
      await bytes(1_151);
      await until(
        () => desk.transferState(wanted.commandKey),
        (state) => state?.completedAt?.getTime() === clock.now().getTime(),
      );
    });

    it('gives the whole file when the piece at hand is of another one', async () => {
      const { sha256 } = await addFirmware(randomBytes(1_000));
      const { url } = await desk.offerDownload(order());
      const resume = (tag: string): Promise<Reply> =>
        ask(url, { headers: { range: 'bytes=500-', 'if-range': tag } });
      expect((await resume(`"${sha256}"`)).status).to.equal(206);
      expect((await resume('"old"')).status).to.equal(200);
      expect((await ask(url, { headers: { 'if-none-match': `"${sha256}"` } })).status).to.equal(304);
      expect((await ask(url, { headers: { 'if-match': '"old"' } })).status).to.equal(412);
    });

    it('goes on after the CPE hung up in the middle, from where it was', async () => {
      const bytes = randomBytes(8_000_000);
      await addFirmware(bytes);
      const wanted = order();
      const { url } = await desk.offerDownload(wanted);
      const socket = await openSocket(url);
      socket.write(`GET ${new URL(url).pathname} HTTP/1.1\r\nHost: x\r\n\r\n`);
      await once(socket, 'data');
      socket.destroy();
      const broken = await until(
        () => desk.transferState(wanted.commandKey),
        () => server.active === 0,
      );
      expect(broken).to.include({ completedAt: null, status: 200 });

      const rest = await ask(url, { headers: { range: 'bytes=1000-' } });
      expect(rest.body.equals(bytes.subarray(1_000))).to.equal(true);
    });

    it('serves an HTTP/1.0 client that sends no Host and cuts nothing but the query', async () => {
      await addFirmware(Buffer.from('hello'));
      const { url } = await desk.offerDownload(order());
      const socket = await openSocket(url);
      socket.write(`GET ${new URL(url).pathname}?x=1 HTTP/1.0\r\n\r\n`);
      expect((await buffer(socket)).toString()).to.match(/^HTTP\/1\.1 200 OK\r\n[^]*\r\n\r\nhello$/);
    });

    it('serves HTTP/1.1 without Host and absolute targets', async () => {
      await addFirmware(Buffer.from('hello'));
      const { url } = await desk.offerDownload(order());
      const socket = await openSocket(url);
      socket.write(`GET ${url} HTTP/1.1\r\nConnection: close\r\n\r\n`);
      expect((await buffer(socket)).toString()).to.match(/^HTTP\/1\.1 200 OK\r\n[^]*hello$/);
    });

    it('says no more than 404 to whatever is not a live one-time URL', async () => {
      await addFirmware(Buffer.from('hello'));
      const wanted = order();
      const { url } = await desk.offerDownload(wanted);
      const upload = await expectUpload();
      const { pathname } = new URL(url);
      const strange: [string, string][] = [
        ['GET', '/'],
        ['GET', '/d/'],
        ['GET', '/../../etc/passwd'],
        ['GET', pathname.replace('.img', '.bin')],
        ['GET', pathname.replace('/d/', '/u/')],
        ['GET', `${pathname.slice(0, 5)}${pathname[5] === 'A' ? 'B' : 'A'}${pathname.slice(6)}`],
        ['GET', new URL(upload.url).pathname],
        ['DELETE', pathname],
        ['PUT', pathname],
        ['OPTIONS', '/d/x/y'],
      ];
      for (const [method, path] of strange) {
        const reply = await ask(base, { method }).then(() => ask(`${base}${path}`, { method }));
        expect(`${method} ${path} ${reply.status}`).to.equal(`${method} ${path} 404`);
        expect(reply.body).to.have.length(0);
      }
      clock.advance(3_599_000);
      expect((await ask(url)).status).to.equal(200);
      clock.advance(1_000);
      expect((await ask(url)).status).to.equal(404);
    });

    it('asks for Basic or Digest credentials when the order says so', async () => {
      await addFirmware(Buffer.from('hello'));
      const ticket = await desk.offerDownload(order({ withCredentials: true }));
      const { pathname } = new URL(ticket.url);
      const first = await ask(ticket.url);
      expect(first.status).to.equal(401);
      const offered = first.headers['www-authenticate'] ?? '';
      expect(offered).to.match(/^Digest realm="[^"]+", qop="auth".*, Basic realm=/);

      const basic = (password: string): Promise<Reply> =>
        ask(ticket.url, {
          headers: {
            authorization: `Basic ${Buffer.from(`${ticket.username}:${password}`).toString('base64')}`,
          },
        });
      expect((await basic(ticket.password)).body.toString()).to.equal('hello');
      expect((await basic('wrong')).status).to.equal(401);

      const realm = /realm="([^"]+)"/.exec(offered)?.[1] ?? '';
      const nonce = /nonce="([^"]+)"/.exec(offered)?.[1] ?? '';
      const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
      const digest = (password: string, qop: boolean): Promise<Reply> => {
        const [ha1, ha2] = [md5(`${ticket.username}:${realm}:${password}`), md5(`GET:${pathname}`)];
        const response = md5(qop ? `${ha1}:${nonce}:00000001:abc:auth:${ha2}` : `${ha1}:${nonce}:${ha2}`);
        const authorization =
          `Digest username="${ticket.username}", realm="${realm}", nonce="${nonce}", uri="${pathname}", ` +
          `response="${response}"${qop ? ', qop=auth, nc=00000001, cnonce="abc"' : ''}`;
        return ask(ticket.url, { headers: { authorization } });
      };
      expect((await digest(ticket.password, true)).body.toString()).to.equal('hello');
      expect((await digest(ticket.password, false)).body.toString()).to.equal('hello');
      expect((await digest('wrong', true)).status).to.equal(401);
      clock.advance(11 * 60_000);
      const stale = await digest(ticket.password, true);
      expect(stale.status).to.equal(401);
      expect(stale.headers['www-authenticate']).to.contain('stale=true');
      expect(JSON.stringify(await store.transfers.find().lean())).to.not.contain(ticket.password);
    });

    it('asks more CPEs than it may serve at once to come later', async () => {
      await server.close({ graceMs: 0 });
      await start({ transfers: 1, retryAfter: 7 });
      await addFirmware(randomBytes(8_000_000));
      const [one, other] = [await desk.offerDownload(order()), await desk.offerDownload(order())];
      const socket = await openSocket(one.url);
      socket.write(`GET ${new URL(one.url).pathname} HTTP/1.1\r\nHost: x\r\n\r\n`);
      await once(socket, 'data');
      socket.pause();
      const busy = await ask(other.url);
      expect(busy.status).to.equal(503);
      expect(busy.headers['retry-after']).to.equal('7');
      socket.destroy();
      await until(
        () => server.active,
        (active) => active === 0,
      );
      expect((await ask(other.url)).status).to.equal(200);
    });

    it('ends a connection that stands still', async () => {
      await server.close({ graceMs: 0 });
      await start({ idleMs: 100 });
      await addFirmware(randomBytes(8_000_000));
      const { url } = await desk.offerDownload(order());
      const socket = await openSocket(url);
      socket.write(`GET ${new URL(url).pathname} HTTP/1.1\r\nHost: x\r\n\r\n`);
      await once(socket, 'data');
      socket.pause();
      await until(
        () => server.active,
        (active) => active === 0,
      );
      socket.destroy();
    });

    it('answers 404 when the file was deleted meanwhile', async () => {
      const record = await addFirmware(Buffer.from('x'));
      const { url } = await desk.offerDownload(order());
      await resources.remove(record._id);
      expect((await ask(url)).status).to.equal(404);
    });

    it('survives what is not HTTP', async () => {
      const socket = await openSocket(base);
      socket.end('\x16\x03\x01 nonsense\r\n\r\n');
      expect((await buffer(socket)).toString()).to.match(/^HTTP\/1\.1 400 /);
      expect((await ask(base)).status).to.equal(404);
    });
  });

  describe('for uploads', () => {
    const put = (url: string, body: Buffer, headers: Record<string, string> = {}): Promise<Reply> =>
      ask(url, { method: 'PUT', body, headers });

    it('makes a resource of what a CPE puts, byte for byte', async () => {
      const bytes = randomBytes(300_000);
      const ticket = await expectUpload();
      expect(ticket.size).to.equal(0);
      const reply = await put(ticket.url, bytes, { 'content-type': 'text/xml; charset=utf-8' });
      expect(reply.status).to.equal(201);
      const state = await desk.transferState(ticket.key);
      expect(state).to.include({ requests: 1, bytes: 300_000, status: 201 });
      expect(state?.completedAt).to.deep.equal(clock.now());
      const record = await resources.get(state?.resource ?? '');
      expect(record).to.include({
        name: 'backup of A-B-1',
        category: 'config.backup',
        device: 'A-B-1',
        version: '1.0',
        contentType: 'text/xml',
        fileType: '1 Vendor Configuration File',
      });
      expect((await buffer(resources.openRecord(record).stream)).equals(bytes)).to.equal(true);
      expect((await desk.newestBackup('A-B-1', null, null))?.id).to.equal(record._id);
      expect(await desk.newestBackup('A-B-1', clock.now(), null)).to.equal(null);
      expect(await desk.backups('A-B-1', 'd:A-B-1:1')).to.have.length(1);
    });

    it('takes POST, chunked bodies and empty files as well', async () => {
      const post = await expectUpload();
      expect((await ask(post.url, { method: 'POST', body: Buffer.from('p') })).status).to.equal(201);
      const chunked = await expectUpload();
      const request = httpRequest(chunked.url, { method: 'PUT', agent: false });
      request.write('one ');
      request.write('two');
      request.end();
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      expect(response.statusCode).to.equal(201);
      response.resume();
      expect((await desk.transferState(chunked.key))?.bytes).to.equal(7);
      const empty = await expectUpload();
      expect((await put(empty.url, Buffer.alloc(0))).status).to.equal(201);
    });

    it('tells a CPE that asks first whether to continue', async () => {
      const ticket = await expectUpload();
      const socket = await openSocket(ticket.url);
      const { pathname } = new URL(ticket.url);
      socket.write(
        `PUT ${pathname} HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n`,
      );
      expect(String((await once(socket, 'data'))[0])).to.equal('HTTP/1.1 100 Continue\r\n\r\n');
      socket.write('12345');
      expect(String((await once(socket, 'data'))[0])).to.match(/^HTTP\/1\.1 201 /);
      socket.destroy();

      const refused = await openSocket(ticket.url);
      refused.write(
        `PUT ${pathname}x HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n`,
      );
      expect((await buffer(refused)).toString()).to.match(/^HTTP\/1\.1 404 [^]*Connection: close/);
    });

    it('refuses a file over the limit and keeps nothing of it', async () => {
      const ticket = await expectUpload();
      expect((await put(ticket.url, Buffer.alloc(MAX_UPLOAD + 1))).status).to.equal(413);
      const request = httpRequest(ticket.url, { method: 'PUT', agent: false });
      for (let sent = 0; sent <= MAX_UPLOAD; sent += 50_000) request.write(Buffer.alloc(50_000));
      request.end();
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      expect(response.statusCode).to.equal(413);
      response.resume();
      await until(contents, (counts) => counts.every((count) => count === 0));
      expect(await desk.transferState(ticket.key)).to.include({
        status: 413,
        resource: null,
        completedAt: null,
      });
      expect((await put(ticket.url, Buffer.alloc(MAX_UPLOAD))).status).to.equal(201);
    });

    it('keeps nothing of an upload that breaks off, and takes it again', async () => {
      const ticket = await expectUpload();
      const { pathname } = new URL(ticket.url);
      for (const head of ['Content-Length: 390000', 'Transfer-Encoding: chunked']) {
        const socket = await openSocket(ticket.url);
        socket.write(`PUT ${pathname} HTTP/1.1\r\nHost: x\r\n${head}\r\n\r\n`);
        if (head.startsWith('T')) socket.write((300_000).toString(16) + '\r\n');
        socket.write(Buffer.alloc(300_000));
        await until(
          () => store.db.collection('files.chunks').countDocuments({}),
          (count) => count > 0,
        );
        socket.destroy();
        await until(
          () => server.active,
          (active) => active === 0,
        );
        expect(await contents()).to.deep.equal([0, 0, 0]);
        expect(await desk.transferState(ticket.key)).to.include({ status: 400, completedAt: null });
      }
      expect((await put(ticket.url, Buffer.from('whole'))).status).to.equal(201);
      expect((await contents())[0]).to.equal(1);
    });

    it('takes no more than the declared length as the file', async () => {
      const ticket = await expectUpload();
      const socket = await openSocket(ticket.url);
      socket.write(
        `PUT ${new URL(ticket.url).pathname} HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n12345678 and more`,
      );
      expect((await buffer(socket)).toString()).to.match(/^HTTP\/1\.1 201 [^]*HTTP\/1\.1 400 /);
      expect((await desk.transferState(ticket.key))?.bytes).to.equal(4);
    });

    it('keeps nothing of a body that is not chunked as it says', async () => {
      const ticket = await expectUpload();
      const socket = await openSocket(ticket.url);
      socket.write(
        `PUT ${new URL(ticket.url).pathname} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\nnonsense`,
      );
      expect((await buffer(socket)).toString()).to.match(/^HTTP\/1\.1 400 /);
      await until(
        () => server.active,
        (active) => active === 0,
      );
      expect(await contents()).to.deep.equal([0, 0, 0]);
    });

    it('takes one whole file; a repetition of the same is well, another one is not', async () => {
      const ticket = await expectUpload();
      expect((await put(ticket.url, Buffer.from('first'))).status).to.equal(201);
      expect((await put(ticket.url, Buffer.from('first'))).status).to.equal(200);
      expect((await put(ticket.url, Buffer.from('second'))).status).to.equal(409);
      expect(await contents()).to.deep.equal([1, 1, 1]);
      const record = await resources.get((await desk.transferState(ticket.key))?.resource ?? '');
      expect((await buffer(resources.openRecord(record).stream)).toString()).to.equal('first');
    });

    it('makes one resource of two uploads at once', async () => {
      const ticket = await expectUpload();
      const replies = await Promise.all([1, 2, 3].map(() => put(ticket.url, Buffer.alloc(100_000, 7))));
      expect(replies.map(({ status }) => status).sort()).to.deep.equal([200, 200, 201]);
      expect(await contents()).to.deep.equal([1, 1, 1]);
    });

    it('finds another name when the one that was planned is taken', async () => {
      const [one, other] = [await expectUpload(), await expectUpload()];
      expect((await put(one.url, Buffer.from('1'))).status).to.equal(201);
      expect((await put(other.url, Buffer.from('2'))).status).to.equal(201);
      const names = (await resources.list({ limit: 5 })).items.map(({ name }) => name);
      expect(names).to.have.length(2).and.to.include('backup of A-B-1');
    });

    it('refuses pieces, forms and packed bodies', async () => {
      const { url } = await expectUpload();
      const body = Buffer.from('x');
      expect((await put(url, body, { 'content-range': 'bytes 0-0/9' })).status).to.equal(400);
      expect((await put(url, body, { 'content-type': 'multipart/form-data; boundary=x' })).status).to.equal(
        415,
      );
      expect((await put(url, body, { 'content-encoding': 'gzip' })).status).to.equal(415);
      expect(await contents()).to.deep.equal([0, 0, 0]);
    });

    it('says 507 when the store has no room and 500 when it fails otherwise, and keeps nothing', async () => {
      const { url } = await expectUpload();
      const { write } = resources.content;
      for (const [code, status] of [
        [14031, 507],
        [1, 500],
      ] as const) {
        resources.content.write = (source, ...rest) =>
          write.call(
            resources.content,
            (async function* () {
              for await (const piece of source) {
                yield piece;
                throw new mongoose.mongo.MongoServerError({ message: 'the store failed', code });
              }
            })(),
            ...rest,
          );
        expect((await put(url, Buffer.alloc(300_000))).status).to.equal(status);
        expect(await contents()).to.deep.equal([0, 0, 0]);
      }
      resources.content.write = write;
      expect((await put(url, Buffer.from('x'))).status).to.equal(201);
    });

    it('dies with its time', async () => {
      const { url } = await expectUpload();
      clock.advance(3_600_000);
      expect((await put(url, Buffer.from('x'))).status).to.equal(404);
    });
  });

  describe('desk', () => {
    it('makes URLs of at most 256 characters on any base', async () => {
      await addFirmware(Buffer.from('x'), `${'ä'.repeat(60)}${'n'.repeat(60)}.bin`);
      const long = `https://files.example.com/${'p'.repeat(170)}`;
      const { url } = await desk.offerDownload(order({ baseUrl: `${long}/` }));
      expect(url.length).to.be.at.most(256);
      expect(url.startsWith(`${long}/d/`) && url.endsWith('.bin')).to.equal(true);
      for (const baseUrl of [
        'ftp://x',
        'nonsense',
        'http://u:p@x',
        'http://x/?q',
        `http://${'x'.repeat(210)}`,
      ]) {
        const error: unknown = await desk
          .offerDownload(order({ baseUrl }))
          .catch((reason: unknown) => reason);
        expect(error, baseUrl).to.be.instanceOf(ValidationError);
      }
    });

    it('offers no URL of another scheme than the order asks for', async () => {
      await addFirmware(Buffer.from('hello'));
      const refused = await desk.offerDownload(order({ scheme: 'https' })).catch((error: unknown) => error);
      expect(refused).to.be.instanceOf(ValidationError);
      expect(String(refused)).to.contain('https').and.contain(base);
      expect(await store.transfers.countDocuments()).to.equal(0);
      for (const more of [
        { scheme: 'http' as const },
        {},
        { scheme: 'https' as const, baseUrl: 'https://files.example' },
      ])
        expect((await desk.offerDownload(order(more))).url).to.match(
          more.baseUrl === undefined ? /^http:/ : /^https:\/\/files\.example\//,
        );
    });

    it('knows nothing of files and transfers that do not exist', async () => {
      expect(await desk.findResource('nobody')).to.equal(null);
      expect(await desk.transferState('nobody')).to.equal(null);
      const error: unknown = await desk.offerDownload(order()).catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(NotFoundError);
    });
  });
});
