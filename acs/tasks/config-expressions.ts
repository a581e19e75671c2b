import { z } from 'zod';
import type { TaskConfig } from '../../store/models/task.js';
import {
  check,
  compile,
  EvaluationError,
  ExpressionError,
  hasDynamicPart,
  PLACES,
  T,
  type Environment,
  type Place,
  type Type,
  type Uses,
  type Value,
} from '../expressions/index.js';
import { TaskFailure } from './outcome.js';

interface Definition {
  type: string;
  innerType?: z.ZodType;
  element?: z.ZodType;
  shape?: Record<string, z.ZodType>;
}

const definitionOf = (schema: z.ZodType): Definition => schema.def;
const isDynamic = (value: unknown): value is string => typeof value === 'string' && hasDynamicPart(value);
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The schema for one configuration: where it has an expression, that is type-checked in place of the value that it will
 * have (tasks.md §4.1); everything else is asked as before.
 */
export function schemaWithExpressions(schema: z.ZodType, value: unknown): z.ZodType {
  if (isDynamic(value)) return expressionOf(schema);
  const { type, innerType, element, shape } = definitionOf(schema);
  if (innerType) {
    const inner = schemaWithExpressions(innerType, value);
    return inner === innerType ? schema : withDefinition(schema, { innerType: inner });
  }
  if (type === 'object' && shape && isRecord(value)) return objectWithExpressions(schema, shape, value);
  if (type !== 'array' || !element || !Array.isArray(value)) return schema;
  const items = value.map((item: unknown) => schemaWithExpressions(element, item));
  if (items.every((item) => item === element)) return schema;
  // Its own conditions (how many …) first, then each item by what it holds.
  const [first, ...rest] = items;
  if (!first) return schema;
  return withDefinition(schema, { element: z.any() }).pipe(z.tuple([first, ...rest]) as never);
}

function objectWithExpressions(
  schema: z.ZodType,
  shape: Record<string, z.ZodType>,
  value: Record<string, unknown>,
): z.ZodType {
  const fields = Object.entries(shape).map(([name, field]) => ({
    name,
    field,
    made: schemaWithExpressions(field, Object.hasOwn(value, name) ? value[name] : undefined),
  }));
  if (fields.every(({ field, made }) => made === field)) return schema;
  return withDefinition(schema, { shape: Object.fromEntries(fields.map(({ name, made }) => [name, made])) });
}

function withDefinition(schema: z.ZodType, changes: Record<string, unknown>): z.ZodType {
  return schema.clone({ ...schema.def, ...changes });
}

function expressionOf(schema: z.ZodType): z.ZodType {
  const place = placeOf(schema);
  return z.string().superRefine((text, context) => {
    for (const { message, from } of check(text, place))
      context.addIssue({ code: 'custom', message: `${message} (column ${from + 1})` });
  });
}

/** Null leaves the attribute out, which it must allow. */
function placeOf(schema: z.ZodType): Place {
  return PLACES.taskAttribute(typeOf(schema), schema.safeParse(undefined).success);
}

/** The place of the expression in a field of a configuration, `['param', 'value']`; null = there is no such field. */
export function placeOfField(schema: z.ZodType, path: readonly string[]): Place | null {
  const { innerType, element, shape } = definitionOf(schema);
  const [head, ...rest] = path;
  if (head === undefined) return placeOf(schema);
  if (innerType) return placeOfField(innerType, path);
  if (element) return placeOfField(element, path);
  const field = shape && Object.hasOwn(shape, head) ? shape[head] : undefined;
  return field ? placeOfField(field, rest) : null;
}

/** What the schema refuses besides the type is seen when the value is known. */
function typeOf(schema: z.ZodType): Type {
  const { type, innerType } = definitionOf(schema);
  if (innerType) return typeOf(innerType);
  if (type === 'boolean') return T.boolean;
  if (type === 'number') return isWhole(schema) ? T.long : T.double;
  return type === 'array' ? T.list(T.string) : T.string;
}

function isWhole(schema: z.ZodType): boolean {
  return !schema.safeParse(0.5).success;
}

/** What the expressions of a configuration will ask of their environment; null when it has none. */
export function usesOfConfig(
  schema: z.ZodType,
  config: unknown,
): Pick<Uses, 'contexts' | 'resources'> | null {
  const all = [...expressionsIn(schema, config)];
  if (all.length === 0) return null;
  const uses = all.map(({ text, place }) => compile(text, place).uses);
  return {
    contexts: new Set(uses.flatMap(({ contexts }) => [...contexts])),
    resources: new Set(uses.flatMap(({ resources }) => [...resources])),
  };
}

