import { StoreError, notSupported } from '../errors.js';
import { wholeNumber } from '../bson/numbers.js';
import { T, eachElement, elementsOf, isNumber, valuesOf, type Raw, type RawDocument } from '../bson/raw.js';
import { BsonWriter } from '../bson/writer.js';
import { isTruthy, parseFilter, parseOperators, isOperatorDocument } from './filter.js';
import { compileFilter, compileTest } from './matcher.js';
import type { ValueTest } from './path.js';

/** Gives the part of a document that was asked for; `matchedIndex` is what `$` stands for. */
export type Projection = (document: Buffer, matchedIndex: number) => Buffer;

type Special =
  | { readonly kind: 'slice'; readonly skip: number; readonly limit: number }
  | { readonly kind: 'elemMatch'; readonly test: ValueTest }
  | { readonly kind: 'positional' };

interface Node {
  readonly children: Map<string, Node>;
  leaf: boolean;
  special: Special | undefined;
}

const newNode = (): Node => ({ children: new Map(), leaf: false, special: undefined });

export function parseProjection(value: Raw | undefined): Projection | undefined {
  if (!value || value.type === T.null) return undefined;
  if (value.type !== T.object) throw new StoreError(14, 'projection must be an object');
  const root = newNode();
  let including: boolean | undefined;
  let id: boolean | undefined;
  for (const [name, setting] of elementsOf(value)) {
    const special = setting.type === T.object ? parseSpecial(name, setting) : undefined;
    if (special?.kind === 'slice') {
      addPath(root, name, special);
      continue;
    }
    const plain = isNumber(setting.type) || setting.type === T.bool;
    if (!special && !plain) throw notSupported(`an expression in a projection (field '${name}')`, 31254);
    const include = special ? true : isTruthy(setting);
    if (name === '_id') {
      id = include;
      continue;
    }
    if (including !== undefined && including !== include) {
      throw include
        ? new StoreError(31253, `Cannot do inclusion on field ${name} in exclusion projection`)
        : new StoreError(31254, `Cannot do exclusion on field ${name} in inclusion projection`);
    }
    including = include;
    if (/(^|\.)\$$/.test(name)) addPath(root, name.slice(0, -2), { kind: 'positional' });
    else addPath(root, name, special);
  }
  if (including === undefined && id === undefined && root.children.size === 0) return undefined;
  const mode = including ?? (id === true && root.children.size === 0);
  if (mode ? id !== false : id === false) addPath(root, '_id', undefined);
  return (document, matchedIndex) => {
    const out = new BsonWriter(mode ? 512 : document.length + 64);
    project({ buf: document, at: 0 }, root, mode, matchedIndex, out);
    return out.bytes();
  };
}

function parseSpecial(name: string, setting: Raw): Special | undefined {
  const [[operator, operand] = ['', undefined]] = elementsOf(setting);
  if (operator === '$slice' && operand) {
    const list =
      operand.type === T.array ? valuesOf(operand).map(wholeNumber) : [undefined, wholeNumber(operand)];
    const [skip, limit] = list;
    if (limit === undefined || list.length !== 2)
      throw new StoreError(28667, 'Invalid $slice syntax. The given syntax did not match the find() syntax');
    if (operand.type !== T.array)
      return { kind: 'slice', skip: limit < 0 ? limit : 0, limit: Math.abs(limit) };
    if (skip === undefined || limit <= 0)
      throw new StoreError(28724, 'Third argument to $slice must be positive');
    return { kind: 'slice', skip, limit };
  }
  if (operator === '$elemMatch' && operand) {
    if (operand.type !== T.object)
      throw new StoreError(31274, 'elemMatch: Invalid argument, object required');
    if (name.includes('.'))
      throw new StoreError(31275, 'Cannot use $elemMatch projection on a nested field.');
    if (isOperatorDocument(operand)) {
      const tests = parseOperators(operand).map(compileTest);
      return { kind: 'elemMatch', test: (buf, type, at) => tests.every((test) => test(buf, type, at)) };
    }
    const match = compileFilter(parseFilter(operand));
    return { kind: 'elemMatch', test: (buf, type, at) => type === T.object && match(buf, at) };
  }
  throw notSupported(`the projection of '${name}' by ${operator || 'a document'}`, 31252);
}

function addPath(root: Node, path: string, special: Special | undefined): void {
  let node = root;
  for (const name of path.split('.')) {
    if (name === '') throw new StoreError(40353, "FieldPath must not end with a '.'.");
    if (name.startsWith('$'))
      throw new StoreError(31324, `FieldPath field names may not start with '$': ${path}`);
    if (node.leaf || node.special) throw new StoreError(31249, `Path collision at ${path}`);
    let child = node.children.get(name);
    if (!child) node.children.set(name, (child = newNode()));
    node = child;
  }
  if (node.leaf || node.special || node.children.size > 0)
    throw new StoreError(31250, `Path collision at ${path}`);
  if (special) node.special = special;
  else node.leaf = true;
}

function project(
  doc: RawDocument,
  node: Node,
  including: boolean,
  matchedIndex: number,
  out: BsonWriter,
): void {
  const { buf } = doc;
  const mark = out.open();
  eachElement(buf, doc.at, (type, nameAt, nameEnd, at) => {
    const name = buf.toString('utf8', nameAt, nameEnd);
    const child = node.children.get(name);
    const value = { buf, type, at };
    if (!child) {
      if (!including) out.raw(name, value);
    } else if (child.special) projectSpecial(name, value, child.special, matchedIndex, out);
    else if (child.leaf) {
      if (including) out.raw(name, value);
    } else if (type === T.object) {
      out.name(type, name);
      project(value, child, including, matchedIndex, out);
    } else if (type === T.array) {
      out.name(type, name);
      projectArray(value, child, including, matchedIndex, out);
    } else if (!including) out.raw(name, value);
  });
  out.close(mark);
}

function projectArray(
  array: Raw,
  node: Node,
  including: boolean,
  matchedIndex: number,
  out: BsonWriter,
): void {
  const mark = out.open();
  let i = 0;
  for (const value of valuesOf(array)) {
    if (value.type === T.object) {
      out.name(T.object, String(i++));
      project(value, node, including, matchedIndex, out);
    } else if (value.type === T.array) {
      out.name(T.array, String(i++));
      projectArray(value, node, including, matchedIndex, out);
    } else if (!including) out.raw(String(i++), value);
  }
  out.close(mark);
}

function projectSpecial(
  name: string,
  value: Raw,
  special: Special,
  matchedIndex: number,
  out: BsonWriter,
): void {
  if (value.type !== T.array) {
    if (special.kind !== 'elemMatch') out.raw(name, value);
    return;
  }
  let elements = valuesOf(value);
  switch (special.kind) {
    case 'slice': {
      const from = special.skip < 0 ? Math.max(0, elements.length + special.skip) : special.skip;
      elements = elements.slice(from, from + special.limit);
      break;
    }
    case 'elemMatch': {
      const hit = elements.find(({ buf, type, at }) => special.test(buf, type, at));
      if (!hit) return;
      elements = [hit];
      break;
    }
    case 'positional': {
      if (matchedIndex < 0) {
        throw new StoreError(
          51246,
          "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
        );
      }
      elements = elements.slice(matchedIndex, matchedIndex + 1);
      break;
    }
  }
  const mark = out.openField(T.array, name);
  for (const [i, element] of elements.entries()) out.raw(String(i), element);
  out.close(mark);
}
