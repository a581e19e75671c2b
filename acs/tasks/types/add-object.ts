import { z } from 'zod';
import { CpeFault } from '../../cwmp/cpe-fault.js';
import type { AcsRequest, CpeResponse, ParameterValue, ValueType } from '../../cwmp/messages.js';
import type { ParameterTree } from '../../devices/parameter-tree.js';
import { isSecretPath, SECRET_MASK } from '../../devices/secret-paths.js';
import { objectName, text, valueType } from '../config-fields.js';
import { failure, success, TaskFailure } from '../outcome.js';
import { recordedFault } from '../recorded-fault.js';
import { defineTaskType, rpc, type TaskContext, type TaskRun } from '../task-type.js';
import { listAtOnce } from './list-names.js';
import { readBelow, tidyNames } from './read-values.js';
import { resolveNames } from './resolve-names.js';
import { isValueType, wireValue } from './wire-value.js';

const config = z.strictObject({
  objectName: objectName
    .refine((name) => !/(^|\.)(\d+|\[[^\]]+\])\.$/.test(name), 'names the table, without an instance number')
    .meta({ title: 'Table', examples: ['Root.NAT.PortMapping.'] }),
  deleteOnFailure: z.boolean().default(false).meta({
    title: 'Delete on failure',
    description: 'Deletes the new instance again when its values are refused',
  }),
  getChildren: z.boolean().default(true).meta({
    title: 'Read children',
    description: 'Reads names and values of the new instance afterwards',
  }),
  with: z
    .array(
      z.strictObject({
        key: z
          .string()
          .regex(/^[A-Za-z_][\w-]*(\.[\w-]+)*$/, 'is no name below the new instance')
          .meta({ title: 'Name', description: 'Relative to the new instance' }),
        value: text().default('').meta({ title: 'Value' }),
        type: valueType.default('').meta({ title: 'Type', description: 'Empty = found out' }),
      }),
    )
    .max(1_000)
    .default([])
    .meta({ title: 'Initial values' }),
});
type Config = z.infer<typeof config>;
type Step<Result> = AsyncGenerator<AcsRequest, Result, CpeResponse>;
type SyncStep<Result> = Generator<AcsRequest, Result, CpeResponse>;

/** Makes an object instance and gives it values (task-types.md §1.4). */
export const addObject = defineTaskType<Config>({
  name: 'AddObject',
  title: 'Add object',
  description: 'Makes a new instance in a table and sets its first values.',
  branch: 'Data model',
  defaultPriority: 10,
  schema: config,
  example: {
    objectName: 'Root.NAT.PortMapping.',
    deleteOnFailure: false,
    getChildren: true,
    with: [
      { key: 'ExternalPort', value: '8080', type: 'unsignedInt' },
      { key: 'Enable', value: 'true', type: '' },
    ],
  },
  transientAllowed: true,
  run,
});

async function* run(context: TaskContext<Config>): TaskRun {
  const [resolved] = yield* resolveNames(context, [context.config.objectName]);
  const table = resolved?.path ?? context.config.objectName;
  const { instance, status } = yield* makeInstance(context, table);
  const path = `${table}${instance}.`;
  context.detail('instanceNumber', instance);
  context.detail('path', path);
  context.detail('status', status);
  try {
    yield* fill(context, table, path);
  } catch (error) {
    return yield* afterRefusal(context, path, error);
  }
  if (context.config.getChildren) yield* discover(context, path);
  return success(path);
}

/** What stands written around AddObject: the instances that were there before, then the one that was made. */
interface State {
  before?: string[];
  instance?: number;
  status?: number;
}

