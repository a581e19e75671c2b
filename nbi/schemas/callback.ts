import { z } from 'zod';
import { DELIVERY_STATES } from '../../store/models/callback-delivery.js';
import { identity, line, page, text, time } from './common.js';

const name = z
  .string()
  .min(1)
  .max(64)
  .meta({ description: 'Unique in its task; letters, digits, `_ . -`', examples: ['order-4711'] });
const url = line(2_000).meta({
  description: 'http or https; its host must be one that the administrator allows (`callbackHosts`)',
  examples: ['https://oss.example.com/provost'],
});

const authenticationInput = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('none') }),
    z.strictObject({ kind: z.literal('basic'), user: line(200).min(1), password: text(1_000) }),
    z.strictObject({ kind: z.literal('bearer'), token: z.string().min(1).max(4_000) }),
  ])
  .meta({ description: 'How the receiver knows the server; secrets are never shown again' });
const secretInput = text(1_000).min(1).nullable().meta({
  description:
    'Key of the header `Provost-Signature: t=<seconds>,v1=<hex>`, the HMAC-SHA256 over `<seconds>.<body>`; null = nothing is signed',
});

export const callbackInput = z
  .strictObject({
    name: name.optional().meta({ description: 'Default `default`' }),
    url,
    authentication: authenticationInput.optional(),
    secret: secretInput.optional(),
  })
  .meta({ id: 'TaskCallbackInput' });

/** Of a task that is made. */
export const callbackInputs = z
  .array(callbackInput)
  .max(10)
  .optional()
  .meta({ description: 'Told how its runs end, from the first one on; names are unique' });

export const callbackPatch = z
  .strictObject({
    url: url.optional(),
    authentication: authenticationInput.optional(),
    secret: secretInput.optional(),
  })
  .meta({ id: 'TaskCallbackPatch', description: 'What is left out stays, secrets too' });

const delivery = z
  .object({
    execution: z.string(),
    device: identity,
    run: z.number().int(),
    state: z.enum(DELIVERY_STATES).meta({
      description:
        '`waiting`: is tried again. `delivered`: answered with 2xx. `failed`: given up after 24 hours',
    }),
    queuedAt: time,
    attempts: z.number().int(),
    lastAttemptAt: time.nullable(),
    nextAttemptAt: time.nullable(),
    status: z.number().int().nullable().meta({ description: 'HTTP status of the newest answer' }),
    detail: z.string().meta({ description: 'What was wrong at the newest try; empty = nothing' }),
  })
  .meta({ id: 'CallbackDelivery' });

export const callback = z
  .object({
    name: z.string(),
    url: z.string(),
    authentication: z.object({
      kind: z.enum(['none', 'basic', 'bearer']),
      user: z.string().meta({ description: 'Of `basic`' }),
    }),
    signed: z.boolean().meta({ description: 'Whether it has a secret that messages are signed with' }),
    user: z.string().meta({ description: 'Who added it' }),
    createdAt: time,
    changedAt: time,
    lastDelivery: delivery.nullable().meta({ description: 'The newest message; null = none in 7 days' }),
    version: z.number().int(),
  })
  .meta({ id: 'TaskCallback' });
export const callbackList = page(callback, 'TaskCallbackList');
