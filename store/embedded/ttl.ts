import { rawOf } from './bson/writer.js';
import { Executor } from './planner/execute.js';
import type { Filter } from './query/filter.js';
import type { Collection, Index } from './storage/catalogue.js';
import type { Store } from './store.js';

/** MongoDB removes expired documents once a minute. */
const INTERVAL = 60_000;
const PORTION = 200;

/** Removes the documents whose TTL index says that their time has come. Returns the function that ends this. */
export function startExpiry(store: Store, interval = INTERVAL): () => void {
  let running = false;
  const tick = (): void => {
    store.cursors.expire();
    if (running) return;
    running = true;
    removeExpired(store)
      .catch((error: unknown) => store.log.warn(`Expired documents could not be removed: ${String(error)}`))
      .finally(() => (running = false));
  };
  const timer = setInterval(tick, interval);
  return () => clearInterval(timer);
}

/** One pass over all TTL indexes; returns how many documents were removed. */
export async function removeExpired(store: Store, now = Date.now()): Promise<number> {
  let removed = 0;
  for (const collection of store.catalogue.all()) {
    for (const index of collection.indexes) {
      const seconds = index.definition.expireAfterSeconds;
      if (seconds === undefined) continue;
      const before = new Date(now - seconds * 1000);
      for (let count = PORTION; count === PORTION;) {
        count = await store.write(() => removePortion(store, collection, index, before));
        removed += count;
      }
    }
  }
  return removed;
}

function removePortion(store: Store, collection: Collection, index: Index, before: Date): number {
  const path = index.fields[0]?.path;
  if (!path || collection.dropped) return 0;
  const expired: Filter = { kind: 'field', path, test: { op: 'lte', value: rawOf(before) } };
  const filter: Filter = {
    kind: 'and',
    parts: index.partialFilter ? [expired, index.partialFilter] : [expired],
  };
  const found = [...new Executor(store.environment, collection, { filter, limit: PORTION }).run()];
  for (const { idKey, document } of found) store.records.remove(collection, idKey, document);
  return found.length;
}