async function* makeInstance(
  context: TaskContext<Config>,
  table: string,
): Step<{ instance: number; status: number }> {
  const state = (context.resumed?.state ?? {}) as State;
  if (state.instance !== undefined) return { instance: state.instance, status: state.status ?? 0 };
  const present = yield* instancesOf(table);
  if (state.before) {
    // The answer to AddObject was never seen: an instance that was not there before is ours.
    const made = present.filter((number) => !state.before?.includes(number)).map(Number);
    if (made.length > 0) {
      const instance = Math.max(...made);
      context.log('INFO', `${table}${instance}. was made before the interruption`);
      await context.checkpoint('added', { instance, status: 0 });
      return { instance, status: 0 };
    }
  }
  await context.checkpoint('adding', { before: present });
  const response = yield* rpc({
    method: 'AddObject',
    objectName: table,
    parameterKey: context.execution.id,
  });
  const { instanceNumber: instance, status } = response;
  await context.checkpoint('added', { instance, status });
  await context.learn({ names: [{ name: `${table}${instance}.`, writable: true }] });
  return { instance, status };
}

function* instancesOf(table: string): SyncStep<string[]> {
  const { parameters } = yield* rpc({ method: 'GetParameterNames', path: table, nextLevel: true });
  const numbers = tidyNames(parameters, table).flatMap(({ name }) => {
    const number = /^(\d+)\./.exec(name.slice(table.length))?.[1];
    return number === undefined ? [] : [number];
  });
  return [...new Set(numbers)];
}

async function* fill(context: TaskContext<Config>, table: string, path: string): Step<void> {
  const wishes = context.config.with;
  if (wishes.length === 0) return;
  const types = siblingTypes(await context.tree(), table, path);
  if (wishes.some(({ key, type }) => type === '' && !types.has(key))) {
    yield* discover(context, path);
    for (const [key, type] of siblingTypes(await context.tree(), table, path)) types.set(key, type);
  }
  const parameters = wishes.map(({ key, value, type }): ParameterValue => {
    const found = isValueType(type) ? type : types.get(key);
    if (!found) throw new TaskFailure(`The type of ${path}${key} is not known`);
    return { name: path + key, value: wireValue(path + key, found, value), type: found };
  });
  for (const { name, value, type } of parameters)
    context.log('INFO', `${name} = ${isSecretPath(name) ? SECRET_MASK : value} (${type})`);
  const { status } = yield* rpc({
    method: 'SetParameterValues',
    parameters,
    parameterKey: context.execution.id,
  });
  if (status === 1) context.detail('pending', true);
  await context.learn({ values: parameters });
}

/** Types by name below an instance, as the new instance or its siblings have them. */
function siblingTypes(tree: ParameterTree, table: string, path: string): Map<string, ValueType> {
  const types = new Map<string, ValueType>();
  const siblings = [path, ...tree.instances(table).map((number) => `${table}${number}.`)];
  for (const sibling of siblings)
    for (const node of tree.descendants(sibling)) {
      const key = node.path.slice(sibling.length);
      if (!node.object && isValueType(node.type) && !types.has(key)) types.set(key, node.type);
    }
  return types;
}

async function* afterRefusal(context: TaskContext<Config>, path: string, error: unknown): TaskRun {
  if (!(error instanceof CpeFault) && !(error instanceof TaskFailure)) throw error;
  const fault = error instanceof CpeFault ? recordedFault(error, 'SetParameterValues') : undefined;
  if (!context.config.deleteOnFailure)
    return failure(`${error.message}; ${path} stays without values`, fault);
  try {
    yield* rpc({ method: 'DeleteObject', objectName: path, parameterKey: context.execution.id });
    await context.learn({ removed: [path] });
    return failure(`${error.message}; ${path} was deleted again`, fault);
  } catch (second) {
    if (!(second instanceof CpeFault)) throw second;
    return failure(`${error.message}; ${path} stays: it could not be deleted (${second.message})`, fault);
  }
}

/** What the new instance looks like; what cannot be read is left for a refresh. */
async function* discover(context: TaskContext<Config>, path: string): Step<void> {
  try {
    const names = yield* listAtOnce(path);
    await context.learn({ names, complete: { prefix: path, ofNames: true } });
    const below = yield* readBelow(context, path);
    if (below instanceof CpeFault) throw below;
  } catch (error) {
    if (!(error instanceof CpeFault)) throw error;
    context.log('WARN', `${path} could not be read: ${error.message}`);
  }
}
