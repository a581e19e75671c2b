/** Lets so many through at a time; the others wait in their order, up to a number. */
export class Gate {
  readonly #width: number;
  readonly #mostWaiting: number;
  readonly #waiting: (() => void)[] = [];
  #inside = 0;

  constructor({ width, mostWaiting }: { width: number; mostWaiting: number }) {
    this.#width = width;
    this.#mostWaiting = mostWaiting;
  }

  /** Runs `work` when it is its turn; `full` throws when too many wait already. */
  async run<T>(work: () => Promise<T>, full: () => never): Promise<T> {
    if (this.#inside < this.#width) this.#inside += 1;
    else {
      if (this.#waiting.length >= this.#mostWaiting) full();
      // Whoever leaves hands its place on.
      await new Promise<void>((enter) => this.#waiting.push(enter));
    }
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#inside -= 1;
    }
  }
}
