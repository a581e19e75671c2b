import { randomBytes } from 'node:crypto';
import { ConnectionRequestServer, type ConnectionRequestAnswer } from './connection-request-server.js';
import { type ConnectionRequestOptions } from './cpe-options.js';
import { AuthenticationGuard, type Credentials } from './http/authentication.js';

/** The connection request address of one device. */
export class ConnectionRequestTarget {
  readonly #options: ConnectionRequestOptions;
  readonly #guard = new AuthenticationGuard('CPE');
  readonly #inSession: () => boolean;
  readonly #accepted: () => void;
  #server: ConnectionRequestServer | undefined;
  #leave: (() => void) | undefined;
  #credentials: Credentials = { username: '', password: '' };
  #port: number;
  #path = `/${randomBytes(8).toString('hex')}`;

  constructor(options: ConnectionRequestOptions, inSession: () => boolean, accepted: () => void) {
    this.#options = options;
    this.#port = options.port ?? 0;
    this.#inSession = inSession;
    this.#accepted = accepted;
  }

  state(): { readonly port: number; readonly path: string } {
    return { port: this.#port, path: this.#path };
  }

  restore(state: { readonly port: number; readonly path: string }): void {
    this.#path = state.path;
    if ((this.#options.port ?? 0) === 0) this.#port = state.port;
  }

  /** Opens it and resolves with its URL. A kept port that somebody else has now is given up for a free one. */
  async open(credentials: Credentials): Promise<string> {
    this.setCredentials(credentials);
    const shared = this.#options.server;
    const server = shared ?? new ConnectionRequestServer(this.#options.host);
    if (!shared) {
      try {
        this.#port = await server.listen(this.#port);
      } catch (error) {
        const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
        if (!isTaken || (this.#options.port ?? 0) !== 0 || this.#port === 0) throw error;
        this.#port = await server.listen(0);
      }
      this.#server = server;
    }
    this.#leave = server.register(this.#path, (request) => this.#decide(request));
    return server.url(this.#path);
  }

  setCredentials(credentials: Credentials): void {
    this.#credentials = credentials;
  }

  async close(): Promise<void> {
    this.#leave?.();
    this.#leave = undefined;
    const server = this.#server;
    this.#server = undefined;
    await server?.close();
  }

  #decide(request: {
    method: string;
    url: string;
    authorization: string | undefined;
  }): ConnectionRequestAnswer {
    const credentials = this.#credentials;
    // Without credentials, as they are before the ACS sets any, everybody may ask.
    const policy = credentials.username === '' ? 'none' : (this.#options.authentication ?? 'digest');
    if (!this.#guard.accepts(policy, request.authorization, request.method, request.url, credentials)) {
      return { status: 401, challenge: this.#guard.challenge(policy) };
    }
    if (this.#inSession() && (this.#options.whileInSession ?? 'refuse') === 'refuse') return { status: 503 };
    return { status: 200, sent: this.#accepted };
  }
}
