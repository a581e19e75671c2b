import { expect } from 'chai';
import mongoose, { Schema, type Connection, type Types } from 'mongoose';
import { openTestStore, type TestStore } from '../store-fixture.js';

interface Owner {
  name: string;
  email?: string | null;
}
interface Gadget {
  label: string;
  owner?: Types.ObjectId | null;
  tags: string[];
  parts: { code: string; count: number }[];
  price?: Types.Decimal128;
  seenAt?: Date;
}

const ownerSchema = new Schema<Owner>({
  name: { type: String, required: true },
  email: { type: String, unique: true, sparse: true },
});
const gadgetSchema = new Schema<Gadget>(
  {
    label: { type: String, required: true, index: true },
    owner: { type: Schema.Types.ObjectId, ref: 'Owner' },
    tags: [String],
    parts: [{ _id: false, code: String, count: Number }],
    price: Schema.Types.Decimal128,
    seenAt: Date,
  },
  { timestamps: true, optimisticConcurrency: true },
);

const makeOwners = (connection: Connection) => connection.model('Owner', ownerSchema);
const makeGadgets = (connection: Connection) => connection.model('Gadget', gadgetSchema);

describe('mongoose on the store', () => {
  let store: TestStore;
  let connection: Connection;
  let owners: ReturnType<typeof makeOwners>;
  let gadgets: ReturnType<typeof makeGadgets>;

  before(async () => {
    store = await openTestStore();
    connection = await mongoose.createConnection(store.uri).asPromise();
    owners = makeOwners(connection);
    gadgets = makeGadgets(connection);
  });

  after(async () => {
    await connection.close();
    await store.close();
  });

  it('makes collections and indexes once, and again without a fault', async () => {
    await owners.createCollection();
    await owners.init();
    await owners.createCollection();
    expect(await owners.syncIndexes()).to.deep.equal([]);
    const names = (await owners.listIndexes()).map((index: { name?: string }) => index.name);
    expect(names).to.have.members(['_id_', 'email_1']);
  });

  it('drops indexes that the schema no longer has', async () => {
    await gadgets.init();
    await gadgets.collection.createIndex({ price: 1 }, { name: 'old' }, {});
    expect(await gadgets.syncIndexes()).to.deep.equal(['old']);
  });

  it('saves, finds, changes and populates documents', async () => {
    const owner = await owners.create({ name: 'Ada', email: 'ada@example.org' });
    const made = await gadgets.create({
      label: 'lamp',
      owner: owner._id,
      tags: ['a'],
      parts: [{ code: 'x', count: 1 }],
      price: '12.50',
    });
    made.set('tags', ['a', 'b']);
    made.get('parts').push({ code: 'y', count: 2 });
    made.set('seenAt', new Date('2026-01-02T03:04:05.678Z'));
    await made.save();
    const found = await gadgets.findOne({ label: 'lamp' }).populate('owner').orFail();
    expect((found.get('owner') as unknown as { name: string }).name).to.equal('Ada');
    expect(found.get('tags')).to.deep.equal(['a', 'b']);
    expect(found.get('parts')).to.have.length(2);
    expect(String(found.get('price'))).to.equal('12.50');
    expect(found.get('seenAt')!.toISOString()).to.equal('2026-01-02T03:04:05.678Z');
  });

  it('refuses a save from an older version of the document', async () => {
    const made = await gadgets.create({ label: 'clock', tags: [] });
    const one = await gadgets.findById(made._id).orFail();
    const other = await gadgets.findById(made._id).orFail();
    one.set('label', 'clock 1');
    await one.save();
    other.set('label', 'clock 2');
    let fault: unknown;
    await other.save().catch((error: unknown) => (fault = error));
    expect(fault).to.be.instanceOf(mongoose.Error.VersionError);
    expect((await gadgets.findById(made._id).orFail()).get('label')).to.equal('clock 1');
  });

  it('knows a duplicate key by code 11000', async () => {
    await owners.create({ name: 'Bob', email: 'bob@example.org' });
    let code: unknown;
    await owners
      .create({ name: 'Bobby', email: 'bob@example.org' })
      .catch((error: unknown) => (code = (error as { code: unknown }).code));
    expect(code).to.equal(11000);
    await owners.create([{ name: 'no mail 1' }, { name: 'no mail 2' }]);
  });

  it('upserts once and then updates', async () => {
    const change = { $setOnInsert: { tags: ['new'] }, $set: { seenAt: new Date(0) } };
    const options = { upsert: true, returnDocument: 'after' } as const;
    const first = await gadgets.findOneAndUpdate({ label: 'upserted' }, change, options).orFail();
    const second = await gadgets
      .findOneAndUpdate({ label: 'upserted' }, { $push: { tags: 'more' } }, options)
      .orFail();
    expect(second.id).to.equal(first.id);
    expect(second.get('tags')).to.deep.equal(['new', 'more']);
  });

  it('writes in bulk and reads by cursor', async () => {
    await gadgets.bulkWrite([
      ...Array.from({ length: 250 }, (_, i) => ({
        insertOne: { document: { label: `bulk ${i}`, tags: [String(i % 5)] } },
      })),
      { updateMany: { filter: { tags: '3' }, update: { $set: { seenAt: new Date(1) } } } },
      { deleteMany: { filter: { tags: '4' } } },
    ] as Parameters<(typeof gadgets)['bulkWrite']>[0]);
    expect(await gadgets.countDocuments({ label: /^bulk / })).to.equal(200);
    expect(await gadgets.countDocuments({ seenAt: new Date(1) })).to.equal(50);
    const labels: string[] = [];
    for await (const gadget of gadgets
      .find({ label: /^bulk / })
      .sort({ label: 1 })
      .lean()
      .cursor({ batchSize: 30 })) {
      labels.push(gadget.label);
    }
    expect(labels).to.have.length(200);
    expect(labels).to.deep.equal([...labels].sort());
  });

  it('aggregates', async () => {
    const rows = await gadgets.aggregate<{ _id: string; n: number }>([
      { $match: { label: /^bulk / } },
      { $unwind: '$tags' },
      { $group: { _id: '$tags', n: { $sum: 1 } } },
      { $sort: { _id: 1 } },
    ]);
    expect(rows).to.deep.equal(['0', '1', '2', '3'].map((tag) => ({ _id: tag, n: 50 })));
  });
});
