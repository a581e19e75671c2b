import { Types, type mongo } from 'mongoose';
import type { AddressUseRecord } from '../../store/models/address-use.js';
import type { ValueSampleRecord } from '../../store/models/value-sample.js';
import type { Store } from '../../store/store.js';

export interface HistoryRetention {
  /** Days that samples of values are kept. */
  valueDays: number;
  /** Days that a WAN address is kept after the device had it last. */
  addressDays: number;
}

const DAY = 86_400_000;
/** Characters of one sample; a chart or list shows less. */
const VALUE_LENGTH = 4_096;
/** Look-ups of newest samples at a time. */
const AT_ONCE = 32;

/** Histories of single devices: traced values (task-types.md §4.1) and WAN addresses (§6.1). */
export class Histories {
  readonly #samples: mongo.Collection<ValueSampleRecord>;
  readonly #addresses: mongo.Collection<AddressUseRecord>;
  readonly #retention: HistoryRetention;

  constructor(store: Store, retention: HistoryRetention) {
    this.#samples = store.db.collection<ValueSampleRecord>(store.valueSamples.collection.name);
    this.#addresses = store.db.collection<AddressUseRecord>(store.addressUses.collection.name);
    this.#retention = retention;
  }

  /** The newest samples of these names; names without one are missing. */
  async latest(device: string, names: readonly string[]): Promise<Map<string, { at: Date; value: string }>> {
    const found = new Map<string, { at: Date; value: string }>();
    for (let start = 0; start < names.length; start += AT_ONCE)
      await Promise.all(
        names.slice(start, start + AT_ONCE).map(async (name) => {
          const sample = await this.#samples.findOne({ device, name }, { sort: { at: -1, _id: -1 } });
          if (sample) found.set(name, { at: sample.at, value: sample.value });
        }),
      );
    return found;
  }

  /** The time of the newest sample whose name is one of these or begins with one and a dot; null = there is none. */
  async newest(device: string, names: readonly string[]): Promise<Date | null> {
    let newest: Date | null = null;
    const samples = await Promise.all(
      names.map((name) => this.#samples.findOne(newestOf(device, name), { sort: { at: -1, _id: -1 } })),
    );
    for (const sample of samples) if (sample && (!newest || sample.at > newest)) newest = sample.at;
    return newest;
  }

  async add(device: string, at: Date, samples: readonly { name: string; value: string }[]): Promise<void> {
    if (samples.length === 0) return;
    const expiresAt = new Date(at.getTime() + this.#retention.valueDays * DAY);
    await this.#samples.insertMany(
      samples.map(({ name, value }) => ({
        _id: new Types.ObjectId(),
        device,
        name,
        at,
        value: sampleText(value),
        expiresAt,
      })),
      { ordered: false },
    );
  }

  /**
   * Keeps a record for each change of the address. The old one is closed before the new one is opened: after a crash in
   * between the next session opens it.
   */
  async noteAddress(
    device: string,
    address: string,
    at: Date,
  ): Promise<{ changed: boolean; before: string | null }> {
    const open = await this.#addresses.findOne({ device, to: null }, { sort: { from: -1 } });
    if (open?.address === address) return { changed: false, before: address };
    if (open) {
      const expiresAt = new Date(at.getTime() + this.#retention.addressDays * DAY);
      await this.#addresses.updateMany({ device, to: null }, { $set: { to: at, expiresAt } });
    }
    await this.#addresses.insertOne({
      _id: new Types.ObjectId(),
      device,
      address,
      from: at,
      to: null,
      expiresAt: null,
    });
    return { changed: true, before: open?.address ?? null };
  }
}

function newestOf(device: string, name: string): mongo.Filter<ValueSampleRecord> {
  const stem = name.endsWith('.') ? name : `${name}.`;
  // The character after the dot: all names that begin with the stem lie below it.
  return { device, $or: [{ name }, { name: { $gte: stem, $lt: `${stem.slice(0, -1)}/` } }] };
}

/** A value as a sample holds it, so that it can be compared with one that is stored. */
export function sampleText(value: string): string {
  return value.length > VALUE_LENGTH ? `${value.slice(0, VALUE_LENGTH - 1)}…` : value;
}
