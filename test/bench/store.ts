import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient, type Collection, type Document } from 'mongodb';
import { startEmbeddedStore } from '../../store/embedded/start.js';
import { cpuOf, median, Worker } from './worker.js';

export interface StoreBenchRow {
  readonly operation: string;
  readonly perSecond: number;
  /** CPU time of the store's process with all its threads, microseconds per operation; absent for a server that does not tell it. */
  readonly storeCpuMicros?: number;
  /** The same of a server that does nothing but give a ready reply to the same driver: no server in Node.js can do with less. */
  readonly bareCpuMicros?: number;
  readonly ratio?: number;
}

const CONCURRENCY = 8;
const DOCUMENTS = 5_000;
/** Operations before the first is measured: until then the servers still run code that is not compiled. */
const WARM_UP = 8_000;
const ROUNDS = 7;
const ROUND_MS = 500;

/** A server under measurement. */
interface Side {
  readonly things: Collection;
  readonly inserted: Collection;
  readonly pid: number | null;
  count: number;
}

type Run = (side: Side, n: number) => Promise<unknown>;

async function spin(side: Side, run: Run, more: () => boolean): Promise<void> {
  const loop = async (): Promise<void> => {
    while (more()) await run(side, side.count++);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, loop));
}

/** Rounds of the servers alternate, so that what else the machine does meets them alike. */
async function measure(operation: string, sides: readonly Side[], run: Run): Promise<StoreBenchRow> {
  const figures = sides.map(() => ({ rates: [] as number[], costs: [] as number[] }));
  for (const side of sides) {
    const end = side.count + WARM_UP;
    await spin(side, run, () => side.count < end);
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, side] of sides.entries()) {
      const [before, start, first] = [cpuOf(side.pid), performance.now(), side.count];
      await spin(side, run, () => performance.now() < start + ROUND_MS);
      const [after, done] = [cpuOf(side.pid), side.count - first];
      figures[i]?.rates.push((done * 1000) / (performance.now() - start));
      if (before !== null && after !== null) figures[i]?.costs.push(((after - before) * 1000) / done);
    }
  }
  const [store, bare] = figures.map(({ costs }) => (costs.length > 0 ? median(costs) : undefined));
  return {
    operation,
    perSecond: Math.round(median(figures[0]?.rates ?? [])),
    ...(store === undefined ? {} : { storeCpuMicros: Math.round(store) }),
    ...(store === undefined || bare === undefined
      ? {}
      : { bareCpuMicros: Math.round(bare), ratio: Number((store / bare).toFixed(1)) }),
  };
}

function sample(n: number, bytes: number): Document {
  return {
    n,
    serial: `SN${n}`,
    product: `model-${n % 10}`,
    lastInform: new Date(),
    state: 'online',
    counter: 0,
    nested: { a: 1, b: 'two', c: [1, 2, 3] },
    filler: 'x'.repeat(bytes - 200),
  };
}

/**
 * Measures the shapes of operation that a CWMP session uses, with 8 at a time; on the given server or on a store of its own, then beside a
 * bare server.
 */
export async function runStoreBench(uri?: string): Promise<StoreBenchRow[]> {
  if (uri !== undefined) return onServer(uri, null, []);
  const folder = mkdtempSync(join(tmpdir(), 'provost-bench-'));
  const store = await startEmbeddedStore({ dataDir: folder });
  const worker = new Worker('./bare-wire-worker.ts');
  const path = join(folder, 'bare.sock');
  const pid = (await worker.ask('listen', { path, found: { _id: 0, ...sample(0, 2000) } })) as number;
  const bare = await MongoClient.connect(`mongodb://${encodeURIComponent(path)}/?directConnection=true`);
  try {
    return await onServer(store.uri, store.pid, [sideOf(bare, pid)]);
  } finally {
    await bare.close();
    await worker.stop();
    await store.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function sideOf(client: MongoClient, pid: number | null): Side {
  const db = client.db(`bench_${process.pid}`);
  return { things: db.collection('things'), inserted: db.collection('inserted'), pid, count: 0 };
}

async function onServer(uri: string, pid: number | null, others: readonly Side[]): Promise<StoreBenchRow[]> {
  const client = await MongoClient.connect(uri);
  const side = sideOf(client, pid);
  try {
    await fill(side.things);
    return await measureAll([side, ...others]);
  } finally {
    await client.db(side.things.dbName).dropDatabase();
    await client.close();
  }
}

async function fill(things: Collection): Promise<void> {
  await things.createIndex({ product: 1, serial: 1 }, {}, {});
  for (let from = 0; from < DOCUMENTS; from += 500) {
    await things.insertMany(
      Array.from({ length: 500 }, (_, i) => ({ _id: from + i, ...sample(from + i, 2000) })) as never[],
    );
  }
}

async function measureAll(sides: readonly Side[]): Promise<StoreBenchRow[]> {
  const pick = (n: number): number => (n * 7919) % DOCUMENTS;
  const byId = (n: number): Document => ({ _id: pick(n) });
  return [
    await measure('findOne by _id', sides, ({ things }, n) => things.findOne(byId(n))),
    await measure('findOne by compound index', sides, ({ things }, n) =>
      things.findOne({ product: `model-${pick(n) % 10}`, serial: `SN${pick(n)}` }),
    ),
    await measure('updateOne, 3 fields of 2 KB', sides, ({ things }, n) =>
      things.updateOne(byId(n), { $set: { state: `s${n}`, lastInform: new Date(), counter: n } }),
    ),
    await measure('insertOne, 1 KB', sides, ({ inserted }, n) => inserted.insertOne(sample(n, 1000))),
    await measure('findOneAndUpdate by _id', sides, ({ things }, n) =>
      things.findOneAndUpdate(byId(n), { $set: { counter: n } }),
    ),
  ];
}
