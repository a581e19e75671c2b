import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { tooManyRequests } from './problem-error.js';

/** Requests of one token (or of one address, where there is none) within a second. */
export class BurstLimit {
  readonly #limiter: RateLimiterMemory;
  readonly #perSecond: number;

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
    this.#limiter = new RateLimiterMemory({ points: perSecond, duration: 1 });
  }

  /** Value of `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers). */
  get policy(): string {
    return `"burst";q=${this.#perSecond};w=1`;
  }

  /** Counts one request; gives the value of `RateLimit`, or throws a `rate-limited` problem. */
  async count(key: string): Promise<string> {
    try {
      return header(await this.#limiter.consume(key));
    } catch (state) {
      if (!(state instanceof RateLimiterRes)) throw state;
      const refused = tooManyRequests(
        `More than ${this.#perSecond} requests in a second`,
        state.msBeforeNext / 1000,
      );
      throw Object.assign(refused, { headers: { ...refused.headers, RateLimit: header(state) } });
    }
  }
}

function header(state: RateLimiterRes): string {
  return `"burst";r=${state.remainingPoints};t=${Math.ceil(state.msBeforeNext / 1000)}`;
}
