import { NodeTable, TOP } from './node-table.js';
import type { TreeChange } from './tree-change.js';

export type { TreeChange } from './tree-change.js';

/** One node as it is shown; objects end in a dot. */
export interface TreeNode {
  path: string;
  object: boolean;
  /** Null = never read, or void since a factory reset. */
  value: string | null;
  /** `string`, `unsignedInt` … as the CPE reported it. */
  type: string | null;
  /** Null = the device did not say. */
  writable: boolean | null;
  /** Notification attribute 0 … 6; null = not known. */
  notification: number | null;
  /** When the value was read. */
  readAt: Date | null;
}

/** A parameter that has a value. */
export interface TreeValue {
  path: string;
  value: string;
  type: string;
  readAt: Date;
}

/** Names beyond these are no parameter names (TR-069 A6: string(256)); they are left out and reported. */
const MAX_NAME = 1_024;
const MAX_DEPTH = 64;

/**
 * The data model of one CPE as last seen. Paths are complete, from the root object on; objects may be named with or
 * without their dot. All that yields several nodes yields them in natural order: instances by number, names by code unit.
 */
export class ParameterTree {
  readonly #nodes: NodeTable;
  #parameters: number | null = 0;
  #version = 0;

  /** An empty tree, or one over rows that were read from the store. */
  constructor(nodes?: NodeTable) {
    this.#nodes = nodes ?? new NodeTable();
    if (nodes) this.#parameters = null;
  }

  /** For the codec. */
  get nodes(): NodeTable {
    return this.#nodes;
  }

  /** Grows with each change; what was derived from the tree is good as long as it fits. */
  get version(): number {
    return this.#version;
  }

