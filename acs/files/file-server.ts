import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Clock } from '../../common/clock.js';
import type { Log } from '../../common/log.js';
import type { TransferRecord } from '../../store/models/transfer.js';
import { isOutOfSpace } from '../../store/store-failure.js';
import { receiveUpload, uploadObstacle } from './receive-upload.js';
import type { Resources } from './resources.js';
import { serveDownload } from './serve-download.js';
import { TransferAuthentication } from './transfer-credentials.js';
import { parseAddress, type TransferKind, type Transfers } from './transfers.js';

export interface FileServerLimits {
  /** Transfers served at once. */
  transfers: number;
  /** Milliseconds that a connection may stand still. */
  idleMs: number;
  /** Milliseconds that one request may take in all. */
  totalMs: number;
  /** Seconds after which a CPE that found no place may try again. */
  retryAfter: number;
}

const DEFAULT_LIMITS: FileServerLimits = {
  transfers: 100,
  idleMs: 60_000,
  totalMs: 4 * 3_600_000,
  retryAfter: 30,
};

export interface FileServerOptions {
  resources: Resources;
  transfers: Transfers;
  clock: Clock;
  log: Log;
  limits?: Partial<FileServerLimits>;
}

/** Bytes of a refused upload that are still read, so that the CPE gets to see the refusal. */
const DISCARD_BYTES = 16 * 1024 * 1024;

const METHODS: Record<TransferKind, readonly string[]> = {
  download: ['GET', 'HEAD'],
  // POST is what some CPEs send; it means the same here.
  upload: ['PUT', 'POST'],
};

/**
 * The HTTP server that CPEs fetch files from and put files to (TR-069 A6 §A.4.1.5). It knows one-time URLs and nothing
 * else: no listing, no redirects, no cookies, and the same 404 for all that it does not know.
 */
export class FileServer {
  readonly #options: FileServerOptions;
  readonly #limits: FileServerLimits;
  readonly #authentication = new TransferAuthentication();
  readonly #server: Server;
  /** The request that a connection is busy with. */
  readonly #current = new WeakMap<Socket, { request: IncomingMessage; done: Promise<void> }>();
  #active = 0;

