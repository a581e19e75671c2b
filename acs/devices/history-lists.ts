import type { AddressUseRecord } from '../../store/models/address-use.js';
import type { ValueSampleRecord } from '../../store/models/value-sample.js';
import type { Store } from '../../store/store.js';
import { behindCursor, cursorAfter, sortOf, type Order } from './keyset.js';
import type { Page } from './inventory.js';

interface Paging {
  limit: number;
  cursor?: string | undefined;
}

export interface SampleQuery extends Paging {
  /** The one series; left out: all. */
  name?: string | undefined;
  from?: Date | undefined;
  /** Exclusive. */
  to?: Date | undefined;
}

/** A series of samples with its newest one. */
export interface TracedName {
  name: string;
  at: Date;
  value: string;
}

const newestBy = (path: 'from' | 'at'): Order => ({
  name: `-${path}`,
  fields: [
    { path, direction: -1, type: 'date' },
    { path: '_id', direction: -1, type: 'id' },
  ],
});
const NEWEST_ADDRESS = newestBy('from');
const NEWEST_SAMPLE = newestBy('at');

/** The WAN addresses that a device had, newest first (task-types.md §6.1). */
export async function addressHistory(
  store: Store,
  device: string,
  { limit, cursor }: Paging,
): Promise<Page<AddressUseRecord>> {
  const rows = await store.addressUses
    .find({ $and: [{ device }, ...behind(cursor, NEWEST_ADDRESS)] })
    .sort(sortOf(NEWEST_ADDRESS))
    .limit(limit + 1)
    .lean<AddressUseRecord[]>();
  return pageOf(rows, limit, NEWEST_ADDRESS);
}

/** Samples of traced values of a device, newest first (task-types.md §4.1). */
export async function valueHistory(
  store: Store,
  device: string,
  { name, from, to, limit, cursor }: SampleQuery,
): Promise<Page<ValueSampleRecord>> {
  const period = { ...(from && { $gte: from }), ...(to && { $lt: to }) };
  const rows = await store.valueSamples
    .find({
      $and: [
        { device, ...(name !== undefined && { name }), ...((from ?? to) && { at: period }) },
        ...behind(cursor, NEWEST_SAMPLE),
      ],
    })
    .sort(sortOf(NEWEST_SAMPLE))
    .limit(limit + 1)
    .lean<ValueSampleRecord[]>();
  return pageOf(rows, limit, NEWEST_SAMPLE);
}

/** The names that samples of a device have, with the newest of each; by name. */
export async function tracedNames(
  store: Store,
  device: string,
  { limit, after }: { limit: number; after?: string | undefined },
): Promise<{ items: TracedName[]; next: string | null }> {
  const all = (await store.valueSamples.distinct('name', { device })).sort();
  const names = all.filter((name) => after === undefined || name > after);
  const shown = names.slice(0, limit);
  const newest = await Promise.all(
    shown.map((name) =>
      store.valueSamples.findOne({ device, name }).sort({ at: -1, _id: -1 }).lean<ValueSampleRecord>(),
    ),
  );
  const items = newest.flatMap((sample) =>
    sample ? [{ name: sample.name, at: sample.at, value: sample.value }] : [],
  );
  return { items, next: names.length > limit ? (shown.at(-1) ?? null) : null };
}

function behind(cursor: string | undefined, order: Order): object[] {
  return cursor === undefined ? [] : [behindCursor(cursor, order)];
}

/** One row more than asked for tells whether there is a next page. */
function pageOf<T extends object>(rows: T[], limit: number, order: Order): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? cursorAfter(last, order) : null };
}
