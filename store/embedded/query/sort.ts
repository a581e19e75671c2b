import { StoreError, notSupported } from '../errors.js';
import { wholeNumber } from '../bson/numbers.js';
import { T, elementsOf, type Raw } from '../bson/raw.js';
import { keysOf, type IndexKey, type KeyTarget } from '../storage/index-keys.js';
import { parsePath, type Path } from './path.js';

export interface SortField {
  readonly path: Path;
  readonly descending: boolean;
}

export interface Sort {
  readonly fields: readonly SortField[];
  /** 1 or -1 for `$natural`. */
  readonly natural?: number;
}

/** MongoDB's limit of a sort in memory. */
const SORT_MEMORY = 100 * 1024 * 1024;

export function parseSort(value: Raw | undefined): Sort | undefined {
  if (!value || value.type === T.null) return undefined;
  if (value.type !== T.object) throw new StoreError(14, 'Expected field sort to be of type object');
  const elements = elementsOf(value);
  if (elements.length === 0) return undefined;
  if (elements.length > 32) throw new StoreError(13103, 'too many sort keys');
  const fields = elements.map(([name, way]) => {
    const sign = wholeNumber(way);
    if (way.type === T.object)
      throw notSupported(`sorting by ${elementsOf(way)[0]?.[0] ?? 'an expression'}`, 2);
    if (sign !== 1 && sign !== -1) {
      throw new StoreError(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    }
    if (name === '') throw new StoreError(15976, '$sort field cannot be empty');
    return { path: parsePath(name), descending: sign < 0 };
  });
  const natural = fields.find(({ path }) => path.text === '$natural');
  return natural ? { fields: [], natural: natural.descending ? -1 : 1 } : { fields };
}

function keysOfSort(target: KeyTarget, document: Buffer): IndexKey[] {
  try {
    return keysOf(target, document, 0);
  } catch (error) {
    if (error instanceof StoreError && error.code === 171)
      throw new StoreError(2, 'cannot sort with keys that are parallel arrays');
    throw error;
  }
}

/** A key whose byte order is the order asked for; of several (arrays) the one that comes first. */
function sortKey(target: KeyTarget, document: Buffer): Buffer {
  const keys = keysOfSort(target, document);
  let least = keys[0]?.key ?? Buffer.alloc(0);
  for (const { key } of keys) if (key.compare(least) < 0) least = key;
  return least;
}

/** Sorts documents in memory, keeping no more of them than `wanted`. */
export function sortDocuments<Item extends { readonly document: Buffer }>(
  items: Iterable<Item>,
  sort: Sort,
  wanted: number,
): Item[] {
  const target: KeyTarget = {
    fields: sort.fields,
    cap: Number.MAX_SAFE_INTEGER,
    sparse: false,
    multikey: sort.fields.map(() => false),
    cut: false,
  };
  let rows: { key: Buffer; item: Item }[] = [];
  let bytes = 0;
  const settle = (): void => {
    rows.sort((a, b) => a.key.compare(b.key));
    if (rows.length > wanted) rows = rows.slice(0, wanted);
  };
  for (const item of items) {
    rows.push({ key: sortKey(target, item.document), item });
    bytes += item.document.length;
    if (rows.length >= wanted * 2 + 1000) {
      settle();
      bytes = rows.reduce((sum, row) => sum + row.item.document.length, 0);
    }
    if (bytes > SORT_MEMORY) {
      throw new StoreError(
        292,
        `Sort exceeded memory limit of ${SORT_MEMORY} bytes, but the embedded store does not sort on disk: add an index for this order`,
      );
    }
  }
  settle();
  return rows.map(({ item }) => item);
}
