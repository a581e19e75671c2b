import { compareValues, comparable } from '../bson/compare.js';
import { numericOf, toDouble } from '../bson/numbers.js';
import { T, eachElement, isNumber, valuesOf, type Raw } from '../bson/raw.js';
import { compileExpression } from './expression.js';
import { littleEndian, type FieldTest, type Filter } from './filter.js';
import { anyAt, positional, type ValueTest } from './path.js';
import { compileRegex, regexSource, type RegexSource } from './regex.js';

/** Whether the document that begins at `docAt` matches. */
export type Matcher = (buf: Buffer, docAt: number) => boolean;

export function compileFilter(filter: Filter): Matcher {
  switch (filter.kind) {
    case 'and': {
      const parts = filter.parts.map(compileFilter);
      if (parts.length === 0) return () => true;
      return (buf, at) => {
        for (const part of parts) if (!part(buf, at)) return false;
        return true;
      };
    }
    case 'or': {
      const parts = filter.parts.map(compileFilter);
      return (buf, at) => parts.some((part) => part(buf, at));
    }
    case 'nor': {
      const parts = filter.parts.map(compileFilter);
      return (buf, at) => !parts.some((part) => part(buf, at));
    }
    case 'expression':
      return compileExpression(filter.expression);
    case 'field':
      return compileField(filter.path, filter.test);
  }
}

function compileField(path: Parameters<typeof anyAt>[2], test: FieldTest): Matcher {
  switch (test.op) {
    case 'not': {
      const inner = compileField(path, test.test);
      return (buf, at) => {
        const index = positional.index;
        const result = inner(buf, at);
        positional.index = index;
        return !result;
      };
    }
    case 'every': {
      const inner = test.tests.map((part) => compileField(path, part));
      return (buf, at) => inner.every((part) => part(buf, at));
    }
    case 'never':
      return () => false;
    default: {
      const check = compileTest(test);
      const intoLeafArray = !WHOLE_ARRAY.has(test.op);
      return (buf, at) => anyAt(buf, at, path, intoLeafArray, check);
    }
  }
}

/** Conditions that look at an array as such and not at its elements. */
const WHOLE_ARRAY = new Set<FieldTest['op']>(['size', 'elemMatchDocument', 'elemMatchValue', 'exists']);

/** A condition as a test of one value. */
export function compileTest(test: FieldTest): ValueTest {
  switch (test.op) {
    case 'eq':
      return equals(test.value);
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return compares(test.op, test.value);
    case 'in':
      return oneOf(test.values, test.patterns);
    case 'regex':
      return matchesRegex(test.source);
    case 'exists':
      return (_buf, type) => type !== T.missing;
    case 'type':
      return (_buf, type) => test.types.has(type);
    case 'mod':
      return (buf, type, at) => {
        if (!isNumber(type)) return false;
        const value = Math.trunc(toDouble({ buf, type, at }));
        return Number.isFinite(value) && value % test.divisor === test.remainder + 0;
      };
    case 'size':
      return (buf, type, at) => type === T.array && valuesOf({ buf, at }).length === test.size;
    case 'elemMatchDocument': {
      const inner = compileFilter(test.filter);
      return anyElementOf((buf, type, at) => (type === T.object || type === T.array) && inner(buf, at));
    }
    case 'elemMatchValue': {
      const inner = test.tests.map(compileTest);
      return anyElementOf((buf, type, at) => inner.every((part) => part(buf, type, at)));
    }
    case 'bits':
      return hasBits(test.mode, test.mask);
    case 'not': {
      const inner = compileTest(test.test);
      return (buf, type, at) => !inner(buf, type, at);
    }
    case 'every': {
      const inner = test.tests.map(compileTest);
      return (buf, type, at) => inner.every((part) => part(buf, type, at));
    }
    case 'never':
      return () => false;
  }
}

function anyElementOf(check: ValueTest): ValueTest {
  return (buf, type, at) => {
    if (type !== T.array) return false;
    let found = false;
    let index = 0;
    eachElement(buf, at, (elementType, _nameAt, _nameEnd, valueAt) => {
      found = check(buf, elementType, valueAt);
      if (found) positional.index = index;
      index++;
      return !found;
    });
    return found;
  };
}

function isNull(type: number): boolean {
  return type === T.missing || type === T.null || type === T.undefined;
}

function equals(value: Raw): ValueTest {
  if (isNull(value.type)) return (_buf, type) => isNull(type);
  return (buf, type, at) =>
    type !== T.missing &&
    comparable(type, value.type) &&
    compareValues(buf, type, at, value.buf, value.type, value.at) === 0;
}

function isNaNValue(buf: Buffer, type: number, at: number): boolean {
  return isNumber(type) && Number.isNaN(numericOf(buf, type, at));
}

function compares(op: 'gt' | 'gte' | 'lt' | 'lte', value: Raw): ValueTest {
  const orEqual = op === 'gte' || op === 'lte';
  if (isNull(value.type)) return (_buf, type) => orEqual && isNull(type);
  if (isNaNValue(value.buf, value.type, value.at))
    return (buf, type, at) => orEqual && isNaNValue(buf, type, at);
  const sign = op === 'gt' || op === 'gte' ? 1 : -1;
  const unbounded = value.type === T.minKey || value.type === T.maxKey;
  const numeric = isNumber(value.type);
  return (buf, type, at) => {
    if (type === T.missing) return false;
    if (!unbounded && !comparable(type, value.type)) return false;
    if (numeric && type === T.double && isNaNValue(buf, type, at)) return false;
    const order = compareValues(buf, type, at, value.buf, value.type, value.at) * sign;
    return orEqual ? order >= 0 : order > 0;
  };
}

function oneOf(values: readonly Raw[], patterns: readonly RegexSource[]): ValueTest {
  const tests = [...values.map(equals), ...patterns.map(matchesRegex)];
  return (buf, type, at) => {
    for (const test of tests) if (test(buf, type, at)) return true;
    return false;
  };
}

function matchesRegex(source: RegexSource): ValueTest {
  const regex = compileRegex(source);
  return (buf, type, at) => {
    if (type === T.string || type === T.symbol) {
      return regex.test(buf.toString('utf8', at + 4, at + 3 + buf.readInt32LE(at)));
    }
    if (type !== T.regex) return false;
    const other = regexSource({ buf, type, at });
    return other.pattern === source.pattern && other.options === source.options;
  };
}

function hasBits(mode: 'allSet' | 'allClear' | 'anySet' | 'anyClear', mask: bigint): ValueTest {
  return (buf, type, at) => {
    let bits: bigint;
    if (type === T.binary) bits = littleEndian(buf.subarray(at + 5, at + 5 + buf.readInt32LE(at)));
    else {
      if (!isNumber(type)) return false;
      const value = numericOf(buf, type, at);
      if (typeof value === 'object' || (typeof value === 'number' && !Number.isInteger(value))) return false;
      bits = BigInt(value);
    }
    const set = bits & mask;
    switch (mode) {
      case 'allSet':
        return set === mask;
      case 'allClear':
        return set === 0n;
      case 'anySet':
        return set !== 0n;
      case 'anyClear':
        return set !== mask;
    }
  };
}
