import { expect } from 'chai';
import {
  compile,
  EvaluationError,
  ExpressionError,
  PLACES,
  T,
  type Place,
  type Type,
  type Value,
} from '../../../acs/expressions/index.js';
import { WORLD } from './world.js';

const ERROR = Symbol('error');
const place = (type: Type | null, nullable: boolean): Place => PLACES.taskAttribute(type, nullable);

/** What a text yields at a place; ERROR when it is refused, either when it is checked or when it is evaluated. */
function outcome(text: string, where: Place): Value | typeof ERROR {
  try {
    return compile(text, where).evaluate(WORLD);
  } catch (error) {
    if (error instanceof ExpressionError || error instanceof EvaluationError) return ERROR;
    throw error;
  }
}

const TEXTS = ['', '123', 'abcd', '${123}', "${'123'}", 'abc${123}', '${null}'];
/** The table of expressions.md §1. */
const TABLE: readonly (readonly [string, Place, readonly (Value | typeof ERROR)[]])[] = [
  ['none', place(null, true), [null, '123', 'abcd', 123, '123', 'abc123', null]],
  ['String', place(T.string, true), [null, '123', 'abcd', '123', '123', 'abc123', null]],
  ['Int, not null', place(T.int, false), [ERROR, 123, ERROR, 123, ERROR, ERROR, ERROR]],
  ['Int, nullable', place(T.int, true), [null, 123, ERROR, 123, ERROR, ERROR, null]],
  ['List[Int]', place(T.list(T.int), true), [null, ERROR, ERROR, ERROR, ERROR, ERROR, null]],
];

