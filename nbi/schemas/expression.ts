import { z } from 'zod';
import { PLACES } from '../../acs/expressions/index.js';
import { expressionEffort, identity, text } from './common.js';

const placeNames = Object.keys(PLACES) as [keyof typeof PLACES, ...(keyof typeof PLACES)[]];

/** Types that a caller may ask for; the first seven are those that the sandbox offers (expressions.md §8). */
export const RESULT_TYPES = [
  'String',
  'LiveDMQuery',
  'Int',
  'Double',
  'Boolean',
  'Long',
  'Date',
  'List[String]',
] as const;

/** More than an expression may have, so that the checker says so and not the schema. */
const expressionText = text(65_536).meta({
  description: 'A text with `${…}` parts, as it stands in a field',
  examples: ["${device.modelName ? 'unknown'}"],
});

const place = {
  place: z.enum(placeNames).optional().meta({
    description: 'Where it stands: what it must give, and what it may use; default `sandbox`',
  }),
  type: z.enum(RESULT_TYPES).optional().meta({
    description: 'What it must give, at `sandbox` and `taskAttribute`; without it whatever it gives',
  }),
  taskType: text(200).min(1).optional().meta({ description: 'At `taskAttribute`: whose attribute it is' }),
  tag: text(100)
    .min(1)
    .optional()
    .meta({
      description:
        'At `taskAttribute`: the tag of a workflow, or the child of a configuration; default the root',
      examples: ['param'],
    }),
  attribute: text(200)
    .min(1)
    .optional()
    .meta({ examples: ['value'] }),
};

const subject = {
  device: identity.optional().meta({ description: 'Whose stored data are looked at' }),
  group: text(512).min(1).optional().meta({
    description: 'Without a device: the group whose setting values `sv` reads',
  }),
  task: text(600).min(1).optional().meta({ description: 'The stored task that `task` is' }),
  properties: z
    .record(z.string(), text(65_536))
    .optional()
    .meta({ description: 'Of a task that is not stored: what `task.property` reads' }),
  variables: z.record(z.string(), text(65_536)).optional().meta({ description: 'Values of `#name`' }),
};

const masked = z.boolean().optional().meta({
  description:
    'Masks secrets for callers with `secrets.view` too; without it they see them, and the audit says so',
});

export const expressionEvaluate = z
  .strictObject({ expression: expressionText, ...place, ...subject, masked })
  .meta({ id: 'ExpressionEvaluate' });

export const expressionCheck = z
  .strictObject({ expression: expressionText, ...place, ...subject, masked })
  .meta({
    id: 'ExpressionCheck',
    description: 'With a device, a group, a task, properties or variables it is evaluated too',
  });

export const expressionComplete = z
  .strictObject({
    expression: expressionText,
    offset: z.number().int().min(0).max(65_536).meta({ description: 'Of the caret, in UTF-16 units' }),
    ...place,
    ...subject,
  })
  .meta({ id: 'ExpressionComplete' });

/** What tells whom an expression is tried on. */
export interface SubjectInput {
  device?: string | undefined;
  group?: string | undefined;
  task?: string | undefined;
  properties?: Record<string, string> | undefined;
  variables?: Record<string, string> | undefined;
}

const effort = expressionEffort.shape;

const value = {
  type: z.string().meta({ description: 'Of the value', examples: ['String', 'List[Int]'] }),
  value: z
    .string()
    .nullable()
    .meta({ description: 'As text; what has none is written as an expression, a live query is not run' }),
};

export const expressionValue = z.object({ ...value, ...effort }).meta({ id: 'ExpressionValue' });

const issue = z
  .object({
    message: z.string(),
    from: z.number().int().meta({ description: 'Offset in UTF-16 units' }),
    to: z.number().int(),
    expected: z.string().optional().meta({ description: 'A type' }),
    found: z.string().optional(),
  })
  .meta({ id: 'ExpressionIssue' });

export const expressionChecked = z
  .object({
    issues: z.array(issue).meta({ description: 'Empty: it can be saved' }),
    type: z.string().nullable().meta({ description: 'Of its value; null when there are issues' }),
    contexts: z.array(z.string()).meta({ description: 'What it looks at' }),
    variables: z.array(z.string()),
    evaluation: z
      .discriminatedUnion('outcome', [
        z.object({ outcome: z.literal('value'), ...value, ...effort }),
        z.object({ outcome: z.literal('failed'), issues: z.array(issue), ...effort }),
      ])
      .nullable()
      .meta({ description: 'Null where nothing was given to evaluate it on, or there are issues' }),
  })
  .meta({ id: 'ExpressionChecked' });

