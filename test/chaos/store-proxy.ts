import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Stands between a server and its store, and can take the store away. */
export class StoreProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #cut = false;
  /** Connections that were refused since the store was taken away. */
  refused = 0;

  private constructor(path: string) {
    this.#server = createServer((near) => {
      if (this.#cut) {
        this.refused += 1;
        near.destroy();
        return;
      }
      const far = connect(path);
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(one);
        one.on('error', () => undefined);
        one.once('close', () => {
          this.#sockets.delete(one);
          other.destroy();
        });
        one.pipe(other);
      }
    });
  }

  /** `path`: the socket that the store listens on. */
  static async start(path: string): Promise<StoreProxy> {
    const proxy = new StoreProxy(path);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Breaks all connections; new ones are taken. */
  shake(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Breaks all connections and refuses new ones until `mend`. */
  cut(): void {
    this.#cut = true;
    this.shake();
  }

  mend(): void {
    this.#cut = false;
  }

  async stop(): Promise<void> {
    this.shake();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}
