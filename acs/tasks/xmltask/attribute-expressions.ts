import {
  check,
  compile,
  EvaluationError,
  hasDynamicPart,
  LiveQuery,
  PLACES,
  T,
  type Environment,
  type Expression,
  type ExpressionIssue,
  type Place,
  type Value,
} from '../../expressions/index.js';
import type { AttributeSpec, AttributeType } from './tag.js';

/** What an attribute gives once it is evaluated; null = absent. */
export type AttributeValue = string | number | boolean | Date | readonly string[] | LiveQuery | null;

/** What an expression in an attribute must give, and may use. */
export function placeOf(spec: Pick<AttributeSpec, 'type' | 'required' | 'preset' | 'nullCounts'>): Place {
  return PLACES.taskAttribute(typeOf(spec.type), isNullable(spec));
}

/** Null stands for an attribute that is left out, which one with a default or a required one cannot be. */
function isNullable(spec: Pick<AttributeSpec, 'required' | 'preset' | 'nullCounts'>): boolean {
  return spec.nullCounts ?? (!spec.required && spec.preset === undefined);
}

function typeOf(type: AttributeType): NonNullable<Place['expected']> {
  switch (type) {
    case 'int':
      return T.long;
    case 'boolean':
      return T.boolean;
    case 'date':
      return T.date;
    case 'query':
      return T.liveQuery;
    case 'list':
      return T.list(T.string);
    default:
      return T.string;
  }
}

export function checkAttribute(spec: AttributeSpec, text: string): readonly ExpressionIssue[] {
  return check(text, placeOf(spec));
}

export function compileAttribute(spec: AttributeSpec, text: string): Expression {
  return compile(text, placeOf(spec));
}

/** Throws `EvaluationError`, or `ExpressionError` for a text that was never checked. */
export function evaluateAttribute(
  spec: AttributeSpec,
  text: string,
  environment: Environment,
): AttributeValue {
  return plain(compileAttribute(spec, text).evaluate(environment));
}

function plain(value: Value): AttributeValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' || value instanceof Date || value instanceof LiveQuery) return value;
  if (typeof value === 'bigint') {
    const number = Number(value);
    if (Number.isSafeInteger(number)) return number;
    throw new EvaluationError('argument', `${value} is out of range`);
  }
  if (Array.isArray(value)) return (value as readonly Value[]).filter((part) => typeof part === 'string');
  throw new EvaluationError('argument', 'The result is of a type that no attribute takes');
}

export { hasDynamicPart, LiveQuery, type Environment };
