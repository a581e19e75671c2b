import { isIP } from 'node:net';
import { ValidationError, type FieldIssue } from '../../../common/errors.js';
import type { TaskProperty } from '../../../store/models/task.js';
import type { ParameterType, TemplateParameter } from '../../../store/models/template.js';
import { parseDate, writeDate } from '../config-fields.js';

/** Whether an object that a value names exists in the reach of whoever gives it. */
export interface References {
  resource(id: string, wanted: Pick<TemplateParameter, 'category' | 'fileType'>): Promise<boolean>;
  device(id: string): Promise<boolean>;
  group(name: string): Promise<boolean>;
}

export interface GivenValues {
  /** By parameter name; texts, numbers, booleans or lists of texts as JSON has them. */
  values: Readonly<Record<string, unknown>>;
  /** JSON pointer to where they stand in what the user sent. */
  pointer: string;
  /** The default of a parameter whose default is an expression, for the target; null = evaluated at each execution. */
  evaluateDefault: (parameter: TemplateParameter) => string | null;
  references: References;
}

/**
 * The task properties that a template's parameters become, in the text forms of templates-quickfixes.md §2; secrets are not
 * sealed yet. What a person types is never an expression. Throws `ValidationError` that names every missing, unknown or
 * wrong value, before anything is created.
 */
export async function parameterProperties(
  parameters: readonly TemplateParameter[],
  given: GivenValues,
): Promise<TaskProperty[]> {
  const { values, pointer } = given;
  const issues: FieldIssue[] = Object.keys(values)
    .filter((name) => !parameters.some((parameter) => parameter.name === name))
    .map((name) => ({
      pointer: `${pointer}/${name}`,
      code: 'unknown-parameter',
      message: `Is no parameter of the template; there are: ${parameters.map((one) => one.name).join(', ') || 'none'}`,
    }));
  const properties: TaskProperty[] = [];
  for (const parameter of parameters) {
    const { name } = parameter;
    const refuse = (code: string, message: string): void => {
      issues.push({ pointer: `${pointer}/${name}`, code, message });
    };
    const secret = parameter.type === 'secret' && { secret: true as const };
    const value = Object.hasOwn(values, name) ? textOf(values[name]) : defaultText(parameter, given);
    if (value === EVALUATED_LATER) {
      properties.push({ name, value: parameter.default, expression: true, ...secret });
    } else if (value === null) {
      refuse('invalid', 'Must be a text, a number, a boolean or a list of texts');
    } else if (value === '') {
      if (parameter.required) refuse('required', `Needs a value: ${parameter.label || name}`);
    } else {
      const stored = canonical(parameter, value);
      if (typeof stored !== 'string') refuse('invalid', stored.wrong);
      else if (await isMissing(parameter, stored, given.references))
        refuse('not-found', `There is no such ${parameter.type}`);
      else properties.push({ name, value: stored, ...secret });
    }
  }
  if (issues.length > 0) throw new ValidationError('The parameters of the template are not valid', issues);
  return properties;
}

const EVALUATED_LATER = Symbol('evaluated at execution');

function defaultText(parameter: TemplateParameter, given: GivenValues): string | typeof EVALUATED_LATER {
  if (!parameter.default.includes('${')) return parameter.default;
  return given.evaluateDefault(parameter) ?? EVALUATED_LATER;
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join(',');
  return null;
}

/** Why a text is no value of the parameter, for the one who gave it. */
interface Wrong {
  wrong: string;
}
const wrong = (text: string): Wrong => ({ wrong: text });

/** The text that is stored for a value, or what is wrong with it. */
export function canonical(parameter: TemplateParameter, value: string): string | Wrong {
  return FORMS[parameter.type](parameter, value);
}

type Form = (parameter: TemplateParameter, value: string) => string | Wrong;

const DURATION = /^(\d+)(ms|s|min|h|d)$/;
const KEY = /^(?:[A-Za-z_][\w-]*|\d+)(?:\.(?:[A-Za-z_][\w-]*|\d+))*\.?$/;

const FORMS: Readonly<Record<ParameterType, Form>> = {
  string: (parameter, value) =>
    /[\r\n]/.test(value) ? wrong('Must be one line') : textForm(parameter, value),
  multiline: textForm,
  secret: textForm,
  int: (parameter, value) =>
    /^[+-]?\d{1,15}$/.test(value.trim())
      ? inRange(parameter, Number(value))
      : wrong('Must be a whole number'),
  decimal: (parameter, value) =>
    /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(value.trim())
      ? inRange(parameter, Number(value))
      : wrong('Must be a number such as 2.5'),
  boolean: (_parameter, value) => {
    if (value === 'true' || value === '1') return 'true';
    return value === 'false' || value === '0' ? 'false' : wrong('Must be true or false');
  },
  enum: (parameter, value) => oneOf(parameter, value),
  enumList: (parameter, value) => {
    const chosen = value.split(',').map((one) => one.trim());
    const strange = chosen.map((one) => oneOf(parameter, one)).find((one) => typeof one !== 'string');
    return strange ?? chosen.join(',');
  },
  date: (_parameter, value) => {
    const date = parseDate(value);
    return date ? writeDate(date) : wrong('Must be a date: yyyy.MM.dd HH:mm:ss');
  },
  duration: (_parameter, value) =>
    DURATION.test(value.trim()) ? value.trim() : wrong('Must be a duration such as 500ms, 3s, 20min or 2h'),
  resource: (_parameter, value) => value,
  device: (_parameter, value) => value,
  group: (_parameter, value) => value,
  dataModelKey: (_parameter, value) => {
    if (value.includes('{i}')) return wrong('Put the instance number in place of {i}');
    return KEY.test(value) ? value : wrong('Must be a parameter path');
  },
  ip: (_parameter, value) => (isIP(value) === 0 ? wrong('Must be an IPv4 or IPv6 address') : value),
  mac: (_parameter, value) =>
    /^(?:[0-9a-f]{2}[:-]?){5}[0-9a-f]{2}$/i.test(value) ? value : wrong('Must be a MAC address'),
};

function textForm(parameter: TemplateParameter, value: string): string | Wrong {
  const { min, max, unit, pattern } = parameter;
  const length = unit === 'bytes' ? Buffer.byteLength(value) : Array.from(value).length;
  if (min !== null && length < min) return wrong(`Needs at least ${min} ${unit}; has ${length}`);
  if (max !== null && length > max) return wrong(`May have at most ${max} ${unit}; has ${length}`);
  if (pattern !== '' && !new RegExp(`^(?:${pattern})$`, 'u').test(value))
    return wrong(`Must fit the pattern ${pattern}`);
  return value;
}

function inRange({ min, max }: TemplateParameter, value: number): string | Wrong {
  if (min !== null && value < min) return wrong(`Must be at least ${min}`);
  if (max !== null && value > max) return wrong(`Must be at most ${max}`);
  return String(value);
}

function oneOf({ choices }: TemplateParameter, value: string): string | Wrong {
  return choices.some((choice) => choice.value === value)
    ? value
    : wrong(`Must be one of: ${choices.map((choice) => choice.value).join(', ')}`);
}

/** Out of reach and not existing are told alike. */
async function isMissing(
  parameter: TemplateParameter,
  value: string,
  references: References,
): Promise<boolean> {
  const { type } = parameter;
  if (type === 'resource') return !(await references.resource(value, parameter));
  return (type === 'device' || type === 'group') && !(await references[type](value));
}
