import { expect } from 'chai';
import {
  compile,
  EvaluationError,
  ExpressionError,
  PLACES,
  T,
  type EvaluationReason,
} from '../../../acs/expressions/index.js';
import { shown } from '../../../acs/expressions/sandbox.js';
import { dynamic, shownIn } from './all-place.js';
import { WORLD } from './world.js';

const failure = (text: string): EvaluationError => {
  try {
    dynamic(text).evaluate(WORLD);
  } catch (error) {
    if (error instanceof EvaluationError) return error;
    throw error;
  }
  throw new Error(`${text} does not fail`);
};

describe('Values of expressions', () => {
  const VALUES: readonly (readonly [string, string])[] = [
    ['3 / 2', '1'],
    ['-3 / 2', '-1'],
    ['-7 % 3', '-1'],
    ['3.0 / 2', '1.5'],
    ['3 / 2.0', '1.5'],
    ['7L / 2', '3'],
    ['1.0 / 0', 'Infinity'],
    ['2147483647 + 1', '-2147483648'],
    ['65536 * 65536', '0'],
    ['2147483647 * 2147483647', '1'],
    ['2147483647L + 1', '2147483648'],
    ['9223372036854775807L + 1', '-9223372036854775808'],
    ['9007199254740993L + 0', '9007199254740993'],
    ['9223372036854775807L * 3 % 10', '5'],
    ['-2147483648 / -1', '-2147483648'],
    ['1 + 2L + 0.5', '3.5'],
    ["1 + '2'", '12'],
    ["'a' + 1 + true + 2.5", 'a1true2.5'],
    ["'x' + date.fromMillis(0)", 'x1970.01.01 01:00:00'],
    ['1 == 1L', 'true'],
    ['1 == 1.0', 'true'],
    ['9007199254740993L == 9007199254740992.0', 'false'],
    ['null == null', 'true'],
    ['device.description == null', 'true'],
    ["device.description != 'x'", 'true'],
    ['list(1, 2) == list(1, 2)', 'true'],
    ['list(1, 2) == list(2, 1)', 'false'],
    ['set(1, 2) == set(2, 1)', 'true'],
    ['list(1) == list(1L)', 'true'],
    ["map('a' -> 1) == map('a' -> 1L)", 'true'],
    ['bytes(1) == bytes(1)', 'true'],
    ['date.fromMillis(5) == date.fromMillis(5)', 'true'],
    ['device.secure == false', 'true'],
    ["'a' < 'b'", 'true'],
    ["'Z' < 'a'", 'true'],
    // U+10000 stands above U+FFFD, although its first UTF-16 unit is smaller.
    ["'\uFFFD' < '\u{10000}'", 'true'],
    ['true > false', 'true'],
    ["'abc'.charAt(0) < 98", 'true'],
    ["'abc'.charAt(0) == 'a'", 'true'],
    ['date.now > date.fromMillis(0)', 'true'],
    ['list(1) ++ list(2L)', 'list(1, 2)'],
    ["list(1) ++ list('a')", "list(1, 'a')"],
    ['set(1, 2) ++ set(2, 3)', 'set(1, 2, 3)'],
    ["map('a' -> 1, 'b' -> 2) ++ map('a' -> 9)", "map('a' -> 9, 'b' -> 2)"],
    ['false && 1 / 0 == 1', 'false'],
    ['true or 1 / 0 == 1', 'true'],
    ['if(false) 1 / 0 else 2', '2'],
    ['if(true) 1 else 2.5', '1'],
    ["'a' -> 1 -> true", "'a' -> 1 -> true"],
    ['0x7c + 0', '124'],
    ['#n.toInt + 1', '6'],
    ['#num(n) + 1', '6'],
    ['#num(n) / 2', '2.5'],
    ['#`odd name`', 'odd'],
    ["#missing ? '0'", '0'],
    ['#missing == null', 'true'],
    ['list(1, null).size', '2'],
    ['list(null, 2).contains(null)', 'true'],
    ["list('b', 'a', 'c').sorted.reverse.join('>')", 'c>b>a'],
    ['list(list(1, 2), list(3)).map(_.sum).max', '3'],
    ['list(1, 2, 3).foldLeft(0L)(_ + _)', '6'],
    ["list(1, 2).foldRight('')((e, s) => s + e)", '21'],
    ["map('1' -> '6', '6' -> '11', '11' -> '1')(#ch) ? '1'", '11'],
    ["'a,b'.split(',').map(x => x -> x.length).toMap.get('b')", '1'],
  ];
  for (const [text, expected] of VALUES)
    it(`are ${expected} for ${text}`, () => {
      expect(shownIn(text, WORLD)).to.equal(expected);
    });

  const FAILURES: readonly (readonly [string, EvaluationReason, number, number])[] = [
    ['device.description.length', 'null', 2, 20],
    ['device.description + 1', 'null', 2, 20],
    ['1 + device.description.length', 'null', 6, 24],
    ['device.property.x.toInt', 'null', 2, 19],
    ["'x'.toInt", 'parse', 2, 11],
    ["'2147483648'.toInt", 'parse', 2, 20],
    ["'TRUE'.toBoolean", 'parse', 2, 18],
    ["'x'.toDate", 'parse', 2, 12],
    ['list(1)(1)', 'missing', 2, 12],
    ['list(1).get(-1)', 'missing', 2, 17],
    ["'abc'.charAt(3)", 'missing', 2, 17],
    ['list().anyElement', 'missing', 2, 19],
    ['list(1).filter(_ > 1).min', 'missing', 2, 27],
    ['res.nothing.row(0)', 'missing', 2, 13],
    ['1 / 0', 'arithmetic', 2, 7],
    ['1L % 0', 'arithmetic', 2, 8],
    ["'a'.matches('(')", 'argument', 2, 18],
    ['date.now.addYears(9000)', 'argument', 2, 25],
    ["date.now.format('QQ')", 'argument', 2, 23],
    ['math.random(0)', 'argument', 2, 16],
  ];
  for (const [text, reason, from, to] of FAILURES)
    it(`fail for ${text} (${reason}) at the innermost place`, () => {
      const error = failure(text);
      expect({ reason: error.reason, from: error.from, to: error.to }).to.deep.equal({ reason, from, to });
      expect(error.recoverable).to.equal(['null', 'parse', 'missing'].includes(reason));
    });

  it('are what stands after ? when there is a null, an unreadable text or something missing, but not otherwise', () => {
    for (const [text, reason] of FAILURES) {
      const other = dynamic(text).type.kind;
      const fallback = { int: '7', long: '7L', double: '7.0', string: "'7'", boolean: 'true', null: '7' }[
        other as string
      ];
      if (fallback === undefined) continue;
      const whole = `(${text}) ? ${fallback}`;
      if (['null', 'parse', 'missing'].includes(reason))
        expect(shownIn(whole, WORLD), whole).to.match(/^(7|true)$/);
      else expect(failure(whole).reason, whole).to.equal(reason);
    }
  });

  it('of a condition that is null fail', () => {
    expect(failure('if(null) 1 else 2').reason).to.equal('null');
    expect(failure('null && true').reason).to.equal('null');
    expect(failure('list(1).exists(x => null)').reason).to.equal('null');
    expect(failure('!null').reason).to.equal('null');
    expect(failure('null < 1').reason).to.equal('null');
  });

  it('of contexts that are not known where an expression is evaluated can be recovered from', () => {
    const expression = compile("${device.id ? 'none'}", PLACES.templateDefault(T.string));
    expect(expression.evaluate({ now: WORLD.now, zone: 'UTC' })).to.equal('none');
  });

  it('are typed when they are saved: unrelated types are refused', () => {
    for (const text of [
      "list(1).contains('a')",
      "map('a' -> 1).get(2)",
      "map('a' -> 1).getOr('b', 'c')",
      '1 == true',
      "date.now == 'x'",
      "taskReport.status == 'DONE'",
      "'abc'.charAt(0) == 'ab'",
      "1 < 'a'",
      'list(1) < list(2)',
      'true + 1',
      'list(1) + 1',
      "list('a').sum",
      'list(list(1)).max',
      'list(1).join',
      'list(1).toMap',
      '#a + 1 - 1',
      "if(true) 1 else 'a' - 1",
      'taskReport.property.count + 1',
      'device.useAs(d => d.x)',
    ])
      expect(() => dynamic(text), text).to.throw(ExpressionError);
  });

  it('are the same all through an evaluation where time is concerned', () => {
    expect(shownIn('date.now == date.now', WORLD)).to.equal('true');
  });

  it('of days over a change to summer time keep the time of the clock', () => {
    const text = "'2026.03.28 12:00:00'.toDate";
    expect(shownIn(`${text}.addDays(1)`, WORLD)).to.equal('2026.03.29 12:00:00');
    expect(shownIn(`${text}.addHours(24)`, WORLD)).to.equal('2026.03.29 13:00:00');
    expect(shownIn("'2026.01.31 00:00:00'.toDate.addMonths(1)", WORLD)).to.equal('2026.02.28 00:00:00');
  });

  it('of the documents of the language are as they are written there', () => {
    const examples: readonly (readonly [string, string])[] = [
      ['${(#noise.toInt ? -100) > -70}', 'false'],
      ["${map('1' -> '6', '6' -> '11', '11' -> '1')(#ch) ? '1'}", '11'],
      ["${device.softwareVersion != '2.4.1' and !device.hasProperty('fw241Failed')}", 'true'],
      ['${date.now.addMinutes(30).millis}', '1782903030456'],
      ["${(#wan ? 'unknown') != 'Up'}", 'true'],
      [
        "WAN ${#wan ? 'unknown'}: back to ${device.softwareVersion} (was ${#n})",
        'WAN unknown: back to 2.3.9 (was 5)',
      ],
      ['${date.now.addHours(-1).format}', '2026.07.01 11:20:30'],
      ["${#st != 'Up'}", 'true'],
      ['${#up.toLong > 7 * 24 * 3600}', 'true'],
      ['{"up": ${#up}}', '{"up": 700000}'],
      ['${sv.downloadTimeLimit.toInt}', '600'],
      ['${sv.gpnTraversal.toBoolean}', 'true'],
      ['${sv.useRefreshDataModelQuota.toBoolean ? true}', 'true'],
      ['${sv.refreshDataModelGpvBatchSize.toInt ? 32}', '32'],
      ['${sv.fwUpgradeSuccessOnVersionChange.toBoolean ? false}', 'false'],
      ["${sv.defaultSsid ? 'MySSID'}", 'MySSID'],
      ['root.ips.${device.currentWanIP}', 'root.ips.10.1.2.3'],
      ["${device.oui == 'AABBCC'}", 'true'],
      ['${task.priority>2}', 'true'],
    ];
    for (const [text, expected] of examples) {
      const expression = compile(text, PLACES.taskAttribute(null, true));
      expect(shown(expression.evaluate(WORLD), expression.type, WORLD.zone), text).to.equal(expected);
    }
  });
});
