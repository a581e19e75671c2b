import { Cursors } from './cursors.js';
import { Catalogue, KEY_FORMAT, type Collection } from './storage/catalogue.js';
import { Environment } from './storage/environment.js';
import { Records, tableKey } from './storage/records.js';

const GARBAGE_PER_WRITE = 2000;

export interface StoreLog {
  info(text: string): void;
  warn(text: string): void;
}

/** The store behind the commands: catalogue, documents, indexes, open cursors. */
export class Store {
  readonly cursors = new Cursors();
  readonly startedAt = Date.now();
  #collecting = false;

  private constructor(
    readonly environment: Environment,
    readonly catalogue: Catalogue,
    readonly records: Records,
    readonly log: StoreLog,
  ) {}

  static async open(folder: string, log: StoreLog): Promise<Store> {
    const catalogue = new Catalogue();
    const place: { environment?: Environment } = {};
    const opened = await Environment.open(folder, {
      beforeCommit: () => catalogue.save(),
      afterFailure: () => {
        if (place.environment) catalogue.load(place.environment);
      },
    });
    place.environment = opened;
    catalogue.load(opened);
    const store = new Store(opened, catalogue, new Records(opened, catalogue), log);
    await store.#checkIndexes();
    store.collectGarbage();
    return store;
  }

  find(db: string, name: string): Collection | undefined {
    return this.catalogue.find(db, name);
  }

  /** Runs a function in the next write transaction; see `Environment.write`. */
  write<Result>(action: () => Result): Promise<Result> {
    return this.environment.write(action);
  }

  /** Within a transaction: the collection, made when it is missing. */
  obtain(db: string, name: string): Collection {
    return this.catalogue.find(db, name) ?? this.catalogue.create(db, name);
  }

  /** Removes the records of dropped collections and indexes, a few at a time, beside other work. */
  collectGarbage(): void {
    if (this.#collecting || this.catalogue.garbage.length === 0) return;
    this.#collecting = true;
    const step = async (): Promise<void> => {
      while (this.catalogue.garbage.length > 0) {
        await this.write(() => {
          const [item] = this.catalogue.garbage;
          if (!item || !this.records.removeSpace(item.table, item.id, GARBAGE_PER_WRITE)) return;
          this.catalogue.garbage.shift();
          this.catalogue.metaChanged();
        });
      }
    };
    step()
      .catch((error: unknown) => this.log.warn(`Dropped data could not be removed yet: ${String(error)}`))
      .finally(() => (this.#collecting = false));
  }

  /** As `collectGarbage`, from within a transaction. */
  collectGarbageSoon(): void {
    setImmediate(() => this.collectGarbage());
  }

  /** Compares the number of documents and index entries with what was counted; builds anew what does not agree. */
  async #checkIndexes(): Promise<void> {
    const rebuildAll = this.catalogue.keyFormat !== KEY_FORMAT;
    for (const collection of this.catalogue.all()) {
      const documents = this.environment.documents.count(spaceOf(collection.id));
      const recount = documents !== collection.count;
      for (const index of [...collection.indexes]) {
        const entries = this.environment.entries.count(spaceOf(index.id));
        if (!rebuildAll && !recount && entries === index.entries) continue;
        this.log.warn(
          `Index ${collection.namespace} ${index.name} is being rebuilt (${entries} entries found, ${index.entries} expected)`,
        );
        await this.rebuildIndex(collection, index.name);
      }
      if (recount) {
        await this.write(() => {
          collection.count = documents;
          this.catalogue.changed(collection);
        });
      }
    }
    if (rebuildAll) {
      await this.write(() => {
        this.catalogue.keyFormat = KEY_FORMAT;
        this.catalogue.metaChanged();
      });
    }
  }

  async rebuildIndex(collection: Collection, name: string): Promise<void> {
    await this.write(() => {
      const index = collection.indexes.find((other) => other.name === name);
      if (!index) return;
      while (!this.records.removeSpace('entries', index.id, 10_000));
      index.entries = 0;
      this.records.build(collection, index);
      this.catalogue.changed(collection);
    });
  }

  async close(): Promise<void> {
    await this.environment.close();
  }
}

export function spaceOf(id: number): { start: Buffer; end: Buffer } {
  return { start: tableKey(id), end: tableKey(id + 1) };
}
