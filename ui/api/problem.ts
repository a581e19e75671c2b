import type { Problem } from './types.js';

/** A refusal of the NBI (RFC 9457), or the lack of any answer: then `status` is 0 and `code` is `no-answer`. */
export class ApiProblem extends Error {
  constructor(
    readonly problem: Problem,
    options?: ErrorOptions,
  ) {
    super(problem.detail ?? problem.title, options);
    this.name = 'ApiProblem';
  }

  get status(): number {
    return this.problem.status;
  }

  get code(): string {
    return this.problem.code;
  }
}

/** The problem of a refused answer; a proxy's HTML page becomes a plain statement of the status. */
export function problemFrom(response: { status: number; headers: Headers }, body: unknown): ApiProblem {
  const requestId = response.headers.get('x-request-id');
  const plain: Problem = {
    title: `The server answered ${response.status}`,
    status: response.status,
    code: `http-${response.status}`,
    ...(requestId === null ? {} : { requestId }),
  };
  if (typeof body !== 'object' || body === null) return new ApiProblem(plain);
  return new ApiProblem({ ...plain, ...(body as Partial<Problem>), status: response.status });
}

export function noAnswer(cause: unknown): ApiProblem {
  return new ApiProblem({ title: 'The server did not answer', status: 0, code: 'no-answer' }, { cause });
}
