import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { open, RootDatabase } from 'lmdb';
import { StoreError } from '../errors.js';
import { Snapshot } from './snapshot.js';
import { Table } from './table.js';

/** Larger values are compressed (LZ4): LMDB gives values of more than about half a page whole pages of their own. */
const COMPRESS_FROM = 1900;
/** Address space reserved for the map; the file itself only grows as it is filled. */
const MAP_SIZE = 256 * 1024 ** 3;

interface Waiting {
  action: () => unknown;
  resolve: (result: unknown) => void;
  reject: (error: unknown) => void;
}

type Outcome = { ok: true; result: unknown } | { ok: false; error: unknown };

/**
 * The LMDB files. Reads see the last commit. Writes are queued functions; all that wait are run in one transaction, which is
 * flushed before any of them is answered; what comes meanwhile makes the next one. A function must find its faults before it writes: an error of its own is
 * answered to its caller alone, an error of the storage (a full disk) undoes the whole batch.
 */
export class Environment {
  readonly #root: RootDatabase<Buffer, Buffer>;
  readonly #snapshot: Snapshot;
  readonly #beforeCommit: () => void;
  readonly #afterFailure: () => void;
  readonly catalogue: Table;
  readonly documents: Table;
  readonly entries: Table;
  #queue: Waiting[] = [];
  #writing: Promise<void> | undefined;

  private constructor(
    root: RootDatabase<Buffer, Buffer>,
    hooks: { beforeCommit: () => void; afterFailure: () => void },
  ) {
    this.#root = root;
    this.#beforeCommit = hooks.beforeCommit;
    this.#afterFailure = hooks.afterFailure;
    this.#snapshot = new Snapshot(root);
    const open = (name: string, compression: boolean): Table => {
      const database = root.openDB<Buffer, Buffer>({
        name,
        encoding: 'binary',
        keyEncoding: 'binary',
        compression: compression ? { threshold: COMPRESS_FROM } : false,
      });
      return new Table(database, this.#snapshot);
    };
    this.catalogue = open('catalogue', false);
    this.documents = open('documents', true);
    this.entries = open('entries', false);
  }

  static async open(
    folder: string,
    hooks: { beforeCommit: () => void; afterFailure: () => void },
  ): Promise<Environment> {
    const lmdb = await loadLmdb();
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const root = lmdb.open<Buffer, Buffer>({
      path: join(folder, 'store.mdb'),
      encoding: 'binary',
      keyEncoding: 'binary',
      pageSize: 4096,
      mapSize: MAP_SIZE,
      maxDbs: 8,
      eventTurnBatching: false,
    });
    return new Environment(root, hooks);
  }

  /** Runs the function in the next write transaction; resolves when what it wrote is on the disk. */
  write<Result>(action: () => Result): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ action, resolve: resolve as (result: unknown) => void, reject });
      this.#writing ??= this.#writeAll();
    });
  }

  async #writeAll(): Promise<void> {
    while (this.#queue.length > 0) await this.#commit();
    this.#writing = undefined;
  }

  async #commit(): Promise<void> {
    let batch: Waiting[] = [];
    let outcomes: Outcome[] = [];
    try {
      await this.#root.childTransaction(() => {
        batch = this.#queue;
        this.#queue = [];
        this.#snapshot.writing(() => {
          outcomes = batch.map(({ action }) => attempt(action));
          this.#beforeCommit();
        });
      });
      await this.#root.flushed;
    } catch (error) {
      if (batch.length === 0) batch = this.#queue.splice(0);
      this.#snapshot.renew();
      this.#afterFailure();
      const failure = storageError(error);
      for (const waiting of batch) waiting.reject(failure);
      return;
    }
    this.#snapshot.renew();
    for (const [i, waiting] of batch.entries()) {
      const outcome = outcomes[i];
      if (outcome?.ok) waiting.resolve(outcome.result);
      else waiting.reject(outcome?.error);
    }
  }

  get fileSize(): number {
    const stats = this.#root.getStats() as {
      root?: { pageSize?: number };
      mapSize?: number;
      lastPageNumber?: number;
    };
    return (stats.lastPageNumber ?? 0) * 4096;
  }

  /** Waits for the writes under way and closes the files. */
  async close(): Promise<void> {
    while (this.#writing) await this.#writing;
    await this.#root.close();
  }
}

function attempt(action: () => unknown): Outcome {
  try {
    return { ok: true, result: action() };
  } catch (error) {
    if (error instanceof StoreError || error instanceof RangeError || error instanceof TypeError) {
      return { ok: false, error };
    }
    throw error;
  }
}

/** Whether lmdb rejected with this because it could not write to the disk: by a code of LMDB or of the system, or pointing at one. */
export function isCommitFailure(reason: unknown): boolean {
  return (
    reason instanceof Error &&
    ('commitError' in reason || ('code' in reason && typeof reason.code === 'number'))
  );
}

function storageError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : '';
  if (/MDB_MAP_FULL|No space left|ENOSPC|quota|map.*full|Commit failed|transaction/i.test(text + cause)) {
    return new StoreError(14031, `The store could not write: ${text}${cause}. Is the disk full?`);
  }
  return new StoreError(1, `The store could not write: ${text}${cause}`);
}

async function loadLmdb(): Promise<{ open: typeof open }> {
  try {
    return await import('lmdb');
  } catch (error) {
    throw new Error(
      `The embedded store needs the binary of the package "lmdb" for this platform (@lmdb/lmdb-${process.platform}-${process.arch}), ` +
        'which is an optional package and was left out when the packages were installed. Install again without --omit=optional, or set MONGODB_URI.',
      { cause: error },
    );
  }
}
