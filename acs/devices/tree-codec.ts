import { promisify } from 'node:util';
import {
  brotliCompress,
  brotliCompressSync,
  brotliDecompress,
  brotliDecompressSync,
  constants,
} from 'node:zlib';
import { NodeTable, TOP } from './node-table.js';
import { ParameterTree } from './parameter-tree.js';

/** Names this encoding in stored documents; a reader refuses any other. */
export const TREE_FORMAT = 'columns-1+br';

/** Larger texts are compressed on a thread of the pool instead of holding up the sessions. */
const ASYNC_FROM = 64 * 1024;
/** Measured (test/bench/tree.ts): smaller than deflate 9 and brotli 5 and 6 on trees, and cheaper than each. */
const QUALITY = 4;

const compressAsync = promisify(brotliCompress);
const decompressAsync = promisify(brotliDecompress);

/**
 * A tree as stored: its rows in natural order as columns (depth, name, flags, type, time, value), each with a
 * dictionary where texts repeat, compressed.
 */
export async function encodeTree(tree: ParameterTree): Promise<Buffer> {
  const plain = writeColumns(tree);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
  };
  return plain.length < ASYNC_FROM ? brotliCompressSync(plain, { params }) : compressAsync(plain, { params });
}

/** Reads what `encodeTree` wrote. Rejects when the format is another or the bytes are damaged. */
export async function decodeTree(snapshot: Buffer, format: string): Promise<ParameterTree> {
  if (format !== TREE_FORMAT)
    throw new Error(`A parameter tree in the unknown format ${JSON.stringify(format)}`);
  const plain =
    snapshot.length < ASYNC_FROM / 8 ? brotliDecompressSync(snapshot) : await decompressAsync(snapshot);
  return readColumns(plain);
}

const HAS_VALUE = 1;
const IS_OBJECT = 2;
const ACCESS_SHIFT = 2;
const NOTIFICATION_SHIFT = 4;

