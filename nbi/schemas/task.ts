import { z } from 'zod';
import { domain, identity, line, page, searchedPage, tags, text, time } from './common.js';
import { callbackInputs } from './callback.js';
import { execution, executionBrief, executionStatus, logLevel } from './execution.js';
import { rolloutDefinition, rolloutInput } from './rollout.js';
import { group, scheduleInput, taskSchedule } from './schedule.js';

const taskProperty = z.object({
  name: z.string(),
  value: z.string().meta({ description: 'Of a secret a mask' }),
  secret: z.boolean().optional(),
  expression: z.boolean().optional().meta({ description: 'Evaluated at each execution' }),
});

const severity = z
  .number()
  .int()
  .min(0)
  .max(10_000)
  .meta({ description: 'DEBUG 0, INFO 500, WARN 1000, ERROR 2000' });

const taskAlert = z
  .object({
    type: z.string().meta({ description: 'Names the alert together with its device' }),
    caption: z.string(),
    severity,
    on: z.enum(['ERROR', 'WARNING']).meta({ description: 'The mildest end that raises it' }),
  })
  .meta({ id: 'TaskAlert', description: 'Raised on a device where a run ends so, hidden by SUCCESS' });

export const task = z
  .object({
    id: z.string().meta({ examples: ['d:02A0C4-GW-E5CAE8:7'] }),
    device: identity.nullable(),
    group: z.string().nullable(),
    type: z.string().meta({ examples: ['SetValues'] }),
    config: z.record(z.string(), z.unknown()).meta({
      description: 'Attributes of `<config>` as fields, its children as arrays; values of secrets are masked',
      examples: [{ param: [{ name: 'wifi.1.ssid', value: 'home' }] }],
    }),
    configXml: z
      .string()
      .meta({ examples: ['<config>\n  <param name="wifi.1.ssid" value="home"/>\n</config>'] }),
    active: z.boolean(),
    anonymous: z.boolean(),
    name: z.string(),
    comment: z.string(),
    tags: z.array(z.string()),
    executionCondition: z.string().meta({ description: 'Must be true for a run to begin; empty = none' }),
    automaticRestart: z.boolean(),
    repeatOnBootstrap: z.boolean(),
    appliesToSubgroups: z.boolean().meta({ description: 'Group tasks: indirect members run it too' }),
    transientReport: z.boolean(),
    schedule: taskSchedule,
    scheduleText: z
      .string()
      .meta({ description: 'The schedule in words', examples: ['Sat–Sun all day; UTC'] }),
    scheduleConnection: z.boolean(),
    expiry: time.nullable().meta({ description: 'No run begins after it' }),
    logLevel,
    priority: z.number().int().meta({ description: 'Smaller runs first' }),
    minInterval: z.number().int().meta({ description: 'Seconds' }),
    resumeAfterDisconnect: z.number().int(),
    domain: z.string(),
    bloodline: z.string(),
    properties: z.array(taskProperty),
    user: z.string(),
    createdAt: time,
    editedAt: time,
    lastRestartTime: time.nullable().meta({ description: 'Group tasks: the last rerun for all devices' }),
    lastFailedRestartTime: time.nullable(),
    alerts: z.array(taskAlert),
    rollout: rolloutDefinition
      .nullable()
      .meta({ description: 'Group tasks: reaches their devices in waves; null = all at once' }),
    pausedGroups: z.array(z.string()),
    deviceCount: z
      .object({ count: z.number().int(), at: time })
      .nullable()
      .meta({ description: 'On how many devices it has run, as last counted' }),
    template: z.string().nullable(),
    system: z.boolean(),
    version: z.number().int(),
  })
  .meta({ id: 'Task' });
export const taskList = searchedPage(task, 'TaskList');

export const configInput = z
  .union([z.record(z.string(), z.unknown()), z.string().max(5_000_000)])
  .meta({ description: 'The configuration as an object, or as the XML text of `<config>`' });

