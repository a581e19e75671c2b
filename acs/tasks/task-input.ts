import { z } from 'zod';
import { DOMAIN, DOMAIN_RULE, MAX_DOMAIN } from '../../common/domains.js';
import { ValidationError } from '../../common/errors.js';
import { LOG_LEVELS, type TaskAlert, type TaskProperty, type TaskRecord } from '../../store/models/task.js';
import { line, text } from './config-fields.js';
import { parseConfig } from './config-schema.js';
import { groupName, taskSuffix } from './group-path.js';
import { checkRollout, rolloutDefinition, rolloutOf, type RolloutInput } from './rollouts/rollout-input.js';
import { scheduleSpan, spanOf, type SpanInput } from './schedules/schedule-input.js';
import { timeOf } from './time-input.js';
import type { TaskType } from './task-type.js';
import { taskTypeNamed } from './task-types.js';

/** The common settings of a task (tasks.md §3), as they may be given. */
export interface TaskSettings {
  active?: boolean | undefined;
  anonymous?: boolean | undefined;
  name?: string | undefined;
  comment?: string | undefined;
  tags?: string[] | undefined;
  /** Decides what becomes of the flags of repetition; left out: they are taken as they are. */
  execute?: 'once' | 'once-and-repeat' | undefined;
  executionCondition?: string | undefined;
  automaticRestart?: boolean | undefined;
  repeatOnBootstrap?: boolean | undefined;
  appliesToSubgroups?: boolean | undefined;
  transientReport?: boolean | undefined;
  schedule?: ScheduleInput | undefined;
  scheduleConnection?: boolean | undefined;
  /** A time, or an ISO 8601 duration from now; null = never. */
  expiry?: string | Date | null | undefined;
  logLevel?: string | undefined;
  priority?: number | undefined;
  minInterval?: number | undefined;
  resumeAfterDisconnect?: number | undefined;
  domain?: string | undefined;
  bloodline?: string | undefined;
  properties?: TaskProperty[] | undefined;
  /** Raised on a device where a run ends badly. */
  alerts?: TaskAlert[] | undefined;
  /** Group tasks: the waves in which it reaches its devices; null = all at once. */
  rollout?: RolloutInput | null | undefined;
}

/** A predefined schedule, one of its own, or null = always. */
export type ScheduleInput = { ref: string } | SpanInput | null;

/** A new task as a user gives it: `config` as data or as the XML of `<config>`. Exactly one target. */
export interface TaskInput extends TaskSettings {
  device?: string | undefined;
  group?: string | undefined;
  type: string;
  config?: unknown;
  /** The end of its id in place of the next number. */
  suffix?: string | undefined;
  /** Id of the template that it is made from. */
  template?: string | undefined;
}

/** What an edit may change; target and type are fixed (tasks.md §7.1). */
export interface TaskPatch extends TaskSettings {
  config?: unknown;
}

const INT_MIN = -2_147_483_648;
const INT_MAX = 2_147_483_647;
/** Characters of an expression (expressions.md §9). */
const EXPRESSION = 16_384;

const settingsSchema = z.strictObject({
  active: z.boolean(),
  anonymous: z.boolean(),
  name: line(128),
  comment: text(4_000),
  tags: z.array(line(128).min(1)).max(100),
  executionCondition: text(EXPRESSION),
  automaticRestart: z.boolean(),
  repeatOnBootstrap: z.boolean(),
  appliesToSubgroups: z.boolean(),
  transientReport: z.boolean(),
  schedule: z.union([z.strictObject({ ref: text(64).min(1) }), scheduleSpan]).nullable(),
  scheduleConnection: z.boolean(),
  expiry: z.date().nullable(),
  logLevel: z.enum(LOG_LEVELS),
  priority: z.number().int().min(INT_MIN).max(INT_MAX),
  minInterval: z.number().int().min(0).max(INT_MAX),
  resumeAfterDisconnect: z.number().int().min(0).max(100),
  domain: z.string().max(MAX_DOMAIN).regex(DOMAIN, DOMAIN_RULE),
  bloodline: line(128),
  properties: z
    .array(
      z.strictObject({
        name: line(200).min(1),
        value: text(65_536),
        secret: z.literal(true).optional(),
        expression: z.literal(true).optional(),
      }),
    )
    .max(1_000)
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, 'names must be unique'),
  alerts: z
    .array(
      z.strictObject({
        type: line(128).min(1),
        caption: line(200),
        severity: z.number().int().min(0).max(10_000),
        on: z.enum(['ERROR', 'WARNING']),
      }),
    )
    .max(20)
    .refine((all) => new Set(all.map(({ type }) => type)).size === all.length, 'types must be unique'),
  rollout: rolloutDefinition.nullable(),
});

type Settings = z.infer<typeof settingsSchema>;
export type Definition = Settings & Pick<TaskRecord, 'type' | 'config'>;
export type Target = Pick<TaskRecord, 'device' | 'group'>;

/** Exactly one device or exactly one group (tasks.md §1). Throws `ValidationError`. */
export function targetOf({ device, group, suffix }: TaskInput): Target & { suffix: string | null } {
  if (device !== undefined && group !== undefined)
    throw ValidationError.of('/group', 'A task has one target: a device or a group', 'target');
  if (device === undefined && group === undefined)
    throw ValidationError.of('/device', 'A task needs a target: a device or a group', 'required');
  if (group !== undefined) refuse('/group', groupName.safeParse(group));
  if (suffix !== undefined) refuse('/suffix', taskSuffix.safeParse(suffix));
  return { device: device ?? null, group: group ?? null, suffix: suffix ?? null };
}

