import { createHash } from 'node:crypto';
import { compareNumeric, numericOf, toDecimal, type Decimal, type Numeric } from './numbers.js';
import { typeRank } from './compare.js';
import { T, eachElement, valueSize, type Raw } from './raw.js';

/**
 * Keys whose byte order is MongoDB's order of values. A component is one type byte (2–250) and the value:
 *
 * - numbers: the greatest double that is not greater, its bits made comparable, then 0; or 1 and the decimal digits where
 *   the number lies between two doubles (large integers, decimals);
 * - texts and names: bytes with 0 written as 0 255, ended by 0;
 * - documents and arrays: their elements, ended by 1.
 *
 * A component never begins with byte 0 or 255, and where one is the beginning of another, 255 follows; so components can be put one after
 * the other, and "component + 255" is behind every key that goes on with a further component. Descending: all bits inverted.
 */
export class KeyWriter {
  #buf: Buffer = Buffer.allocUnsafe(1024);
  #at = 0;

  reset(): this {
    this.#at = 0;
    return this;
  }

  get length(): number {
    return this.#at;
  }

  bytes(): Buffer {
    const bytes = Buffer.allocUnsafe(this.#at);
    for (let i = 0; i < bytes.length; i++) bytes[i] = this.#buf[i] ?? 0;
    return bytes;
  }

  copy(bytes: Buffer): this {
    this.#reserve(bytes.length);
    bytes.copy(this.#buf, this.#at);
    this.#at += bytes.length;
    return this;
  }

  uint32(value: number): this {
    this.#reserve(4);
    this.#at = this.#buf.writeUInt32BE(value, this.#at);
    return this;
  }

  byte(value: number): this {
    this.#reserve(1);
    this.#buf[this.#at++] = value;
    return this;
  }

  #reserve(count: number): void {
    if (this.#at + count <= this.#buf.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#buf.length * 2, this.#at + count));
    this.#buf.copy(larger, 0, 0, this.#at);
    this.#buf = larger;
  }

  /**
   * Appends one component of at most `cap` bytes; a longer one keeps its beginning and ends with a hash of the whole, so that
   * equality is kept and order is not. Returns whether it was cut.
   */
  component(buf: Buffer, type: number, at: number, descending: boolean, cap: number): boolean {
    const start = this.#at;
    this.byte(typeRank(type));
    this.#value(buf, type, at);
    const cut = this.#at - start > cap;
    if (cut) {
      const hash = createHash('sha256').update(this.#buf.subarray(start, this.#at)).digest();
      this.#at = start + cap - hash.length;
      this.copy(hash);
    }
    if (descending) this.invert(start);
    return cut;
  }

  invert(from: number): void {
    for (let i = from; i < this.#at; i++) this.#buf[i] = ~(this.#buf[i] ?? 0);
  }

  #value(buf: Buffer, type: number, at: number): void {
    switch (type) {
      case T.double:
      case T.int32:
      case T.int64:
      case T.decimal:
        this.#number(numericOf(buf, type, at));
        break;
      case T.string:
      case T.symbol:
      case T.code:
        this.#text(buf, at + 4, at + 3 + buf.readInt32LE(at));
        break;
      case T.object:
      case T.array:
        eachElement(buf, at, (elementType, nameAt, nameEnd, valueAt) => {
          this.byte(typeRank(elementType));
          if (type === T.object) this.#text(buf, nameAt, nameEnd);
          this.#value(buf, elementType, valueAt);
        });
        this.byte(1);
        break;
      case T.binary:
        this.uint32(buf.readInt32LE(at));
        this.copy(buf.subarray(at + 4, at + 5 + buf.readInt32LE(at)));
        break;
      case T.date:
        this.#reserve(8);
        this.#at = this.#buf.writeBigUInt64BE(
          BigInt.asUintN(64, buf.readBigInt64LE(at)) ^ 0x8000000000000000n,
          this.#at,
        );
        break;
      case T.timestamp:
        this.#reserve(8);
        this.#at = this.#buf.writeBigUInt64BE(buf.readBigUInt64LE(at), this.#at);
        break;
      case T.regex: {
        const end = buf.indexOf(0, at);
        this.#text(buf, at, end);
        this.#text(buf, end + 1, buf.indexOf(0, end + 1));
        break;
      }
      case T.objectId:
      case T.bool:
        this.copy(buf.subarray(at, at + valueSize(buf, type, at)));
        break;
      case T.codeWithScope:
      case T.dbPointer:
        this.#text(buf, at, at + valueSize(buf, type, at));
        break;
      default: // MinKey, MaxKey, null, undefined: the type byte says it all
    }
  }

  #text(buf: Buffer, from: number, to: number): void {
    this.#reserve((to - from) * 2 + 1);
    for (let i = from; i < to; i++) {
      const byte = buf[i] ?? 0;
      this.#buf[this.#at++] = byte;
      if (byte === 0) this.#buf[this.#at++] = 0xff;
    }
    this.#buf[this.#at++] = 0;
  }

  #number(value: Numeric): void {
    if (typeof value === 'number') {
      this.#double(value);
      this.byte(0);
      return;
    }
    const floor = floorDouble(value);
    this.#double(floor);
    if (compareNumeric(floor, value) === 0) this.byte(0);
    else {
      this.byte(1);
      this.#digits(toDecimal(value));
    }
  }

  #double(value: number): void {
    this.#reserve(8);
    const at = this.#at;
    this.#at += 8;
    if (Number.isNaN(value)) {
      this.#buf.fill(0, at, at + 8);
      return;
    }
    this.#buf.writeDoubleBE(value === 0 ? 0 : value, at);
    if (value < 0) for (let i = at; i < at + 8; i++) this.#buf[i] = ~(this.#buf[i] ?? 0);
    else this.#buf[at] = (this.#buf[at] ?? 0) ^ 0x80;
  }

  #digits(value: Decimal): void {
    const start = this.#at;
    const negative = value.coefficient < 0n;
    const digits = (negative ? -value.coefficient : value.coefficient).toString();
    this.#reserve(digits.length + 3);
    this.#at = this.#buf.writeUInt16BE(32768 + digits.length + value.exponent, this.#at);
    this.#at += this.#buf.write(digits.replace(/0+$/, ''), this.#at, 'latin1');
    this.#buf[this.#at++] = 0;
    if (negative) this.invert(start);
  }
}

/** The greatest double that is not greater than the value. */
function floorDouble(value: bigint | Decimal): number {
  const near = Number(typeof value === 'bigint' ? value : `${value.coefficient}E${value.exponent}`);
  return compareNumeric(near, value) > 0 ? nextDown(near) : near;
}

function nextDown(value: number): number {
  if (value === Infinity) return Number.MAX_VALUE;
  if (value === 0) return -Number.MIN_VALUE;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  view.setBigUint64(0, view.getBigUint64(0) + (value > 0 ? -1n : 1n));
  return view.getFloat64(0);
}

const shared = new KeyWriter();
const UNCUT = Number.MAX_SAFE_INTEGER;

/** One value as a key of its own. */
export function encodeKey(value: Raw): Buffer {
  shared.reset().component(value.buf, value.type, value.at, false, UNCUT);
  return shared.bytes();
}