class Writer {
  #bytes = Buffer.allocUnsafe(4_096);
  #length = 0;

  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  byte(value: number): void {
    if (this.#length === this.#bytes.length) this.#grow(1);
    this.#bytes[this.#length] = value;
    this.#length += 1;
  }

  /** LEB128; up to 2^53. */
  number(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.byte((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.byte(rest);
  }

  chunk(bytes: Buffer): void {
    this.number(bytes.length);
    if (this.#length + bytes.length > this.#bytes.length) this.#grow(bytes.length);
    bytes.copy(this.#bytes, this.#length);
    this.#length += bytes.length;
  }

  #grow(by: number): void {
    const wider = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + by));
    this.#bytes.copy(wider, 0, 0, this.#length);
    this.#bytes = wider;
  }
}

class Reader {
  #at = 0;

  constructor(readonly bytes: Buffer) {}

  byte(): number {
    const value = this.bytes[this.#at];
    if (value === undefined) throw new RangeError('The stored parameter tree is cut short');
    this.#at += 1;
    return value;
  }

  number(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 0x80) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  }

  chunk(): Buffer {
    const length = this.number();
    if (this.#at + length > this.bytes.length) throw new RangeError('The stored parameter tree is cut short');
    this.#at += length;
    return this.bytes.subarray(this.#at - length, this.#at);
  }
}

/** Texts that repeat, written once each: their lengths, then all of them. */
class Dictionary {
  readonly #index = new Map<string, number>();

  put(text: string): number {
    let index = this.#index.get(text);
    if (index === undefined) {
      index = this.#index.size;
      this.#index.set(text, index);
    }
    return index;
  }

  write(to: Writer): void {
    writeTexts(to, [...this.#index.keys()]);
  }
}

function writeTexts(to: Writer, texts: readonly string[]): void {
  const lengths = new Writer();
  for (const text of texts) lengths.number(text.length);
  to.number(texts.length);
  to.chunk(lengths.bytes);
  to.chunk(Buffer.from(texts.join(''), 'utf8'));
}

function readTexts(from: Reader): string[] {
  const count = from.number();
  const lengths = new Reader(from.chunk());
  const all = from.chunk().toString('utf8');
  const texts: string[] = [];
  for (let index = 0, at = 0; index < count; index += 1) {
    const end = at + lengths.number();
    texts.push(all.slice(at, end));
    at = end;
  }
  return texts;
}

/** 0 = unknown, 1 = read-only, 2 = writable. */
function accessCode(writable: boolean | null): number {
  return writable === null ? 0 : writable ? 2 : 1;
}

function writeColumns(tree: ParameterTree): Buffer {
  const nodes = tree.nodes;
  const names = new Dictionary();
  const types = new Dictionary();
  const times = new Map<number, number>();
  const depthColumn = new Writer();
  const nameColumn = new Writer();
  const flagColumn = new Writer();
  const typeColumn = new Writer();
  const timeColumn = new Writer();
  const values: string[] = [];
  let count = 0;
  for (const { node, depth } of nodes.below(TOP)) {
    count += 1;
    depthColumn.byte(depth);
    nameColumn.number(names.put(nodes.name(node)));
    const value = nodes.value(node);
    flagColumn.byte(
      (value === null ? 0 : HAS_VALUE) |
        (nodes.isObject(node) ? IS_OBJECT : 0) |
        (accessCode(nodes.writable(node)) << ACCESS_SHIFT) |
        (((nodes.notification(node) ?? -1) + 1) << NOTIFICATION_SHIFT),
    );
    if (nodes.isObject(node)) continue;
    typeColumn.number(types.put(nodes.type(node) ?? ''));
    if (value === null) continue;
    values.push(value);
    const time = nodes.time(node) ?? 0;
    const known = times.get(time) ?? times.size;
    times.set(time, known);
    timeColumn.number(known);
  }
  const out = new Writer();
  out.number(count);
  names.write(out);
  types.write(out);
  writeTexts(out, [...times.keys()].map(String));
  for (const column of [depthColumn, nameColumn, flagColumn, typeColumn, timeColumn]) out.chunk(column.bytes);
  writeTexts(out, values);
  return out.bytes;
}

function readColumns(bytes: Buffer): ParameterTree {
  const from = new Reader(bytes);
  const count = from.number();
  const names = readTexts(from);
  const types = readTexts(from);
  const times = readTexts(from).map(Number);
  const depths = new Reader(from.chunk());
  const nameIndexes = new Reader(from.chunk());
  const flags = new Reader(from.chunk());
  const typeIndexes = new Reader(from.chunk());
  const timeIndexes = new Reader(from.chunk());
  const values = readTexts(from);

  const nodes = new NodeTable();
  const segments = names.map((name) => nodes.segments.id(name));
  const path: number[] = [TOP];
  let nextValue = 0;
  for (let row = 0; row < count; row += 1) {
    const depth = depths.byte();
    const segment = segments[nameIndexes.number()];
    const parent = path[depth - 1];
    if (segment === undefined || parent === undefined)
      throw new RangeError('The stored parameter tree is damaged');
    const node = nodes.put(parent, segment);
    path[depth] = node;
    const flag = flags.byte();
    const access = (flag >> ACCESS_SHIFT) & 3;
    if (access !== 0) nodes.setWritable(node, access === 2);
    if ((flag & IS_OBJECT) !== 0) nodes.makeObject(node);
    else {
      const type = types[typeIndexes.number()];
      nodes.setType(node, type === undefined || type === '' ? null : type);
      if ((flag & HAS_VALUE) !== 0) {
        nodes.setRead(node, values[nextValue] ?? '', times[timeIndexes.number()] ?? 0);
        nextValue += 1;
      }
    }
    const notification = flag >> NOTIFICATION_SHIFT;
    if (notification !== 0) nodes.setNotification(node, notification - 1);
  }
  return new ParameterTree(nodes);
}