/** What a task of the type has where nothing is said. */
export function defaultSettings(type: Pick<TaskType, 'defaultPriority'>, domain: string): Settings {
  return {
    active: true,
    anonymous: true,
    name: '',
    comment: '',
    tags: [],
    executionCondition: '',
    automaticRestart: false,
    repeatOnBootstrap: false,
    appliesToSubgroups: false,
    transientReport: false,
    schedule: null,
    scheduleConnection: false,
    expiry: null,
    logLevel: 'INFO',
    priority: type.defaultPriority,
    minInterval: 0,
    resumeAfterDisconnect: 0,
    domain,
    bloodline: '',
    properties: [],
    alerts: [],
    rollout: null,
  };
}

/** A complete, valid definition from what was given. Throws `ValidationError` with a pointer to each wrong field. */
export function newDefinition(input: TaskInput, domain: string, now: Date): Definition {
  const { type: name, config, device, group, suffix, ...given } = withoutTemplate(input);
  const target = targetOf({ device, group, suffix, type: name });
  const type = taskTypeNamed(name);
  const settings = changed(defaultSettings(type, domain), given, now);
  return definition(type, parseConfig(type, config), settings, target);
}

/** Where a task comes from is no setting of it. */
function withoutTemplate(input: TaskInput): TaskInput {
  const given = { ...input };
  delete given.template;
  return given;
}

/** The definition of a task with a patch on it. */
export function editedDefinition(task: TaskRecord, patch: TaskPatch, now: Date): Definition {
  const type = taskTypeNamed(task.type);
  const { config, ...given } = patch;
  const settings = changed(settingsOf(task), given, now);
  return definition(type, config === undefined ? task.config : parseConfig(type, config), settings, task);
}

export function settingsOf(task: TaskRecord): Settings {
  const keys = Object.keys(settingsSchema.shape) as (keyof Settings)[];
  return Object.fromEntries(keys.map((key) => [key, task[key]])) as Settings;
}

function definition(
  type: TaskType,
  config: TaskRecord['config'],
  given: object,
  target: Pick<TaskRecord, 'group'>,
): Definition {
  const settings = parsed(given);
  if (!settings.anonymous && settings.name === '')
    throw ValidationError.of('/name', 'A task that is not anonymous needs a name', 'required');
  if (settings.transientReport && !type.transientAllowed)
    throw ValidationError.of(
      '/transientReport',
      `${type.name} goes on over several sessions and needs its report`,
      'transient',
    );
  const appliesToSubgroups = target.group !== null && settings.appliesToSubgroups;
  if (settings.rollout) checkRollout(settings.rollout, { ...settings, ...target, appliesToSubgroups });
  return {
    ...settings,
    // A name given along with "anonymous" would be stored and never shown.
    name: settings.anonymous ? '' : settings.name,
    executionCondition: settings.executionCondition.trim(),
    appliesToSubgroups,
    type: type.name,
    config,
  };
}

function parsed(given: object): Settings {
  const result = settingsSchema.safeParse(given);
  if (result.success) return result.data;
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
}

const isRecord = <T>(given: T): given is T & object =>
  typeof given === 'object' && given !== null && !Array.isArray(given);

/** The settings with what was given on them. */
function changed(before: Settings, { execute, ...given }: TaskSettings, now: Date): object {
  const { expiry, schedule, rollout } = given;
  const settings = {
    ...before,
    ...anonymity(given),
    ...defined(given),
    ...(expiry !== undefined && { expiry: expiry === null ? null : timeOf(expiry, now, '/expiry') }),
    // In a template's settings it may be anything; what is no object is refused by the schema.
    ...(isRecord(schedule) && !('ref' in schedule) && { schedule: spanOf(schedule, '/schedule') }),
    ...(rollout && { rollout: rolloutOf(rollout, '/rollout') }),
  };
  return execute === undefined ? settings : { ...settings, ...repetition(execute, settings, given) };
}

/**
 * "Once" and "once and repeat" (tasks.md §3): a condition for repeating needs something that repeats, which is automatic
 * restart where nothing else is said; with nothing, the task is one that runs once.
 */
function repetition(
  execute: 'once' | 'once-and-repeat',
  settings: Pick<Settings, 'executionCondition' | 'automaticRestart' | 'repeatOnBootstrap'>,
  given: TaskSettings,
): Partial<Settings> {
  if (execute === 'once') return { automaticRestart: false, repeatOnBootstrap: false };
  const { executionCondition, automaticRestart, repeatOnBootstrap } = settings;
  if (automaticRestart || repeatOnBootstrap) return {};
  const said = given.automaticRestart !== undefined;
  return executionCondition !== '' && !said ? { automaticRestart: true } : { executionCondition: '' };
}

/** A name makes a task a named one unless it says otherwise. */
function anonymity(given: TaskSettings): { anonymous?: boolean } {
  if (given.anonymous !== undefined) return {};
  return given.name === undefined ? {} : { anonymous: given.name === '' };
}

function refuse(pointer: string, result: z.ZodSafeParseResult<unknown>): void {
  if (!result.success)
    throw ValidationError.of(pointer, result.error.issues[0]?.message ?? 'is not valid', 'invalid');
}

function defined(given: object): object {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
