import { ObjectId } from 'bson';
import { StoreError, notSupported } from '../errors.js';
import {
  EMPTY_DOCUMENT,
  T,
  documentSize,
  getField,
  valuesOf,
  type Raw,
  type RawDocument,
} from '../bson/raw.js';
import { BsonWriter, rawOf } from '../bson/writer.js';
import { wholeNumber } from '../bson/numbers.js';
import { Executor, findById, type Found, type Query } from '../planner/execute.js';
import { isTruthy, parseFilter } from '../query/filter.js';
import { parseProjection } from '../query/projection.js';
import { parseSort } from '../query/sort.js';
import type { Collection } from '../storage/catalogue.js';
import type { Store } from '../store.js';
import { MAX_DOCUMENT_SIZE, Update, withIdFirst } from '../update/update.js';
import { parseHint, readFields, type Command } from './command.js';
import { writeError } from './reply.js';

/** Statements of one command that are run in one transaction; between two portions other clients get their turn. */
const PORTION = 500;
const MAX_STATEMENTS = 100_000;

interface Tally {
  n: number;
  modified: number;
  upserted: { index: number; id: Raw }[];
  errors: { index: number; error: StoreError }[];
}

/** Runs the statements in order; an ordered command ends at its first error. */
async function runStatements(
  store: Store,
  command: Command,
  statements: readonly RawDocument[],
  run: (statement: RawDocument, tally: Tally, index: number) => void,
): Promise<Tally> {
  if (statements.length === 0 || statements.length > MAX_STATEMENTS) {
    throw new StoreError(
      16,
      `Write batch sizes must be between 1 and ${MAX_STATEMENTS}. Got ${statements.length} operations.`,
    );
  }
  const ordered = command.get('ordered') === undefined || command.bool('ordered');
  const tally: Tally = { n: 0, modified: 0, upserted: [], errors: [] };
  for (let from = 0; from < statements.length; from += PORTION) {
    const go = await store.write(() => runPortion(statements, from, ordered, tally, run));
    if (!go) break;
  }
  return tally;
}

function runPortion(
  statements: readonly RawDocument[],
  from: number,
  ordered: boolean,
  tally: Tally,
  run: (statement: RawDocument, tally: Tally, index: number) => void,
): boolean {
  const to = Math.min(statements.length, from + PORTION);
  for (let i = from; i < to; i++) {
    const statement = statements[i];
    if (!statement) continue;
    try {
      run(statement, tally, i);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      tally.errors.push({ index: i, error });
      if (ordered) return false;
    }
  }
  return true;
}

function tallyReply(tally: Tally, withModified: boolean): Buffer {
  const out = new BsonWriter(256);
  const root = out.open();
  out.int32('n', tally.n);
  if (withModified) out.int32('nModified', tally.modified);
  if (tally.upserted.length > 0) {
    const list = out.openField(T.array, 'upserted');
    for (const [i, { index, id }] of tally.upserted.entries()) {
      const item = out.openField(T.object, String(i));
      out.int32('index', index);
      out.raw('_id', id);
      out.close(item);
    }
    out.close(list);
  }
  if (tally.errors.length > 0) {
    const list = out.openField(T.array, 'writeErrors');
    for (const [i, { index, error }] of tally.errors.entries()) {
      const item = out.openField(T.object, String(i));
      out.int32('index', index);
      writeError(out, error);
      out.string('errmsg', error.message);
      out.close(item);
    }
    out.close(list);
  }
  out.double('ok', 1);
  out.close(root);
  return out.bytes();
}

export async function insert(store: Store, command: Command): Promise<Buffer> {
  const name = command.collection();
  const tally = await runStatements(store, command, command.documents('documents'), (statement, result) => {
    const size = documentSize(statement);
    if (size > MAX_DOCUMENT_SIZE) {
      throw new StoreError(
        10334,
        `BSONObj size: ${size} (0x${size.toString(16)}) is invalid. Size must be between 0 and ${MAX_DOCUMENT_SIZE}(16MB)`,
      );
    }
    const id = getField(statement.buf, statement.at, '_id') ?? rawOf(new ObjectId());
    store.records.insert(store.obtain(command.db, name), withIdFirst(statement, id));
    result.n++;
  });
  return tallyReply(tally, false);
}

const UPDATE_FIELDS = new Set([
  'q',
  'u',
  'multi',
  'upsert',
  'arrayFilters',
  'hint',
  'collation',
  'c',
  'sort',
  'upsertSupplied',
]);

export async function update(store: Store, command: Command): Promise<Buffer> {
  const name = command.collection();
  const tally = await runStatements(
    store,
    command,
    command.documents('updates'),
    (statement, result, index) => {
      const fields = readFields(statement, 'update.updates', UPDATE_FIELDS);
      if (fields.has('c')) throw notSupported('update constants');
      if (fields.has('sort')) throw notSupported('sort in an update');
      const change = new Update(required(fields, 'u', 'update.updates'), arrayFiltersOf(fields));
      const multi = isTruthy(fields.get('multi') ?? NOTHING);
      if (multi && change.isReplacement)
        throw new StoreError(9, 'multi update is not supported for replacement-style update');
      const query = {
        filter: parseFilter(filterOf(fields, 'update.updates')),
        hint: parseHint(fields.get('hint')),
        limit: multi ? 0 : 1,
      };
      const matched = updateMatching(store, command.db, name, query, change, result);
      if (matched === 0 && isTruthy(fields.get('upsert') ?? NOTHING)) {
        const document = change.insert(query.filter, new Date());
        store.records.insert(store.obtain(command.db, name), document);
        result.n++;
        result.upserted.push({ index, id: getField(document, 0, '_id') ?? NOTHING });
      }
    },
  );
  return tallyReply(tally, true);
}

