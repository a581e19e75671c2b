import { StoreError, notSupported } from '../errors.js';
import { arithmetic, bitwise, wholeNumber } from '../bson/numbers.js';
import { compareRaw } from '../bson/compare.js';
import { T, elementsOf, isNumber, textOf, valuesOf, type Raw, type RawDocument } from '../bson/raw.js';
import { showField, showId, showValue } from '../bson/show.js';
import { rawOf, type BsonWriter } from '../bson/writer.js';
import { isOperatorDocument } from '../query/filter.js';
import { typeName } from '../query/type-names.js';
import { changeArray, parsePull, parsePush, type ArrayChange } from './array-operators.js';
import type { Path } from '../query/path.js';

/** What an update knows while it is applied to one document. */
export interface UpdateContext {
  readonly document: RawDocument;
  readonly inserting: boolean;
  readonly now: Date;
  /** The array index that the positional operator `$` stands for, or -1. */
  readonly matchedIndex: number;
}

/** Writes the new element of that name, or nothing where the field is to be absent. */
export interface FieldChange {
  readonly operator: string;
  readonly path: string;
  /** Whether missing parents are made for it. */
  readonly creates: (context: UpdateContext) => boolean;
  readonly write: (context: UpdateContext, existing: Raw | undefined, name: string, out: BsonWriter) => void;
}

type NewValue = (existing: Raw | undefined, context: UpdateContext, name: string) => Raw | undefined;

const always = (): boolean => true;
const never = (): boolean => false;

function replacing(operator: string, path: string, value: NewValue): FieldChange {
  return {
    operator,
    path,
    creates: always,
    write(context, existing, name, out) {
      const result = value(existing, context, name);
      if (result) out.raw(name, result);
    },
  };
}

function arrayChange(operator: string, path: string, creates: boolean, change: ArrayChange): FieldChange {
  return {
    operator,
    path,
    creates: creates ? always : never,
    write: (context, existing, name, out) =>
      changeArray(change, creates, operator, path, context, existing, name, out),
  };
}

function failed(operator: string, existing: Raw, context: UpdateContext): StoreError {
  return new StoreError(
    2,
    `Failed to apply ${operator} operations to current value (${showValue(existing)}) for document ${showId(context.document)}`,
  );
}

function numeric(operator: '$inc' | '$mul', path: string, operand: Raw): FieldChange {
  if (!isNumber(operand.type)) {
    const verb = operator === '$inc' ? 'increment' : 'multiply';
    throw new StoreError(14, `Cannot ${verb} with non-numeric argument: ${showField(path, operand)}`);
  }
  const sign = operator === '$inc' ? '+' : '*';
  const zero: Raw = { buf: Buffer.alloc(4), type: T.int32, at: 0 };
  return replacing(operator, path, (existing, context, name) => {
    if (!existing) return operator === '$inc' ? operand : arithmetic('*', zero, operand);
    if (!isNumber(existing.type)) {
      throw new StoreError(
        14,
        `Cannot apply ${operator} to a value of non-numeric type. ${showId(context.document)} has the field '${name}' of non-numeric type ${typeName(existing.type)}`,
      );
    }
    const result = arithmetic(sign, existing, operand);
    if (!result) throw failed(operator, existing, context);
    return result;
  });
}

function bit(path: string, operand: Raw): FieldChange {
  if (operand.type !== T.object) {
    throw new StoreError(
      2,
      `The $bit modifier is not compatible with a ${typeName(operand.type)}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}`,
    );
  }
  const steps = elementsOf(operand);
  for (const [name, value] of steps) {
    if (name !== 'and' && name !== 'or' && name !== 'xor') {
      throw new StoreError(
        2,
        `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}' which is an unknown operator: {${showField(name, value)}}`,
      );
    }
    if (value.type !== T.int32 && value.type !== T.int64) {
      throw new StoreError(
        2,
        `The $bit modifier field must be an Integer(32/64 bit); a '${typeName(value.type)}' is not supported here: ${showField(name, value)}`,
      );
    }
  }
  if (steps.length === 0) {
    throw new StoreError(
      2,
      'You must pass in at least one bitwise operation. The format is: {$bit: {field: {and/or/xor: #}}',
    );
  }
  return replacing('$bit', path, (existing, context) => {
    if (existing && existing.type !== T.int32 && existing.type !== T.int64) {
      throw new StoreError(
        2,
        `Cannot apply $bit to a value of non-integral type.${showId(context.document)} has the field ${path} of non-integer type ${typeName(existing.type)}`,
      );
    }
    const zero: Raw = { buf: Buffer.alloc(4), type: T.int32, at: 0 };
    return steps.reduce((value, [name, mask]) => bitwise(name as 'and', value, mask), existing ?? zero);
  });
}

