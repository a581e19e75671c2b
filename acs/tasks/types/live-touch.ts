import { z } from 'zod';
import type { AcsRequest, CpeResponse, ParameterValue } from '../../cwmp/messages.js';
import { looksLikeMeaning } from '../../devices/meanings.js';
import { isSecretPath } from '../../devices/secret-paths.js';
import { objectName, parameterName, text, whole } from '../config-fields.js';
import { failure, success, warning } from '../outcome.js';
import { defineTaskType, rpc, type TaskContext, type TaskRun } from '../task-type.js';
import { readNames } from './read-values.js';
import { resolveNames } from './resolve-names.js';

/** Seconds that all samples together may take (task-types.md §4.2). */
const LONGEST = 300;
/** Milliseconds for which a CPE is kept waiting at most; it need not wait longer than 30 s (TR-069 A6 §3.4.1). */
const LONGEST_PAUSE = 20_000;
/** Milliseconds before the end of the active run time after which no further sample is taken. */
const RESERVE = 2_000;

const alias = text(256).default('').meta({ title: 'Alias', description: 'Empty = the path' });
const param = (key: z.ZodString, description: string) =>
  z
    .array(z.strictObject({ key: key.meta({ title: 'Parameter', description }), alias }))
    .max(100)
    .default([])
    .meta({ title: 'Parameters' });

const config = z
  .strictObject({
    samples: whole(1, 3_000).default(20).meta({ title: 'Samples' }),
    interval: whole(1, LONGEST).default(3).meta({ title: 'Interval', description: 'Seconds' }),
    in: z
      .array(
        z.strictObject({
          prefix: objectName.meta({ title: 'Prefix', examples: ['Root.WiFi.Radio.1.'] }),
          param: param(
            z.string().regex(/^[A-Za-z_][\w-]*(\.[\w-]+)*$/, 'is no name below the prefix'),
            'Relative to the prefix',
          ),
        }),
      )
      .max(100)
      .default([])
      .meta({ title: 'Below a prefix' }),
    param: param(parameterName, 'A path or a meaning such as wan.ip'),
  })
  .refine(({ samples, interval }) => samples * interval <= LONGEST, {
    error: `samples times interval are more than ${LONGEST} s`,
    path: ['samples'],
  })
  .refine((given) => given.param.length > 0 || given.in.some((part) => part.param.length > 0), {
    error: 'needs at least one parameter',
    path: ['param'],
  });
type Config = z.infer<typeof config>;
type Step<Result> = AsyncGenerator<AcsRequest, Result, CpeResponse>;

/** Reads parameters again and again within one session, for a live chart (task-types.md §4.2). */
export const liveTouch = defineTaskType<Config>({
  name: 'LiveTouch',
  title: 'Live touch',
  description:
    'Reads parameters every few seconds while the session is kept open; the samples go to the value history.',
  branch: 'Monitoring',
  defaultPriority: 10,
  schema: config,
  example: {
    samples: 20,
    interval: 3,
    in: [{ prefix: 'Root.WiFi.Radio.1.Stats.', param: [{ key: 'Noise', alias: 'noise' }] }],
    param: [],
  },
  transientAllowed: true,
  readsTree: (given) => given.param.some(({ key }) => looksLikeMeaning(key)),
  run,
});

async function* run(context: TaskContext<Config>): TaskRun {
  const { samples, interval } = context.config;
  let names = yield* namesOf(context);
  const missing = new Set<string>();
  const beganAt = context.now().getTime();
  let taken = 0;
  for (; taken < samples && names.size > 0; taken += 1) {
    const due = beganAt + taken * interval * 1000;
    if (due - context.now().getTime() > context.timeLeft() - RESERVE || context.timeLeft() < RESERVE) break;
    if (!(yield* waitUntil(context, due, names))) break;
    const { values, refused } = yield* readNames(context, [...names.keys()]);
    await keep(context, values, names);
    if (refused.length === 0) continue;
    for (const { name, reason } of refused) {
      if (!missing.has(name)) context.log('WARN', `${name}: ${reason}`);
      missing.add(name);
    }
    names = new Map([...names].filter(([path]) => !missing.has(path)));
  }
  context.detail('samples', taken);
  if (names.size === 0) return failure('None of the parameters could be read');
  if (missing.size > 0) return warning(`${taken} samples; ${missing.size} parameters could not be read`);
  return taken < samples ? warning(`${taken} of ${samples} samples`) : success(`${taken} samples`);
}

/** What is read, by path, and how it is called. */
async function* namesOf(context: TaskContext<Config>): Step<Map<string, string>> {
  const { config: given } = context;
  const wanted = [
    ...given.param.map(({ key, alias: name }) => ({ key, name })),
    ...given.in.flatMap(({ prefix, param: below }) =>
      below.map(({ key, alias: name }) => ({ key: prefix + key, name })),
    ),
  ];
  const resolved = yield* resolveNames(
    context,
    wanted.map(({ key }) => key),
  );
  const names = new Map<string, string>();
  for (const [index, { path }] of resolved.entries()) {
    if (isSecretPath(path)) context.log('WARN', `${path} is a secret and is left out`);
    else {
      const called = wanted[index]?.name ?? '';
      names.set(path, called === '' ? path : called);
    }
  }
  return names;
}

/**
 * False = the server is being shut down. A CPE that would have to wait too long for our answer is asked for something in
 * between.
 */
async function* waitUntil(
  context: TaskContext<Config>,
  due: number,
  names: ReadonlyMap<string, string>,
): Step<boolean> {
  for (let left = due - context.now().getTime(); left > 0; left = due - context.now().getTime()) {
    if (!(await context.pause(Math.min(left, LONGEST_PAUSE)))) return false;
    if (left <= LONGEST_PAUSE) break;
    const [first] = names.keys();
    if (first !== undefined) yield* rpc({ method: 'GetParameterValues', names: [first] });
  }
  return true;
}

async function keep(
  context: TaskContext<Config>,
  values: ParameterValue[],
  names: ReadonlyMap<string, string>,
): Promise<void> {
  await context.learn({ values });
  const samples = values.flatMap(({ name, value }) => {
    const called = names.get(name);
    return called === undefined ? [] : [{ name: called, value }];
  });
  await context.history.add(context.device._id, context.now(), samples);
  for (const { name, value } of samples) context.detail(name, value);
}
