import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../common/clock.js';

/** A challenge or an Authorization header: scheme in lower case, parameters by lower-case name. */
export interface AuthHeader {
  scheme: string;
  /** What follows the scheme, for Basic. */
  rest: string;
  parameters: ReadonlyMap<string, string>;
}

/** The look back keeps the search linear: a name is tried from its first character only. */
const PARAMETER = /(?<![\w*-])([A-Za-z][\w*-]*)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g;

/** Reads a header leniently: quotes may stand around every value or none (cpe-quirks.md row 81). Null when it has no scheme. */
export function readAuthHeader(header: string): AuthHeader | null {
  const match = /^\s*([A-Za-z][\w-]*)(?:\s+|$)/.exec(header);
  if (!match?.[1]) return null;
  const rest = header.slice(match[0].length).trim();
  const parameters = new Map<string, string>();
  for (const [, name = '', quoted, token] of rest.matchAll(PARAMETER)) {
    const key = name.toLowerCase();
    if (!parameters.has(key)) parameters.set(key, quoted?.replace(/\\(.)/g, '$1') ?? token ?? '');
  }
  return { scheme: match[1].toLowerCase(), rest, parameters };
}

export type DigestAlgorithm = 'MD5' | 'MD5-sess' | 'SHA-256' | 'SHA-256-sess';

/** The algorithm by its name in a header, absent = MD5; null for one that is not known. */
export function digestAlgorithm(name: string | undefined): DigestAlgorithm | null {
  switch (name?.toLowerCase()) {
    case undefined:
    case '':
    case 'md5':
      return 'MD5';
    case 'md5-sess':
      return 'MD5-sess';
    case 'sha-256':
      return 'SHA-256';
    case 'sha-256-sess':
      return 'SHA-256-sess';
    default:
      return null;
  }
}

export interface DigestInput {
  algorithm: DigestAlgorithm;
  username: string;
  realm: string;
  password: string;
  method: string;
  uri: string;
  nonce: string;
  /** Absent = the form of RFC 2069. */
  qop?: string | undefined;
  nc?: string | undefined;
  cnonce?: string | undefined;
}

/** The `response` of RFC 7616 §3.4.1, of RFC 2617, and of RFC 2069 where there is no qop. */
export function digestResponse(input: DigestInput): string {
  const hash = input.algorithm.startsWith('SHA-256') ? 'sha256' : 'md5';
  const h = (text: string): string => createHash(hash).update(text, 'utf8').digest('hex');
  let ha1 = h(`${input.username}:${input.realm}:${input.password}`);
  if (input.algorithm.endsWith('-sess')) ha1 = h(`${ha1}:${input.nonce}:${input.cnonce ?? ''}`);
  const ha2 = h(`${input.method}:${input.uri}`);
  if (input.qop === undefined) return h(`${ha1}:${input.nonce}:${ha2}`);
  return h(`${ha1}:${input.nonce}:${input.nc ?? ''}:${input.cnonce ?? ''}:${input.qop}:${ha2}`);
}

/**
 * Nonces that need no memory: time and chance under an HMAC. They are good on any connection, since some CPEs answer a
 * challenge on a new one (cpe-quirks.md row 80), and for a short time.
 */
export class NonceSource {
  readonly #secret: string;
  readonly #clock: Clock;
  readonly #lifetime: number;

  /** `lifetime` in milliseconds. */
  constructor(secret: string, clock: Clock, lifetime: number) {
    this.#secret = secret;
    this.#clock = clock;
    this.#lifetime = lifetime;
  }

  issue(): string {
    const stem = `${this.#clock.now().getTime().toString(36)}-${randomBytes(6).toString('hex')}`;
    return `${stem}-${this.#seal(stem)}`;
  }

