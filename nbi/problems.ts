import {
  ConflictError,
  ForbiddenError,
  NotFoundError,
  StaleError,
  TooLargeError,
  UnauthenticatedError,
  ValidationError,
} from '../common/errors.js';
import { EvaluationError, ExpressionError, type ExpressionIssue } from '../acs/expressions/index.js';
import { CpeFault } from '../acs/cwmp/cpe-fault.js';
import { isOutOfSpace, isStoreFailure } from '../store/store-failure.js';
import { ProblemError } from './http/problem-error.js';
import { PROBLEM_TYPES, problemType, type ProblemCode } from './problem-types.js';
import type { ProblemJson } from './schemas/common.js';

export interface Problem {
  code: ProblemCode;
  detail: string;
  members: Partial<ProblemJson>;
  headers: Readonly<Record<string, string>>;
}

/** The only place that turns errors into problems. What is not known here is `internal`, and tells nothing of itself. */
export function toProblem(error: unknown): Problem {
  if (error instanceof ProblemError)
    return { code: error.code, detail: error.message, members: error.members, headers: error.headers };
  if (error instanceof ValidationError)
    return problem('validation', error.message, error.issues.length > 0 ? { errors: [...error.issues] } : {});
  if (error instanceof NotFoundError) return problem('not-found', error.message);
  if (error instanceof ConflictError) return problem(error.code, error.message);
  if (error instanceof StaleError) return problem('stale', error.message);
  if (error instanceof UnauthenticatedError)
    return { ...problem('unauthenticated', error.message), headers: { 'WWW-Authenticate': 'Bearer' } };
  if (error instanceof ForbiddenError)
    return problem('forbidden', error.message, { requiredPermission: error.requiredPermission });
  if (error instanceof TooLargeError) return problem('too-large', error.message);
  if (error instanceof CpeFault)
    return problem('device-fault', `The device answered ${error.message}`, {
      cwmpFault: {
        code: error.faultCode,
        string: error.faultString,
        parameterFaults: error.parameterFaults.map(({ path, code, text }) => ({ path, code, string: text })),
      },
    });
  if (error instanceof ExpressionError) return toProblem(expressionProblem(error.issues));
  if (error instanceof EvaluationError)
    return toProblem(
      expressionProblem([{ message: error.message, from: error.from ?? 0, to: error.to ?? error.from ?? 0 }]),
    );
  if (isPatternError(error)) return problem('bad-request', 'The store cannot read the pattern of `matches`');
  if (isOutOfSpace(error)) return later('The store has no room left; what it has can be read', 60);
  if (isStoreFailure(error)) return later('The store does not answer; try again', 5);
  return problem('internal', 'Something went wrong here; the log has more under the request id');
}

/** A text that is no expression, or one that failed: each wrong place with its offsets into the text. */
export function expressionProblem(
  issues: readonly ExpressionIssue[],
  { pointer = '', evaluation }: { pointer?: string; evaluation?: ProblemJson['evaluation'] } = {},
): ProblemError {
  const errors = issues.map(({ message, from, to }) => ({
    ...{ pointer, code: 'expression', from, to },
    message: `${message} (column ${from + 1})`,
  }));
  const members = { errors, ...(evaluation && { evaluation }) };
  return new ProblemError('expression-error', errors[0]?.message ?? 'Not an expression', { members });
}

export function problemJson(found: Problem, context: { instance: string; requestId: string }): ProblemJson {
  const { status, title } = PROBLEM_TYPES[found.code];
  return {
    type: problemType(found.code),
    title,
    status,
    detail: found.detail,
    instance: context.instance,
    code: found.code,
    requestId: context.requestId,
    ...found.members,
  };
}

function problem(code: ProblemCode, detail: string, members: Partial<ProblemJson> = {}): Problem {
  return { code, detail, members, headers: {} };
}

function later(detail: string, seconds: number): Problem {
  return {
    ...problem('overloaded', detail, { retryAfter: seconds }),
    headers: { 'Retry-After': String(seconds) },
  };
}

/**
 * What MongoDB says of a `$regex` that its own engine does not take, which differs from ours in details: code 51091, or
 * BadValue (2), which says too little without its text.
 */
function isPatternError(error: unknown): boolean {
  if (!(error instanceof Error && 'code' in error)) return false;
  return error.code === 51091 || (error.code === 2 && /regular expression|regex/i.test(error.message));
}
