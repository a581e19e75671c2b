import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { TransferCredentials } from '../../store/models/transfer.js';

const REALM = 'Provost files';

/** Milliseconds that a nonce is good; an older one is answered with a new one and `stale`. */
const NONCE_LIFE = 10 * 60_000;

const md5 = (text: string): string => createHash('md5').update(text, 'utf8').digest('hex');

export function makeCredentials(username: string, password: string): TransferCredentials {
  return { username, ha1: md5(`${username}:${REALM}:${password}`) };
}

/**
 * Basic and Digest for the credentials of one transfer (RFC 7617; RFC 2617 with MD5, which is what CPEs speak). MD5 is
 * no weakness here: user name and password are random, live as long as the URL, and guard what the URL guards already.
 */
export class TransferAuthentication {
  readonly #nonceKey = randomBytes(32);

  /** Null when the request proves to know the credentials; else the values of its `WWW-Authenticate` headers. */
  challenge(
    request: { method: string; url: string; authorization: string | undefined },
    credentials: TransferCredentials,
    now: Date,
  ): string[] | null {
    const [, scheme = '', rest = ''] = /^(\S+)\s+(.*)$/s.exec(request.authorization ?? '') ?? [];
    let stale = false;
    if (scheme.toLowerCase() === 'basic') {
      if (this.#basicFits(rest, credentials)) return null;
    } else if (scheme.toLowerCase() === 'digest') {
      const verdict = this.#digestFits(readParameters(rest), request, credentials, now);
      if (verdict === 'right') return null;
      stale = verdict === 'stale';
    }
    const nonce = this.#nonce(now.getTime());
    return [
      `Digest realm="${REALM}", qop="auth", algorithm=MD5, nonce="${nonce}"${stale ? ', stale=true' : ''}`,
      `Basic realm="${REALM}", charset="UTF-8"`,
    ];
  }

  #basicFits(encoded: string, { username, ha1 }: TransferCredentials): boolean {
    const decoded = Buffer.from(encoded.trim(), 'base64').toString('utf8');
    const colon = decoded.indexOf(':');
    if (colon < 0 || decoded.slice(0, colon) !== username) return false;
    return equal(md5(`${username}:${REALM}:${decoded.slice(colon + 1)}`), ha1);
  }

  #digestFits(
    given: ReadonlyMap<string, string>,
    request: { method: string; url: string },
    credentials: TransferCredentials,
    now: Date,
  ): 'right' | 'wrong' | 'stale' {
    const field = (name: string): string => given.get(name) ?? '';
    const nonce = field('nonce');
    const made = Number.parseInt(nonce.split('.')[0] ?? '', 36);
    if (!Number.isSafeInteger(made) || !equal(nonce, this.#nonce(made))) return 'wrong';
    if (field('username') !== credentials.username || field('realm') !== REALM) return 'wrong';
    if (!/^(?:MD5)?$/i.test(field('algorithm')) || !sameTarget(field('uri'), request.url)) return 'wrong';
    const ha2 = md5(`${request.method}:${field('uri')}`);
    // Without qop it is the older form of RFC 2069.
    const expected = given.has('qop')
      ? md5([credentials.ha1, nonce, field('nc'), field('cnonce'), field('qop'), ha2].join(':'))
      : md5([credentials.ha1, nonce, ha2].join(':'));
    if (given.has('qop') && field('qop') !== 'auth') return 'wrong';
    if (!equal(field('response').toLowerCase(), expected)) return 'wrong';
    return now.getTime() - made > NONCE_LIFE ? 'stale' : 'right';
  }

  #nonce(time: number): string {
    const stamp = time.toString(36);
    return `${stamp}.${createHmac('sha256', this.#nonceKey).update(stamp).digest('base64url')}`;
  }
}

function readParameters(text: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const [, name = '', quoted, plain] of text.matchAll(
    // The look back keeps the search linear: a name is tried from its first character only.
    /(?<![\w-])([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g,
  ))
    parameters.set(name.toLowerCase(), quoted?.replaceAll(/\\(.)/g, '$1') ?? plain ?? '');
  return parameters;
}

/** Some CPEs put the absolute URL there. */
function sameTarget(uri: string, url: string): boolean {
  const path = (text: string): string => text.replace(/^https?:\/\/[^/]*/i, '');
  return path(uri) === path(url);
}

function equal(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
