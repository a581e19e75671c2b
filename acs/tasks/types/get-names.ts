import { z } from 'zod';
import { parameterOrPartialPath } from '../config-fields.js';
import { success } from '../outcome.js';
import { defineTaskType, type TaskContext, type TaskRun } from '../task-type.js';
import { listAtOnce, listByLevel } from './list-names.js';
import { resolveNames } from './resolve-names.js';

const config = z.strictObject({
  objectName: parameterOrPartialPath.default('').meta({
    title: 'Object',
    description: 'A path; empty = the root object',
  }),
  recursive: z.boolean().default(false).meta({
    title: 'Level by level',
    description:
      'Off: one request for everything. On: one request for each object, for devices that cannot answer the big one',
  }),
});
type Config = z.infer<typeof config>;

/** Reads structure and writability of the data model (task-types.md §1.3). */
export const getNames = defineTaskType<Config>({
  name: 'GetNames',
  title: 'Get names',
  description:
    'Reads which objects and parameters there are and which can be written; vanished ones are removed.',
  branch: 'Data model',
  defaultPriority: 10,
  schema: config,
  example: { objectName: 'Root.WiFi.', recursive: false },
  transientAllowed: true,
  run,
});

async function* run(context: TaskContext<Config>): TaskRun {
  const { objectName, recursive } = context.config;
  const [resolved] = yield* resolveNames(context, [objectName]);
  // Never the empty path: it is refused by some CPEs and crashes others (cpe-quirks.md row 41).
  const path = resolved && resolved.path !== '' ? resolved.path : context.root;
  const object = path.endsWith('.');
  const names = yield* recursive && object ? listByLevel(path) : listAtOnce(path);
  await context.learn(object ? { names, complete: { prefix: path, ofNames: true } } : { names });
  const objects = names.filter(({ name }) => name.endsWith('.')).length;
  context.detail('path', path);
  context.detail('objects', objects);
  context.detail('parameters', names.length - objects);
  return success(`${objects} objects, ${names.length - objects} parameters`);
}
