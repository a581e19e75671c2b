import type { z } from 'zod';
import type { FieldIssue } from '../../common/errors.js';

export type Validated<T> = { data: T; issues: null } | { data: null; issues: FieldIssue[] };

/** Checks against a schema; every wrong place gets its JSON pointer below `root`. */
export function validate<S extends z.ZodType>(schema: S, input: unknown, root = ''): Validated<z.output<S>> {
  const result = schema.safeParse(input);
  if (result.success) return { data: result.data, issues: null };
  return { data: null, issues: fieldIssues(result.error.issues.slice(0, MOST_ISSUES), input, root) };
}

/** Nobody reads more, and an answer must not be larger than its question. */
const MOST_ISSUES = 100;

function fieldIssues(issues: readonly z.core.$ZodIssue[], input: unknown, root: string): FieldIssue[] {
  return issues.flatMap((issue) => {
    const at = root + pointer(issue.path);
    switch (issue.code) {
      case 'unrecognized_keys':
        return issue.keys.slice(0, MOST_ISSUES).map((key) => ({
          pointer: at + pointer([key]),
          code: 'unknown-field',
          message: 'Is not known here',
        }));
      case 'invalid_union':
        return nearestBranch(issue, input, root);
      case 'invalid_key':
        return [{ pointer: at, code: 'name', message: issue.issues[0]?.message ?? issue.message }];
      case 'invalid_type': {
        const missing = valueAt(input, issue.path) === undefined;
        return [
          missing
            ? { pointer: at, code: 'required', message: 'Is missing' }
            : { pointer: at, code: 'type', message: issue.message },
        ];
      }
      default:
        return [{ pointer: at, code: CODES[issue.code], message: issue.message }];
    }
  });
}

const CODES = {
  too_big: 'too-big',
  too_small: 'too-small',
  invalid_format: 'format',
  not_multiple_of: 'value',
  invalid_value: 'value',
  invalid_element: 'value',
  custom: 'invalid',
} as const;

/** Of a union, the faults of the branch that came nearest: the one whose faults lie deepest. */
function nearestBranch(issue: z.core.$ZodIssueInvalidUnion, input: unknown, root: string): FieldIssue[] {
  const at = root + pointer(issue.path);
  const branches = issue.errors
    .filter((branch) => branch.length > 0)
    .sort((one, other) => depth(other) - depth(one));
  const nearest = branches[0];
  if (!nearest || depth(nearest) === 0)
    return [{ pointer: at, code: 'type', message: 'Has none of the forms that are allowed here' }];
  const moved = nearest.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
  return fieldIssues(moved, input, root);
}

function depth(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(...issues.map((issue) => issue.path.length));
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

/** RFC 6901. */
export function pointer(path: readonly PropertyKey[]): string {
  return path.map((segment) => `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
