/**
 * Names of one level (`SSID`, `1`, `Enable`) by small number. Only grows, so copies of a tree may share it. The order of
 * segments is the natural one: instance numbers first and by number, then names by code unit.
 */
export class SegmentTable {
  readonly #ids = new Map<string, number>();
  readonly #names: string[] = [];
  /** The instance number, or -1 for a name. */
  readonly #numbers: number[] = [];

  get size(): number {
    return this.#names.length;
  }

  id(name: string): number {
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    const id = this.#names.length;
    this.#ids.set(name, id);
    this.#names.push(name);
    this.#numbers.push(/^\d{1,15}$/.test(name) ? Number(name) : -1);
    return id;
  }

  find(name: string): number | undefined {
    return this.#ids.get(name);
  }

  name(id: number): string {
    return this.#names[id] ?? '';
  }

  /** Whether it names an instance: by number or by alias (`[cpe-1]`). */
  isInstance(id: number): boolean {
    return (this.#numbers[id] ?? -1) >= 0 || this.name(id).startsWith('[');
  }

  compare(a: number, b: number): number {
    if (a === b) return 0;
    const left = this.#numbers[a] ?? -1;
    const right = this.#numbers[b] ?? -1;
    if (left >= 0 && right >= 0 && left !== right) return left - right;
    if (left >= 0 !== right >= 0) return left >= 0 ? -1 : 1;
    return this.name(a) < this.name(b) ? -1 : 1;
  }
}
