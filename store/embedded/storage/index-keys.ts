import { StoreError } from '../errors.js';
import { KeyWriter } from '../bson/keys.js';
import { MISSING, T, findElement, valuesOf, type Raw } from '../bson/raw.js';
import type { Segment } from '../query/path.js';
import type { IndexField } from './catalogue.js';

/** One key of a document in an index, and the values that it stands for. */
export interface IndexKey {
  readonly key: Buffer;
  readonly values: readonly Raw[];
}

export interface KeyTarget {
  readonly fields: readonly IndexField[];
  readonly cap: number;
  readonly sparse: boolean;
  multikey: boolean[];
  cut: boolean;
}

/** How far a field's path has been followed: to a value, or into a document with `depth` names behind. */
type Progress = { readonly value: Raw } | { readonly inside: Raw; readonly depth: number };

const NO_VALUE: Progress = { value: MISSING };
const UNDEFINED: Raw = { buf: Buffer.alloc(0), type: T.undefined, at: 0 };

const writer = new KeyWriter();

/**
 * The keys of a document: one, or one for each element where a field leads through an array (then the target is marked multikey).
 * A missing field counts as null; an empty array as undefined, which is before null.
 */
export function keysOf(target: KeyTarget, buf: Buffer, docAt: number): IndexKey[] {
  const root: Raw = { buf, type: T.object, at: docAt };
  const keys: IndexKey[] = [];
  const seen = new Set<string>();
  expand(
    target,
    target.fields.map(() => ({ inside: root, depth: 0 })),
    keys,
    seen,
  );
  return keys;
}

interface ArrayHit {
  readonly array: Raw;
  readonly depth: number;
}

function expand(target: KeyTarget, progress: readonly Progress[], keys: IndexKey[], seen: Set<string>): void {
  const followed = progress.map((state, i) => {
    const segments = target.fields[i]?.path.segments ?? [];
    return 'value' in state ? state : follow(state.inside, segments, state.depth);
  });
  const hit = followed.find((state): state is ArrayHit => 'array' in state);
  if (!hit) {
    emit(target, followed as { value: Raw }[], keys, seen);
    return;
  }
  const elements = valuesOf(hit.array);
  for (const [i, state] of followed.entries()) {
    if (!('array' in state)) continue;
    target.multikey[i] = true;
    if (state.array.at !== hit.array.at) throw parallelArrays(target, followed);
  }
  if (elements.length === 0) elements.push(UNDEFINED);
  for (const element of elements) {
    expand(
      target,
      followed.map((state, i): Progress => {
        if (!('array' in state)) return state;
        if (state.depth === (target.fields[i]?.path.segments.length ?? 0)) return { value: element };
        return element.type === T.object ? { inside: element, depth: state.depth } : NO_VALUE;
      }),
      keys,
      seen,
    );
  }
}

function parallelArrays(target: KeyTarget, followed: readonly (Progress | ArrayHit)[]): StoreError {
  const names = followed.flatMap((state, i) =>
    'array' in state ? [target.fields[i]?.path.segments.at(-1)?.name ?? ''] : [],
  );
  return new StoreError(171, `cannot index parallel arrays [${names.at(-1) ?? ''}] [${names[0] ?? ''}]`);
}

/** Follows a path up to its value or to the first array on it. */
function follow(start: Raw, segments: readonly Segment[], from: number): { value: Raw } | ArrayHit {
  let at = start;
  for (let depth = from; depth < segments.length; depth++) {
    const segment = segments[depth];
    if (!segment) break;
    if (at.type === T.array && segment.index < 0) return { array: at, depth };
    if (at.type !== T.object && at.type !== T.array) return { value: MISSING };
    const element = findElement(at.buf, at.at, segment.bytes);
    if (element < 0) return { value: MISSING };
    at = { buf: at.buf, type: at.buf[element] ?? 0, at: element + segment.bytes.length + 2 };
  }
  return at.type === T.array ? { array: at, depth: segments.length } : { value: at };
}

function emit(
  target: KeyTarget,
  parts: readonly { value: Raw }[],
  keys: IndexKey[],
  seen: Set<string>,
): void {
  if (target.sparse && parts.every(({ value }) => value.type === T.missing)) return;
  writer.reset();
  for (const [i, { value }] of parts.entries()) {
    const descending = target.fields[i]?.descending ?? false;
    if (writer.component(value.buf, value.type, value.at, descending, target.cap)) target.cut = true;
  }
  const key = writer.bytes();
  if (target.multikey.includes(true)) {
    const text = key.toString('latin1');
    if (seen.has(text)) return;
    seen.add(text);
  }
  keys.push({ key, values: parts.map(({ value }) => value) });
}
