import { expect } from 'chai';
import { check, compile, EvaluationError, PLACES, type Environment } from '../../../acs/expressions/index.js';
import { ALL, dynamic, shownIn } from './all-place.js';
import { WORLD } from './world.js';

/** A limit must end an evaluation well before a session would notice, even on a machine under load. */
const SOON = 2_000;

function failure(text: string, environment: Environment = WORLD): EvaluationError {
  const expression = dynamic(text);
  const start = performance.now();
  try {
    expression.evaluate(environment);
  } catch (error) {
    expect(performance.now() - start, text).to.be.below(SOON);
    if (error instanceof EvaluationError) return error;
    throw error;
  }
  throw new Error(`${text} does not fail`);
}

const doubled = (times: number, start: string, one: string): string => {
  let text = start;
  for (let time = 0; time < times; time += 1)
    text = `(${text}).useAs(x${time} => ${one.replaceAll('x', `x${time}`)})`;
  return text;
};
const long = (length: number): string => `'a'.leftPad(${length}, 'a')`;
const many = (count: number): string => `${long(count)}.split('').map(_.length)`;

describe('The limits of expressions', () => {
  const SLOW: readonly (readonly [string, string, RegExp])[] = [
    ['nested folds', `${many(1000)}.fold(0)((a, x) => ${many(1000)}.fold(0)((b, y) => b + y))`, /steps|ms/],
    ['a text that doubles', doubled(30, "'abcdefgh'", 'x + x'), /A text of more than 262144 characters/],
    ['a list that doubles', doubled(30, 'list(1, 2)', 'x ++ x'), /A collection of more than 10000 elements/],
    ['a padding without end', "'a'.leftPad(2000000000, 'b')", /A text of more than/],
    [
      'a replacement that grows',
      `${long(200000)}.replace('a', ${long(200000)})`,
      /A text of more than|steps/,
    ],
    [
      'a replacement by a pattern that grows',
      `${long(100000)}.replaceAll('a', 'bbbb')`,
      /A text of more than|steps|ms/,
    ],
    [
      'a join that grows',
      `list(${Array(60).fill("'x'").join()}).map(x => ${long(9000)}).join('')`,
      /A text of more than|steps/,
    ],
    [
      'lists in lists, compared',
      `${doubled(40, 'list(1)', 'list(x, x)')} == ${doubled(40, 'list(1)', 'list(x, x)')}`,
      /text|steps|ms|deep/,
    ],
    ['lists in lists, as a result', doubled(40, 'list(1)', 'list(x, x)'), /steps|ms|elements/],
    [
      'a list in a list in a list …',
      `${many(5000)}.fold(list('a', 1))((a, x) => list(a).map(y => y))`,
      /deep|steps/,
    ],
    ['a random text without end', 'string.random(2000000000)', /A text of more than/],
    ['a split into too many', `${long(100000)}.splitBy('a')`, /A collection of more than/],
    [
      'a split by a pattern into too many',
      `${long(100000)}.split('a', -1)`,
      /A collection of more than|steps|ms/,
    ],
    ['sorting over and over', `${many(9000)}.map(x => ${many(9000)}.sorted.size)`, /steps|ms/],
    ['a pattern that is tried at every place', `${long(200000)}.replaceAll('a*b|', 'c')`, /steps|ms|text/],
    ['a pattern with many states', `${long(250000)}.matches('(a{1,30}){1,30}(a{1,30}){1,30}')`, /steps|ms/],
  ];
  for (const [title, text, message] of SLOW)
    it(`end ${title}`, () => {
      const error = failure(text);
      expect(error.reason).to.equal('limit');
      expect(error.message).to.match(message);
      expect(error.from).to.be.a('number');
    }).timeout(20_000);

  it('are not caught by ?', () => {
    expect(failure("'a'.leftPad(2000000000, 'b') ? 'x'").reason).to.equal('limit');
  });

  it('do not stop patterns that are a catastrophe for other engines', () => {
    expect(shownIn(`(${long(1000)} + 'b').matches('(a+)+')`, WORLD)).to.equal('false');
    expect(shownIn(`(${long(1000)} + 'b').matches('(a|a)*')`, WORLD)).to.equal('false');
    expect(shownIn(`(${long(1000)} + '!').matches('([a-z]+)*[0-9]')`, WORLD)).to.equal('false');
  });

  it('refuse patterns that no such engine can follow', () => {
    for (const pattern of ['(?=a)b', '(a)\\\\1', '(?<=a)b', '(a{1000}){1000}', '('.repeat(900)])
      expect(failure(`'a'.matches('${pattern}')`).reason, pattern).to.equal('argument');
    expect(failure(`'a'.matches('${'a'.repeat(1001)}')`).reason).to.equal('limit');
  });

  it('count time by the clock of the environment', () => {
    let now = 0;
    const slow: Environment = { ...WORLD, elapsed: () => (now += 10) };
    expect(failure(`${many(5000)}.map(_ + 1).map(_ + 1).map(_ + 1).sum`, slow).message).to.match(/250 ms/);
  });

  it('allow what is large but not too large', () => {
    expect(shownIn(`${many(10000)}.map(_ * 2).sum`, WORLD)).to.equal('20000');
    expect(shownIn(`${long(262144)}.length`, WORLD)).to.equal('262144');
    expect(shownIn(`${many(3000)}.sortBy(-_).size`, WORLD)).to.equal('3000');
  });

  it('hold for what the environment gives too', () => {
    const properties = new Map(Array.from({ length: 10_001 }, (_, index) => [String(index), 'x']));
    const { device } = WORLD;
    if (!device) throw new Error('No device');
    expect(
      failure('device.properties.size', { ...WORLD, device: { ...device, properties } }).reason,
    ).to.equal('limit');
    const endless: unknown[] = [];
    endless.push(endless);
    const { taskReport } = WORLD;
    if (!taskReport) throw new Error('No report');
    const circular = { ...taskReport, properties: new Map<string, unknown>([['x', endless]]) };
    expect(failure('taskReport.property.x', { ...WORLD, taskReport: circular }).reason).to.equal('limit');
    expect(failure('#x', { ...WORLD, variables: () => 'x'.repeat(300_000) }).reason).to.equal('limit');
  });

  const TOO_MUCH: readonly (readonly [string, string, RegExp])[] = [
    ['a long text', 'a'.repeat(16_385), /more than 16384 characters/],
    ['deep brackets', `\${${'('.repeat(5_000)}1${')'.repeat(5_000)}}`, /Nested more than 100 deep/],
    ['deep negations', `\${${'-'.repeat(5_000)}1}`, /Nested more than 100 deep/],
    ['deep conditions', `\${${'if(true) 1 else '.repeat(900)}1}`, /Nested more than 100 deep/],
    ['deep lambdas', `\${${'x => '.repeat(3_000)}1}`, /Nested more than 100 deep/],
    ['deep arguments', `\${${'list('.repeat(2_000)}${')'.repeat(2_000)}}`, /Nested more than 100 deep/],
    ['many parts', `\${1${'+1'.repeat(1_500)}}`, /More than 2000 parts/],
    ['many members', `\${#x${'.trim'.repeat(2_500)}}`, /More than 2000 parts/],
  ];
  for (const [title, text, message] of TOO_MUCH)
    it(`refuse ${title}`, () => {
      const [issue] = check(text, PLACES.taskAttribute(null, true));
      expect(issue?.message).to.match(message);
    });

  it('allow expressions up to them', () => {
    expect(compile(`\${${'('.repeat(98)}1${')'.repeat(98)}}`, ALL).evaluate(WORLD)).to.equal(1);
    expect(compile(`\${1${'+1'.repeat(990)}}`, ALL).evaluate(WORLD)).to.equal(991);
    expect(compile(`\${' a'${'.trim'.repeat(1_900)}}`, ALL).evaluate(WORLD)).to.equal('a');
    expect(compile(`\${${'if(false) 1 else '.repeat(98)}2}`, ALL).evaluate(WORLD)).to.equal(2);
  });

  it('end the checking of types that would grow without end', () => {
    let text = '1';
    for (let depth = 0; depth < 40; depth += 1) text = `list(1L).fold(0)((a, x) => a + x + ${text})`;
    const start = performance.now();
    check(`\${${text}}`, ALL);
    expect(performance.now() - start).to.be.below(SOON);
    const [issue] = check("${list(1).fold(list('a'))((a, x) => list(a))}", ALL);
    expect(issue?.message).to.equal('f must be a List[String], this is a List[List[String]]');
  });
});
