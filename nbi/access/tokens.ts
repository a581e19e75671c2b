import { createHash, timingSafeEqual } from 'node:crypto';
import { BlockList, isIP, isIPv6 } from 'node:net';
import type { Clock } from '../../common/clock.js';
import { NotFoundError } from '../../common/errors.js';
import { newId, newSecret } from '../../common/ids.js';
import type { TokenRecord } from '../../store/models/token.js';
import type { Store } from '../../store/store.js';
import type { AccessChanges } from './access-changes.js';

export interface TokenTimes {
  /** Milliseconds without a call after which sessions and access tokens die. */
  idle: number;
  /** Milliseconds after the log-in when they die in any case. */
  absolute: number;
}

export const DEFAULT_TOKEN_TIMES: TokenTimes = { idle: 30 * 60_000, absolute: 12 * 3_600_000 };

/** Prefixes by which a token that was found somewhere can be told. */
const PREFIXES = { api: 'pvt_', access: 'pva_', session: 'pvs_' } as const;

export interface NewApiToken {
  name: string;
  scopes: readonly string[] | null;
  networks: readonly string[];
  expiresAt: Date | null;
}

export interface IssuedToken {
  record: TokenRecord;
  /** Not kept anywhere. */
  value: string;
}

/** API tokens, access tokens of the password grant, and console sessions: only their hashes are stored. */
export class Tokens {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #changes: AccessChanges;
  readonly times: TokenTimes;

  constructor(store: Store, clock: Clock, changes: AccessChanges, times: TokenTimes = DEFAULT_TOKEN_TIMES) {
    this.#store = store;
    this.#clock = clock;
    this.#changes = changes;
    this.times = times;
  }

  issueApi(user: string, input: NewApiToken): Promise<IssuedToken> {
    return this.#issue('api', user, {
      name: input.name,
      scopes: input.scopes === null ? null : [...input.scopes],
      networks: [...input.networks],
      expiresAt: input.expiresAt,
    });
  }

  issueAccess(user: string): Promise<IssuedToken> {
    return this.#issue('access', user, { expiresAt: this.#freshExpiry(this.#clock.now()) });
  }

  issueSession(user: string): Promise<IssuedToken> {
    return this.#issue('session', user, {
      csrf: newSecret(),
      expiresAt: this.#freshExpiry(this.#clock.now()),
    });
  }

  /** The token of this value if it is still good; what network it may come from is for the caller to check. */
  async find(value: string): Promise<TokenRecord | null> {
    const record = await this.#store.tokens.findOne({ hash: hashToken(value) }).lean<TokenRecord | null>();
    return record && this.#isGood(record) ? record : null;
  }

  /** A token that was good, as it is now; null when it is no more. */
  async stillGood(id: string): Promise<TokenRecord | null> {
    const record = await this.#store.tokens.findById(id).lean<TokenRecord | null>();
    return record && this.#isGood(record) ? record : null;
  }

  /** Notes the use, and puts off the end of sessions and access tokens; written at most once in a sixtieth of the idle time. */
  async renew(record: TokenRecord): Promise<void> {
    const now = this.#clock.now();
    const step = this.times.idle / 60;
    if (record.lastUsedAt && now.getTime() - record.lastUsedAt.getTime() < step) return;
    const expiresAt = record.kind === 'api' ? record.expiresAt : this.#freshExpiry(record.createdAt);
    await this.#store.tokens.updateOne({ _id: record._id }, { $set: { lastUsedAt: now, expiresAt } });
  }

  async listApi(user: string, query: { limit: number; before?: string }): Promise<TokenRecord[]> {
    return await this.#store.tokens
      .find({ user, kind: 'api', ...(query.before === undefined ? {} : { _id: { $lt: query.before } }) })
      .sort({ _id: -1 })
      .limit(query.limit)
      .lean<TokenRecord[]>();
  }

  /** Throws `NotFoundError`. */
  async revokeApi(user: string, id: string): Promise<void> {
    const { deletedCount } = await this.#store.tokens.deleteOne({ _id: id, user, kind: 'api' });
    if (deletedCount === 0) throw new NotFoundError('token', id);
    this.#changes.tell(user);
  }

  async revoke(id: string): Promise<void> {
    const record = await this.#store.tokens.findOneAndDelete({ _id: id }).lean<TokenRecord | null>();
    if (record) this.#changes.tell(record.user);
  }

  /** Ends the user's sessions and access tokens, but for one; with `api` the API tokens too. */
  async revokeAll(user: string, options: { except?: string | null; api?: boolean } = {}): Promise<void> {
    await this.#store.tokens.deleteMany({
      user,
      ...(options.api === true ? {} : { kind: { $ne: 'api' } }),
      ...(options.except ? { _id: { $ne: options.except } } : {}),
    });
    this.#changes.tell(user);
  }

  /** Seconds for which an access token is good without a call. */
  get expiresIn(): number {
    return Math.floor(this.times.idle / 1000);
  }

  async #issue(
    kind: TokenRecord['kind'],
    user: string,
    fields: Partial<Omit<TokenRecord, '_id' | 'kind' | 'user'>>,
  ): Promise<IssuedToken> {
    const value = PREFIXES[kind] + newSecret();
    const now = this.#clock.now();
    const record: TokenRecord = {
      _id: newId(now),
      kind,
      hash: hashToken(value),
      prefix: value.slice(0, 10),
      name: '',
      user,
      scopes: null,
      networks: [],
      csrf: null,
      createdAt: now,
      lastUsedAt: null,
      expiresAt: null,
      ...fields,
    };
    await this.#store.tokens.create(record);
    return { record, value };
  }

  #freshExpiry(createdAt: Date): Date {
    return new Date(
      Math.min(this.#clock.now().getTime() + this.times.idle, createdAt.getTime() + this.times.absolute),
    );
  }

  #isGood(record: TokenRecord): boolean {
    return record.expiresAt === null || record.expiresAt > this.#clock.now();
  }
}

function hashToken(value: string): string {
  return createHash('sha256').update(value, 'utf8').digest('hex');
}

/** Compares texts without telling by the time where they differ. */
export function sameSecret(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();
  return timingSafeEqual(digest(one), digest(other));
}

/** An address or CIDR (`192.0.2.0/24`, `2001:db8::/32`), or null when the text is none. */
export function parseNetwork(
  text: string,
): { address: string; bits: number; family: 'ipv4' | 'ipv6' } | null {
  const [address = '', bits, ...rest] = text.split('/');
  if (isIP(address) === 0 || rest.length > 0) return null;
  const family = isIPv6(address) ? 'ipv6' : 'ipv4';
  const most = family === 'ipv6' ? 128 : 32;
  if (bits === undefined) return { address, bits: most, family };
  const count = Number(bits);
  return /^\d{1,3}$/.test(bits) && count <= most ? { address, bits: count, family } : null;
}

/** Whether an address lies in one of the networks; no networks = anywhere. */
export function inNetworks(address: string, networks: readonly string[]): boolean {
  if (networks.length === 0) return true;
  const list = new BlockList();
  for (const text of networks) {
    const network = parseNetwork(text);
    if (network) list.addSubnet(network.address, network.bits, network.family);
  }
  return isIP(address) !== 0 && list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}
