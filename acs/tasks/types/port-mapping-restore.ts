import { z } from 'zod';
import { CpeFault } from '../../cwmp/cpe-fault.js';
import type { AcsRequest, CpeResponse, ParameterValue } from '../../cwmp/messages.js';
import { success, TaskFailure, warning } from '../outcome.js';
import { defineTaskType, rpc, type TaskContext, type TaskRun } from '../task-type.js';
import type { PortMappings } from './port-mapping-backup.js';
import {
  portMappingDefaults,
  portMappingFields,
  readRows,
  tablesOf,
  type Row,
} from './port-mapping-table.js';
import { isValueType, wireValue } from './wire-value.js';

const config = z.strictObject(portMappingFields);
type Config = z.infer<typeof config>;
type Values = PortMappings['tables'][number]['rows'][number];
type Step<Result> = AsyncGenerator<AcsRequest, Result, CpeResponse>;

const stored = z.object({
  tables: z.array(
    z.object({
      table: z.string().regex(/^[\w.]+\.$/),
      rows: z.array(z.record(z.string(), z.object({ value: z.string(), type: z.string() }))),
    }),
  ),
});

/** Gives the device the port mappings that are kept in its property (task-types.md §3.8). */
export const portMappingRestore = defineTaskType<Config>({
  name: 'PortMappingRestore',
  title: 'Restore port mappings',
  description:
    'Makes the port mappings of the device those that were backed up: rows that differ are deleted, missing ones are made.',
  branch: 'Maintenance',
  defaultPriority: 10,
  schema: config,
  example: portMappingDefaults,
  transientAllowed: true,
  run,
});

/** May begin again at any point: rows that are right are left alone, half-made ones differ and go. */
async function* run(context: TaskContext<Config>): TaskRun {
  const backup = backupOf(context);
  // Only where a table is named: else what was backed up says which tables are meant.
  const named = context.config.objectName === '' ? null : new Set(yield* tablesOf(context));
  const count = { deleted: 0, added: 0, kept: 0 };
  const missing: string[] = [];
  for (const { table, rows } of backup.tables) {
    const path = context.root + table;
    if (named && !named.has(path)) continue;
    const present = yield* readRows(context, path);
    if (!present) {
      missing.push(path);
      continue;
    }
    const { wanted, surplus } = compare(rows, present);
    count.kept += present.length - surplus.length;
    for (const { number } of surplus) yield* remove(context, `${path}${number}.`);
    count.deleted += surplus.length;
    for (const row of wanted) yield* make(context, path, row);
    count.added += wanted.length;
  }
  for (const [name, value] of Object.entries(count)) context.detail(name, value);
  const summary = `${count.added} made, ${count.deleted} deleted, ${count.kept} left as they were`;
  if (missing.length === 0) return success(summary);
  for (const path of missing) context.log('WARN', `The device has no ${path}`);
  return warning(`${summary}; the device has no ${missing.join(', ')}`);
}

function backupOf({ config: { propertyName }, desk }: TaskContext<Config>): PortMappings {
  const json = desk.property(propertyName);
  if (json === null) throw new TaskFailure(`The device has no property ${propertyName}`);
  let data: unknown;
  try {
    data = JSON.parse(json);
  } catch {
    throw new TaskFailure(`The property ${propertyName} is no backup of port mappings`);
  }
  const parsed = stored.safeParse(data);
  if (!parsed.success) throw new TaskFailure(`The property ${propertyName} is no backup of port mappings`);
  return parsed.data;
}

/** Each stored row takes one equal row of the device; what is left on either side is wanted, or surplus. */
function compare(rows: readonly Values[], present: readonly Row[]): { wanted: Values[]; surplus: Row[] } {
  const surplus = [...present];
  const wanted = rows.filter((row) => {
    const at = surplus.findIndex(({ values }) => isSame(row, values));
    if (at >= 0) surplus.splice(at, 1);
    return at < 0;
  });
  return { wanted, surplus };
}

function isSame(row: Values, values: Values): boolean {
  return Object.entries(row).every(([name, { value }]) => values[name]?.value === value);
}

async function* remove(context: TaskContext<Config>, path: string): Step<void> {
  context.log('INFO', `Deleting ${path}`);
  yield* rpc({ method: 'DeleteObject', objectName: path, parameterKey: context.execution.id });
  await context.learn({ removed: [path] });
}

async function* make(context: TaskContext<Config>, table: string, row: Values): Step<void> {
  const { instanceNumber } = yield* rpc({
    method: 'AddObject',
    objectName: table,
    parameterKey: context.execution.id,
  });
  const path = `${table}${instanceNumber}.`;
  await context.learn({ names: [{ name: path, writable: true }] });
  context.log('INFO', `Made ${path}`);
  const parameters = Object.entries(row).map(([column, { value, type }]): ParameterValue => {
    if (!isValueType(type)) throw new TaskFailure(`The backup has no type for ${column}`);
    return { name: path + column, value: wireValue(path + column, type, value), type };
  });
  if (parameters.length === 0) return;
  try {
    yield* rpc({ method: 'SetParameterValues', parameters, parameterKey: context.execution.id });
  } catch (error) {
    // A mapping that forwards nothing known is worse than none.
    if (error instanceof CpeFault) yield* remove(context, path);
    throw error;
  }
  await context.learn({ values: parameters });
}
