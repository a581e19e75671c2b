import type { Reply } from './request.js';
import { badRequest, type ProblemError } from './problem-error.js';

export const DEFAULT_LIMIT = 100;

/** A page as JSON. The `Link` header is added where the request's address is known. */
export function pageReply<R>(
  page: { items: readonly R[]; next: string | null; total?: number; notice?: string },
  toJson: (record: R) => unknown,
): Reply {
  const { next, total, notice } = page;
  const body = {
    items: page.items.map(toJson),
    next,
    ...(total === undefined ? {} : { total }),
    ...(notice === undefined ? {} : { notice }),
  };
  return { status: 200, body };
}

/** A cursor made of one text; opaque to clients. */
export function encodeCursor(parts: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** The parts of a cursor of this list; throws `bad-request` for what is none. */
export function decodeCursor<const T extends readonly ('string' | 'number')[]>(
  cursor: string,
  types: T,
): { -readonly [K in keyof T]: T[K] extends 'number' ? number : string } {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    parts = null;
  }
  if (
    !Array.isArray(parts) ||
    parts.length !== types.length ||
    !types.every((type, at) => typeof parts[at] === type)
  )
    throw foreignCursor();
  return parts as never;
}

export function foreignCursor(detail = 'The cursor is none of this list'): ProblemError {
  return badRequest(detail, [
    { pointer: '/query/cursor', code: 'cursor', message: 'Is no cursor of this list' },
  ]);
}
