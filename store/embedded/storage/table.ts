import type { Database, GetOptions, RangeOptions } from 'lmdb';
import type { Snapshot } from './snapshot.js';

/** The buffer that lmdb reads into, the same until a larger document comes, and a plain view of it. */
let lastShared: Buffer | undefined;
let lastView: Buffer | undefined;

/** lmdb takes the options here as in its other reads, but does not declare them. */
interface FastReads {
  getBinaryFast(key: Buffer, options: GetOptions | undefined): Buffer | undefined;
}

export interface TableRecord {
  readonly key: Buffer;
  readonly value: Buffer;
}

/** Records by key in the order of their keys' bytes. Within a write transaction it is read as written so far, else as last committed. */
export class Table {
  readonly #database: Database<Buffer, Buffer> & FastReads;
  readonly #snapshot: Snapshot;

  constructor(database: Database<Buffer, Buffer> & FastReads, snapshot: Snapshot) {
    this.#database = database;
    this.#snapshot = snapshot;
  }

  /** A record's value. The one copy of it comes from the pool of small buffers; `getBinary` would allocate for each. */
  get(key: Buffer): Buffer | undefined {
    const shared = this.#database.getBinaryFast(key, this.#snapshot.options);
    if (!shared) return undefined;
    const size = shared.length;
    const value = Buffer.allocUnsafe(size);
    // lmdb's own buffer is longer than the `length` that it has been given, so that its `copy` fails.
    value.set(new Uint8Array(shared.buffer, shared.byteOffset, size));
    return value;
  }

  /**
   * A document as it was read, without a copy: good until the next read of any record. The buffer may go on behind the end that the
   * document's own length tells.
   */
  borrow(key: Buffer): Buffer | undefined {
    const shared = this.#database.getBinaryFast(key, this.#snapshot.options) as
      (Buffer & { readonly maxLength?: number }) | undefined;
    if (!shared) return undefined;
    if (lastShared !== shared || !lastView) {
      lastShared = shared;
      lastView = Buffer.from(shared.buffer, shared.byteOffset, shared.maxLength ?? shared.length);
    }
    return lastView;
  }

  has(key: Buffer): boolean {
    return this.#database.getBinaryFast(key, this.#snapshot.options) !== undefined;
  }

  /** Within a write transaction. */
  put(key: Buffer, value: Buffer): void {
    this.#database.putSync(key, value);
  }

  /** Within a write transaction. */
  remove(key: Buffer): void {
    this.#database.removeSync(key);
  }

  range(range: RangeOptions): Iterable<TableRecord> {
    return this.#database.getRange(range);
  }

  keys(range: RangeOptions): Iterable<Buffer> {
    return this.#database.getKeys(range);
  }

  count(range: RangeOptions): number {
    return this.#database.getKeysCount(range);
  }
}
