import { dataModelValue } from './api/data-model.js';
import { needsWidening } from './numbers.js';
import { conforms, hasTextForm } from './type-relations.js';
import { T, typeName, type Type } from './types.js';
import type { Typed } from './typed.js';

/**
 * The node as a value of another type, where that is allowed: numbers widen, a literal takes the type that is wanted (a text
 * for an enumeration or a Char, a number for a narrower type that holds it), a query of the data model stands for its
 * value. Null where it is not allowed.
 */
export function adapt(node: Typed, expected: Type): Typed | null {
  if (conforms(node.type, expected)) return widened(node, expected);
  const text = dataModelText(node);
  if (text !== node) return adapt(text, expected);
  if (node.kind === 'constant') return adaptLiteral(node, expected);
  if (node.kind === 'if') {
    const then = adapt(node.then, expected);
    const otherwise = adapt(node.otherwise, expected);
    return then && otherwise ? { ...node, then, otherwise, type: expected } : null;
  }
  return null;
}

function widened(node: Typed, expected: Type): Typed {
  if (!needsWidening(node.type, expected)) return node;
  return { kind: 'widen', operand: node, type: expected, from: node.from, to: node.to };
}

const RANGES: Readonly<Record<string, number>> = { byte: 128, short: 32_768 };

function adaptLiteral(node: Extract<Typed, { kind: 'constant' }>, expected: Type): Typed | null {
  const { value } = node;
  if (typeof value === 'string') {
    if (expected.kind === 'enum' && node.type.kind === 'string')
      return expected.values.length === 0 || expected.values.includes(value)
        ? { ...node, type: expected }
        : null;
    return expected.kind === 'char' && value.length === 1 ? { ...node, type: T.char } : null;
  }
  const range = RANGES[expected.kind];
  if (range === undefined || node.type.kind !== 'int' || typeof value !== 'number') return null;
  return value >= -range && value < range ? { ...node, type: expected } : null;
}

/** A query of the data model as the text of its value; other nodes as they are. */
export function dataModelText(node: Typed): Typed {
  if (node.type.kind !== 'object' || node.type.name !== 'DataModelQuery') return node;
  return {
    kind: 'call',
    member: dataModelValue,
    target: node,
    args: [],
    type: T.string,
    from: node.from,
    to: node.to,
  };
}

/** The node as text; null when it has none. */
export function asText(node: Typed): Typed | null {
  const plain = dataModelText(node);
  if (plain.type.kind === 'string' || plain.type.kind === 'null') return plain;
  if (!hasTextForm(plain.type)) return null;
  return { kind: 'text', operand: plain, type: T.string, from: node.from, to: node.to };
}

/** For messages: `an Int`. */
export function describeFound(type: Type): string {
  const name = typeName(type);
  if (name === 'Null') return 'null';
  return `${/^[AEIO]/.test(name) ? 'an' : 'a'} ${name}`;
}
