import { createHash } from 'node:crypto';
import { StoreError } from '../errors.js';
import { compareRaw } from '../bson/compare.js';
import { T, type Raw } from '../bson/raw.js';
import type { FieldTest, Filter } from '../query/filter.js';
import type { Sort } from '../query/sort.js';
import type { Collection, Index } from '../storage/catalogue.js';
import { tableKey } from '../storage/records.js';
import {
  behind,
  includesNull,
  intervalsOf,
  isComplete,
  isPoint,
  isWithin,
  type Interval,
} from './intervals.js';

/** Keys from `start` up to, without, `end`. */
export interface KeyRange {
  readonly start: Buffer;
  readonly end: Buffer;
}

/** How the documents of a query are found: through an index (the table of documents is the index on `_id`). */
export interface Plan {
  readonly index: Index;
  /** In the order of the index; walked from the last when `reverse`. */
  readonly ranges: readonly KeyRange[];
  readonly reverse: boolean;
  /** Whether the documents come in the order that was asked for. */
  readonly sorted: boolean;
  /** Whether the ranges are narrower than the whole index. */
  readonly bounded: boolean;
  /** Whether each range holds one key at most, so that it can be read directly. */
  readonly exact: boolean;
}

/** More combinations of values are not tried one by one. */
const MAX_RANGES = 2000;
const AFTER = Buffer.from([0xff]);
const HASH_BYTES = 32;

export type Hint = { readonly name: string } | { readonly key: string };

interface Candidate {
  plan: Plan;
  score: number;
}

/** The index to use, by the most promising bounds: more equalities first, then the order asked for, then ranges. */
export function planQuery(collection: Collection, filter: Filter, sort: Sort | undefined, hint?: Hint): Plan {
  if (sort?.natural !== undefined) return scanAll(collection, sort.natural < 0, true);
  const indexes = [collection.primary, ...collection.indexes.filter((index) => index.usable)];
  if (hint) {
    const wanted = indexes.find((index) =>
      'name' in hint ? index.name === hint.name : JSON.stringify(index.definition.key) === hint.key,
    );
    if (!wanted) {
      throw new StoreError(
        2,
        'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
      );
    }
    if (canUse(wanted, filter)) return planIndex(wanted, filter, sort).plan;
    return scanAll(collection, false, false);
  }
  let best: Candidate | undefined;
  for (const index of indexes) {
    if (index.definition.hidden || !canUse(index, filter)) continue;
    const candidate = planIndex(index, filter, sort);
    if (!best || candidate.score > best.score) best = candidate;
  }
  return best && best.score > 0 ? best.plan : scanAll(collection, false, false);
}

function scanAll(collection: Collection, reverse: boolean, sorted: boolean): Plan {
  const range = { start: tableKey(collection.id), end: tableKey(collection.id + 1) };
  return { index: collection.primary, ranges: [range], reverse, sorted, bounded: false, exact: false };
}

/** Sparse and partial indexes leave documents out; they serve only filters that exclude those. */
function canUse(index: Index, filter: Filter): boolean {
  if (index.fields.some(({ path }) => path.numeric)) return false;
  if (index.partialFilter && !implies(filter, index.partialFilter)) return false;
  if (!index.sparse) return true;
  return index.fields.some(({ path }) => {
    const intervals = intervalsOf(filter, path.text, true);
    if (intervals && !includesNull(intervals)) return true;
    return requiresField(filter, path.text);
  });
}

function conjuncts(filter: Filter): Filter[] {
  return filter.kind === 'and' ? filter.parts.flatMap(conjuncts) : [filter];
}

function requiresField(filter: Filter, path: string): boolean {
  return conjuncts(filter).some(
    (part) => part.kind === 'field' && part.path.text === path && excludesMissing(part.test),
  );
}

function excludesMissing(test: FieldTest): boolean {
  switch (test.op) {
    case 'not':
      return test.test.op === 'eq' && isNullish(test.test.value);
    case 'every':
      return test.tests.some(excludesMissing);
    case 'eq':
    case 'gte':
    case 'lte':
      return !isNullish(test.value);
    case 'in':
      return !test.values.some(isNullish);
    case 'gt':
    case 'lt':
      return true;
    default:
      return true;
  }
}

