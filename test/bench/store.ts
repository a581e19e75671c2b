import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient, type Collection, type Document } from 'mongodb';
import { startEmbeddedStore } from '../../store/embedded/start.js';

export interface StoreBenchRow {
  readonly operation: string;
  readonly perSecond: number;
  /** CPU time of the store's process, microseconds per operation; absent for a server that does not tell it. */
  readonly storeCpuMicros?: number;
}

const CONCURRENCY = 8;
const DOCUMENTS = 5_000;
/** Operations before the first is measured: until then the store still runs code that is not compiled. */
const WARM_UP = 8_000;
const ROUNDS = 5;
const ROUND_MS = 600;

interface Cpu {
  readonly micros: number;
}

/** CPU time of a process by the kernel's account; a clock tick is 10 ms on Linux. */
function cpuOf(pid: number): Cpu | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { micros: (Number(fields[11]) + Number(fields[12])) * 10_000 };
  } catch {
    return undefined;
  }
}

async function measure(
  operation: string,
  pid: number | undefined,
  run: (n: number) => Promise<unknown>,
): Promise<StoreBenchRow> {
  let count = 0;
  const loop = async (more: () => boolean): Promise<void> => {
    while (more()) await run(count++);
  };
  const spin = (more: () => boolean): Promise<unknown> =>
    Promise.all(Array.from({ length: CONCURRENCY }, () => loop(more)));
  await spin(() => count < WARM_UP);
  const rates: number[] = [];
  const costs: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const [before, start, first] = [pid === undefined ? undefined : cpuOf(pid), Date.now(), count];
    await spin(() => Date.now() < start + ROUND_MS);
    const [after, done] = [pid === undefined ? undefined : cpuOf(pid), count - first];
    rates.push((done * 1000) / (Date.now() - start));
    if (before && after) costs.push((after.micros - before.micros) / done);
  }
  return {
    operation,
    perSecond: Math.round(median(rates)),
    ...(costs.length > 0 ? { storeCpuMicros: Math.round(median(costs)) } : {}),
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
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

/** Measures the shapes of operation that a CWMP session uses, with 8 at a time; on the given server or on a store of its own. */
export async function runStoreBench(uri?: string): Promise<StoreBenchRow[]> {
  const folder = uri === undefined ? mkdtempSync(join(tmpdir(), 'provost-bench-')) : undefined;
  const store = folder === undefined ? undefined : await startEmbeddedStore({ dataDir: folder });
  const client = await MongoClient.connect(uri ?? store?.uri ?? '');
  const db = client.db(`bench_${process.pid}`);
  try {
    return await measureAll(db.collection('things'), db.collection('inserted'), store?.pid);
  } finally {
    await db.dropDatabase();
    await client.close();
    await store?.stop();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}

async function measureAll(
  things: Collection,
  inserted: Collection,
  pid: number | undefined,
): Promise<StoreBenchRow[]> {
  await things.createIndex({ product: 1, serial: 1 }, {}, {});
  for (let from = 0; from < DOCUMENTS; from += 500) {
    await things.insertMany(
      Array.from({ length: 500 }, (_, i) => ({ _id: from + i, ...sample(from + i, 2000) })) as never[],
    );
  }
  const pick = (n: number): number => (n * 7919) % DOCUMENTS;
  const byId = (n: number): Document => ({ _id: pick(n) });
  return [
    await measure('findOne by _id', pid, (n) => things.findOne(byId(n))),
    await measure('findOne by compound index', pid, (n) =>
      things.findOne({ product: `model-${pick(n) % 10}`, serial: `SN${pick(n)}` }),
    ),
    await measure('updateOne, 3 fields of 2 KB', pid, (n) =>
      things.updateOne(byId(n), { $set: { state: `s${n}`, lastInform: new Date(), counter: n } }),
    ),
    await measure('insertOne, 1 KB', pid, (n) => inserted.insertOne(sample(n, 1000))),
    await measure('findOneAndUpdate by _id', pid, (n) =>
      things.findOneAndUpdate(byId(n), { $set: { counter: n } }),
    ),
  ];
}
