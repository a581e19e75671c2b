import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient, ObjectId, type Collection, type Document } from 'mongodb';
import { startEmbeddedStore, type EmbeddedStore } from '../../store/embedded/start.js';

interface Stage extends Document {
  stage: string;
  inputStage?: Stage;
}

interface Explained {
  queryPlanner: { winningPlan: Stage };
  executionStats: Document;
}

describe('kinds of indexes of the embedded store', function () {
  this.timeout(90_000);
  let folder: string;
  let store: EmbeddedStore;
  let client: MongoClient;
  let things: Collection;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'provost-indexes-'));
    store = await startEmbeddedStore({ dataDir: folder, expiryInterval: 50 });
    client = await MongoClient.connect(store.uri);
  });

  beforeEach(() => {
    things = client.db().collection(`things_${new ObjectId().toHexString()}`);
  });

  after(async () => {
    await client.close();
    await store.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function codeOf(promise: Promise<unknown>): Promise<unknown> {
    try {
      await promise;
    } catch (error) {
      return (error as { code?: unknown }).code;
    }
    return undefined;
  }

  const names = async (filter: Document = {}): Promise<string[]> =>
    (await things.find(filter).sort({ name: 1 }).toArray()).map(({ name }) => String(name));

  async function untilGone(name: string): Promise<void> {
    const deadline = Date.now() + 10_000;
    while (await things.findOne({ name })) {
      if (Date.now() > deadline) throw new Error(`'${name}' was not removed`);
      await new Promise((again) => setTimeout(again, 20));
    }
  }

  describe('with a time to live', () => {
    it('remove what is older, and nothing without a date', async () => {
      const now = Date.now();
      await things.insertMany([
        { name: 'future', at: new Date(now + 3_600_000) },
        { name: 'text', at: '2000-01-01' },
        { name: 'number', at: 1 },
        { name: 'missing' },
        { name: 'young', at: new Date(now - 1000) },
        { name: 'old in an array', at: [new Date(now + 3_600_000), new Date(now - 61_000)] },
        { name: 'old', at: new Date(now - 61_000) },
      ]);
      await things.createIndex({ at: 1 }, { expireAfterSeconds: 60 }, {});
      await untilGone('old');
      await untilGone('old in an array');
      expect(await names()).to.deep.equal(['future', 'missing', 'number', 'text', 'young']);
    });

    it('remove only what a partial index holds', async () => {
      await things.createIndex(
        { at: 1 },
        { expireAfterSeconds: 0, partialFilterExpression: { done: true } },
        {},
      );
      await things.insertMany([
        { name: 'open', at: new Date(0), done: false },
        { name: 'done', at: new Date(0), done: true },
      ]);
      await untilGone('done');
      expect(await names()).to.deep.equal(['open']);
    });

    it('remove more documents than go into one portion', async () => {
      await things.insertMany(Array.from({ length: 500 }, () => ({ name: 'old', at: new Date(0) })));
      await things.createIndex({ at: 1 }, { expireAfterSeconds: 1 }, {});
      await untilGone('old');
      expect(await things.countDocuments()).to.equal(0);
    });
  });

  it('that are unique and sparse let many documents lack the field, but not be null twice', async () => {
    await things.createIndex({ u: 1 }, { unique: true, sparse: true }, {});
    await things.insertMany([{ n: 1 }, { n: 2 }, { u: null }, { u: 1 }]);
    expect(await codeOf(things.insertOne({ u: 1 }))).to.equal(11000);
    expect(await codeOf(things.insertOne({ u: null }))).to.equal(11000);
    expect(await codeOf(things.updateOne({ n: 1 }, { $set: { u: 1 } }))).to.equal(11000);
    await things.updateOne({ u: 1 }, { $unset: { u: '' } });
    await things.updateOne({ n: 1 }, { $set: { u: 1 } });
    expect(await things.countDocuments({ u: null })).to.equal(3);
  });

  it('that are unique and partial compare only the documents that fit their condition', async () => {
    await things.createIndex({ u: 1 }, { unique: true, partialFilterExpression: { on: true } }, {});
    await things.insertMany([{ u: 1, on: false }, { u: 1 }, { u: 1, on: true, name: 'holder' }]);
    expect(await codeOf(things.insertOne({ u: 1, on: true }))).to.equal(11000);
    expect(await codeOf(things.updateOne({ on: false }, { $set: { on: true } }))).to.equal(11000);
    await things.updateOne({ name: 'holder' }, { $set: { on: false } });
    await things.updateOne({ name: { $exists: false }, on: false }, { $set: { on: true } });
    expect(await things.countDocuments({ u: 1 })).to.equal(3);
    expect(await things.countDocuments({ u: 1, on: true })).to.equal(1);
  });

  it('that are unique let one document repeat a value in its array, but not two', async () => {
    await things.createIndex({ tags: 1 }, { unique: true }, {});
    await things.insertOne({ tags: ['a', 'a', 'b'] });
    expect(await codeOf(things.insertOne({ tags: ['c', 'b'] }))).to.equal(11000);
    expect(await things.countDocuments({ tags: 'c' })).to.equal(0);
  });

  it('do not take two arrays in one document', async () => {
    await things.createIndex({ a: 1, b: 1 }, {}, {});
    await things.insertOne({ a: [1], b: 1 });
    expect(await codeOf(things.insertOne({ a: [1], b: [1] }))).to.equal(171);
    expect(await codeOf(things.updateOne({}, { $set: { b: [2] } }))).to.equal(171);
    expect(await things.countDocuments({ a: 1, b: 1 })).to.equal(1);
  });

  it('sort the empty array before null and missing fields', async () => {
    await things.insertMany([{ name: 'missing' }, { name: 'empty', a: [] }, { name: 'one', a: 1 }]);
    const order = async (): Promise<unknown[]> =>
      (await things.find({}).sort({ a: 1 }).toArray()).map(({ name }) => name as unknown);
    expect(await order()).to.deep.equal(['empty', 'missing', 'one']);
    await things.createIndex({ a: 1 }, {}, {});
    expect(await order()).to.deep.equal(['empty', 'missing', 'one']);
  });

  describe('in what explain says', () => {
    async function plan(filter: Document, options: Document = {}): Promise<Explained> {
      return (await things.find(filter, options).explain('executionStats')) as Explained;
    }

    beforeEach(async () => {
      await things.insertMany(Array.from({ length: 50 }, (_, i) => ({ n: i, m: i % 5, tags: [i, i + 1] })));
      await things.createIndex({ m: 1, n: -1 }, { name: 'by m' }, {});
      await things.createIndex({ tags: 1 }, { name: 'by tag' }, {});
    });

    it('name the index of a query and count what was looked at', async () => {
      const { queryPlanner, executionStats } = await plan({ m: 2, n: { $gte: 20 } });
      expect(queryPlanner.winningPlan).to.deep.include({ stage: 'FETCH' });
      expect(queryPlanner.winningPlan.inputStage).to.deep.include({
        stage: 'IXSCAN',
        indexName: 'by m',
        keyPattern: { m: 1, n: -1 },
        isMultiKey: false,
        direction: 'forward',
      });
      expect(executionStats).to.deep.include({ nReturned: 6, totalKeysExamined: 6, totalDocsExamined: 6 });
      const multikey = (await plan({ tags: 7 })).queryPlanner.winningPlan.inputStage;
      expect(multikey).to.deep.include({ stage: 'IXSCAN', indexName: 'by tag', isMultiKey: true });
    });

    it('sort by an index where it has that order, from either end, and in memory where not', async () => {
      const forward = (await plan({ m: 1 }, { sort: { n: -1 } })).queryPlanner.winningPlan;
      expect(forward.inputStage).to.include({ stage: 'IXSCAN', indexName: 'by m', direction: 'forward' });
      const backward = (await plan({}, { sort: { m: -1, n: 1 } })).queryPlanner.winningPlan;
      expect(backward.inputStage).to.include({ stage: 'IXSCAN', indexName: 'by m', direction: 'backward' });
      expect((await plan({}, { sort: { m: 1, n: 1 } })).queryPlanner.winningPlan.stage).to.equal('SORT');
    });

    it('tell a whole scan and a look-up by _id', async () => {
      expect((await plan({ other: 1 })).queryPlanner.winningPlan.stage).to.equal('COLLSCAN');
      const one = await things.findOne();
      const byId = await plan({ _id: one?._id });
      expect(byId.queryPlanner.winningPlan).to.include({ stage: 'IDHACK', indexName: '_id_' });
      expect(byId.executionStats).to.include({ nReturned: 1, totalDocsExamined: 1 });
    });
  });
});
