import type { mongo } from 'mongoose';
import { Gather, type GatherOptions } from './gather.js';

interface Waiting<Record> {
  key: string;
  resolve: (found: Record[]) => void;
  reject: (error: unknown) => void;
}

/** Look-ups in one collection by one indexed field, of many callers: what comes within a moment goes as one query. */
export class GatheredFinds<Record extends mongo.Document> {
  readonly #collection: () => mongo.Collection<Record>;
  readonly #field: string & keyof Record;
  readonly #projection: mongo.Document | null;
  readonly #gather: Gather<Waiting<Record>>;

  /** `projection` must leave the field in. */
  constructor(
    collection: () => mongo.Collection<Record>,
    field: string & keyof Record,
    { projection = null, ...options }: GatherOptions & { projection?: mongo.Document | null } = {},
  ) {
    this.#collection = collection;
    this.#field = field;
    this.#projection = projection;
    this.#gather = new Gather((batch) => this.#send(batch), options);
  }

  /** The records whose field has this value, as they are after the call. */
  find(key: string): Promise<Record[]> {
    return new Promise((resolve, reject) => this.#gather.add({ key, resolve, reject }));
  }

  async #send(batch: readonly Waiting<Record>[]): Promise<void> {
    try {
      const found = await this.#query([...new Set(batch.map(({ key }) => key))]);
      const byKey = new Map<unknown, Record[]>();
      for (const record of found) {
        const same = byKey.get(record[this.#field]);
        if (same) same.push(record);
        else byKey.set(record[this.#field], [record]);
      }
      // Each gets an array of its own; records are shared by those alone who asked for the same at once.
      for (const { key, resolve } of batch) resolve([...(byKey.get(key) ?? [])]);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  async #query(keys: readonly string[]): Promise<Record[]> {
    const [only] = keys;
    const filter = { [this.#field]: keys.length === 1 ? only : { $in: keys } } as mongo.Filter<Record>;
    const options = this.#projection ? { projection: this.#projection } : {};
    return (await this.#collection().find(filter, options).toArray()) as Record[];
  }
}
