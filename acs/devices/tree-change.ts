/** What was learnt of a device's parameters at one moment. Applied in this order: voided, removed, listed, complete. */
export interface TreeChange {
  at: Date;
  /** All values, their times and notification settings are unknown from now on; names, types and access stay. */
  voided?: true;
  /** Parameters or objects (with all below them) that are gone. */
  removed?: string[];
  /** As a GetParameterNames answer: objects end in a dot. `writable` null = the device did not say. */
  names?: { name: string; writable: boolean | null }[];
  /** As a GetParameterValues answer. */
  values?: { name: string; value: string; type: string }[];
  /** As a GetParameterAttributes answer. */
  attributes?: { name: string; notification: number }[];
  /**
   * What this change lists is all that there is below the prefix; whatever else was known there has vanished.
   * `ofNames`: `names` (with `values`) is the whole truth, objects too. Otherwise `values` is: parameters that are not
   * listed vanish, objects stay, but instances that held parameters and hold none now vanish with them.
   * `nextLevel`: said of the direct children of the prefix alone (GetParameterNames with NextLevel).
   */
  complete?: { prefix: string; ofNames: boolean; nextLevel?: boolean };
}

/** Characters of values that cost as much to keep as an entry: a patch with long values must not outgrow its document. */
const VALUE_LENGTH = 256;

/** The number of entries, long values counted as several: a measure of what it costs to keep. */
export function changeSize(change: TreeChange): number {
  return (
    (change.removed?.length ?? 0) +
    (change.names?.length ?? 0) +
    (change.values ?? []).reduce((sum, { value }) => sum + 1 + Math.floor(value.length / VALUE_LENGTH), 0) +
    (change.attributes?.length ?? 0) +
    1
  );
}

/** A change as it is kept in `patches`: JSON with arrays for entries, a fraction of the size as documents. */
export interface StoredPatch {
  at: Date;
  change: string;
}

interface PackedChange {
  x?: 1;
  r?: string[];
  n?: [string, 0 | 1 | null][];
  v?: [string, string, string][];
  a?: [string, number][];
  c?: [string, boolean, boolean];
}

export function packChange(change: TreeChange): StoredPatch {
  const packed: PackedChange = {};
  if (change.voided) packed.x = 1;
  if (change.removed?.length) packed.r = change.removed;
  if (change.names?.length)
    packed.n = change.names.map(({ name, writable }) => [name, writable === null ? null : writable ? 1 : 0]);
  if (change.values?.length) packed.v = change.values.map(({ name, value, type }) => [name, value, type]);
  if (change.attributes?.length)
    packed.a = change.attributes.map(({ name, notification }) => [name, notification]);
  if (change.complete)
    packed.c = [change.complete.prefix, change.complete.ofNames, change.complete.nextLevel ?? false];
  return { at: change.at, change: JSON.stringify(packed) };
}

export function unpackChange(patch: StoredPatch): TreeChange {
  const packed = JSON.parse(patch.change) as PackedChange;
  const change: TreeChange = { at: patch.at };
  if (packed.x) change.voided = true;
  if (packed.r) change.removed = packed.r;
  if (packed.n)
    change.names = packed.n.map(([name, writable]) => ({
      name,
      writable: writable === null ? null : writable === 1,
    }));
  if (packed.v) change.values = packed.v.map(([name, value, type]) => ({ name, value, type }));
  if (packed.a) change.attributes = packed.a.map(([name, notification]) => ({ name, notification }));
  if (packed.c) {
    const [prefix, ofNames, nextLevel] = packed.c;
    change.complete = { prefix, ofNames, ...(nextLevel && { nextLevel }) };
  }
  return change;
}
