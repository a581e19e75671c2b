import { StoreError } from '../errors.js';
import { getField, MISSING } from '../bson/raw.js';
import type { Filter } from '../query/filter.js';
import { compileFilter, type Matcher } from '../query/matcher.js';
import { positional } from '../query/path.js';
import { sortDocuments, type Sort } from '../query/sort.js';
import type { Collection } from '../storage/catalogue.js';
import type { Environment, Table } from '../storage/environment.js';
import { idKeyOf, tableKey } from '../storage/records.js';
import { planQuery, type Hint, type KeyRange, type Plan } from './plan.js';

/** A document that was found, its key, and the array index that `$` stands for (-1: none). */
export interface Found {
  readonly idKey: Buffer;
  readonly document: Buffer;
  readonly matchedIndex: number;
}

export interface Query {
  readonly filter: Filter;
  readonly sort?: Sort | undefined;
  readonly skip?: number;
  /** 0: no limit. */
  readonly limit?: number;
  readonly hint?: Hint | undefined;
  /** Milliseconds since the epoch after which the search gives up. */
  readonly deadline?: number | undefined;
}

export interface Statistics {
  keysExamined: number;
  documentsExamined: number;
}

const FIRST_CHUNK = 16;
const LARGEST_CHUNK = 256;
const LARGEST_DOCUMENT_CHUNK = 64;

/** Finds documents. No LMDB cursor stays open between two of them, so that a search may be left and resumed at any time. */
export class Executor {
  readonly #environment: Environment;
  readonly #collection: Collection;
  readonly #query: Query;
  readonly #match: Matcher;
  readonly plan: Plan;
  readonly statistics: Statistics = { keysExamined: 0, documentsExamined: 0 };

  constructor(environment: Environment, collection: Collection, query: Query) {
    this.#environment = environment;
    this.#collection = collection;
    this.#query = query;
    this.#match = compileFilter(query.filter);
    this.plan = planQuery(collection, query.filter, query.sort, query.hint);
  }

  /** Sorts in memory where no index gives the order. */
  get sortsInMemory(): boolean {
    return this.#query.sort !== undefined && !this.plan.sorted;
  }

  *run(): Generator<Found, void, undefined> {
    const { sort, skip = 0, limit = 0 } = this.#query;
    const wanted = limit === 0 ? Infinity : skip + limit;
    const source =
      sort && !this.plan.sorted
        ? sortDocuments(this.#matches(Infinity), sort, wanted)
        : this.#matches(wanted);
    let position = 0;
    for (const found of source) {
      if (position++ < skip) continue;
      yield found;
      if (position >= wanted) return;
    }
  }

  *#matches(wanted: number): Generator<Found> {
    let ticks = 0;
    for (const candidate of this.#candidates(wanted)) {
      this.statistics.documentsExamined++;
      if ((ticks++ & 63) === 63) this.#checkDeadline();
      positional.index = -1;
      if (!this.#match(candidate.document, 0)) continue;
      yield { ...candidate, matchedIndex: positional.index };
    }
  }

  #checkDeadline(): void {
    const { deadline } = this.#query;
    if (deadline !== undefined && Date.now() > deadline) {
      throw new StoreError(50, 'operation exceeded time limit');
    }
  }

  *#candidates(wanted: number): Generator<{ idKey: Buffer; document: Buffer }> {
    const { index, exact, reverse } = this.plan;
    const ranges = reverse ? [...this.plan.ranges].reverse() : this.plan.ranges;
    if (index.primary) {
      yield* exact ? this.#byId(ranges) : this.#documents(ranges, wanted);
      return;
    }
    const seen = index.multikey.includes(true) ? new Set<string>() : undefined;
    for (const idKey of exact ? this.#byKey(ranges) : this.#entries(ranges, wanted)) {
      this.statistics.keysExamined++;
      if (seen) {
        const text = idKey.toString('latin1');
        if (seen.has(text)) continue;
        seen.add(text);
      }
      const document = this.#environment.documents.getBinary(tableKey(this.#collection.id, idKey));
      if (document) yield { idKey, document };
    }
  }

  *#byId(ranges: readonly KeyRange[]): Generator<{ idKey: Buffer; document: Buffer }> {
    for (const { start } of ranges) {
      const document = this.#environment.documents.getBinary(start);
      this.statistics.keysExamined++;
      if (document) yield { idKey: start.subarray(4), document };
    }
  }

  *#byKey(ranges: readonly KeyRange[]): Generator<Buffer> {
    for (const { start } of ranges) {
      const idKey = this.#environment.entries.getBinary(start);
      if (idKey) yield idKey;
    }
  }

  *#documents(ranges: readonly KeyRange[], wanted: number): Generator<{ idKey: Buffer; document: Buffer }> {
    for (const { value } of this.#chunks(
      this.#environment.documents,
      ranges,
      wanted,
      LARGEST_DOCUMENT_CHUNK,
    )) {
      yield { idKey: idKeyOf(getField(value, 0, '_id') ?? MISSING), document: value };
    }
  }

  *#entries(ranges: readonly KeyRange[], wanted: number): Generator<Buffer> {
    for (const { value } of this.#chunks(this.#environment.entries, ranges, wanted, LARGEST_CHUNK))
      yield value;
  }

  /** Reads the ranges in growing chunks, each resumed behind the last key of the one before. */
  *#chunks(
    table: Table,
    ranges: readonly KeyRange[],
    wanted: number,
    largest: number,
  ): Generator<{ key: Buffer; value: Buffer }> {
    const { reverse } = this.plan;
    let size = Math.min(FIRST_CHUNK, wanted);
    for (const range of ranges) {
      let last: Buffer | undefined;
      for (;;) {
        const from = reverse
          ? { start: last ?? range.end, end: range.start, exclusiveStart: true, inclusiveEnd: true }
          : { start: last ?? range.start, end: range.end, exclusiveStart: last !== undefined };
        const chunk = [...table.getRange({ ...from, reverse, limit: size })];
        yield* chunk;
        if (chunk.length < size) break;
        last = chunk.at(-1)?.key;
        size = Math.min(largest, size * 2);
      }
    }
  }
}
