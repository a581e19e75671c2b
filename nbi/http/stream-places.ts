import { tooManyRequests } from './problem-error.js';

export interface StreamLimits {
  /** Event streams open at once, of all users together. */
  streams: number;
  /** Of one user, whatever tokens they come by. */
  streamsPerUser: number;
}

/** Seconds after which a place may be free again. */
const TRY_AGAIN = 10;

/** Counts the event streams that are open: each holds a connection and memory for as long as its client likes. */
export class StreamPlaces {
  readonly #limits: StreamLimits;
  readonly #byUser = new Map<string, number>();
  #open = 0;

  constructor(limits: StreamLimits) {
    this.#limits = limits;
  }

  /** Takes a place; what is returned gives it back, once. Throws a `rate-limited` problem when there is none. */
  take(login: string): () => void {
    const own = this.#byUser.get(login) ?? 0;
    const { streams, streamsPerUser } = this.#limits;
    if (own >= streamsPerUser)
      throw tooManyRequests(
        `${login} has ${own} event streams open; more than that are not served`,
        TRY_AGAIN,
      );
    if (this.#open >= streams)
      throw tooManyRequests(`${this.#open} event streams are open; more than that are not served`, TRY_AGAIN);
    this.#byUser.set(login, own + 1);
    this.#open += 1;
    let held = true;
    return () => {
      if (held) this.#giveBack(login);
      held = false;
    };
  }

  #giveBack(login: string): void {
    this.#open -= 1;
    const left = (this.#byUser.get(login) ?? 1) - 1;
    if (left > 0) this.#byUser.set(login, left);
    else this.#byUser.delete(login);
  }
}
