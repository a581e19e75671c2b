import { z } from 'zod';
import { CpeFault } from '../../cwmp/cpe-fault.js';
import type { AcsRequest, CpeResponse, ParameterInfo } from '../../cwmp/messages.js';
import { objectName, text } from '../config-fields.js';
import { TaskFailure } from '../outcome.js';
import { rpc, type TaskContext } from '../task-type.js';
import { listAtOnce } from './list-names.js';
import { readNames } from './read-values.js';
import { resolveNames } from './resolve-names.js';

type Step<Result> = AsyncGenerator<AcsRequest, Result, CpeResponse>;

/** The attributes of backup and restore alike (task-types.md §3.8). */
export const portMappingFields = {
  propertyName: text(256).min(1, 'is required').default('portMappingBackup').meta({
    title: 'Property',
    description: 'The property of the device that holds the backup',
  }),
  objectName: z
    .union([z.literal(''), objectName])
    .default('')
    .meta({ title: 'Table', description: 'Empty = all port mapping tables of the WAN connections' }),
};

export const portMappingDefaults = { propertyName: 'portMappingBackup', objectName: '' };

export interface PortMappingConfig {
  propertyName: string;
  objectName: string;
}

/** The writable values of one row by their names; what the device adds of its own, such as Status, is left out. */
export interface Row {
  /** Instance number. */
  number: string;
  values: Record<string, { value: string; type: string }>;
}

const INVALID_NAME = 9005;

/** Below the root object; `*` = any instance. */
const TABLES = {
  'Device.': ['NAT.PortMapping.'],
  'InternetGatewayDevice.': [
    'WANDevice.*.WANConnectionDevice.*.WANIPConnection.*.PortMapping.',
    'WANDevice.*.WANConnectionDevice.*.WANPPPConnection.*.PortMapping.',
  ],
} as const;

/** The tables that the configuration means, as they are on the device. */
export async function* tablesOf(context: TaskContext<PortMappingConfig>): Step<string[]> {
  const { objectName: given } = context.config;
  if (given !== '') {
    const [resolved] = yield* resolveNames(context, [given]);
    return [resolved?.path ?? given];
  }
  const { root } = context;
  const patterns = root === 'Device.' ? TABLES['Device.'] : TABLES['InternetGatewayDevice.'];
  const tables: string[] = [];
  for (const pattern of patterns) tables.push(...(yield* expand(root, pattern.split('*.'))));
  return tables;
}

/** Goes down instance by instance; a table that the device has not is none. */
function* expand(prefix: string, parts: readonly string[]): Generator<AcsRequest, string[], CpeResponse> {
  const [part = '', ...rest] = parts;
  const table = prefix + part;
  if (rest.length === 0) return [table];
  const found: string[] = [];
  for (const number of yield* instancesOf(table)) found.push(...(yield* expand(`${table}${number}.`, rest)));
  return found;
}

function* instancesOf(table: string): Generator<AcsRequest, string[], CpeResponse> {
  try {
    const { parameters } = yield* rpc({ method: 'GetParameterNames', path: table, nextLevel: true });
    const numbers = parameters.flatMap(({ name }) => rowOf(table, name)?.number ?? []);
    return [...new Set(numbers)];
  } catch (error) {
    if (error instanceof CpeFault && error.faultCode === INVALID_NAME) return [];
    throw error;
  }
}

/** All rows of a table with their writable values; null = the device has no such table. */
export async function* readRows(context: TaskContext<unknown>, table: string): Step<Row[] | null> {
  const names = yield* namesBelow(table);
  if (!names) return null;
  await context.learn({ names, complete: { prefix: table, ofNames: true } });
  const columns = names.filter(({ name, writable }) => !name.endsWith('.') && writable !== false);
  const { values, refused } = yield* readNames(
    context,
    columns.map(({ name }) => name),
  );
  await context.learn({ values });
  const [missing] = refused;
  // A backup with holes would lose what it was made to keep.
  if (missing) throw new TaskFailure(`${missing.name} could not be read: ${missing.reason}`);
  const rows = new Map<string, Row>();
  for (const { name } of names) {
    const number = rowOf(table, name)?.number;
    if (number !== undefined && !rows.has(number)) rows.set(number, { number, values: {} });
  }
  for (const { name, value, type } of values) {
    const place = rowOf(table, name);
    const row = place && rows.get(place.number);
    if (row) row.values[place.column] = { value, type };
  }
  return [...rows.values()];
}

function* namesBelow(table: string): Generator<AcsRequest, ParameterInfo[] | null, CpeResponse> {
  try {
    return yield* listAtOnce(table);
  } catch (error) {
    if (error instanceof CpeFault && error.faultCode === INVALID_NAME) return null;
    throw error;
  }
}

function rowOf(table: string, name: string): { number: string; column: string } | null {
  if (!name.startsWith(table)) return null;
  const match = /^(\d+)\.(.*)$/.exec(name.slice(table.length));
  return match?.[1] === undefined ? null : { number: match[1], column: match[2] ?? '' };
}
