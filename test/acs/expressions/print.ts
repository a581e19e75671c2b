import type { BinaryOperator, Node } from '../../../acs/expressions/ast.js';

const LEVELS: Readonly<Record<BinaryOperator, number>> = {
  '||': 1,
  '&&': 2,
  '==': 3,
  '!=': 3,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '->': 5,
  '+': 6,
  '-': 6,
  '++': 6,
  '*': 7,
  '/': 7,
  '%': 7,
  '?': 9,
};
const UNARY = 8;
const POSTFIX = 10;
const WORDS = new Set(['if', 'else', 'and', 'or', 'true', 'false', 'null']);

/** How tightly a node holds together; 0 = needs brackets everywhere but alone. */
function levelOf(node: Node): number {
  if (node.kind === 'if' || node.kind === 'lambda') return 0;
  if (node.kind === 'binary') return LEVELS[node.operator];
  return node.kind === 'unary' ? UNARY : POSTFIX;
}

const within = (node: Node, least: number): string =>
  levelOf(node) < least ? `(${print(node)})` : print(node);

function name(text: string): string {
  return text === '_' || (/^\p{L}[\p{L}\p{N}_]*$/u.test(text) && !WORDS.has(text)) ? text : `\`${text}\``;
}

function literal(value: null | boolean | number | bigint | string, kind: string): string {
  if (typeof value === 'string')
    return `'${value.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\t', '\\t')}'`;
  if (typeof value === 'bigint') return `${value}L`;
  if (typeof value === 'number' && kind === 'double')
    return Number.isInteger(value) ? value.toFixed(1) : String(value);
  return String(value);
}

/** The text of a tree with no more brackets than it needs. */
export function print(node: Node): string {
  switch (node.kind) {
    case 'literal':
      return literal(node.value, node.type.kind);
    case 'name':
      return name(node.name);
    case 'variable':
      return node.number ? `#num(${name(node.name)})` : `#${node.name === 'num' ? '`num`' : name(node.name)}`;
    case 'member':
      return `${target(node.target)}.${name(node.name)}`;
    case 'call':
      return `${target(node.target)}(${node.args.map(print).join(', ')})`;
    case 'unary':
      return node.operator + within(node.operand, UNARY);
    case 'binary':
      return binary(node);
    case 'if':
      return `if(${print(node.condition)}) ${print(node.then)} else ${print(node.otherwise)}`;
    case 'lambda': {
      const [only] = node.parameters;
      const names =
        node.parameters.length === 1 && only !== undefined
          ? name(only)
          : `(${node.parameters.map(name).join(', ')})`;
      return `${names} => ${print(node.body)}`;
    }
  }
}

function target(node: Node): string {
  return within(node, POSTFIX);
}

function binary(node: Extract<Node, { kind: 'binary' }>): string {
  const level = LEVELS[node.operator];
  if (node.operator !== '?')
    return `${within(node.left, level)} ${node.operator} ${within(node.right, level + 1)}`;
  const { right } = node;
  const negative = right.kind === 'unary' && right.operator === '-';
  const printed = negative ? `-${within(right.operand, POSTFIX)}` : within(right, POSTFIX);
  return `${within(node.left, level)} ? ${printed}`;
}