function isNullish(value: Raw): boolean {
  return value.type === T.null || value.type === T.undefined;
}

/** Whether every document that matches `filter` certainly matches `condition` as well. */
export function implies(filter: Filter, condition: Filter): boolean {
  if (condition.kind === 'and') return condition.parts.every((part) => implies(filter, part));
  if (condition.kind === 'or') return condition.parts.some((part) => implies(filter, part));
  if (condition.kind !== 'field') return false;
  return conjuncts(filter).some((part) => {
    if (part.kind === 'or') return part.parts.every((branch) => implies(branch, condition));
    if (part.kind !== 'field' || part.path.text !== condition.path.text) return false;
    return testImplies(part.test, condition.test, part.path.text);
  });
}

function testImplies(test: FieldTest, condition: FieldTest, path: string): boolean {
  if (condition.op === 'exists') return excludesMissing(test);
  if (condition.op === 'type') {
    if (test.op === 'type') return [...test.types].every((type) => condition.types.has(type));
    if (test.op === 'eq') return condition.types.has(test.value.type);
    return (
      test.op === 'in' &&
      test.patterns.length === 0 &&
      test.values.every((value) => condition.types.has(value.type))
    );
  }
  if (test.op === 'every') return test.tests.some((part) => testImplies(part, condition, path));
  if (test.op === 'eq' && condition.op === 'eq') return compareRaw(test.value, condition.value) === 0;
  const field = { kind: 'field', path: { text: path, segments: [], numeric: false } } as const;
  const given = intervalsOf({ ...field, test }, path, false);
  const wanted = intervalsOf({ ...field, test: condition }, path, false);
  const exact = ['eq', 'in', 'gt', 'gte', 'lt', 'lte'];
  if (!exact.includes(test.op) || !exact.includes(condition.op)) return false;
  return given !== undefined && wanted !== undefined && isWithin(given, wanted);
}

function planIndex(index: Index, filter: Filter, sort: Sort | undefined): Candidate {
  const bounds: (readonly Interval[] | undefined)[] = [];
  let multikeyUsed = false;
  for (const [i, field] of index.fields.entries()) {
    const multikey = index.multikey[i] ?? false;
    // Two array fields of one index may be met by different elements: only the first of them narrows the search.
    const intervals = multikey && multikeyUsed ? undefined : intervalsOf(filter, field.path.text, multikey);
    if (intervals && multikey) multikeyUsed = true;
    bounds.push(intervals);
  }
  const points = bounds.findIndex((intervals) => !(intervals?.length === 1 && intervals.every(isPoint)));
  const equalities = points < 0 ? bounds.length : points;
  const order = sort ? servesSort(index, bounds, sort) : undefined;
  const { ranges, exact } = buildRanges(index, bounds);
  const bounded = bounds[0] !== undefined;
  const unique = index.unique && equalities === index.fields.length;
  let score = equalities * 10;
  if (unique) score += 1000;
  const next = bounds[equalities];
  if (bounded && next !== undefined) score += next.every(isPoint) ? 7 : 5;
  if (order) score += bounded ? 8 : 6;
  if (index.primary && bounded) score += 1;
  return {
    plan: { index, ranges, reverse: order?.reverse ?? false, sorted: order !== undefined, bounded, exact },
    score,
  };
}

/** Whether walking the index gives the order asked for, and from which end. */
function servesSort(
  index: Index,
  bounds: readonly (readonly Interval[] | undefined)[],
  sort: Sort,
): { reverse: boolean } | undefined {
  if (index.cut) return undefined;
  const isFixed = (i: number): boolean => {
    const intervals = bounds[i];
    return intervals?.length === 1 && intervals.every(isPoint) && !(index.multikey[i] ?? false);
  };
  const fixed = new Set(index.fields.filter((_, i) => isFixed(i)).map(({ path }) => path.text));
  let reverse: boolean | undefined;
  let i = 0;
  for (const wanted of sort.fields) {
    if (fixed.has(wanted.path.text)) continue;
    while (i < index.fields.length && index.fields[i]?.path.text !== wanted.path.text && isFixed(i)) i++;
    const field = index.fields[i];
    if (field?.path.text !== wanted.path.text || index.multikey[i]) {
      // Behind all fields of a unique index nothing is left to order, unless arrays or missing fields repeat a key.
      return undefined;
    }
    const opposite = field.descending !== wanted.descending;
    if (reverse !== undefined && reverse !== opposite) return undefined;
    reverse = opposite;
    i++;
  }
  return { reverse: reverse ?? false };
}

