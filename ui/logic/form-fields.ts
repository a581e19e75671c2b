import type { JsonSchema, Meaning, Parameter, TaskConfig, TaskType } from '../api/types.js';

export type FieldKind = 'text' | 'boolean' | 'number' | 'choice' | 'path' | 'object' | 'resource' | 'date';

/** One input of a form, made from the schema of a task type. */
export interface FormField {
  name: string;
  title: string;
  help: string;
  kind: FieldKind;
  choices: string[];
  required: boolean;
  /** As the server fills it in; empty = none. */
  byDefault: string;
}

/** A list of children of `<config>`: `param`, `parameter`, `with`. */
export interface FormList {
  name: string;
  title: string;
  fields: FormField[];
  required: boolean;
}

export interface FormShape {
  fields: FormField[];
  lists: FormList[];
}

const LIST_TITLES: Record<string, string> = {
  param: 'Parameters',
  parameter: 'Parameters',
  with: 'Initial values',
};
const TITLES: Record<string, string> = {
  resourceId: 'File',
  objectName: 'Object',
  useQuota: 'Use quota',
  baseUrl: 'Base URL',
  commandKey: 'Command key',
};
/** Attributes that few tasks change; the form folds them. */
const SELDOM = new Set([
  'protocol',
  'maxInformCount',
  'retryCount',
  'useQuota',
  'retryOnBootstrap',
  'blocking',
  'baseUrl',
  'delaySeconds',
  'timeLimit',
  'commandKey',
  'referenceTime',
  'configurationFileNumber',
]);

export function isSeldom(field: FormField): boolean {
  return SELDOM.has(field.name) && !field.required;
}

export function formShape(type: Pick<TaskType, 'schema'>): FormShape {
  const { properties = {}, required = [] } = type.schema as JsonSchema;
  const shape: FormShape = { fields: [], lists: [] };
  for (const [name, schema] of Object.entries(properties)) {
    const items = listItems(schema);
    if (items === null) {
      shape.fields.push(field(name, schema, required));
    } else {
      shape.lists.push({
        name,
        title: LIST_TITLES[name] ?? titleOf(name),
        required: required.includes(name),
        fields: Object.entries(items.properties ?? {}).map(([key, one]) =>
          field(key, one, items.required ?? []),
        ),
      });
    }
  }
  return shape;
}

function listItems(schema: JsonSchema): JsonSchema | null {
  if (schema.type === 'array' && schema.items) return schema.items;
  for (const one of [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) {
    const items = listItems(one);
    if (items) return items;
  }
  return null;
}

function field(name: string, schema: JsonSchema, required: readonly string[]): FormField {
  const choices = choicesOf(schema);
  const byDefault = schema.default === undefined ? '' : String(schema.default as string | number | boolean);
  return {
    name,
    title: schema.title ?? TITLES[name] ?? titleOf(name),
    help: schema.description ?? '',
    kind: kindOf(name, schema, choices),
    choices,
    // What has a default is filled in by the server.
    required: required.includes(name) && byDefault === '' && !choices.includes(''),
    byDefault,
  };
}

function kindOf(name: string, schema: JsonSchema, choices: string[]): FieldKind {
  if (name === 'resourceId') return 'resource';
  if (name === 'objectName') return 'object';
  if (name === 'name') return 'path';
  if (name === 'fromDate' || name === 'toDate') return 'date';
  if (choices.length > 0) return 'choice';
  const types = typesOf(schema);
  if (types.includes('boolean')) return 'boolean';
  return types.includes('integer') || types.includes('number') ? 'number' : 'text';
}

function typesOf(schema: JsonSchema): string[] {
  const own = schema.type === undefined ? [] : [schema.type].flat();
  return [...own, ...(schema.anyOf ?? []).flatMap(typesOf), ...(schema.oneOf ?? []).flatMap(typesOf)];
}

function choicesOf(schema: JsonSchema): string[] {
  const own = schema.enum ?? (schema.const === undefined ? [] : [schema.const]);
  return [
    ...own.map(String),
    ...(schema.anyOf ?? []).flatMap(choicesOf),
    ...(schema.oneOf ?? []).flatMap(choicesOf),
  ];
}

/** `maxInformCount` → *Max inform count* */
function titleOf(name: string): string {
  const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A new task's configuration: one empty row for each list that must not be empty. */
export function emptyConfig(shape: FormShape): TaskConfig {
  const config: TaskConfig = {};
  for (const list of shape.lists) if (list.required) config[list.name] = [{ name: '' }];
  return config;
}

export interface PathSuggestion {
  value: string;
  hint: string;
}

/**
 * What a name field offers: meanings first (numbered by the instances that this device has), then the device's own
 * parameters or, for object fields, its objects.
 */
export function pathSuggestions(
  parameters: readonly Parameter[],
  meanings: readonly Meaning[],
  wanted: 'parameter' | 'object',
): PathSuggestion[] {
  const paths = parameters
    .filter((one) => one.object === (wanted === 'object'))
    .map((one) => ({ value: one.path, hint: one.object ? '' : (one.type ?? '') }));
  if (wanted === 'object') return paths;
  const held = new Set(parameters.map((one) => one.meaning).filter((one) => one !== null));
  const named = meanings.flatMap((meaning) => {
    const pattern = new RegExp(`^${meaning.key.replace(/[.]/g, '\\.').replace('{n}', '\\d+')}$`);
    const own = [...held].filter((key) => pattern.test(key));
    const keys = own.length > 0 ? own : [meaning.key.replace('{n}', '1')];
    return keys.map((value) => ({ value, hint: meaning.title }));
  });
  return [...named, ...paths];
}
