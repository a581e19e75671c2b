import mongoose from 'mongoose';
import { openStore, type Store } from '../../../store/store.js';

export async function openTestStore(): Promise<{ store: Store; uri: string; close: () => Promise<void> }> {
  const name = `files_${new mongoose.Types.ObjectId().toHexString()}`;
  const uri = `mongodb://127.0.0.1:27117/${name}?directConnection=true`;
  const store = await openStore({ uri });
  return {
    store,
    uri,
    close: async () => {
      await store.connection.dropDatabase();
      await store.close();
    },
  };
}
