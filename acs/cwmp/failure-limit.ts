import { isIPv6 } from 'node:net';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

export interface FailureLimitOptions {
  /** Failed authentications of an address within the window, until it is shut out for the rest of it. */
  failures: number;
  /** Seconds. */
  windowSeconds: number;
}

/** Failed authentications per address, so that passwords cannot be guessed by the thousand. */
export class FailureLimit {
  readonly #limiter: RateLimiterMemory;

  constructor({ failures, windowSeconds }: FailureLimitOptions) {
    this.#limiter = new RateLimiterMemory({ points: failures, duration: windowSeconds });
  }

  /** Seconds that the address has to wait; 0 = it may try. */
  async waitSeconds(address: string): Promise<number> {
    const state = await this.#limiter.get(keyOf(address));
    return state && state.remainingPoints <= 0 ? Math.max(1, Math.ceil(state.msBeforeNext / 1000)) : 0;
  }

  /** Notes a failure; true when it was the one that shuts the address out, which is worth a line in the log. */
  async failed(address: string): Promise<boolean> {
    try {
      const state = await this.#limiter.consume(keyOf(address));
      return state.remainingPoints === 0;
    } catch (error) {
      if (error instanceof RateLimiterRes) return false;
      throw error;
    }
  }
}

/** One subscriber has a whole /64 of IPv6. */
function keyOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('::', 2);
  const left = head.split(':').filter((group) => group !== '');
  const right = (tail ?? '').split(':').filter((group) => group !== '');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  return [...left, ...Array.from({ length: zeros }, () => '0'), ...right].slice(0, 4).join(':');
}
