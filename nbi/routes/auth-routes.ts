import type { IncomingMessage } from 'node:http';
import { UnauthenticatedError, ValidationError } from '../../common/errors.js';
import { checkOrigin, SESSION_COOKIE } from '../access/authentication.js';
import type { Caller } from '../access/caller.js';
import {
  changePassword,
  closeSession,
  getMe,
  invalidateToken,
  openSession,
  passwordGrantToken,
  patchMe,
} from '../api/auth.js';
import { reply } from '../http/request.js';
import { implement } from '../http/route.js';
import type { Services } from '../services.js';
import { timeJson } from '../views/json.js';

export const authRoutes = [
  implement(passwordGrantToken, async ({ body, address }, { authentication, accounts, tokens }) => {
    const user = await authentication.login(body.username, body.password, address);
    if (!user) throw new UnauthenticatedError('User name or password is wrong');
    const { value } = await tokens.issueAccess(user._id);
    await accounts.noteLogin(user._id);
    return reply(200, { access_token: value, token_type: 'Bearer', expires_in: tokens.expiresIn });
  }),

  implement(invalidateToken, async ({ caller }, { tokens }) => {
    if (caller.credential.token !== null) await tokens.revoke(caller.credential.token);
    return reply(204);
  }),

  implement(openSession, async ({ body, address, raw }, { authentication, accounts, tokens }) => {
    checkOrigin(raw.headers);
    const user = await authentication.login(body.username, body.password, address);
    if (!user) throw new UnauthenticatedError('User name or password is wrong');
    const { record, value } = await tokens.issueSession(user._id);
    await accounts.noteLogin(user._id);
    const { _id: login, name, administrator, permissions, domain } = user;
    return reply(
      200,
      {
        user: { login, name, administrator, permissions, domain },
        csrfToken: record.csrf,
        lastLogin: timeJson(user.lastLogin),
      },
      { headers: { 'Set-Cookie': sessionCookie(value, isSecure(raw)) } },
    );
  }),

  implement(closeSession, async ({ caller, raw }, { tokens }) => {
    if (caller.credential.token !== null) await tokens.revoke(caller.credential.token);
    const cookie = `${sessionCookie('', isSecure(raw))}; Max-Age=0`;
    return reply(204, undefined, { headers: { 'Set-Cookie': cookie } });
  }),

  implement(getMe, ({ caller }, services) => reply(200, meJson(caller, services))),

  implement(patchMe, async ({ caller, body }, services) => {
    const user = await services.accounts.change(caller.user, { name: body.name });
    const { name } = user;
    return reply(200, { ...meJson(caller, services), name }, { object: caller.login, difference: { name } });
  }),

  implement(changePassword, async ({ caller, body, address }, { accounts, authentication, tokens }) => {
    if (!(await authentication.login(caller.login, body.currentPassword, address)))
      throw ValidationError.of('/currentPassword', 'Is not the current password');
    if (body.newPassword === body.currentPassword)
      throw ValidationError.of('/newPassword', 'Must differ from the current password');
    await accounts.change(caller.user, { password: body.newPassword });
    await tokens.revokeAll(caller.login, { except: caller.credential.token });
    return reply(204, undefined, { object: caller.login });
  }),
];

function meJson(caller: Caller, { info, clock }: Services) {
  const { name, administrator, permissions, domain, lastLogin } = caller.user;
  const { csrf } = caller.credential;
  return {
    login: caller.login,
    name,
    administrator,
    permissions,
    domain,
    lastLogin: timeJson(lastLogin),
    ...(csrf === null ? {} : { csrfToken: csrf }),
    server: {
      version: info.version,
      name: info.name,
      time: clock.now().toISOString(),
      cwmpUrl: info.cwmpUrl,
    },
  };
}

/** No `Max-Age`: it goes with the browser; its real end is kept by the server. */
function sessionCookie(value: string, secure: boolean): string {
  return `${SESSION_COOKIE}=${value}; Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
}

/** Behind a proxy that ends TLS the browser's side counts. */
function isSecure({ headers, socket }: IncomingMessage): boolean {
  return 'encrypted' in socket || headers['x-forwarded-proto'] === 'https';
}
