import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient, type Collection } from 'mongodb';
import { startEmbeddedStore } from '../../store/embedded/start.js';
import { verifyFolder } from '../../store/embedded/verify.js';

const ROUNDS = Number(process.env.KILL_ROUNDS ?? 4);
const WRITERS = 8;

describe('the embedded store, killed at any moment', function () {
  this.timeout(120_000);
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'provost-kill-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Writes until the connection breaks; gives what was acknowledged. */
  async function writeUntilKilled(
    things: Collection,
    writer: number,
    round: number,
  ): Promise<{ inserted: number[]; counter: number }> {
    const inserted: number[] = [];
    let counter = 0;
    try {
      await things.updateOne(
        { _id: `counter ${writer} ${round}` as never },
        { $set: { kind: 'counter' } },
        { upsert: true },
      );
      for (let i = 0; ; i++) {
        const n = (round * WRITERS + writer) * 1_000_000 + i;
        await things.insertOne({ n, group: n % 7, filler: 'x'.repeat(n % 3000) });
        inserted.push(n);
        await things.updateOne({ _id: `counter ${writer} ${round}` as never }, { $inc: { count: 1 } });
        counter = i + 1;
      }
    } catch {
      return { inserted, counter };
    }
  }

  it('loses nothing that it acknowledged and has no index entry without its document', async () => {
    let acknowledged = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const store = await startEmbeddedStore({ dataDir: folder, dbName: 'kill' });
      const client = await MongoClient.connect(store.uri, {
        serverSelectionTimeoutMS: 500,
        retryWrites: false,
      });
      const things = client.db().collection('things');
      await things.createIndex({ n: 1 }, { unique: true, sparse: true }, {});
      await things.createIndex({ group: 1, n: -1 }, {}, {});
      const writers = Array.from({ length: WRITERS }, (_, writer) => writeUntilKilled(things, writer, round));
      const target = (await things.countDocuments()) + 150 + round * 37;
      while ((await things.countDocuments()) < target);
      process.kill(store.pid, 'SIGKILL');
      await store.exited;
      const results = await Promise.all(writers);
      await client.close();

      const again = await startEmbeddedStore({ dataDir: folder, dbName: 'kill' });
      const reader = await MongoClient.connect(again.uri);
      const kept = reader.db().collection('things');
      for (const [writer, { inserted, counter }] of results.entries()) {
        acknowledged += inserted.length;
        expect(await kept.countDocuments({ n: { $in: inserted } })).to.equal(inserted.length);
        const saved = await kept.findOne({ _id: `counter ${writer} ${round}` as never });
        expect(Number(saved?.count ?? 0)).to.be.at.least(counter);
      }
      await reader.close();
      await again.stop();
      expect(await verifyFolder(folder)).to.deep.equal([]);
    }
    expect(acknowledged).to.be.greaterThan(ROUNDS * 100);
  });

  it('serves the pool that a client already has, once it is started again on its socket', async () => {
    let store = await startEmbeddedStore({ dataDir: folder, dbName: 'kill' });
    const { uri } = store;
    const client = await MongoClient.connect(uri, { serverSelectionTimeoutMS: 500, retryWrites: false });
    const things = client.db().collection<{ _id: number }>('things');
    const acknowledged: number[] = [];
    let going = true;
    let failures = 0;
    /** Inserts numbers one after the other, each until it is in; what a killed store had already written is a duplicate. */
    const insertAll = async (writer: number): Promise<void> => {
      for (let i = 0; going; i++) {
        const _id = i * WRITERS + writer;
        for (let done = false; !done;) {
          try {
            await things.insertOne({ _id });
            done = true;
          } catch (error) {
            done = (error as { code?: unknown }).code === 11000;
            if (!done) failures++;
          }
          if (done) acknowledged.push(_id);
        }
      }
    };
    const writers = Array.from({ length: WRITERS }, (_, writer) => insertAll(writer));
    const untilMore = async (): Promise<void> => {
      const target = acknowledged.length + 200;
      while (acknowledged.length < target) await new Promise((turn) => setImmediate(turn));
    };
    for (let round = 0; round < 3; round++) {
      await untilMore();
      const failed = failures;
      process.kill(store.pid, 'SIGKILL');
      await store.exited;
      while (failures === failed) await new Promise((turn) => setImmediate(turn));
      expect(readdirSync(folder), 'what the killed store left').to.include.members([
        'store.sock',
        'store.lock',
      ]);
      store = await startEmbeddedStore({ dataDir: folder, dbName: 'kill' });
      expect(store.uri).to.equal(uri);
    }
    await untilMore();
    going = false;
    await Promise.all(writers);
    expect(await things.countDocuments({ _id: { $in: acknowledged } })).to.equal(acknowledged.length);
    await client.close();
    await store.stop();
    expect(await verifyFolder(folder)).to.deep.equal([]);
  });

  it('can be started again at once after its server was killed', async () => {
    const parent = spawn(
      process.execPath,
      [
        '--import',
        'tsx',
        '--input-type=module',
        '-e',
        `import { startEmbeddedStore } from ${JSON.stringify(new URL('../../store/embedded/start.ts', import.meta.url).href)};
         const store = await startEmbeddedStore({ dataDir: ${JSON.stringify(folder)} });
         console.log(store.pid);`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const pid = await new Promise<number>((resolve) =>
      parent.stdout.once('data', (line: Buffer) => resolve(Number(line))),
    );
    parent.kill('SIGKILL');
    const store = await startEmbeddedStore({ dataDir: folder });
    expect(store.pid).not.to.equal(pid);
    await store.stop();
  });

  it('refuses a second server on its folder in one line', async () => {
    const store = await startEmbeddedStore({ dataDir: folder });
    let message = '';
    await startEmbeddedStore({ dataDir: folder, retryFor: 0 }).catch(
      (error: unknown) => (message = (error as Error).message),
    );
    expect(message).to.match(/^The data folder .* is in use by another store \(process \d+\)$/);
    await store.stop();
  });

  it('says in one line that its folder cannot be written', async () => {
    let message = '';
    await startEmbeddedStore({ dataDir: '/proc/nowhere' }).catch(
      (error: unknown) => (message = (error as Error).message),
    );
    expect(message).to.not.equal('');
    expect(message).to.not.include('\n');
  });
});
