import { ForbiddenError, NotFoundError, ValidationError, type FieldIssue } from '../../common/errors.js';
import { grants } from '../access/permissions.js';
import { parseNetwork } from '../access/tokens.js';
import type { Caller } from '../access/caller.js';
import {
  createToken,
  createUser,
  deleteToken,
  deleteUser,
  getUser,
  listTokens,
  listUsers,
  patchUser,
} from '../api/auth.js';
import { decodeCursor, DEFAULT_LIMIT, encodeCursor, pageReply } from '../http/lists.js';
import { reply } from '../http/request.js';
import { implement } from '../http/route.js';
import type { UserRecord } from '../../store/models/user.js';
import type { Services } from '../services.js';
import { tokenJson, userJson } from '../views/account-view.js';

export const userRoutes = [
  implement(listUsers, async ({ query, caller }, { accounts }) => {
    const { limit, cursor, count, domain, active, name } = query;
    const page = await accounts.list({
      limit: limit ?? DEFAULT_LIMIT,
      view: caller.domain,
      ...(cursor === undefined ? {} : { after: decodeCursor(cursor, ['string'])[0] }),
      ...(domain === undefined ? {} : { domain }),
      ...(active === undefined ? {} : { active }),
      ...(name === undefined ? {} : { name }),
      count: count === true,
    });
    return pageReply({ ...page, next: page.next === null ? null : encodeCursor([page.next]) }, userJson);
  }),

  implement(createUser, async ({ body, caller }, { accounts }) => {
    const { login, ...rest } = body;
    refuseMoreThanOwn(caller, rest);
    const input = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
    const { user, generatedPassword } = await accounts.create({ domain: caller.domain, ...input, login });
    const json = userJson(user);
    return reply(201, generatedPassword === null ? json : { ...json, generatedPassword }, {
      replayBody: json,
      version: user.version,
      headers: { Location: `/api/v1/users/${encodeURIComponent(login)}` },
      object: login,
      difference: { after: json },
    });
  }),

  implement(getUser, async ({ params, caller }, { accounts }) => {
    const user = await accounts.get(params.login, caller.domain);
    return reply(200, userJson(user), { version: user.version });
  }),

  implement(patchUser, async ({ params, body, caller, ifMatch }, { accounts, tokens }) => {
    const before = await accounts.get(params.login, caller.domain);
    refuseMoreThanOwn(caller, body);
    // Who has more rights than the caller cannot be changed by the caller: a new password would give them away.
    refuseMoreThanOwn(caller, before);
    ifMatch.check('user', params.login, before.version);
    const after = await accounts.change(before, body);
    if (body.active === false || body.password !== undefined)
      await tokens.revokeAll(after._id, {
        except: after._id === caller.login ? caller.credential.token : null,
      });
    return reply(200, userJson(after), {
      version: after.version,
      object: after._id,
      difference: {
        before: userJson(before),
        after: { ...userJson(after), ...(body.password === undefined ? {} : { password: 'changed' }) },
      },
    });
  }),

  implement(deleteUser, async ({ params, caller, ifMatch }, { accounts, tokens }) => {
    const user = await accounts.get(params.login, caller.domain);
    refuseMoreThanOwn(caller, user);
    ifMatch.check('user', params.login, user.version);
    await accounts.remove(user);
    await tokens.revokeAll(user._id, { api: true });
    return reply(204, undefined, { object: user._id, difference: { before: userJson(user) } });
  }),

  implement(listTokens, async ({ params, query, caller }, services) => {
    const owner = await tokenOwner(params.login, caller, services);
    const limit = query.limit ?? DEFAULT_LIMIT;
    const before = query.cursor === undefined ? {} : { before: decodeCursor(query.cursor, ['string'])[0] };
    const items = await services.tokens.listApi(owner._id, { limit: limit + 1, ...before });
    const more = items.length > limit;
    if (more) items.pop();
    const last = items.at(-1);
    return pageReply({ items, next: more && last ? encodeCursor([last._id]) : null }, tokenJson);
  }),

  implement(createToken, async ({ params, body, caller }, services) => {
    const owner = await tokenOwner(params.login, caller, services);
    const now = services.clock.now();
    const expiresAt = body.expiresAt ? new Date(body.expiresAt) : null;
    const wrong = [
      ...scopeIssues(body.scopes ?? null, owner, caller),
      ...networkIssues(body.networks ?? []),
      ...(expiresAt !== null && expiresAt <= now
        ? [{ pointer: '/expiresAt', code: 'value', message: 'Must lie in the future' }]
        : []),
    ];
    if (wrong.length > 0) throw new ValidationError('Fields of the body are wrong', wrong);
    const { record, value } = await services.tokens.issueApi(owner._id, {
      name: body.name,
      scopes: body.scopes ?? null,
      networks: body.networks ?? [],
      expiresAt,
    });
    const json = tokenJson(record);
    return reply(
      201,
      { ...json, token: value },
      {
        replayBody: { ...json, token: '' },
        headers: { Location: `/api/v1/users/${encodeURIComponent(owner._id)}/tokens/${record._id}` },
        object: `${owner._id} ${record._id}`,
        difference: { after: json },
      },
    );
  }),

  implement(deleteToken, async ({ params, caller }, services) => {
    const owner = await tokenOwner(params.login, caller, services);
    await services.tokens.revokeApi(owner._id, params.id);
    return reply(204, undefined, { object: `${owner._id} ${params.id}` });
  }),
];

/** One's own tokens, or by `admin.tokens` those of users in view. */
async function tokenOwner(login: string, caller: Caller, { accounts }: Services): Promise<UserRecord> {
  if (login === caller.login) {
    if (!caller.holds('me.tokens')) caller.need('admin.tokens');
    return caller.user;
  }
  if (!caller.holds('admin.tokens')) throw new NotFoundError('user', login);
  const owner = await accounts.get(login, caller.domain);
  refuseMoreThanOwn(caller, owner);
  return owner;
}

/** Nobody gives, or takes over, more rights than they have. */
function refuseMoreThanOwn(
  caller: Caller,
  rights: {
    administrator?: boolean | undefined;
    permissions?: readonly string[] | undefined;
    domain?: string | undefined;
  },
): void {
  if (rights.administrator === true && !caller.administers) throw new ForbiddenError('administrator');
  const missing = rights.permissions?.find((permission) => !caller.holds(permission));
  if (missing !== undefined) throw new ForbiddenError(missing);
  if (rights.domain !== undefined && !caller.sees(rights.domain))
    throw ValidationError.of('/domain', `Must be ${caller.domain} or below it`);
}

/** Scopes are a subset of what the owner has, and of what the maker of the token may. */
function scopeIssues(scopes: readonly string[] | null, owner: UserRecord, caller: Caller): FieldIssue[] {
  const own = caller.credential.scopes;
  if (scopes === null)
    return own === null
      ? []
      : [{ pointer: '/scopes', code: 'value', message: 'A limited token can make limited tokens only' }];
  return scopes.flatMap((scope, at) => {
    const owned = owner.administrator || grants(owner.permissions, scope);
    if (owned && caller.holds(scope)) return [];
    return [{ pointer: `/scopes/${at}`, code: 'value', message: `${owner._id} does not have ${scope}` }];
  });
}

function networkIssues(networks: readonly string[]): FieldIssue[] {
  return networks.flatMap((network, at) =>
    parseNetwork(network)
      ? []
      : [
          {
            pointer: `/networks/${at}`,
            code: 'format',
            message: 'Must be an address or a network like 192.0.2.0/24',
          },
        ],
  );
}
