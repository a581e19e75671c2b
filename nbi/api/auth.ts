import { z } from 'zod';
import {
  accessToken,
  login,
  me,
  mePatch,
  passwordChange,
  passwordGrant,
  sessionLogin,
  sessionOpened,
  tokenCreated,
  tokenInput,
  tokenList,
  user,
  userCreated,
  userInput,
  userList,
  userPatch,
} from '../schemas/account.js';
import { cursor, flag, limit } from '../schemas/common.js';
import { operation } from './operation.js';
import { created, done, found, foundWithETag, listed, notModified } from './replies.js';

const tag = 'Access';

export const passwordGrantToken = operation('post', '/auth/oauth_password', {
  id: 'passwordGrant',
  tag,
  summary: 'Get an access token for a user name and a password',
  description:
    'The token goes into `Authorization: Bearer`. Each call renews it; unused it dies after `expires_in` seconds.',
  access: 'public',
  body: passwordGrant,
  bodyType: 'form',
  bodyExample: { grant_type: 'password', username: 'oss', password: 'correct horse battery' },
  audited: false,
  responses: {
    200: found(accessToken, 'The token', { access_token: 'pva_…', token_type: 'Bearer', expires_in: 1800 }),
  },
  problems: ['unauthenticated', 'rate-limited', 'media-type'],
});

export const invalidateToken = operation('post', '/auth/invalidate_token', {
  id: 'invalidateToken',
  tag,
  summary: 'End the access token of this call',
  access: null,
  responses: { 204: done },
});

export const openSession = operation('post', '/auth/session', {
  id: 'openSession',
  tag,
  summary: 'Sign in to the console',
  description:
    'Sets the cookie `provost_session`. Requests by cookie that change something carry `csrfToken` in the header `X-CSRF-Token`.',
  access: 'public',
  body: sessionLogin,
  bodyExample: { username: 'admin', password: 'correct horse battery' },
  audited: false,
  responses: { 200: found(sessionOpened, 'Signed in') },
  problems: ['unauthenticated', 'rate-limited', 'forbidden'],
});

export const closeSession = operation('delete', '/auth/session', {
  id: 'closeSession',
  tag,
  summary: 'Sign out of the console',
  access: null,
  responses: { 204: done },
});

export const getMe = operation('get', '/me', {
  id: 'getMe',
  tag,
  summary: 'Who is calling, with which permissions',
  access: null,
  responses: { 200: found(me, 'The caller') },
});

export const patchMe = operation('patch', '/me', {
  id: 'patchMe',
  tag,
  summary: 'Change one’s own profile',
  access: 'me.profile',
  body: mePatch,
  responses: { 200: found(me, 'The caller') },
});

export const changePassword = operation('post', '/me/password', {
  id: 'changePassword',
  tag,
  summary: 'Change one’s own password',
  description: 'Ends all other sessions and access tokens of the user; API tokens stay.',
  access: 'me.profile',
  body: passwordChange,
  responses: { 204: done },
  problems: ['rate-limited'],
});

const byLogin = { login };

export const listUsers = operation('get', '/users', {
  id: 'listUsers',
  tag,
  summary: 'List users',
  access: 'admin.users',
  query: {
    limit,
    cursor,
    count: flag.optional(),
    domain: z.string().max(500).optional(),
    active: flag.optional(),
    name: z.string().max(200).optional().meta({ description: 'Part of the log-in or of the full name' }),
  },
  responses: { 200: listed(userList, 'A page of users, by log-in') },
});

export const createUser = operation('post', '/users', {
  id: 'createUser',
  tag,
  summary: 'Add a user',
  access: 'admin.users',
  body: userInput,
  bodyExample: { login: 'n.berg', name: 'Nora Berg', permissions: ['devices.read', 'tasks'], active: true },
  responses: { 201: created(userCreated, 'The user, and the password that was made') },
  problems: ['conflict'],
});

export const getUser = operation('get', '/users/{login}', {
  id: 'getUser',
  tag,
  summary: 'Get a user',
  access: 'admin.users',
  params: byLogin,
  responses: { 200: foundWithETag(user, 'The user'), 304: notModified },
  problems: ['not-found'],
});

export const patchUser = operation('patch', '/users/{login}', {
  id: 'patchUser',
  tag,
  summary: 'Change a user: permissions, domain, activity, password',
  description: 'Deactivating a user, or giving a new password, ends the user’s sessions and access tokens.',
  access: 'admin.users',
  params: byLogin,
  body: userPatch,
  ifMatch: 'optional',
  responses: { 200: foundWithETag(user, 'The user') },
  problems: ['not-found', 'stale', 'conflict'],
});

export const deleteUser = operation('delete', '/users/{login}', {
  id: 'deleteUser',
  tag,
  summary: 'Delete a user with all tokens; the name stays in histories',
  access: 'admin.users',
  params: byLogin,
  ifMatch: 'optional',
  responses: { 204: done },
  problems: ['not-found', 'stale', 'conflict'],
});

export const listTokens = operation('get', '/users/{login}/tokens', {
  id: 'listTokens',
  tag,
  summary: 'List the API tokens of a user',
  access: ['me.tokens', 'admin.tokens'],
  params: byLogin,
  query: { limit, cursor },
  responses: { 200: listed(tokenList, 'A page of tokens, newest first') },
  problems: ['not-found'],
});

export const createToken = operation('post', '/users/{login}/tokens', {
  id: 'createToken',
  tag,
  summary: 'Make an API token',
  description:
    'Scopes are a subset of the owner’s permissions. The value is shown in this answer and never again; a repetition with the same `Idempotency-Key` does not show it.',
  access: ['me.tokens', 'admin.tokens'],
  params: byLogin,
  body: tokenInput,
  bodyExample: {
    name: 'OSS provisioning',
    scopes: ['api.devices', 'devices.read', 'devices.create'],
    networks: ['192.0.2.0/24'],
    expiresAt: '2027-01-01T00:00:00Z',
  },
  responses: { 201: { ...created(tokenCreated, 'The token'), headers: { Location: 'Where the token is' } } },
  problems: ['not-found'],
});

export const deleteToken = operation('delete', '/users/{login}/tokens/{id}', {
  id: 'deleteToken',
  tag,
  summary: 'Invalidate an API token',
  access: ['me.tokens', 'admin.tokens'],
  params: { login, id: z.string().max(100) },
  responses: { 204: done },
  problems: ['not-found'],
});