  isFresh(nonce: string): boolean {
    const end = nonce.lastIndexOf('-');
    const stem = nonce.slice(0, Math.max(end, 0));
    if (!sameText(nonce.slice(end + 1), this.#seal(stem))) return false;
    const age = this.#clock.now().getTime() - Number.parseInt(stem, 36);
    return age >= 0 && age <= this.#lifetime;
  }

  #seal(stem: string): string {
    return createHmac('sha256', this.#secret).update(stem).digest('hex').slice(0, 32);
  }
}

/** Compares secrets in time that tells nothing of where they differ. */
export function sameText(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();
  return timingSafeEqual(digest(one), digest(other));
}

export interface DigestAttempt {
  parameters: ReadonlyMap<string, string>;
  /** Of the HTTP request. */
  method: string;
  url: string;
  realm: string;
  password: string;
}

/** Whether a Digest answer was made with this password; the freshness of its nonce is another question. */
export function verifyDigest({ parameters, method, url, realm, password }: DigestAttempt): boolean {
  const algorithm = digestAlgorithm(parameters.get('algorithm'));
  const username = parameters.get('username');
  const nonce = parameters.get('nonce');
  const uri = parameters.get('uri');
  const response = parameters.get('response');
  if (!algorithm || !username || !nonce || uri === undefined || !response) return false;
  if (parameters.get('realm') !== realm || !samePath(uri, url)) return false;
  const given = parameters.get('qop');
  const qop = given === '' ? undefined : given;
  // `auth-int` is not offered; it would cover a body that may come in another coding.
  if (qop !== undefined && qop.toLowerCase() !== 'auth') return false;
  const expected = digestResponse({
    algorithm,
    username,
    realm,
    password,
    method,
    uri,
    nonce,
    qop,
    nc: parameters.get('nc'),
    cnonce: parameters.get('cnonce'),
  });
  return sameText(response.toLowerCase(), expected);
}

/** The uri of a CPE may be absolute or lack the query (cpe-quirks.md row 81). */
function samePath(sent: string, url: string): boolean {
  const path = (text: string): string => {
    const relative = text.replace(/^https?:\/\/[^/?#]*/i, '');
    const bare = relative.split(/[?#]/, 1)[0] ?? '';
    let end = bare.length;
    while (bare[end - 1] === '/') end -= 1;
    return bare.slice(0, end);
  };
  return path(sent) === path(url);
}

export interface ChallengeAnswer {
  username: string;
  password: string;
  method: string;
  /** Path and query. */
  uri: string;
}

/** Splits `WWW-Authenticate` headers into challenges; several may share one line. */
export function readChallenges(headers: readonly string[]): AuthHeader[] {
  return headers
    .flatMap((header) => header.split(/,\s*(?=(?:Basic|Digest)\s)/i))
    .map(readAuthHeader)
    .filter((challenge) => challenge !== null);
}

/**
 * The Authorization header for a challenge, the strongest that is understood: Digest before Basic. Without `qop` in the
 * challenge the answer has no qop, nc and cnonce either (cwmp.md §10.1). Null when nothing can be answered.
 */
export function answerChallenge(challenges: readonly AuthHeader[], answer: ChallengeAnswer): string | null {
  const digests = challenges.filter(
    ({ scheme, parameters }) => scheme === 'digest' && digestAlgorithm(parameters.get('algorithm')) !== null,
  );
  const strongest =
    digests.find(({ parameters }) => parameters.get('algorithm')?.toUpperCase().startsWith('SHA-256')) ??
    digests[0];
  if (strongest) return answerDigest(strongest.parameters, answer);
  if (!challenges.some(({ scheme }) => scheme === 'basic')) return null;
  return `Basic ${Buffer.from(`${answer.username}:${answer.password}`, 'utf8').toString('base64')}`;
}

function answerDigest(challenge: ReadonlyMap<string, string>, answer: ChallengeAnswer): string | null {
  const algorithm = digestAlgorithm(challenge.get('algorithm'));
  if (!algorithm) return null;
  const realm = challenge.get('realm') ?? '';
  const nonce = challenge.get('nonce') ?? '';
  const offered = challenge
    .get('qop')
    ?.toLowerCase()
    .split(',')
    .map((qop) => qop.trim());
  // Only `auth-int` on offer: a GET has no body, yet no device is known that asks for it alone.
  const qop = offered?.includes('auth') ? 'auth' : undefined;
  if (offered && offered.some((option) => option !== '') && !qop) return null;
  const needsCnonce = qop !== undefined || algorithm.endsWith('-sess');
  const cnonce = needsCnonce ? randomBytes(8).toString('hex') : undefined;
  const nc = qop ? '00000001' : undefined;
  const response = digestResponse({ algorithm, realm, nonce, qop, nc, cnonce, ...answer });
  const parts = [
    `username=${quote(answer.username)}`,
    `realm=${quote(realm)}`,
    `nonce=${quote(nonce)}`,
    `uri=${quote(answer.uri)}`,
    `response="${response}"`,
  ];
  if (challenge.get('algorithm') !== undefined) parts.push(`algorithm=${algorithm}`);
  const opaque = challenge.get('opaque');
  if (opaque !== undefined) parts.push(`opaque=${quote(opaque)}`);
  if (qop && nc) parts.push(`qop=${qop}`, `nc=${nc}`);
  if (cnonce) parts.push(`cnonce="${cnonce}"`);
  return `Digest ${parts.join(', ')}`;
}

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
