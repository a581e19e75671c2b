import { Decimal128 } from 'bson';
import { T, type Raw } from './raw.js';

/** ± coefficient · 10^exponent, exact. */
export interface Decimal {
  readonly coefficient: bigint;
  readonly exponent: number;
}

/** A BSON number without its type: infinities and NaN are JavaScript numbers. */
export type Numeric = number | bigint | Decimal;

export function numericOf(buf: Buffer, type: number, at: number): Numeric {
  switch (type) {
    case T.int32:
      return buf.readInt32LE(at);
    case T.double:
      return buf.readDoubleLE(at);
    case T.int64: {
      const value = buf.readBigInt64LE(at);
      return value >= -9007199254740992n && value <= 9007199254740992n ? Number(value) : value;
    }
    default:
      return parseDecimal(new Decimal128(buf.subarray(at, at + 16)).toString());
  }
}

/** A number as JavaScript sees it, with loss where it does not fit. */
export function toDouble(value: Raw): number {
  const numeric = numericOf(value.buf, value.type, value.at);
  return typeof numeric === 'object' ? Number(decimalText(numeric)) : Number(numeric);
}

function parseDecimal(text: string): Numeric {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/.exec(text);
  if (!match) return text === 'Infinity' ? Infinity : text === '-Infinity' ? -Infinity : NaN;
  const fraction = match[3] ?? '';
  const digits = BigInt(`${match[2] ?? '0'}${fraction}`);
  return { coefficient: match[1] ? -digits : digits, exponent: Number(match[4] ?? 0) - fraction.length };
}

function decimalText(value: Decimal): string {
  return `${value.coefficient}E${value.exponent}`;
}

/** The exact decimal value of a finite number. */
export function toDecimal(value: Numeric): Decimal {
  if (typeof value === 'object') return value;
  if (typeof value === 'bigint') return { coefficient: value, exponent: 0 };
  if (Number.isInteger(value)) return { coefficient: BigInt(value), exponent: 0 };
  let exponent = 0;
  let mantissa = value;
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    exponent++;
  }
  return { coefficient: BigInt(mantissa) * 5n ** BigInt(exponent), exponent: -exponent };
}

function align(a: Decimal, b: Decimal): [bigint, bigint, number] {
  const exponent = Math.min(a.exponent, b.exponent);
  return [
    a.coefficient * 10n ** BigInt(a.exponent - exponent),
    b.coefficient * 10n ** BigInt(b.exponent - exponent),
    exponent,
  ];
}

/** MongoDB's order of numbers, exact across types: NaN equals itself and is less than every other number. */
export function compareNumeric(a: Numeric, b: Numeric): number {
  if (typeof a === 'object' || typeof b === 'object') {
    if (typeof a === 'number' && !Number.isFinite(a)) return a === Infinity ? 1 : -1;
    if (typeof b === 'number' && !Number.isFinite(b)) return b === Infinity ? -1 : 1;
    const [x, y] = align(toDecimal(a), toDecimal(b));
    return x < y ? -1 : x > y ? 1 : 0;
  }
  if (a < b) return -1;
  if (a > b) return 1;
  if (a === b || (typeof a !== typeof b && a == b)) return 0; // eslint-disable-line eqeqeq -- a number and a bigint
  const aIsNaN = a !== a;
  const bIsNaN = b !== b;
  return aIsNaN ? (bIsNaN ? 0 : -1) : 1;
}

const INT64_MAX = 9223372036854775807n;
const INT64_MIN = -9223372036854775808n;
const INT32_MAX = 2147483647;

function roundToDecimal128(value: Decimal): Decimal {
  let { coefficient, exponent } = value;
  const negative = coefficient < 0n;
  if (negative) coefficient = -coefficient;
  const excess = coefficient.toString().length - 34;
  if (excess > 0) {
    const unit = 10n ** BigInt(excess);
    const rest = coefficient % unit;
    coefficient /= unit;
    exponent += excess;
    const half = unit / 2n;
    if (rest > half || (rest === half && coefficient % 2n === 1n)) coefficient++;
  }
  return { coefficient: negative ? -coefficient : coefficient, exponent };
}

