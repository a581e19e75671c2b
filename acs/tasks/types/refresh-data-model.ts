import { z } from 'zod';
import { CpeFault } from '../../cwmp/cpe-fault.js';
import type { AcsRequest, CpeResponse, ParameterInfo, ParameterValue } from '../../cwmp/messages.js';
import { parked, success, type Parked } from '../outcome.js';
import { defineTaskType, rpc, type TaskContext, type TaskRun } from '../task-type.js';
import { listAtOnce, listByLevel } from './list-names.js';
import { BATCH, isAboutNames } from './read-values.js';

/** Of all tasks that read the whole data model. */
export const useRefreshQuota = z.boolean().default(true).meta({
  title: 'Use quota',
  description:
    'Counts against the refreshes per minute of this server; waits for a later session when none is left',
});

const config = z.strictObject({ useQuota: useRefreshQuota });
type Config = z.infer<typeof config>;
type SyncStep<Result> = Generator<AcsRequest, Result, CpeResponse>;

/** Parameters that one answer shall hold at most: many devices cannot build more (cpe-quirks.md row 50). */
const PARAMETERS_PER_ANSWER = 128;

/** Reads the whole data model, complete or not at all (task-types.md §1.7). */
export const refreshDataModel = defineTaskType<Config>({
  name: 'RefreshDataModel',
  title: 'Refresh data model',
  description: 'Reads all names and values of the device; what is not there any more is dropped.',
  branch: 'Data model',
  defaultPriority: 10,
  schema: config,
  example: { useQuota: true },
  transientAllowed: true,
  run,
});

async function* run(context: TaskContext<Config>): TaskRun {
  const waiting = await refreshQuota(context);
  if (waiting) return waiting;
  const started = context.now();
  const names = yield* listAll(context);
  const leaves = names.filter(({ name }) => !name.endsWith('.')).map(({ name }) => name);
  const values: ParameterValue[] = [];
  for (const group of groups(leaves, context.root)) values.push(...(yield* readGroup(context, group)));
  await context.learn({ names, values, complete: { prefix: context.root, ofNames: true } });

  context.detail('objects', names.length - leaves.length);
  context.detail('parameters', leaves.length);
  context.detail('values', values.length);
  context.detail('duration', `${((context.now().getTime() - started.getTime()) / 1000).toFixed(1)} s`);
  return success(`${leaves.length} parameters, ${values.length} values`);
}

/** Takes one of the refreshes of this minute if the task counts against them; a park where none is left. */
export async function refreshQuota(context: TaskContext<{ useQuota: boolean }>): Promise<Parked | null> {
  if (!context.config.useQuota || (await context.quota.takeRefresh())) return null;
  context.log('INFO', 'No refresh is left in this minute');
  return parked({
    stage: 'quota',
    state: {},
    summary: 'waiting for quota',
    blocking: false,
    commandKey: null,
    deadline: null,
  });
}

const RESOURCES_EXCEEDED = 9004;

function* listAll(context: TaskContext<Config>): SyncStep<ParameterInfo[]> {
  try {
    return yield* listAtOnce(context.root);
  } catch (error) {
    if (!(error instanceof CpeFault) || error.faultCode !== RESOURCES_EXCEEDED) throw error;
    context.log('INFO', `${error.message}: listing level by level`);
    return yield* listByLevel(context.root);
  }
}

/** What is asked for at once: partial paths and, should they be refused, the names that they stand for. */
export interface Group {
  paths: string[];
  names: string[];
}

/** Subtrees of a size that one answer can hold, gathered up to that size; each name in exactly one group. */
export function groups(names: readonly string[], root: string, limit = PARAMETERS_PER_ANSWER): Group[] {
  const parts: Group[] = [];
  const split = (below: readonly string[], prefix: string): void => {
    if (below.length <= limit) {
      parts.push({ paths: [prefix], names: [...below] });
      return;
    }
    const children = new Map<string, string[]>();
    for (const name of below) {
      const dot = name.indexOf('.', prefix.length);
      const child = dot < 0 ? '' : name.slice(0, dot + 1);
      const inside = children.get(child);
      if (inside) inside.push(name);
      else children.set(child, [name]);
    }
    for (const [child, inside] of children)
      if (child !== '') split(inside, child);
      // The object's own parameters: its partial path would bring the subtrees again.
      else
        for (let start = 0; start < inside.length; start += limit) {
          const part = inside.slice(start, start + limit);
          parts.push({ paths: part, names: part });
        }
  };
  if (names.length > 0) split(names, root);
  return parts.reduce<Group[]>((gathered, part) => {
    const last = gathered.at(-1);
    if (last && last.names.length + part.names.length <= limit) {
      last.paths.push(...part.paths);
      last.names.push(...part.names);
    } else gathered.push({ paths: [...part.paths], names: [...part.names] });
    return gathered;
  }, []);
}

/** A device that cannot read partial paths is asked by name; a fault then is one too many and thrown. */
function* readGroup(context: TaskContext<Config>, group: Group): SyncStep<ParameterValue[]> {
  try {
    const { parameters } = yield* rpc({ method: 'GetParameterValues', names: group.paths });
    if (!parameters.some(({ name }) => name.endsWith('.'))) return parameters;
    context.log('DEBUG', 'Objects were echoed; asking by name');
  } catch (error) {
    if (!(error instanceof CpeFault) || !isAboutNames(error)) throw error;
    context.log('DEBUG', `${error.message} for ${group.paths.length} paths; asking by name`);
  }
  const values: ParameterValue[] = [];
  for (let start = 0; start < group.names.length; start += BATCH) {
    const names = group.names.slice(start, start + BATCH);
    const { parameters } = yield* rpc({ method: 'GetParameterValues', names });
    values.push(...parameters.filter(({ name }) => !name.endsWith('.')));
  }
  return values;
}
