import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions as TlsOptions } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../common/clock.js';
import { newId } from '../../common/ids.js';
import type { Log } from '../../common/log.js';
import { Admission } from './admission.js';
import type { Authenticator } from './authentication.js';
import type { Conductor } from './conductor.js';
import { sessionCookies, setSessionCookie } from './cookies.js';
import { ConnectionTurns } from './connection-turns.js';
import { DRAIN_MS, Exchange, plainAddress } from './exchange.js';
import { contentCoding, encodeReply, readBody, type Coding } from './http-body.js';
import { LeniencyLog } from './leniency-log.js';
import type { DeviceId } from './messages.js';
import { CWMP_LIMITS, type CwmpLimits } from './cwmp-limits.js';
import { RefusalLog } from './refusal-log.js';
import { SessionDriver, type SessionReply } from './session-driver.js';
import { SessionTable, type OpenSession } from './session-table.js';
import { build } from './soap/build.js';
import type { CwmpEnvelope } from './soap/envelope.js';
import { MalformedEnvelopeError } from './soap/malformed-envelope-error.js';
import { parse } from './soap/parse.js';

export interface CwmpServerOptions {
  conductor: Conductor;
  authenticator: Authenticator;
  clock: Clock;
  log: Log;
  limits?: Partial<CwmpLimits>;
  /** HTTPS instead of HTTP. */
  tls?: TlsOptions | null;
  /** Sees every envelope that is sent; for tests and traces. */
  onEnvelope?: (xml: string) => void;
}

export interface CwmpServer {
  /** Rejects when the port cannot be had. */
  listen(port: number, host: string): Promise<AddressInfo>;
  /** Null while it does not listen. */
  readonly address: AddressInfo | null;
  readonly openSessions: number;
  /** Lets open sessions go on for so many milliseconds, takes no new ones, then ends the rest. */
  close(options?: { graceMs?: number }): Promise<void>;
}

/** The HTTP side of CWMP (cwmp.md §3): everything a CPE may do on the way to its session, and nothing of RPCs. */
export function createCwmpServer(options: CwmpServerOptions): CwmpServer {
  return new Endpoint(options);
}

const XML = 'text/xml; charset=utf-8';
/** An older session of the same device gets so long, milliseconds, to finish the call that it is in. */
const SUPERSEDE_MS = 5_000;
class Endpoint implements CwmpServer {
  readonly #options: CwmpServerOptions;
  readonly #limits: CwmpLimits;
  readonly #server: Server;
  readonly #sessions = new SessionTable();
  readonly #admission: Admission;
  readonly #refusals: RefusalLog;
  readonly #leniencies: LeniencyLog;
  readonly #turns = new ConnectionTurns();
  /** Connections on which something came that is no HTTP. */
  readonly #broken = new WeakSet<Socket>();
  #bufferedBytes = 0;
  #closing = false;

  constructor(options: CwmpServerOptions) {
    this.#options = options;
    this.#limits = { ...CWMP_LIMITS, ...options.limits };
    const { authenticator, log } = options;
    const { failuresPerMinute } = this.#limits;
    this.#admission = new Admission({ authenticator, log, failuresPerMinute });
    this.#refusals = new RefusalLog(log);
    this.#leniencies = new LeniencyLog(options.log);
    this.#server = this.#createServer();
  }

  get address(): AddressInfo | null {
    const address = this.#server.address();
    return typeof address === 'object' ? address : null;
  }

  get openSessions(): number {
    return this.#sessions.size;
  }

