import type { Clock } from './clock.js';
import type { EventBus, ProvostEvent } from './events.js';

/** Events of this process with a bounded memory, from which a reader that was cut off can go on. */
export class MemoryEventBus implements EventBus {
  readonly #clock: Clock;
  readonly #keep: number;
  readonly #listeners = new Set<(event: ProvostEvent) => void>();
  readonly #recent: ProvostEvent[] = [];
  /** Tells ids of this run from those of an earlier one, which cannot be continued from. */
  readonly #epoch: string;
  #count = 0;

  constructor(clock: Clock, keep = 5_000) {
    this.#clock = clock;
    this.#keep = keep;
    this.#epoch = clock.now().getTime().toString(36);
  }

  publish(type: string, subject: string, data: Record<string, unknown> = {}, domain = '/'): void {
    this.#count += 1;
    const event = {
      id: `${this.#epoch}-${this.#count}`,
      type,
      time: this.#clock.now(),
      subject,
      domain,
      data,
    };
    this.#recent.push(event);
    // Trimmed in slices: shifting an array of thousands at every event would cost more than the event.
    if (this.#recent.length > this.#keep * 1.25) this.#recent.splice(0, this.#recent.length - this.#keep);
    for (const listener of this.#listeners) listener(event);
  }

  subscribe(listener: (event: ProvostEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  since(id: string): readonly ProvostEvent[] | null {
    const [epoch, count] = id.split('-');
    const number = Number(count);
    if (epoch !== this.#epoch || !Number.isSafeInteger(number) || number > this.#count) return null;
    const first = this.#count - this.#recent.length;
    if (number < first) return null;
    return this.#recent.slice(number - first);
  }

  latest(): string {
    return `${this.#epoch}-${this.#count}`;
  }
}
