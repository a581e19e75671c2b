import { StoreError, notSupported } from '../errors.js';
import { T, elementsOf, isNumber, textOf, valuesOf, type Raw, type RawDocument } from '../bson/raw.js';
import { wholeNumber } from '../bson/numbers.js';
import { parsePath, type Path } from './path.js';
import { typeByName } from './type-names.js';
import { regexSource, compileRegex, type RegexSource } from './regex.js';

/** A filter as read: what the matcher compiles and the planner looks at. */
export type Filter =
  | { readonly kind: 'and' | 'or' | 'nor'; readonly parts: readonly Filter[] }
  | { readonly kind: 'field'; readonly path: Path; readonly test: FieldTest }
  | { readonly kind: 'expression'; readonly expression: Raw };

/** A condition on the values at one path. */
export type FieldTest =
  | { readonly op: 'eq' | 'gt' | 'gte' | 'lt' | 'lte'; readonly value: Raw }
  | { readonly op: 'in'; readonly values: readonly Raw[]; readonly patterns: readonly RegexSource[] }
  | { readonly op: 'regex'; readonly source: RegexSource }
  | { readonly op: 'not'; readonly test: FieldTest }
  | { readonly op: 'every'; readonly tests: readonly FieldTest[] }
  | { readonly op: 'exists' }
  | { readonly op: 'type'; readonly types: ReadonlySet<number> }
  | { readonly op: 'mod'; readonly divisor: number; readonly remainder: number }
  | { readonly op: 'size'; readonly size: number }
  | { readonly op: 'elemMatchDocument'; readonly filter: Filter }
  | { readonly op: 'elemMatchValue'; readonly tests: readonly FieldTest[] }
  | {
      readonly op: 'bits';
      readonly mode: 'allSet' | 'allClear' | 'anySet' | 'anyClear';
      readonly mask: bigint;
    }
  | { readonly op: 'never' };

const REFUSED_TOP = new Set(['$where', '$text', '$jsonSchema', '$sampleRate', '$alwaysTrue', '$alwaysFalse']);
const REFUSED_FIELD = new Set([
  '$near',
  '$nearSphere',
  '$geoWithin',
  '$geoIntersects',
  '$within',
  '$encStrStartsWith',
]);

export function parseFilter(doc: RawDocument): Filter {
  const parts: Filter[] = [];
  for (const [name, value] of elementsOf(doc)) {
    if (name.startsWith('$')) {
      const part = parseTop(name, value);
      if (part) parts.push(part);
    } else parts.push(...parseField(parsePath(name), value));
  }
  const [only] = parts;
  return only && parts.length === 1 ? only : { kind: 'and', parts };
}

