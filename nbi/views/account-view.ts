import type { TokenRecord } from '../../store/models/token.js';
import type { UserRecord } from '../../store/models/user.js';
import { timeJson } from './json.js';

export function userJson(user: UserRecord) {
  const { _id, name, administrator, permissions, domain, active, createdAt, lastLogin, version } = user;
  return {
    login: _id,
    name,
    administrator,
    permissions,
    domain,
    active,
    createdAt: createdAt.toISOString(),
    lastLogin: timeJson(lastLogin),
    version,
  };
}

export function tokenJson(token: TokenRecord) {
  const { _id, name, prefix, user, scopes, networks, createdAt, lastUsedAt, expiresAt } = token;
  return {
    id: _id,
    name,
    prefix,
    user,
    scopes,
    networks,
    createdAt: createdAt.toISOString(),
    lastUsedAt: timeJson(lastUsedAt),
    expiresAt: timeJson(expiresAt),
  };
}
