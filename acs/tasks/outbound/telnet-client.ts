import { connect, type Socket } from 'node:net';
import type { ShellClient, ShellCommand, TelnetHost } from '../ports/notifiers.js';
import { OutboundFailure } from '../ports/workflow-ports.js';
import type { AddressGuard } from './address-guard.js';

const IAC = 255;
const WILL = 251;
const WONT = 252;
const DO = 253;
const DONT = 254;
const SB = 250;
const SE = 240;

/** Milliseconds without output after which a greeting is taken as complete. */
const QUIET = 200;

/** One command in a connection of its own (RFC 854); every option that the host offers or asks for is refused. */
export class TelnetClient implements ShellClient<TelnetHost> {
  readonly #guard: AddressGuard;

  constructor(guard: AddressGuard) {
    this.#guard = guard;
  }

  async run(host: TelnetHost, { command, waitMs, windowsEndline }: ShellCommand): Promise<string> {
    this.#guard.assertHost(host.address);
    const socket = await this.#connected(host);
    try {
      const output = new Output(socket, host.maxBufferSize);
      await output.settle(QUIET);
      output.clear();
      socket.write(
        `${command.replaceAll('\u00ff', '\u00ff\u00ff')}${windowsEndline ? '\r\n' : '\n'}`,
        'latin1',
      );
      await output.settle(waitMs);
      return output.text;
    } finally {
      socket.destroy();
    }
  }

  #connected({ address, port, connectMs }: TelnetHost): Promise<Socket> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: address, port, lookup: this.#guard.lookup });
      const fail = (error: Error): void => {
        socket.destroy();
        const known =
          error instanceof OutboundFailure ? error : new OutboundFailure(`${address} cannot be reached`);
        reject(known);
      };
      socket.setTimeout(connectMs, () => fail(new OutboundFailure(`${address} did not answer in time`)));
      socket.once('error', fail);
      socket.once('connect', () => {
        socket.setTimeout(0);
        socket.removeListener('error', fail);
        // A connection that breaks later has said what it had to say.
        socket.on('error', () => socket.destroy());
        resolve(socket);
      });
    });
  }
}

class Output {
  readonly #socket: Socket;
  readonly #most: number;
  #bytes: number[] = [];
  /** The beginning of a command of the protocol whose end has not come yet. */
  #rest: number[] = [];

  constructor(socket: Socket, most: number) {
    this.#socket = socket;
    this.#most = most;
    socket.on('data', (data: Buffer) => this.#take([...this.#rest, ...data]));
  }

  get text(): string {
    return Buffer.from(this.#bytes).toString('utf8');
  }

  clear(): void {
    this.#bytes = [];
  }

  /** Resolves after the time, or when the host has closed the connection. */
  settle(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, milliseconds);
      const socket = this.#socket;
      function done(): void {
        clearTimeout(timer);
        socket.removeListener('close', done);
        resolve();
      }
      if (socket.destroyed) done();
      else socket.once('close', done);
    });
  }

  #take(data: number[]): void {
    let at = 0;
    while (at < data.length) {
      const byte = data[at] ?? 0;
      if (byte !== IAC) {
        this.#bytes.push(byte);
        at += 1;
        continue;
      }
      const length = this.#command(data, at);
      if (length === 0) break;
      at += length;
    }
    this.#rest = data.slice(at);
    // The newest part is what a command is judged by.
    if (this.#bytes.length > this.#most) this.#bytes = this.#bytes.slice(-this.#most);
  }

  /** Bytes of the protocol command that begins here; 0 = it is not complete. */
  #command(data: readonly number[], at: number): number {
    const [, verb, option] = data.slice(at, at + 3);
    if (verb === undefined) return 0;
    if (verb === IAC) {
      this.#bytes.push(IAC);
      return 2;
    }
    if (verb === SB) {
      const end = data.findIndex((byte, index) => index > at + 1 && byte === IAC && data[index + 1] === SE);
      return end < 0 ? 0 : end + 2 - at;
    }
    if (verb !== WILL && verb !== WONT && verb !== DO && verb !== DONT) return 2;
    if (option === undefined) return 0;
    if (verb === DO) this.#socket.write(Buffer.from([IAC, WONT, option]));
    if (verb === WILL) this.#socket.write(Buffer.from([IAC, DONT, option]));
    return 3;
  }
}
