import { deserialize, type Document } from 'bson';
import { Aggregator } from 'mingo';
import { StoreError, notSupported } from '../errors.js';
import { T, elementsOf, textOf, valuesOf, type Raw } from '../bson/raw.js';
import { decodePlain } from '../bson/plain.js';
import { wholeNumber } from '../bson/numbers.js';
import { BsonWriter, encode, rawOf } from '../bson/writer.js';
import { Executor, type Query } from '../planner/execute.js';
import { checkExpression } from '../query/expression.js';
import { parseFilter, type Filter } from '../query/filter.js';
import { compileFilter } from '../query/matcher.js';
import { anyAt, parsePath } from '../query/path.js';
import { parseProjection } from '../query/projection.js';
import { parseSort, sortDocuments, type Sort } from '../query/sort.js';
import type { Collection } from '../storage/catalogue.js';
import type { Store } from '../store.js';
import { collectionStatisticsStage, cursorBatchSize } from './admin.js';
import { commandFields, type Command } from './command.js';
import { keep } from './read.js';

export const AGGREGATE_FIELDS = commandFields([
  'pipeline',
  'cursor',
  'explain',
  'allowDiskUse',
  'hint',
  'bypassDocumentValidation',
]);

interface Stage {
  readonly name: string;
  readonly value: Raw;
}

type Documents = Iterable<Buffer>;

/** Stages that mingo runs on decoded documents: numbers leave them in the smallest type that holds them. */
const BY_MINGO = new Set([
  '$group',
  '$unwind',
  '$project',
  '$addFields',
  '$set',
  '$unset',
  '$replaceRoot',
  '$replaceWith',
  '$sortByCount',
  '$bucket',
]);

const REFUSED = new Set(
  (
    '$out $merge $graphLookup $geoNear $indexStats $currentOp $listSessions $search $searchMeta $vectorSearch $unionWith $redact $sample $bucketAuto ' +
    '$setWindowFields $densify $fill $documents $planCacheStats $listLocalSessions $listSearchIndexes'
  ).split(' '),
);

function parsePipeline(list: readonly Raw[]): Stage[] {
  return list.map((value) => {
    const fields = value.type === T.object ? elementsOf(keep(value) ?? value) : [];
    const [only] = fields;
    if (!only || fields.length !== 1) {
      throw new StoreError(40323, 'A pipeline stage specification object must contain exactly one field.');
    }
    const [name, argument] = only;
    checkStage(name, argument);
    return { name, value: argument };
  });
}

function checkStage(name: string, value: Raw): void {
  if (name === '$changeStream') {
    throw new StoreError(
      40573,
      'The $changeStream stage is only supported on replica sets; the embedded store has no change streams, set MONGODB_URI to use a MongoDB server',
    );
  }
  if (REFUSED.has(name)) throw notSupported(`the aggregation stage ${name}`, 115);
  if (BY_MINGO.has(name)) checkExpression(value);
  else if (
    !['$match', '$sort', '$skip', '$limit', '$count', '$facet', '$lookup', '$collStats'].includes(name)
  ) {
    throw new StoreError(40324, `Unrecognized pipeline stage name: '${name}'`);
  }
}

export function aggregate(store: Store, command: Command): Buffer {
  if (command.bool('explain')) throw notSupported('aggregate with explain: true (use the explain command)');
  if (command.argument.type !== T.string) throw notSupported('aggregation of a whole database');
  const name = command.collection();
  const pipeline = parsePipeline(command.list('pipeline') ?? []);
  const runner = new Pipeline(store, command.db);
  let documents: Documents;
  if (pipeline[0]?.name === '$collStats') {
    const statistics = collectionStatisticsStage(store, command.db, name, pipeline[0].value);
    documents = runner.run([statistics], pipeline.slice(1));
  } else {
    const { query, rest } = split(command, pipeline);
    documents = runner.run(runner.source(store.find(command.db, name), query), rest);
  }
  return store.cursors.first(iterate(documents), {
    namespace: `${command.db}.${name}`,
    batchSize: cursorBatchSize(command),
  });
}

function* iterate(documents: Documents): Generator<Buffer, void, undefined> {
  yield* documents;
}

