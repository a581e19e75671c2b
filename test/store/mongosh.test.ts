import { expect } from 'chai';
import { MongoClient, type Db, type Document } from 'mongodb';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedStore, type EmbeddedStore } from '../../store/embedded/start.js';

/** The commands that mongosh 2 sends by itself and for its helpers, as they were seen on the wire. */
for (const way of ['its socket', 'a loopback port'] as const) {
  describe(`the embedded store, asked by mongosh through ${way}`, () => {
    let folder: string;
    let store: EmbeddedStore;
    let client: MongoClient;
    let admin: Db;
    let db: Db;

    before(async () => {
      folder = mkdtempSync(join(tmpdir(), 'provost-mongosh-'));
      store = await startEmbeddedStore({
        dataDir: folder,
        dbName: 'shop',
        ...(way === 'its socket' ? {} : { tcpPort: 0 }),
      });
      client = await MongoClient.connect(store.uri, { appName: 'mongosh 2.12.0' });
      admin = client.db('admin');
      db = client.db();
      await db.collection('devices').insertMany([
        { _id: 1, a: 1 },
        { _id: 2, a: 2 },
      ] as never[]);
      await db.collection('devices').createIndex({ a: 1 }, {}, {});
    });

    after(async () => {
      await client.close();
      await store.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    const batch = async (command: Document): Promise<Document[]> =>
      ((await db.command(command)).cursor as { firstBatch: Document[] }).firstBatch;

    it('answers what is asked at the start', async () => {
      expect((await admin.command({ hello: 1 })).isWritablePrimary).to.equal(true);
      expect((await admin.command({ buildInfo: 1 })).version).to.match(/^\d+\.\d+\.\d+$/);
      expect((await admin.command({ getCmdLineOpts: 1 })).parsed).to.deep.equal({});
      expect((await admin.command({ getLog: 'startupWarnings' })).log).to.deep.equal([]);
      expect((await admin.command({ getLog: '*' })).names).to.include('startupWarnings');
      expect((await admin.command({ hostInfo: 1 })).system).to.have.property('numCores');
      expect(
        (await admin.command({ getParameter: 1, featureCompatibilityVersion: 1 }))
          .featureCompatibilityVersion,
      ).to.have.property('version');
      expect((await db.command({ connectionStatus: 1, showPrivileges: true })).authInfo).to.deep.equal({
        authenticatedUsers: [],
        authenticatedUserRoles: [],
      });
      expect((await admin.command({ ping: 1 })).ok).to.equal(1);
    });

    it('lists databases, collections and indexes', async () => {
      const { databases } = await admin.command({ listDatabases: 1, nameOnly: true });
      expect(databases).to.deep.equal([{ name: 'shop' }]);
      expect(await batch({ listCollections: 1, nameOnly: true, authorizedCollections: true })).to.deep.equal([
        { name: 'devices', type: 'collection' },
      ]);
      expect((await batch({ listIndexes: 'devices' })).map(({ name }) => name as string)).to.deep.equal([
        '_id_',
        'a_1',
      ]);
    });

    it('tells the statistics of a collection as a command and as the stage that stats() sends', async () => {
      const stats = await db.command({ collStats: 'devices' });
      expect(stats).to.include({ ns: 'shop.devices', count: 2, nindexes: 2, capped: false });
      const [row] = await batch({
        aggregate: 'devices',
        pipeline: [{ $collStats: { storageStats: { scale: 1 }, count: {} } }],
        cursor: {},
      });
      expect(row).to.include({ ns: 'shop.devices', count: 2 });
      expect(row?.storageStats).to.include({ count: 2, size: stats.size as number, nindexes: 2 });
      expect((await db.command({ dbStats: 1 })).objects).to.equal(2);
    });

    it('explains a find and an aggregation', async () => {
      for (const command of [
        { find: 'devices', filter: { a: 1 } },
        { aggregate: 'devices', pipeline: [{ $match: { a: 1 } }], cursor: {} },
      ]) {
        const plan = await db.command({ explain: command, verbosity: 'queryPlanner' });
        expect(JSON.stringify(plan.queryPlanner)).to.include('"indexName":"a_1"');
      }
    });

    it('refuses by name what it has not', async () => {
      const cases: [Document, RegExp][] = [
        [{ usersInfo: 1 }, /usersInfo.*MONGODB_URI/],
        [{ profile: -1 }, /profile.*MONGODB_URI/],
        [{ validate: 'devices' }, /validate.*MONGODB_URI/],
        [{ getLog: 'nonsense' }, /nonsense/],
        [
          { aggregate: 'devices', pipeline: [{ $collStats: { latencyStats: {} } }], cursor: {} },
          /latencyStats.*MONGODB_URI/,
        ],
        [
          { aggregate: 'devices', pipeline: [{ $match: {} }, { $collStats: { count: {} } }], cursor: {} },
          /only valid as the first stage/,
        ],
        [{ aggregate: 'devices', pipeline: [{ $indexStats: {} }], cursor: {} }, /\$indexStats.*MONGODB_URI/],
        [{ explain: { count: 'devices' } }, /explain of 'count'.*MONGODB_URI/],
      ];
      for (const [command, text] of cases) {
        const refusal = await db.command(command).then(
          () => 'accepted',
          (error: unknown) => (error as Error).message,
        );
        expect(refusal, JSON.stringify(command)).to.match(text);
      }
    });
  });
}
