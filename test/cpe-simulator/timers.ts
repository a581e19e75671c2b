/** Stops a pending call. */
export type Cancel = () => void;

/** Where a CPE gets the time and its wake-up calls from. */
export interface Timers {
  now(): Date;
  /** Calls back once after `milliseconds` of device time. */
  after(milliseconds: number, callback: () => void): Cancel;
}

const longestTimeout = 2 ** 31 - 1;

/** Real time, run `timeScale` times as fast: with 60, a wait of a minute takes a second. */
export function realTimers(timeScale = 1): Timers {
  const origin = Date.now();
  return {
    now: () => new Date(timeScale === 1 ? Date.now() : origin + (Date.now() - origin) * timeScale),
    after(milliseconds, callback) {
      let handle: NodeJS.Timeout;
      let left = Math.max(0, milliseconds) / timeScale;
      const arm = (): void => {
        const step = Math.min(left, longestTimeout);
        left -= step;
        handle = setTimeout(left > 0 ? arm : callback, step);
      };
      arm();
      return () => clearTimeout(handle);
    },
  };
}

/** Device time that stands still until it is moved on. */
export class ManualTimers implements Timers {
  #now: number;
  readonly #pending = new Set<{ readonly due: number; readonly callback: () => void }>();

  constructor(start: Date | string = '2026-01-01T00:00:00Z') {
    this.#now = new Date(start).getTime();
  }

  now(): Date {
    return new Date(this.#now);
  }

  after(milliseconds: number, callback: () => void): Cancel {
    const entry = { due: this.#now + Math.max(0, milliseconds), callback };
    this.#pending.add(entry);
    return () => this.#pending.delete(entry);
  }

  /** Milliseconds until each pending call, soonest first. */
  pending(): number[] {
    return [...this.#pending].map((entry) => entry.due - this.#now).sort((a, b) => a - b);
  }

  /** Moves the time on and makes the calls that fall due on the way, in their order. */
  advance(milliseconds: number): void {
    const target = this.#now + milliseconds;
    for (;;) {
      let next: { readonly due: number; readonly callback: () => void } | undefined;
      for (const entry of this.#pending) {
        if (entry.due <= target && (!next || entry.due < next.due)) next = entry;
      }
      if (!next) break;
      this.#pending.delete(next);
      this.#now = Math.max(this.#now, next.due);
      next.callback();
    }
    this.#now = target;
  }
}
