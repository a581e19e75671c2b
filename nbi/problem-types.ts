/** Every kind of problem that the NBI answers with (northbound.md §4): code → status and title. The codes are stable. */
export const PROBLEM_TYPES = {
  'bad-request': { status: 400, title: 'The request cannot be read' },
  validation: { status: 422, title: 'Fields of the request are wrong' },
  'expression-error': { status: 422, title: 'An expression is wrong' },
  'idempotency-mismatch': { status: 422, title: 'The idempotency key was used for another request' },
  unauthenticated: { status: 401, title: 'A valid credential is needed' },
  forbidden: { status: 403, title: 'The permission is missing' },
  'not-found': { status: 404, title: 'Nothing is there' },
  'method-not-allowed': { status: 405, title: 'The method is not served here' },
  'not-acceptable': { status: 406, title: 'None of the accepted media types is served here' },
  conflict: { status: 409, title: 'The request contradicts the present state' },
  'in-use': { status: 409, title: 'The object is in use' },
  'device-unmanaged': { status: 409, title: 'The device is not managed' },
  'device-busy': { status: 409, title: 'The device is busy' },
  stale: { status: 412, title: 'The object was changed since it was read' },
  'too-large': { status: 413, title: 'The request is too large' },
  'media-type': { status: 415, title: 'The content type is not served here' },
  'range-not-satisfiable': { status: 416, title: 'The file has no such range' },
  'precondition-required': { status: 428, title: 'The request needs If-Match' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  quota: { status: 429, title: 'The quota is used up' },
  internal: { status: 500, title: 'The server failed' },
  'device-fault': { status: 502, title: 'The device answered with a fault' },
  overloaded: { status: 503, title: 'The server is busy' },
  'device-unreachable': { status: 504, title: 'The device cannot be reached' },
  'device-timeout': { status: 504, title: 'The device did not finish in time' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof PROBLEM_TYPES;

/** The stable URI of a kind of problem. */
export function problemType(code: ProblemCode): string {
  return `urn:provost:problem:${code}`;
}
