import { StoreError } from '../errors.js';

/** BSON element types (bsonspec.org, version 1.1). 0 stands for "no such field" throughout the store. */
export const T = {
  missing: 0x00,
  double: 0x01,
  string: 0x02,
  object: 0x03,
  array: 0x04,
  binary: 0x05,
  undefined: 0x06,
  objectId: 0x07,
  bool: 0x08,
  date: 0x09,
  null: 0x0a,
  regex: 0x0b,
  dbPointer: 0x0c,
  code: 0x0d,
  symbol: 0x0e,
  codeWithScope: 0x0f,
  int32: 0x10,
  timestamp: 0x11,
  int64: 0x12,
  decimal: 0x13,
  minKey: 0xff,
  maxKey: 0x7f,
} as const;

/** MongoDB refuses documents that are nested deeper. */
export const MAX_DEPTH = 180;

/** A value inside a BSON buffer: its type and where its bytes begin. Nothing is decoded or copied. */
export interface Raw {
  readonly buf: Buffer;
  readonly type: number;
  readonly at: number;
}

/** A document that is a whole buffer or a part of one. */
export interface RawDocument {
  readonly buf: Buffer;
  readonly at: number;
}

export const MISSING: Raw = { buf: Buffer.alloc(0), type: T.missing, at: 0 };
export const EMPTY_DOCUMENT: Buffer = Buffer.from([5, 0, 0, 0, 0]);

function cstringEnd(buf: Buffer, at: number): number {
  let end = at;
  while (buf[end] !== 0) end++;
  return end;
}

/** Number of bytes of the value of that type that begins at `at`. The buffer must have been validated. */
export function valueSize(buf: Buffer, type: number, at: number): number {
  switch (type) {
    case T.double:
    case T.date:
    case T.timestamp:
    case T.int64:
      return 8;
    case T.int32:
      return 4;
    case T.objectId:
      return 12;
    case T.bool:
      return 1;
    case T.string:
    case T.code:
    case T.symbol:
      return 4 + buf.readInt32LE(at);
    case T.object:
    case T.array:
    case T.codeWithScope:
      return buf.readInt32LE(at);
    case T.binary:
      return 5 + buf.readInt32LE(at);
    case T.decimal:
      return 16;
    case T.dbPointer:
      return 4 + buf.readInt32LE(at) + 12;
    case T.regex:
      return cstringEnd(buf, cstringEnd(buf, at) + 1) + 1 - at;
    default:
      return 0;
  }
}

/** Where the element of that name begins (its type byte), or -1. */
export function findElement(buf: Buffer, docAt: number, name: Buffer): number {
  const end = docAt + buf.readInt32LE(docAt) - 1;
  const length = name.length;
  let at = docAt + 4;
  while (at < end) {
    let i = 0;
    let p = at + 1;
    while (i < length && buf[p] === name[i]) {
      i++;
      p++;
    }
    if (i === length && buf[p] === 0) return at;
    while (buf[p] !== 0) p++;
    at = p + 1 + valueSize(buf, buf[at] ?? 0, p + 1);
  }
  return -1;
}

const ID = Buffer.from('_id');

/** The value of a top-level field, or undefined. */
export function getField(buf: Buffer, docAt: number, name: string): Raw | undefined {
  const bytes = name === '_id' ? ID : Buffer.from(name);
  const element = findElement(buf, docAt, bytes);
  if (element < 0) return undefined;
  return { buf, type: buf[element] ?? 0, at: element + 2 + bytes.length };
}

/** Calls `visit` for each element: type, where the name begins and ends, where the value begins. `false` ends the walk. */
export function eachElement(
  buf: Buffer,
  docAt: number,
  visit: (type: number, nameAt: number, nameEnd: number, valueAt: number) => unknown,
): void {
  const end = docAt + buf.readInt32LE(docAt) - 1;
  let at = docAt + 4;
  while (at < end) {
    const type = buf[at] ?? 0;
    const nameEnd = cstringEnd(buf, at + 1);
    if (visit(type, at + 1, nameEnd, nameEnd + 1) === false) return;
    at = nameEnd + 1 + valueSize(buf, type, nameEnd + 1);
  }
}

interface KnownName {
  readonly bytes: Buffer;
  readonly text: string;
}

/** Field names lately read, by a hash of their bytes: the same few come again and again. */
const knownNames: (KnownName | undefined)[] = new Array<KnownName | undefined>(4096);
const LONGEST_KNOWN = 64;

/** The text of a field name. */
export function nameOf(buf: Buffer, from: number, to: number): string {
  const length = to - from;
  if (length > LONGEST_KNOWN) return buf.toString('utf8', from, to);
  let hash = length;
  for (let i = from; i < to; i++) hash = (Math.imul(hash, 31) + (buf[i] ?? 0)) | 0;
  const slot = (hash ^ (hash >>> 12)) & 4095;
  const known = knownNames[slot];
  if (known?.bytes.length === length) {
    let i = 0;
    while (i < length && known.bytes[i] === buf[from + i]) i++;
    if (i === length) return known.text;
  }
  const text = buf.toString('utf8', from, to);
  knownNames[slot] = { bytes: Buffer.from(buf.subarray(from, to)), text };
  return text;
}

/** Names and values of a document, in order. */
export function elementsOf(doc: RawDocument): [string, Raw][] {
  const list: [string, Raw][] = [];
  const { buf } = doc;
  eachElement(buf, doc.at, (type, nameAt, nameEnd, at) => {
    list.push([nameOf(buf, nameAt, nameEnd), { buf, type, at }]);
  });
  return list;
}

