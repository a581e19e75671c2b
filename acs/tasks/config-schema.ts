import type { z } from 'zod';
import { ValidationError, type FieldIssue } from '../../common/errors.js';
import type { TaskConfig } from '../../store/models/task.js';
import { schemaWithExpressions } from './config-expressions.js';
import { configFromXml, configToXml } from './config-xml.js';
import { withSettingDefaults } from './sv-defaults.js';
import type { TaskType } from './task-type.js';

/** Where a configuration stands in what the user sent. */
const POINTER = '/config';

/**
 * A configuration as the type wants it, defaults filled in; from XML text or from data whose scalars may be text.
 * An attribute with an expression is type-checked and kept as text; `evaluatedConfig` evaluates it.
 * Throws `ValidationError` with a pointer to each wrong place.
 */
export function parseConfig(type: TaskType, given: unknown): TaskConfig {
  const raw = withSettingDefaults(type.name, readConfig(type, given));
  const coerced = coerce(type.schema, raw);
  const schema = type.fromXml ? type.schema : schemaWithExpressions(type.schema, coerced);
  const result = schema.safeParse(coerced);
  if (result.success) return result.data as TaskConfig;
  const issues = result.error.issues.flatMap((issue) => fieldIssues(issue, type));
  const first = issues[0];
  throw new ValidationError(
    `The configuration of ${type.name} is not valid${first ? `: ${first.pointer.slice(POINTER.length + 1)} ${first.message}` : ''}`,
    issues,
  );
}

/** What was given as XML text as data, types still unchecked; other things are left as they are. */
export function readConfig(type: TaskType | null, given: unknown): unknown {
  if (typeof given !== 'string') return given ?? {};
  return type?.fromXml?.(given) ?? configFromXml(given, POINTER);
}

/** The configuration as the XML that operators know. */
export function writeConfig(type: TaskType | null, config: TaskConfig): string {
  return type?.toXml?.(config) ?? configToXml(config);
}

interface Definition {
  type: string;
  innerType?: z.ZodType;
  element?: z.ZodType;
  shape?: Record<string, z.ZodType>;
}

const definitionOf = (schema: z.ZodType): Definition => schema.def;

/** Text of XML attributes as the schema's types; what does not fit is left for the schema to refuse. */
export function coerce(schema: z.ZodType, value: unknown): unknown {
  const { type, innerType, element, shape } = definitionOf(schema);
  if (innerType) return coerce(innerType, value);
  switch (type) {
    case 'object':
      return isRecord(value) && shape ? coerceFields(shape, value) : value;
    case 'array':
      return element && value !== undefined
        ? (Array.isArray(value) ? value : [value]).map((item: unknown) => coerce(element, item))
        : value;
    case 'boolean':
      return toBoolean(value);
    case 'number':
      return typeof value === 'string' && /^\s*[+-]?\d+\s*$/.test(value) ? Number(value) : value;
    case 'string':
      return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
    case 'enum':
      return typeof value === 'string' ? value.replace(/^xsd?:/, '') : value;
    default:
      return value;
  }
}

function coerceFields(shape: Record<string, z.ZodType>, value: Record<string, unknown>): unknown {
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => {
      const schema = Object.hasOwn(shape, key) ? shape[key] : undefined;
      return [key, schema ? coerce(schema, field) : field];
    }),
  );
}

function toBoolean(value: unknown): unknown {
  if (value === 'true' || value === '1' || value === 1) return true;
  if (value === 'false' || value === '0' || value === 0) return false;
  return value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fieldIssues(issue: z.core.$ZodIssue, type: TaskType): FieldIssue[] {
  const pointer = POINTER + issue.path.map((part) => `/${escapePointer(String(part))}`).join('');
  if (issue.code === 'unrecognized_keys') {
    const allowed = allowedAt(type.schema, issue.path).join(', ') || 'nothing';
    return issue.keys.map((key) => ({
      pointer: `${pointer}/${escapePointer(key)}`,
      code: 'unknown-attribute',
      message: `is no attribute or element here; allowed: ${allowed}`,
    }));
  }
  const missing = issue.code === 'invalid_type' && issue.input === undefined;
  return [
    { pointer, code: missing ? 'required' : 'invalid', message: missing ? 'is required' : issue.message },
  ];
}

function allowedAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const { innerType, element, shape } = definitionOf(schema);
  if (innerType) return allowedAt(innerType, path);
  const [head, ...rest] = path;
  if (head === undefined) return Object.keys(shape ?? {});
  const next = element ?? shape?.[String(head)];
  return next ? allowedAt(next, rest) : [];
}

function escapePointer(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1');
}
