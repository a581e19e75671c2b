import { encodeKey } from '../bson/keys.js';
import { numericOf } from '../bson/numbers.js';
import { typeRank } from '../bson/compare.js';
import { T, isNumber, valuesOf, type Raw } from '../bson/raw.js';
import type { FieldTest, Filter } from '../query/filter.js';
import { literalPrefix } from '../query/regex.js';

/**
 * A stretch of one index component, in ascending key bytes: everything from what begins with `low` (or behind it) to what begins
 * with `high` (or before it).
 */
export interface Interval {
  readonly low: Buffer;
  readonly lowIncluded: boolean;
  readonly high: Buffer;
  readonly highIncluded: boolean;
}

const AFTER = Buffer.from([0xff]);

export function isPoint(interval: Interval): boolean {
  return interval.lowIncluded && interval.highIncluded && interval.low.equals(interval.high);
}

function point(key: Buffer): Interval {
  return { low: key, lowIncluded: true, high: key, highIncluded: true };
}

const NULL_KEY = Buffer.from([5]);
const UNDEFINED_KEY = Buffer.from([3]);

/** Whether the bytes are a whole component and not the beginning of many (a type, a text's first letters). */
export function isComplete(key: Buffer): boolean {
  const rank = key[0] ?? 0;
  if (rank === 15 || rank === 50) return key.length > 1 && key.at(-1) === 0;
  return key.length > 1 || rank === 2 || rank === 3 || rank === 5 || rank === 127;
}

/**
 * Behind all keys that begin with these bytes. A complete component is followed by another one, which never begins with 255; after
 * the beginning of a component any byte may come.
 */
export function behind(bytes: Buffer, complete: boolean): Buffer {
  if (complete) return Buffer.concat([bytes, AFTER]);
  let length = bytes.length;
  while (length > 0 && bytes[length - 1] === 0xff) length--;
  const next = Buffer.from(bytes.subarray(0, length));
  if (length > 0) next[length - 1] = (next[length - 1] ?? 0) + 1;
  return next;
}

function startOf({ low, lowIncluded }: Interval): Buffer {
  return lowIncluded ? low : behind(low, isComplete(low));
}

function endOf({ high, highIncluded }: Interval): Buffer {
  return highIncluded ? behind(high, isComplete(high)) : high;
}

/** Sorted and without overlaps. */
function normalise(intervals: readonly Interval[]): Interval[] {
  const sorted = [...intervals].sort((a, b) => startOf(a).compare(startOf(b)) || endOf(a).compare(endOf(b)));
  const result: Interval[] = [];
  for (const next of sorted) {
    const last = result.at(-1);
    if (last && startOf(next).compare(endOf(last)) < 0) {
      if (endOf(next).compare(endOf(last)) > 0) {
        result[result.length - 1] = { ...last, high: next.high, highIncluded: next.highIncluded };
      }
    } else result.push(next);
  }
  return result;
}

export function intersect(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const result: Interval[] = [];
  for (const x of a) {
    for (const y of b) {
      const low = startOf(x).compare(startOf(y)) >= 0 ? x : y;
      const high = endOf(x).compare(endOf(y)) <= 0 ? x : y;
      if (startOf(low).compare(endOf(high)) < 0) {
        result.push({
          low: low.low,
          lowIncluded: low.lowIncluded,
          high: high.high,
          highIncluded: high.highIncluded,
        });
      }
    }
  }
  return normalise(result);
}

/** Whether every value of `a` is in `b`. */
export function isWithin(a: readonly Interval[], b: readonly Interval[]): boolean {
  return a.every((x) =>
    b.some((y) => startOf(x).compare(startOf(y)) >= 0 && endOf(x).compare(endOf(y)) <= 0),
  );
}

export function includesNull(intervals: readonly Interval[]): boolean {
  return isWithin([point(NULL_KEY)], intervals);
}

/**
 * Where in an index on `path` the documents that match the filter must lie; undefined where the filter says nothing of it. With `multikey`, two
 * conditions may be met by different elements of an array, so that only one of them can narrow the search.
 */
export function intervalsOf(filter: Filter, path: string, multikey: boolean): Interval[] | undefined {
  switch (filter.kind) {
    case 'field': {
      if (filter.path.text === path) return testIntervals(filter.test, multikey);
      if (filter.test.op === 'elemMatchDocument' && path.startsWith(`${filter.path.text}.`)) {
        return intervalsOf(filter.test.filter, path.slice(filter.path.text.length + 1), multikey);
      }
      return undefined;
    }
    case 'and':
      return combine(
        filter.parts.map((part) => intervalsOf(part, path, multikey)),
        multikey,
      );
    case 'or': {
      const all: Interval[] = [];
      for (const part of filter.parts) {
        const intervals = intervalsOf(part, path, multikey);
        if (!intervals) return undefined;
        all.push(...intervals);
      }
      return normalise(all);
    }
    default:
      return undefined;
  }
}

function combine(parts: readonly (Interval[] | undefined)[], multikey: boolean): Interval[] | undefined {
  const known = parts.filter((part) => part !== undefined);
  const [first, ...rest] = known;
  if (!first) return undefined;
  if (multikey) return known.find((part) => part.every(isPoint)) ?? first;
  return rest.reduce(intersect, first);
}

function testIntervals(test: FieldTest, multikey: boolean): Interval[] | undefined {
  switch (test.op) {
    case 'eq':
      return equality(test.value);
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return comparison(test.op, test.value);
    case 'in':
      return test.patterns.length > 0 ? undefined : normalise(test.values.flatMap(equality));
    case 'regex': {
      const [prefix = ''] = literalPrefix(test.source).split('\0');
      if (prefix === '') return undefined;
      const low = Buffer.concat([Buffer.from([typeRank(T.string)]), Buffer.from(prefix)]);
      return [point(low), point(Buffer.from([typeRank(T.regex)]))];
    }
    case 'every':
      return combine(
        test.tests.map((part) => testIntervals(part, multikey)),
        multikey,
      );
    case 'elemMatchValue': // its conditions hold for one and the same element
      return combine(
        test.tests.map((part) => testIntervals(part, false)),
        false,
      );
    case 'never':
      return [];
    default:
      return undefined;
  }
}

function equality(value: Raw): Interval[] {
  if (value.type === T.null || value.type === T.undefined) return [point(NULL_KEY)];
  if (value.type !== T.array) return [point(encodeKey(value))];
  const [first] = valuesOf(value);
  return normalise([point(encodeKey(value)), point(first ? elementKey(first) : UNDEFINED_KEY)]);
}

function elementKey(element: Raw): Buffer {
  return element.type === T.missing ? NULL_KEY : encodeKey(element);
}

function comparison(op: 'gt' | 'gte' | 'lt' | 'lte', value: Raw): Interval[] | undefined {
  if (value.type === T.array || value.type === T.minKey || value.type === T.maxKey) return undefined;
  const orEqual = op === 'gte' || op === 'lte';
  if (value.type === T.null || value.type === T.undefined) return orEqual ? [point(NULL_KEY)] : [];
  const key = encodeKey(value);
  if (isNumber(value.type) && Number.isNaN(numericOf(value.buf, value.type, value.at)))
    return orEqual ? [point(key)] : [];
  const type = Buffer.from([typeRank(value.type)]);
  return op === 'gt' || op === 'gte'
    ? [{ low: key, lowIncluded: orEqual, high: type, highIncluded: true }]
    : [{ low: type, lowIncluded: true, high: key, highIncluded: orEqual }];
}
