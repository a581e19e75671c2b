import { z } from 'zod';
import { ValidationError } from '../../../common/errors.js';
import { readValid } from '../../../common/read-valid.js';
import { OutboundFailure } from '../ports/workflow-ports.js';
import type { AddressGuard } from '../outbound/address-guard.js';
import { line, text } from '../config-fields.js';

/** A callback as a user gives it; secrets as plain texts. */
export interface CallbackInput {
  /** Left out: `default`. */
  name?: string | undefined;
  url: string;
  authentication?: AuthenticationInput | undefined;
  /** The key of the signature; null or left out: nothing is signed. */
  secret?: string | null | undefined;
}

export type AuthenticationInput =
  { kind: 'none' } | { kind: 'basic'; user: string; password: string } | { kind: 'bearer'; token: string };

/** What is left out stays. */
export interface CallbackPatch {
  url?: string | undefined;
  authentication?: AuthenticationInput | undefined;
  secret?: string | null | undefined;
}

/** What a callback is called where nobody says. */
export const DEFAULT_NAME = 'default';

const schema = z.strictObject({
  name: z
    .string()
    .max(64)
    .regex(/^[A-Za-z0-9][\w.-]*$/, 'has letters, digits, _ . - and begins with a letter or digit'),
  url: line(2_000),
  authentication: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('none') }),
    z.strictObject({
      kind: z.literal('basic'),
      user: line(200)
        .min(1)
        .refine((user) => !user.includes(':'), 'has no colon'),
      password: text(1_000),
    }),
    z.strictObject({
      kind: z.literal('bearer'),
      token: z.string().regex(/^[\x21-\x7e]{1,4000}$/, 'has 1 to 4,000 visible ASCII characters'),
    }),
  ]),
  secret: text(1_000).min(1).nullable(),
});
export type ValidCallback = z.infer<typeof schema>;

/** Throws `ValidationError` with a pointer to each wrong field; `at` = where the callback stands. */
export function validCallback(given: CallbackInput, guard: AddressGuard, at = ''): ValidCallback {
  const callback = {
    name: given.name ?? DEFAULT_NAME,
    url: given.url,
    authentication: given.authentication ?? { kind: 'none' },
    secret: given.secret ?? null,
  };
  const valid = readValid(schema, callback, { text: 'The callback is not valid', at });
  checkCallbackUrl(valid.url, guard, `${at}/url`);
  return valid;
}

/** Known when it is stored, so that nobody waits in vain; looked at again, with the address, when it is called. */
export function checkCallbackUrl(text: string, guard: AddressGuard, pointer: string): void {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol))
    throw ValidationError.of(pointer, 'Must be an http or https URL', 'url');
  if (url.username !== '' || url.password !== '')
    throw ValidationError.of(pointer, 'Credentials do not belong into the URL', 'url');
  try {
    guard.assertHost(url.hostname);
  } catch (error) {
    if (!(error instanceof OutboundFailure)) throw error;
    throw ValidationError.of(
      pointer,
      `${error.message} (settings callbackHosts, outboundPrivateNetworks)`,
      'host',
    );
  }
}
