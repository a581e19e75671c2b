import { EvaluationError } from './errors.js';
import type { ArithmeticOperator } from './typed.js';
import { isCollection } from './type-relations.js';
import type { Type } from './types.js';
import type { Budget } from './limits.js';
import { Entry, ValueMap, ValueSet, type Value } from './values.js';

/** A number cut to its type: whole ones wrap around (expressions.md §3), Float loses precision. */
export function fit(value: number | bigint, kind: Type['kind']): number | bigint {
  if (kind === 'long') return BigInt.asIntN(64, typeof value === 'bigint' ? value : wholeBigInt(value));
  if (kind === 'float') return Math.fround(Number(value));
  if (kind === 'double') return Number(value);
  const bits = kind === 'byte' ? 8 : kind === 'short' ? 16 : 32;
  if (typeof value === 'bigint') return Number(BigInt.asIntN(bits, value));
  if (bits === 32 && Number.isSafeInteger(value)) return value | 0;
  return Number(BigInt.asIntN(bits, wholeBigInt(value)));
}

/** Towards zero; NaN is 0, as is usual where the language comes from; the infinities are the largest that fit 64 bits. */
function wholeBigInt(value: number): bigint {
  if (Number.isNaN(value)) return 0n;
  if (value >= 2 ** 63) return 2n ** 63n - 1n;
  if (value <= -(2 ** 63)) return -(2n ** 63n);
  return BigInt(Math.trunc(value));
}

/** Both operands are of the type. Whole numbers divide as whole numbers; dividing them by zero fails. */
export function calculate(
  operator: ArithmeticOperator,
  a: number | bigint,
  b: number | bigint,
  kind: Type['kind'],
): number | bigint {
  if (kind === 'long') return BigInt.asIntN(64, calculateLong(operator, BigInt(a), BigInt(b)));
  const left = Number(a);
  const right = Number(b);
  if (kind === 'double') return calculateDouble(operator, left, right);
  if (kind === 'float') return Math.fround(calculateDouble(operator, left, right));
  if ((operator === '/' || operator === '%') && right === 0)
    throw new EvaluationError('arithmetic', 'Division by zero');
  switch (operator) {
    case '*':
      return fit(Math.imul(left, right), kind);
    case '/':
      return fit(Math.trunc(left / right), kind);
    default:
      return fit(calculateDouble(operator, left, right), kind);
  }
}

function calculateLong(operator: ArithmeticOperator, a: bigint, b: bigint): bigint {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    default:
      if (b === 0n) throw new EvaluationError('arithmetic', 'Division by zero');
      return operator === '/' ? a / b : a % b;
  }
}

function calculateDouble(operator: ArithmeticOperator, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
  }
}

/** Whether values of the two types, one of which conforms to the other, are held differently. */
export function needsWidening(from: Type, to: Type): boolean {
  if (from.kind === 'null' || to.kind === 'any') return false;
  if (isCollection(from) && isCollection(to)) return needsWidening(from.element, to.element);
  if ((from.kind === 'map' || from.kind === 'entry') && from.kind === to.kind)
    return needsWidening(from.key, to.key) || needsWidening(from.value, to.value);
  if (from.kind === to.kind) return false;
  return from.kind === 'long' || to.kind === 'long' || to.kind === 'float';
}

/** A value of one type as one of a more general type. */
export function widen(value: Value, from: Type, to: Type, budget: Budget): Value {
  if (value === null || !needsWidening(from, to)) return value;
  if (typeof value === 'number' || typeof value === 'bigint') return fit(value, to.kind);
  if (isCollection(from) && isCollection(to)) {
    const part = (element: Value): Value => widen(element, from.element, to.element, budget);
    if (value instanceof ValueSet) return new ValueSet(value.values().map(part), budget);
    budget.elements((value as readonly Value[]).length);
    return (value as readonly Value[]).map(part);
  }
  if ((from.kind !== 'map' && from.kind !== 'entry') || from.kind !== to.kind) return value;
  const { key: keyTo, value: valueTo } = to as Extract<Type, { kind: 'map' }>;
  const entry = (one: Entry): Entry =>
    new Entry(widen(one.key, from.key, keyTo, budget), widen(one.value, from.value, valueTo, budget));
  if (value instanceof Entry) return entry(value);
  return value instanceof ValueMap ? new ValueMap(value.entries().map(entry), budget) : value;
}
