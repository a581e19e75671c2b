import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { startEmbeddedStore, type EmbeddedStore } from '../../store/embedded/start.js';

export interface TestStore {
  /** Names a database of its own. */
  readonly uri: string;
  readonly dbName: string;
  /** Drops the database. */
  close(): Promise<void>;
}

let shared: Promise<{ store: EmbeddedStore; folder: string }> | undefined;

function sharedStore(): Promise<{ store: EmbeddedStore; folder: string }> {
  shared ??= (async () => {
    const folder = mkdtempSync(join(tmpdir(), 'provost-store-'));
    const store = await startEmbeddedStore({ dataDir: folder });
    store.unref();
    // The store ends with this process (its standard input closes); the folder is removed here.
    process.once('exit', () => {
      process.kill(store.pid, 'SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    });
    return { store, folder };
  })();
  return shared;
}

/** A fresh, empty database: on `MONGODB_URI` where that is set, else on one embedded store that this test run shares. */
export async function openTestStore(): Promise<TestStore> {
  const dbName = `test_${randomBytes(6).toString('hex')}`;
  const base = process.env.MONGODB_URI ?? (await sharedStore()).store.uri;
  const uri = withDatabase(base, dbName);
  return {
    uri,
    dbName,
    async close() {
      const client = await MongoClient.connect(uri);
      await client.db(dbName).dropDatabase();
      await client.close();
    },
  };
}

/** The URI with another database; the authority, a socket's path included, stays. */
export function withDatabase(uri: string, dbName: string): string {
  const match = /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?(\?.*)?$/.exec(uri);
  if (!match) throw new Error(`not a MongoDB URI: ${uri}`);
  return `${match[1] ?? ''}/${dbName}${match[2] ?? ''}`;
}

/** The embedded store of this test run, for tests that are about it; undefined when `MONGODB_URI` names another server. */
export async function embeddedStore(): Promise<EmbeddedStore | undefined> {
  return process.env.MONGODB_URI ? undefined : (await sharedStore()).store;
}