/** The leading stages that are a query, which indexes can answer. */
function split(command: Command, pipeline: readonly Stage[]): { query: Query; rest: Stage[] } {
  const filters: Filter[] = [];
  const rest = [...pipeline];
  while (rest[0]?.name === '$match') {
    const { value } = rest[0];
    if (value.type !== T.object)
      throw new StoreError(15959, 'the match filter must be an expression in an object');
    filters.push(parseFilter(value));
    rest.shift();
  }
  let sort: Sort | undefined;
  if (rest[0]?.name === '$sort') sort = sortOf(rest.shift()?.value);
  let skip = 0;
  if (rest[0]?.name === '$skip') skip = amount(rest.shift(), '$skip');
  let limit = 0;
  if (rest[0]?.name === '$limit') limit = amount(rest.shift(), '$limit');
  const filter: Filter = { kind: 'and', parts: filters };
  return { query: { filter, sort, skip, limit, hint: command.hint(), deadline: command.deadline() }, rest };
}

export function leadingQuery(command: Command): Query {
  return split(command, parsePipeline(command.list('pipeline') ?? [])).query;
}

function sortOf(value: Raw | undefined): Sort {
  const sort = parseSort(value);
  if (!sort) throw new StoreError(15976, '$sort stage must have at least one sort key');
  return sort;
}

function amount(stage: Stage | undefined, name: string): number {
  const count = stage && wholeNumber(stage.value);
  if (count === undefined || count < 0)
    throw new StoreError(5107201, `invalid argument to ${name} stage: Expected a non-negative number`);
  if (name === '$limit' && count === 0) throw new StoreError(15958, 'the limit must be positive');
  return count;
}

/** Runs stages one after the other: what needs exactness on BSON itself, computing stages by mingo. */
class Pipeline {
  readonly #store: Store;
  readonly #db: string;

  constructor(store: Store, db: string) {
    this.#store = store;
    this.#db = db;
  }

