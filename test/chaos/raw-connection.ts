import { connect, type Socket } from 'node:net';

/** A TCP connection that sends what it is told, HTTP or not, and keeps what comes back. */
export class RawConnection {
  readonly socket: Socket;
  #received = '';
  #ended = false;
  #wake: (() => void)[] = [];

  private constructor(socket: Socket) {
    this.socket = socket;
    const wake = (): void => {
      for (const waiting of this.#wake.splice(0)) waiting();
    };
    socket.on('data', (chunk: Buffer) => {
      this.#received += chunk.toString('latin1');
      wake();
    });
    // A reset is one way for the server to end it.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#ended = true;
      wake();
    });
  }

  static open(port: number): Promise<RawConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('error', reject);
      socket.once('connect', () => resolve(new RawConnection(socket)));
    });
  }

  send(bytes: string | Buffer): this {
    this.socket.write(bytes);
    return this;
  }

  /** Everything that has come so far. */
  get received(): string {
    return this.#received;
  }

  /** Status codes of the answers that have come so far, in their order. */
  get statuses(): number[] {
    return [...this.#received.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Resolves with what has come once `enough` says so; rejects when the connection ends or the time is over before. */
  async until(enough: (received: string) => boolean, timeout = 5_000): Promise<string> {
    const end = Date.now() + timeout;
    while (!enough(this.#received)) {
      if (this.#ended) throw new Error(`The connection was ended after ${JSON.stringify(this.#received)}`);
      await this.#change(end);
    }
    return this.#received;
  }

  /** Resolves with all that came when the server has ended the connection. */
  async end(timeout = 5_000): Promise<string> {
    const until = Date.now() + timeout;
    while (!this.#ended) await this.#change(until);
    return this.#received;
  }

  close(): void {
    this.socket.destroy();
  }

  #change(end: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const left = end - Date.now();
      const timer = setTimeout(
        () => reject(new Error(`Nothing more came after ${JSON.stringify(this.#received)}`)),
        Math.max(0, left),
      );
      this.#wake.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

/** Sends bytes on a connection of their own and resolves with everything that comes until the server ends it. */
export async function answerTo(port: number, bytes: string | Buffer, timeout?: number): Promise<string> {
  const connection = await RawConnection.open(port);
  return connection.send(bytes).end(timeout);
}

/** A whole POST. */
export function post(body: string | Buffer, headers: readonly string[] = []): string {
  const bytes = Buffer.from(body);
  return [
    'POST / HTTP/1.1',
    'Host: acs',
    `Content-Length: ${bytes.length}`,
    ...headers,
    '',
    bytes.toString('latin1'),
  ].join('\r\n');
}
