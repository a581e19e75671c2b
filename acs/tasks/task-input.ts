import { z } from 'zod';
import { ValidationError } from '../../common/errors.js';
import { LOG_LEVELS, type TaskRecord } from '../../store/models/task.js';
import { text } from './config-fields.js';
import { parseConfig } from './config-schema.js';
import type { TaskType } from './task-type.js';
import { taskTypeNamed } from './task-types.js';

/** The common settings of a task (tasks.md §3), as they may be given. */
export interface TaskSettings {
  active?: boolean | undefined;
  anonymous?: boolean | undefined;
  name?: string | undefined;
  comment?: string | undefined;
  tags?: string[] | undefined;
  automaticRestart?: boolean | undefined;
  repeatOnBootstrap?: boolean | undefined;
  transientReport?: boolean | undefined;
  logLevel?: string | undefined;
  priority?: number | undefined;
  minInterval?: number | undefined;
  domain?: string | undefined;
  properties?: { name: string; value: string }[] | undefined;
}

/** A new task as a user gives it: `config` as data or as the XML of `<config>`. */
export interface TaskInput extends TaskSettings {
  device: string;
  type: string;
  config?: unknown;
}

/** What an edit may change; target and type are fixed (tasks.md §7.1). */
export interface TaskPatch extends TaskSettings {
  config?: unknown;
}

const INT_MIN = -2_147_483_648;
const INT_MAX = 2_147_483_647;

const settingsSchema = z.strictObject({
  active: z.boolean(),
  anonymous: z.boolean(),
  name: text(128),
  comment: text(4_000),
  tags: z.array(text(128).min(1)).max(100),
  automaticRestart: z.boolean(),
  repeatOnBootstrap: z.boolean(),
  transientReport: z.boolean(),
  logLevel: z.enum(LOG_LEVELS),
  priority: z.number().int().min(INT_MIN).max(INT_MAX),
  minInterval: z.number().int().min(0).max(INT_MAX),
  domain: z.string().regex(/^\/([^/\s]+\/)*$/, 'begins and ends with /'),
  properties: z
    .array(z.strictObject({ name: text(200).min(1), value: text(65_536) }))
    .max(1_000)
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, 'names must be unique'),
});

type Settings = z.infer<typeof settingsSchema>;
export type Definition = Settings & Pick<TaskRecord, 'type' | 'config'>;

/** A complete, valid definition from what was given. Throws `ValidationError` with a pointer to each wrong field. */
export function newDefinition(input: Omit<TaskInput, 'device'>, domain: string): Definition {
  const { type: name, config, ...given } = input;
  const type = taskTypeNamed(name);
  return definition(type, parseConfig(type, config), {
    active: true,
    name: '',
    comment: '',
    tags: [],
    automaticRestart: false,
    repeatOnBootstrap: false,
    transientReport: false,
    logLevel: 'INFO',
    priority: type.defaultPriority,
    minInterval: 0,
    domain,
    properties: [],
    ...anonymity(given),
    ...defined(given),
  });
}

/** The definition of a task with a patch on it. */
export function editedDefinition(task: TaskRecord, patch: TaskPatch): Definition {
  const type = taskTypeNamed(task.type);
  const { config, ...given } = patch;
  return definition(type, config === undefined ? task.config : parseConfig(type, config), {
    ...settingsOf(task),
    ...anonymity(given),
    ...defined(given),
  });
}

export function settingsOf(task: TaskRecord): Settings {
  const keys = Object.keys(settingsSchema.shape) as (keyof Settings)[];
  return Object.fromEntries(keys.map((key) => [key, task[key]])) as Settings;
}

function definition(type: TaskType, config: TaskRecord['config'], given: object): Definition {
  const result = settingsSchema.safeParse(given);
  if (!result.success)
    throw new ValidationError(
      'The task is not valid',
      result.error.issues.flatMap((issue) =>
        (issue.code === 'unrecognized_keys' ? issue.keys : ['']).map((key) => ({
          pointer: [...issue.path, ...(key === '' ? [] : [key])].map((part) => `/${String(part)}`).join(''),
          code: key === '' ? 'invalid' : 'unknown-field',
          message: key === '' ? issue.message : 'is no setting of a task',
        })),
      ),
    );
  const settings = result.data;
  if (!settings.anonymous && settings.name === '')
    throw ValidationError.of('/name', 'A task that is not anonymous needs a name', 'required');
  if (settings.transientReport && !type.transientAllowed)
    throw ValidationError.of(
      '/transientReport',
      `${type.name} goes on over several sessions and needs its report`,
      'transient',
    );
  // A name given along with "anonymous" would be stored and never shown.
  return { ...settings, name: settings.anonymous ? '' : settings.name, type: type.name, config };
}

/** A name makes a task a named one unless it says otherwise. */
function anonymity(given: TaskSettings): { anonymous?: boolean } {
  if (given.anonymous !== undefined) return {};
  return given.name === undefined ? { anonymous: true } : { anonymous: given.name === '' };
}

function defined(given: object): object {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