  *source(collection: Collection | undefined, query: Query): Generator<Buffer> {
    if (!collection) return;
    for (const { document } of new Executor(this.#store.environment, collection, query).run()) yield document;
  }

  run(source: Documents, stages: readonly Stage[]): Documents {
    return stages.reduce((documents, stage) => this.#stage(documents, stage), source);
  }

  #stage(documents: Documents, { name, value }: Stage): Documents {
    switch (name) {
      case '$match': {
        const match = compileFilter(parseFilter(value));
        return lazily(documents, (document) => (match(document, 0) ? document : undefined));
      }
      case '$sort':
        return sorted(documents, sortOf(value));
      case '$skip':
        return sliced(documents, amount({ name, value }, name), Infinity);
      case '$limit':
        return sliced(documents, 0, amount({ name, value }, name));
      case '$count':
        return counted(documents, value.type === T.string ? textOf(value) : '');
      case '$facet':
        return this.#facet(documents, value);
      case '$lookup':
        return this.#lookup(documents, value);
      case '$project': {
        const simple = plainProjection(value);
        if (simple) return lazily(documents, (document) => simple(document, -1));
        return byMingo(documents, name, value);
      }
      case '$collStats':
        throw new StoreError(40602, '$collStats is only valid as the first stage in a pipeline.');
      default:
        return byMingo(documents, name, value);
    }
  }

  *#facet(documents: Documents, value: Raw): Generator<Buffer> {
    if (value.type !== T.object)
      throw new StoreError(40169, 'the $facet specification must be a non-empty object');
    const all = [...documents];
    const out = new BsonWriter(4096);
    const root = out.open();
    for (const [name, list] of elementsOf(value)) {
      if (list.type !== T.array)
        throw new StoreError(40170, `arguments to $facet must be arrays, ${name} is not`);
      const mark = out.openField(T.array, name);
      let i = 0;
      for (const document of this.run(all, parsePipeline(valuesOf(list))))
        out.document(String(i++), { buf: document, at: 0 });
      out.close(mark);
    }
    out.close(root);
    yield out.bytes();
  }

  #lookup(documents: Documents, value: Raw): Documents {
    const fields = new Map(value.type === T.object ? elementsOf(value) : []);
    for (const name of fields.keys()) {
      if (!['from', 'localField', 'foreignField', 'as'].includes(name))
        throw notSupported(`$lookup with '${name}'`, 115);
    }
    const text = (name: string): string => {
      const field = fields.get(name);
      if (field?.type !== T.string) throw new StoreError(9, `$lookup argument '${name}' must be a string`);
      return textOf(field);
    };
    const [from, as, foreign] = [text('from'), text('as'), text('foreignField')];
    if (as.includes('.')) throw notSupported("$lookup with a dotted 'as'", 115);
    const local = parsePath(text('localField'));
    return lazily(documents, (document) => {
      const filter = parseFilter({ buf: lookupFilter(document, local, foreign), at: 0 });
      const joined = this.source(this.#store.find(this.#db, from), { filter });
      return withArray(document, as, joined);
    });
  }
}

function lookupFilter(document: Buffer, local: ReturnType<typeof parsePath>, foreign: string): Buffer {
  const values: Raw[] = [];
  anyAt(document, 0, local, false, (buf, type, at) => {
    if (type === T.array) values.push(...valuesOf({ buf, at }));
    else values.push(type === T.missing ? { buf, type: T.null, at: 0 } : { buf, type, at });
    return false;
  });
  const out = new BsonWriter(256);
  const root = out.open();
  const field = out.openField(T.object, foreign);
  const list = out.openField(T.array, '$in');
  for (const [i, value] of values.entries()) out.raw(String(i), value);
  out.close(list);
  out.close(field);
  out.close(root);
  return out.bytes();
}

function withArray(document: Buffer, name: string, items: Documents): Buffer {
  const out = new BsonWriter(document.length + 1024);
  const root = out.open();
  for (const [field, value] of elementsOf({ buf: document, at: 0 }))
    if (field !== name) out.raw(field, value);
  const list = out.openField(T.array, name);
  let i = 0;
  for (const item of items) out.document(String(i++), { buf: item, at: 0 });
  out.close(list);
  out.close(root);
  return out.bytes();
}

function* lazily(documents: Documents, change: (document: Buffer) => Buffer | undefined): Generator<Buffer> {
  for (const document of documents) {
    const result = change(document);
    if (result) yield result;
  }
}

function* sliced(documents: Documents, skip: number, limit: number): Generator<Buffer> {
  let position = 0;
  for (const document of documents) {
    if (position++ < skip) continue;
    yield document;
    if (position - skip >= limit) return;
  }
}

function* sorted(documents: Documents, sort: Sort): Generator<Buffer> {
  const items = sortDocuments(
    (function* () {
      for (const document of documents) yield { document };
    })(),
    sort,
    Infinity,
  );
  for (const { document } of items) yield document;
}

function* counted(documents: Documents, name: string): Generator<Buffer> {
  if (name === '' || name.startsWith('$') || name.includes('.'))
    throw new StoreError(40156, 'the count field must be a non-empty string without $ and dots');
  let count = 0;
  for (const document of documents) if (document.length > 0) count++;
  if (count > 0) yield encode({ [name]: count });
}

function plainProjection(value: Raw): ReturnType<typeof parseProjection> {
  if (value.type !== T.object) return undefined;
  const simple = elementsOf(value).every(
    ([, setting]) => setting.type === T.bool || wholeNumber(setting) === 0 || wholeNumber(setting) === 1,
  );
  return simple ? parseProjection(value) : undefined;
}

function* byMingo(documents: Documents, name: string, value: Raw): Generator<Buffer> {
  const stage = { [name]: argumentOf(value) };
  const used = name === '$group' || name === '$sortByCount' ? usedFields(value) : undefined;
  const decoded: Document[] = [];
  for (const document of documents) decoded.push(decodePlain(used ? used(document, -1) : document));
  let results: unknown[];
  try {
    results = new Aggregator([stage] as ConstructorParameters<typeof Aggregator>[0]).run(decoded);
  } catch (error) {
    throw new StoreError(40324, `${name} failed: ${error instanceof Error ? error.message : String(error)}`);
  }
  for (const result of results) yield encode(result as Document);
}

/** Keeps only the fields that an expression reads; undefined where it may read any. */
function usedFields(value: Raw): ReturnType<typeof parseProjection> {
  const names = new Set<string>();
  const visit = (part: Raw): boolean => {
    if (part.type === T.object || part.type === T.array) return valuesOf(part).every(visit);
    const text = part.type === T.string ? textOf(part) : '';
    if (text.startsWith('$$')) return false;
    if (text.startsWith('$')) names.add(text.slice(1).split('.')[0] ?? '');
    return true;
  };
  if (!visit(value)) return undefined;
  const projection = { _id: 0, ...Object.fromEntries([...names].map((name) => [name, 1])) };
  return names.size === 0 ? parseProjection(rawOf({ _id: 1 })) : parseProjection(rawOf(projection));
}

function argumentOf(value: Raw): unknown {
  const out = new BsonWriter(256);
  const mark = out.open();
  out.raw('v', value);
  out.close(mark);
  return (deserialize(out.bytes()) as { v: unknown }).v;
}
