import { ValidationError } from '../../common/errors.js';

export interface Page<T> {
  items: T[];
  /** Opaque; null = this was the last page. */
  next: string | null;
}

export interface SortField {
  field: string;
  direction: 1 | -1;
  /** What the field holds; text where nothing is said. */
  kind?: 'time' | 'number';
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
  const values = decodeCursor(cursor, sort);
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

function decodeCursor(cursor: string, sort: readonly SortField[]): Scalar[] {
  const refuse = (): never => {
    throw ValidationError.of('/cursor', 'This cursor was not made by this list', 'cursor');
  };
  let decoded: unknown;
  try {
    decoded = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return refuse();
  }
  if (!Array.isArray(decoded) || decoded.length !== sort.length) return refuse();
  return decoded.map((value: unknown, at) => {
    const kind = sort[at]?.kind ?? 'string';
    if (kind !== 'time') return typeof value === kind ? (value as string | number) : refuse();
    const time = typeof value === 'object' && value !== null && 't' in value ? value.t : null;
    const date = new Date(typeof time === 'number' ? time : Number.NaN);
    return Number.isNaN(date.getTime()) ? refuse() : date;
  });
}

/** Cuts one row too many off and makes the cursor of the next page from the last row kept. */
export function pageOf<T extends object>(rows: T[], limit: number, sort: readonly SortField[]): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? encodeCursor(last, sort) : null };
}
