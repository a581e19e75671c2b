import type { IncomingHttpHeaders } from 'node:http';
import { UnauthenticatedError } from '../../common/errors.js';
import type { TokenRecord } from '../../store/models/token.js';
import type { UserRecord } from '../../store/models/user.js';
import type { Accounts } from './accounts.js';
import { Caller } from './caller.js';
import { Gate } from './gate.js';
import type { LoginLimits } from './login-limits.js';
import { inNetworks, sameSecret, type Tokens } from './tokens.js';
import { ProblemError } from '../http/problem-error.js';

export const SESSION_COOKIE = 'provost_session';

export interface Presented {
  method: string;
  headers: IncomingHttpHeaders;
  /** Source address of the request. */
  address: string;
  /** False: looking on alone (a stream) does not put off the end of a session. */
  renew: boolean;
  /** Whether user name and password may be given with each request. */
  basic: boolean;
}

/** Says who calls: by bearer token, by the cookie of a console session, or by Basic where that is allowed. */
export class Authentication {
  readonly #accounts: Accounts;
  readonly #tokens: Tokens;
  readonly #limits: LoginLimits;
  /** Passwords being checked: each takes a thread of the few that files and compression need too. */
  readonly #gate = new Gate({ width: 2, mostWaiting: 200 });

  constructor(parts: { accounts: Accounts; tokens: Tokens; limits: LoginLimits }) {
    this.#accounts = parts.accounts;
    this.#tokens = parts.tokens;
    this.#limits = parts.limits;
  }

  /** Throws `UnauthenticatedError`, and a `forbidden` problem for a request by cookie that another site may have sent. */
  async caller(presented: Presented): Promise<Caller> {
    const { authorization } = presented.headers;
    if (authorization !== undefined) return await this.#byHeader(authorization, presented);
    const cookie = sessionCookie(presented.headers.cookie);
    if (cookie === null) throw new UnauthenticatedError('A bearer token or a console session is needed');
    const token = await this.#tokens.find(cookie);
    if (token?.kind !== 'session') throw new UnauthenticatedError('The console session has ended');
    checkCrossSite(presented, token);
    return await this.#owner(token, presented.renew);
  }

  /**
   * A user by name and password, within the limits of failed tries. Null when they do not fit. Asked for and counted at
   * the gate, so that a thousand tries at once get no further than one after the other.
   */
  login(login: string, password: string, address: string): Promise<UserRecord | null> {
    return this.#gate.run(async () => {
      await this.#limits.check(login, address);
      const user = await this.#accounts.verify(login, password);
      if (user) await this.#limits.forget(login);
      else await this.#limits.failed(login, address);
      return user;
    }, tooManyLogins);
  }

  async #byHeader(authorization: string, presented: Presented): Promise<Caller> {
    const [scheme = '', credentials = ''] = authorization.split(/ +/, 2);
    switch (scheme.toLowerCase()) {
      case 'bearer':
        return await this.#byBearer(credentials, presented);
      case 'basic':
        if (presented.basic) return await this.#byBasic(credentials, presented.address);
        throw new UnauthenticatedError('Basic is not served here; get a token by the password grant');
      default:
        throw new UnauthenticatedError('The scheme of the Authorization header is not known');
    }
  }

  async #byBearer(value: string, presented: Presented): Promise<Caller> {
    const token = await this.#tokens.find(value);
    // A session's value is good in its cookie alone, where the CSRF rules hold.
    if (!token || token.kind === 'session' || !inNetworks(presented.address, token.networks))
      throw new UnauthenticatedError('The token is not valid (any more)');
    return await this.#owner(token, presented.renew);
  }

  async #byBasic(credentials: string, address: string): Promise<Caller> {
    const [login, ...password] = Buffer.from(credentials, 'base64').toString('utf8').split(':');
    const user = await this.login(login ?? '', password.join(':'), address);
    if (!user) throw new UnauthenticatedError('User name or password is wrong');
    return new Caller(user, { kind: 'basic', token: null, scopes: null, csrf: null });
  }

  async #owner(token: TokenRecord, renew: boolean): Promise<Caller> {
    const user = await this.#accounts.find(token.user);
    if (!user?.active) throw new UnauthenticatedError('The user is not active');
    if (renew) await this.#tokens.renew(token);
    return new Caller(user, { kind: token.kind, token: token._id, scopes: token.scopes, csrf: token.csrf });
  }
}

function tooManyLogins(): never {
  throw new ProblemError('overloaded', 'Too many log-ins are being checked', {
    members: { retryAfter: 5 },
    headers: { 'Retry-After': '5' },
  });
}

export function sessionCookie(header: string | undefined): string | null {
  for (const part of (header ?? '').split(';')) {
    const [name, ...value] = part.split('=');
    if (name?.trim() === SESSION_COOKIE) return value.join('=').trim();
  }
  return null;
}

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A request by cookie that changes something must come from our own pages: CSRF header, and Origin where it is sent. */
function checkCrossSite({ method, headers }: Presented, token: TokenRecord): void {
  if (READS.has(method)) return;
  const sent = headers['x-csrf-token'];
  if (typeof sent !== 'string' || token.csrf === null || !sameSecret(sent, token.csrf))
    throw new ProblemError('forbidden', 'The header X-CSRF-Token is missing or wrong');
  checkOrigin(headers);
}

/** Refuses a request that a page of another origin sent. */
export function checkOrigin(headers: IncomingHttpHeaders): void {
  const { origin, host } = headers;
  if (headers['sec-fetch-site'] === 'cross-site') throw foreign();
  if (origin === undefined) return;
  if (!URL.canParse(origin) || new URL(origin).host !== host) throw foreign();
}

function foreign(): ProblemError {
  return new ProblemError('forbidden', 'The request came from a page of another origin');
}