function currentDate(path: string, operand: Raw): FieldChange {
  let timestamp = false;
  if (operand.type === T.object) {
    const [name, value] = elementsOf(operand)[0] ?? [];
    if (name !== '$type') throw new StoreError(2, `Unrecognized $currentDate option: ${name ?? ''}`);
    const type = value?.type === T.string ? textOf(value) : '';
    if (type !== 'date' && type !== 'timestamp') {
      throw new StoreError(
        2,
        "The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}",
      );
    }
    timestamp = type === 'timestamp';
  } else if (operand.type !== T.bool) {
    throw new StoreError(
      2,
      `${typeName(operand.type)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
    );
  }
  return replacing('$currentDate', path, (_existing, context) => {
    if (!timestamp) return rawOf(context.now);
    const buf = Buffer.alloc(8);
    buf.writeUInt32LE(1, 0);
    buf.writeUInt32LE(Math.floor(context.now.getTime() / 1000), 4);
    return { buf, type: T.timestamp, at: 0 };
  });
}

/** Walks to a field without entering arrays; `array` names one that is in the way. */
function lookUp(doc: RawDocument, path: Path): { value?: Raw; array?: string } {
  let at: Raw = { buf: doc.buf, type: T.object, at: doc.at };
  let through = '';
  for (const segment of path.segments) {
    if (at.type === T.array) return { array: through };
    if (at.type !== T.object) return {};
    const found = elementsOf(at).find(([name]) => name === segment.name)?.[1];
    if (!found) return {};
    through = through ? `${through}.${segment.name}` : segment.name;
    at = found;
  }
  return { value: at };
}

/** The two halves of `$rename`: the source goes, the target takes its value. */
export function rename(source: Path, target: Path): [FieldChange, FieldChange] {
  const read = (context: UpdateContext): Raw | undefined => {
    const found = lookUp(context.document, source);
    if (found.array !== undefined) {
      throw new StoreError(
        2,
        `The source field cannot be an array element, '${source.text}' in doc with ${showId(context.document).slice(1, -1)} has an array field called '${found.array}'`,
      );
    }
    if (found.value) {
      const blocked = lookUp(context.document, target).array;
      if (blocked !== undefined) {
        throw new StoreError(
          2,
          `The destination field cannot be an array element, '${target.text}' in doc with ${showId(context.document).slice(1, -1)} has an array field called '${blocked}'`,
        );
      }
    }
    return found.value;
  };
  const unset: FieldChange = {
    operator: '$rename',
    path: source.text,
    creates: never,
    write: () => undefined,
  };
  const set: FieldChange = {
    operator: '$rename',
    path: target.text,
    creates: (context) => read(context) !== undefined,
    write(context, existing, name, out) {
      const value = read(context) ?? existing;
      if (value) out.raw(name, value);
    },
  };
  return [unset, set];
}

/** One field of one update operator. */
export function parseChange(operator: string, path: string, operand: Raw): FieldChange {
  switch (operator) {
    case '$set':
    case '$setOnInsert':
      return replacing(operator, path, () => operand);
    case '$unset':
      return { operator, path, creates: never, write: () => undefined };
    case '$inc':
    case '$mul':
      return numeric(operator, path, operand);
    case '$min':
      return replacing(operator, path, (old) => (old && compareRaw(old, operand) <= 0 ? old : operand));
    case '$max':
      return replacing(operator, path, (old) => (old && compareRaw(old, operand) >= 0 ? old : operand));
    case '$currentDate':
      return currentDate(path, operand);
    case '$bit':
      return bit(path, operand);
    case '$push':
      return arrayChange(operator, path, true, parsePush(operand));
    case '$addToSet':
      return arrayChange(operator, path, true, addToSet(operand));
    case '$pull':
      return arrayChange(operator, path, false, parsePull(operand));
    case '$pullAll': {
      if (operand.type !== T.array)
        throw new StoreError(
          2,
          `$pullAll requires an array argument but was given a ${typeName(operand.type)}`,
        );
      const gone = valuesOf(operand);
      return arrayChange(operator, path, false, (list) =>
        list.filter((value) => !gone.some((other) => compareRaw(value, other) === 0)),
      );
    }
    case '$pop': {
      if (!isNumber(operand.type))
        throw new StoreError(9, `Expected a number in: ${showField(path, operand)}`);
      const end = wholeNumber(operand);
      if (end !== 1 && end !== -1)
        throw new StoreError(9, `$pop expects 1 or -1, found: ${showValue(operand)}`);
      return arrayChange(operator, path, false, (list) => (end === 1 ? list.slice(0, -1) : list.slice(1)));
    }
    case '$pushAll':
      throw new StoreError(
        9,
        'Unknown modifier: $pushAll. Expected a valid update modifier or pipeline-style update specified as an array',
      );
    default:
      throw notSupported(`the update operator ${operator}`);
  }
}

function addToSet(operand: Raw): ArrayChange {
  let added: Raw[] = [operand];
  if (isOperatorDocument(operand)) {
    const [[name, each] = ['', undefined], second] = elementsOf(operand);
    if (name === '$each') {
      if (each?.type !== T.array) {
        throw new StoreError(
          14,
          `The argument to $each in $addToSet must be an array but it was of type ${typeName(each?.type ?? 0)}`,
        );
      }
      if (second)
        throw new StoreError(2, `Found unexpected fields after $each in $addToSet: ${showValue(operand)}`);
      added = valuesOf(each);
    }
  }
  return (list) => {
    const result = [...list];
    for (const value of added)
      if (!result.some((other) => compareRaw(other, value) === 0)) result.push(value);
    return result;
  };
}
