import fc from 'fast-check';
import type { TreeChange, TreeNode } from '../../../acs/devices/parameter-tree.js';

/** The tree again, as plain as can be: a map of full names, and every rule as a scan over it. */
export class TreeModel {
  readonly nodes = new Map<
    string,
    {
      object: boolean;
      value: string | null;
      type: string | null;
      writable: boolean | null;
      at: number | null;
    }
  >();

  apply(change: TreeChange): void {
    const at = change.at.getTime();
    if (change.voided) for (const node of this.nodes.values()) Object.assign(node, { value: null, at: null });
    for (const name of change.removed ?? []) this.#removeWithAllBelow(plain(name));
    const listed = new Set<string>();
    for (const { name, writable } of change.names ?? []) {
      const node = this.#put(name, listed);
      if (writable !== null) node.writable = writable;
    }
    for (const { name, value, type } of change.values ?? []) {
      const node = this.#put(name, listed);
      if (!node.object) Object.assign(node, { value, type, at });
    }
    if (change.complete) this.#prune(change.complete, listed);
  }

  /** Full names as `ParameterTree` shows them, with what is known. */
  view(): Map<string, Omit<TreeNode, 'path' | 'notification' | 'readAt'> & { readAt: number | null }> {
    return new Map(
      [...this.nodes].map(([name, { object, value, type, writable, at }]) => [
        object ? `${name}.` : name,
        { object, value, type, writable, readAt: at },
      ]),
    );
  }

  #put(name: string, listed: Set<string>) {
    const parts = plain(name).split('.');
    for (let length = 1; length < parts.length; length += 1) {
      const ancestor = parts.slice(0, length).join('.');
      this.#makeObject(ancestor);
      listed.add(ancestor);
    }
    if (name.endsWith('.')) this.#makeObject(plain(name));
    const node = this.nodes.get(plain(name)) ?? {
      object: false,
      value: null,
      type: null,
      writable: null,
      at: null,
    };
    this.nodes.set(plain(name), node);
    listed.add(plain(name));
    return node;
  }

  #makeObject(name: string): void {
    const node = this.nodes.get(name);
    if (!node) this.nodes.set(name, { object: true, value: null, type: null, writable: null, at: null });
    else if (!node.object) Object.assign(node, { object: true, value: null, type: null, at: null });
  }

  #removeWithAllBelow(name: string): void {
    for (const other of [...this.nodes.keys()])
      if (other === name || other.startsWith(`${name}.`)) this.nodes.delete(other);
  }

  #prune({ prefix, ofNames, nextLevel }: NonNullable<TreeChange['complete']>, listed: Set<string>): void {
    const top = plain(prefix);
    if (top !== '' && !this.nodes.has(top)) return;
    const below = [...this.nodes.keys()].filter((name) => top === '' || name.startsWith(`${top}.`));
    const depth = top === '' ? 0 : top.split('.').length;
    const unlisted = below.filter((name) => !listed.has(name));
    if (ofNames || nextLevel) {
      for (const name of unlisted)
        if (!nextLevel || name.split('.').length === depth + 1) this.#removeWithAllBelow(name);
      return;
    }
    const leaves = unlisted.filter((name) => this.nodes.get(name)?.object === false);
    for (const name of unlisted)
      if (/(^|\.)\d+$/.test(name) && leaves.some((leaf) => leaf.startsWith(`${name}.`)))
        this.#removeWithAllBelow(name);
    for (const name of leaves) this.nodes.delete(name);
  }
}

const plain = (name: string): string => (name.endsWith('.') ? name.slice(0, -1) : name);

const segment = fc.constantFrom('Device', 'WiFi', 'SSID', 'Enable', '1', '2', '10', '3');
export const anyPath = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.'));
const anyObject = anyPath.map((path) => `${path}.`);
const anyName = fc.oneof(anyPath, anyObject);
const anyType = fc.constantFrom('string', 'unsignedInt', 'boolean');

export const anyChange: fc.Arbitrary<TreeChange> = fc
  .record(
    {
      at: fc.integer({ min: 0, max: 5 }).map((day) => new Date(Date.UTC(2026, 0, 1 + day))),
      values: fc.array(fc.record({ name: anyPath, value: fc.string({ unit: 'binary' }), type: anyType }), {
        maxLength: 8,
      }),
      names: fc.array(fc.record({ name: anyName, writable: fc.option(fc.boolean()) }), { maxLength: 8 }),
      removed: fc.array(anyName, { maxLength: 2 }),
      complete: fc.record({
        prefix: fc.oneof(anyObject, fc.constant('')),
        ofNames: fc.boolean(),
        nextLevel: fc.boolean(),
      }),
    },
    { requiredKeys: ['at'] },
  )
  .chain((change) =>
    fc
      .integer({ min: 0, max: 9 })
      .map((dice) => (dice === 0 ? { ...change, voided: true as const } : change)),
  );