describe('The forms of expressions', () => {
  for (const [title, where, outcomes] of TABLE)
    TEXTS.forEach((text, index) => {
      const expected = outcomes[index];
      const shown = expected === ERROR ? 'refuses' : `takes as ${typeof expected} ${expected as string}`;
      it(`where ${title} is expected, ${shown}: ${text === '' ? 'an empty text' : text}`, () => {
        expect(outcome(text, where)).to.equal(expected);
      });
    });

  it('refuse what does not fit already when they are checked, not first when they are evaluated', () => {
    for (const text of ['', 'abcd', "${'123'}", 'abc${123}', '${null}', ' ${123}', '${1}${2}'])
      expect(() => compile(text, place(T.int, false)), text).to.throw(ExpressionError);
  });

  const LITERALS: readonly (readonly [Type, string, unknown])[] = [
    [T.boolean, 'true', true],
    [T.boolean, 'yes', ERROR],
    [T.string, ' as it stands ', ' as it stands '],
    [T.char, 'x', 'x'],
    [T.char, 'xy', ERROR],
    [T.byte, '127', 127],
    [T.byte, '128', ERROR],
    [T.short, '-32768', -32_768],
    [T.short, '32768', ERROR],
    [T.int, '2147483648', ERROR],
    [T.int, '1.5', ERROR],
    [T.long, '9223372036854775807', 9_223_372_036_854_775_807n],
    [T.long, '9223372036854775808', ERROR],
    [T.float, '1.5', 1.5],
    [T.double, '1.5e3', 1500],
    [T.double, '', null],
    [T.enumeration('Level', ['LOW', 'HIGH']), 'HIGH', 'HIGH'],
    [T.enumeration('Level', ['LOW', 'HIGH']), 'MIDDLE', ERROR],
    [T.bytes, 'abc', ERROR],
    [T.map(T.string, T.string), 'abc', ERROR],
  ];
  for (const [type, text, expected] of LITERALS)
    it(`${expected === ERROR ? 'refuse' : 'read'} the literal '${text}' as ${type.kind}`, () => {
      expect(outcome(text, place(type, true))).to.equal(expected);
    });

  it('read dates in server time or as milliseconds', () => {
    const where = place(T.date, false);
    expect(outcome('2026.07.01 12:00:00', where)).to.deep.equal(new Date('2026-07-01T10:00:00Z'));
    expect(outcome('1000', where)).to.deep.equal(new Date(1000));
    for (const text of ['2026-07-01', '2026.02.30 12:00:00', '0000.01.01 00:00:00'])
      expect(outcome(text, where), text).to.equal(ERROR);
  });

  it('split a literal list of texts at commas', () => {
    expect(outcome('a, b,,c', place(T.list(T.string), false))).to.deep.equal(['a', 'b', '', 'c']);
  });

  it('need a text form of each part of a template', () => {
    expect(() => compile('abc${list(1,2)}', place(T.string, true))).to.throw(ExpressionError, 'no text form');
    expect(() => compile('${list(1,2)}', place(T.string, true))).to.throw(ExpressionError);
    expect(outcome('Hello, ${device.id}!', place(T.string, true))).to.equal('Hello, AABBCC-Router-1!');
    expect(outcome('${1}${true}${date.fromMillis(0)}', place(null, true))).to.equal(
      '1true1970.01.01 01:00:00',
    );
  });

  it('fail for a null part in a template, but not for one that stands alone', () => {
    const where = place(T.string, true);
    expect(() => compile('x${device.description}', where).evaluate(WORLD)).to.throw(EvaluationError, 'null');
    expect(outcome("x${device.description ? ''}", where)).to.equal('x');
    expect(outcome('${device.description}', where)).to.equal(null);
    expect(outcome('${device.description}', place(T.string, false))).to.equal(ERROR);
  });

  it('leave $ alone and let ${ be written', () => {
    const where = place(T.string, true);
    expect(outcome('5$ {a} $', where)).to.equal('5$ {a} $');
    expect(outcome("${'${'}x}", where)).to.equal('${x}');
    expect(outcome("${'}'}", where)).to.equal('}');
    expect(outcome('${"}".length}', place(T.int, true))).to.equal(1);
    expect(outcome('${1', where)).to.equal(ERROR);
  });

  it('widen numbers to the expected type', () => {
    expect(outcome('${1}', place(T.long, false))).to.equal(1n);
    expect(outcome('${1}', place(T.double, false))).to.equal(1);
    expect(outcome('${list(1, 2)}', place(T.list(T.long), false))).to.deep.equal([1n, 2n]);
    expect(outcome('${1L}', place(T.int, false))).to.equal(ERROR);
    expect(outcome('${1.0}', place(T.long, false))).to.equal(ERROR);
  });

  it('take 1, true and the text true as the condition of a migration', () => {
    const where = PLACES.migrationCondition;
    for (const text of ['1', 'true', '${true}', '${1}', "${'true'}", '${1L}'])
      expect(outcome(text, where), text).to.equal(true);
    for (const text of ['0', 'false', '${0}', '${2}', "${'yes'}", '${device.description}'])
      expect(outcome(text, where), text).to.equal(false);
    expect(outcome('${list(1)}', where)).to.equal(ERROR);
    expect(outcome("${InternetGatewayDevice.DeviceInfo.SoftwareVersion == '2.3.9'}", where)).to.equal(true);
    expect(outcome('root.${Device.DeviceInfo.X}', PLACES.migrationDestination)).to.equal(ERROR);
  });

  it('use only what the place has', () => {
    const cases: [string, Place][] = [
      ["${#x == '1'}", PLACES.executionCondition],
      ['${root.any}', PLACES.executionCondition],
      ['${task.active}', PLACES.deviceSearch],
      ['${device.secure}', PLACES.taskSearch],
      ['${task.active}', PLACES.groupReportSearch],
      ['${output}', PLACES.configurationTemplate],
      ['${cwmp.bootEvent}', PLACES.migrationCondition],
    ];
    for (const [text, where] of cases) expect(() => compile(text, where), text).to.throw(ExpressionError);
    expect(outcome('${task.priority>2}', PLACES.taskSearch)).to.equal(true);
    expect(outcome('${resource.size > 4000000000L}', PLACES.resourceSearch)).to.equal(true);
  });

  it('say what an evaluation will use', () => {
    const where = place(null, true);
    const { uses, constant } = compile(
      '${device.id + #a + sv.x + res.plans.row(0).plan + dm.A.value}${#`b c`}',
      where,
    );
    expect([...uses.contexts].sort()).to.deep.equal(['device', 'dm', 'res', 'sv']);
    expect([...uses.variables]).to.deep.equal(['a', 'b c']);
    expect([...uses.resources]).to.deep.equal(['plans']);
    expect({ random: uses.random, constant }).to.deep.equal({ random: false, constant: false });
    expect(compile('${1 + 2}', where).constant).to.equal(true);
    expect(compile('${date.now}', where).constant).to.equal(false);
    expect(compile('${math.random}', where).uses.random).to.equal(true);
  });

  it('are compiled once for a text and place', () => {
    expect(compile('${1 + 41}', place(T.int, false))).to.equal(compile('${1 + 41}', place(T.int, false)));
    expect(compile('${1 + 41}', place(T.int, false))).to.not.equal(
      compile('${1 + 41}', place(T.long, false)),
    );
  });
});
