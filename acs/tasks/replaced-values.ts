import type { SecretBox } from '../../common/secret-box.js';
import type { Replaced, ReplacedValue } from '../../store/models/execution.js';
import type { ParameterValue } from '../cwmp/messages.js';
import type { ParameterTree } from '../devices/parameter-tree.js';
import { isSecretPath } from '../devices/secret-paths.js';
import { isValueType } from './types/wire-value.js';

/** Of a report, which is one document and is copied to the history. */
const MAX_VALUES = 1_000;
const MAX_BYTES = 262_144;
/** Bytes that each entry costs besides its texts. */
const OVERHEAD = 64;

/** What one run replaces, within the bounds of a report; of what is set twice, the first value counts. */
export class ReplacedValues {
  readonly #box: Pick<SecretBox, 'seal'> | null;
  readonly #values = new Map<string, ReplacedValue>();
  readonly #omitted = new Set<string>();
  /** Omitted in an earlier session; their names are not known any more. */
  readonly #omittedBefore: number = 0;
  #bytes = 0;

  /** `before`: what the run had replaced in earlier sessions. */
  constructor(box: Pick<SecretBox, 'seal'> | null, before: Replaced | null = null) {
    this.#box = box;
    if (!before) return;
    this.#omittedBefore = before.omitted;
    for (const value of before.values) this.#put(value);
  }

  get record(): Replaced {
    return { values: [...this.#values.values()], omitted: this.#omittedBefore + this.#omitted.size };
  }

  /**
   * Notes what the data model holds of parameters that were just set, before it learns of it. `before`: what was read from
   * then on is not to be believed.
   */
  note(
    tree: ParameterTree,
    parameters: readonly ParameterValue[],
    { before }: { before: Date | null } = { before: null },
  ): void {
    for (const { name, type } of parameters) {
      if (this.#values.has(name) || this.#omitted.has(name)) continue;
      const known = tree.get(name);
      const value = known?.value ?? null;
      const readAt = known?.readAt ?? null;
      const base = { name, type: isValueType(known?.type) ? known.type : type, readAt };
      if (value === null) this.#put({ ...base, value, reason: 'its value was never read' });
      else if (before && readAt && readAt >= before)
        this.#put({ ...base, value: null, reason: 'it was read after the run had begun and was cut off' });
      else if (isSecretPath(name)) this.#put(this.#secret(base, value));
      else this.#put({ ...base, value });
    }
  }

  #secret(base: Omit<ReplacedValue, 'value'>, value: string): ReplacedValue {
    // What is hidden reads as empty (traps.md, CWMP 11).
    if (value === '')
      return { ...base, value: null, reason: 'it is a secret, which the device does not tell' };
    if (!this.#box) return { ...base, value: null, reason: 'it is a secret, and this server keeps none' };
    return { ...base, value: this.#box.seal(value), sealed: true };
  }

  #put(entry: ReplacedValue): void {
    const { name, type, readAt } = entry;
    const whole = sizeOf(entry);
    const fits = this.#bytes + whole <= MAX_BYTES;
    const kept: ReplacedValue = fits
      ? entry
      : { name, type, readAt, value: null, reason: 'its value is too long to be kept' };
    const size = fits ? whole : sizeOf(kept);
    if (this.#values.size >= MAX_VALUES || this.#bytes + size > MAX_BYTES) {
      this.#omitted.add(entry.name);
      return;
    }
    this.#bytes += size;
    this.#values.set(entry.name, kept);
  }
}

function sizeOf({ name, value, reason }: ReplacedValue): number {
  return (
    OVERHEAD + Buffer.byteLength(name) + Buffer.byteLength(value ?? '') + Buffer.byteLength(reason ?? '')
  );
}
