import {
  Entry,
  LiveQuery,
  ValueMap,
  ValueSet,
  type Type,
  type Value,
} from '../../../acs/expressions/index.js';
import { ContextValue } from '../../../acs/expressions/values.js';

const WHOLE: Readonly<Record<string, number>> = { byte: 7, short: 15, int: 31 };

/** Whether a value is held as its static type promises; null is a value of every type. */
export function isOfType(value: Value, type: Type): boolean {
  if (value === null) return true;
  switch (type.kind) {
    case 'any':
      return true;
    case 'null':
      return false;
    case 'boolean':
      return typeof value === 'boolean';
    case 'string':
      return typeof value === 'string';
    case 'char':
      return typeof value === 'string' && value.length === 1;
    case 'enum':
      return typeof value === 'string' && (type.values.length === 0 || type.values.includes(value));
    case 'byte':
    case 'short':
    case 'int': {
      const most = 2 ** (WHOLE[type.kind] ?? 0);
      return typeof value === 'number' && Number.isInteger(value) && value >= -most && value < most;
    }
    case 'long':
      return typeof value === 'bigint' && BigInt.asIntN(64, value) === value;
    case 'float':
      return typeof value === 'number' && Object.is(Math.fround(value), value);
    case 'double':
      return typeof value === 'number';
    case 'date':
      return value instanceof Date && !Number.isNaN(value.getTime());
    case 'bytes':
      return value instanceof Uint8Array;
    case 'list':
      return Array.isArray(value) && value.every((part: Value) => isOfType(part, type.element));
    case 'set':
      return value instanceof ValueSet && value.values().every((part) => isOfType(part, type.element));
    case 'collection':
      return isOfType(value, { kind: value instanceof ValueSet ? 'set' : 'list', element: type.element });
    case 'map':
      return (
        value instanceof ValueMap &&
        value.entries().every((entry) => isOfType(entry, { kind: 'entry', key: type.key, value: type.value }))
      );
    case 'entry':
      return value instanceof Entry && isOfType(value.key, type.key) && isOfType(value.value, type.value);
    case 'object':
      return value instanceof LiveQuery
        ? type.name === 'LiveDMQuery'
        : value instanceof ContextValue && value.type === type.name;
    default:
      return false;
  }
}