function decimalRaw(value: Numeric): Raw {
  const text = typeof value === 'object' ? decimalText(roundToDecimal128(value)) : String(value);
  return { buf: Buffer.from(Decimal128.fromString(text).bytes), type: T.decimal, at: 0 };
}

function doubleRaw(value: number): Raw {
  const buf = Buffer.allocUnsafe(8);
  buf.writeDoubleLE(value);
  return { buf, type: T.double, at: 0 };
}

/** An integer as int32 where both operands were and the result fits, else as int64; undefined beyond 64 bits. */
function integerRaw(value: bigint, asInt32: boolean): Raw | undefined {
  if (value > INT64_MAX || value < INT64_MIN) return undefined;
  const small = asInt32 && value <= INT32_MAX && value >= -INT32_MAX - 1;
  const buf = Buffer.allocUnsafe(small ? 4 : 8);
  if (small) buf.writeInt32LE(Number(value));
  else buf.writeBigInt64LE(value);
  return { buf, type: small ? T.int32 : T.int64, at: 0 };
}

/** Sum or product with MongoDB's rules of types; undefined when an integer result does not fit into 64 bits. */
export function arithmetic(operator: '+' | '*', a: Raw, b: Raw): Raw | undefined {
  const x = numericOf(a.buf, a.type, a.at);
  const y = numericOf(b.buf, b.type, b.at);
  if (a.type === T.decimal || b.type === T.decimal) {
    return decimalRaw(decimalArithmetic(operator, asOperand(a.type, x), asOperand(b.type, y)));
  }
  if (a.type === T.double || b.type === T.double) {
    return doubleRaw(operator === '+' ? Number(x) + Number(y) : Number(x) * Number(y));
  }
  const m = BigInt(x as number | bigint);
  const n = BigInt(y as number | bigint);
  return integerRaw(operator === '+' ? m + n : m * n, a.type === T.int32 && b.type === T.int32);
}

/** In decimal arithmetic MongoDB takes a double with 15 significant digits; zero, of which there are none, as `0E+0`. */
function asOperand(type: number, value: Numeric): Numeric {
  if (type !== T.double || typeof value !== 'number' || !Number.isFinite(value) || value === 0) return value;
  return parseDecimal(value.toPrecision(15).toUpperCase());
}

function decimalArithmetic(operator: '+' | '*', x: Numeric, y: Numeric): Numeric {
  const notFinite = (v: Numeric): boolean => typeof v === 'number' && !Number.isFinite(v);
  if (notFinite(x) || notFinite(y)) {
    const sign = (v: Numeric): number =>
      typeof v === 'number' ? v : Number(typeof v === 'object' ? v.coefficient : v);
    return operator === '+' ? sign(x) + sign(y) : sign(x) * sign(y);
  }
  const a = toDecimal(x);
  const b = toDecimal(y);
  if (operator === '*') {
    return { coefficient: a.coefficient * b.coefficient, exponent: a.exponent + b.exponent };
  }
  const [m, n, exponent] = align(a, b);
  return { coefficient: m + n, exponent };
}

/** Bitwise and, or, xor of two integers. */
export function bitwise(operator: 'and' | 'or' | 'xor', a: Raw, b: Raw): Raw {
  const x = BigInt(numericOf(a.buf, a.type, a.at) as number | bigint);
  const y = BigInt(numericOf(b.buf, b.type, b.at) as number | bigint);
  const result = operator === 'and' ? x & y : operator === 'or' ? x | y : x ^ y;
  return integerRaw(result, a.type === T.int32 && b.type === T.int32) ?? a;
}

/** The value as an integer of at most 2^53, when it is a whole number; undefined otherwise. */
export function wholeNumber(value: Raw | undefined): number | undefined {
  if (!value) return undefined;
  if (!(
    value.type === T.int32 ||
    value.type === T.int64 ||
    value.type === T.double ||
    value.type === T.decimal
  )) {
    return undefined;
  }
  const number = toDouble(value);
  return Number.isSafeInteger(number) ? number : undefined;
}
