import { expect } from 'chai';
import fc from 'fast-check';
import type { BinaryOperator, Node } from '../../../acs/expressions/ast.js';
import { Failure } from '../../../acs/expressions/failure.js';
import { tokenize } from '../../../acs/expressions/lexer.js';
import { parse } from '../../../acs/expressions/parser.js';
import { check, PLACES, T } from '../../../acs/expressions/index.js';
import { shownIn } from './all-place.js';
import { print } from './print.js';
import { WORLD } from './world.js';

const parsed = (text: string): Node => parse(tokenize(text, 0).tokens);
/** Printed with the least brackets: shows how a text was read. */
const read = (text: string): string => print(parsed(text));

/** The tree alone, without positions. */
function bare(node: Node): unknown {
  return JSON.parse(
    JSON.stringify(node, (key, value: unknown) =>
      key === 'from' || key === 'to' ? undefined : typeof value === 'bigint' ? `${value}L` : value,
    ),
  );
}

describe('The grammar of expressions', () => {
  const SAME: readonly (readonly [string, string])[] = [
    ['1 + x ? 0', '1 + (x ? 0)'],
    ['-x ? 0', '-(x ? 0)'],
    ['!x ? true', '!(x ? true)'],
    ['a * b ? 1', 'a * (b ? 1)'],
    ['a ? b ? c', '(a ? b) ? c'],
    ['a ? -1', 'a ? (-1)'],
    ['a.b ? c.d(1)', '(a.b) ? (c.d(1))'],
    ['a == b ? c', 'a == (b ? c)'],
    ['1 + 2 * 3', '1 + (2 * 3)'],
    ['1 - 2 - 3', '(1 - 2) - 3'],
    ['a || b && c', 'a || (b && c)'],
    ['a or b and c', 'a || (b && c)'],
    ['a == b && c != d', '(a == b) && (c != d)'],
    ['a < b == c > d', '(a < b) == (c > d)'],
    ["'k' -> 1 + 2", "'k' -> (1 + 2)"],
    ['a -> b -> c', '(a -> b) -> c'],
    ['a ++ b + c', '(a ++ b) + c'],
    ['- - a', '-(-a)'],
    ['-a.b', '-(a.b)'],
    ['!a.b(c)', '!(a.b(c))'],
    ['a contains b', 'a.contains(b)'],
    ['a contains b == c', 'a.contains(b == c)'],
    ['a m b n c', 'a.m(b).n(c)'],
    ['a or b contains c', '(a or b).contains(c)'],
    ['x => x + 1', 'x => (x + 1)'],
    ['if(a) b else c + d', 'if(a) b else (c + d)'],
    ['if(a) b else if(c) d else e', 'if(a) b else (if(c) d else e)'],
    ['f(x => x, (a, b) => a)', 'f((x => x), ((a, b) => a))'],
    ['a.`if`', 'a.`if`'],
    ['`plain`', 'plain'],
    ['"""raw \\ \'text\'"""', "'raw \\\\ \\'text\\''"],
    ['0x7c', '124'],
    ['#num(x) + 1', '#num(#x) + 1'],
  ];
  for (const [text, same] of SAME)
    it(`reads ${text} as ${same}`, () => {
      expect(bare(parsed(text))).to.deep.equal(bare(parsed(same)));
    });

  it('makes a lambda of an argument with _, each _ being the next parameter', () => {
    const shape = (text: string): string => read(text).replaceAll(/`_(\d+)`/g, 'p$1');
    expect(shape('a.exists(_ < 2)')).to.equal('a.exists(p1 => p1 < 2)');
    expect(shape('a.fold(0)(_ + _)')).to.equal('a.fold(0)((p1, p2) => p1 + p2)');
    expect(shape('a.map(f(_))')).to.equal('a.map(p1 => f(p1))');
    expect(shape('a.map(f(_ + 1))')).to.equal('a.map(f(p1 => p1 + 1))');
    expect(shape('a exists (_ < 2)')).to.equal('a.exists(p1 => p1 < 2)');
    expect(shape('a.map(_ ? 1)')).to.equal('a.map(p1 => p1 ? 1)');
    expect(() => parsed('_ + 1')).to.throw(Failure, '_ may stand in an argument only');
    expect(() => parsed('f(_)')).to.throw(Failure, '_ alone');
  });

  it('ignores a parameter that is called _', () => {
    expect(shownIn('list(1, 2).map(_ => 7)', WORLD)).to.equal('list(7, 7)');
    expect(shownIn('list(1, 2).fold(0)((_, x) => x)', WORLD)).to.equal('2');
  });

  it('takes the least numbers, which have no positive counterpart', () => {
    expect(shownIn('-2147483648', WORLD)).to.equal('-2147483648');
    expect(shownIn('-9223372036854775808L', WORLD)).to.equal('-9223372036854775808');
    expect(() => parsed('2147483648')).to.throw(Failure, 'too large for an Int; write 2147483648L');
    expect(() => parsed('9223372036854775808L')).to.throw(Failure, 'too large for a Long');
  });

  const WRONG: readonly (readonly [string, string, number, number])[] = [
    ['${}', 'An expression is missing', 2, 2],
    ['${1 +}', 'Expected a value, found the end', 5, 5],
    ['${1 2}', 'Expected an operator or the end, found 2', 4, 5],
    ['${(1}', 'Expected ), found the end', 4, 4],
    ['ab${list(1,)}', 'Expected a value, found )', 11, 12],
    ['${a = 1}', '= is no operator; == compares', 4, 5],
    ['${a & b}', '& is no operator; && is meant', 4, 5],
    ["${'abc}", 'The text has no end', 2, 7],
    ['${`abc}', 'The quoted name has no end', 2, 7],
    ["${'a\\qb'}", '\\q is no escape; there are \\\' \\" \\\\ \\n \\t', 4, 6],
    ['${1', 'The dynamic part has no closing }', 0, 3],
    ['${12abc}', '12abc is no number', 2, 7],
    ['${if(true) 1}', 'Expected else, found the end', 12, 12],
    ['${device.if}', 'Expected a name; if is reserved, write `if`, found if', 9, 11],
    ['${§}', 'Unexpected §', 2, 3],
    ['${x => 1}', 'A lambda may be the argument of a method only', 2, 8],
    ['${list(1).fold(0)((a, a) => a)}', 'Two parameters a', 18, 27],
    ['${device.idd}', 'Device has no idd', 8, 12],
    ['${device.ID}', 'Device has no ID; id is meant', 8, 11],
    ['${1.trim}', 'Int has no trim', 3, 8],
    ["${1 == 'a'}", '== does not take an Int and a String', 2, 10],
    ["${list(1) == list('a')}", '== does not take a List[Int] and a List[String]', 2, 22],
    ["${1 - 'a'}", '- does not take an Int and a String', 2, 9],
    ["${!'a'}", '! needs a Boolean, this is a String', 3, 6],
    ["${#n.toInt ? 'x'}", 'The value after ? must be an Int, this is a String', 13, 16],
    ["${'a'.take('b')}", 'count must be an Int, this is a String', 11, 14],
    ["${'a'.take()}", 'Wrong number of arguments: take(count: Int): String', 2, 12],
    ['${list(1).map(2)}', 'A lambda is wanted here: Int => R', 14, 15],
    ['${list(1).exists((a, b) => true)}', 'A lambda of 1 parameters is wanted here', 17, 31],
    ['${list(1).exists(_ + 1)}', 'p must be a Boolean, this is an Int', 17, 22],
    ['${1(2)}', 'Int cannot be called', 2, 6],
    ['${null.x}', 'null has no methods', 2, 8],
    ['${unknown}', 'There is no unknown', 2, 9],
    ['${if(1) 2 else 3}', 'A condition must be a Boolean, this is an Int', 5, 6],
  ];
  for (const [text, message, from, to] of WRONG)
    it(`says of ${text}: ${message}`, () => {
      const [issue] = check(text, PLACES.taskAttribute(null, true));
      expect(issue && { message: issue.message, from: issue.from, to: issue.to }).to.deep.equal({
        message,
        from,
        to,
      });
    });

  it('says what was expected and what was found', () => {
    const [issue] = check("x${'a'}", PLACES.taskAttribute(T.int, true));
    expect(issue).to.include({ expected: 'Int', found: 'String' });
    const [single] = check("${'a'}", PLACES.taskAttribute(T.int, true));
    expect(single).to.deep.equal({
      message: 'The value must be an Int, this is a String',
      from: 2,
      to: 5,
      expected: 'Int',
      found: 'String',
    });
  });

  it('reads what is printed with the least brackets as the same tree', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        expect(bare(parsed(print(tree)))).to.deep.equal(bare(tree));
      }),
      { numRuns: Number(process.env.EXPRESSION_FUZZ_RUNS ?? 2_000) },
    );
  });

  it('gives positions that lie in the text and in their parents', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const text = print(tree);
        const inside = (node: Node, from: number, to: number): void => {
          expect(node.from, text).to.be.within(from, to);
          expect(node.to, text).to.be.within(node.from, to);
          for (const part of partsOf(node)) inside(part, 0, text.length);
        };
        inside(parsed(text), 0, text.length);
      }),
      { numRuns: 300 },
    );
  });
});

