import { ValidationError } from '../../common/errors.js';

export interface Page<T> {
  items: T[];
  /** Opaque; null = this was the last page. */
  next: string | null;
}

export interface SortField {
  field: string;
  direction: 1 | -1;
}

type Scalar = string | number | Date;

/** A cursor names the sort values of the last row, so that pages stay right while rows come and go. */
export function encodeCursor(row: object, sort: readonly SortField[]): string {
  const values = sort.map(({ field }) => {
    const value = (row as Record<string, unknown>)[field];
    return value instanceof Date ? { t: value.getTime() } : value;
  });
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** The condition for rows behind the cursor, in an order whose last field is unique. */
export function afterCursor(cursor: string, sort: readonly SortField[]): Record<string, unknown> {
  const values = decodeCursor(cursor, sort.length);
  const alternatives = sort.map(({ field, direction }, index) => {
    const condition: Record<string, unknown> = {};
    for (const [before, value] of values.slice(0, index).entries()) {
      const equal = sort[before];
      if (equal) condition[equal.field] = value;
    }
    condition[field] = { [direction === 1 ? '$gt' : '$lt']: values[index] };
    return condition;
  });
  return { $or: alternatives };
}

function decodeCursor(cursor: string, length: number): Scalar[] {
  const refuse = (): never => {
    throw ValidationError.of('/cursor', 'This cursor was not made by this list', 'cursor');
  };
  let decoded: unknown;
  try {
    decoded = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return refuse();
  }
  if (!Array.isArray(decoded) || decoded.length !== length) return refuse();
  return decoded.map((value: unknown) => {
    if (typeof value === 'string' || typeof value === 'number') return value;
    const time = typeof value === 'object' && value !== null && 't' in value ? value.t : null;
    return typeof time === 'number' ? new Date(time) : refuse();
  });
}

/** Cuts one row too many off and makes the cursor of the next page from the last row kept. */
export function pageOf<T extends object>(rows: T[], limit: number, sort: readonly SortField[]): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? encodeCursor(last, sort) : null };
}
