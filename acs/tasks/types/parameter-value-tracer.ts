import { z } from 'zod';
import type { AcsRequest, CpeResponse } from '../../cwmp/messages.js';
import { sampleText } from '../../devices/histories.js';
import { looksLikeMeaning } from '../../devices/meanings.js';
import { isSecretPath } from '../../devices/secret-paths.js';
import { dateText, parameterOrPartialPath, parseDate, text, whole } from '../config-fields.js';
import { success, warning } from '../outcome.js';
import { defineTaskType, type TaskContext, type TaskRun } from '../task-type.js';
import { readPaths } from './read-paths.js';
import { resolveNames } from './resolve-names.js';

const config = z.strictObject({
  saveUnchanged: z.boolean().default(false).meta({
    title: 'Save unchanged values',
    description: 'Off: a sample is kept only when the value is another one than before',
  }),
  endDate: dateText
    .default('')
    .meta({ title: 'Until', description: 'By the clocks of the server; empty = for ever' }),
  minimalInterval: whole(0, 86_400 * 365)
    .default(0)
    .meta({ title: 'Minimal interval', description: 'Seconds between samples' }),
  parameter: z
    .array(
      z.strictObject({
        name: parameterOrPartialPath
          .min(1, 'is required')
          .meta({ title: 'Parameter', description: 'A path, a partial path, or a meaning such as wan.ip' }),
        alias: text(256).default('').meta({
          title: 'Alias',
          description: 'Name in the history; empty = the path',
        }),
      }),
    )
    .min(1, 'needs at least one parameter')
    .max(1_000)
    .meta({ title: 'Parameters' }),
});
type Config = z.infer<typeof config>;
type Step<Result> = AsyncGenerator<AcsRequest, Result, CpeResponse>;

/** Keeps what parameters were at which time (task-types.md §4.1); made to be used with automatic restart. */
export const parameterValueTracer = defineTaskType<Config>({
  name: 'ParameterValueTracer',
  title: 'Trace parameter values',
  description: 'Keeps a history of values, for charts. Made for repeating in every session.',
  branch: 'Monitoring',
  defaultPriority: 10,
  schema: config,
  example: {
    saveUnchanged: false,
    endDate: '',
    minimalInterval: 0,
    parameter: [{ name: 'wan.ip', alias: 'WAN address' }],
  },
  transientAllowed: true,
  readsTree: ({ parameter }) => parameter.some(({ name }) => looksLikeMeaning(name)),
  over: ({ endDate }, at) => hasEnded(endDate, at),
  run,
});

/** One traced value: how it is called in the history. */
interface Traced {
  name: string;
  value: string;
}

async function* run(context: TaskContext<Config>): TaskRun {
  const { endDate, minimalInterval, saveUnchanged } = context.config;
  if (hasEnded(endDate, context.now())) return success('tracing ended');
  const names = yield* resolveNames(
    context,
    context.config.parameter.map(({ name }) => name),
  );
  const wanted = names.map(({ path }, index) => {
    const alias = context.config.parameter[index]?.alias ?? '';
    return { path, alias: alias === '' ? path : alias };
  });
  const due = await isDue(
    context,
    wanted.map(({ alias }) => alias),
    minimalInterval,
  );
  if (!due) return success(`the last sample is younger than ${minimalInterval} s`);

  const { traced, missing } = yield* readAll(context, wanted);
  const device = context.device._id;
  const last = saveUnchanged
    ? null
    : await context.history.latest(
        device,
        traced.map(({ name }) => name),
      );
  const samples = traced.filter(({ name, value }) => last?.get(name)?.value !== sampleText(value));
  await context.history.add(device, context.now(), samples);
  for (const { name, value } of traced) context.detail(name, value);
  context.detail('samples', samples.length);
  if (missing.length === 0) return success(`${samples.length} samples`);
  for (const { name, reason } of missing) context.log('WARN', `${name}: ${reason}`);
  return warning(`${samples.length} samples; ${missing.length} parameters could not be read`);
}

function hasEnded(endDate: string, at: Date): boolean {
  const end = parseDate(endDate);
  return end !== null && at >= end;
}

/** By the newest stored sample of all; those of partial paths are called by the names below. */
async function isDue(
  context: TaskContext<Config>,
  aliases: readonly string[],
  minimalInterval: number,
): Promise<boolean> {
  if (minimalInterval === 0) return true;
  const after = context.now().getTime() - minimalInterval * 1000;
  const newest = await context.history.newest(context.device._id, aliases);
  return newest === null || newest.getTime() <= after;
}

interface Found {
  traced: Traced[];
  missing: { name: string; reason: string }[];
}

/** What the Inform or an earlier task of this session brought is not read again. */
async function* readAll(
  context: TaskContext<Config>,
  wanted: readonly { path: string; alias: string }[],
): Step<Found> {
  const isFresh = (readAt: Date | null): boolean => readAt !== null && readAt >= context.session.startedAt;
  const before = await context.tree();
  const open = wanted.map(({ path }) => path).filter((path) => !isFresh(before.get(path)?.readAt ?? null));
  const found: Found = { traced: [], missing: [] };
  if (open.length > 0) found.missing.push(...(yield* readPaths(context, [...new Set(open)])).refused);
  const tree = await context.tree();
  for (const { path, alias } of wanted)
    for (const { path: name, value, readAt } of tree.values(path))
      if (isFresh(readAt)) keep(context, found, { path: name, alias: nameBelow(alias, path, name), value });
  return found;
}

/** A value below a partial path: its alias goes on where the partial path does. */
function nameBelow(alias: string, path: string, name: string): string {
  if (name === path) return alias;
  const stem = alias === path || alias.endsWith('.') ? alias : `${alias}.`;
  return stem + name.slice(path.length);
}

function keep(
  context: TaskContext<Config>,
  found: Found,
  { path, alias, value }: { path: string; alias: string; value: string },
): void {
  if (isSecretPath(path)) {
    context.log('WARN', `${path} is a secret: no history is kept of it`);
    return;
  }
  found.traced.push({ name: alias, value });
}
