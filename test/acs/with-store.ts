import { openStore, type Store } from '../../store/store.js';
import { openTestStore as openDatabase } from '../store/store-fixture.js';

/** A store of the test's own, empty; `close` drops it. */
export async function openTestStore(): Promise<{ store: Store; uri: string; close: () => Promise<void> }> {
  const database = await openDatabase();
  const store = await openStore({ uri: database.uri });
  return {
    store,
    uri: database.uri,
    close: async () => {
      await store.close();
      await database.close();
    },
  };
}
