import { StoreError } from '../errors.js';
import { KeyWriter } from '../bson/keys.js';
import { T, findElement, getField, valueSize, type Raw } from '../bson/raw.js';
import { showValue } from '../bson/show.js';
import { MAX_ID_BYTES, type Catalogue, type Collection, type Index } from './catalogue.js';
import type { Environment } from './environment.js';
import { keysOf, type IndexKey } from './index-keys.js';

const writer = new KeyWriter();

/** The key of a document's `_id` as it stands in the tables, without the collection's number. */
export function idKeyOf(id: Raw): Buffer {
  writer.reset().component(id.buf, id.type, id.at, false, Number.MAX_SAFE_INTEGER);
  if (writer.length > MAX_ID_BYTES) {
    throw new StoreError(
      17280,
      `The embedded store takes values of _id up to ${MAX_ID_BYTES} bytes; set MONGODB_URI to use a MongoDB server`,
    );
  }
  return writer.bytes();
}

/** The key of the document with that `_id`; undefined where no document can have it. */
export function documentKey(space: number, id: Raw): Buffer | undefined {
  writer.reset().uint32(space).component(id.buf, id.type, id.at, false, Number.MAX_SAFE_INTEGER);
  return writer.length - 4 > MAX_ID_BYTES ? undefined : writer.bytes();
}

export function tableKey(space: number, ...parts: readonly Buffer[]): Buffer {
  writer.reset().uint32(space);
  for (const part of parts) writer.copy(part);
  return writer.bytes();
}

/**
 * The documents of the collections with their index entries, changed together. Every method that writes is called within a
 * transaction and checks everything before its first write.
 */
export class Records {
  readonly #environment: Environment;
  readonly #catalogue: Catalogue;

  constructor(environment: Environment, catalogue: Catalogue) {
    this.#environment = environment;
    this.#catalogue = catalogue;
  }

  get(collection: Collection, idKey: Buffer): Buffer | undefined {
    return this.#environment.documents.get(tableKey(collection.id, idKey));
  }

  insert(collection: Collection, document: Buffer): void {
    const id = getField(document, 0, '_id');
    if (!id) throw new StoreError(53, "Document is missing an '_id' field");
    checkId(id);
    const idKey = idKeyOf(id);
    const key = tableKey(collection.id, idKey);
    if (this.#environment.documents.has(key)) throw duplicate(collection, collection.primary, [id]);
    const additions = collection.indexes.map((index) => this.#keys(collection, index, document));
    for (const [i, index] of collection.indexes.entries())
      this.#checkUnique(collection, index, additions[i] ?? [], idKey);
    this.#environment.documents.put(key, document);
    for (const [i, index] of collection.indexes.entries()) {
      for (const { key: entry } of additions[i] ?? []) this.#putEntry(index, entry, idKey);
    }
    collection.count++;
    collection.size += document.length;
    this.#catalogue.counted(collection);
  }

  replace(collection: Collection, idKey: Buffer, old: Buffer, document: Buffer): void {
    const touched = collection.indexes.filter((index) => mayMove(index, old, document));
    const changes = touched.map((index) => {
      const before = this.#keys(collection, index, old);
      const after = this.#keys(collection, index, document);
      return { index, gone: without(before, after), fresh: without(after, before) };
    });
    for (const { index, fresh } of changes) this.#checkUnique(collection, index, fresh, idKey);
    this.#environment.documents.put(tableKey(collection.id, idKey), document);
    for (const { index, gone, fresh } of changes) {
      for (const { key } of gone) this.#removeEntry(index, key, idKey);
      for (const { key } of fresh) this.#putEntry(index, key, idKey);
    }
    const entriesChanged = changes.some(({ gone, fresh }) => gone.length !== fresh.length);
    if (document.length === old.length && !entriesChanged) return;
    collection.size += document.length - old.length;
    this.#catalogue.counted(collection);
  }

  remove(collection: Collection, idKey: Buffer, document: Buffer): void {
    for (const index of collection.indexes) {
      for (const { key } of this.#keys(collection, index, document)) this.#removeEntry(index, key, idKey);
    }
    this.#environment.documents.remove(tableKey(collection.id, idKey));
    collection.count--;
    collection.size -= document.length;
    this.#catalogue.counted(collection);
  }

  /** Fills a new index from the documents; a duplicate ends it with an error before it was made known. */
  build(collection: Collection, index: Index): void {
    const range = { start: tableKey(collection.id), end: tableKey(collection.id + 1) };
    for (const { key, value } of this.#environment.documents.range(range)) {
      const idKey = Buffer.from(key.subarray(4));
      const keys = this.#keys(collection, index, value);
      this.#checkUnique(collection, index, keys, idKey);
      for (const { key: entry } of keys) this.#putEntry(index, entry, idKey);
    }
  }

  /** Removes all entries of an index or documents of a collection, at most `limit` of them; true when none is left. */
  removeSpace(table: 'documents' | 'entries', id: number, limit: number): boolean {
    const target = this.#environment[table];
    const keys = [...target.keys({ start: tableKey(id), end: tableKey(id + 1), limit })];
    for (const key of keys) target.remove(key);
    return keys.length < limit;
  }

  #keys(collection: Collection, index: Index, document: Buffer): IndexKey[] {
    if (index.covers && !index.covers(document, 0)) return [];
    const learnt = index.cut || index.multikey.includes(true);
    const keys = keysOf(index, document, 0);
    if (!learnt && (index.cut || index.multikey.includes(true))) this.#catalogue.changed(collection);
    return keys;
  }

  #checkUnique(collection: Collection, index: Index, keys: readonly IndexKey[], idKey: Buffer): void {
    if (!index.unique) return;
    for (const { key, values } of keys) {
      const holder = this.#environment.entries.get(tableKey(index.id, key));
      if (holder && !holder.equals(idKey)) throw duplicate(collection, index, values);
    }
  }

  #putEntry(index: Index, key: Buffer, idKey: Buffer): void {
    const full = index.unique ? tableKey(index.id, key) : tableKey(index.id, key, idKey);
    this.#environment.entries.put(full, idKey);
    index.entries++;
  }

