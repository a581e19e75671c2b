import type { z } from 'zod';
import type { ResponseSpec } from './operation.js';

// Replies that many operations share, so that their wording is the same everywhere.

export const found = (schema: z.ZodType, description: string, example?: unknown): ResponseSpec => ({
  description,
  schema,
  ...(example === undefined ? {} : { example }),
});

export const foundWithETag = (schema: z.ZodType, description: string, example?: unknown): ResponseSpec => ({
  ...found(schema, description, example),
  headers: { ETag: 'The version, for If-Match and If-None-Match' },
});

export const created = (schema: z.ZodType, description: string, example?: unknown): ResponseSpec => ({
  ...foundWithETag(schema, description, example),
  headers: { ETag: 'The version, for If-Match', Location: 'Where the new object is' },
});

export const done: ResponseSpec = { description: 'Done' };

export const notModified: ResponseSpec = { description: 'Unchanged since the version of If-None-Match' };

/** The last of a list: `Link: rel="next"` beside `next`. */
export const listed = (schema: z.ZodType, description: string, example?: unknown): ResponseSpec => ({
  ...found(schema, description, example),
  headers: { Link: 'The next page, `rel="next"`; absent on the last one' },
});
