import { createServer, type Server, type Socket } from 'node:net';
import { Command } from './commands/command.js';
import { runCommand } from './commands/dispatch.js';
import { errorReply } from './commands/reply.js';
import { StoreError } from './errors.js';
import type { Store } from './store.js';
import { FrameReader, ProtocolError, parseMessage, replyHead } from './wire.js';

let lastConnectionId = 0;

/** Serves the MongoDB wire protocol on any number of listening sockets. */
export class WireServer {
  readonly #store: Store;
  readonly #sockets = new Set<Socket>();
  readonly #servers: Server[] = [];

  constructor(store: Store) {
    this.#store = store;
  }

  /** Resolves with the address once it accepts connections. */
  listen(where: { path: string } | { host: string; port: number }): Promise<ReturnType<Server['address']>> {
    const server = createServer((socket) => this.#accept(socket));
    this.#servers.push(server);
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(where, () => {
        server.off('error', reject);
        resolve(server.address());
      });
    });
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    const connectionId = ++lastConnectionId;
    const frames = new FrameReader();
    let busy = false;
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#sockets.delete(socket));
    const drain = async (): Promise<void> => {
      busy = true;
      try {
        for (let frame = frames.next(); frame; frame = frames.next()) {
          await this.#answer(socket, frame, connectionId);
        }
      } catch (error) {
        this.#store.log.warn(
          `Connection ${connectionId} was closed: ${error instanceof ProtocolError ? error.message : String(error)}`,
        );
        socket.destroy();
      } finally {
        busy = false;
      }
    };
    socket.on('data', (chunk) => {
      frames.push(chunk);
      if (!busy) void drain();
    });
  }

  async #answer(socket: Socket, frame: Buffer, connectionId: number): Promise<void> {
    const message = parseMessage(frame);
    const reply = await this.#run(message, connectionId);
    if (!message.wantsReply || socket.destroyed) return;
    socket.cork();
    socket.write(replyHead(message, reply.length));
    const flowing = socket.write(reply);
    socket.uncork();
    if (!flowing) await drained(socket);
  }

  async #run(message: ReturnType<typeof parseMessage>, connectionId: number): Promise<Buffer> {
    try {
      const command = Command.of(message);
      return await runCommand(this.#store, command, { connectionId, connections: this.#sockets.size });
    } catch (error) {
      if (!(error instanceof StoreError)) {
        this.#store.log.warn(
          `A command failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        );
      }
      return errorReply(error);
    }
  }

  close(): void {
    for (const server of this.#servers) server.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      socket.off('drain', done);
      socket.off('close', done);
      resolve();
    };
    socket.on('drain', done);
    socket.on('close', done);
  });
}