  listen(port: number, host: string): Promise<AddressInfo> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, () => {
        this.#server.off('error', reject);
        resolve(this.#server.address() as AddressInfo);
      });
    });
  }

  async close({ graceMs = 0 }: { graceMs?: number } = {}): Promise<void> {
    this.#closing = true;
    // The listener stays until the sessions are over: a CPE may come back to its session on a new connection.
    const end = performance.now() + graceMs;
    while (this.#sessions.size > 0 && performance.now() < end) await delay(20);
    const ends = this.#sessions.all().map(({ driver }) => driver.interrupt('shutdown'));
    await Promise.race([Promise.all(ends), delay(SUPERSEDE_MS, undefined, { ref: false })]);
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  #createServer(): Server {
    const { tls } = this.#options;
    const { headersMs, idleMs, connections } = this.#limits;
    // Looked at often enough for the limits to mean what they say; Node's own interval is 30 s.
    const checks = { connectionsCheckingInterval: Math.min(headersMs, 5_000) };
    const server = tls ? createTlsServer({ ...tls, ...checks }) : createServer(checks);
    server.headersTimeout = headersMs;
    // Bodies have a timer of their own, which can still make something of what has come.
    server.requestTimeout = 0;
    server.keepAliveTimeout = idleMs;
    server.maxConnections = connections;
    server.on('request', (request, response) => {
      this.#turns.take(request, response, () => this.#serve(request, response));
    });
    server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
      this.#turns.take(request, response, async () => {
        if (this.#announcedTooLarge(request)) {
          new Exchange(request, response, this.#refusals).refuse(413, 'Body too large');
          return;
        }
        response.writeContinue();
        await this.#serve(request, response);
      });
    });
    server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
      void this.#refuseGarbage(error, socket);
    });
    return server;
  }

  /** Says so once, and lets an answer that is under way go out first: garbage behind an envelope does not undo it. */
  async #refuseGarbage({ code = '' }: NodeJS.ErrnoException, socket: Socket): Promise<void> {
    if (!socket.writable || code === 'ECONNRESET') {
      socket.destroy();
      return;
    }
    if (this.#broken.has(socket)) return;
    this.#broken.add(socket);
    this.#refusals.note('info', { address: plainAddress(socket), reason: code }, 'Unreadable HTTP request');
    const answered = await this.#turns.broken(socket);
    // Without a second answer, which a CPE would take for that to its next POST.
    if (!answered)
      socket.end(`HTTP/1.1 ${garbageStatus(code)}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    setTimeout(() => socket.destroy(), DRAIN_MS).unref();
  }

  #announcedTooLarge(request: IncomingMessage): boolean {
    return Number(request.headers['content-length'] ?? 0) > this.#limits.bodyBytes;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const exchange = new Exchange(request, response, this.#refusals);
    try {
      await this.#answer(exchange);
    } catch (error) {
      this.#options.log.error({ err: error, address: exchange.address }, 'A CWMP request failed');
      if (!response.headersSent) exchange.refuse(500, 'Internal error');
      else exchange.socket.destroy();
    }
  }

  async #answer(exchange: Exchange): Promise<void> {
    const { request, address, socket } = exchange;
    if (request.method !== 'POST') {
      exchange.refuse(405, null, ['Allow', 'POST']);
      return;
    }
    const coding = contentCoding(request.headers['content-encoding']);
    if (!coding) {
      exchange.refuse(415, 'Unknown content coding');
      return;
    }
    if (this.#announcedTooLarge(request)) {
      exchange.refuse(413, 'Body too large');
      return;
    }
    const found = this.#sessions.find(sessionCookies(request.headers.cookie), socket, address);
    const body = await this.#read(exchange, coding);
    if (!body) return;
    const surely = found && found !== 'conflict' && found.by !== 'address' ? found.session : null;
    const envelope = await this.#parse(exchange, body, surely);
    if (!envelope) return;
    if (envelope.message.kind === 'inform')
      return this.#begin(exchange, envelope, body, envelope.message.inform.deviceId);
    if (found === 'conflict') {
      exchange.refuse(400, 'The cookie is that of another session');
      return;
    }
    if (!found) {
      await this.#answerStray(exchange, envelope);
      return;
    }
    if (!(await this.#admission.mayGoOn(exchange, found.session, found.by === 'address'))) return;
    this.#sessions.attach(found.session, socket);
    await this.#reply(exchange, found.session, await found.session.driver.post(envelope, body));
  }

  /** A POST that belongs to no session and opens none. */
  async #answerStray(exchange: Exchange, envelope: CwmpEnvelope): Promise<void> {
    const { message, namespace, id, declaration } = envelope;
    if (message.kind === 'empty') {
      // Devices send one more after the end, or one without having begun (cpe-quirks.md rows 78, 79).
      exchange.end();
    } else if (message.kind === 'invalid' && message.method === 'Inform') {
      const { faultCode, message: faultString } = message.error;
      this.#refusals.note(
        'warn',
        { address: exchange.address, reason: faultString },
        'An Inform was refused',
      );
      await this.#sendEnvelope(
        exchange,
        build({ kind: 'fault', faultCode, faultString }, { namespace, id, declaration }),
      );
    } else {
      exchange.refuse(400, 'The message belongs to no session');
    }
  }

  /** The body, or null when the request has been answered for want of a good one. */
  async #read(exchange: Exchange, coding: Coding): Promise<Buffer | null> {
    let counted = 0;
    const result = await readBody(exchange.request, coding, this.#limits, (bytes) => {
      counted += bytes;
      this.#bufferedBytes += bytes;
      return this.#bufferedBytes <= this.#limits.bufferedBytes;
    });
    const overloaded = this.#bufferedBytes > this.#limits.bufferedBytes;
    this.#bufferedBytes -= counted;
    switch (result.outcome) {
      case 'complete':
        exchange.coding = result.coding;
        return result.bytes;
      case 'too-large':
        if (overloaded) this.#turnAway(exchange);
        else exchange.refuse(413, 'Body too large');
        return null;
      case 'incomplete':
        exchange.refuse(400, 'The body did not come in full');
        return null;
      case 'not-inflatable':
        exchange.refuse(400, `The body cannot be inflated: ${result.reason}`);
        return null;
      case 'aborted':
        exchange.socket.destroy();
        return null;
    }
  }

  async #parse(exchange: Exchange, body: Buffer, session: OpenSession | null): Promise<CwmpEnvelope | null> {
    try {
      return parse(body, { contentType: exchange.request.headers['content-type'] });
    } catch (error) {
      if (!(error instanceof MalformedEnvelopeError)) throw error;
      exchange.refuse(400, error.message);
      await session?.driver.interrupt('protocol-error');
      return null;
    }
  }

  /** An Inform always opens a new session, whatever cookie it carries (cpe-quirks.md rows 70, 72). */
  async #begin(exchange: Exchange, envelope: CwmpEnvelope, body: Buffer, deviceId: DeviceId): Promise<void> {
    const { address, socket } = exchange;
    if (!(await this.#admission.mayOpen(exchange, deviceId))) return;
    const older = this.#sessions.ofDevice(deviceId);
    if (older) {
      const repeated = older.socket === socket ? older.driver.repeatedInform(body) : null;
      if (repeated) return this.#reply(exchange, older, repeated);
      await Promise.race([
        older.driver.interrupt('superseded'),
        delay(SUPERSEDE_MS, undefined, { ref: false }),
      ]);
    }
    if (this.#closing || this.#sessions.size >= this.#limits.sessions) {
      this.#turnAway(exchange);
      return;
    }
    const { conductor, clock, log, onEnvelope } = this.#options;
    const driver = new SessionDriver({
      id: newId(clock.now()),
      conductor,
      clock,
      log,
      onEnvelope,
      leniencies: this.#leniencies,
      timeouts: this.#limits,
      sourceIp: address,
      tls: 'encrypted' in socket,
      onEnd: () => this.#sessions.remove(session),
    });
    const session = this.#sessions.add(driver, deviceId, address, socket);
    const reply = await driver.post(envelope, body);
    await this.#reply(
      exchange,
      session,
      reply,
      driver.ended ? [] : ['Set-Cookie', setSessionCookie(session.cookie)],
    );
  }

  async #reply(
    exchange: Exchange,
    session: OpenSession,
    reply: SessionReply,
    headers: string[] = [],
  ): Promise<void> {
    switch (reply.kind) {
      case 'envelope':
        await this.#sendEnvelope(exchange, reply.xml, headers);
        this.#keepOpen(exchange, session.driver);
        return;
      case 'empty': {
        exchange.end();
        return;
      }
      case 'bad-request': {
        exchange.refuse(400, reply.reason);
        return;
      }
      case 'forbidden': {
        exchange.refuse(403, reply.reason);
        return;
      }
      case 'unavailable': {
        this.#comeAgain(exchange, null);
        return;
      }
    }
  }

  async #sendEnvelope(exchange: Exchange, xml: string, headers: readonly string[] = []): Promise<void> {
    const body = await encodeReply(xml, exchange.coding);
    const coding = exchange.coding === 'identity' ? [] : ['Content-Encoding', exchange.coding];
    exchange.send(200, body, ['Content-Type', XML, ...coding, ...headers]);
  }

  /** The connection of a session may be silent as long as the session waits. */
  #keepOpen({ response, socket }: Exchange, driver: SessionDriver): void {
    const wait = (): void => {
      if (!driver.ended) socket.setTimeout(driver.patience + 5_000);
    };
    if (response.writableFinished) wait();
    else response.once('finish', wait);
  }

  /** No room: better said early than by failing in the middle (cwmp.md §7). Spread, so that they do not all come back at once. */
  #turnAway(exchange: Exchange): void {
    this.#comeAgain(exchange, this.#closing ? null : 'No room for another session');
  }

  #comeAgain(exchange: Exchange, reason: string | null): void {
    const { retryAfterSeconds } = this.#limits;
    const seconds = Math.ceil(retryAfterSeconds * (0.5 + Math.random()));
    exchange.refuse(503, reason, ['Retry-After', String(seconds)]);
  }
}

function garbageStatus(code: string): string {
  if (code === 'HPE_HEADER_OVERFLOW') return '431 Request Header Fields Too Large';
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : '400 Bad Request';
}
