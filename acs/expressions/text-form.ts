import { formatDate } from './dates.js';
import { EvaluationError } from './errors.js';
import type { Type } from './types.js';
import type { Value } from './values.js';

/** The text form of a value (expressions.md §1, 4). A whole Double has no `.0`, so that it can be sent as a number. */
export function textOf(value: Value, type: Type, zone: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return type.kind === 'float' ? floatText(value) : numberText(value);
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (value instanceof Date) return formatDate(value, zone);
  if (value === null) throw new EvaluationError('null', 'null has no text');
  throw new EvaluationError('argument', 'The value has no text form');
}

function numberText(value: number): string {
  return Object.is(value, -0) ? '0' : String(value);
}

/** The fewest digits that tell it from its neighbours of 32 bits. */
function floatText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  for (let digits = 6; digits < 9; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return numberText(short);
  }
  return numberText(Number(value.toPrecision(9)));
}
