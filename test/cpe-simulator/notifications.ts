import { type ParameterValue } from './codec/messages.js';
import { type DataModel } from './model/data-model.js';

/** Which notified values the ACS knows, and so which changes it must be told (TR-069 A6 §3.2.1 and §A.3.2.4). */
export class Notifications {
  readonly #model: DataModel;
  #known = new Map<string, string>();

  constructor(model: DataModel) {
    this.#model = model;
  }

  state(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#known);
  }

  restore(state: Readonly<Record<string, string>>): void {
    this.#known = new Map(Object.entries(state));
  }

  clear(): void {
    this.#known.clear();
  }

  /** From now on, changes count from the present values of what is notified and was not before. */
  watch(): void {
    const notified = this.#model.notifiedPaths();
    const next = new Map<string, string>();
    for (const path of notified) next.set(path, this.#known.get(path) ?? this.#model.peek(path) ?? '');
    this.#known = next;
  }

  /** The ACS itself has set this value: it needs no notification. */
  setByAcs(path: string, value: string): void {
    if (this.#known.has(path)) this.#known.set(path, value);
  }

  /** Notified parameters whose values the ACS does not know yet. */
  changed(): ParameterValue[] {
    const changed: ParameterValue[] = [];
    for (const [path, known] of this.#known) {
      const value = this.#model.peek(path);
      const shown = value === undefined || value === known ? undefined : this.#model.parameter(path);
      if (shown) changed.push(shown);
    }
    return changed;
  }

  /** The ACS has received these values. */
  told(parameters: readonly ParameterValue[]): void {
    for (const { name } of parameters) {
      const value = this.#known.has(name) ? this.#model.peek(name) : undefined;
      if (value !== undefined) this.#known.set(name, value);
    }
  }
}
