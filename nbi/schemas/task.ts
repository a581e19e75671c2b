import { z } from 'zod';
import { domain, identity, page, tags, text, time } from './common.js';
import { execution, executionBrief, executionStatus, logLevel } from './execution.js';

const taskProperty = z.object({ name: z.string(), value: z.string() });

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
    automaticRestart: z.boolean(),
    repeatOnBootstrap: z.boolean(),
    transientReport: z.boolean(),
    logLevel,
    priority: z.number().int().meta({ description: 'Smaller runs first' }),
    minInterval: z.number().int().meta({ description: 'Seconds' }),
    domain: z.string(),
    properties: z.array(taskProperty),
    user: z.string(),
    createdAt: time,
    editedAt: time,
    version: z.number().int(),
  })
  .meta({ id: 'Task' });
export const taskList = page(task, 'TaskList');

const configInput = z
  .union([z.record(z.string(), z.unknown()), z.string().max(5_000_000)])
  .meta({ description: 'The configuration as an object, or as the XML text of `<config>`' });

const settings = {
  active: z.boolean(),
  anonymous: z.boolean(),
  name: text(128),
  comment: text(4_000),
  tags,
  automaticRestart: z.boolean(),
  repeatOnBootstrap: z.boolean(),
  transientReport: z.boolean(),
  logLevel,
  priority: z.number().int().min(-2_147_483_648).max(2_147_483_647),
  minInterval: z.number().int().min(0).max(2_147_483_647).meta({ description: 'Seconds' }),
  domain,
  properties: z
    .array(z.strictObject({ name: text(200).min(1), value: text(10_000) }))
    .max(1_000)
    .meta({ description: 'Names are unique' }),
};
const optionalSettings = z.strictObject(settings).partial().shape;

export const connect = z.enum(['none', 'try', 'require']).meta({
  id: 'Connect',
  description:
    '`try` sends a connection request; `require` answers 504, and leaves no task, when the device cannot be reached',
});

export const taskInput = z
  .strictObject({
    device: identity,
    type: text(200)
      .min(1)
      .meta({ examples: ['SetValues'] }),
    config: configInput.optional(),
    ...optionalSettings,
    connect: connect.optional(),
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
    version: z.number().int().optional(),
  })
  .meta({ id: 'TaskReplace', description: 'Settings that are left out take their defaults' });

export const taskCopy = z
  .strictObject({
    device: identity.optional(),
    config: configInput.optional(),
    ...optionalSettings,
    connect: connect.optional(),
  })
  .meta({ id: 'TaskCopy' });

export const taskRestart = z
  .strictObject({ device: identity.optional(), connect: connect.optional() })
  .meta({ id: 'TaskRestart' });

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
    ]),
    at: time.nullable().meta({ description: 'The earliest time, where it is known' }),
    holder: z.string().nullable().meta({ description: 'The task that holds the list' }),
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
    task: z.string(),
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
