import { z } from 'zod';
import { isLine, LINE_RULE } from '../../common/texts.js';
import { domain, line, page, text, time, timeInput } from './common.js';

export const login = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[^\s/\\\u0000-\u001f]+$/u, 'Must not contain white space or slashes')
  .refine(isLine, LINE_RULE)
  .meta({ examples: ['n.berg'] });

const permission = z
  .string()
  .max(200)
  .regex(/^[A-Za-z][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)*$/, 'Must be a dotted permission key')
  .meta({ examples: ['devices.read'] });

export const password = z
  .string()
  .min(12, 'Must have at least 12 characters')
  .max(256)
  .meta({ format: 'password' });

export const user = z
  .object({
    login: z.string(),
    name: z.string(),
    administrator: z.boolean(),
    permissions: z.array(z.string()).meta({ description: 'A node gives its leaves' }),
    domain: z.string(),
    active: z.boolean(),
    createdAt: time,
    lastLogin: time.nullable(),
    version: z.number().int(),
  })
  .meta({ id: 'User' });
export const userList = page(user, 'UserList');

const writable = {
  name: line(200),
  administrator: z.boolean(),
  permissions: z.array(permission).max(500),
  domain,
  active: z.boolean(),
};

export const userInput = z
  .strictObject({
    login,
    password: password
      .optional()
      .meta({ description: 'Left out: one is made, and shown in the answer alone' }),
    ...z.strictObject(writable).partial().shape,
  })
  .meta({ id: 'UserInput' });

export const userCreated = user
  .extend({ generatedPassword: z.string().optional().meta({ description: 'Shown once' }) })
  .meta({ id: 'UserCreated' });

export const userPatch = z
  .strictObject({ ...z.strictObject(writable).partial().shape, password: password.optional() })
  .meta({ id: 'UserPatch' });

export const passwordChange = z
  .strictObject({ currentPassword: z.string().max(256), newPassword: password })
  .meta({ id: 'PasswordChange' });

export const token = z
  .object({
    id: z.string(),
    name: z.string(),
    prefix: z.string(),
    user: z.string(),
    scopes: z.array(z.string()).nullable().meta({ description: 'null = all that the owner may' }),
    networks: z.array(z.string()),
    createdAt: time,
    lastUsedAt: time.nullable(),
    expiresAt: time.nullable(),
  })
  .meta({ id: 'Token' });
export const tokenList = page(token, 'TokenList');

export const tokenInput = z
  .strictObject({
    name: line(200).min(1),
    scopes: z.array(permission).max(500).nullable().optional(),
    networks: z
      .array(line(50).min(1))
      .max(100)
      .optional()
      .meta({ examples: [['192.0.2.0/24']] }),
    expiresAt: timeInput.nullable().optional(),
  })
  .meta({ id: 'TokenInput' });

export const tokenCreated = token
  .extend({ token: z.string().meta({ description: 'The value; shown once' }) })
  .meta({ id: 'TokenCreated' });

/** Open, unlike other requests: clients of OAuth send more (`scope`, `client_id`), to be ignored (RFC 6749 §3.2). */
export const passwordGrant = z
  .object({
    grant_type: z.literal('password'),
    username: z.string().max(200),
    password: z.string().max(256),
  })
  .meta({ id: 'PasswordGrant' });

export const accessToken = z
  .object({
    access_token: z.string(),
    token_type: z.literal('Bearer'),
    expires_in: z.number().int().meta({ description: 'Seconds; renewed at each call' }),
  })
  .meta({ id: 'AccessToken' });

export const sessionLogin = z
  .strictObject({ username: z.string().max(200), password: z.string().max(256) })
  .meta({ id: 'SessionLogin' });

export const sessionOpened = z
  .object({
    user: z.object({
      login: z.string(),
      name: z.string(),
      administrator: z.boolean(),
      permissions: z.array(z.string()),
      domain: z.string(),
    }),
    csrfToken: z.string(),
    lastLogin: time.nullable().meta({ description: 'The log-in before this one' }),
  })
  .meta({ id: 'SessionOpened' });

export const me = z
  .object({
    login: z.string(),
    name: z.string(),
    administrator: z.boolean(),
    permissions: z.array(z.string()),
    domain: z.string(),
    lastLogin: time.nullable(),
    csrfToken: z.string().optional().meta({ description: 'Only for console sessions' }),
    server: z.object({ version: z.string(), name: z.string(), time, cwmpUrl: z.string() }),
  })
  .meta({ id: 'Me' });

export const mePatch = z.strictObject({ name: text(200).optional() }).meta({ id: 'MePatch' });
