import { StoreError } from '../errors.js';
import { compareRaw } from '../bson/compare.js';
import { wholeNumber } from '../bson/numbers.js';
import { MISSING, T, elementsOf, valuesOf, type Raw } from '../bson/raw.js';
import { showId } from '../bson/show.js';
import type { BsonWriter } from '../bson/writer.js';
import { isOperatorDocument, parseFilter, parseOperators } from '../query/filter.js';
import { compileFilter, compileTest } from '../query/matcher.js';
import { parsePath, type Path } from '../query/path.js';
import { compileRegex, regexSource } from '../query/regex.js';
import { typeName } from '../query/type-names.js';
import type { UpdateContext } from './operators.js';

/** The elements of an array after an update operator. */
export type ArrayChange = (elements: readonly Raw[]) => Raw[];

export function writeArray(out: BsonWriter, name: string, elements: readonly Raw[]): void {
  const mark = out.openField(T.array, name);
  for (const [i, element] of elements.entries()) out.raw(String(i), element);
  out.close(mark);
}

export function changeArray(
  change: ArrayChange,
  creates: boolean,
  operator: string,
  path: string,
  context: UpdateContext,
  existing: Raw | undefined,
  name: string,
  out: BsonWriter,
): void {
  if (!existing) {
    if (creates) writeArray(out, name, change([]));
    return;
  }
  if (existing.type !== T.array) throw notAnArray(operator, path, existing, context, name);
  const old = valuesOf(existing);
  const fresh = change(old);
  if (fresh.length === old.length && fresh.every((value, i) => value === old[i])) out.raw(name, existing);
  else writeArray(out, name, fresh);
}

function notAnArray(
  operator: string,
  path: string,
  existing: Raw,
  context: UpdateContext,
  name: string,
): StoreError {
  if (operator === '$push') {
    return new StoreError(
      2,
      `The field '${name}' must be an array but is of type ${typeName(existing.type)} in document ${showId(context.document)}`,
    );
  }
  if (operator === '$addToSet') {
    return new StoreError(
      2,
      `Cannot apply $addToSet to non-array field. Field named '${name}' has non-array type ${typeName(existing.type)}`,
    );
  }
  if (operator === '$pop') {
    return new StoreError(
      14,
      `Path '${path}' contains an element of non-array type '${typeName(existing.type)}'`,
    );
  }
  return new StoreError(2, `Cannot apply ${operator} to a non-array value`);
}

/** `$push`: one value, or `$each` with `$position`, `$sort` and `$slice`. */
export function parsePush(operand: Raw): ArrayChange {
  const options = new Map(isOperatorDocument(operand) ? elementsOf(operand) : []);
  const each = options.get('$each');
  if (!each) return (list) => [...list, operand];
  if (each.type !== T.array) {
    throw new StoreError(
      2,
      `The argument to $each in $push must be an array but it was of type: ${typeName(each.type)}`,
    );
  }
  for (const name of options.keys()) {
    if (!['$each', '$slice', '$sort', '$position'].includes(name)) {
      throw new StoreError(2, `Unrecognized clause in $push: ${name}`);
    }
  }
  const added = valuesOf(each);
  const position = integerOption(
    options.get('$position'),
    'The value for $position must be an integer value',
  );
  const slice = integerOption(options.get('$slice'), 'The value for $slice must be an integer value');
  const order = options.has('$sort') ? parseSortClause(options.get('$sort') ?? MISSING) : undefined;
  return (list) => {
    const at =
      position === undefined ? list.length : position < 0 ? Math.max(0, list.length + position) : position;
    let result = [...list.slice(0, at), ...added, ...list.slice(at)];
    if (order) result.sort(order);
    if (slice !== undefined)
      result = slice === 0 ? [] : slice > 0 ? result.slice(0, slice) : result.slice(slice);
    return result;
  };
}

function integerOption(value: Raw | undefined, what: string): number | undefined {
  if (!value) return undefined;
  const whole = wholeNumber(value);
  if (whole === undefined) throw new StoreError(2, `${what} but was given type: ${typeName(value.type)}`);
  return whole;
}

/** The order of `{$sort: 1}` or `{$sort: {'a.b': -1}}` within an array. */
function parseSortClause(value: Raw): (a: Raw, b: Raw) => number {
  const direction = wholeNumber(value);
  if (direction === 1 || direction === -1) return (a, b) => compareRaw(a, b) * direction;
  if (value.type !== T.object) {
    throw new StoreError(
      2,
      'The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields',
    );
  }
  const fields = elementsOf(value).map(([name, sign]): [Path, number] => {
    const way = wholeNumber(sign);
    if (way !== 1 && way !== -1) throw new StoreError(2, 'The $sort element value must be either 1 or -1');
    if (name === '' || name.startsWith('.') || name.endsWith('.')) {
      throw new StoreError(2, `The $sort field is a dotted field but has an empty part: ${name}`);
    }
    return [parsePath(name), way];
  });
  if (fields.length === 0)
    throw new StoreError(2, 'The $sort pattern is empty when it should be a set of fields.');
  const key = (element: Raw, path: Path): Raw => {
    let at = element;
    for (const segment of path.segments) {
      if (at.type !== T.object && at.type !== T.array) return { buf: Buffer.alloc(0), type: T.null, at: 0 };
      const found = elementsOf(at).find(([name]) => name === segment.name)?.[1];
      if (!found) return { buf: Buffer.alloc(0), type: T.null, at: 0 };
      at = found;
    }
    return at;
  };
  return (a, b) => {
    for (const [path, way] of fields) {
      const order = compareRaw(key(a, path), key(b, path)) * way;
      if (order !== 0) return order;
    }
    return 0;
  };
}

/** `$pull`: a value, a condition on values, or a filter on embedded documents. */
export function parsePull(operand: Raw): ArrayChange {
  if (operand.type === T.regex) {
    const test = compileTest({ op: 'regex', source: regexSource(operand) });
    compileRegex(regexSource(operand));
    return (list) => list.filter((value) => !test(value.buf, value.type, value.at));
  }
  if (operand.type !== T.object) return (list) => list.filter((value) => compareRaw(value, operand) !== 0);
  if (isOperatorDocument(operand)) {
    const names = elementsOf(operand).map(([name]) => name);
    if (!names.every((name) => ['$and', '$or', '$nor'].includes(name))) {
      const tests = parseOperators(operand).map(compileTest);
      return (list) => list.filter((value) => !tests.every((test) => test(value.buf, value.type, value.at)));
    }
  }
  const match = compileFilter(parseFilter(operand));
  return (list) => list.filter((value) => !(value.type === T.object && match(value.buf, value.at)));
}
