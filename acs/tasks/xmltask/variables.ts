import { SECRET_MASK } from '../../devices/secret-paths.js';
import { Failure } from './failure.js';
import type { StoredVariable } from './state.js';

/** Bytes of one value and of all together (xmltask.md §2). */
const MAX_VALUE = 65_536;
const MAX_TOTAL = 1_048_576;
/** Shorter secrets are not looked for in texts: they would hit words that have nothing to do with them. */
const SHORTEST_FOUND = 4;

/** The one flat scope of a run: texts by name, in the order in which they were first set. */
export class Variables {
  readonly #values = new Map<string, StoredVariable>();
  readonly #secrets: readonly string[];
  #total = 0;

  /** `secrets`: texts that are masked besides those of secret variables. */
  constructor(stored: readonly StoredVariable[] = [], secrets: readonly string[] = []) {
    this.#secrets = secrets.filter((one) => one.length >= SHORTEST_FOUND);
    for (const { name, value, secret } of stored) this.set(name, value, secret);
  }

  get(name: string): string | null {
    return this.#values.get(name)?.value ?? null;
  }

  isSecret(name: string): boolean {
    return this.#values.get(name)?.secret ?? false;
  }

  /** Null unsets. Throws `Failure` beyond the limits; what was there before stays then. */
  set(name: string, value: string | null, secret = false): void {
    const before = this.#values.get(name);
    const size = value === null ? 0 : Buffer.byteLength(name) + Buffer.byteLength(value);
    if (size > MAX_VALUE) throw new Failure(`the value of the variable ${name} is over 64 KiB`);
    const total = this.#total + size - (before ? sizeOf(before) : 0);
    if (total > MAX_TOTAL) throw new Failure(`the variables together are over 1 MiB, at ${name}`);
    this.#total = total;
    if (value === null) this.#values.delete(name);
    else this.#values.set(name, { name, value, secret });
  }

  stored(): StoredVariable[] {
    return [...this.#values.values()];
  }

  /** As a report may show them. */
  shown(): { name: string; value: string }[] {
    return this.stored().map(({ name, value, secret }) => ({
      name,
      value: secret && value !== '' ? SECRET_MASK : this.masked(value),
    }));
  }

  /** A text without the secrets that stand in it. */
  masked(text: string): string {
    let masked = text;
    for (const secret of this.#secrets) masked = masked.replaceAll(secret, SECRET_MASK);
    for (const { value, secret } of this.#values.values())
      if (secret && value.length >= SHORTEST_FOUND) masked = masked.replaceAll(value, SECRET_MASK);
    return masked;
  }
}

const sizeOf = ({ name, value }: StoredVariable): number =>
  Buffer.byteLength(name) + Buffer.byteLength(value);
