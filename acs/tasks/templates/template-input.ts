import { z } from 'zod';
import { ValidationError, type FieldIssue } from '../../../common/errors.js';
import {
  CONNECTION_BEHAVIOURS,
  PARAMETER_TYPES,
  type TemplateParameter,
  type TemplateRecord,
} from '../../../store/models/template.js';
import { isCostly } from '../../devices/pattern-cost.js';
import { text } from '../config-fields.js';
import { newDefinition, type Definition } from '../task-input.js';
import { canonical } from './parameter-values.js';
import { checkDefault } from './template-defaults.js';

/** Settings of a task that a template has not (templates-quickfixes.md §1). */
const NOT_IN_TEMPLATES = ['active', 'name', 'domain', 'properties', 'appliesToSubgroups', 'rollout'] as const;

const line = (most: number): z.ZodType<string> =>
  text(most).refine((value) => !/[\r\n]/.test(value), 'must be one line');

/** The name of a task property; `#name` in XMLTask. */
const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

const parameterSchema = z
  .strictObject({
    name: z.string().max(100).regex(IDENTIFIER, 'must be an identifier: letters, digits and _'),
    label: line(200).default(''),
    type: z.enum(PARAMETER_TYPES).default('string'),
    default: text(16_384).default(''),
    required: z.boolean().default(true),
    help: text(4_000).default(''),
    min: z.number().nullable().default(null),
    max: z.number().nullable().default(null),
    unit: z.enum(['characters', 'bytes']).default('characters'),
    pattern: line(500)
      .refine(
        (pattern) => pattern === '' || isPattern(pattern),
        'is no regular expression, or one too costly to try',
      )
      .default(''),
    choices: z
      .array(z.strictObject({ value: line(1_000), label: line(200).default('') }))
      .max(1_000)
      .default([]),
    category: line(64).default(''),
    fileType: line(64).default(''),
  })
  .superRefine((parameter, context) => {
    const { min, max, type, choices } = parameter;
    if (min !== null && max !== null && min > max)
      context.addIssue({ code: 'custom', path: ['max'], message: 'is below min' });
    if ((type === 'enum' || type === 'enumList') && choices.length === 0)
      context.addIssue({ code: 'custom', path: ['choices'], message: 'an enumeration needs choices' });
    const fallback = parameter.default;
    if (fallback.includes('${')) {
      for (const { message, from } of checkDefault(fallback))
        context.addIssue({ code: 'custom', path: ['default'], message: `column ${from + 1}: ${message}` });
      return;
    }
    if (fallback === '') return;
    const stored = canonical(parameter, fallback);
    if (typeof stored !== 'string')
      context.addIssue({ code: 'custom', path: ['default'], message: stored.wrong });
  }) satisfies z.ZodType<TemplateParameter>;

const quickFixSchema = z.strictObject({
  name: line(100).refine((name) => name.trim() !== '', 'is required'),
  confirm: z.boolean().default(false),
  connect: z.enum(CONNECTION_BEHAVIOURS).default('ask'),
  permission: z
    .string()
    .max(200)
    .regex(/^(?:[a-z][\w-]*(?:\.[\w-]+)*)?$/i, 'is no permission key')
    .default(''),
  preferRestart: z.boolean().default(false),
  icon: z
    .string()
    .max(100)
    .regex(/^[a-z0-9-]*$/, 'is no name of an icon')
    .default(''),
});

const templateSchema = z.strictObject({
  name: line(128).refine((name) => name.trim() !== '', 'is required'),
  domain: z.string().regex(/^\/([^/\s]+\/)*$/, 'begins and ends with /'),
  description: text(4_000).default(''),
  type: z.string().min(1).max(200),
  config: z.union([z.record(z.string(), z.unknown()), z.string()]).optional(),
  settings: z.record(z.string(), z.unknown()).default({}),
  parameters: z
    .array(parameterSchema)
    .max(100)
    .superRefine((parameters, context) => {
      const seen = new Set<string>();
      for (const [at, { name }] of parameters.entries()) {
        if (seen.has(name))
          context.addIssue({ code: 'custom', path: [at, 'name'], message: 'is there twice' });
        seen.add(name);
      }
    })
    .default([]),
  quickFix: quickFixSchema.nullable().default(null),
  testCase: z.boolean().default(false),
});

/** A template as a user gives it: `config` as data or as the XML of `<config>`. */
export type TemplateInput = z.input<typeof templateSchema>;
export type TemplatePatch = Partial<Omit<TemplateInput, 'type'>>;
type TemplateDefinition = Omit<TemplateRecord, '_id' | 'user' | 'createdAt' | 'editedAt' | 'version'>;

/**
 * A complete, valid definition. `check` refuses what only the store can tell of the task that would be made of it. Throws
 * `ValidationError` with a pointer to each wrong field.
 */
export async function templateDefinition(
  input: TemplateInput,
  now: Date,
  check: (definition: Definition) => Promise<void>,
): Promise<TemplateDefinition> {
  const result = templateSchema.safeParse(input);
  if (!result.success)
    throw new ValidationError('The template is not valid', result.error.issues.flatMap(fieldIssues));
  const { config, settings, ...rest } = result.data;
  const foreign = NOT_IN_TEMPLATES.filter((name) => Object.hasOwn(settings, name));
  if (foreign.length > 0)
    throw new ValidationError(
      'The template is not valid',
      foreign.map((name) => ({
        pointer: `/settings/${name}`,
        code: 'unknown-field',
        message: 'is a setting of a task alone, not of a template',
      })),
    );
  try {
    // A template is valid when a task can be made of it. The settings stay as given: an expiry in hours, say.
    const task = newDefinition({ ...settings, type: rest.type, config, device: 'any' }, '/', now);
    await check(task);
    return { ...rest, type: task.type, config: task.config, settings };
  } catch (error) {
    throw error instanceof ValidationError ? inSettings(error) : error;
  }
}

/** The settings of a task stand one level deeper in a template. */
function inSettings({ message, issues }: ValidationError): ValidationError {
  return new ValidationError(
    message,
    issues.map((issue) => ({
      ...issue,
      pointer: /^\/(?:config|type)(?:\/|$)/.test(issue.pointer) ? issue.pointer : `/settings${issue.pointer}`,
    })),
  );
}

function isPattern(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u');
  } catch {
    return false;
  }
  return !isCostly(pattern);
}

function fieldIssues(issue: z.core.$ZodIssue): FieldIssue[] {
  const pointer = issue.path.map((part) => `/${String(part)}`).join('');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      pointer: `${pointer}/${key}`,
      code: 'unknown-field',
      message: 'is no field of a template',
    }));
  const missing = issue.code === 'invalid_type' && issue.input === undefined;
  return [
    { pointer, code: missing ? 'required' : 'invalid', message: missing ? 'is required' : issue.message },
  ];
}