/** As `elementsOf`, into two lists. */
export function readElements(doc: RawDocument, names: string[], values: Raw[]): void {
  const { buf } = doc;
  const end = doc.at + documentSize(doc) - 1;
  let at = doc.at + 4;
  while (at < end) {
    const type = buf[at] ?? 0;
    const nameEnd = cstringEnd(buf, at + 1);
    names.push(nameOf(buf, at + 1, nameEnd));
    values.push({ buf, type, at: nameEnd + 1 });
    at = nameEnd + 1 + valueSize(buf, type, nameEnd + 1);
  }
}

/** The values of an array (or of a document), in order. */
export function valuesOf(doc: RawDocument): Raw[] {
  const list: Raw[] = [];
  const { buf } = doc;
  eachElement(buf, doc.at, (type, _nameAt, _nameEnd, at) => {
    list.push({ buf, type, at });
  });
  return list;
}

export function documentSize(doc: RawDocument): number {
  return doc.buf.readInt32LE(doc.at);
}

/** The bytes of a document, as a view. */
export function documentBytes(doc: RawDocument): Buffer {
  return doc.buf.subarray(doc.at, doc.at + documentSize(doc));
}

export function valueBytes(value: Raw): Buffer {
  return value.buf.subarray(value.at, value.at + valueSize(value.buf, value.type, value.at));
}

/** Same type and same bytes. */
export function sameValue(a: Raw, b: Raw): boolean {
  return a.type === b.type && valueBytes(a).equals(valueBytes(b));
}

/** Where the bytes of a string, symbol or code value end; they begin 4 bytes behind its start. */
export function endOfText(value: Raw): number {
  return value.at + 3 + value.buf.readInt32LE(value.at);
}

/** The text of a string, symbol or code value. */
export function textOf(value: Raw): string {
  return value.buf.toString('utf8', value.at + 4, endOfText(value));
}

export function isNumber(type: number): boolean {
  return type === T.int32 || type === T.double || type === T.int64 || type === T.decimal;
}

function broken(what: string): StoreError {
  return new StoreError(22, `Invalid BSON: ${what}`);
}

/**
 * Checks that a well-formed document begins at `at` and ends before `limit`; returns its end.
 * Everything else in the store trusts buffers that passed here.
 */
export function validateDocument(buf: Buffer, at: number, limit: number, depth = 0): number {
  if (depth > MAX_DEPTH) throw new StoreError(15, `BSON document is nested deeper than ${MAX_DEPTH} levels`);
  if (at + 5 > limit) throw broken('document is cut off');
  const size = buf.readInt32LE(at);
  const end = at + size;
  if (size < 5 || end > limit || buf[end - 1] !== 0) throw broken('wrong document length');
  let p = at + 4;
  while (p < end - 1) {
    const type = buf[p] ?? 0;
    let nameEnd = p + 1;
    while (nameEnd < end - 1 && buf[nameEnd] !== 0) nameEnd++;
    if (nameEnd >= end - 1) throw broken('field name is not terminated');
    p = validateValue(buf, type, nameEnd + 1, end - 1, depth);
  }
  return end;
}

function validateValue(buf: Buffer, type: number, at: number, limit: number, depth: number): number {
  switch (type) {
    case T.object:
    case T.array:
      return validateDocument(buf, at, limit, depth + 1);
    case T.string:
    case T.code:
    case T.symbol:
      return validateString(buf, at, limit);
    case T.dbPointer: {
      const end = validateString(buf, at, limit) + 12;
      if (end > limit) throw broken('DBPointer is cut off');
      return end;
    }
    case T.binary: {
      if (at + 5 > limit) throw broken('binary value is cut off');
      const size = buf.readInt32LE(at);
      if (size < 0 || at + 5 + size > limit) throw broken('wrong length of a binary value');
      return at + 5 + size;
    }
    case T.regex: {
      const pattern = buf.indexOf(0, at);
      const options = pattern < 0 ? -1 : buf.indexOf(0, pattern + 1);
      if (options < 0 || options >= limit) throw broken('regular expression is not terminated');
      return options + 1;
    }
    case T.codeWithScope: {
      if (at + 8 > limit) throw broken('code is cut off');
      const size = buf.readInt32LE(at);
      if (size < 14 || at + size > limit) throw broken('wrong length of a code value');
      const scope = validateString(buf, at + 4, at + size);
      if (validateDocument(buf, scope, at + size, depth + 1) !== at + size) throw broken('wrong code scope');
      return at + size;
    }
    case T.undefined:
    case T.null:
    case T.minKey:
    case T.maxKey:
      return at;
    case T.bool:
      if (at + 1 > limit || (buf[at] ?? 2) > 1) throw broken('wrong boolean');
      return at + 1;
    case T.double:
    case T.date:
    case T.timestamp:
    case T.int64:
    case T.int32:
    case T.objectId:
    case T.decimal: {
      const end = at + valueSize(buf, type, at);
      if (end > limit) throw broken('value is cut off');
      return end;
    }
    default:
      throw broken(`unknown element type 0x${type.toString(16)}`);
  }
}

function validateString(buf: Buffer, at: number, limit: number): number {
  if (at + 5 > limit) throw broken('string is cut off');
  const size = buf.readInt32LE(at);
  const end = at + 4 + size;
  if (size < 1 || end > limit || buf[end - 1] !== 0) throw broken('wrong string length');
  return end;
}