const settings = {
  active: z.boolean(),
  anonymous: z.boolean(),
  name: line(128),
  comment: text(4_000),
  tags,
  execute: z.enum(['once', 'once-and-repeat']).meta({
    description:
      '`once` clears the flags of repetition. `once-and-repeat` with a condition and no flag switches automatic restart on; with neither the task runs once',
  }),
  executionCondition: text(16_384),
  automaticRestart: z.boolean(),
  repeatOnBootstrap: z.boolean(),
  appliesToSubgroups: z.boolean(),
  transientReport: z.boolean(),
  schedule: scheduleInput,
  scheduleConnection: z.boolean(),
  expiry: z
    .string()
    .max(64)
    .nullable()
    .meta({
      description: 'RFC 3339, or an ISO 8601 duration from now; null = never',
      examples: ['PT12H'],
    }),
  logLevel,
  priority: z.number().int().min(-2_147_483_648).max(2_147_483_647),
  minInterval: z.number().int().min(0).max(2_147_483_647).meta({ description: 'Seconds' }),
  resumeAfterDisconnect: z.number().int().min(0).max(100).meta({
    description:
      'How often a run that lost its connection goes on in a later session before it ends with ERROR; default 0',
  }),
  domain,
  bloodline: line(128),
  alerts: z
    .array(
      z.strictObject({
        type: line(128).min(1),
        caption: line(200).default(''),
        severity: severity.default(2_000),
        on: z.enum(['ERROR', 'WARNING']).default('ERROR'),
      }),
    )
    .max(20)
    .meta({ description: 'Types are unique', examples: [[{ type: 'upgrade-failed', severity: 1000 }]] }),
  rollout: rolloutInput.nullable().meta({
    description:
      'Group tasks: lets devices in wave by wave; null = all at once. Waves that are open cannot be changed',
  }),
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
    .meta({ description: 'Names are unique' }),
};
export const optionalSettings = z.strictObject(settings).partial().shape;

export const connect = z.enum(['none', 'try', 'require']).meta({
  id: 'Connect',
  description:
    '`try` sends a connection request; `require` answers 504, and leaves no task, when the device cannot be reached',
});

export const taskInput = z
  .strictObject({
    device: identity.optional().meta({ description: 'The target; either it or `group`' }),
    group: group.optional(),
    suffix: text(64).min(1).optional().meta({ description: 'The end of its id in place of the next number' }),
    type: text(200)
      .min(1)
      .meta({ examples: ['SetValues'] }),
    config: configInput.optional(),
    ...optionalSettings,
    connect: connect.optional(),
    callbacks: callbackInputs,
  })
  .meta({ id: 'TaskInput' });

export const taskPatch = z
  .strictObject({ config: configInput.optional(), ...optionalSettings })
  .meta({ id: 'TaskPatch' });

/** What was read may be sent back as it is: what cannot be changed must then be as it was. */
export const taskReplace = z
  .strictObject({
    config: configInput,
    ...optionalSettings,
    id: z.string().optional(),
    device: z.string().nullable().optional(),
    group: z.string().nullable().optional(),
    type: z.string().optional(),
    configXml: z.string().optional().meta({ description: 'Follows from `config`; not read' }),
    user: z.string().optional(),
    createdAt: z.string().optional(),
    editedAt: z.string().optional(),
    scheduleText: z.string().optional(),
    lastRestartTime: z.string().nullable().optional(),
    lastFailedRestartTime: z.string().nullable().optional(),
    pausedGroups: z.array(z.string()).optional(),
    deviceCount: z.unknown().optional(),
    template: z.string().nullable().optional(),
    system: z.boolean().optional(),
    version: z.number().int().optional(),
  })
  .meta({ id: 'TaskReplace', description: 'Settings that are left out take their defaults' });

export const taskCopy = z
  .strictObject({
    device: identity.optional(),
    group: group.optional(),
    config: configInput.optional(),
    ...optionalSettings,
    connect: connect.optional(),
  })
  .meta({ id: 'TaskCopy' });

export const taskRestart = z
  .strictObject({ device: identity.optional(), connect: connect.optional() })
  .meta({ id: 'TaskRestart' });

