import { serialize, type Document } from 'bson';
import { T, valueSize, type Raw, type RawDocument } from './raw.js';

/** Up to this length a text is written letter by letter. */
const SHORT_TEXT = 48;

/** Builds BSON into one growing buffer; sub-documents are opened and closed, their lengths filled in on closing. */
export class BsonWriter {
  #buf: Buffer;
  #at = 0;

  constructor(capacity = 512) {
    this.#buf = Buffer.allocUnsafe(capacity);
  }

  get length(): number {
    return this.#at;
  }

  #reserve(count: number): void {
    if (this.#at + count <= this.#buf.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#buf.length * 2, this.#at + count));
    this.#buf.copy(larger, 0, 0, this.#at);
    this.#buf = larger;
  }

  /** Opens a document; returns the mark to close it with. */
  open(): number {
    this.#reserve(4);
    const mark = this.#at;
    this.#at += 4;
    return mark;
  }

  close(mark: number): void {
    this.#reserve(1);
    this.#buf[this.#at++] = 0;
    this.#buf.writeInt32LE(this.#at - mark, mark);
  }

  /** Forgets everything written after that length. */
  truncate(length: number): void {
    this.#at = length;
  }

  /** Copies bytes as they are. */
  copy(source: Buffer, from: number, to: number): void {
    if (from >= to) return;
    this.#reserve(to - from);
    source.copy(this.#buf, this.#at, from, to);
    this.#at += to - from;
  }

  /** Type byte and name; the value must follow. */
  name(type: number, name: string): void {
    this.#reserve(2 + name.length * 3);
    this.#buf[this.#at++] = type;
    this.#text(name);
    this.#buf[this.#at++] = 0;
  }

  /** Writes a text for which there is room. Of a short one each letter is stored here: a call out of JavaScript costs more. */
  #text(text: string): void {
    const buf = this.#buf;
    const start = this.#at;
    if (text.length <= SHORT_TEXT) {
      let i = 0;
      for (; i < text.length; i++) {
        const code = text.charCodeAt(i);
        if (code >= 0x80) break;
        buf[start + i] = code;
      }
      if (i === text.length) {
        this.#at = start + i;
        return;
      }
    }
    this.#at += buf.write(text, start);
  }

  openField(type: number, name: string): number {
    this.name(type, name);
    return this.open();
  }

  raw(name: string, value: Raw): void {
    this.name(value.type, name);
    this.value(value);
  }

  /** The value's bytes without type and name. */
  value(value: Raw): void {
    this.copy(value.buf, value.at, value.at + valueSize(value.buf, value.type, value.at));
  }

  document(name: string, doc: RawDocument, type: number = T.object): void {
    this.name(type, name);
    this.copy(doc.buf, doc.at, doc.at + doc.buf.readInt32LE(doc.at));
  }

  int32(name: string, value: number): void {
    this.name(T.int32, name);
    this.#reserve(4);
    this.#at = this.#buf.writeInt32LE(value, this.#at);
  }

  int64(name: string, value: bigint): void {
    this.name(T.int64, name);
    this.#reserve(8);
    if (value === 0n) {
      this.#buf.fill(0, this.#at, this.#at + 8);
      this.#at += 8;
    } else this.#at = this.#buf.writeBigInt64LE(value, this.#at);
  }

  double(name: string, value: number): void {
    this.name(T.double, name);
    this.#reserve(8);
    this.#at = this.#buf.writeDoubleLE(value, this.#at);
  }

  string(name: string, value: string): void {
    this.name(T.string, name);
    this.#reserve(value.length * 3 + 5);
    const start = this.#at;
    this.#at += 4;
    this.#text(value);
    this.#buf[this.#at++] = 0;
    this.#buf.writeInt32LE(this.#at - start - 4, start);
  }

  bool(name: string, value: boolean): void {
    this.name(T.bool, name);
    this.#reserve(1);
    this.#buf[this.#at++] = value ? 1 : 0;
  }

  bytes(): Buffer {
    return this.#buf.subarray(0, this.#at);
  }
}

/** A plain object as BSON. */
export function encode(document: Document): Buffer {
  return Buffer.from(serialize(document, { ignoreUndefined: true }));
}

/** A JavaScript value as a raw value. */
export function rawOf(value: unknown): Raw {
  const buf = Buffer.from(serialize({ v: value }, { ignoreUndefined: false }));
  return { buf, type: buf[4] ?? 0, at: 7 };
}

export function documentRaw(doc: RawDocument): Raw {
  return { buf: doc.buf, type: T.object, at: doc.at };
}
