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

/** Reads the problem document of a refused answer; a proxy's HTML page becomes a plain statement of the status. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const requestId = response.headers.get('x-request-id');
  const plain: Problem = {
    title: `The server answered ${response.status}`,
    status: response.status,
    code: `http-${response.status}`,
    ...(requestId === null ? {} : { requestId }),
  };
  try {
    const body = (await response.json()) as Partial<Problem>;
    return new ApiProblem({ ...plain, ...body, status: response.status });
  } catch {
    return new ApiProblem(plain);
  }
}

export function noAnswer(cause: unknown): ApiProblem {
  return new ApiProblem(
    { title: 'The server did not answer', status: 0, code: 'no-answer' },
    { cause },
  );
}
