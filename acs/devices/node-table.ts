import { SegmentTable } from './segment-table.js';

/** The unnamed node above all roots. */
export const TOP = 0;
const NONE = 0;
const DELETED = -1;

const OBJECT = 1;
const WRITABLE_KNOWN = 2;
const WRITABLE = 4;
const UNSORTED = 8;
const NOTIFICATION_SHIFT = 4;
const NOTIFICATION_MASK = 0xf0;
const MARKED = 0x100;

const FIRST_CAPACITY = 64;

/** Small numbers for texts or numbers that repeat; only grows, so copies of a tree may share it. Index 0 = null. */
class Pool<T> {
  readonly items: (T | null)[] = [null];
  readonly #index = new Map<T, number>();

  /** What goes beyond the limit counts as unknown: a device that invents types by the thousand is ill. */
  constructor(private readonly limit: number) {}

  put(item: T | null): number {
    if (item === null) return 0;
    let index = this.#index.get(item);
    if (index === undefined) {
      if (this.items.length > this.limit) return 0;
      index = this.items.length;
      this.items.push(item);
      this.#index.set(item, index);
    }
    return index;
  }

  at(index: number): T | null {
    return this.items[index] ?? null;
  }
}

/**
 * The nodes of one parameter tree as columns of numbers, one row a node: some 40 bytes a parameter beside its value,
 * where an object each would take several hundred. Children hang in a list that is sorted when it is first read.
 */
export class NodeTable {
  readonly segments: SegmentTable;
  readonly #types: Pool<string>;
  readonly #times: Pool<number>;
  #count = 1;
  #live = 1;
  #parent = new Int32Array(FIRST_CAPACITY);
  #segment = new Int32Array(FIRST_CAPACITY);
  #first = new Int32Array(FIRST_CAPACITY);
  #last = new Int32Array(FIRST_CAPACITY);
  #next = new Int32Array(FIRST_CAPACITY);
  #flags = new Uint16Array(FIRST_CAPACITY);
  #type = new Uint16Array(FIRST_CAPACITY);
  #time = new Int32Array(FIRST_CAPACITY);
  #value: (string | null)[] = [null];
  /** Open addressing over (parent, segment). */
  #hash = new Int32Array(FIRST_CAPACITY * 4);
  #hashUsed = 0;
  /** The columns that say what hangs where are those of another table too: new values do not need them copied. */
  #sharesShape = false;

  constructor(source?: NodeTable) {
    this.segments = source ? source.segments : new SegmentTable();
    this.#types = source ? source.#types : new Pool(0xffff);
    this.#times = source ? source.#times : new Pool(0x7fffffff);
    if (!source) {
      this.#flags[TOP] = OBJECT;
      return;
    }
    this.#count = source.#count;
    this.#live = source.#live;
    this.#parent = source.#parent;
    this.#segment = source.#segment;
    this.#first = source.#first;
    this.#last = source.#last;
    this.#next = source.#next;
    this.#hash = source.#hash;
    this.#hashUsed = source.#hashUsed;
    this.#sharesShape = true;
    source.#sharesShape = true;
    this.#flags = source.#flags.slice();
    this.#type = source.#type.slice();
    this.#time = source.#time.slice();
    this.#value = source.#value.slice();
  }

  /** Rows in use, and rows that were ever made: a measure of what removals have left behind. */
  get live(): number {
    return this.#live;
  }

  get allocated(): number {
    return this.#count;
  }

