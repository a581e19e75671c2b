import { z } from 'zod';
import { DOMAIN, DOMAIN_RULE, MAX_DOMAIN } from '../../common/domains.js';
import { isLine, isXmlText, LINE_RULE, XML_TEXT_RULE } from '../../common/texts.js';
import { PROBLEM_TYPES, type ProblemCode } from '../problem-types.js';

/** RFC 3339, UTC, milliseconds. */
export const time = z.string().meta({ format: 'date-time', examples: ['2026-01-01T12:00:00.000Z'] });

/** A time that a caller gives: RFC 3339 with any offset. */
export const timeInput = z.iso.datetime({ offset: true }).meta({
  description: 'RFC 3339',
  override: { type: 'string', format: 'date-time', pattern: undefined },
});

export const duration = z
  .string()
  .meta({ format: 'duration', description: 'ISO 8601', examples: ['PT4.200S'] });

export const identity = z
  .string()
  .min(1)
  .max(300)
  .meta({
    description: 'Identity of the device; in a path it is percent-encoded once more',
    examples: ['02A0C4-GW-E5CAE8'],
  });

/** A flag in a query: `true` or `false`. */
export const flag = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .meta({ override: { type: 'boolean', enum: undefined } });

/** A whole number in a query. */
export const wholeNumber = (minimum: number, maximum: number) =>
  z
    .string()
    .regex(/^-?\d{1,15}$/, 'Must be a whole number')
    .transform(Number)
    .pipe(z.number().int().min(minimum).max(maximum))
    .meta({ override: { type: 'integer', minimum, maximum, pattern: undefined } });

export const limit = wholeNumber(1, 1_000).optional().meta({ description: 'Items a page; default 100' });
export const cursor = z
  .string()
  .min(1)
  .max(2_000)
  .optional()
  .meta({ description: 'The `next` of the page before; good for 24 hours' });

/** A comma-separated list of one of the words. */
export const words = <const T extends readonly [string, ...string[]]>(allowed: T) =>
  z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(allowed)))
    .meta({ override: { type: 'string', description: `Comma-separated: ${allowed.join(', ')}` } });

export const text = (maximum: number) => z.string().max(maximum).refine(isXmlText, XML_TEXT_RULE);

/** A text in one line: a name, a part of an identity. */
export const line = (maximum: number) => z.string().max(maximum).refine(isLine, LINE_RULE);

/** `/` or `/org1/a/`. */
export const domain = z
  .string()
  .max(MAX_DOMAIN)
  .regex(DOMAIN, DOMAIN_RULE)
  .meta({ examples: ['/'] });

export const tags = z.array(line(100).min(1)).max(100);

/** A page: `next` is null on the last one; `total` comes with `count=true`. */
export const page = <T extends z.ZodType>(item: T, id: string) =>
  z
    .object({
      items: z.array(item),
      next: z.string().nullable().meta({ description: 'Cursor of the next page; null on the last one' }),
      total: z.number().int().optional().meta({ description: 'Only with `count=true`' }),
    })
    .meta({ id });

const expressionRead = z.object({
  name: z.string().meta({ examples: ['device.softwareVersion'] }),
  value: z.string().nullable().meta({ description: 'As text, of secrets a mask; null = nothing is there' }),
  readAt: time.nullable().meta({ description: 'Of a parameter: when the device told its value' }),
});

/** What an evaluation took. */
export const expressionEffort = z
  .object({
    steps: z.number().int().meta({ description: 'Of 200,000 that an evaluation may take' }),
    reads: z.array(expressionRead).meta({ description: 'What was looked at, each name once; at most 100' }),
    moreReads: z.number().int().meta({ description: 'Names beyond those' }),
  })
  .meta({ id: 'ExpressionEffort' });
/** A page of a list that takes expressions. */
export const searchedPage = <T extends z.ZodType>(item: T, id: string) =>
  page(item, id)
    .extend({
      notice: z
        .string()
        .optional()
        .meta({ description: 'How rows were found, where an expression was evaluated for each of them' }),
    })
    .meta({ id });

export const fieldIssue = z
  .object({
    pointer: z.string().meta({
      description:
        'JSON pointer (RFC 6901) into the body; parameters are below `/query`, `/path` and `/header`',
      examples: ['/config/param/0/name'],
    }),
    code: z.string(),
    message: z.string(),
    from: z.number().int().optional().meta({ description: 'In an expression: offset in UTF-16 units' }),
    to: z.number().int().optional(),
  })
  .meta({ id: 'FieldIssue' });

const codes = Object.keys(PROBLEM_TYPES) as [ProblemCode, ...ProblemCode[]];

/** RFC 9457, with the members of northbound.md §4. */
export const problem = z
  .object({
    type: z.string().meta({ format: 'uri', examples: ['urn:provost:problem:validation'] }),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    instance: z.string(),
    code: z.enum(codes),
    requestId: z.string(),
    errors: z.array(fieldIssue).optional(),
    requiredPermission: z.string().optional(),
    retryAfter: z.number().optional().meta({ description: 'Seconds, as in Retry-After' }),
    task: z.string().optional().meta({ description: 'The task that stays queued' }),
    evaluation: expressionEffort
      .optional()
      .meta({ description: 'What an expression had done when it failed' }),
    cwmpFault: z
      .object({
        code: z.number().int(),
        string: z.string(),
        parameterFaults: z.array(z.object({ path: z.string(), code: z.number().int(), string: z.string() })),
      })
      .optional(),
  })
  .meta({ id: 'Problem' });

export type ProblemJson = z.output<typeof problem>;
