import { parseDate } from './dates.js';
import { EvaluationError } from './errors.js';
import { Failure } from './failure.js';
import { fit } from './numbers.js';
import { typeName, type Type } from './types.js';
import type { Value } from './values.js';

const WHOLE = /^[+-]?\d{1,25}$/;
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/**
 * The value of a text without dynamic parts, as one of the expected type (expressions.md §1, 3); of a date it is known only
 * with the zone. Blanks around are left out, except in texts. Throws `Failure`.
 */
export function literalValue(text: string, expected: Type, lenient: boolean): (zone: string) => Value {
  if (expected.kind === 'date') return dateLiteral(text);
  const value = read(text, expected, lenient);
  if (value === undefined)
    throw new Failure(`'${shortened(text)}' is no ${typeName(expected)}`, 0, text.length, {
      expected: typeName(expected),
      found: 'String',
    });
  return () => value;
}

function dateLiteral(text: string): (zone: string) => Value {
  const trimmed = text.trim();
  // In UTC every time of the clock exists; in other zones some do not, which is seen when it is evaluated.
  if (!parseDate(trimmed, 'UTC'))
    throw new Failure(`'${shortened(text)}' is no date; write yyyy.MM.dd HH:mm:ss`, 0, text.length, {
      expected: 'Date',
      found: 'String',
    });
  return (zone) => {
    const date = parseDate(trimmed, zone);
    if (!date) throw new EvaluationError('argument', `'${trimmed}' is no date in ${zone}`);
    return date;
  };
}

const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

/** Undefined when the text is none of the type. */
function read(text: string, expected: Type, lenient: boolean): Value | undefined {
  const trimmed = text.trim();
  switch (expected.kind) {
    case 'string':
    case 'any':
      return text;
    case 'boolean':
      if (trimmed === 'true' || (lenient && trimmed === '1')) return true;
      return trimmed === 'false' || (lenient && trimmed === '0') ? false : undefined;
    case 'char':
      return text.length === 1 ? text : undefined;
    case 'byte':
    case 'short':
    case 'int':
    case 'long':
      return whole(trimmed, expected.kind);
    case 'float':
    case 'double':
      return DECIMAL.test(trimmed) ? fit(Number(trimmed), expected.kind) : undefined;
    case 'enum':
      return expected.values.length === 0 || expected.values.includes(trimmed) ? trimmed : undefined;
    case 'list':
      return expected.element.kind === 'string' ? text.split(',').map((part) => part.trim()) : undefined;
    default:
      return undefined;
  }
}

function whole(text: string, kind: 'byte' | 'short' | 'int' | 'long'): Value | undefined {
  if (!WHOLE.test(text)) return undefined;
  const value = BigInt(text.replace('+', ''));
  const fitted = fit(value, kind);
  return BigInt(fitted) === value ? fitted : undefined;
}
