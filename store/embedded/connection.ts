import type { Socket } from 'node:net';
import { Command } from './commands/command.js';
import { runCommand, type Client } from './commands/dispatch.js';
import { errorReply } from './commands/reply.js';
import { StoreError } from './errors.js';
import type { Store } from './store.js';
import {
  FrameReader,
  LARGEST_HEAD,
  ProtocolError,
  parseMessage,
  replyHeadSize,
  writeReplyHead,
  type Message,
} from './wire.js';

/** Bytes that a client may send ahead while an earlier command of its is still being answered. */
const READ_AHEAD = 1024 * 1024;
/** Up to this size copying a reply behind its head costs less than writing the two apart. */
const COPIED_REPLY = 64 * 1024;

const newOutgoing = (): Buffer => Buffer.allocUnsafeSlow(COPIED_REPLY + LARGEST_HEAD);

/** Where replies are put together for all connections: the system mostly takes them at once. */
let outgoing = newOutgoing();

/**
 * One client: its commands are answered one after the other, in the order in which they came. While one waits for the disk, or
 * the client for its part does not read, at most `READ_AHEAD` bytes of further commands are taken in.
 */
export class Connection implements Client {
  readonly #store: Store;
  readonly #socket: Socket;
  readonly connectionId: number;
  readonly #connections: () => number;
  readonly #frames = new FrameReader();
  #waiting = false;

  constructor(store: Store, socket: Socket, id: number, connections: () => number) {
    this.#store = store;
    this.#socket = socket;
    this.connectionId = id;
    this.#connections = connections;
    socket.on('data', (chunk) => {
      this.#frames.push(chunk);
      if (!this.#waiting) this.#work();
      else if (this.#frames.size > READ_AHEAD) socket.pause();
    });
  }

  /** Connections that are open. */
  get connections(): number {
    return this.#connections();
  }

  /** Answers what has come, up to a command that has to wait. */
  #work(): void {
    try {
      for (let frame = this.#frames.next(); frame; frame = this.#frames.next()) {
        const message = parseMessage(frame);
        const reply = this.#run(message);
        if (reply instanceof Promise) {
          this.#finish(message, reply);
          return;
        }
        if (!this.#send(message, reply)) {
          this.#waitForReader();
          return;
        }
      }
    } catch (error) {
      this.#end(error);
    }
  }

  #finish(message: Message, pending: Promise<Buffer>): void {
    this.#waiting = true;
    pending
      .catch((error: unknown) => this.#failure(error))
      .then((reply) => {
        if (this.#send(message, reply)) this.#goOn();
        else this.#waitForReader();
      })
      .catch((error: unknown) => this.#end(error));
  }

  #goOn(): void {
    this.#waiting = false;
    if (this.#socket.isPaused()) this.#socket.resume();
    this.#work();
  }

  #waitForReader(): void {
    this.#waiting = true;
    this.#socket.once('drain', () => this.#goOn());
  }

  #end(error: unknown): void {
    const text = error instanceof ProtocolError ? error.message : String(error);
    this.#store.log.warn(`Connection ${this.connectionId} was closed: ${text}`);
    this.#socket.destroy();
  }

  #run(message: Message): Buffer | Promise<Buffer> {
    try {
      return runCommand(this.#store, Command.of(message), this);
    } catch (error) {
      return this.#failure(error);
    }
  }

  #failure(error: unknown): Buffer {
    if (!(error instanceof StoreError)) {
      this.#store.log.warn(
        `A command failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
    }
    return errorReply(error);
  }

  /** False when the client has to read before more is written. */
  #send(message: Message, reply: Buffer): boolean {
    const socket = this.#socket;
    if (!message.wantsReply || socket.destroyed) return true;
    const headSize = replyHeadSize(message);
    if (reply.length > COPIED_REPLY) {
      const head = Buffer.allocUnsafe(headSize);
      writeReplyHead(head, message, reply.length);
      socket.cork();
      socket.write(head);
      const flowing = socket.write(reply);
      socket.uncork();
      return flowing;
    }
    const size = headSize + reply.length;
    const target = socket.writableLength > 0 ? Buffer.allocUnsafe(size) : outgoing.subarray(0, size);
    writeReplyHead(target, message, reply.length);
    target.set(reply, headSize);
    const flowing = socket.write(target);
    // What the system has not taken at once is still to be sent from there.
    if (socket.writableLength > 0) outgoing = newOutgoing();
    return flowing;
  }
}
