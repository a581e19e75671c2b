import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { tooManyRequests } from '../http/problem-error.js';

export interface LoginLimitOptions {
  /** Failed log-ins of one name, from wherever, within the window. */
  perLogin: number;
  /** Failed log-ins from one address, of whatever names, within the window. */
  perAddress: number;
  /** Seconds. */
  window: number;
}

export const DEFAULT_LOGIN_LIMITS: LoginLimitOptions = { perLogin: 10, perAddress: 30, window: 300 };

/**
 * Slows down who guesses passwords. Counted when a try has failed, so that programs that sign in many times at once are
 * not refused.
 */
export class LoginLimits {
  readonly #perLogin: RateLimiterMemory;
  readonly #perAddress: RateLimiterMemory;

  constructor(options: LoginLimitOptions = DEFAULT_LOGIN_LIMITS) {
    this.#perLogin = new RateLimiterMemory({ points: options.perLogin, duration: options.window });
    this.#perAddress = new RateLimiterMemory({ points: options.perAddress, duration: options.window });
  }

  /** Throws a `rate-limited` problem when there were too many failures. */
  async check(login: string, address: string): Promise<void> {
    for (const [limiter, key] of this.#keys(login, address)) {
      const state = await limiter.get(key);
      if (state && state.consumedPoints >= limiter.points)
        throw tooManyRequests('Too many failed log-ins', state.msBeforeNext / 1000);
    }
  }

  async failed(login: string, address: string): Promise<void> {
    for (const [limiter, key] of this.#keys(login, address)) await consume(limiter, key);
  }

  /** After a good log-in the name starts anew; the address does not, since one account of one's own would clear it. */
  async forget(login: string): Promise<void> {
    await this.#perLogin.delete(loginKey(login));
  }

  #keys(login: string, address: string): [RateLimiterMemory, string][] {
    return [
      [this.#perLogin, loginKey(login)],
      [this.#perAddress, address],
    ];
  }
}

const loginKey = (login: string): string => login.slice(0, 200);

/** Consuming over the limit rejects with the state, which is no error here. */
async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (state) {
    if (!(state instanceof RateLimiterRes)) throw state;
  }
}
