import type { Clock } from '../../common/clock.js';
import { domainCovers, inDomain, isDomain, DOMAIN_RULE } from '../../common/domains.js';
import { ConflictError, NotFoundError, StaleError, ValidationError } from '../../common/errors.js';
import type { UserRecord } from '../../store/models/user.js';
import type { Store } from '../../store/store.js';
import type { AccessChanges } from './access-changes.js';
import { generatePassword, hashPassword, verifyNothing, verifyPassword } from './passwords.js';
import { isDuplicateKey } from '../../store/duplicate-key.js';

export interface NewUser {
  login: string;
  /** Left out: one is made. */
  password?: string;
  name?: string;
  administrator?: boolean;
  permissions?: readonly string[];
  domain?: string;
  active?: boolean;
}

export interface UserChange {
  name?: string | undefined;
  administrator?: boolean | undefined;
  permissions?: readonly string[] | undefined;
  domain?: string | undefined;
  active?: boolean | undefined;
  password?: string | undefined;
}

export interface UserQuery {
  limit: number;
  /** Log-in after which the page begins. */
  after?: string;
  /** Users of this domain and below. */
  view: string;
  domain?: string;
  active?: boolean;
  name?: string;
  count?: boolean;
}

/** The people and programs that may sign in (administration.md §1). */
export class Accounts {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #changes: AccessChanges;

  constructor(store: Store, clock: Clock, changes: AccessChanges) {
    this.#store = store;
    this.#clock = clock;
    this.#changes = changes;
  }

  async find(login: string): Promise<UserRecord | null> {
    return await this.#store.users.findById(login).lean<UserRecord | null>();
  }

  /** Throws `NotFoundError`, for users out of the view too. */
  async get(login: string, view: string): Promise<UserRecord> {
    const user = await this.find(login);
    if (!user || !domainCovers(view, user.domain)) throw new NotFoundError('user', login);
    return user;
  }

  async list(query: UserQuery): Promise<{ items: UserRecord[]; next: string | null; total?: number }> {
    const within = [query.view, query.domain ?? '/'].flatMap((domain) => inDomain(domain) ?? []);
    const filter = {
      ...(within.length === 0 ? {} : { $and: within.map((domain) => ({ domain })) }),
      ...(query.active === undefined ? {} : { active: query.active }),
      ...(query.name === undefined ? {} : { $or: named(query.name) }),
    };
    const after = query.after === undefined ? {} : { _id: { $gt: query.after } };
    const items = await this.#store.users
      .find({ $and: [filter, after] })
      .sort({ _id: 1 })
      .limit(query.limit + 1)
      .lean<UserRecord[]>();
    const more = items.length > query.limit;
    if (more) items.pop();
    const next = more ? (items.at(-1)?._id ?? null) : null;
    if (query.count !== true) return { items, next };
    return { items, next, total: await this.#store.users.countDocuments(filter) };
  }

  /** Log-ins of the users of a domain and below it. */
  async loginsIn(view: string): Promise<string[]> {
    const within = inDomain(view);
    const users = await this.#store.users
      .find(within ? { domain: within } : {}, { _id: 1 })
      .lean<Pick<UserRecord, '_id'>[]>();
    return users.map(({ _id }) => _id);
  }

  /** Returns the password where it was made here; it is not kept. Throws `ConflictError`, `ValidationError`. */
  async create(input: NewUser): Promise<{ user: UserRecord; generatedPassword: string | null }> {
    const { domain = '/' } = input;
    if (!isDomain(domain)) throw ValidationError.of('/domain', DOMAIN_RULE);
    const generated = input.password === undefined ? generatePassword() : null;
    const user: UserRecord = {
      _id: input.login,
      name: input.name ?? '',
      passwordHash: await hashPassword(input.password ?? generated ?? ''),
      administrator: input.administrator ?? false,
      permissions: [...new Set(input.permissions ?? [])],
      domain,
      // Inactive until somebody activates it (administration.md §1).
      active: input.active ?? false,
      createdAt: this.#clock.now(),
      lastLogin: null,
      version: 1,
    };
    try {
      await this.#store.users.create(user);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      throw new ConflictError(`There is already a user ${input.login}`);
    }
    return { user, generatedPassword: generated };
  }

  /** Throws `StaleError` when the user is no longer of this version, `ConflictError` when no administrator would be left. */
  async change(user: UserRecord, change: UserChange): Promise<UserRecord> {
    const { password, permissions, ...rest } = change;
    const set: Partial<UserRecord> = Object.fromEntries(
      Object.entries(rest).filter(([, value]) => value !== undefined),
    );
    if (permissions !== undefined) set.permissions = [...new Set(permissions)];
    if (password !== undefined) set.passwordHash = await hashPassword(password);
    if (set.administrator === false || set.active === false) await this.#refuseLast(user);
    const after = await this.#store.users
      .findOneAndUpdate(
        { _id: user._id, version: user.version },
        { $set: set, $inc: { version: 1 } },
        { returnDocument: 'after' },
      )
      .lean<UserRecord | null>();
    if (!after) throw new StaleError('user', user._id);
    this.#changes.tell(user._id);
    return after;
  }

  async remove(user: UserRecord): Promise<void> {
    await this.#refuseLast(user);
    const { deletedCount } = await this.#store.users.deleteOne({ _id: user._id, version: user.version });
    if (deletedCount === 0) throw new StaleError('user', user._id);
    this.#changes.tell(user._id);
  }

  /** The user, if the password is theirs and they may sign in; null otherwise, without saying why. */
  async verify(login: string, password: string): Promise<UserRecord | null> {
    const user = await this.find(login);
    const fits = user ? await verifyPassword(password, user.passwordHash) : await verifyNothing(password);
    return user && fits && user.active ? user : null;
  }

  async noteLogin(login: string): Promise<void> {
    await this.#store.users.updateOne({ _id: login }, { $set: { lastLogin: this.#clock.now() } });
  }

  /**
   * Makes the administrator when there is none. Returns the password when it was made here (to be shown once), else
   * null. `password` is for unattended installations.
   */
  async ensureAdministrator(input: { login: string; password?: string }): Promise<string | null> {
    if (await this.#store.users.exists({ administrator: true, active: true })) return null;
    const { generatedPassword } = await this.create({
      login: input.login,
      ...(input.password === undefined ? {} : { password: input.password }),
      name: 'Administrator',
      administrator: true,
      active: true,
    });
    return generatedPassword;
  }

  async #refuseLast(user: UserRecord): Promise<void> {
    if (!user.administrator || !user.active) return;
    const others = { administrator: true, active: true, _id: { $ne: user._id } };
    if (!(await this.#store.users.exists(others)))
      throw new ConflictError('This is the last active administrator');
  }
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

function named(part: string): Record<string, unknown>[] {
  const contains = { $regex: escaped(part), $options: 'i' };
  return [{ _id: contains }, { name: contains }];
}
