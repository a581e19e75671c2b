import type { ValueType } from '../../cwmp/messages.js';
import { VALUE_TYPES } from '../../cwmp/messages.js';
import { TaskFailure } from '../outcome.js';

const RANGES: Partial<Record<ValueType, readonly [bigint, bigint]>> = {
  int: [-(2n ** 31n), 2n ** 31n - 1n],
  unsignedInt: [0n, 2n ** 32n - 1n],
  long: [-(2n ** 63n), 2n ** 63n - 1n],
  unsignedLong: [0n, 2n ** 64n - 1n],
};

const DATE_TIME = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(\.\d+)?(Z|[+-]\d{2}:\d{2})?$/;

/**
 * A value as the wire has it for its type: booleans as `true` or `false`, whole numbers in range and without leading
 * zeros, dateTime in UTC. Throws `TaskFailure` that names parameter and type, never the value.
 */
export function wireValue(name: string, type: ValueType, value: string): string {
  const refuse = (): never => {
    throw new TaskFailure(`The value for ${name} is no ${type}`);
  };
  switch (type) {
    case 'boolean':
      if (/^\s*(true|1)\s*$/i.test(value)) return 'true';
      return /^\s*(false|0)\s*$/i.test(value) ? 'false' : refuse();
    case 'int':
    case 'unsignedInt':
    case 'long':
    case 'unsignedLong': {
      if (!/^\s*[+-]?\d{1,20}\s*$/.test(value)) return refuse();
      const number = BigInt(value.trim().replace(/^\+/, ''));
      const [least, most] = RANGES[type] ?? [number, number];
      return number >= least && number <= most ? number.toString() : refuse();
    }
    case 'dateTime':
      return utcDateTime(value.trim()) ?? refuse();
    case 'base64':
      return /^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(value) ? value.replace(/\s+/g, '') : refuse();
    case 'hexBinary':
      return /^\s*([0-9a-fA-F]{2})*\s*$/.test(value) ? value.trim() : refuse();
    default:
      return value;
  }
}

/** A time without zone is in UTC already; the Unknown Time (TR-069 A6 §3.2.1.2: year 1) stays as it is. */
function utcDateTime(value: string): string | null {
  const [, date, time, fraction = '', zone = 'Z'] = DATE_TIME.exec(value) ?? [];
  if (date === undefined || time === undefined) return null;
  if (date.startsWith('0001-')) return `${date}T${time}${fraction}Z`;
  const instant = new Date(`${date}T${time}${zone}`);
  if (Number.isNaN(instant.getTime())) return null;
  return `${instant.toISOString().slice(0, 19)}${fraction}Z`;
}

export function isValueType(type: string | null | undefined): type is ValueType {
  return (VALUE_TYPES as readonly (string | null | undefined)[]).includes(type);
}