function* expressionsIn(schema: z.ZodType, value: unknown): Generator<{ text: string; place: Place }> {
  if (isDynamic(value)) {
    yield { text: value, place: placeOf(schema) };
    return;
  }
  const { innerType, element, shape } = definitionOf(schema);
  if (innerType) yield* expressionsIn(innerType, value);
  else if (shape && isRecord(value)) {
    for (const [name, field] of Object.entries(shape))
      if (Object.hasOwn(value, name)) yield* expressionsIn(field, value[name]);
  } else if (element && Array.isArray(value)) for (const item of value) yield* expressionsIn(element, item);
}

/**
 * The configuration for questions that are asked outside of a run, when nothing can be evaluated: an attribute with an
 * expression counts as left out, if it may be.
 */
export function plainConfig(schema: z.ZodType, config: TaskConfig): TaskConfig {
  return [...expressionsIn(schema, config)].length === 0
    ? config
    : (withoutExpressions(schema, config) as TaskConfig);
}

function withoutExpressions(schema: z.ZodType, value: unknown): unknown {
  if (isDynamic(value)) {
    const left = schema.safeParse(undefined);
    return left.success ? left.data : value;
  }
  const { innerType, element, shape } = definitionOf(schema);
  if (innerType) return withoutExpressions(innerType, value);
  if (shape && isRecord(value))
    return Object.fromEntries(
      Object.entries(value).map(([name, field]) => {
        const known = Object.hasOwn(shape, name) ? shape[name] : undefined;
        return [name, known ? withoutExpressions(known, field) : field];
      }),
    );
  if (element && Array.isArray(value)) return value.map((item: unknown) => withoutExpressions(element, item));
  return value;
}

/**
 * The configuration as a run sees it: an attribute with an expression is evaluated when it is first read (tasks.md §6.2, 3),
 * in the environment of that moment, and keeps that value. Reading one that fails throws `TaskFailure`, which names
 * attribute and expression.
 */
export function evaluatedConfig(
  schema: z.ZodType,
  config: TaskConfig,
  environment: () => Environment,
): TaskConfig {
  return lazily(schema, config, '', environment) as TaskConfig;
}

function lazily(schema: z.ZodType, value: unknown, path: string, environment: () => Environment): unknown {
  const { innerType, element, shape } = definitionOf(schema);
  if (innerType) return lazily(innerType, value, path, environment);
  if (shape && isRecord(value)) {
    const made: Record<string, unknown> = {};
    for (const [name, field] of Object.entries(value)) {
      const known = Object.hasOwn(shape, name) ? shape[name] : undefined;
      define(made, name, known, field, path === '' ? name : `${path}.${name}`, environment);
    }
    return made;
  }
  if (!element || !Array.isArray(value)) return value;
  const made: unknown[] = [];
  value.forEach((item: unknown, index) =>
    define(made, String(index), element, item, `${path}[${index}]`, environment),
  );
  return made;
}

function define(
  target: object,
  name: string,
  schema: z.ZodType | undefined,
  value: unknown,
  path: string,
  environment: () => Environment,
): void {
  const plain = { enumerable: true, configurable: true };
  if (!schema || !isDynamic(value)) {
    Object.defineProperty(target, name, {
      ...plain,
      writable: true,
      value: schema ? lazily(schema, value, path, environment) : value,
    });
    return;
  }
  Object.defineProperty(target, name, {
    ...plain,
    get: () => {
      const evaluated = evaluateAttribute(schema, value, path, environment());
      Object.defineProperty(target, name, { ...plain, writable: true, value: evaluated });
      return evaluated;
    },
  });
}

function evaluateAttribute(schema: z.ZodType, text: string, path: string, environment: Environment): unknown {
  const failed = (reason: string): TaskFailure =>
    new TaskFailure(`expression ${path} failed: ${reason}: ${text}`);
  try {
    const value = hostValue(compile(text, placeOf(schema)).evaluate(environment));
    const checked = schema.safeParse(value ?? undefined);
    if (checked.success) return checked.data;
    throw failed(checked.error.issues.map(({ message }) => message).join(', '));
  } catch (error) {
    if (error instanceof EvaluationError || error instanceof ExpressionError) throw failed(error.message);
    throw error;
  }
}

/** Values of the types that attributes have. */
function hostValue(value: Value): unknown {
  return typeof value === 'bigint' ? Number(value) : value;
}
