import { StoreError } from '../errors.js';
import { T, eachElement, valueSize, type Raw, type RawDocument } from '../bson/raw.js';
import { showField } from '../bson/show.js';
import { BsonWriter } from '../bson/writer.js';
import type { Matcher } from '../query/matcher.js';
import type { FieldChange, UpdateContext } from './operators.js';

/** The changes of one update as a tree of names, so that one pass over the old bytes writes the new ones. */
export interface UpdateNode {
  readonly name: string;
  readonly bytes: Buffer;
  readonly path: string;
  change: FieldChange | undefined;
  children: UpdateNode[];
}

type ArrayFilters = ReadonlyMap<string, Matcher>;

/** MongoDB fills a gap before a new array element with nulls, up to this many. */
const MAX_GAP = 1_500_000;

export function emptyNode(name = '', path = ''): UpdateNode {
  return { name, bytes: Buffer.from(name), path, change: undefined, children: [] };
}

/** Puts a change into the tree; `$` in its path becomes the matched index. Two changes of one place are refused. */
export function addChange(
  root: UpdateNode,
  change: FieldChange,
  matchedIndex: number,
  conflictCode = 40,
): void {
  let node = root;
  for (const part of change.path.split('.')) {
    const name = part === '$' ? String(matchedIndex) : part;
    if (node.change) throw conflict(change.path, node.path, conflictCode);
    let child = node.children.find((other) => other.name === name);
    if (!child) {
      child = emptyNode(name, node.path ? `${node.path}.${part}` : part);
      node.children.push(child);
      node.children.sort(byName);
    }
    node = child;
  }
  if (node.change || node.children.length > 0) throw conflict(change.path, change.path, conflictCode);
  node.change = change;
}

function conflict(path: string, at: string, code = 40): StoreError {
  if (code === 54)
    return new StoreError(
      54,
      `cannot infer query fields to set, both paths '${path}' and '${at}' are matched`,
    );
  return new StoreError(40, `Updating the path '${path}' would create a conflict at '${at}'`);
}

/** MongoDB adds new fields in the order of their names, numbers by value. */
function byName(a: UpdateNode, b: UpdateNode): number {
  const isNumber = /^\d+$/;
  if (isNumber.test(a.name) && isNumber.test(b.name)) return Number(a.name) - Number(b.name);
  return a.bytes.compare(b.bytes);
}

function merge(a: UpdateNode, b: UpdateNode): UpdateNode {
  if (a.change || b.change) throw conflict(b.path, a.path);
  const merged = { ...a, children: [...a.children] };
  for (const child of b.children) {
    const at = merged.children.findIndex((other) => other.name === child.name);
    const same = merged.children[at];
    if (same) merged.children[at] = merge(same, child);
    else merged.children.push(child);
  }
  merged.children.sort(byName);
  return merged;
}

function creates(context: UpdateContext, node: UpdateNode): boolean {
  return node.change ? node.change.creates(context) : node.children.some((child) => creates(context, child));
}

class Splicer {
  readonly #context: UpdateContext;
  readonly #filters: ArrayFilters;
  readonly #out: BsonWriter;

  constructor(context: UpdateContext, filters: ArrayFilters, out: BsonWriter) {
    this.#context = context;
    this.#filters = filters;
    this.#out = out;
  }

  /** Writes the document with the changes below `node`; `order` gives the order of new fields where it is not by name. */
  document(doc: RawDocument, node: UpdateNode, order?: readonly string[]): void {
    const { buf } = doc;
    const out = this.#out;
    const mark = out.open();
    const left = new Set(node.children);
    let copied = doc.at + 4;
    eachElement(buf, doc.at, (type, nameAt, nameEnd, at) => {
      const child = node.children.find(
        ({ bytes }) =>
          bytes.length === nameEnd - nameAt && buf.compare(bytes, 0, bytes.length, nameAt, nameEnd) === 0,
      );
      if (!child || !left.delete(child)) return;
      out.copy(buf, copied, nameAt - 1);
      this.#existing(child, { buf, type, at }, child.name);
      copied = at + valueSize(buf, type, at);
    });
    out.copy(buf, copied, doc.at + buf.readInt32LE(doc.at) - 1);
    const fresh = [...left];
    if (order) fresh.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
    for (const child of fresh) this.#missing(child, child.name);
    out.close(mark);
  }

