import { domainCovers } from '../../common/domains.js';
import { ForbiddenError, NotFoundError } from '../../common/errors.js';
import type { UserRecord } from '../../store/models/user.js';
import { grants, type Permission } from './permissions.js';

/** How a caller proved who they are. */
export type CredentialKind = 'session' | 'access' | 'api' | 'basic';

export interface Credential {
  kind: CredentialKind;
  /** Id of the token record; null for Basic. */
  token: string | null;
  /** A subset of the owner's permissions; null = all. */
  scopes: readonly string[] | null;
  /** Sessions: what the CSRF header must carry. */
  csrf: string | null;
}

/** Who calls, and what they may. */
export class Caller {
  constructor(
    readonly user: UserRecord,
    readonly credential: Credential,
  ) {}

  get login(): string {
    return this.user._id;
  }

  get domain(): string {
    return this.user.domain;
  }

  /** Whether the caller comes by token and so needs the keys of the API besides the functional ones. */
  get byToken(): boolean {
    return this.credential.kind === 'api' || this.credential.kind === 'access';
  }

  /** Whether the caller may do everything: a token with scopes may not, whoever its owner is. */
  get administers(): boolean {
    return this.user.administrator && this.credential.scopes === null;
  }

  holds(permission: string): boolean {
    const { scopes } = this.credential;
    if (scopes !== null && !grants(scopes, permission)) return false;
    return this.user.administrator || grants(this.user.permissions, permission);
  }

  /** Throws `ForbiddenError`. */
  need(permission: Permission): void {
    if (!this.holds(permission)) throw new ForbiddenError(permission);
  }

  /** The own domain and those below it (administration.md §4). */
  sees(domain: string): boolean {
    return domainCovers(this.user.domain, domain);
  }

  /** An object out of view is not found, so that its existence cannot be guessed (administration.md §4). */
  mustSee(domain: string, kind: string, id: string): void {
    if (!this.sees(domain)) throw new NotFoundError(kind, id);
  }
}
