import { z } from 'zod';
import { failure, success } from '../outcome.js';
import { defineTaskType, type TaskContext, type TaskRun } from '../task-type.js';
import { portMappingDefaults, portMappingFields, readRows, tablesOf } from './port-mapping-table.js';

const config = z.strictObject(portMappingFields);
type Config = z.infer<typeof config>;

/** What the property holds, as JSON. */
export interface PortMappings {
  /** Paths below the root object, each with its rows: values and their types by name. */
  tables: { table: string; rows: Record<string, { value: string; type: string }>[] }[];
}

/** Keeps the port mappings of the device in one of its properties (task-types.md §3.8). */
export const portMappingBackup = defineTaskType<Config>({
  name: 'PortMappingBackup',
  title: 'Back up port mappings',
  description: 'Reads the port mappings of the device and keeps them in one of its properties.',
  branch: 'Maintenance',
  defaultPriority: 10,
  schema: config,
  example: portMappingDefaults,
  transientAllowed: true,
  run,
});

async function* run(context: TaskContext<Config>): TaskRun {
  const backup: PortMappings = { tables: [] };
  let count = 0;
  for (const table of yield* tablesOf(context)) {
    const rows = yield* readRows(context, table);
    if (!rows) {
      context.log('WARN', `The device has no ${table}`);
      continue;
    }
    count += rows.length;
    backup.tables.push({ table: table.slice(context.root.length), rows: rows.map(({ values }) => values) });
  }
  // An empty backup would later delete what there is.
  if (backup.tables.length === 0) return failure('The device has no table of port mappings');
  await context.desk.setProperty(context.config.propertyName, JSON.stringify(backup));
  context.detail('tables', backup.tables.length);
  context.detail('mappings', count);
  return success(`${count} port mappings`);
}
