/** What the endpoint lets a CPE do to it. */
export interface CwmpLimits {
  /** Bytes of a body, as sent and inflated. Answers of 50 kB are common, of a megabyte possible (cpe-quirks.md row 50). */
  bodyBytes: number;
  /** Bytes of all bodies being read at one moment. */
  bufferedBytes: number;
  /** Milliseconds for the headers and for the body of one POST. */
  headersMs: number;
  bodyMs: number;
  /** Milliseconds that a connection without a session may stay silent. */
  idleMs: number;
  /** Milliseconds to wait for the next POST of a session, and for one that owes an answer. */
  postMs: number;
  answerMs: number;
  sessions: number;
  connections: number;
  /** Failed authentications of one address in a minute. */
  failuresPerMinute: number;
  /** Seconds that a CPE is asked to stay away when there is no room. */
  retryAfterSeconds: number;
}

export const CWMP_LIMITS: CwmpLimits = {
  bodyBytes: 4 * 1024 * 1024,
  bufferedBytes: 256 * 1024 * 1024,
  headersMs: 15_000,
  bodyMs: 30_000,
  idleMs: 75_000,
  postMs: 30_000,
  answerMs: 90_000,
  sessions: 5_000,
  connections: 20_000,
  failuresPerMinute: 20,
  retryAfterSeconds: 60,
};
