import {
  ConflictError,
  ForbiddenError,
  NotFoundError,
  StaleError,
  TooLargeError,
  UnauthenticatedError,
  ValidationError,
} from '../common/errors.js';
import { CpeFault } from '../acs/cwmp/cpe-fault.js';
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
  if (isPatternError(error)) return problem('bad-request', 'The store cannot read the pattern of `matches`');
  if (isUnreachableStore(error))
    return {
      ...problem('overloaded', 'The store does not answer; try again', { retryAfter: 5 }),
      headers: { 'Retry-After': '5' },
    };
  return problem('internal', 'Something went wrong here; the log has more under the request id');
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

/**
 * What MongoDB says of a `$regex` that its own engine does not take, which differs from ours in details: code 51091, or
 * BadValue (2), which says too little without its text.
 */
function isPatternError(error: unknown): boolean {
  if (!(error instanceof Error && 'code' in error)) return false;
  return error.code === 51091 || (error.code === 2 && /regular expression|regex/i.test(error.message));
}

const STORE_TROUBLE = new Set([
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoServerSelectionError',
  'MongooseServerSelectionError',
  'MongoPoolClearedError',
  'MongoNotConnectedError',
]);

function isUnreachableStore(error: unknown): boolean {
  return error instanceof Error && STORE_TROUBLE.has(error.name);
}
