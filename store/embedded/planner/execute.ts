import { StoreError } from '../errors.js';
import { T, type Raw } from '../bson/raw.js';
import type { Filter } from '../query/filter.js';
import { compileFilter, type Matcher } from '../query/matcher.js';
import { positional } from '../query/path.js';
import { sortDocuments, type Sort } from '../query/sort.js';
import type { Collection } from '../storage/catalogue.js';
import type { Environment } from '../storage/environment.js';
import { documentKey, tableKey } from '../storage/records.js';
import type { Table } from '../storage/table.js';
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

interface Candidate {
  readonly idKey: Buffer;
  readonly document: Buffer;
}

/** Gives the next one, or undefined at the end. */
type Pull<Item> = () => Item | undefined;

/** The value of `_id` that a filter fixes, if it does. Arrays and regular expressions may match other values than themselves. */
function idOf(filter: Filter): Raw | undefined {
  if (filter.kind === 'and') {
    for (const part of filter.parts) {
      const id = part.kind === 'field' ? idOf(part) : undefined;
      if (id) return id;
    }
    return undefined;
  }
  if (filter.kind !== 'field' || filter.path.text !== '_id' || filter.test.op !== 'eq') return undefined;
  const { value } = filter.test;
  return value.type === T.array || value.type === T.regex || value.type === T.undefined ? undefined : value;
}

const NONE: readonly Found[] = [];

/**
 * What most commands ask for: all that match (one document at most) of a filter that fixes `_id`, by one read and without a plan.
 * Undefined where the query is of another kind. `atOnce`: the document is used before anything else is read, so it need not be copied.
 */
export function findById(
  environment: Environment,
  collection: Collection,
  query: Query,
  atOnce = false,
): readonly Found[] | undefined {
  if (query.hint || query.skip) return undefined;
  const id = idOf(query.filter);
  if (!id) return undefined;
  const key = documentKey(collection.id, id);
  const { documents } = environment;
  const document = key && (atOnce ? documents.borrow(key) : documents.get(key));
  if (!document) return NONE;
  positional.index = -1;
  if (query.filter.kind !== 'field' && !compileFilter(query.filter)(document, 0)) return NONE;
  return [{ idKey: key.subarray(4), document, matchedIndex: positional.index }];
}

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
    const next = this.#candidates(wanted);
    for (let candidate = next(); candidate; candidate = next()) {
      this.statistics.documentsExamined++;
      if ((ticks++ & 63) === 63) this.#checkDeadline();
      positional.index = -1;
      const { idKey, document } = candidate;
      if (this.#match(document, 0)) yield { idKey, document, matchedIndex: positional.index };
    }
  }

  #checkDeadline(): void {
    const { deadline } = this.#query;
    if (deadline !== undefined && Date.now() > deadline) {
      throw new StoreError(50, 'operation exceeded time limit');
    }
  }

  #candidates(wanted: number): Pull<Candidate> {
    const { index, exact, reverse } = this.plan;
    const ranges = reverse ? [...this.plan.ranges].reverse() : this.plan.ranges;
    if (index.primary) return exact ? this.#byId(ranges) : this.#documents(ranges, wanted);
    const next = exact ? this.#byKey(ranges) : this.#entries(ranges, wanted);
    const seen = index.multikey.includes(true) ? new Set<string>() : undefined;
    return () => {
      for (let idKey = next(); idKey; idKey = next()) {
        this.statistics.keysExamined++;
        if (seen && !addText(seen, idKey)) continue;
        const document = this.#environment.documents.get(tableKey(this.#collection.id, idKey));
        if (document) return { idKey, document };
      }
      return undefined;
    };
  }

  #byId(ranges: readonly KeyRange[]): Pull<Candidate> {
    let at = 0;
    return () => {
      for (let range = ranges[at++]; range; range = ranges[at++]) {
        this.statistics.keysExamined++;
        const document = this.#environment.documents.get(range.start);
        if (document) return { idKey: range.start.subarray(4), document };
      }
      return undefined;
    };
  }

  #byKey(ranges: readonly KeyRange[]): Pull<Buffer> {
    let at = 0;
    return () => {
      for (let range = ranges[at++]; range; range = ranges[at++]) {
        const idKey = this.#environment.entries.get(range.start);
        if (idKey) return idKey;
      }
      return undefined;
    };
  }

  #documents(ranges: readonly KeyRange[], wanted: number): Pull<Candidate> {
    const next = this.#chunks(this.#environment.documents, ranges, wanted, LARGEST_DOCUMENT_CHUNK);
    return () => {
      const record = next();
      return record && { idKey: record.key.subarray(4), document: record.value };
    };
  }

  #entries(ranges: readonly KeyRange[], wanted: number): Pull<Buffer> {
    const next = this.#chunks(this.#environment.entries, ranges, wanted, LARGEST_CHUNK);
    return () => next()?.value;
  }

  /** Reads the ranges in growing chunks, each resumed behind the last key of the one before. */
  #chunks(
    table: Table,
    ranges: readonly KeyRange[],
    wanted: number,
    largest: number,
  ): Pull<{ key: Buffer; value: Buffer }> {
    const { reverse } = this.plan;
    let size = Math.min(FIRST_CHUNK, wanted);
    let rangeAt = 0;
    let chunk: { key: Buffer; value: Buffer }[] = [];
    let at = 0;
    let last: Buffer | undefined;
    return () => {
      while (at >= chunk.length) {
        const range = ranges[rangeAt];
        if (!range) return undefined;
        const from = reverse
          ? { start: last ?? range.end, end: range.start, exclusiveStart: true, inclusiveEnd: true }
          : { start: last ?? range.start, end: range.end, exclusiveStart: last !== undefined };
        chunk = [...table.range({ ...from, reverse, limit: size })];
        at = 0;
        last = chunk.at(-1)?.key;
        if (chunk.length < size) {
          rangeAt++;
          last = undefined;
        } else size = Math.min(largest, size * 2);
      }
      return chunk[at++];
    };
  }
}

/** Whether the bytes are new to the set. */
function addText(seen: Set<string>, bytes: Buffer): boolean {
  const { size } = seen;
  seen.add(bytes.toString('latin1'));
  return seen.size > size;
}