function partsOf(node: Node): Node[] {
  return Object.values(node).flatMap((value: unknown) =>
    (Array.isArray(value) ? (value as unknown[]) : [value]).filter(
      (part): part is Node => typeof part === 'object' && part !== null && 'from' in part,
    ),
  );
}

const at = { from: 0, to: 0 };
const OPERATORS: BinaryOperator[] = [
  '||',
  '&&',
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  '->',
  '+',
  '-',
  '++',
  '*',
  '/',
  '%',
  '?',
];
const names = fc.constantFrom('a', 'b', 'device', 'if', 'odd name', 'and', 'ß', 'num');

const { tree: trees } = fc.letrec<{ tree: Node; leaf: Node }>((tie) => ({
  leaf: fc.oneof(
    fc
      .integer({ min: 0, max: 2 ** 31 - 1 })
      .map((value): Node => ({ kind: 'literal', type: T.int, value, ...at })),
    fc
      .bigInt({ min: 0n, max: 2n ** 63n - 1n })
      .map((value): Node => ({ kind: 'literal', type: T.long, value, ...at })),
    fc.constantFrom(0.5, 2, 3.25).map((value): Node => ({ kind: 'literal', type: T.double, value, ...at })),
    fc.string().map((value): Node => ({ kind: 'literal', type: T.string, value, ...at })),
    fc.boolean().map((value): Node => ({ kind: 'literal', type: T.boolean, value, ...at })),
    fc.constant<Node>({ kind: 'literal', type: T.null, value: null, ...at }),
    names.map((name): Node => ({ kind: 'name', name, ...at })),
    fc.tuple(names, fc.boolean()).map(([name, number]): Node => ({ kind: 'variable', name, number, ...at })),
  ),
  tree: fc.oneof(
    { maxDepth: 6, depthSize: 'medium' },
    tie('leaf'),
    fc.tuple(tie('tree'), names).map(([target, name]): Node => ({ kind: 'member', target, name, ...at })),
    fc
      .tuple(tie('tree'), fc.array(tie('tree'), { maxLength: 3 }))
      .map(([target, args]): Node => ({ kind: 'call', target, args, ...at })),
    fc
      .tuple(fc.constantFrom('-' as const, '!' as const), tie('tree'))
      .map(([operator, operand]): Node => ({ kind: 'unary', operator, operand, ...at })),
    fc
      .tuple(fc.constantFrom(...OPERATORS), tie('tree'), tie('tree'))
      .map(([operator, left, right]): Node => ({ kind: 'binary', operator, left, right, ...at })),
    fc
      .tuple(tie('tree'), tie('tree'), tie('tree'))
      .map(([condition, then, otherwise]): Node => ({ kind: 'if', condition, then, otherwise, ...at })),
    fc
      .tuple(fc.constantFrom(['x'], ['x', 'y'], ['_']), tie('tree'))
      .map(([parameters, body]): Node => ({ kind: 'lambda', parameters, body, ...at })),
  ),
}));
