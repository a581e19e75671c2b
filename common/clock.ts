import { setTimeout } from 'node:timers/promises';

/** Where the time comes from; injected so that behaviour that depends on time can be tested without waiting. */
export interface Clock {
  /** What a clock on the wall shows; it may be set back or forward at any moment. */
  now(): Date;
  /** Milliseconds since some moment of this process, which nobody sets: for how long something takes. */
  elapsed(): number;
  /** Resolves when so many milliseconds have passed. */
  sleep(milliseconds: number): Promise<void>;
}

export const systemClock: Clock = {
  now: () => new Date(),
  elapsed: () => performance.now(),
  sleep: (milliseconds) => setTimeout(milliseconds),
};

/** Milliseconds by which clocks of servers may differ; what lies further in the future was written by a clock since set back. */
export const CLOCK_TOLERANCE = 300_000;

/** A time that was noted, or now where it lies in the future: then the clock was set back since, and the wait begins anew. */
export function notInFuture(time: Date, now: Date): Date {
  return time.getTime() - now.getTime() > CLOCK_TOLERANCE ? now : time;
}

/** A clock that stands still until told otherwise; who sleeps by it moves it on and goes on at once. */
export class ManualClock implements Clock {
  #now: number;
  #elapsed = 0;

  constructor(start: Date | string = '2026-01-01T00:00:00Z') {
    this.#now = new Date(start).getTime();
  }

  now(): Date {
    return new Date(this.#now);
  }

  elapsed(): number {
    return this.#elapsed;
  }

  /** Moves on by a number of milliseconds. */
  advance(milliseconds: number): void {
    this.#now += milliseconds;
    this.#elapsed += milliseconds;
  }

  sleep(milliseconds: number): Promise<void> {
    this.advance(milliseconds);
    return Promise.resolve();
  }

  /** Shows another time although none has passed. */
  set(time: Date | string): void {
    this.#now = new Date(time).getTime();
  }
}