  /** The child of a name, or -1. */
  find(parent: number, segment: number): number {
    const mask = this.#hash.length - 1;
    for (let slot = hashOf(parent, segment) & mask; ; slot = (slot + 1) & mask) {
      const node = this.#hash[slot] ?? NONE;
      if (node === NONE) return -1;
      if (node > 0 && this.#parent[node] === parent && this.#segment[node] === segment) return node;
    }
  }

  /** The child of a name, made when missing; its parent is an object from then on. */
  put(parent: number, segment: number): number {
    const known = this.find(parent, segment);
    if (known >= 0) return known;
    this.#ownShape();
    if (this.#count === this.#parent.length) this.#grow();
    const node = this.#count;
    this.#count += 1;
    this.#live += 1;
    this.#parent[node] = parent;
    this.#segment[node] = segment;
    this.#value.push(null);
    this.makeObject(parent);
    this.#append(parent, node, segment);
    if ((this.#hashUsed + 1) * 2 > this.#hash.length) this.#rehash();
    else this.#hashIn(node);
    return node;
  }

  parent(node: number): number {
    return this.#parent[node] ?? TOP;
  }

  segment(node: number): number {
    return this.#segment[node] ?? 0;
  }

  name(node: number): string {
    return this.segments.name(this.segment(node));
  }

  /** The first child in natural order, or 0. */
  first(node: number): number {
    if (((this.#flags[node] ?? 0) & UNSORTED) !== 0) this.#sort(node);
    return this.#first[node] ?? NONE;
  }

  /** The next sibling in natural order, or 0. */
  next(node: number): number {
    return this.#next[node] ?? NONE;
  }

  isObject(node: number): boolean {
    return ((this.#flags[node] ?? 0) & OBJECT) !== 0;
  }

  /** An object has no value: what was known of one goes. */
  makeObject(node: number): void {
    if (this.isObject(node)) return;
    this.#flags[node] = (this.#flags[node] ?? 0) | OBJECT;
    this.clearValue(node);
    this.#type[node] = 0;
  }

  writable(node: number): boolean | null {
    const flags = this.#flags[node] ?? 0;
    return (flags & WRITABLE_KNOWN) === 0 ? null : (flags & WRITABLE) !== 0;
  }

  setWritable(node: number, writable: boolean | null): void {
    const rest = (this.#flags[node] ?? 0) & ~(WRITABLE_KNOWN | WRITABLE);
    this.#flags[node] = rest | (writable === null ? 0 : WRITABLE_KNOWN | (writable ? WRITABLE : 0));
  }

  notification(node: number): number | null {
    const stored = ((this.#flags[node] ?? 0) & NOTIFICATION_MASK) >> NOTIFICATION_SHIFT;
    return stored === 0 ? null : stored - 1;
  }

  /** 0 … 6 (spec cwmp.md §11); anything else counts as unknown. */
  setNotification(node: number, notification: number | null): void {
    const known = notification !== null && notification >= 0 && notification <= 6;
    const stored = known ? Math.trunc(notification) + 1 : 0;
    this.#flags[node] = ((this.#flags[node] ?? 0) & ~NOTIFICATION_MASK) | (stored << NOTIFICATION_SHIFT);
  }

  value(node: number): string | null {
    return this.#value[node] ?? null;
  }

  type(node: number): string | null {
    return this.#types.at(this.#type[node] ?? 0);
  }

  /** Milliseconds since 1970 of the last reading, or null. */
  time(node: number): number | null {
    return this.#times.at(this.#time[node] ?? 0);
  }

  setType(node: number, type: string | null): void {
    this.#type[node] = this.#types.put(type);
  }

  setValue(node: number, value: string, type: string, time: number): void {
    this.#value[node] = value;
    this.setType(node, type);
    this.#time[node] = this.#times.put(time);
  }

  /** Sets the time alone; used when a stored tree is read. */
  setRead(node: number, value: string, time: number | null): void {
    this.#value[node] = value;
    this.#time[node] = this.#times.put(time);
  }

  clearValue(node: number): void {
    this.#value[node] = null;
    this.#time[node] = 0;
    this.setNotification(node, null);
  }

  mark(node: number): void {
    this.#flags[node] = (this.#flags[node] ?? 0) | MARKED;
  }

  unmark(node: number): void {
    this.#flags[node] = (this.#flags[node] ?? 0) & ~MARKED;
  }

  isMarked(node: number): boolean {
    return ((this.#flags[node] ?? 0) & MARKED) !== 0;
  }

  /** Takes out the children (with all below them) for which `gone` holds, in one pass. */
  removeChildren(parent: number, gone: (child: number) => boolean): void {
    this.#ownShape();
    let last = NONE;
    for (let child = this.first(parent); child !== NONE;) {
      const next = this.next(child);
      if (gone(child)) {
        this.#forget(child);
        if (last === NONE) this.#first[parent] = next;
        else this.#next[last] = next;
      } else last = child;
      child = next;
    }
    this.#last[parent] = last;
  }

  remove(node: number): void {
    this.removeChildren(this.parent(node), (child) => child === node);
  }

  /** Rows below a node in natural order, the node itself left out; depth 1 = its children. */
  *below(top: number, maxDepth = Infinity): Generator<{ node: number; depth: number }> {
    const row = { node: this.first(top), depth: 1 };
    while (row.node !== NONE) {
      yield row;
      const child = row.depth < maxDepth ? this.first(row.node) : NONE;
      if (child !== NONE) {
        row.node = child;
        row.depth += 1;
        continue;
      }
      while (this.next(row.node) === NONE && row.depth > 1) {
        row.node = this.parent(row.node);
        row.depth -= 1;
      }
      row.node = this.next(row.node);
    }
  }

  /** Before anything is hung elsewhere. */
  #ownShape(): void {
    if (!this.#sharesShape) return;
    this.#sharesShape = false;
    this.#parent = this.#parent.slice();
    this.#segment = this.#segment.slice();
    this.#first = this.#first.slice();
    this.#last = this.#last.slice();
    this.#next = this.#next.slice();
    this.#hash = this.#hash.slice();
  }

  #forget(top: number): void {
    const rows = [top];
    for (const { node } of this.below(top)) rows.push(node);
    for (const node of rows) this.#hashOut(node);
    for (const node of rows) this.#value[node] = null;
    this.#live -= rows.length;
  }

  #append(parent: number, node: number, segment: number): void {
    const last = this.#last[parent] ?? NONE;
    if (last === NONE) this.#first[parent] = node;
    else {
      this.#next[last] = node;
      if (this.segments.compare(this.segment(last), segment) > 0)
        this.#flags[parent] = (this.#flags[parent] ?? 0) | UNSORTED;
    }
    this.#last[parent] = node;
  }

  #sort(parent: number): void {
    this.#ownShape();
    const children: number[] = [];
    for (let child = this.#first[parent] ?? NONE; child !== NONE; child = this.next(child))
      children.push(child);
    children.sort((a, b) => this.segments.compare(this.segment(a), this.segment(b)));
    let before = NONE;
    for (const child of children) {
      if (before === NONE) this.#first[parent] = child;
      else this.#next[before] = child;
      before = child;
    }
    this.#next[before] = NONE;
    this.#last[parent] = before;
    this.#flags[parent] = (this.#flags[parent] ?? 0) & ~UNSORTED;
  }

  #grow(): void {
    const capacity = this.#parent.length * 2;
    const grown = (column: Int32Array): Int32Array<ArrayBuffer> => {
      const wider = new Int32Array(capacity);
      wider.set(column);
      return wider;
    };
    const grownShort = (column: Uint16Array): Uint16Array<ArrayBuffer> => {
      const wider = new Uint16Array(capacity);
      wider.set(column);
      return wider;
    };
    this.#parent = grown(this.#parent);
    this.#segment = grown(this.#segment);
    this.#first = grown(this.#first);
    this.#last = grown(this.#last);
    this.#next = grown(this.#next);
    this.#time = grown(this.#time);
    this.#flags = grownShort(this.#flags);
    this.#type = grownShort(this.#type);
  }

  #hashIn(node: number): void {
    const mask = this.#hash.length - 1;
    let slot = hashOf(this.parent(node), this.segment(node)) & mask;
    while ((this.#hash[slot] ?? NONE) > 0) slot = (slot + 1) & mask;
    if (this.#hash[slot] === NONE) this.#hashUsed += 1;
    this.#hash[slot] = node;
  }

  #hashOut(node: number): void {
    const mask = this.#hash.length - 1;
    let slot = hashOf(this.parent(node), this.segment(node)) & mask;
    while (this.#hash[slot] !== node) {
      if (this.#hash[slot] === NONE) return;
      slot = (slot + 1) & mask;
    }
    this.#hash[slot] = DELETED;
  }

  /** A table for at least twice the present rows, without what was removed. */
  #rehash(): void {
    const old = this.#hash;
    let size = FIRST_CAPACITY * 4;
    while (size < this.#live * 4) size *= 2;
    this.#hash = new Int32Array(size);
    this.#hashUsed = 0;
    const newest = this.#count - 1;
    for (const node of old) if (node > 0) this.#hashIn(node);
    this.#hashIn(newest);
  }
}

function hashOf(parent: number, segment: number): number {
  const mixed = Math.imul(parent, 0x9e3779b1) ^ Math.imul(segment + 1, 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