function parseTop(name: string, value: Raw): Filter | undefined {
  switch (name) {
    case '$and':
    case '$or':
    case '$nor': {
      if (value.type !== T.array) throw new StoreError(2, `${name} must be an array`);
      const parts = valuesOf(value).map((part) => {
        if (part.type !== T.object) throw new StoreError(2, `${name} argument's entries must be objects`);
        return parseFilter(part);
      });
      if (parts.length === 0) throw new StoreError(2, '$and/$or/$nor must be a nonempty array');
      return { kind: name.slice(1) as 'and' | 'or' | 'nor', parts };
    }
    case '$comment':
      return undefined;
    case '$expr':
      return { kind: 'expression', expression: value };
    default:
      if (REFUSED_TOP.has(name)) throw notSupported(name, 2);
      throw new StoreError(
        2,
        `unknown top level operator: ${name}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
      );
  }
}

/** Whether a value is a document of operators such as `{$gt: 1}`. */
export function isOperatorDocument(value: Raw): boolean {
  if (value.type !== T.object) return false;
  const first = value.at + 5;
  if (value.buf.readInt32LE(value.at) <= 5 || value.buf[first] !== 0x24) return false;
  const name = value.buf.toString('utf8', first, value.buf.indexOf(0, first));
  return name !== '$ref' && name !== '$id' && name !== '$db';
}

function parseField(path: Path, value: Raw): Filter[] {
  if (isOperatorDocument(value)) {
    return parseOperators(value).map((test) => ({ kind: 'field', path, test }));
  }
  if (value.type === T.regex) return [{ kind: 'field', path, test: regexTest(regexSource(value)) }];
  if (value.type === T.undefined) throw new StoreError(2, 'cannot compare to undefined');
  return [{ kind: 'field', path, test: { op: 'eq', value } }];
}

function regexTest(source: RegexSource): FieldTest {
  compileRegex(source);
  return { op: 'regex', source };
}

/** The conditions of `{$gt: 1, $lt: 5}`. */
export function parseOperators(doc: RawDocument): FieldTest[] {
  const tests: FieldTest[] = [];
  const elements = elementsOf(doc);
  for (const [name, value] of elements) {
    if (name === '$options') {
      if (!elements.some(([other]) => other === '$regex')) throw new StoreError(2, '$options needs a $regex');
      continue;
    }
    const options = name === '$regex' ? elements.find(([other]) => other === '$options')?.[1] : undefined;
    tests.push(parseOperator(name, value, options));
  }
  return tests;
}

function parseOperator(name: string, value: Raw, options: Raw | undefined): FieldTest {
  switch (name) {
    case '$eq':
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      if (value.type === T.undefined) throw new StoreError(2, 'cannot compare to undefined');
      if (value.type === T.regex && name !== '$eq') {
        throw new StoreError(2, `Can't have RegEx as arg to predicate over field '${name}'.`);
      }
      return { op: name.slice(1) as 'eq', value };
    case '$ne':
      if (value.type === T.regex) throw new StoreError(2, "Can't have regex as arg to $ne.");
      return { op: 'not', test: { op: 'eq', value } };
    case '$in':
      return parseIn(value, name);
    case '$nin':
      return { op: 'not', test: parseIn(value, name) };
    case '$not':
      return parseNot(value);
    case '$exists':
      return isTruthy(value) ? { op: 'exists' } : { op: 'not', test: { op: 'exists' } };
    case '$regex': {
      if (options && options.type !== T.string) throw new StoreError(2, '$options has to be a string');
      return regexTest(regexSource(value, options ? textOf(options) : ''));
    }
    case '$elemMatch':
      return parseElemMatch(value);
    case '$all':
      return parseAll(value);
    case '$size': {
      const size = wholeNumber(value);
      if (size === undefined) {
        throw new StoreError(2, 'Failed to parse $size. Expected an integer');
      }
      if (size < 0) throw new StoreError(2, 'Failed to parse $size. Expected a non-negative number');
      return { op: 'size', size };
    }
    default:
      return parseRareOperator(name, value);
  }
}

function parseRareOperator(name: string, value: Raw): FieldTest {
  switch (name) {
    case '$type':
      return { op: 'type', types: parseTypes(value) };
    case '$mod': {
      const list = value.type === T.array ? valuesOf(value) : [];
      if (value.type !== T.array) throw new StoreError(2, 'malformed mod, needs to be an array');
      if (list.length < 2) throw new StoreError(2, 'malformed mod, not enough elements');
      if (list.length > 2) throw new StoreError(2, 'malformed mod, too many elements');
      const [divisor, remainder] = list.map((part) =>
        isNumber(part.type) ? Math.trunc(toNumber(part)) : NaN,
      );
      if (divisor === undefined || Number.isNaN(divisor)) {
        throw new StoreError(2, 'malformed mod, divisor not a number');
      }
      if (remainder === undefined || Number.isNaN(remainder)) {
        throw new StoreError(2, 'malformed mod, remainder not a number');
      }
      if (divisor === 0) throw new StoreError(2, 'divisor cannot be 0');
      return { op: 'mod', divisor, remainder };
    }
    case '$bitsAllSet':
    case '$bitsAllClear':
    case '$bitsAnySet':
    case '$bitsAnyClear':
      return {
        op: 'bits',
        mode: `a${name.slice(6)}` as 'allSet',
        mask: parseBitMask(name, value),
      };
    default:
      if (REFUSED_FIELD.has(name)) throw notSupported(name, 2);
      throw new StoreError(2, `unknown operator: ${name}`);
  }
}

