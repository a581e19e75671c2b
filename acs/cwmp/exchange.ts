import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Coding } from './http-body.js';
import type { RefusalLog } from './refusal-log.js';

/** What is still being sent after a refusal is read and thrown away for so long: a reset would destroy the refusal. */
export const DRAIN_MS = 1_000;

/** One POST of a CPE and its answer, as HTTP sees them. */
export class Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly socket: Socket;
  /** Of the CPE, IPv4 in its plain form. */
  readonly address: string;
  /** How the body was coded, and so the answer. */
  coding: Coding = 'identity';
  readonly #refusals: RefusalLog;

  constructor(request: IncomingMessage, response: ServerResponse, refusals: RefusalLog) {
    this.request = request;
    this.response = response;
    this.socket = request.socket;
    this.address = plainAddress(request.socket);
    this.#refusals = refusals;
  }

  /** `headers` as name, value, name, value …; a text is sent with them in one piece, bytes beside them. */
  send(status: number, body: Buffer | string | null, headers: readonly string[]): void {
    const length = ['Content-Length', String(body === null ? 0 : Buffer.byteLength(body))];
    // Named outright: Node would promise an idle time that a session exceeds. Kept open unless the CPE wants it closed,
    // as HTTP/1.0 does without a word (RFC 9112 §9.3).
    const connection = headers.includes('Connection')
      ? []
      : ['Connection', this.response.shouldKeepAlive ? 'keep-alive' : 'close'];
    this.response.writeHead(status, [...length, ...connection, ...headers]);
    this.response.end(body ?? undefined, 'utf8');
  }

  /** The empty answer that ends a session. */
  end(): void {
    this.send(204, null, ['Connection', 'close']);
  }

  /** An answer that ends the connection; `reason` goes into the log alone, null = no line. */
  refuse(status: number, reason: string | null, headers: readonly string[] = []): void {
    if (reason !== null)
      this.#refusals.note('warn', { address: this.address, status, reason }, 'A CWMP request was refused');
    // One that waits behind other answers is Node's to put in its place.
    if (this.request.complete || this.response.socket === null) {
      this.send(status, null, ['Connection', 'close', ...headers]);
      return;
    }
    // Written past Node, which would close at once: the reset that follows could reach the sender before the answer.
    const lines = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
      'Content-Length: 0',
      'Connection: close',
    ];
    for (let at = 0; at + 1 < headers.length; at += 2)
      lines.push(`${headers[at] ?? ''}: ${headers[at + 1] ?? ''}`);
    this.socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    this.request.resume();
    const close = (): void => {
      this.socket.destroy();
    };
    setTimeout(close, DRAIN_MS).unref();
    this.request.once('end', close);
  }
}

export function plainAddress(socket: Socket): string {
  return (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
}
