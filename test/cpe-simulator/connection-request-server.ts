import http from 'node:http';
import { type AddressInfo } from 'node:net';

/** Decides on one connection request: the status to answer with, and for a 401 the challenge. */
export interface ConnectionRequestAnswer {
  readonly status: 200 | 401 | 503;
  readonly challenge?: string;
  /** Called when the answer has left. */
  readonly sent?: () => void;
}

/** Answers GETs to one device's path; undefined means that the device is switched off. */
export type ConnectionRequestHandler = (request: {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | undefined;
}) => ConnectionRequestAnswer | undefined;

/** An HTTP server for the connection requests to one device or to many, each at its own path (TR-069 A6 §3.2.2). */
export class ConnectionRequestServer {
  readonly #handlers = new Map<string, ConnectionRequestHandler>();
  readonly #server: http.Server;
  readonly #host: string;

  constructor(host = '127.0.0.1') {
    this.#host = host;
    this.#server = http.createServer((request, response) => this.#serve(request, response));
  }

  get listening(): boolean {
    return this.#server.listening;
  }

  /** Listens; port 0 takes any free one. Rejects with the system's error, such as EADDRINUSE. */
  listen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, this.#host, () => {
        this.#server.off('error', reject);
        resolve(this.port);
      });
    });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo | null)?.port ?? 0;
  }

  url(path: string): string {
    const host = this.#host.includes(':') ? `[${this.#host}]` : this.#host;
    return `http://${host}:${this.port}${path}`;
  }

  /** Serves a path; the function returned ends that. */
  register(path: string, handler: ConnectionRequestHandler): () => void {
    this.#handlers.set(path, handler);
    return () => {
      if (this.#handlers.get(path) === handler) this.#handlers.delete(path);
    };
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  #serve(request: http.IncomingMessage, response: http.ServerResponse): void {
    request.resume();
    const url = request.url ?? '/';
    const handler = this.#handlers.get(url.split('?')[0] ?? '/');
    const method = request.method ?? 'GET';
    if (!handler || method !== 'GET') {
      response.writeHead(handler ? 405 : 404, { 'Content-Length': '0' }).end();
      return;
    }
    const answer = handler({ method, url, authorization: request.headers.authorization });
    if (!answer) {
      request.socket.destroy();
      return;
    }
    const headers: Record<string, string> = { 'Content-Length': '0' };
    if (answer.challenge !== undefined) headers['WWW-Authenticate'] = answer.challenge;
    if (answer.status === 503) headers['Retry-After'] = '5';
    response.writeHead(answer.status, headers);
    response.end(() => answer.sent?.());
  }
}
