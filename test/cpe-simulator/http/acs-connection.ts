import http from 'node:http';
import https from 'node:https';
import { gzipSync } from 'node:zlib';
import { type Report } from '../violations.js';
import { Authenticator, type Credentials } from './authentication.js';
import { CookieJar } from './cookie-jar.js';
import { ConnectionError, exchange, headerValues, type HttpRequest, type HttpResponse } from './exchange.js';

/** How a device uses HTTP. */
export interface HttpHabits {
  /**
   * `session`: one TCP connection a session (the norm). `post`: a new one for each POST. `shared`: connections are
   * kept and shared by all devices of the process, which spares ports under load.
   */
  readonly connection: 'session' | 'post' | 'shared';
  readonly gzip: boolean;
  readonly chunked: boolean;
  readonly expectContinue: boolean;
  /** Returns no cookies. */
  readonly noCookies: boolean;
  readonly contentType: string;
  /** Milliseconds without an answer after which the session fails. */
  readonly responseTimeout: number;
}

const sharedAgents = {
  'http:': new http.Agent({ keepAlive: true, maxFreeSockets: 1024 }),
  'https:': new https.Agent({ keepAlive: true, maxFreeSockets: 1024 }),
};

/** Closes the idle connections of all devices with `connection: 'shared'`. */
export function closeSharedConnections(): void {
  sharedAgents['http:'].destroy();
  sharedAgents['https:'].destroy();
}

const maxEnvelope = 64 * 1024 * 1024;
const maxRedirects = 5;

/** The CPE's side of HTTP during one session: cookies, authentication, redirects, connections. */
export class AcsConnection {
  #url: URL;
  readonly #habits: HttpHabits;
  readonly #credentials: Credentials;
  readonly #report: Report;
  readonly #cookies = new CookieJar();
  readonly #abort = new AbortController();
  #agent: http.Agent | undefined;
  #authenticator: Authenticator;
  /** HTTP status codes received, 401 and redirects included. */
  readonly statuses: number[] = [];

  constructor(url: string, credentials: Credentials, habits: HttpHabits, report: Report) {
    this.#url = new URL(url);
    this.#credentials = credentials;
    this.#habits = habits;
    this.#report = report;
    this.#authenticator = new Authenticator(credentials);
  }

  /** Breaks the connection off at once. */
  drop(): void {
    this.#abort.abort();
    this.close();
  }

  close(): void {
    if (this.#habits.connection !== 'shared') this.#agent?.destroy();
    this.#agent = undefined;
  }

  #agentFor(url: URL): http.Agent {
    const protocol = url.protocol === 'https:' ? 'https:' : 'http:';
    if (this.#habits.connection === 'shared') return sharedAgents[protocol];
    if (this.#habits.connection === 'post') this.#agent?.destroy();
    if (this.#habits.connection === 'post' || !this.#agent) {
      const options = { keepAlive: this.#habits.connection === 'session', maxSockets: 1 };
      this.#agent = protocol === 'https:' ? new https.Agent(options) : new http.Agent(options);
    }
    return this.#agent;
  }

  #request(body: string | Buffer | undefined): HttpRequest {
    const habits = this.#habits;
    const path = this.#url.pathname + this.#url.search;
    const cookie = habits.noCookies ? undefined : this.#cookies.header(this.#url);
    const authorization = this.#authenticator.header('POST', path);
    const bytes = body === undefined || body === '' ? undefined : Buffer.from(body);
    const gzip = habits.gzip && bytes !== undefined;
    return {
      url: this.#url,
      method: 'POST',
      headers: {
        'User-Agent': 'cpe-simulator',
        ...(bytes ? { 'Content-Type': habits.contentType, SOAPAction: '' } : { 'Content-Length': '0' }),
        ...(gzip ? { 'Content-Encoding': 'gzip' } : {}),
        ...(cookie === undefined ? {} : { Cookie: cookie }),
        ...(authorization === undefined ? {} : { Authorization: authorization }),
      },
      body: gzip ? gzipSync(bytes) : bytes,
      agent: this.#agentFor(this.#url),
      chunked: habits.chunked,
      expectContinue: habits.expectContinue,
      timeout: habits.responseTimeout,
      maxBody: maxEnvelope,
      signal: this.#abort.signal,
    };
  }

  /** Sends once, and once more when a kept connection turns out to have been closed meanwhile. */
  async #send(body: string | Buffer | undefined): Promise<HttpResponse> {
    try {
      return await exchange(this.#request(body));
    } catch (error) {
      const stale =
        error instanceof ConnectionError && error.code === 'ECONNRESET' && this.statuses.length > 0;
      if (!stale || this.#abort.signal.aborted) throw error;
      this.close();
      return exchange(this.#request(body));
    }
  }

  #redirect(response: HttpResponse): void {
    const location = response.headers.location;
    if (location === undefined)
      throw new ConnectionError('REDIRECT', `a ${response.status} without Location`);
    const target = new URL(location, this.#url);
    if (target.host !== this.#url.host) this.close();
    this.#url = target;
    this.#authenticator = new Authenticator(this.#credentials);
  }

  #checkHeaders(response: HttpResponse): void {
    for (const header of headerValues(response.headers['set-cookie'])) {
      const fault = this.#cookies.store(header, this.#url);
      if (fault !== undefined) this.#report('http-cookie', fault);
    }
    const { headers, status, body } = response;
    if (
      status !== 204 &&
      headers['content-length'] === undefined &&
      headers['transfer-encoding'] === undefined
    ) {
      this.#report('http-no-content-length', `the ${status} has neither Content-Length nor chunks`);
    }
    if (
      body.length > 0 &&
      status === 200 &&
      !/^(?:text|application\/soap\+)\/?xml\b/i.test(headers['content-type'] ?? '')
    ) {
      this.#report('http-content-type', `an envelope came as ${headers['content-type'] ?? 'no type at all'}`);
    }
    if (headers['content-encoding'] !== undefined && !this.#habits.gzip) {
      this.#report(
        'http-content-coding',
        `an answer came in ${headers['content-encoding']} though the request was plain`,
      );
    }
  }

  /** Posts an envelope, or nothing; follows challenges and redirects. Throws ConnectionError when the session has failed. */
  async post(body: string | Buffer | undefined): Promise<HttpResponse> {
    let redirects = 0;
    let challenges = 0;
    for (;;) {
      const response = await this.#send(body);
      this.statuses.push(response.status);
      this.#checkHeaders(response);
      if (response.status === 401) {
        challenges += 1;
        const offered = headerValues(response.headers['www-authenticate']);
        if (offered.length === 0) this.#report('http-challenge', 'a 401 without WWW-Authenticate');
        if (challenges > 2 || this.#credentials.username === '' || !this.#authenticator.challenge(offered)) {
          throw new ConnectionError('UNAUTHORIZED', 'the ACS refuses the credentials of the CPE');
        }
      } else if (response.status === 302 || response.status === 307) {
        redirects += 1;
        if (redirects > maxRedirects)
          throw new ConnectionError('REDIRECT', `more than ${maxRedirects} redirects in a row`);
        this.#redirect(response);
      } else if (response.status === 200 || response.status === 204) return response;
      else throw new ConnectionError(`HTTP_${response.status}`, `the ACS answered with ${response.status}`);
    }
  }
}
