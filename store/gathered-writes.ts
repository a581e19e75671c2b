import mongoose, { type mongo } from 'mongoose';
import { Gather, type GatherOptions } from './gather.js';
import { isStoreFailure } from './store-failure.js';

const { MongoBulkWriteError } = mongoose.mongo;

type Operation<Record extends mongo.Document> = mongo.AnyBulkWriteOperation<Record>;

interface Waiting<Record extends mongo.Document> {
  operations: readonly Operation<Record>[];
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Writes of many sessions to one collection. What comes within a moment, or while a write is under way, goes together in
 * one round trip; each caller waits for its own operations to be acknowledged, and learns of its own refusals alone.
 * Operations of one caller are sent in order, but none waits for another to succeed.
 */
export class GatheredWrites<Record extends mongo.Document> {
  readonly #collection: () => mongo.Collection<Record>;
  readonly #gather: Gather<Waiting<Record>>;

  constructor(collection: () => mongo.Collection<Record>, options: GatherOptions = {}) {
    this.#collection = collection;
    this.#gather = new Gather((batch) => this.#send(batch), options);
  }

  /** Rejects as the driver does for these operations by themselves. */
  write(operations: readonly Operation<Record>[]): Promise<void> {
    if (operations.length === 0) return Promise.resolve();
    return new Promise((resolve, reject) => this.#gather.add({ operations, resolve, reject }));
  }

  /** Never rejects. */
  async #send(batch: readonly Waiting<Record>[]): Promise<void> {
    try {
      await this.#bulkWrite(batch.flatMap(({ operations }) => operations));
      for (const { resolve } of batch) resolve();
    } catch (error) {
      const [only] = batch;
      if (batch.length === 1 && only) only.reject(error);
      else if (error instanceof MongoBulkWriteError && isOfOperations(error)) tellEach(batch, error);
      else if (isStoreFailure(error)) for (const { reject } of batch) reject(error);
      // One of them cannot be sent at all; the others must not suffer by it.
      else for (const waiting of batch) await this.#send([waiting]);
    }
  }

  async #bulkWrite(operations: readonly Operation<Record>[]): Promise<void> {
    await this.#collection().bulkWrite([...operations], { ordered: false });
  }
}

/** Some operations were refused and all others carried out and acknowledged. */
function isOfOperations(error: mongo.MongoBulkWriteError): boolean {
  const refused = [error.writeErrors].flat();
  return refused.length > 0 && error.result.getWriteConcernError() === undefined;
}

function tellEach<Record extends mongo.Document>(
  batch: readonly Waiting<Record>[],
  error: mongo.MongoBulkWriteError,
): void {
  const refused = new Map([error.writeErrors].flat().map((one) => [one.index, one]));
  let first = 0;
  for (const { operations, resolve, reject } of batch) {
    const own = operations.map((_, index) => refused.get(first + index)).find((one) => one !== undefined);
    first += operations.length;
    if (own)
      reject(new mongoose.mongo.MongoServerError({ message: own.errmsg ?? 'refused', code: own.code }));
    else resolve();
  }
}