  /** An independent copy, cheap: columns are copied, texts are shared. */
  clone(): ParameterTree {
    const copy = new ParameterTree(new NodeTable(this.#nodes));
    copy.#parameters = this.#parameters;
    return copy;
  }

  /** Parameters, objects left out. */
  get parameterCount(): number {
    if (this.#parameters === null) {
      this.#parameters = 0;
      for (const { node } of this.#nodes.below(TOP)) if (!this.#nodes.isObject(node)) this.#parameters += 1;
    }
    return this.#parameters;
  }

  has(path: string): boolean {
    return this.#find(path) > TOP;
  }

  get(path: string): TreeNode | null {
    const node = this.#find(path);
    if (node <= TOP) return null;
    const plain = path.endsWith('.') ? path.slice(0, -1) : path;
    return this.#view(node, this.#nodes.isObject(node) ? `${plain}.` : plain);
  }

  /** The text of a parameter; null when it is not known. Cheaper than `get`. */
  value(path: string): string | null {
    const node = this.#find(path);
    return node <= TOP ? null : this.#nodes.value(node);
  }

  /** The nodes directly below an object; '' = the roots. */
  children(prefix: string): TreeNode[] {
    return [...this.descendants(prefix, 1)];
  }

  /** Instance numbers (or `[alias]`) of a table, in order. */
  instances(prefix: string): string[] {
    const names: string[] = [];
    const top = this.#find(prefix);
    if (top < 0) return names;
    for (let child = this.#nodes.first(top); child > TOP; child = this.#nodes.next(child))
      if (this.#nodes.segments.isInstance(this.#nodes.segment(child))) names.push(this.#nodes.name(child));
    return names;
  }

  /** All nodes below an object, the object itself left out; `maxDepth` 1 = its children. */
  *descendants(prefix: string, maxDepth = Infinity): Generator<TreeNode> {
    for (const { node, path } of this.#paths(prefix, maxDepth)) yield this.#view(node, path);
  }

  /** The parameters with a known value below an object, or the one parameter of that name. */
  *values(prefix: string): Generator<TreeValue> {
    const self = this.#find(prefix);
    if (self > TOP && !this.#nodes.isObject(self)) {
      const value = this.#valueOf(self, prefix.endsWith('.') ? prefix.slice(0, -1) : prefix);
      if (value) yield value;
      return;
    }
    for (const { node, path } of this.#paths(prefix, Infinity)) {
      const value = this.#valueOf(node, path);
      if (value) yield value;
    }
  }

  [Symbol.iterator](): Generator<TreeNode> {
    return this.descendants('');
  }

  /** Takes in what was learnt. Names that cannot be parameter names are left out and given back. */
  apply(change: TreeChange): { ignored: string[] } {
    const ignored: string[] = [];
    const listed: number[] = [];
    const at = change.at.getTime();
    if (change.voided) for (const { node } of this.#nodes.below(TOP)) this.#nodes.clearValue(node);
    for (const path of change.removed ?? []) this.#remove(path);
    for (const { name, writable } of change.names ?? []) {
      const node = this.#put(name);
      if (node < 0) ignored.push(name);
      else if (node > TOP) {
        if (name.endsWith('.')) this.#nodes.makeObject(node);
        if (writable !== null) this.#nodes.setWritable(node, writable);
        listed.push(node);
      }
    }
    for (const { name, value, type } of change.values ?? []) {
      const node = this.#put(name);
      if (node < 0) ignored.push(name);
      else if (node > TOP) {
        // Some CPEs echo the object that was asked for as if it had a value (cpe-quirks.md row 49).
        if (name.endsWith('.')) this.#nodes.makeObject(node);
        if (!this.#nodes.isObject(node)) this.#nodes.setValue(node, value, type, at);
        listed.push(node);
      }
    }
    for (const { name, notification } of change.attributes ?? []) {
      const node = this.#find(name);
      if (node > TOP) this.#nodes.setNotification(node, notification);
    }
    if (change.complete) this.#prune(change.complete, listed);
    this.#parameters = null;
    this.#version += 1;
    return { ignored };
  }

  #prune(complete: NonNullable<TreeChange['complete']>, listed: readonly number[]): void {
    const top = this.#find(complete.prefix);
    if (top < 0) return;
    const marked: number[] = [];
    for (const start of listed)
      for (let node = start; node !== TOP && !this.#nodes.isMarked(node); node = this.#nodes.parent(node)) {
        this.#nodes.mark(node);
        marked.push(node);
      }
    const unlisted = (node: number): boolean => !this.#nodes.isMarked(node);
    if (complete.nextLevel) this.#nodes.removeChildren(top, unlisted);
    else if (complete.ofNames) {
      for (const object of this.#objectsBelow(top)) this.#nodes.removeChildren(object, unlisted);
    } else this.#pruneValues(top);
    for (const node of marked) this.#nodes.unmark(node);
  }

  /** Top first, and only those that are listed themselves: what hangs on an unlisted one goes with it. */
  #objectsBelow(top: number): number[] {
    const objects = [top];
    for (const { node } of this.#nodes.below(top))
      if (this.#nodes.isObject(node) && this.#nodes.isMarked(node)) objects.push(node);
    return objects;
  }

  #pruneValues(top: number): void {
    const nodes = this.#nodes;
    // Deepest first; an unmarked instance goes when a parameter hung anywhere below it.
    const rows: number[] = [];
    for (const { node } of nodes.below(top)) rows.push(node);
    const held = new Set<number>();
    for (const node of rows.reverse()) {
      if (!nodes.isObject(node)) held.add(nodes.parent(node));
      else if (held.has(node)) held.add(nodes.parent(node));
    }
    const gone = (node: number): boolean =>
      !nodes.isMarked(node) &&
      (!nodes.isObject(node) || (held.has(node) && nodes.segments.isInstance(nodes.segment(node))));
    for (const object of [top, ...rows.reverse().filter((node) => nodes.isObject(node))])
      if (this.#attached(object, top)) nodes.removeChildren(object, gone);
  }

  /** Whether a row is still reached from above: an ancestor may have been removed a moment ago. */
  #attached(node: number, top: number): boolean {
    for (let row = node; row !== top; row = this.#nodes.parent(row))
      if (this.#nodes.find(this.#nodes.parent(row), this.#nodes.segment(row)) !== row) return false;
    return true;
  }

  #remove(path: string): void {
    const node = this.#find(path);
    if (node > TOP) this.#nodes.remove(node);
  }

  /** The row of a path: 0 for '', -1 when there is none. */
  #find(path: string): number {
    let node = TOP;
    const end = path.endsWith('.') ? path.length - 1 : path.length;
    for (let start = 0; start < end;) {
      const dot = path.indexOf('.', start);
      const stop = dot < 0 || dot > end ? end : dot;
      const segment = this.#nodes.segments.find(path.slice(start, stop));
      if (segment === undefined) return -1;
      node = this.#nodes.find(node, segment);
      if (node < 0) return -1;
      start = stop + 1;
    }
    return node;
  }

  /** The row of a path, made with all its ancestors when missing; -1 for what cannot be a name. */
  #put(path: string): number {
    if (path.length > MAX_NAME) return -1;
    const plain = path.endsWith('.') ? path.slice(0, -1) : path;
    if (plain === '') return path === '' ? TOP : -1;
    const names = plain.split('.');
    if (names.length > MAX_DEPTH || names.includes('')) return -1;
    let node = TOP;
    for (const name of names) node = this.#nodes.put(node, this.#nodes.segments.id(name));
    return node;
  }

  *#paths(prefix: string, maxDepth: number): Generator<{ node: number; path: string }> {
    const top = this.#find(prefix);
    if (top < 0) return;
    const stem = prefix === '' || prefix.endsWith('.') ? prefix : `${prefix}.`;
    const stems = [stem];
    for (const { node, depth } of this.#nodes.below(top, maxDepth)) {
      const path = (stems[depth - 1] ?? '') + this.#nodes.name(node);
      if (!this.#nodes.isObject(node)) yield { node, path };
      else {
        stems[depth] = `${path}.`;
        yield { node, path: `${path}.` };
      }
    }
  }

  #view(node: number, path: string): TreeNode {
    const time = this.#nodes.time(node);
    return {
      path,
      object: this.#nodes.isObject(node),
      value: this.#nodes.value(node),
      type: this.#nodes.type(node),
      writable: this.#nodes.writable(node),
      notification: this.#nodes.notification(node),
      readAt: time === null ? null : new Date(time),
    };
  }

  #valueOf(node: number, path: string): TreeValue | null {
    const value = this.#nodes.value(node);
    if (value === null) return null;
    return {
      path,
      value,
      type: this.#nodes.type(node) ?? 'string',
      readAt: new Date(this.#nodes.time(node) ?? 0),
    };
  }
}