function toNumber(value: Raw): number {
  const whole = wholeNumber(value);
  return whole ?? (value.type === T.double ? value.buf.readDoubleLE(value.at) : NaN);
}

/** MongoDB's idea of true: everything but false, zero, null and undefined. */
export function isTruthy(value: Raw): boolean {
  switch (value.type) {
    case T.bool:
      return value.buf[value.at] === 1;
    case T.int32:
    case T.int64:
    case T.double:
    case T.decimal:
      return wholeNumber(value) !== 0;
    case T.null:
    case T.undefined:
    case T.missing:
      return false;
    default:
      return true;
  }
}

function parseIn(value: Raw, name: string): FieldTest {
  if (value.type !== T.array) throw new StoreError(2, `${name} needs an array`);
  const values: Raw[] = [];
  const patterns: RegexSource[] = [];
  for (const item of valuesOf(value)) {
    if (isOperatorDocument(item)) throw new StoreError(2, `cannot nest $ under ${name}`);
    if (item.type === T.regex) {
      const source = regexSource(item);
      compileRegex(source);
      patterns.push(source);
    }
    values.push(item);
  }
  return { op: 'in', values, patterns };
}

function parseNot(value: Raw): FieldTest {
  if (value.type === T.regex) return { op: 'not', test: regexTest(regexSource(value)) };
  if (value.type !== T.object) throw new StoreError(2, '$not needs a regex or a document');
  if (!isOperatorDocument(value)) {
    if (elementsOf(value).length === 0) throw new StoreError(2, '$not cannot be empty');
    throw new StoreError(2, `unknown operator: ${elementsOf(value)[0]?.[0] ?? ''}`);
  }
  return { op: 'not', test: { op: 'every', tests: parseOperators(value) } };
}

function parseElemMatch(value: Raw): FieldTest {
  if (value.type !== T.object) throw new StoreError(2, '$elemMatch needs an Object');
  const first = elementsOf(value)[0]?.[0];
  const isValue =
    isOperatorDocument(value) &&
    first !== undefined &&
    !['$and', '$or', '$nor', '$where', '$expr'].includes(first);
  if (isValue) return { op: 'elemMatchValue', tests: parseOperators(value) };
  return { op: 'elemMatchDocument', filter: parseFilter(value) };
}

function parseAll(value: Raw): FieldTest {
  if (value.type !== T.array) throw new StoreError(2, '$all needs an array');
  const tests = valuesOf(value).map((item): FieldTest => {
    if (item.type === T.regex) return regexTest(regexSource(item));
    if (isOperatorDocument(item)) {
      const [name, inner] = elementsOf(item)[0] ?? [];
      if (name !== '$elemMatch' || !inner) throw new StoreError(2, 'no $ expressions in $all');
      return parseElemMatch(inner);
    }
    return { op: 'eq', value: item };
  });
  return tests.length === 0 ? { op: 'never' } : { op: 'every', tests };
}

function parseTypes(value: Raw): Set<number> {
  const types = new Set<number>();
  for (const item of value.type === T.array ? valuesOf(value) : [value]) {
    for (const type of typeByName(item)) types.add(type);
  }
  if (types.size === 0) throw new StoreError(9, '$type must match at least one type');
  return types;
}

function parseBitMask(name: string, value: Raw): bigint {
  if (value.type === T.array) {
    return valuesOf(value).reduce((mask, item) => {
      const position = wholeNumber(item);
      if (position === undefined || position < 0) {
        throw new StoreError(2, `bit positions in ${name} must be non-negative integers`);
      }
      return mask | (1n << BigInt(Math.min(position, 65_536)));
    }, 0n);
  }
  if (value.type === T.binary) {
    const size = value.buf.readInt32LE(value.at);
    return littleEndian(value.buf.subarray(value.at + 5, value.at + 5 + size));
  }
  const mask = wholeNumber(value);
  if (mask === undefined || mask < 0) {
    throw new StoreError(
      9,
      `${name} takes an Array, a number, or a BinData: expected a non-negative integer`,
    );
  }
  return BigInt(mask);
}

export function littleEndian(bytes: Buffer): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
}
