import { createHash, randomBytes } from 'node:crypto';

/** One challenge of a WWW-Authenticate header, or the credentials of an Authorization header. */
export interface AuthenticationHeader {
  /** Lower case: `basic`, `digest`, … */
  readonly scheme: string;
  /** Names in lower case; quotes removed. */
  readonly parameters: ReadonlyMap<string, string>;
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

export type HashName = 'md5' | 'sha256';

const hash = (name: HashName, text: string): string => createHash(name).update(text).digest('hex');

/** Reads a header value of RFC 7235 form; several challenges may be in one value. */
export function parseAuthentication(header: string): AuthenticationHeader[] {
  const found: { scheme: string; parameters: Map<string, string> }[] = [];
  const token = /([A-Za-z][\w-]*)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))|([A-Za-z][\w-]*)(?=\s|$|,)/g;
  for (const match of header.matchAll(token)) {
    const [, name, quoted, plain, scheme] = match;
    if (scheme !== undefined) found.push({ scheme: scheme.toLowerCase(), parameters: new Map() });
    else if (name !== undefined) {
      found.at(-1)?.parameters.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '');
    }
  }
  return found;
}

const algorithmHash = (algorithm: string | undefined): HashName | undefined => {
  const name = (algorithm ?? 'MD5').toLowerCase().replace(/-sess$/, '');
  return name === 'md5' ? 'md5' : name === 'sha-256' ? 'sha256' : undefined;
};

function digestAnswer(
  challenge: ReadonlyMap<string, string>,
  credentials: Credentials,
  method: string,
  uri: string,
  count: number,
  cnonce: string,
): string | undefined {
  const algorithm = challenge.get('algorithm');
  const name = algorithmHash(algorithm);
  const realm = challenge.get('realm');
  const nonce = challenge.get('nonce');
  if (!name || realm === undefined || nonce === undefined) return undefined;
  const offered = challenge
    .get('qop')
    ?.split(',')
    .map((item) => item.trim());
  if (offered && !offered.includes('auth')) return undefined;
  const nc = count.toString(16).padStart(8, '0');
  let secret = hash(name, `${credentials.username}:${realm}:${credentials.password}`);
  if (algorithm?.toLowerCase().endsWith('-sess')) secret = hash(name, `${secret}:${nonce}:${cnonce}`);
  const target = hash(name, `${method}:${uri}`);
  const response = hash(name, [secret, nonce, ...(offered ? [nc, cnonce, 'auth'] : []), target].join(':'));
  const opaque = challenge.get('opaque');
  return [
    `Digest username="${credentials.username.replace(/["\\]/g, '\\$&')}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${uri}"`,
    ...(algorithm === undefined ? [] : [`algorithm=${algorithm}`]),
    `response="${response}"`,
    ...(opaque === undefined ? [] : [`opaque="${opaque}"`]),
    ...(offered ? ['qop=auth', `nc=${nc}`, `cnonce="${cnonce}"`] : []),
  ].join(', ');
}

/** Answers the challenges of one server (RFC 7616, RFC 2617, RFC 2069); keeps the nonce for the requests that follow. */
export class Authenticator {
  readonly #credentials: Credentials;
  #challenge: AuthenticationHeader | undefined;
  #count = 0;

  constructor(credentials: Credentials) {
    this.#credentials = credentials;
  }

  /** Takes a 401's challenges; Digest is preferred. False when there is none that can be answered. */
  challenge(headers: readonly string[]): boolean {
    const offered = headers.flatMap(parseAuthentication);
    const usable = (item: AuthenticationHeader): boolean =>
      item.scheme === 'digest' &&
      digestAnswer(item.parameters, this.#credentials, 'GET', '/', 1, 'x') !== undefined;
    this.#challenge = offered.find(usable) ?? offered.find((item) => item.scheme === 'basic');
    this.#count = 0;
    return this.#challenge !== undefined;
  }

  /** Authorization header for a request, or undefined while nothing was asked for. */
  header(method: string, uri: string): string | undefined {
    if (!this.#challenge) return undefined;
    if (this.#challenge.scheme === 'basic') {
      const { username, password } = this.#credentials;
      return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
    }
    this.#count += 1;
    return digestAnswer(
      this.#challenge.parameters,
      this.#credentials,
      method,
      uri,
      this.#count,
      randomBytes(8).toString('hex'),
    );
  }
}

export type AuthenticationPolicy = 'digest' | 'digest-without-qop' | 'basic' | 'none';

const nonceLife = 300_000;

/** The server's side, for connection requests. */
export class AuthenticationGuard {
  readonly #realm: string;
  readonly #nonces = new Map<string, number>();

  constructor(realm: string) {
    this.#realm = realm;
  }

  /** WWW-Authenticate for a 401. */
  challenge(policy: AuthenticationPolicy): string {
    if (policy === 'basic') return `Basic realm="${this.#realm}"`;
    const now = Date.now();
    for (const [nonce, until] of this.#nonces) if (until < now) this.#nonces.delete(nonce);
    const nonce = randomBytes(16).toString('hex');
    this.#nonces.set(nonce, now + nonceLife);
    const qop = policy === 'digest' ? ', qop="auth", algorithm=MD5' : '';
    return `Digest realm="${this.#realm}", nonce="${nonce}", opaque="${randomBytes(4).toString('hex')}"${qop}`;
  }

  /** Whether an Authorization header is right for a request. */
  accepts(
    policy: AuthenticationPolicy,
    header: string | undefined,
    method: string,
    uri: string,
    credentials: Credentials,
  ): boolean {
    if (policy === 'none') return true;
    const given = header === undefined ? undefined : parseAuthentication(header)[0];
    if (policy === 'basic') {
      const expected = Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64');
      return header === `Basic ${expected}`;
    }
    if (given?.scheme !== 'digest') return false;
    const { parameters } = given;
    const nonce = parameters.get('nonce') ?? '';
    if ((this.#nonces.get(nonce) ?? 0) < Date.now()) return false;
    const withQop = policy === 'digest';
    // Without an offer of qop the answer must have neither qop nor nc nor cnonce (RFC 2069).
    if (withQop !== parameters.has('qop') || (!withQop && (parameters.has('nc') || parameters.has('cnonce'))))
      return false;
    if (parameters.get('uri') !== uri || parameters.get('username') !== credentials.username) return false;
    const secret = hash('md5', `${credentials.username}:${this.#realm}:${credentials.password}`);
    const target = hash('md5', `${method}:${uri}`);
    const middle = withQop ? [parameters.get('nc'), parameters.get('cnonce'), parameters.get('qop')] : [];
    return parameters.get('response') === hash('md5', [secret, nonce, ...middle, target].join(':'));
  }
}
