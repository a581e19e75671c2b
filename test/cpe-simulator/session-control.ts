import { type Random } from './random.js';
import { retryWait } from './retry.js';
import { Session, type SessionHost, type SessionSummary } from './session.js';
import { type Cancel, type Timers } from './timers.js';

export interface SessionControlHost {
  readonly timers: Timers;
  readonly random: Random;
  readonly isOn: () => boolean;
  /** A session starts; what it needs of the device. */
  readonly begin: () => SessionHost;
  /** A session ended while the device stays on; true when the ACS is another one from now on. */
  readonly settle: (summary: SessionSummary) => boolean;
  /** All that follows from a session is written down; true when the device restarts now. */
  readonly idle: () => boolean;
  /** A session ended, whatever became of the device. */
  readonly ended: (summary: SessionSummary) => void;
  /** CWMPRetryMinimumWaitInterval (seconds) and CWMPRetryIntervalMultiplier (thousandths). */
  readonly retrySettings: () => { readonly minimum: number; readonly multiplier: number };
}

interface Waiting {
  readonly resolve: (summary: SessionSummary) => void;
  readonly reject: (error: Error) => void;
}

/** Sees to it that there is one session at a time, and another one when that failed or something new has happened. */
export class SessionControl {
  readonly #host: SessionControlHost;
  #session: Session | undefined;
  #running: Promise<void> = Promise.resolve();
  #again = false;
  #retryCount = 0;
  #cancelRetry: Cancel | undefined;
  #waiting: Waiting[] = [];

  constructor(host: SessionControlHost) {
    this.#host = host;
  }

  get inSession(): boolean {
    return this.#session !== undefined;
  }

  get retryCount(): number {
    return this.#retryCount;
  }

  /** Resolves when no session is on. */
  get finished(): Promise<void> {
    return this.#running;
  }

  /** The end of the next session that starts. */
  next(): Promise<SessionSummary> {
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  /** There is something to tell: a session starts now, or after the present one. */
  want(): void {
    if (!this.#host.isOn()) return;
    if (this.#session) {
      this.#again = true;
      return;
    }
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    this.#running = this.#hold();
  }

  /** Breaks off what is going on; the retry count starts anew. */
  halt(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    this.#again = false;
    this.#retryCount = 0;
    this.#session?.abort();
  }

  /** Nobody who waits for a session will get one. */
  abandon(reason: string): void {
    for (const { reject } of this.#waiting) reject(new Error(reason));
    this.#waiting = [];
  }

  async #hold(): Promise<void> {
    const session = new Session(this.#host.begin());
    this.#session = session;
    this.#again = false;
    const waiting = this.#waiting;
    this.#waiting = [];
    const summary = await session.run();
    this.#session = undefined;
    if (this.#host.isOn()) this.#settle(summary);
    this.#host.ended(summary);
    for (const { resolve } of waiting) resolve(summary);
  }

  #settle(summary: SessionSummary): void {
    if (this.#host.settle(summary)) {
      this.#retryCount = 0;
      this.#again = true;
    } else if (summary.ok) this.#retryCount = 0;
    else this.#armRetry();
    if (!this.#host.idle() && this.#again) this.want();
  }

  #armRetry(): void {
    this.#retryCount += 1;
    const { minimum, multiplier } = this.#host.retrySettings();
    const wait = retryWait(this.#retryCount, minimum, multiplier, this.#host.random);
    this.#cancelRetry = this.#host.timers.after(wait * 1000, () => this.want());
  }
}
