import type { z } from 'zod';
import { ValidationError } from './errors.js';

/**
 * What a schema makes of a value. Throws `ValidationError` with this text and a pointer to each wrong field; `at` = where the
 * value stands.
 */
export function readValid<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  { text, at = '' }: { text: string; at?: string },
): z.output<Schema> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw new ValidationError(
    text,
    read.error.issues.map(({ path, message }) => ({
      pointer: at + path.map((part) => `/${String(part)}`).join(''),
      code: 'invalid',
      message,
    })),
  );
}
