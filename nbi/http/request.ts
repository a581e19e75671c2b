import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { StaleError } from '../../common/errors.js';
import type { Caller } from '../access/caller.js';
import { ProblemError } from './problem-error.js';

/** What a handler gets: the validated parts of a request, and who sent it. */
export interface NbiRequest<P = unknown, Q = unknown, B = unknown> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly caller: Caller;
  readonly id: string;
  readonly address: string;
  readonly ifMatch: Precondition;
  /** Milliseconds of `Prefer: wait`; 0 = do not wait. */
  readonly wait: number;
  /** Ends when the client has gone. */
  readonly signal: AbortSignal;
  readonly raw: IncomingMessage;
  /** The best of these media types for the client; throws `not-acceptable`. */
  accepts<T extends string>(...types: [T, ...T[]]): T;
  /**
   * Whether secrets may be shown. Asked only where there are some: that they were seen is written to the audit
   * (administration.md §13).
   */
  showSecrets(object: string): boolean;
}

/** `If-Match`: the version that the caller has seen. */
export class Precondition {
  constructor(
    /** Null: no condition, or `*`. */
    readonly versions: readonly number[] | null,
    /** Whether there is a condition at all. */
    readonly given: boolean,
  ) {}

  /** Throws `StaleError` when the present version is another one than the caller has seen. */
  check(kind: string, id: string, present: number): void {
    if (this.versions !== null && !this.versions.includes(present)) throw new StaleError(kind, id);
  }

  /** For what does not exist: whatever the condition names, even `*`, is not there (RFC 9110 §13.1.1). */
  mustExist(kind: string, id: string): void {
    if (this.given) throw new StaleError(kind, id);
  }
}

/** Reads `If-Match`; what follows the version in our ETags tells representations apart, not versions. */
export function parsePrecondition(header: string | undefined): Precondition {
  if (header === undefined || header.trim() === '*') return new Precondition(null, header !== undefined);
  const versions = header.split(',').map((tag) => {
    const match = /^\s*"(\d{1,15})(?:\.[^"]*)?"\s*$/.exec(tag);
    // A weak or foreign tag fits no version (RFC 9110 §13.1.1).
    return match ? Number(match[1]) : -1;
  });
  return new Precondition(versions, true);
}

/** Whether `If-None-Match` names this tag, or `*`; compared weakly (RFC 9110 §13.1.2). */
export function noneMatchFits(header: string | undefined, etag: string): boolean {
  return (header ?? '')
    .split(',')
    .some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
}

const MOST_WAIT = 300;

/** Milliseconds of `Prefer: wait=N` (RFC 7240), at most 300 s; 0 without. */
export function parseWait(header: string | undefined): number {
  for (const preference of (header ?? '').split(',')) {
    const match = /^\s*wait\s*=\s*"?(\d{1,9})"?\s*(?:;.*)?$/i.exec(preference);
    if (match) return Math.min(Number(match[1]), MOST_WAIT) * 1000;
  }
  return 0;
}

/** What a handler answers. */
export interface Reply {
  status: number;
  /** JSON, unless `stream` is set. */
  body?: unknown;
  /** What a repetition with the same idempotency key gets instead: the body without what is shown once. */
  replayBody?: unknown;
  stream?: Readable | string;
  headers?: Record<string, string>;
  /** The version of the object in the body: makes the ETag. */
  version?: number;
  /** For the audit. */
  object?: string;
  difference?: Record<string, unknown>;
}

export function reply(status: number, body?: unknown, more: Omit<Reply, 'status' | 'body'> = {}): Reply {
  return { status, ...(body === undefined ? {} : { body }), ...more };
}

export function notAcceptable(types: readonly string[]): ProblemError {
  return new ProblemError('not-acceptable', `Served here: ${types.join(', ')}`);
}