export const suggestion = z.object({
  label: z.string(),
  kind: z.enum(['context', 'function', 'method', 'property', 'parameter', 'variable', 'keyword', 'literal']),
  type: z.string().meta({ description: 'Of the value; empty for a keyword' }),
  documentation: z.string(),
  insert: z.string().meta({ description: 'What takes the place of the text from `from` to `to`' }),
});

const extent = {
  from: z.number().int().meta({ description: 'Where the word at the caret begins' }),
  to: z.number().int(),
};

export const expressionCompletion = z
  .object({ ...extent, items: z.array(suggestion) })
  .meta({ id: 'ExpressionCompletion' });

export const expressionReference = z
  .object({
    operators: z.array(z.object({ forms: z.array(z.string()), documentation: z.string() })).meta({
      description: 'From tight to loose',
    }),
    sections: z.array(
      z.object({
        title: z.string(),
        members: z.array(
          z.object({
            name: z.string(),
            owner: z
              .string()
              .nullable()
              .meta({ description: 'Type that it is called on; null = stands alone' }),
            signature: z.string(),
            documentation: z.string(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'ExpressionReference' });

export const taskConfigCheck = z
  .strictObject({ config: text(1_000_000).meta({ description: 'The XML of `<config>`' }) })
  .meta({ id: 'TaskConfigCheck' });

export const taskConfigChecked = z
  .object({
    problems: z.array(
      z.object({
        line: z.number().int().meta({ description: 'From 1, as the column' }),
        column: z.number().int(),
        from: z.number().int().meta({ description: 'Offset in UTF-16 units; `to` is behind the end' }),
        to: z.number().int(),
        code: z.string().meta({ examples: ['unknown-tag', 'required', 'expression'] }),
        message: z.string(),
        tag: z.string().meta({ description: 'The tag that it is about; may be empty' }),
      }),
    ),
  })
  .meta({
    id: 'TaskConfigChecked',
    description: 'At most 100, in the order of the text; none = it can be saved',
  });

export const taskConfigComplete = z
  .strictObject({
    config: taskConfigCheck.shape.config,
    offset: z.number().int().min(0).max(1_000_000),
    ...subject,
  })
  .meta({ id: 'TaskConfigComplete' });

export const taskConfigCompletion = z
  .object({
    kind: z.enum(['tag', 'end-tag', 'attribute', 'value', 'expression', 'none']),
    ...extent,
    expects: z
      .string()
      .nullable()
      .meta({ description: 'Kind of the value of a workflow’s attribute', examples: ['key', 'boolean'] }),
    items: z.array(
      z.object({
        label: z.string(),
        type: z.string().meta({ description: 'Of a part of an expression; else empty' }),
        documentation: z.string(),
        insert: z.string(),
      }),
    ),
  })
  .meta({ id: 'TaskConfigCompletion' });

export const xmlTagList = z
  .object({
    items: z.array(
      z.object({
        name: z.string(),
        section: z.string(),
        documentation: z.string(),
        container: z.boolean().meta({ description: 'Takes all tags that are nobody’s own' }),
        children: z.array(z.string()).meta({ description: 'Tags that stand in this one only' }),
        child: z.boolean().meta({ description: 'Stands only where a tag lists it as its own' }),
        within: z
          .string()
          .nullable()
          .meta({ description: 'Tag that it needs around it, at whatever distance' }),
        free: z.enum(['attributes', 'content']).nullable().meta({
          description: '`attributes`: named `tag.attribute`; `content`: another language inside',
        }),
        attributes: z.array(
          z.object({
            name: z.string(),
            type: z.string(),
            documentation: z.string(),
            required: z.boolean(),
            default: z.string().nullable(),
            values: z.array(z.string()).nullable(),
            secret: z.boolean(),
            static: z.boolean().meta({ description: 'Takes no expression' }),
          }),
        ),
      }),
    ),
    next: z.null(),
  })
  .meta({ id: 'XmlTagList' });
