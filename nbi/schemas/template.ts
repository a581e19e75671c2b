import { z } from 'zod';
import { CONNECTION_BEHAVIOURS, PARAMETER_TYPES } from '../../store/models/template.js';
import { domain, identity, page, text, time } from './common.js';
import { callbackInputs } from './callback.js';
import { connect, configInput, optionalSettings } from './task.js';

const parameterFields = {
  name: z.string().meta({ description: 'Identifier; the task property that the value becomes' }),
  label: z.string(),
  type: z.enum(PARAMETER_TYPES),
  default: z.string().meta({
    description: 'Literal, or expression over `device` and `sv`; of a secret masked',
    examples: ["${sv.defaultSsid ? 'MySSID'}"],
  }),
  required: z.boolean(),
  help: z.string(),
  min: z.number().nullable().meta({ description: 'Of a number its value, of a text its length' }),
  max: z.number().nullable(),
  unit: z.enum(['characters', 'bytes']).meta({ description: 'What the length of a text is counted in' }),
  pattern: z.string().meta({ description: 'Regular expression for the whole text' }),
  choices: z.array(z.object({ value: z.string(), label: z.string() })),
  category: z.string().meta({ description: 'Of a resource' }),
  fileType: z.string(),
};
export const templateParameter = z.object(parameterFields).meta({ id: 'TemplateParameter' });

const quickFixFields = {
  name: z.string().meta({ description: 'Label of the button; unique' }),
  confirm: z.boolean(),
  connect: z
    .enum(CONNECTION_BEHAVIOURS)
    .meta({ description: 'Whether pressing it asks the device to call in' }),
  permission: z.string().meta({ description: 'Needed besides `quickfix.run`; empty = none' }),
  preferRestart: z.boolean(),
  icon: z.string(),
};
const quickFix = z.object(quickFixFields).meta({ id: 'QuickFix' });

export const template = z
  .object({
    id: z.string(),
    name: z.string(),
    domain: z.string(),
    description: z.string(),
    type: z.string(),
    config: z.record(z.string(), z.unknown()),
    configXml: z.string(),
    settings: z
      .record(z.string(), z.unknown())
      .meta({ description: 'Common settings of a task that differ from its defaults' }),
    parameters: z.array(templateParameter),
    quickFix: quickFix.nullable(),
    testCase: z.boolean(),
    editable: z.boolean().meta({ description: 'False for templates of a domain above the caller’s' }),
    user: z.string(),
    createdAt: time,
    editedAt: time,
    version: z.number().int(),
  })
  .meta({ id: 'Template' });
export const templateList = page(template, 'TemplateList');

const parameterInput = z.strictObject({
  ...parameterFields,
  name: text(100).min(1),
  type: parameterFields.type.optional(),
  label: text(200).optional(),
  default: text(16_384).optional(),
  required: z.boolean().optional(),
  help: text(4_000).optional(),
  min: parameterFields.min.optional(),
  max: parameterFields.max.optional(),
  unit: parameterFields.unit.optional(),
  pattern: text(500).optional(),
  choices: z.array(z.strictObject({ value: text(1_000), label: text(200).optional() })).optional(),
  category: text(64).optional(),
  fileType: text(64).optional(),
});
const quickFixInput = z.strictObject({
  ...quickFixFields,
  name: text(100).min(1),
  confirm: z.boolean().optional(),
  connect: quickFixFields.connect.optional(),
  permission: text(200).optional(),
  preferRestart: z.boolean().optional(),
  icon: text(100).optional(),
});

const templateFields = {
  name: text(128).min(1),
  domain,
  description: text(4_000),
  config: configInput,
  settings: z.record(z.string(), z.unknown()),
  parameters: z.array(parameterInput).max(100),
  quickFix: quickFixInput.nullable(),
  testCase: z.boolean(),
};

export const templateInput = z
  .strictObject({
    ...z.strictObject(templateFields).partial().shape,
    name: templateFields.name,
    type: text(200).min(1),
    task: text(600).min(1).optional().meta({
      description: 'The task that it is saved from: masks in the configuration stand for its secrets',
    }),
  })
  .meta({ id: 'TemplateInput' });

export const templatePatch = z.strictObject(templateFields).partial().meta({ id: 'TemplatePatch' });

export const templateValues = z.record(z.string(), z.unknown()).meta({
  description: 'Values of the parameters by their names; what is left out takes its default',
  examples: [{ ssid: 'Home', key: 'correct horse' }],
});

export const templateTaskInput = z
  .strictObject({
    device: identity.optional(),
    group: text(512).min(1).optional(),
    parameters: templateValues.optional(),
    config: configInput.optional(),
    ...optionalSettings,
    connect: connect.optional(),
    callbacks: callbackInputs,
  })
  .meta({ id: 'TemplateTaskInput', description: 'Exactly one of `device` and `group`' });

export const quickFixPress = z
  .strictObject({
    parameters: templateValues.optional(),
    connect: connect.optional().meta({
      description: 'Where the quick fix asks each time; else its own rule holds',
    }),
  })
  .meta({ id: 'QuickFixPress' });

export const groupQuickFixPress = quickFixPress
  .extend({ appliesToSubgroups: z.boolean().optional() })
  .meta({ id: 'GroupQuickFixPress' });

export const quickFixButton = z
  .object({
    name: z.string(),
    template: z.string(),
    type: z.string(),
    description: z.string(),
    confirm: z.boolean(),
    connect: z.enum(CONNECTION_BEHAVIOURS),
    icon: z.string(),
    preferRestart: z.boolean(),
    parameters: z.array(templateParameter),
  })
  .meta({ id: 'QuickFixButton' });
export const quickFixList = page(quickFixButton, 'QuickFixList');

export const templateUses = z
  .object({
    items: z.array(
      z.object({
        kind: z.enum(['quick-fix', 'template', 'task', 'device', 'service']),
        id: z.string(),
        text: z.string(),
      }),
    ),
  })
  .meta({ id: 'TemplateUses' });
