/** Functions that hear of a kind of happening; every subscription returns its own end. */
export class Signals<Kinds extends object> {
  readonly #listeners = new Map<keyof Kinds, Set<(value: never) => void>>();

  on<Kind extends keyof Kinds>(kind: Kind, listener: (value: Kinds[Kind]) => void): () => void {
    const listeners = this.#listeners.get(kind) ?? new Set();
    this.#listeners.set(kind, listeners);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  emit<Kind extends keyof Kinds>(kind: Kind, value: Kinds[Kind]): void {
    for (const listener of [...(this.#listeners.get(kind) ?? [])])
      (listener as (value: Kinds[Kind]) => void)(value);
  }

  /**
   * The next happening that `fits`. Rejects after `timeout` milliseconds of real time; the error has the stack of the
   * caller.
   */
  next<Kind extends keyof Kinds>(
    kind: Kind,
    fits: (value: Kinds[Kind]) => boolean = () => true,
    timeout = 10_000,
  ): Promise<Kinds[Kind]> {
    const late = new Error(`no ${String(kind)} that fits within ${timeout} ms`);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        end();
        reject(late);
      }, timeout);
      const end = this.on(kind, (value) => {
        if (!fits(value)) return;
        clearTimeout(timer);
        end();
        resolve(value);
      });
    });
  }

  /** All happenings of a kind from now on, until the loop is left. */
  async *stream<Kind extends keyof Kinds>(kind: Kind): AsyncGenerator<Kinds[Kind], void, undefined> {
    const waiting: Kinds[Kind][] = [];
    let wake: (() => void) | undefined;
    const end = this.on(kind, (value) => {
      waiting.push(value);
      wake?.();
    });
    try {
      for (;;) {
        const value = waiting.shift();
        if (value !== undefined) yield value;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      end();
    }
  }
}
