import { compareNumeric, numericOf } from './numbers.js';
import { T, valuesOf, valueSize, eachElement, isNumber, type Raw } from './raw.js';

/**
 * The order of BSON types: values of different ranks compare by rank, numbers of all types share one rank.
 * Source: MongoDB manual, "Comparison/Sort Order".
 */
export function typeRank(type: number): number {
  switch (type) {
    case T.minKey:
      return 2;
    case T.undefined:
      return 3;
    case T.missing:
    case T.null:
      return 5;
    case T.double:
    case T.int32:
    case T.int64:
    case T.decimal:
      return 10;
    case T.string:
    case T.symbol:
      return 15;
    case T.object:
      return 20;
    case T.array:
      return 25;
    case T.binary:
      return 30;
    case T.objectId:
      return 35;
    case T.bool:
      return 40;
    case T.date:
      return 45;
    case T.timestamp:
      return 47;
    case T.regex:
      return 50;
    case T.dbPointer:
      return 55;
    case T.code:
      return 60;
    case T.codeWithScope:
      return 65;
    default:
      return 127;
  }
}

/** MongoDB's order of two values: negative, zero or positive. */
export function compareValues(
  aBuf: Buffer,
  aType: number,
  aAt: number,
  bBuf: Buffer,
  bType: number,
  bAt: number,
): number {
  const rank = typeRank(aType);
  const otherRank = typeRank(bType);
  if (rank !== otherRank) return rank - otherRank;
  switch (rank) {
    case 10:
      if (aType === T.int32 && bType === T.int32) return aBuf.readInt32LE(aAt) - bBuf.readInt32LE(bAt);
      return compareNumeric(numericOf(aBuf, aType, aAt), numericOf(bBuf, bType, bAt));
    case 15:
    case 60:
      return compareBytes(
        aBuf,
        aAt + 4,
        aAt + 3 + aBuf.readInt32LE(aAt),
        bBuf,
        bAt + 4,
        bAt + 3 + bBuf.readInt32LE(bAt),
      );
    case 20:
      return compareObjects(aBuf, aAt, bBuf, bAt);
    case 25:
      return compareArrays(aBuf, aAt, bBuf, bAt);
    case 30: {
      const size = aBuf.readInt32LE(aAt) - bBuf.readInt32LE(bAt);
      if (size !== 0) return size;
      return compareBytes(
        aBuf,
        aAt + 4,
        aAt + 5 + aBuf.readInt32LE(aAt),
        bBuf,
        bAt + 4,
        bAt + 5 + bBuf.readInt32LE(bAt),
      );
    }
    case 45: {
      const a = aBuf.readBigInt64LE(aAt);
      const b = bBuf.readBigInt64LE(bAt);
      return a < b ? -1 : a > b ? 1 : 0;
    }
    case 47: {
      const a = aBuf.readBigUInt64LE(aAt);
      const b = bBuf.readBigUInt64LE(bAt);
      return a < b ? -1 : a > b ? 1 : 0;
    }
    case 35:
    case 40:
    case 50:
    case 55:
    case 65:
      return compareBytes(
        aBuf,
        aAt,
        aAt + valueSize(aBuf, aType, aAt),
        bBuf,
        bAt,
        bAt + valueSize(bBuf, bType, bAt),
      );
    default:
      return 0;
  }
}

export function compareRaw(a: Raw, b: Raw): number {
  return compareValues(a.buf, a.type, a.at, b.buf, b.type, b.at);
}

function compareBytes(a: Buffer, aFrom: number, aTo: number, b: Buffer, bFrom: number, bTo: number): number {
  return a.compare(b, bFrom, bTo, aFrom, aTo);
}

/** Field by field: type rank, then name, then value; the shorter of two equal beginnings is less. */
function compareObjects(aBuf: Buffer, aAt: number, bBuf: Buffer, bAt: number): number {
  const fields: [number, number, number, number][] = [];
  eachElement(bBuf, bAt, (type, nameAt, nameEnd, at) => {
    fields.push([type, nameAt, nameEnd, at]);
  });
  let i = 0;
  let result = 0;
  eachElement(aBuf, aAt, (type, nameAt, nameEnd, at) => {
    const other = fields[i++];
    if (!other) result = 1;
    else {
      result =
        typeRank(type) - typeRank(other[0]) ||
        compareBytes(aBuf, nameAt, nameEnd, bBuf, other[1], other[2]) ||
        compareValues(aBuf, type, at, bBuf, other[0], other[3]);
    }
    return result === 0;
  });
  if (result !== 0) return result;
  return i < fields.length ? -1 : 0;
}

function compareArrays(aBuf: Buffer, aAt: number, bBuf: Buffer, bAt: number): number {
  const a = valuesOf({ buf: aBuf, at: aAt });
  const b = valuesOf({ buf: bBuf, at: bAt });
  for (const [i, value] of a.entries()) {
    const other = b[i];
    if (!other) return 1;
    const result = compareRaw(value, other);
    if (result !== 0) return result;
  }
  return a.length - b.length;
}

/** Whether a comparison such as `$gt` may hold between these types at all (MongoDB's type bracketing). */
export function comparable(a: number, b: number): boolean {
  return (isNumber(a) && isNumber(b)) || typeRank(a) === typeRank(b);
}
