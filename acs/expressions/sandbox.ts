import { compile } from './compile.js';
import type { DataModelView, DeviceView, Environment } from './environment.js';
import { EvaluationError, ExpressionError, type EvaluationReason, type ExpressionIssue } from './errors.js';
import { LiveQuery, toText } from './live-query.js';
import { observed, type Read } from './observe.js';
import type { Place } from './place.js';
import { textOf } from './text-form.js';
import { T, typeName, type Type } from './types.js';
import { ContextValue, Entry, ValueMap, ValueSet, type Value } from './values.js';

/** What an evaluation took. */
export interface Effort {
  readonly steps: number;
  /** In the order of reading, each name once; at most `MAX_READS`. */
  readonly reads: readonly Read[];
  /** How many names were read beyond those. */
  readonly moreReads: number;
}

/** What the sandbox shows (expressions.md §8). */
export type SandboxResult =
  | (Effort & {
      readonly kind: 'value';
      readonly type: string;
      /** Null = the value is null. */
      readonly text: string | null;
    })
  | { readonly kind: 'invalid'; readonly issues: readonly ExpressionIssue[] }
  | (Effort & {
      readonly kind: 'failed';
      readonly reason: EvaluationReason;
      readonly issues: readonly ExpressionIssue[];
    });

/** Names that a result lists. */
export const MAX_READS = 100;

/** Types that the sandbox offers for the result. */
export const SANDBOX_TYPES = [T.string, T.liveQuery, T.int, T.double, T.boolean, T.long, T.date] as const;

/** Evaluates a text as if it stood at a place; changes nothing, and a live query is shown, not run. */
export function evaluateInSandbox(text: string, place: Place, environment: Environment): SandboxResult {
  const reads = new Map<string, string | null>();
  let steps = 0;
  const effort = (): Effort => ({
    steps,
    reads: Array.from(reads, ([name, value]) => ({ name, value })).slice(0, MAX_READS),
    moreReads: Math.max(0, reads.size - MAX_READS),
  });
  try {
    const expression = compile(text, place);
    const watched = observed(environment, (name, value) => reads.set(name, value));
    const value = expression.evaluate(watched, (taken) => (steps = taken));
    const { type } = expression;
    const found = value === null ? null : shown(value, type, environment.zone);
    return { kind: 'value', type: typeName(type), text: found, ...effort() };
  } catch (error) {
    if (error instanceof ExpressionError) return { kind: 'invalid', issues: error.issues };
    if (!(error instanceof EvaluationError)) throw error;
    const { message, from, to, reason } = error;
    const issue = { message, from: from ?? 0, to: to ?? text.length };
    return { kind: 'failed', reason, issues: [issue], ...effort() };
  }
}

/**
 * The same environment for one who may not see passwords: secret parameters, properties, setting values and variables, as
 * `isSecret` knows them by name, read as the mask.
 */
export function maskSecrets(
  environment: Environment,
  isSecret: (name: string) => boolean,
  mask: string,
): Environment {
  const { device, sv, variables, task, taskReport, dm } = environment;
  const masked = (name: string, value: string | null): string | null =>
    value !== null && value !== '' && isSecret(name) ? mask : value;
  const maskedMap: MaskMap = (values) =>
    new Map(Array.from(values, ([name, value]) => [name, value !== '' && isSecret(name) ? mask : value]));
  return {
    ...environment,
    ...(device && { device: maskedDevice(device, maskedMap, mask) }),
    ...(sv && { sv: (name: string) => masked(name, sv(name)) }),
    ...(variables && { variables: (name: string) => masked(name, variables(name)) }),
    ...(task && { task: withFields(task, { properties: maskedMap(task.properties) }) }),
    ...(taskReport && {
      taskReport: withFields(taskReport, { properties: maskedMap(taskReport.properties) }),
    }),
    ...(dm && { dm: maskedModel(dm, masked) }),
  };
}

type MaskMap = <V>(values: ReadonlyMap<string, V>) => ReadonlyMap<string, V | string>;

function maskedModel(
  dm: DataModelView,
  masked: (name: string, value: string | null) => string | null,
): DataModelView {
  return {
    root: dm.root,
    children: (object) => dm.children(object),
    value: (parameter) => masked(parameter, dm.value(parameter)),
  };
}

function maskedDevice(device: DeviceView, maskedMap: MaskMap, mask: string): DeviceView {
  return withFields(device, {
    acsPassword: device.acsPassword === null ? null : mask,
    properties: maskedMap(device.properties),
  });
}

/** Other fields are still read lazily from the view. */
function withFields<View extends object>(view: View, fields: Partial<View>): View {
  return new Proxy(view, {
    get: (target, name) => Reflect.get(Object.hasOwn(fields, name) ? fields : target, name) as unknown,
  });
}

/** Values without a text form are shown as they would be written. */
export function shown(value: Value, type: Type, zone: string): string {
  if (value === null) return 'null';
  return typeof value === 'string' ? value : written(value, type, zone);
}

function written(value: Value, type: Type, zone: string): string {
  const part = (one: Value): string => written(one, T.any, zone);
  if (value === null) return 'null';
  if (typeof value === 'string') return `'${value.replace(/[\\']/g, '\\$&')}'`;
  if (value instanceof LiveQuery) return toText(value);
  if (value instanceof ContextValue) return value.type;
  if (value instanceof Entry) return `${part(value.key)} -> ${part(value.value)}`;
  if (value instanceof ValueSet) return `set(${value.values().map(part).join(', ')})`;
  if (value instanceof ValueMap) return `map(${value.entries().map(part).join(', ')})`;
  if (value instanceof Uint8Array) return `bytes(${Array.from(value).join(', ')})`;
  if (Array.isArray(value)) return `list(${value.map(part).join(', ')})`;
  return textOf(value, type, zone);
}
