import { StoreError } from '../errors.js';
import { T, eachElement, findElement } from '../bson/raw.js';

export interface Segment {
  readonly name: string;
  readonly bytes: Buffer;
  /** The array index that the name stands for, or -1. */
  readonly index: number;
}

/** A dotted path, cut into its names. */
export interface Path {
  readonly text: string;
  readonly segments: readonly Segment[];
  /** Whether a name is a number, which may mean an array index. */
  readonly numeric: boolean;
}

const known = new Map<string, Path>();
const MAX_KNOWN = 20_000;

export function parsePath(text: string): Path {
  const cached = known.get(text);
  if (cached) return cached;
  const segments = text.split('.').map((name) => ({
    name,
    bytes: Buffer.from(name),
    index: /^(0|[1-9]\d{0,8})$/.test(name) ? Number(name) : -1,
  }));
  if (segments.length > 200) throw new StoreError(15, `Path '${text.slice(0, 50)}…' has more than 200 parts`);
  const path = { text, segments, numeric: segments.some((segment) => segment.index >= 0) };
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(text, path);
  return path;
}

/** Is asked about a value found at a path; type 0 means that the field is missing there. True ends the search. */
export type ValueTest = (buf: Buffer, type: number, at: number) => boolean;

/**
 * What a search through arrays remembers for the positional operator: the index in the outermost array that was entered.
 * One per thread of control; searches are never interleaved.
 */
export const positional = { index: -1 };

/**
 * Whether a value at `path` passes the test, with MongoDB's rules: arrays on the way are entered (their documents, and the element
 * that a numeric name means); at the end an array's elements are offered, if asked for, and then the array itself.
 */
export function anyAt(
  buf: Buffer,
  docAt: number,
  path: Path,
  intoLeafArray: boolean,
  test: ValueTest,
): boolean {
  return searchDocument(buf, docAt, path.segments, 0, intoLeafArray, test);
}

function searchDocument(
  buf: Buffer,
  docAt: number,
  segments: readonly Segment[],
  depth: number,
  intoLeafArray: boolean,
  test: ValueTest,
): boolean {
  const segment = segments[depth];
  if (!segment) return false;
  const element = findElement(buf, docAt, segment.bytes);
  if (element < 0) return test(buf, T.missing, 0);
  const type = buf[element] ?? 0;
  const at = element + segment.bytes.length + 2;
  if (depth === segments.length - 1) {
    if (type === T.array && intoLeafArray && anyElement(buf, at, test)) return true;
    return test(buf, type, at);
  }
  if (type === T.object) return searchDocument(buf, at, segments, depth + 1, intoLeafArray, test);
  if (type === T.array) return searchArray(buf, at, segments, depth + 1, intoLeafArray, test);
  return test(buf, T.missing, 0);
}

function anyElement(buf: Buffer, arrayAt: number, test: ValueTest): boolean {
  let found = false;
  let index = 0;
  eachElement(buf, arrayAt, (type, _nameAt, _nameEnd, at) => {
    found = test(buf, type, at);
    if (found) positional.index = index;
    index++;
    return !found;
  });
  return found;
}

function searchArray(
  buf: Buffer,
  arrayAt: number,
  segments: readonly Segment[],
  depth: number,
  intoLeafArray: boolean,
  test: ValueTest,
): boolean {
  const wanted = segments[depth]?.index ?? -1;
  const last = depth === segments.length - 1;
  let found = false;
  let index = 0;
  eachElement(buf, arrayAt, (type, _nameAt, _nameEnd, at) => {
    if (type === T.object) found = searchDocument(buf, at, segments, depth, intoLeafArray, test);
    if (!found && index === wanted) {
      if (last) found = test(buf, type, at);
      else if (type === T.object || type === T.array) {
        found = searchDocument(buf, at, segments, depth + 1, intoLeafArray, test);
      }
    }
    if (found) positional.index = index;
    index++;
    return !found;
  });
  return found;
}