  constructor(options: FileServerOptions) {
    this.#options = options;
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#server = createServer(
      {
        // HTTP/1.0 clients and some CPEs send no Host (cpe-quirks.md row 62).
        requireHostHeader: false,
        maxHeaderSize: 16 * 1024,
        headersTimeout: this.#limits.idleMs,
        requestTimeout: this.#limits.totalMs,
        keepAliveTimeout: 15_000,
      },
      (request, response) => this.#begin(request, response, false),
    );
    this.#server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) =>
      this.#begin(request, response, true),
    );
    this.#server.on('clientError', (error, socket) => this.#refuseGarbage(error, socket as Socket));
    this.#server.setTimeout(this.#limits.idleMs);
  }

  /** Rejects when the port cannot be had. */
  async listen(port: number, host: string): Promise<AddressInfo> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    this.#server.on('error', (error) => this.#options.log.error({ err: error }, 'the file server failed'));
    return this.#server.address() as AddressInfo;
  }

  /** Null unless listening. */
  get address(): AddressInfo | null {
    return this.#server.address() as AddressInfo | null;
  }

  /** Transfers under way. */
  get active(): number {
    return this.#active;
  }

  /** Takes no new connections; transfers under way get `graceMs` to end. */
  async close({ graceMs }: { graceMs: number }): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeIdleConnections();
    const timer = setTimeout(() => this.#server.closeAllConnections(), graceMs);
    await closed;
    clearTimeout(timer);
  }

  #begin(request: IncomingMessage, response: ServerResponse, expectsContinue: boolean): void {
    const done = this.#handle(request, response, expectsContinue);
    this.#current.set(request.socket, { request, done });
  }

  async #handle(request: IncomingMessage, response: ServerResponse, expectsContinue: boolean): Promise<void> {
    const started = performance.now();
    const { method = '', url = '' } = request;
    try {
      const transfer = await this.#admit(request, response, expectsContinue);
      if (!transfer) return;
      // The socket's own time-out sees only standstill, not a client that takes a byte a minute.
      const timer = setTimeout(() => request.socket.destroy(), this.#limits.totalMs);
      try {
        const facts =
          transfer.kind === 'download'
            ? await this.#download(request, response, transfer)
            : await this.#upload(request, response, transfer, expectsContinue);
        const duration = Math.round(performance.now() - started);
        const { device, kind } = transfer;
        this.#options.log.info({ device, kind, method, duration, ...facts }, 'file transfer');
      } finally {
        clearTimeout(timer);
        this.#active -= 1;
      }
    } catch (error) {
      const status = isOutOfSpace(error) ? 507 : 500;
      this.#options.log.error({ err: error, method, path: masked(url), status }, 'a file transfer failed');
      if (response.headersSent) request.socket.destroy();
      else this.#refuse(request, response, status, expectsContinue);
    }
  }

  /** The transfer that the request may go on with, its place taken; null when it was answered with a refusal. */
  async #admit(
    request: IncomingMessage,
    response: ServerResponse,
    expectsContinue: boolean,
  ): Promise<TransferRecord | null> {
    const { method = '', url = '', socket } = request;
    const { clock, transfers, log } = this.#options;
    const refuse = (status: number, reason: string): null => {
      log.info({ method, path: masked(url), sourceIp: socket.remoteAddress, status, reason }, 'file refused');
      this.#refuse(request, response, status, expectsContinue);
      return null;
    };
    const address = parseAddress(url);
    if (!address || !METHODS[address.kind].includes(method)) return refuse(404, 'no one-time URL');
    const transfer = await transfers.find(address);
    if (!transfer) return refuse(404, 'unknown or expired');
    const { authorization } = request.headers;
    const challenge =
      transfer.credentials &&
      this.#authentication.challenge({ method, url, authorization }, transfer.credentials, clock.now());
    if (challenge) {
      response.setHeader('WWW-Authenticate', challenge);
      // The first request of a client that waits to be asked is no failure.
      if (authorization !== undefined) await transfers.asked(transfer, 401);
      return refuse(401, authorization === undefined ? 'asked for credentials' : 'wrong credentials');
    }
    if (this.#active >= this.#limits.transfers) {
      response.setHeader('Retry-After', this.#limits.retryAfter);
      await transfers.asked(transfer, 503);
      return refuse(503, 'too many transfers');
    }
    this.#active += 1;
    return transfer;
  }

  async #download(
    request: IncomingMessage,
    response: ServerResponse,
    transfer: TransferRecord,
  ): Promise<Record<string, unknown>> {
    const { resources, transfers } = this.#options;
    const record = transfer.resource === null ? null : await resources.find(transfer.resource);
    if (!record) {
      await transfers.asked(transfer, 404);
      this.#refuse(request, response, 404, false);
      return { status: 404, reason: 'the resource was deleted' };
    }
    const result = await serveDownload(request, response, transfer, record, { resources, transfers });
    return { ...result, resource: record._id };
  }

  async #upload(
    request: IncomingMessage,
    response: ServerResponse,
    transfer: TransferRecord,
    expectsContinue: boolean,
  ): Promise<Record<string, unknown>> {
    const { resources, transfers } = this.#options;
    const obstacle = uploadObstacle(request, transfer);
    await transfers.asked(transfer, obstacle ?? 100);
    if (obstacle !== null) {
      this.#refuse(request, response, obstacle, expectsContinue);
      return { status: obstacle, bytes: 0 };
    }
    if (expectsContinue) response.writeContinue();
    let result;
    try {
      result = await receiveUpload(request, transfer, { resources, transfers });
    } catch (error) {
      await transfers.answered(transfer, isOutOfSpace(error) ? 507 : 500, 0);
      throw error;
    }
    if (result.status === 413 || result.status === 409) this.#refuse(request, response, result.status, false);
    else if (result.status !== null) response.writeHead(result.status, { 'Content-Length': 0 }).end();
    return { ...result };
  }

  /** Answers without a body and gets rid of what the client may still send. */
  #refuse(
    request: IncomingMessage,
    response: ServerResponse,
    status: number,
    expectsContinue: boolean,
  ): void {
    // A client that was not told to continue may send its body or its next request: nobody could tell them apart.
    if (expectsContinue) response.setHeader('Connection', 'close');
    response.setHeader('Content-Length', 0);
    response.writeHead(status).end();
    if (request.complete || expectsContinue) return;
    // Closing at once would reset the connection, and many clients would then not read the answer.
    let discarded = 0;
    request.on('error', () => undefined);
    request.on('data', (piece: Buffer) => {
      discarded += piece.length;
      if (discarded > DISCARD_BYTES) request.socket.destroy();
    });
    request.resume();
  }

  #refuseGarbage(error: NodeJS.ErrnoException, socket: Socket): void {
    const { code = '' } = error;
    if (code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    this.#options.log.info({ sourceIp: socket.remoteAddress, code }, 'a request was not HTTP');
    const refuse = (): void => {
      if (socket.writable)
        socket.write(`HTTP/1.1 ${garbageStatus(code)}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      socket.destroySoon();
    };
    // Garbage behind a whole request does not take its answer away.
    const current = this.#current.get(socket);
    if (current?.request.complete === true) void current.done.then(refuse);
    else refuse();
  }
}

function garbageStatus(code: string): string {
  if (code === 'HPE_HEADER_OVERFLOW') return '431 Request Header Fields Too Large';
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : '400 Bad Request';
}

export function createFileServer(options: FileServerOptions): FileServer {
  return new FileServer(options);
}

/** A path as it may be logged: the token opens the file. */
function masked(url: string): string {
  return url.slice(0, 300).replace(/^(.*?\/[du]\/)[^/]+/, '$1…');
}