const NOTHING: Raw = { buf: EMPTY_DOCUMENT, type: T.missing, at: 0 };

function required(fields: ReadonlyMap<string, Raw>, name: string, of: string): Raw {
  const value = fields.get(name);
  if (!value) throw new StoreError(40414, `BSON field '${of}.${name}' is missing but a required field`);
  return value;
}

function filterOf(fields: ReadonlyMap<string, Raw>, of: string): Raw {
  const filter = required(fields, 'q', of);
  if (filter.type !== T.object)
    throw new StoreError(14, `BSON field '${of}.q' is the wrong type, expected type 'object'`);
  return filter;
}

function arrayFiltersOf(fields: ReadonlyMap<string, Raw>): Raw[] {
  const filters = fields.get('arrayFilters');
  return filters?.type === T.array ? valuesOf(filters) : [];
}

/** All that match, found before the first change: an update must not meet its own results again. */
function findAll(store: Store, collection: Collection, query: Query): readonly Found[] {
  const { environment } = store;
  return findById(environment, collection, query) ?? [...new Executor(environment, collection, query).run()];
}

function updateMatching(
  store: Store,
  db: string,
  name: string,
  query: Query,
  change: Update,
  tally: Tally,
): number {
  const collection = store.find(db, name);
  if (!collection) return 0;
  const now = new Date();
  let matched = 0;
  for (const found of findAll(store, collection, query)) {
    const { document, idKey, matchedIndex } = found;
    const fresh = change.apply({ buf: document, at: 0 }, matchedIndex, now);
    matched++;
    if (!fresh.equals(document)) {
      store.records.replace(collection, idKey, document, fresh);
      tally.modified++;
    }
    tally.n++;
  }
  return matched;
}

const DELETE_FIELDS = new Set(['q', 'limit', 'hint', 'collation']);

export async function remove(store: Store, command: Command): Promise<Buffer> {
  const name = command.collection();
  const tally = await runStatements(store, command, command.documents('deletes'), (statement, result) => {
    const fields = readFields(statement, 'delete.deletes', DELETE_FIELDS);
    const limit = wholeNumber(required(fields, 'limit', 'delete.deletes'));
    if (limit !== 0 && limit !== 1) {
      throw new StoreError(
        9,
        `The limit field in delete objects must be 0 or 1. Got ${limit ?? 'no number'}`,
      );
    }
    const filter = parseFilter(filterOf(fields, 'delete.deletes'));
    const collection = store.find(command.db, name);
    if (!collection) return;
    for (const { idKey, document } of findAll(store, collection, {
      filter,
      limit,
      hint: parseHint(fields.get('hint')),
    })) {
      store.records.remove(collection, idKey, document);
      result.n++;
    }
  });
  return tallyReply(tally, false);
}

interface FindAndModifyResult {
  readonly value: Buffer | undefined;
  readonly existing: boolean;
  readonly upserted?: Raw;
  readonly removing: boolean;
}

export async function findAndModify(store: Store, command: Command): Promise<Buffer> {
  const name = command.collection();
  const removing = command.bool('remove');
  const source = command.get('update');
  const wantsNew = command.bool('new');
  const upsert = command.bool('upsert');
  if (removing && source) throw new StoreError(9, 'Cannot specify both an update and remove=true');
  if (removing && upsert) throw new StoreError(9, 'Cannot specify both upsert=true and remove=true ');
  if (removing && wantsNew)
    throw new StoreError(
      9,
      "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document",
    );
  if (!removing && !source) throw new StoreError(9, 'Either an update or remove=true must be specified');
  const change = source && new Update(source, command.list('arrayFilters') ?? []);
  const projection = parseProjection(command.get('fields'));
  const query: Query = {
    filter: parseFilter(command.document('query') ?? { buf: EMPTY_DOCUMENT, type: T.object, at: 0 }),
    sort: parseSort(command.get('sort')),
    limit: 1,
    hint: command.hint(),
    deadline: command.deadline(),
  };
  const result = await store.write((): FindAndModifyResult => {
    const collection = store.find(command.db, name);
    const found = collection && findAll(store, collection, query)[0];
    const show = (document: Buffer): Buffer =>
      projection ? projection(document, found?.matchedIndex ?? -1) : document;
    if (!found) {
      if (!upsert || !change) return { value: undefined, existing: false, removing };
      const document = change.insert(query.filter, new Date());
      store.records.insert(store.obtain(command.db, name), document);
      const id = getField(document, 0, '_id') ?? NOTHING;
      return { value: wantsNew ? show(document) : undefined, existing: false, upserted: id, removing };
    }
    if (!change) {
      store.records.remove(collection, found.idKey, found.document);
      return { value: show(found.document), existing: true, removing };
    }
    const fresh = change.apply({ buf: found.document, at: 0 }, found.matchedIndex, new Date());
    if (!fresh.equals(found.document)) store.records.replace(collection, found.idKey, found.document, fresh);
    return { value: show(wantsNew ? fresh : found.document), existing: true, removing };
  });
  return findAndModifyReply(result);
}

function findAndModifyReply({ value, existing, upserted, removing }: FindAndModifyResult): Buffer {
  const out = new BsonWriter(512);
  const root = out.open();
  const last = out.openField(T.object, 'lastErrorObject');
  out.int32('n', existing || upserted ? 1 : 0);
  if (!removing) out.bool('updatedExisting', existing);
  if (upserted) out.raw('upserted', upserted);
  out.close(last);
  if (value) out.document('value', { buf: value, at: 0 });
  else out.name(T.null, 'value');
  out.double('ok', 1);
  out.close(root);
  return out.bytes();
}