  #existing(node: UpdateNode, value: Raw, name: string): void {
    if (node.change) {
      node.change.write(this.#context, value, name, this.#out);
    } else if (value.type === T.object) {
      this.#refuseDynamic(node, value);
      this.#out.name(T.object, name);
      this.document(value, node);
    } else if (value.type === T.array) {
      this.#out.name(T.array, name);
      this.#array(value, node);
    } else if (creates(this.#context, node)) {
      this.#refuseDynamic(node, value);
      const child = node.children[0]?.name ?? '';
      throw new StoreError(28, `Cannot create field '${child}' in element ${showField(name, value)}`);
    } else this.#out.raw(name, value);
  }

  #refuseDynamic(node: UpdateNode, value: Raw): void {
    if (node.children.some((child) => child.name.startsWith('$['))) {
      throw new StoreError(
        2,
        `Cannot apply array updates to non-array element ${showField(node.name, value)}`,
      );
    }
  }

  #missing(node: UpdateNode, name: string): void {
    if (node.change) {
      node.change.write(this.#context, undefined, name, this.#out);
      return;
    }
    if (node.children.some((child) => child.name.startsWith('$['))) {
      throw new StoreError(
        2,
        `The path '${node.path}' must exist in the document in order to apply array updates.`,
      );
    }
    if (!creates(this.#context, node)) return;
    const mark = this.#out.openField(T.object, name);
    for (const child of node.children) this.#missing(child, child.name);
    this.#out.close(mark);
  }

  #array(array: Raw, node: UpdateNode): void {
    const { buf } = array;
    const out = this.#out;
    this.#checkArrayNames(array, node);
    const mark = out.open();
    let copied = array.at + 4;
    let length = 0;
    eachElement(buf, array.at, (type, nameAt, _nameEnd, at) => {
      const name = String(length++);
      const element = { buf, type, at };
      const hit = node.children
        .filter((child) => this.#applies(child, name, element))
        .reduce<UpdateNode | undefined>((all, child) => (all ? merge(all, child) : child), undefined);
      if (!hit) return;
      out.copy(buf, copied, nameAt - 1);
      const before = out.length;
      this.#existing(hit, element, name);
      if (out.length === before) out.name(T.null, name);
      copied = at + valueSize(buf, type, at);
    });
    out.copy(buf, copied, array.at + buf.readInt32LE(array.at) - 1);
    this.#beyond(node, length);
    out.close(mark);
  }

  /** Elements behind the end of the array; the gap before them is filled with nulls. */
  #beyond(node: UpdateNode, length: number): void {
    let next = length;
    for (const child of node.children) {
      const index = /^\d+$/.test(child.name) ? Number(child.name) : -1;
      if (index < length || !creates(this.#context, child)) continue;
      if (index - next > MAX_GAP) {
        throw new StoreError(
          2,
          `Cannot create an array element at index ${index}: the gap is larger than ${MAX_GAP}`,
        );
      }
      while (next < index) this.#out.name(T.null, String(next++));
      this.#missing(child, String(next++));
    }
  }

  #checkArrayNames(array: Raw, node: UpdateNode): void {
    for (const child of node.children) {
      if (/^(\d+|\$\[.*\])$/.test(child.name) || !creates(this.#context, child)) continue;
      throw new StoreError(
        28,
        `Cannot create field '${child.name}' in element ${showField(node.name, array)}`,
      );
    }
  }

  #applies(child: UpdateNode, name: string, element: Raw): boolean {
    if (child.name === name || child.name === '$[]') return true;
    if (!child.name.startsWith('$[')) return false;
    const id = child.name.slice(2, -1);
    const match = this.#filters.get(id);
    if (!match) return false;
    const holder = new BsonWriter(256);
    const mark = holder.open();
    holder.raw(id, element);
    holder.close(mark);
    return match(holder.bytes(), 0);
  }
}

export function spliceDocument(
  context: UpdateContext,
  filters: ArrayFilters,
  document: RawDocument,
  node: UpdateNode,
  out: BsonWriter,
  order?: readonly string[],
): void {
  new Splicer(context, filters, out).document(document, node, order);
}
