import { StoreError, notSupported } from '../errors.js';
import { encodeKey } from '../bson/keys.js';
import { EMPTY_DOCUMENT, T, documentBytes, valuesOf, textOf, type Raw } from '../bson/raw.js';
import { BsonWriter } from '../bson/writer.js';
import { wholeNumber } from '../bson/numbers.js';
import { Executor, findById, type Query } from '../planner/execute.js';
import { parseFilter } from '../query/filter.js';
import { anyAt, parsePath } from '../query/path.js';
import { parseProjection, type Projection } from '../query/projection.js';
import { parseSort } from '../query/sort.js';
import type { Documents } from '../cursors.js';
import type { Collection } from '../storage/catalogue.js';
import type { Store } from '../store.js';
import { commandFields, type Command } from './command.js';
import { reply } from './reply.js';

const EMPTY: Raw = { buf: EMPTY_DOCUMENT, type: T.object, at: 0 };

/** A value that outlives the message it came in, as an open cursor does. */
export function keep(value: Raw | undefined): Raw | undefined {
  if (value?.type !== T.object) return value;
  return { buf: Buffer.from(documentBytes(value)), type: T.object, at: 0 };
}

export const FIND_FIELDS = commandFields([
  'filter',
  'sort',
  'projection',
  'hint',
  'skip',
  'limit',
  'batchSize',
  'singleBatch',
  'allowDiskUse',
  'noCursorTimeout',
  'allowPartialResults',
  'returnKey',
  'showRecordId',
  'tailable',
  'awaitData',
  'oplogReplay',
  'min',
  'max',
]);

const UNSUPPORTED_FLAGS = new Set(['returnKey', 'showRecordId', 'tailable', 'awaitData', 'oplogReplay']);
const UNSUPPORTED_BOUNDS = new Set(['min', 'max']);

export interface FindPlan {
  readonly query: Query;
  readonly projection: Projection | undefined;
}

export function readFind(command: Command): FindPlan {
  const refused = command.find(
    (name) => UNSUPPORTED_BOUNDS.has(name) || (UNSUPPORTED_FLAGS.has(name) && command.bool(name)),
  );
  if (refused !== undefined) throw notSupported(`find with '${refused}'`);
  const limit = command.number('limit') ?? 0;
  if (limit < 0)
    throw new StoreError(51024, `BSON field 'limit' value must be >= 0, actual value '${limit}'`);
  // A single batch is made before the message goes; an open cursor needs its own copy of what it was asked.
  const hold = command.bool('singleBatch') ? (value: Raw | undefined): Raw | undefined => value : keep;
  return {
    query: {
      filter: parseFilter(hold(command.document('filter')) ?? EMPTY),
      sort: parseSort(hold(command.get('sort'))),
      skip: command.count('skip') ?? 0,
      limit,
      hint: command.hint(),
      deadline: command.deadline(),
    },
    projection: parseProjection(hold(command.get('projection'))),
  };
}

const NO_DOCUMENTS: readonly Buffer[] = [];

/** `atOnce`: nothing else is read before they are written into the reply. */
function documentsOf(store: Store, db: string, name: string, plan: FindPlan, atOnce: boolean): Documents {
  const collection = store.find(db, name);
  if (!collection) return NO_DOCUMENTS.values();
  const { projection } = plan;
  const one = findById(store.environment, collection, plan.query, atOnce);
  if (!one) return search(store, collection, plan);
  return one
    .map(({ document, matchedIndex }) => (projection ? projection(document, matchedIndex) : document))
    .values();
}

function* search(
  store: Store,
  collection: Collection,
  { query, projection }: FindPlan,
): Generator<Buffer, void, undefined> {
  for (const { document, matchedIndex } of new Executor(store.environment, collection, query).run()) {
    yield projection ? projection(document, matchedIndex) : document;
  }
}

export function find(store: Store, command: Command): Buffer {
  const name = command.collection();
  const batchSize = command.count('batchSize');
  const singleBatch = command.bool('singleBatch');
  const documents = documentsOf(store, command.db, name, readFind(command), singleBatch);
  return store.cursors.first(documents, { namespace: `${command.db}.${name}`, batchSize, singleBatch });
}

export function getMore(store: Store, command: Command): Buffer {
  const { argument } = command;
  const id =
    argument.type === T.int64 ? argument.buf.readBigInt64LE(argument.at) : BigInt(wholeNumber(argument) ?? 0);
  const batchSize = command.count('batchSize');
  return store.cursors.next(
    id,
    `${command.db}.${command.string('collection') ?? ''}`,
    batchSize === 0 ? undefined : batchSize,
  );
}

export function killCursors(store: Store, command: Command): Buffer {
  const killed: bigint[] = [];
  const unknown: bigint[] = [];
  for (const value of command.list('cursors') ?? []) {
    const id = value.type === T.int64 ? value.buf.readBigInt64LE(value.at) : BigInt(wholeNumber(value) ?? 0);
    (store.cursors.kill(id) ? killed : unknown).push(id);
  }
  return reply({ cursorsKilled: killed, cursorsNotFound: unknown, cursorsAlive: [], cursorsUnknown: [] });
}

export function count(store: Store, command: Command): Buffer {
  const collection = store.find(command.db, command.collection());
  const filter = parseFilter(command.document('query') ?? EMPTY);
  const skip = command.count('skip') ?? 0;
  const limit = Math.abs(command.number('limit') ?? 0);
  if (!collection) return reply({ n: 0 });
  if (filter.kind === 'and' && filter.parts.length === 0) {
    const left = Math.max(0, collection.count - skip);
    return reply({ n: limit === 0 ? left : Math.min(limit, left) });
  }
  let n = 0;
  const query = { filter, skip, limit, hint: command.hint(), deadline: command.deadline() };
  const found = new Executor(store.environment, collection, query).run();
  while (!found.next().done) n++;
  return reply({ n });
}

export function distinct(store: Store, command: Command): Buffer {
  const key = command.get('key');
  if (key?.type !== T.string) throw new StoreError(14, "'key' must be a string");
  const path = parsePath(textOf(key));
  const collection = store.find(command.db, command.collection());
  const filter = parseFilter(command.document('query') ?? EMPTY);
  const values = new Map<string, Raw>();
  if (collection) {
    const query = { filter, hint: command.hint(), deadline: command.deadline() };
    for (const { document } of new Executor(store.environment, collection, query).run()) {
      anyAt(document, 0, path, false, (buf, type, at) => {
        if (type === T.missing) return false;
        for (const value of type === T.array ? valuesOf({ buf, at }) : [{ buf, type, at }]) {
          const id = encodeKey(value).toString('latin1');
          if (!values.has(id)) values.set(id, value);
        }
        return false;
      });
    }
  }
  const out = new BsonWriter(1024);
  const root = out.open();
  const list = out.openField(T.array, 'values');
  let i = 0;
  for (const [, value] of [...values].sort(([a], [b]) => (a < b ? -1 : 1))) out.raw(String(i++), value);
  out.close(list);
  out.double('ok', 1);
  out.close(root);
  return out.bytes();
}