export const taskUndo = z
  .strictObject({
    connect: connect.optional(),
    active: z.boolean().optional().meta({
      description: 'Whether it runs at once; default: of a device task yes, of a group task no',
    }),
    run: z.number().int().min(1).max(2_147_483_647).optional().meta({
      description:
        'Number of the run; left out: the newest that replaced anything. Required for a task that repeats, whose later runs replaced its own values',
    }),
  })
  .meta({ id: 'TaskUndo' });

export const taskResult = z
  .object({ task, execution })
  .meta({ id: 'TaskResult', description: 'The task and its finished report, after `Prefer: wait`' });

export const taskAccepted = z
  .object({ task, execution: execution.nullable() })
  .meta({ id: 'TaskAccepted', description: 'The time of `Prefer: wait` is over; the task stays queued' });

export const queueReason = z
  .object({
    code: z.enum([
      'finished',
      'expired',
      'not-yet',
      'schedule-ended',
      'outside-schedule',
      'min-interval',
      'condition-not-met',
      'condition-failed',
      'inactive',
      'overridden',
      'paused',
      'waits-for-holder',
      'unmanaged',
      'already-ran',
      'wave-not-open',
      'rollout-paused',
    ]),
    at: time.nullable().meta({ description: 'The earliest time, where it is known' }),
    holder: z.string().nullable().meta({ description: 'The task that holds the list' }),
    overriddenBy: z.string().nullable().meta({ description: 'The task of its bloodline that runs instead' }),
    group: z
      .string()
      .nullable()
      .meta({ description: 'The subgroup for which it is paused; null = the device' }),
    text: z.string(),
  })
  .meta({ id: 'QueueReason' });

export const queueEntry = z
  .object({
    position: z.number().int().nullable().meta({ description: 'From 1; null for inactive tasks' }),
    task,
    execution: executionBrief.nullable(),
    status: executionStatus,
    due: z.boolean().meta({ description: 'Would run in a session at this time' }),
    resumes: z.boolean(),
    holds: z.boolean().meta({ description: 'Nothing else runs before it has ended' }),
    yields: z
      .boolean()
      .meta({ description: 'Waits, and lets all others that are due run before it goes on' }),
    reason: queueReason.nullable().meta({ description: 'Why it would not run' }),
  })
  .meta({ id: 'QueueEntry' });

export const queue = z
  .object({ device: identity, at: time, holder: z.string().nullable(), entries: z.array(queueEntry) })
  .meta({ id: 'Queue' });

export const edition = z
  .object({
    id: z.string(),
    at: time,
    user: z.string(),
    task: z.string().meta({ description: 'Id of the task; that of a template begins with `t:`' }),
    device: z.string().nullable(),
    group: z.string().nullable(),
    kind: z.enum(['created', 'modified', 'deleted']),
    before: z.record(z.string(), z.unknown()).nullable(),
    after: z.record(z.string(), z.unknown()).nullable(),
  })
  .meta({ id: 'Edition' });
export const editionList = page(edition, 'EditionList');

export const taskStatistics = z
  .object({
    total: z.number().int(),
    active: z.number().int(),
    stopped: z.number().int(),
    types: z.array(
      z.object({
        type: z.string(),
        total: z.number().int(),
        active: z.number().int(),
        stopped: z.number().int(),
      }),
    ),
  })
  .meta({ id: 'TaskStatistics' });

export const taskType = z
  .object({
    name: z.string(),
    title: z.string(),
    branch: z.string(),
    description: z.string(),
    defaultPriority: z.number().int(),
    schema: z.record(z.string(), z.unknown()).meta({ description: 'JSON Schema of the configuration' }),
    example: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'TaskType' });
export const taskTypeList = page(taskType, 'TaskTypeList');

export const meaning = z
  .object({
    key: z.string().meta({ examples: ['wifi.{n}.ssid'] }),
    title: z.string(),
    type: z.string(),
    unit: z.string().nullable(),
    secret: z.boolean(),
    writable: z.boolean(),
    tr098: z.array(z.string()),
    tr181: z.array(z.string()),
  })
  .meta({ id: 'Meaning' });
export const meaningList = page(meaning, 'MeaningList');
