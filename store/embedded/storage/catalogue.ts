import { deserialize, type Document } from 'bson';
import { StoreError } from '../errors.js';
import { encode, documentRaw } from '../bson/writer.js';
import { parseFilter, type Filter } from '../query/filter.js';
import { compileFilter, type Matcher } from '../query/matcher.js';
import { parsePath, type Path } from '../query/path.js';
import type { Environment } from './environment.js';

/** The key encoding's number; indexes that were written with another one are built anew at the start. */
export const KEY_FORMAT = 1;
/** LMDB's limit of a key is 1,978 bytes: an index's components share this, the rest is for the document's `_id`. */
const COMPONENT_BYTES = 1400;
export const MAX_ID_BYTES = 500;

export interface IndexField {
  readonly path: Path;
  readonly descending: boolean;
}

/** An index as it was ordered: the fields of `listIndexes` without `v`. */
export interface IndexDefinition {
  readonly name: string;
  readonly key: Readonly<Record<string, number>>;
  readonly unique?: boolean;
  readonly sparse?: boolean;
  readonly hidden?: boolean;
  readonly expireAfterSeconds?: number;
  /** BSON of the filter. */
  readonly partial?: Buffer;
}

/** An index and what has been learnt of its contents. */
export class Index {
  readonly fields: readonly IndexField[];
  readonly partialFilter: Filter | undefined;
  readonly covers: Matcher | undefined;
  /** Longest component; a longer one is cut, see `KeyWriter.component`. */
  readonly cap: number;
  /** For each field whether an array was ever found at it. */
  multikey: boolean[];
  /** Whether a component was ever cut. */
  cut = false;
  entries = 0;
  /** False until the transaction that made it is committed: readers must not see a half-built index. */
  usable = false;

  constructor(
    readonly id: number,
    readonly definition: IndexDefinition,
    /** The `_id` index is the table of documents itself. */
    readonly primary = false,
  ) {
    this.fields = Object.entries(definition.key).map(([name, way]) => ({
      path: parsePath(name),
      descending: way < 0,
    }));
    this.multikey = this.fields.map(() => false);
    this.cap = primary ? Number.MAX_SAFE_INTEGER : Math.floor(COMPONENT_BYTES / this.fields.length);
    const { partial } = definition;
    this.partialFilter = partial ? parseFilter({ buf: partial, at: 0 }) : undefined;
    this.covers = this.partialFilter ? compileFilter(this.partialFilter) : undefined;
    if (partial) documentRaw({ buf: partial, at: 0 });
  }

  get name(): string {
    return this.definition.name;
  }

  get unique(): boolean {
    return this.definition.unique === true || this.primary;
  }

  get sparse(): boolean {
    return this.definition.sparse === true;
  }
}

export class Collection {
  readonly primary: Index;
  indexes: Index[] = [];
  count = 0;
  /** Bytes of all documents. */
  size = 0;
  dropped = false;

  constructor(
    readonly id: number,
    readonly db: string,
    public name: string,
  ) {
    this.primary = new Index(id, { name: '_id_', key: { _id: 1 } }, true);
    this.primary.usable = true;
  }

  get namespace(): string {
    return `${this.db}.${this.name}`;
  }
}

interface StoredIndex {
  id: number;
  name: string;
  key: [string, number][];
  unique?: boolean;
  sparse?: boolean;
  hidden?: boolean;
  expireAfterSeconds?: number;
  partial?: { buffer: Uint8Array } | null;
  multikey: boolean[];
  cut: boolean;
  entries: number;
}

/** Which databases, collections and indexes there are; kept in memory, written with the transaction that changes it. */
export class Catalogue {
  readonly #databases = new Map<string, Map<string, Collection>>();
  readonly #dirty = new Set<Collection>();
  readonly #counted = new Set<Collection>();
  #environment: Environment | undefined;
  #nextId = 1;
  #metaDirty = false;
  keyFormat = KEY_FORMAT;
  /** Number spaces of dropped collections and indexes whose records are still to be removed. */
  garbage: { table: 'documents' | 'entries'; id: number }[] = [];

  load(environment: Environment): void {
    this.#environment = environment;
    this.#databases.clear();
    this.#dirty.clear();
    this.#counted.clear();
    this.#nextId = 1;
    this.garbage = [];
    const counts = new Map<string, Buffer>();
    for (const { key, value } of environment.catalogue.range({})) {
      const name = key.toString();
      if (name === 'meta') this.#loadMeta(deserialize(value));
      else if (name.startsWith('counts ')) counts.set(name, value);
      else this.#loadCollection(deserialize(value));
    }
    for (const collection of this.all()) {
      const stored = counts.get(countsKey(collection).toString());
      if (stored) loadCounts(collection, stored);
    }
  }

