import { z } from 'zod';
import type { AcsRequest, CpeResponse, ParameterValue, ValueType } from '../../cwmp/messages.js';
import { toParameter } from '../../devices/meanings.js';
import { isSecretPath, SECRET_MASK } from '../../devices/secret-paths.js';
import { parameterName, text, valueType } from '../config-fields.js';
import { success, TaskFailure } from '../outcome.js';
import { defineTaskType, rpc, type TaskContext, type TaskRun } from '../task-type.js';
import { readNames } from './read-values.js';
import { resolveNames } from './resolve-names.js';
import { isValueType, wireValue } from './wire-value.js';

const config = z.strictObject({
  onlyChanged: z.boolean().optional().meta({
    title: 'Only changed values',
    description: 'Reads the values first and sends those that differ; secrets, which cannot be read, always',
  }),
  param: z
    .array(
      z.strictObject({
        name: parameterName.meta({
          title: 'Parameter',
          description: 'A path, a name that begins with Root., or a meaning such as wifi.1.ssid',
        }),
        value: text().default('').meta({ title: 'Value' }),
        type: valueType.default('').meta({ title: 'Type', description: 'Empty = found out' }),
      }),
    )
    .min(1, 'needs at least one param')
    .max(1_000)
    .meta({ title: 'Parameters' }),
});
type Config = z.infer<typeof config>;

/** Sets parameters, all or none (task-types.md §1.1). */
export const setValues = defineTaskType<Config>({
  name: 'SetValues',
  title: 'Set values',
  description: 'Sets parameters in one step: all of them, or none when the device refuses one.',
  branch: 'Data model',
  defaultPriority: 10,
  schema: config,
  example: {
    param: [
      { name: 'wifi.1.ssid', value: 'Home', type: '' },
      { name: 'wifi.1.password', value: 'correct horse', type: '' },
    ],
  },
  transientAllowed: true,
  remembers: true,
  // Of each parameter the value is remembered that it had before.
  readsTree: () => true,
  run,
});

export interface Wish {
  path: string;
  value: string;
  type: ValueType | null;
}

async function* run(context: TaskContext<Config>): TaskRun {
  const wishes = yield* typed(context, yield* wished(context));
  const all = wishes.map(({ path, value, type }): ParameterValue => {
    if (!type) throw new TaskFailure(`The type of ${path} is not known`);
    return { name: path, value: wireValue(path, type, value), type };
  });
  // A run that was cut off may have set them already; it sends them again, and what they were before stays known.
  const compares = context.config.onlyChanged === true && !context.repeated;
  const parameters = compares ? yield* differing(context, all) : all;
  context.detail('parameters', parameters.length);
  if (parameters.length === 0) return success('All values are as they should be');
  for (const { name, value, type } of parameters)
    context.log('INFO', `${name} = ${isSecretPath(name) ? SECRET_MASK : value} (${type})`);

  const { status } = yield* rpc({
    method: 'SetParameterValues',
    parameters,
    parameterKey: context.execution.id,
  });
  await context.replaces(parameters);
  await context.learn({ values: parameters });
  context.detail('status', status);
  if (status === 1) context.detail('pending', true);
  return success(status === 1 ? 'Accepted; not all values are applied yet' : '');
}

/** The parameters with full paths, each once: of several values for one the last counts. */
async function* wished(context: TaskContext<Config>): AsyncGenerator<AcsRequest, Wish[], CpeResponse> {
  const { param } = context.config;
  const names = yield* resolveNames(
    context,
    param.map(({ name }) => name),
  );
  const wishes = new Map<string, Wish>();
  for (const [index, { path, meaning }] of names.entries()) {
    const { value, type } = param[index] ?? { value: '', type: '' };
    if (wishes.delete(path)) context.log('WARN', `${path} is given more than once; the last value is taken`);
    wishes.set(path, {
      path,
      value: meaning ? toParameter(meaning, context.device.root, value) : value,
      type: isValueType(type) ? type : null,
    });
  }
  return [...wishes.values()];
}

/** Those that the device does not have yet; what reads as empty because it is hidden is sent (traps.md, CWMP 11). */
async function* differing(
  context: TaskContext<Config>,
  parameters: readonly ParameterValue[],
): AsyncGenerator<AcsRequest, ParameterValue[], CpeResponse> {
  const readable = parameters.filter(({ name }) => !isSecretPath(name)).map(({ name }) => name);
  if (readable.length === 0) return [...parameters];
  const { values } = yield* readNames(context, readable);
  await context.learn({ values });
  const present = new Map(values.map(({ name, value }) => [name, value]));
  return parameters.filter(({ name, value }) => present.get(name) !== value);
}

/** Missing types by the data model as known, else by reading the parameters. */
export async function* typed(
  context: TaskContext<unknown>,
  wishes: readonly Wish[],
): AsyncGenerator<AcsRequest, Wish[], CpeResponse> {
  if (wishes.every(({ type }) => type)) return [...wishes];
  const tree = await context.tree();
  const types = new Map<string, string | null | undefined>();
  const missing: string[] = [];
  for (const { path, type } of wishes) {
    if (type) continue;
    const known = tree.get(path)?.type;
    if (isValueType(known)) types.set(path, known);
    else missing.push(path);
  }
  if (missing.length > 0) {
    context.log('DEBUG', `Reading the types of ${missing.length} parameters`);
    const { values, refused } = yield* readNames(context, missing);
    await context.learn({ values });
    for (const { name, type } of values) types.set(name, type);
    if (refused.length > 0)
      throw new TaskFailure(
        `The type of ${refused.map(({ name, reason }) => `${name} (${reason})`).join(', ')} is not known`,
      );
  }
  return wishes.map((wish) => {
    const found = types.get(wish.path);
    return { ...wish, type: wish.type ?? (isValueType(found) ? found : null) };
  });
}
