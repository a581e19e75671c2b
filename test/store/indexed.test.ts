import { expect } from 'chai';
import fc from 'fast-check';
import {
  MongoBulkWriteError,
  MongoClient,
  type Collection,
  type Db,
  type Document,
  type FindOptions,
} from 'mongodb';
import { openTestStore, type TestStore } from './store-fixture.js';

const PATHS = ['a', 'b', 'c', 'sub.x', 'list.k', 'list.v'];
const QUERIES = 12;

const small = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -2, max: 4 }) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(0.5, 'a', 'ab', 'b', '', null, true, new Date(0)) },
);
const value = fc.oneof(
  { weight: 6, arbitrary: small },
  { weight: 2, arbitrary: fc.array(small, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.record({ x: small }) },
);
const document = fc.record(
  {
    a: value,
    b: value,
    c: small,
    sub: fc.record({ x: value }, { requiredKeys: [] }),
    list: fc.array(fc.record({ k: small, v: small }, { requiredKeys: [] }), { maxLength: 3 }),
  },
  { requiredKeys: [] },
);

const path = fc.constantFrom(...PATHS);
const condition: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: value },
  fc.record({ $gt: small }),
  fc.record({ $gte: fc.integer({ min: -2, max: 2 }), $lt: fc.integer({ min: -1, max: 4 }) }),
  fc.record({ $lte: small }),
  fc.record({ $ne: small }),
  fc.record({ $in: fc.array(value, { maxLength: 4 }) }),
  fc.record({ $nin: fc.array(small, { maxLength: 3 }) }),
  fc.record({ $exists: fc.boolean() }),
  fc.record({ $all: fc.array(small, { minLength: 1, maxLength: 2 }) }),
  fc.record({ $elemMatch: fc.record({ $gte: small, $lt: fc.integer({ min: 0, max: 5 }) }) }),
  fc.record({ $not: fc.record({ $lt: small }) }),
  fc.constantFrom({ $regex: '^a' }, { $type: 'number' }, { $type: 'array' }, { $size: 2 }),
);
const { filter } = fc.letrec<{ filter: Document }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small' },
    fc.dictionary(path, condition, { minKeys: 1, maxKeys: 3 }),
    fc.record({ list: fc.record({ $elemMatch: fc.record({ k: condition, v: condition }) }) }),
    fc.record({ $and: fc.array(tie('filter'), { minLength: 1, maxLength: 2 }) }),
    fc.record({ $or: fc.array(tie('filter'), { minLength: 1, maxLength: 2 }) }),
    fc.record({ $nor: fc.array(tie('filter'), { minLength: 1, maxLength: 1 }) }),
  ),
}));

const way = fc.constantFrom<1 | -1>(1, -1);
const order = fc.uniqueArray(fc.tuple(path, way), { maxLength: 3, selector: ([name]) => name });
const index = fc.record({
  key: fc.uniqueArray(fc.tuple(path, way), { minLength: 1, maxLength: 3, selector: ([name]) => name }),
  kind: fc.constantFrom('plain', 'plain', 'sparse', 'partial', 'unique', 'unique sparse'),
  partial: fc.constantFrom<Document>(
    { c: { $gte: 0 } },
    { a: { $exists: true } },
    { c: 1, b: { $type: 'number' } },
  ),
});
const query = fc.record({ filter, order, limit: fc.nat({ max: 6 }), skip: fc.nat({ max: 2 }) });

describe('the indexes of the store', function () {
  this.timeout(60_000);
  let store: TestStore;
  let client: MongoClient;
  let db: Db;
  let round = 0;

  before(async function () {
    if (process.env.MONGODB_URI) this.skip();
    store = await openTestStore();
    client = await MongoClient.connect(store.uri);
    db = client.db();
  });

  after(async () => {
    if (process.env.MONGODB_URI) return;
    await client.close();
    await store.close();
  });

  /** Inserts the documents that the indexes take; the others into neither collection. */
  async function fill(indexed: Collection, plain: Collection, documents: readonly Document[]): Promise<void> {
    const refused = new Set<number>();
    const numbered = documents.map((one, _id) => ({ ...one, _id: _id as never }));
    try {
      await indexed.insertMany(numbered, { ordered: false });
    } catch (error) {
      if (!(error instanceof MongoBulkWriteError)) throw error;
      for (const { index: at, code } of [error.writeErrors].flat()) {
        expect(code).to.be.oneOf([171, 11000]);
        refused.add(at);
      }
    }
    const taken = numbered.filter((_, at) => !refused.has(at));
    if (taken.length > 0) await plain.insertMany(taken);
  }

  /** The ids in order, without an order ascending; or the code of the refusal. */
  async function idsOf(
    things: Collection,
    wanted: Document,
    options: FindOptions,
  ): Promise<number[] | string> {
    try {
      const found = await things.find(wanted, { ...options, projection: { _id: 1 } }).toArray();
      const ids = found.map(({ _id }) => Number(_id));
      return options.sort ? ids : ids.sort((x, y) => x - y);
    } catch (error) {
      // Two arrays at once have no order: MongoDB refuses such a sort.
      const { code } = error as { code?: unknown };
      expect(code, String(error)).to.equal(2);
      return 'refused';
    }
  }

  it('give the same documents in the same order as a full scan', async () => {
    const stages: string[] = [];
    await fc.assert(
      fc.asyncProperty(
        fc.array(document, { minLength: 10, maxLength: 40 }),
        fc.array(index, { minLength: 1, maxLength: 4 }),
        fc.array(query, { minLength: QUERIES, maxLength: QUERIES }),
        async (documents, indexes, queries) => {
          const [indexed, plain] = [db.collection(`indexed${++round}`), db.collection(`plain${round}`)];
          for (const { key, kind, partial } of indexes) {
            const options = {
              ...(kind.includes('unique') ? { unique: true } : {}),
              ...(kind.includes('sparse') ? { sparse: true } : {}),
              ...(kind === 'partial' ? { partialFilterExpression: partial } : {}),
            };
            const name = `${JSON.stringify(key)} ${kind} ${kind === 'partial' ? JSON.stringify(partial) : ''}`;
            await indexed.createIndex(new Map(key), { ...options, name }, {});
          }
          await fill(indexed, plain, documents);
          for (const { filter: wanted, order: fields, limit, skip } of queries) {
            // Only an order in which no two documents are equal says which come first.
            const isTotal = fields.length > 0;
            const options = isTotal ? { sort: new Map([...fields, ['_id', 1] as const]), limit, skip } : {};
            const [found, expected] = await Promise.all(
              [indexed, plain].map((things) => idsOf(things, wanted, options)),
            );
            expect(found, JSON.stringify({ wanted, fields, limit, skip, indexes })).to.deep.equal(expected);
            const { queryPlanner } = await indexed.find(wanted, options).explain('queryPlanner');
            stages.push(JSON.stringify(queryPlanner));
          }
          await Promise.all([indexed.drop(), plain.drop()]);
        },
      ),
      { numRuns: Number(process.env.INDEX_RUNS ?? 40) },
    );
    const used = stages.filter((plan) => plan.includes('IXSCAN')).length;
    expect(used, 'queries that an index served').to.be.greaterThan(stages.length / 20);
  });
});