  #removeEntry(index: Index, key: Buffer, idKey: Buffer): void {
    const full = index.unique ? tableKey(index.id, key) : tableKey(index.id, key, idKey);
    this.#environment.entries.remove(full);
    index.entries--;
  }
}

/**
 * Whether a change of a document can change its entries in an index: not where the fields at the beginnings of the index's paths have
 * kept their bytes.
 */
function mayMove(index: Index, old: Buffer, document: Buffer): boolean {
  if (index.partialFilter) return true;
  return index.fields.some(({ path }) => {
    const [root] = path.segments;
    if (!root) return true;
    const before = findElement(old, 0, root.bytes);
    const after = findElement(document, 0, root.bytes);
    if (before < 0 || after < 0) return before !== after;
    const type = old[before] ?? 0;
    if (type !== document[after]) return true;
    const skip = 2 + root.bytes.length;
    const size = valueSize(old, type, before + skip);
    return (
      size !== valueSize(document, type, after + skip) ||
      old.compare(document, after + skip, after + skip + size, before + skip, before + skip + size) !== 0
    );
  });
}

function without(keys: readonly IndexKey[], others: readonly IndexKey[]): readonly IndexKey[] {
  if (keys.length === 1 && others.length === 1) {
    const [key] = keys;
    const [other] = others;
    return key && other && key.key.equals(other.key) ? [] : keys;
  }
  const known = new Set(others.map(({ key }) => key.toString('latin1')));
  return keys.filter(({ key }) => !known.has(key.toString('latin1')));
}

function checkId(id: Raw): void {
  if (id.type === T.array) throw new StoreError(53, "The '_id' value cannot be of type array");
  if (id.type === T.regex) throw new StoreError(53, "The '_id' value cannot be of type regex");
  if (id.type === T.undefined) throw new StoreError(53, "The '_id' value cannot be of type undefined");
  if (id.type === T.object && id.buf[id.at + 4] !== 0 && id.buf[id.at + 5] === 0x24) {
    throw new StoreError(52, "_id fields may not contain '$'-prefixed fields");
  }
}

function duplicate(collection: Collection, index: Index, values: readonly Raw[]): StoreError {
  const names = index.fields.map(({ path }) => path.text);
  const shown = values.map(
    (value, i) => `${names[i] ?? ''}: ${value.type === T.missing ? 'null' : showValue(value)}`,
  );
  return new StoreError(
    11000,
    `E11000 duplicate key error collection: ${collection.namespace} index: ${index.name} dup key: { ${shown.join(', ')} }`,
    { keyPattern: index.definition.key, keyValue: new KeyValue(names, values) },
  );
}

/** The values of a duplicate key, still in BSON. */
export class KeyValue {
  constructor(
    readonly names: readonly string[],
    readonly values: readonly Raw[],
  ) {}
}
