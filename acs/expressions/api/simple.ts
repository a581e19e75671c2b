import { fit } from '../numbers.js';
import { membersOf, type Member } from './member.js';

const char = membersOf<string>('Char');
const is =
  (pattern: RegExp) =>
  (self: string): boolean =>
    pattern.test(self);
const codeOf = (self: string): number => self.charCodeAt(0);
/** Value of a digit or letter as a digit of base 36; -1 for others. */
const digit = (self: string): number => {
  const value = parseInt(self, 36);
  return Number.isNaN(value) ? -1 : value;
};

/** Methods of Char, one UTF-16 unit. */
export const CHAR: readonly Member[] = [
  char('toInt: Int', 'Number of the character', codeOf),
  char('toLong: Long', 'Number of the character', (self) => BigInt(codeOf(self))),
  char('toShort: Short', 'Number of the character, cut to 16 bits', (self) => fit(codeOf(self), 'short')),
  char('toByte: Byte', 'Number of the character, cut to 8 bits', (self) => fit(codeOf(self), 'byte')),
  char('toFloat: Float', 'Number of the character', codeOf),
  char('toDouble: Double', 'Number of the character', codeOf),
  char('min(other: Char): Char', 'The one with the smaller number', (self, _run, other: string) =>
    codeOf(self) <= codeOf(other) ? self : other,
  ),
  char('max(other: Char): Char', 'The one with the larger number', (self, _run, other: string) =>
    codeOf(self) >= codeOf(other) ? self : other,
  ),
  char('getNumericValue: Int', 'Value as a digit, letters from 10; -1 for others', digit),
  char('asDigit: Int', 'Value as a digit, letters from 10; -1 for others', digit),
  char('toUpper: Char', 'In upper case', (self) => oneUnit(self.toUpperCase(), self)),
  char('toLower: Char', 'In lower case', (self) => oneUnit(self.toLowerCase(), self)),
  char('isUpper: Boolean', 'Whether it is an upper-case letter', is(/^\p{Lu}$/u)),
  char('isLower: Boolean', 'Whether it is a lower-case letter', is(/^\p{Ll}$/u)),
  char('isSpaceChar: Boolean', 'Whether it is a space of Unicode', is(/^[\p{Zs}\p{Zl}\p{Zp}]$/u)),
  char('isWhitespace: Boolean', 'Whether it is a space, tab or line end', is(/^\s$/u)),
  char('isLetterOrDigit: Boolean', 'Whether it is a letter or digit', is(/^[\p{L}\p{Nd}]$/u)),
  char('isLetter: Boolean', 'Whether it is a letter', is(/^\p{L}$/u)),
  char('isDigit: Boolean', 'Whether it is a decimal digit', is(/^\p{Nd}$/u)),
  char('isHexDigit: Boolean', 'Whether it is one of 0-9, a-f, A-F', is(/^[0-9a-fA-F]$/)),
  char('isControl: Boolean', 'Whether it is a control character', is(/^\p{Cc}$/u)),
];

/** `ß` in upper case would be two. */
const oneUnit = (changed: string, self: string): string => (changed.length === 1 ? changed : self);

const number = membersOf<number | bigint>('N');
const long = membersOf<bigint>('Long');
const double = membersOf<number>('Double');
const unsigned = (radix: number) => (self: bigint) => BigInt.asUintN(64, self).toString(radix);
const within =
  (least: number, most: number) =>
  (self: number): boolean =>
    Number.isInteger(self) && self >= least && self <= most;

/** Methods of all numbers, of Long and of Double; a narrower number has those of the wider types too. */
export const NUMBERS: readonly Member[] = [
  number('max(other: N): N', 'The larger one', (self, _run, other: number | bigint) =>
    self >= other || Number.isNaN(self) ? self : other,
  ),
  number('min(other: N): N', 'The smaller one', (self, _run, other: number | bigint) =>
    self <= other || Number.isNaN(self) ? self : other,
  ),
  number('toByte: Byte', 'Cut to 8 bits', (self) => fit(self, 'byte')),
  number('toShort: Short', 'Cut to 16 bits', (self) => fit(self, 'short')),
  number('toInt: Int', 'Cut to 32 bits, without a fraction', (self) => fit(self, 'int')),
  number('toLong: Long', 'Cut to 64 bits, without a fraction', (self) => fit(self, 'long')),
  number('toFloat: Float', 'As a Float', (self) => fit(self, 'float')),
  number('toDouble: Double', 'As a Double', (self) => fit(self, 'double')),
  number('toChar: Char', 'The character of that number', (self) =>
    String.fromCharCode(Number(fit(self, 'int')) & 0xffff),
  ),
  number('abs: N', 'Without its sign', (self, run) => fit(self < 0 ? -self : self, run.type.kind)),
  number('signum: Int', '-1, 0 or 1', (self) => (self > 0 ? 1 : self < 0 ? -1 : 0)),
  long('toBinaryString: String', 'Binary digits, unsigned', unsigned(2)),
  long('toOctalString: String', 'Octal digits, unsigned', unsigned(8)),
  long('toHexString: String', 'Hexadecimal digits, unsigned', unsigned(16)),
  double('ceil: Double', 'The next whole number above', (self) => Math.ceil(self)),
  double('floor: Double', 'The next whole number below', (self) => Math.floor(self)),
  double('round: Long', 'The nearest whole number, half away from zero', (self) => roundAway(self)),
  double('isWhole: Boolean', 'Whether it has no fraction', (self) => Number.isInteger(self)),
  double('isInfinity: Boolean', 'Whether it is infinite', (self) => Math.abs(self) === Infinity),
  double('isPosInfinity: Boolean', 'Whether it is positive infinity', (self) => self === Infinity),
  double('isNegInfinity: Boolean', 'Whether it is negative infinity', (self) => self === -Infinity),
  double('isValidByte: Boolean', 'Whether a Byte can hold it', within(-128, 127)),
  double('isValidShort: Boolean', 'Whether a Short can hold it', within(-32_768, 32_767)),
  double('isValidChar: Boolean', 'Whether a Char can hold it', within(0, 65_535)),
  double('isValidInt: Boolean', 'Whether an Int can hold it', within(-(2 ** 31), 2 ** 31 - 1)),
  double('toDegrees: Double', 'Radians as degrees', (self) => (self * 180) / Math.PI),
  double('toRadians: Double', 'Degrees as radians', (self) => (self * Math.PI) / 180),
];

/** Half away from zero, as a Long. */
export function roundAway(value: number): bigint {
  const whole = Math.trunc(value);
  const half = Math.abs(value - whole) >= 0.5;
  return BigInt(fit(half ? whole + Math.sign(value) : whole, 'long'));
}
