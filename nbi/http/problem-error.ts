import { ProvostError, type FieldIssue } from '../../common/errors.js';
import type { ProblemCode } from '../problem-types.js';
import type { ProblemJson } from '../schemas/common.js';

/** A failure of HTTP itself, or one that the NBI alone knows; the classes of common/errors.ts say the rest. */
export class ProblemError extends ProvostError {
  readonly members: Partial<ProblemJson>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    readonly code: ProblemCode,
    detail: string,
    more: { members?: Partial<ProblemJson>; headers?: Record<string, string>; cause?: unknown } = {},
  ) {
    super(detail, more.cause === undefined ? undefined : { cause: more.cause });
    this.members = more.members ?? {};
    this.headers = more.headers ?? {};
  }
}

/** 400: what cannot be read, or wrong parameters of path, query and header. */
export function badRequest(detail: string, issues: readonly FieldIssue[] = []): ProblemError {
  return new ProblemError(
    'bad-request',
    detail,
    issues.length === 0 ? {} : { members: { errors: [...issues] } },
  );
}

export function tooManyRequests(detail: string, seconds: number): ProblemError {
  const wait = Math.max(1, Math.ceil(seconds));
  return new ProblemError('rate-limited', detail, {
    members: { retryAfter: wait },
    headers: { 'Retry-After': String(wait) },
  });
}
