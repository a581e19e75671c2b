import { expect } from 'chai';
import { openStore } from '../../store/store.js';
import { openTestStore } from './store-fixture.js';

describe('Opening the store', function () {
  if (process.env.MONGODB_URI !== undefined) return;

  it('uses the database that the URI names, and `provost` where it names none', async () => {
    const { uri, dbName, close } = await openTestStore();
    const [hosts = ''] = /^mongodb:\/\/[^/]+/.exec(uri) ?? [];
    for (const [given, expected] of [
      [uri, dbName],
      [hosts, 'provost'],
      [`${hosts}/`, 'provost'],
      [`${hosts}/?directConnection=true`, 'provost'],
    ] as const) {
      const store = await openStore({ uri: given });
      expect(store.db.databaseName, given).to.equal(expected);
      if (expected !== dbName) await store.db.dropDatabase();
      await store.close();
    }
    await close();
  });
});
