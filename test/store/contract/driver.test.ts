import { expect } from 'chai';
import {
  Binary,
  BSONRegExp,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  MongoClient,
  ObjectId,
  Timestamp,
  type Collection,
  type Db,
  type Document,
} from 'mongodb';
import { openTestStore, type TestStore } from '../store-fixture.js';

/** What the second engine answers to aggregation stages that it does not have. */
const UNSUPPORTED = 8000;

const EXACT = { promoteValues: false, promoteLongs: false, bsonRegExp: true } as const;

/**
 * The codes of failed writes as the second engine packs them (the SQLSTATE of PostgreSQL, in which it numbers MongoDB's errors), beside
 * MongoDB's.
 */
const PACKED_CODES = new Map<unknown, number>([
  [0x0100001d, 2],
  [0x0400001d, 14],
  [0x1100001d, 28],
  [0x1400001d, 40],
  [0x1d00001d, 66],
]);

describe('the MongoDB driver on the store', () => {
  let store: TestStore;
  let client: MongoClient;
  let db: Db;
  let things: Collection;

  before(async () => {
    store = await openTestStore();
    client = await MongoClient.connect(store.uri);
    db = client.db();
  });

  after(async () => {
    await client.close();
    await store.close();
  });

  beforeEach(async () => {
    things = db.collection(`things_${new ObjectId().toHexString()}`);
    await db.createCollection(things.collectionName);
  });

  async function failure(promise: Promise<unknown>): Promise<{ code?: unknown; message: string }> {
    try {
      await promise;
    } catch (error) {
      return error as { code?: unknown; message: string };
    }
    throw new Error('expected a failure');
  }

  it('keeps every BSON type through an update of its neighbour', async () => {
    const values: Document = {
      int: new Int32(1),
      whole: new Double(1),
      fraction: new Double(1.5),
      long: Long.fromNumber(1),
      large: Long.fromString('9007199254740993'),
      decimal: Decimal128.fromString('1.10'),
      text: 'ü€😀',
      id: new ObjectId(),
      bytes: new Binary(Buffer.from([0, 1, 2]), 0),
      uuid: new Binary(Buffer.alloc(16, 7), 4),
      yes: true,
      date: new Date('2026-01-02T03:04:05.678Z'),
      nothing: null,
      pattern: new BSONRegExp('^a.*', 'i'),
      stamp: new Timestamp({ t: 5, i: 6 }),
      min: new MinKey(),
      max: new MaxKey(),
      list: [new Int32(1), Long.fromNumber(2), new Double(3), { deep: Long.ONE }],
    };
    await things.insertOne({ ...values, _id: new ObjectId(), counter: 1 });
    await things.updateOne(
      {},
      { $inc: { counter: 1 }, $set: { 'fresh.field': 1 }, $push: { list: 'last' } as never },
    );
    const found = await things.findOne({}, EXACT);
    for (const [name, value] of Object.entries(values)) {
      if (name === 'list') expect((found?.list as unknown[]).slice(0, 4)).to.deep.equal(value);
      else expect(found?.[name], name).to.deep.equal(value);
    }
  });

  it('matches null, missing and arrays as MongoDB does', async () => {
    await things.insertMany([
      { n: 1 },
      { n: 2, a: null },
      { n: 3, a: 5 },
      { n: 4, a: [1, 5] },
      { n: 5, a: [] },
      { n: 6, a: [[5]] },
    ]);
    const numbers = async (filter: Document) =>
      (await things.find(filter).sort({ n: 1 }).toArray()).map(({ n }) => n as number);
    expect(await numbers({ a: null })).to.deep.equal([1, 2]);
    expect(await numbers({ a: { $exists: true } })).to.deep.equal([2, 3, 4, 5, 6]);
    expect(await numbers({ a: 5 })).to.deep.equal([3, 4]);
    expect(await numbers({ a: { $ne: 5 } })).to.deep.equal([1, 2, 5, 6]);
    expect(await numbers({ a: [5] })).to.deep.equal([6]);
    expect(await numbers({ a: { $size: 0 } })).to.deep.equal([5]);
    expect(await numbers({ a: { $gt: 0, $lt: 4 } })).to.deep.equal([4]);
    expect(await numbers({ a: { $elemMatch: { $gt: 1 } } })).to.deep.equal([4]);
    expect(await numbers({ a: { $type: 'array' } })).to.deep.equal([4, 5, 6]);
  });

  it('sorts by type and by the elements of arrays', async () => {
    await things.insertMany([
      { _id: 1, a: 'x' },
      { _id: 2, a: 3 },
      { _id: 3 },
      { _id: 4, a: [2, 7] },
      { _id: 5, a: [9, 1] },
      { _id: 6, a: true },
    ] as never);
    const order = async (way: 1 | -1) =>
      (await things.find().sort({ a: way, _id: 1 }).toArray()).map(({ _id }) => _id as unknown as number);
    expect(await order(1)).to.deep.equal([3, 5, 4, 2, 1, 6]);
    expect(await order(-1)).to.deep.equal([6, 1, 5, 4, 2, 3]);
    await things.createIndex({ a: 1 }, {}, {});
    expect(await order(1)).to.deep.equal([3, 5, 4, 2, 1, 6]);
  });

  it('answers the errors of MongoDB by their codes', async () => {
    await things.insertOne({ _id: 'one', text: 'a', list: [1] } as never);
    const one = { _id: 'one' } as never;
    const code = async (promise: Promise<unknown>) => {
      const given = (await failure(promise)).code;
      return PACKED_CODES.get(given) ?? given;
    };
    expect(await code(things.insertOne({ _id: 'one' } as never))).to.equal(11000);
    expect(await code(things.updateOne(one, { $inc: { text: 1 } }))).to.equal(14);
    expect(await code(things.updateOne(one, { $set: { 'text.b': 1 } }))).to.equal(28);
    expect(await code(things.updateOne(one, { $set: { a: 1, 'a.b': 2 } }))).to.equal(40);
    expect(await code(things.updateOne(one, { $set: { _id: 'two' } }))).to.equal(66);
    expect(await code(things.updateOne(one, { $push: { text: 1 } } as never))).to.equal(2);
    expect(await code(db.createCollection(things.collectionName))).to.equal(48);
    expect(await code(db.command({ noSuchCommand: 1 }))).to.equal(59);
    expect(await code(things.dropIndex('none'))).to.equal(27);
    expect(await code(things.find({ a: { $nonsense: 1 } }).toArray())).to.equal(2);
  });

  it('refuses transactions and change streams', async () => {
    const session = client.startSession();
    const refused = await failure(
      session.withTransaction(async () => {
        await things.insertOne({ a: 1 }, { session });
      }),
    );
    expect(refused.message).to.match(/transaction|does not support/i);
    await session.endSession();
    expect(await things.countDocuments()).to.equal(0);
    expect((await failure(things.watch().next())).code).to.be.oneOf([40573, UNSUPPORTED]);
  });

  it('keeps a unique index and names it in the error', async () => {
    await things.createIndex({ a: 1, b: 1 }, { unique: true, name: 'pair' }, {});
    await things.insertMany([
      { a: 1, b: 1 },
      { a: 1, b: 2 },
    ]);
    const refused = await failure(things.insertOne({ a: 1, b: 2 }));
    expect(refused.code).to.equal(11000);
    expect(refused.message).to.include('pair');
    await things.updateOne({ a: 1, b: 1 }, { $set: { b: 1 } });
    expect((await failure(things.updateOne({ a: 1, b: 1 }, { $set: { b: 2 } }))).code).to.equal(11000);
    expect(await things.countDocuments({ a: 1, b: 1 })).to.equal(1);
  });

  it('refuses a unique index over duplicates and leaves none behind', async () => {
    await things.insertMany([{ a: 1 }, { a: 1 }]);
    expect((await failure(things.createIndex({ a: 1 }, { unique: true }, {}))).code).to.equal(11000);
    expect((await things.indexes()).map(({ name }) => name)).to.deep.equal(['_id_']);
  });

  it('writes what it can of an unordered batch, and an ordered one up to the error', async () => {
    const batch = () => [{ _id: 1 }, { _id: 1 }, { _id: 2 }] as never[];
    await failure(things.insertMany(batch()));
    expect(await things.countDocuments()).to.equal(1);
    await things.deleteMany({});
    await failure(things.insertMany(batch(), { ordered: false }));
    expect(await things.countDocuments()).to.equal(2);
  });

  it('updates the matched element, all elements, and filtered ones', async () => {
    await things.insertOne({
      list: [
        { k: 1, v: 1 },
        { k: 2, v: 2 },
        { k: 3, v: 3 },
      ],
    });
    await things.updateOne({ 'list.k': 2 }, { $set: { 'list.$.v': 20 } });
    await things.updateOne({}, { $inc: { 'list.$[].v': 1 } });
    await things.updateOne({}, { $set: { 'list.$[x].v': 0 } }, { arrayFilters: [{ 'x.k': { $gte: 3 } }] });
    expect((await things.findOne({}, { projection: { _id: 0 } }))?.list).to.deep.equal([
      { k: 1, v: 2 },
      { k: 2, v: 21 },
      { k: 3, v: 0 },
    ]);
  });

  it('pages through a large result and can be left in the middle', async () => {
    await things.insertMany(Array.from({ length: 1000 }, (_, i) => ({ i, filler: 'x'.repeat(200) })));
    const cursor = things.find().sort({ i: -1 }).batchSize(100);
    const seen: number[] = [];
    for await (const { i } of cursor) {
      seen.push(i as number);
      if (seen.length === 350) break;
    }
    expect(seen[349]).to.equal(650);
    const page = await things
      .find({ i: { $lt: 500 } })
      .sort({ i: 1 })
      .skip(100)
      .limit(5)
      .project({ _id: 0, i: 1 })
      .toArray();
    expect(page).to.deep.equal([100, 101, 102, 103, 104].map((i) => ({ i })));
  });

  it('finds and changes one document at a time for many takers', async () => {
    await things.insertMany(Array.from({ length: 20 }, (_, i) => ({ i, taken: false })));
    const taken = await Promise.all(
      Array.from({ length: 30 }, () =>
        things.findOneAndUpdate({ taken: false }, { $set: { taken: true } }, { sort: { i: 1 } }),
      ),
    );
    const numbers = taken.filter((document) => document !== null).map(({ i }) => i as number);
    expect(numbers.sort((a, b) => a - b)).to.deep.equal(Array.from({ length: 20 }, (_, i) => i));
  });
});
