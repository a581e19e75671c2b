import { StoreError } from '../errors.js';
import { wholeNumber } from '../bson/numbers.js';
import { T, textOf, type Raw } from '../bson/raw.js';

const NUMBER_TYPES = [T.double, T.int32, T.int64, T.decimal];

const NAMES: Readonly<Record<string, number>> = {
  double: T.double,
  string: T.string,
  object: T.object,
  array: T.array,
  binData: T.binary,
  undefined: T.undefined,
  objectId: T.objectId,
  bool: T.bool,
  date: T.date,
  null: T.null,
  regex: T.regex,
  dbPointer: T.dbPointer,
  javascript: T.code,
  symbol: T.symbol,
  javascriptWithScope: T.codeWithScope,
  int: T.int32,
  timestamp: T.timestamp,
  long: T.int64,
  decimal: T.decimal,
  minKey: T.minKey,
  maxKey: T.maxKey,
};

const TYPES = new Map(Object.entries(NAMES).map(([name, type]) => [type, name]));

/** MongoDB's name of a BSON type, for messages and `$type`. */
export function typeName(type: number): string {
  return TYPES.get(type) ?? 'missing';
}

/** The types that a `$type` operand means. */
export function typeByName(value: Raw): readonly number[] {
  if (value.type === T.string) {
    const name = textOf(value);
    if (name === 'number') return NUMBER_TYPES;
    const type = NAMES[name];
    if (type === undefined) throw new StoreError(2, `Unknown type name alias: ${name}`);
    return [type];
  }
  const code = wholeNumber(value);
  if (code === undefined) throw new StoreError(14, 'type must be represented as a number or a string');
  const type = code === -1 ? T.minKey : code;
  if (!TYPES.has(type) || code === 255) throw new StoreError(2, `Invalid numerical type code: ${code}`);
  return [type];
}
