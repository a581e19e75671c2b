import { createServer, type Server, type Socket } from 'node:net';
import { Connection } from './connection.js';
import type { Store } from './store.js';

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
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#sockets.delete(socket));
    new Connection(this.#store, socket, ++lastConnectionId, () => this.#sockets.size);
  }

  close(): void {
    for (const server of this.#servers) server.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}