  #loadMeta(stored: Document): void {
    this.#nextId = Number(stored.nextId);
    this.keyFormat = Number(stored.keyFormat);
    this.garbage = stored.garbage as typeof this.garbage;
  }

  #loadCollection(stored: Document): void {
    const collection = new Collection(Number(stored.id), String(stored.db), String(stored.name));
    collection.count = Number(stored.count);
    collection.size = Number(stored.size);
    collection.indexes = (stored.indexes as StoredIndex[]).map((saved) => {
      const index = new Index(saved.id, {
        name: saved.name,
        key: Object.fromEntries(saved.key),
        ...(saved.unique ? { unique: true } : {}),
        ...(saved.sparse ? { sparse: true } : {}),
        ...(saved.hidden ? { hidden: true } : {}),
        ...(saved.expireAfterSeconds === undefined ? {} : { expireAfterSeconds: saved.expireAfterSeconds }),
        ...(saved.partial ? { partial: Buffer.from(saved.partial.buffer) } : {}),
      });
      index.multikey = saved.multikey;
      index.cut = saved.cut;
      index.entries = saved.entries;
      index.usable = true;
      return index;
    });
    this.#collectionsOf(collection.db).set(collection.name, collection);
  }

  #collectionsOf(db: string): Map<string, Collection> {
    let collections = this.#databases.get(db);
    collections ??= new Map<string, Collection>();
    this.#databases.set(db, collections);
    return collections;
  }

  databases(): string[] {
    return [...this.#databases]
      .filter(([, collections]) => collections.size > 0)
      .map(([name]) => name)
      .sort();
  }

  collections(db: string): Collection[] {
    return [...(this.#databases.get(db)?.values() ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  all(): Collection[] {
    return this.databases().flatMap((db) => this.collections(db));
  }

  find(db: string, name: string): Collection | undefined {
    return this.#databases.get(db)?.get(name);
  }

  newId(): number {
    this.#metaDirty = true;
    return this.#nextId++;
  }

  create(db: string, name: string): Collection {
    checkNames(db, name);
    const collection = new Collection(this.newId(), db, name);
    this.#collectionsOf(db).set(name, collection);
    this.#dirty.add(collection);
    return collection;
  }

  remove(collection: Collection): void {
    collection.dropped = true;
    this.#databases.get(collection.db)?.delete(collection.name);
    this.#dirty.add(collection);
    this.garbage.push({ table: 'documents', id: collection.id });
    for (const index of collection.indexes) this.garbage.push({ table: 'entries', id: index.id });
    this.#metaDirty = true;
  }

  removeIndex(collection: Collection, index: Index): void {
    collection.indexes = collection.indexes.filter((other) => other !== index);
    this.#dirty.add(collection);
    this.garbage.push({ table: 'entries', id: index.id });
    this.#metaDirty = true;
  }

  rename(collection: Collection, name: string): void {
    checkNames(collection.db, name);
    this.#databases.get(collection.db)?.delete(collection.name);
    this.#environment?.catalogue.remove(catalogueKey(collection));
    collection.name = name;
    this.#collectionsOf(collection.db).set(name, collection);
    this.#dirty.add(collection);
  }

  changed(collection: Collection): void {
    this.#dirty.add(collection);
  }

  /** Only the numbers of documents, bytes and index entries changed. */
  counted(collection: Collection): void {
    this.#counted.add(collection);
  }

  metaChanged(): void {
    this.#metaDirty = true;
  }

  /** Writes what changed; called within the transaction. */
  save(): void {
    const table = this.#environment?.catalogue;
    if (!table) return;
    for (const collection of this.#dirty) {
      if (collection.dropped) {
        table.remove(catalogueKey(collection));
        table.remove(countsKey(collection));
      } else {
        table.put(catalogueKey(collection), encode(storedCollection(collection)));
        this.#counted.add(collection);
      }
    }
    this.#dirty.clear();
    for (const collection of this.#counted) {
      if (!collection.dropped) table.put(countsKey(collection), storedCounts(collection));
    }
    this.#counted.clear();
    if (!this.#metaDirty) return;
    table.put(
      Buffer.from('meta'),
      encode({ nextId: this.#nextId, keyFormat: this.keyFormat, garbage: this.garbage }),
    );
    this.#metaDirty = false;
  }
}

function catalogueKey(collection: Collection): Buffer {
  return Buffer.from(`collection ${collection.id}`);
}

function countsKey(collection: Collection): Buffer {
  return Buffer.from(`counts ${collection.id}`);
}

/** Doubles: number of documents, their bytes, and for each index its number and that of its entries. */
function storedCounts(collection: Collection): Buffer {
  const bytes = Buffer.allocUnsafe(16 * (1 + collection.indexes.length));
  let at = bytes.writeDoubleLE(collection.count, 0);
  at = bytes.writeDoubleLE(collection.size, at);
  for (const index of collection.indexes) {
    at = bytes.writeDoubleLE(index.id, at);
    at = bytes.writeDoubleLE(index.entries, at);
  }
  return bytes;
}

function loadCounts(collection: Collection, stored: Buffer): void {
  collection.count = stored.readDoubleLE(0);
  collection.size = stored.readDoubleLE(8);
  for (let at = 16; at + 16 <= stored.length; at += 16) {
    const id = stored.readDoubleLE(at);
    const index = collection.indexes.find((other) => other.id === id);
    if (index) index.entries = stored.readDoubleLE(at + 8);
  }
}

function storedCollection(collection: Collection): Document {
  return {
    id: collection.id,
    db: collection.db,
    name: collection.name,
    count: collection.count,
    size: collection.size,
    indexes: collection.indexes.map((index) => {
      const { key, partial, ...rest } = index.definition;
      return {
        ...rest,
        id: index.id,
        key: Object.entries(key),
        partial: partial ?? null,
        multikey: index.multikey,
        cut: index.cut,
        entries: index.entries,
      };
    }),
  };
}

function checkNames(db: string, name: string): void {
  if (db === '' || /[/\\. "$\0]/.test(db) || db.length > 63) {
    throw new StoreError(73, `Invalid database name: '${db}'`);
  }
  if (
    name === '' ||
    name.includes('\0') ||
    name.includes('$') ||
    name.startsWith('.') ||
    name.endsWith('.')
  ) {
    throw new StoreError(73, `Invalid collection name: ${name}`);
  }
  if (name.startsWith('system.')) throw new StoreError(73, `Invalid system namespace: ${db}.${name}`);
  if (db.length + name.length > 254)
    throw new StoreError(73, `Fully qualified namespace is too long: ${db}.${name}`);
}