function buildRanges(
  index: Index,
  bounds: readonly (readonly Interval[] | undefined)[],
): { ranges: KeyRange[]; exact: boolean } {
  let prefixes: Buffer[] = [tableKey(index.id)];
  for (const [i, field] of index.fields.entries()) {
    const intervals = bounds[i];
    if (!intervals || prefixes.length * intervals.length > MAX_RANGES)
      return { ranges: wholePrefixes(prefixes), exact: false };
    const ordered = field.descending ? [...intervals].reverse() : intervals;
    if (!ordered.every((interval) => isPoint(interval) && isComplete(interval.low))) {
      return {
        ranges: prefixes.flatMap((prefix) =>
          ordered.map((interval) => rangeOf(prefix, interval, field.descending, index.cap)),
        ),
        exact: false,
      };
    }
    const components = ordered.map(({ low }) => direct(cut(low, index.cap), field.descending));
    prefixes = prefixes.flatMap((prefix) =>
      components.map((component) => Buffer.concat([prefix, component])),
    );
  }
  if (index.unique)
    return { ranges: prefixes.map((start) => ({ start, end: Buffer.concat([start, AFTER]) })), exact: true };
  return { ranges: wholePrefixes(prefixes), exact: false };
}

function wholePrefixes(prefixes: readonly Buffer[]): KeyRange[] {
  return prefixes.map((prefix) => ({ start: prefix, end: nextPrefix(prefix) }));
}

/** Behind everything that begins with these bytes. A bare number space ends where the next one begins. */
function nextPrefix(prefix: Buffer): Buffer {
  return prefix.length === 4 ? tableKey(prefix.readUInt32BE() + 1) : Buffer.concat([prefix, AFTER]);
}

function direct(bytes: Buffer, descending: boolean): Buffer {
  if (!descending) return bytes;
  const inverted = Buffer.from(bytes);
  for (let i = 0; i < inverted.length; i++) inverted[i] = ~(inverted[i] ?? 0);
  return inverted;
}

/** As `KeyWriter.component` cuts it. */
function cut(key: Buffer, cap: number): Buffer {
  if (key.length <= cap) return key;
  return Buffer.concat([key.subarray(0, cap - HASH_BYTES), createHash('sha256').update(key).digest()]);
}

function rangeOf(prefix: Buffer, interval: Interval, descending: boolean, cap: number): KeyRange {
  const limit = cap - HASH_BYTES;
  // Of cut components only the beginning is in order: the range is widened to it and the filter decides.
  const low = interval.low.length > limit ? interval.low.subarray(0, limit) : interval.low;
  const high = interval.high.length > limit ? interval.high.subarray(0, limit) : interval.high;
  const lowIncluded = interval.lowIncluded || low !== interval.low;
  const highIncluded = interval.highIncluded || high !== interval.high;
  const [lowKey, highKey] = [direct(low, descending), direct(high, descending)];
  const [lowWhole, highWhole] = [
    low === interval.low && isComplete(low),
    high === interval.high && isComplete(high),
  ];
  const from = descending ? edge(highKey, !highIncluded, highWhole) : edge(lowKey, !lowIncluded, lowWhole);
  const to = descending ? edge(lowKey, lowIncluded, lowWhole) : edge(highKey, highIncluded, highWhole);
  return { start: Buffer.concat([prefix, from]), end: Buffer.concat([prefix, to]) };
}

function edge(key: Buffer, isBehind: boolean, complete: boolean): Buffer {
  return isBehind ? behind(key, complete) : key;
}
