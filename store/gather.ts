export interface GatherOptions {
  /** Milliseconds for which the first of a batch waits for others: nothing to a CPE, much to the store. */
  linger?: number;
  /** Size of a batch beyond which the rest waits for the next. */
  most?: number;
}

const LINGER = 2;
const MOST = 200;

/** Gathers what comes within a moment, or while a batch is under way, into the next batch. Batches go one at a time, in order. */
export class Gather<Item> {
  readonly #send: (batch: readonly Item[]) => Promise<void>;
  readonly #linger: number;
  readonly #most: number;
  #waiting: Item[] = [];
  #busy = false;

  /** `send` must not reject: it tells the items of a batch what became of them. */
  constructor(
    send: (batch: readonly Item[]) => Promise<void>,
    { linger = LINGER, most = MOST }: GatherOptions = {},
  ) {
    this.#send = send;
    this.#linger = linger;
    this.#most = most;
  }

  add(item: Item): void {
    this.#waiting.push(item);
    if (this.#busy) return;
    this.#busy = true;
    setTimeout(() => void this.#sendAll(), this.#linger);
  }

  async #sendAll(): Promise<void> {
    while (this.#waiting.length > 0) await this.#send(this.#waiting.splice(0, this.#most));
    this.#busy = false;
  }
}
