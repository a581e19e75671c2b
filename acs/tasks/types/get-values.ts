import { z } from 'zod';
import type { ParameterValue } from '../../cwmp/messages.js';
import { looksLikeMeaning } from '../../devices/meanings.js';
import { isSecretPath, SECRET_MASK } from '../../devices/secret-paths.js';
import { parameterOrPartialPath } from '../config-fields.js';
import { failure, success, warning } from '../outcome.js';
import { recordedFault } from '../recorded-fault.js';
import { defineTaskType, type TaskContext, type TaskRun } from '../task-type.js';
import { readPaths } from './read-paths.js';
import type { ReadResult } from './read-values.js';
import { resolveNames } from './resolve-names.js';

const config = z.strictObject({
  parameter: z
    .array(
      z.strictObject({
        name: parameterOrPartialPath.meta({
          title: 'Parameter',
          description: 'A path, a partial path with a dot at its end, a meaning such as wan.ip; empty = all',
        }),
      }),
    )
    .min(1, 'needs at least one parameter')
    .max(10_000)
    .meta({ title: 'Parameters' }),
});
type Config = z.infer<typeof config>;

/** Reads parameters into report and data model (task-types.md §1.2). */
export const getValues = defineTaskType<Config>({
  name: 'GetValues',
  title: 'Get values',
  description: 'Reads parameters; the values go to the report and to the stored data model.',
  branch: 'Data model',
  defaultPriority: 10,
  schema: config,
  example: { parameter: [{ name: 'wan.ip' }, { name: 'Root.DeviceInfo.' }] },
  transientAllowed: true,
  readsTree: ({ parameter }) => parameter.some(({ name }) => looksLikeMeaning(name)),
  run,
});

async function* run(context: TaskContext<Config>): TaskRun {
  const resolved = yield* resolveNames(
    context,
    context.config.parameter.map(({ name }) => name),
  );
  const paths = [...new Set(resolved.map(({ path }) => (path === '' ? context.root : path)))];
  const result = yield* readPaths(context, paths);
  reportValues(context, result.values);
  for (const [path, count] of result.below) context.detail(path, `${count} values`);
  return concluded(context, result, result.values.length + result.below.size);
}

function reportValues(context: TaskContext<Config>, values: readonly ParameterValue[]): void {
  for (const { name, value } of values)
    context.detail(name, isSecretPath(name) && value !== '' ? SECRET_MASK : value);
}

function concluded(
  context: TaskContext<Config>,
  { refused, fault }: Pick<ReadResult, 'refused' | 'fault'>,
  worked: number,
): ReturnType<typeof success> {
  for (const { name, reason } of refused) {
    context.log('WARN', `${name}: ${reason}`);
    context.detail(`${name} (not read)`, reason);
  }
  if (refused.length === 0) return success();
  if (worked > 0) return warning(`${refused.length} of the names could not be read`);
  return failure(
    fault?.message ?? 'None of the names could be read',
    fault ? recordedFault(fault, 'GetParameterValues') : undefined,
  );
}
