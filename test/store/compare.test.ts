import { EJSON } from 'bson';
import {
  Decimal128,
  MongoBulkWriteError,
  MongoClient,
  type AnyBulkWriteOperation,
  type BulkWriteResult,
  type Collection,
  type Document,
  type WriteError,
} from 'mongodb';
import { OperationSource, type Operation } from './random-operations.js';
import { openTestStore, withDatabase, type TestStore } from './store-fixture.js';

const SECOND_ENGINE = process.env.SECOND_ENGINE_URI;
const COUNT = Number(process.env.COMPARE_OPERATIONS ?? 10_000);
/** The same operations each time; another number looks elsewhere. */
const SEED = Number(process.env.COMPARE_SEED ?? 1);
/** Operations between two comparisons of all documents; 1 finds the operation that a seed fails at. */
const BATCH = Number(process.env.COMPARE_BATCH ?? 40);
const LANES = 4;

const exact = { promoteValues: false, promoteLongs: false, bsonRegExp: true } as const;

/**
 * Canonical text of a value. The order of fields is left out: since version 5.0 MongoDB adds the new fields of an update in the order of
 * their names (manual, "Update Operators Behavior"), the second engine in the order of the update document.
 */
function text(value: unknown): string {
  return JSON.stringify(EJSON.serialize(value, { relaxed: false }), (_name, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

function withoutOrder(documents: Document[]): Document[] {
  return documents.map((document) => text(document)).sort() as unknown as Document[];
}

type Write = Extract<Operation, { kind: 'insert' | 'update' | 'replace' | 'delete' }>;

/** Whether the operation can go into one command with others; an insert that ends at its first error cannot. */
function isBulkWrite(operation: Operation): operation is Write {
  switch (operation.kind) {
    case 'insert':
      return !operation.ordered || operation.documents.length === 1;
    case 'update':
    case 'replace':
    case 'delete':
      return true;
    default:
      return false;
  }
}

const READS: readonly Operation['kind'][] = ['find', 'count', 'distinct', 'group'];

function modelsOf(operation: Write): AnyBulkWriteOperation[] {
  switch (operation.kind) {
    case 'insert':
      return operation.documents.map((document) => ({ insertOne: { document: { ...document } } }));
    case 'update': {
      const model = { filter: operation.filter, update: operation.update, ...operation.options };
      return [operation.many ? { updateMany: model } : { updateOne: model }];
    }
    case 'replace': {
      const replacement = { ...operation.document };
      return [{ replaceOne: { filter: operation.filter, replacement, ...operation.options } }];
    }
    case 'delete':
      return [{ deleteMany: { filter: operation.filter } }];
  }
}

/**
 * Whether the engines agree on how many documents are modified: adding 0, doubling 0, unsetting a null element or pushing what is cut off
 * again change nothing. The store does not count them ("modifiedCount" is of the documents that were changed), the second engine does.
 */
function isCounted(operation: Write): boolean {
  if (operation.kind !== 'update') return true;
  const { $inc, $mul, $unset, $push } = operation.update;
  return [$inc, $mul, $unset, $push].every((fields) => fields === undefined);
}

interface Outcome {
  readonly text: string;
  /** What failed, for the report of a difference. */
  readonly failures: readonly string[];
}

/** Runs writes in as few commands as the driver makes of them; the result in a form that can be compared. */
async function runBulk(
  things: Collection,
  operations: readonly Write[],
  isModifiedCounted: boolean,
): Promise<Outcome> {
  let result: BulkWriteResult;
  let errors: readonly WriteError[] = [];
  try {
    result = await things.bulkWrite(operations.flatMap(modelsOf), { ordered: false });
  } catch (error) {
    if (!(error instanceof MongoBulkWriteError)) throw error;
    ({ result } = error);
    errors = error.writeErrors as WriteError[];
  }
  const { insertedCount, matchedCount, modifiedCount, deletedCount, upsertedIds } = result;
  return {
    text: text({
      insertedCount,
      matchedCount,
      deletedCount,
      upserted: Object.keys(upsertedIds),
      ...(isModifiedCounted ? { modifiedCount } : {}),
      errors: errors.map(({ index, code }) => [index, code === 11000 ? code : true]).sort(),
    }),
    failures: errors.map(({ index, errmsg }) => `${index}: ${errmsg ?? ''}`),
  };
}

/** Runs an operation; the result in a form that can be compared, or that it failed. */
async function run(things: Collection, operation: Operation): Promise<Outcome> {
  try {
    return { text: text(await perform(things, operation)), failures: [] };
  } catch (error) {
    const { code, message, result } = error as {
      code?: unknown;
      message: string;
      result?: { insertedCount?: number };
    };
    return {
      text: text({
        failed: code === 11000 ? code : true,
        ...(result ? { inserted: result.insertedCount } : {}),
      }),
      failures: [message],
    };
  }
}

async function perform(things: Collection, operation: Operation): Promise<unknown> {
  switch (operation.kind) {
    case 'insert':
      return (await things.insertMany(operation.documents.map((document) => ({ ...document }))))
        .insertedCount;
    case 'findAndModify':
      return things.findOneAndUpdate(operation.filter, operation.update, { ...operation.options, ...exact });
    case 'findAndDelete':
      return things.findOneAndDelete(operation.filter, { sort: { _id: 1 }, ...exact });
    case 'find': {
      const found = await things.find(operation.filter, { ...operation.options, ...exact }).toArray();
      return operation.options.sort ? found : withoutOrder(found);
    }
    case 'count':
      return things.countDocuments(operation.filter);
    case 'distinct':
      // Of equal numbers of several types any one may stand for all.
      return (await things.distinct(operation.field, operation.filter))
        .map((value: unknown) =>
          text({ value: value instanceof Decimal128 ? Number(value.toString()) : value }),
        )
        .sort();
    case 'group': {
      const stages = [{ $match: operation.filter }, { $group: { _id: `$${operation.by}`, n: { $sum: 1 } } }];
      return (await things.aggregate(stages).toArray()).map((row) => text(row)).sort();
    }
    case 'createIndex':
      return things.createIndex(operation.key, operation.options, {});
    case 'dropIndex':
      await things.dropIndex(operation.name);
      return 'dropped';
    default:
      throw new Error(`${operation.kind} is part of a bulk write`);
  }
}

/** The two results from the first place on where they differ. */
function difference(x: string, y: string): string {
  let at = 0;
  while (x[at] === y[at]) at++;
  const from = Math.max(0, at - 200);
  return `differ at ${at} of ${x.length} and ${y.length}\nstore:  ${x.slice(from, at + 300)}\nengine: ${y.slice(from, at + 300)}`;
}

type Pair = [Collection, Collection];

/** Does the same on both engines and demands the same result. */
async function same(
  things: Pair,
  action: (one: Collection) => Promise<Outcome>,
  what: string,
): Promise<void> {
  const [x, y] = (await Promise.all(things.map(action))) as [Outcome, Outcome];
  if (x.text === y.text) return;
  // The second engine says of itself that it cannot run some filters.
  if (x.failures.length === 0 && y.failures.some((failure) => failure.includes('not supported yet'))) return;
  throw new Error(
    `${what}\n${difference(x.text, y.text)}\nstore:  ${x.failures.join('; ')}\nengine: ${y.failures.join('; ')}`,
  );
}

async function allOf(things: Collection): Promise<Outcome> {
  const documents = await things.find({}, { sort: { _id: 1 }, ...exact }).toArray();
  return { text: documents.map(text).join('\n'), failures: [] };
}

function shown(operations: readonly Operation[]): string {
  return operations.map((operation) => `\n  ${text(operation)}`).join('');
}

describe('random operations on the store and on a second engine', function () {
  this.timeout(300_000);
  let store: TestStore;
  let ours: MongoClient;
  let theirs: MongoClient;
  const dbName = `compare_${process.pid}_${SEED}`;

  before(async function () {
    if (SECOND_ENGINE === undefined) this.skip();
    store = await openTestStore();
    ours = await MongoClient.connect(store.uri);
    theirs = await MongoClient.connect(withDatabase(SECOND_ENGINE, dbName));
  });

  after(async () => {
    if (SECOND_ENGINE === undefined) return;
    await theirs.db(dbName).dropDatabase();
    await theirs.close();
    await ours.close();
    await store.close();
  });

  async function lane(number: number): Promise<void> {
    const source = new OperationSource(SEED * LANES + number);
    const things = [ours.db(), theirs.db(dbName)].map((db) => db.collection(`lane${number}`)) as Pair;
    await Promise.all(things.map((one) => one.createIndex({ never: 1 }, {}, {})));
    for (let step = 0; step < COUNT / LANES; step += BATCH) {
      const batch = Array.from({ length: BATCH }, () => source.next());
      const where = `seed ${SEED}, lane ${number}, from step ${step}`;
      const writes = batch.filter(isBulkWrite);
      for (const isModifiedCounted of [true, false]) {
        const part = writes.filter((operation) => isCounted(operation) === isModifiedCounted);
        if (part.length > 0)
          await same(things, (one) => runBulk(one, part, isModifiedCounted), `${where}: ${shown(part)}`);
      }
      const others = batch.filter((operation) => !isBulkWrite(operation));
      for (const operation of others.filter(({ kind }) => !READS.includes(kind)))
        await same(things, (one) => run(one, operation), `${where}: ${text(operation)}`);
      await same(things, allOf, `${where}, all documents after ${shown(batch)}`);
      await Promise.all(
        others
          .filter(({ kind }) => READS.includes(kind))
          .map((operation) => same(things, (one) => run(one, operation), `${where}: ${text(operation)}`)),
      );
    }
  }

  it(`agree on ${COUNT} operations (seed ${SEED})`, async () => {
    await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)));
  });
});
