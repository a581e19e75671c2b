import { adapt, asText, dataModelText, describeFound } from './adaptation.js';
import type { Node } from './ast.js';
import { Failure } from './failure.js';
import { commonSupertype, isCollection, isNumber, isOrdered, related } from './type-relations.js';
import { T, typeName, type Type } from './types.js';
import type { ArithmeticOperator, OrderOperator, Typed } from './typed.js';

export type Operand = Pick<Typed, 'type' | 'from' | 'to'>;
type BinaryNode = Extract<Node, { kind: 'binary' }>;
interface Position {
  readonly from: number;
  readonly to: number;
}

/** `-` and `!`. */
export function checkUnary(node: Extract<Node, { kind: 'unary' }>, given: Typed): Typed {
  const operand = dataModelText(given);
  const { from, to } = node;
  if (node.operator === '!')
    return { kind: 'not', operand: boolean(operand, '!'), type: T.boolean, from, to };
  if (!isNumber(operand.type))
    throw new Failure(`- needs a number, this is ${describeFound(operand.type)}`, operand.from, operand.to, {
      expected: 'a number',
      found: typeName(operand.type),
    });
  return { kind: 'negate', operand, type: operand.type, from, to };
}

/** Operators with two sides (expressions.md §3). */
export function checkBinary(node: BinaryNode, left: Typed, right: Typed): Typed {
  const position = { from: node.from, to: node.to };
  switch (node.operator) {
    case '->':
      return { kind: 'pair', left, right, type: T.entry(left.type, right.type), ...position };
    case '?':
      return fallback(left, right, position);
    case '++':
      return append(left, right, position);
    default:
      return checkPlain(node, dataModelText(left), dataModelText(right), position);
  }
}

/** Operators for which a query of the data model stands for its value. */
function checkPlain(node: BinaryNode, left: Typed, right: Typed, position: Position): Typed {
  const { operator } = node;
  switch (operator) {
    case '&&':
    case '||':
      return {
        kind: operator === '&&' ? 'and' : 'or',
        left: boolean(left, operator),
        right: boolean(right, operator),
        type: T.boolean,
        ...position,
      };
    case '==':
    case '!=':
      return equality(operator === '!=', left, right, position);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return order(operator, left, right, position);
    case '+':
      return left.type.kind === 'string' || right.type.kind === 'string'
        ? concat(left, right, position)
        : arithmetic('+', left, right, position);
    default:
      return arithmetic(operator as ArithmeticOperator, left, right, position);
  }
}

function boolean(node: Typed, operator: string): Typed {
  if (node.type.kind === 'boolean' || node.type.kind === 'null') return node;
  throw new Failure(`${operator} needs a Boolean, this is ${describeFound(node.type)}`, node.from, node.to, {
    expected: 'Boolean',
    found: typeName(node.type),
  });
}

function fallback(left: Typed, right: Typed, position: Position): Typed {
  const adapted = left.type.kind === 'null' ? right : adapt(right, left.type);
  if (adapted) {
    const type = left.type.kind === 'null' ? right.type : left.type;
    return { kind: 'fallback', left, right: adapted, type, ...position };
  }
  const text = dataModelText(left);
  if (text !== left) return fallback(text, right, position);
  throw new Failure(
    `The value after ? must be ${describeFound(left.type)}, this is ${describeFound(right.type)}`,
    right.from,
    right.to,
    { expected: typeName(left.type), found: typeName(right.type) },
  );
}

function append(left: Typed, right: Typed, position: Position): Typed {
  const type = appended(left.type, right.type);
  if (!type) throw mismatched('++', left, right, position);
  const other: Type =
    isCollection(right.type) && isCollection(type) ? { kind: right.type.kind, element: type.element } : type;
  return {
    kind: 'append',
    left: adapt(left, type) ?? left,
    right: adapt(right, other) ?? right,
    type,
    ...position,
  };
}

function appended(left: Type, right: Type): Type | null {
  if (isCollection(left) && isCollection(right))
    return { kind: left.kind, element: commonSupertype(left.element, right.element) };
  return left.kind === 'map' && right.kind === 'map' ? commonSupertype(left, right) : null;
}

/** Literals take the type of the other side: a text beside an enumeration or a Char. */
function alike(left: Typed, right: Typed): [Typed, Typed] {
  if (left.type.kind === 'enum' || left.type.kind === 'char') return [left, adapt(right, left.type) ?? right];
  if (right.type.kind === 'enum' || right.type.kind === 'char')
    return [adapt(left, right.type) ?? left, right];
  return [left, right];
}

function equality(negated: boolean, given: Typed, other: Typed, position: Position): Typed {
  const [left, right] = alike(given, other);
  if (!related(left.type, right.type)) throw mismatched(negated ? '!=' : '==', left, right, position);
  return { kind: 'equals', negated, left, right, type: T.boolean, ...position };
}

function order(operator: OrderOperator, given: Typed, other: Typed, position: Position): Typed {
  const [left, right] = alike(given, other).map((side, index, sides) =>
    side.type.kind === 'char' && isNumber(sides[1 - index]?.type ?? T.null) ? code(side) : side,
  );
  if (!left || !right) throw new RangeError('An operator has two sides');
  const both = commonSupertype(left.type, right.type);
  if (!isOrdered(both)) throw mismatched(operator, left, right, position);
  return { kind: 'order', operator, left, right, type: T.boolean, ...position };
}

const code = (node: Typed): Typed => ({
  kind: 'code',
  operand: node,
  type: T.int,
  from: node.from,
  to: node.to,
});

function concat(left: Typed, right: Typed, position: Position): Typed {
  const [a, b] = [asText(left), asText(right)];
  if (a && b) return { kind: 'concat', left: a, right: b, type: T.string, ...position };
  const wrong = a ? right : left;
  throw new Failure(`${describeFound(wrong.type)} has no text form`, wrong.from, wrong.to, {
    expected: 'a type with text form',
    found: typeName(wrong.type),
  });
}

function arithmetic(operator: ArithmeticOperator, left: Typed, right: Typed, position: Position): Typed {
  const type = commonSupertype(left.type, right.type);
  if (!isNumber(type)) throw mismatched(operator, left, right, position);
  const [a, b] = [adapt(left, type) ?? left, adapt(right, type) ?? right];
  return { kind: 'arithmetic', operator, left: a, right: b, type, ...position };
}

function mismatched(operator: string, left: Typed, right: Typed, position: Position): Failure {
  return new Failure(
    `${operator} does not take ${describeFound(left.type)} and ${describeFound(right.type)}`,
    position.from,
    position.to,
    { expected: typeName(left.type), found: typeName(right.type) },
  );
}
