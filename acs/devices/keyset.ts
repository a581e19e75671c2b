import { Types } from 'mongoose';
import { ValidationError } from '../../common/errors.js';
import type { MongoFilter } from './filter.js';

/** One level of an order: a stored field that is null, missing or of one type. */
export interface OrderField {
  path: string;
  direction: 1 | -1;
  /** `id`: an ObjectId, never null. */
  type: 'text' | 'date' | 'id';
}

/** An order that has no ties: `_id` is its last level. */
export interface Order {
  /** Names the order; a cursor of another is refused. */
  name: string;
  fields: readonly OrderField[];
}

type Key = string | Date | Types.ObjectId | null;

interface Cursor {
  /** Order. */
  o: string;
  /** Values of the order's fields in the last row; dates in milliseconds. */
  v: (string | number | null)[];
}

export function sortOf(order: Order): Record<string, 1 | -1> {
  return Object.fromEntries(order.fields.map(({ path, direction }) => [path, direction]));
}

/** A cursor names the last row by its sort values, so that pages stay right while rows come and go. */
export function cursorAfter(row: object, order: Order): string {
  const values = order.fields.map(({ path }) => {
    const value = (row as Record<string, unknown>)[path];
    if (value instanceof Types.ObjectId) return value.toHexString();
    return value instanceof Date ? value.getTime() : typeof value === 'string' ? value : null;
  });
  return Buffer.from(JSON.stringify({ o: order.name, v: values } satisfies Cursor)).toString('base64url');
}

/**
 * The condition for rows behind the cursor. Null sorts before all else, as in MongoDB's own order. Throws
 * `ValidationError` for text that is no cursor and for a cursor of another order.
 */
export function behindCursor(cursor: string, order: Order): MongoFilter {
  const keys = readCursor(cursor, order);
  const alternatives = order.fields.flatMap((field, level) => {
    const further = beyond(field, keys[level] ?? null);
    if (!further) return [];
    const same = order.fields.slice(0, level).map(({ path }, index) => ({ [path]: keys[index] ?? null }));
    return [same.length === 0 ? further : { $and: [...same, further] }];
  });
  return alternatives.length === 0 ? { _id: { $in: [] } } : { $or: alternatives };
}

function beyond({ path, direction }: OrderField, key: Key): MongoFilter | null {
  if (key === null) return direction === 1 ? { [path]: { $ne: null } } : null;
  if (direction === 1) return { [path]: { $gt: key } };
  // Nulls come last in a falling order.
  return path === '_id' ? { _id: { $lt: key } } : { $or: [{ [path]: { $lt: key } }, { [path]: null }] };
}

function readCursor(text: string, order: Order): Key[] {
  const cursor = parseCursor(text);
  if (!cursor) throw ValidationError.of('/cursor', 'This is no cursor of this list');
  if (cursor.o !== order.name)
    throw ValidationError.of(
      '/cursor',
      `The cursor belongs to a list sorted by ${cursor.o}, not by ${order.name}`,
    );
  if (cursor.v.length !== order.fields.length)
    throw ValidationError.of('/cursor', 'This is no cursor of this list');
  return order.fields.map(({ type, path }, index) => {
    const value = cursor.v[index] ?? null;
    const fits = value === null ? path !== '_id' : typeof value === (type === 'date' ? 'number' : 'string');
    if (!fits || (type === 'id' && !/^[0-9a-f]{24}$/.test(String(value))))
      throw ValidationError.of('/cursor', 'This is no cursor of this list');
    if (type === 'id') return new Types.ObjectId(String(value));
    return typeof value === 'number' ? new Date(value) : value;
  });
}

function parseCursor(text: string): Cursor | null {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (typeof parsed !== 'object' || parsed === null || !('o' in parsed) || !('v' in parsed)) return null;
    return typeof parsed.o === 'string' && Array.isArray(parsed.v)
      ? { o: parsed.o, v: parsed.v as Cursor['v'] }
      : null;
  } catch {
    return null;
  }
}
