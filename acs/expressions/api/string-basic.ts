import { EvaluationError } from '../errors.js';
import type { Budget } from '../limits.js';
import { truth, type Fn } from '../run.js';
import { compareText } from '../values.js';
import { membersOf, type Member } from './member.js';

const text = membersOf<string>('String');

/** Texts of the language are counted in UTF-16 units, as in the language's origin. */
export const STRING_BASIC: readonly Member[] = [
  text('length: Int', 'Number of characters', (self) => self.length),
  text('isEmpty: Boolean', 'Whether it has no character', (self) => self === ''),
  text('empty: Boolean', 'Whether it has no character', (self) => self === ''),
  text('nonEmpty: Boolean', 'Whether it has a character', (self) => self !== ''),
  text('charAt(index: Int): Char', 'Character at an index from 0', charAt),
  text('apply(index: Int): Char', 'Character at an index from 0', charAt),
  text('concat(other: String): String', 'Both texts in one', (self, run, other: string) => {
    run.budget.text(self.length + other.length);
    return self + other;
  }),
  text('contains(part: String): Boolean', 'Whether a text is in it', (self, _run, part: string) =>
    self.includes(part),
  ),
  text('startsWith(part: String): Boolean', 'Whether it begins with a text', (self, _run, part: string) =>
    self.startsWith(part),
  ),
  text('endsWith(part: String): Boolean', 'Whether it ends with a text', (self, _run, part: string) =>
    self.endsWith(part),
  ),
  text(
    'indexOf(part: String, from?: Int): Int',
    'Where a text is in it, from 0; -1 if it is not',
    (self, _run, part: string, from = 0) => self.indexOf(part, from),
  ),
  text(
    'lastIndexOf(part: String, from?: Int): Int',
    'Where a text is in it last; -1 if it is not',
    (self, _run, part: string, from = Infinity) => (from < 0 ? -1 : self.lastIndexOf(part, from)),
  ),
  text(
    'substring(from: Int, to?: Int): String',
    'The characters from one index up to another, which is not included',
    (self, _run, from: number, to: number = self.length) => {
      if (from < 0 || to > self.length || from > to)
        throw new EvaluationError('missing', `The text has ${self.length} characters, not ${from} to ${to}`);
      return self.slice(from, to);
    },
  ),
  text('take(count: Int): String', 'The first characters', (self, _run, count: number) =>
    self.slice(0, Math.max(0, count)),
  ),
  text('takeRight(count: Int): String', 'The last characters', (self, _run, count: number) =>
    count <= 0 ? '' : self.slice(-count),
  ),
  text('takeWhile(p: Char => Boolean): String', 'The first characters that pass', (self, _run, p: Fn) =>
    self.slice(0, firstFailing(self, p)),
  ),
  text('drop(count: Int): String', 'Without the first characters', (self, _run, count: number) =>
    self.slice(Math.max(0, count)),
  ),
  text('dropRight(count: Int): String', 'Without the last characters', (self, _run, count: number) =>
    count <= 0 ? self : self.slice(0, -count),
  ),
  text(
    'dropWhile(p: Char => Boolean): String',
    'Without the first characters that pass',
    (self, _run, p: Fn) => self.slice(firstFailing(self, p)),
  ),
  text('filter(p: Char => Boolean): String', 'The characters that pass', (self, _run, p: Fn) =>
    self
      .split('')
      .filter((character) => truth(p(character)))
      .join(''),
  ),
  text('reverse: String', 'From the end to the beginning', (self) => Array.from(self).reverse().join('')),
  text('trim: String', 'Without blanks at both ends', (self) => self.trim()),
  text(
    'capitalize: String',
    'First letter in upper case',
    (self) => self.slice(0, 1).toUpperCase() + self.slice(1),
  ),
  text('toLowerCase: String', 'In lower case', (self) => self.toLowerCase()),
  text('toUpperCase: String', 'In upper case', (self) => self.toUpperCase()),
  text('toLowerCaseEnglish: String', 'In lower case, by English rules', (self) =>
    self.toLocaleLowerCase('en'),
  ),
  text('toUpperCaseEnglish: String', 'In upper case, by English rules', (self) =>
    self.toLocaleUpperCase('en'),
  ),
  text(
    'leftPad(length: Int, padding: String): String',
    'Filled at the beginning up to a length',
    (self, run, length: number, padding: string) => padLeft(self, length, padding, run.budget),
  ),
  text(
    'rightPad(length: Int, padding: String): String',
    'Filled at the end up to a length',
    (self, run, length: number, padding: string) => padRight(self, length, padding, run.budget),
  ),
  text(
    'ensureStart(start: String): String',
    'With a beginning, added if it lacks it',
    (self, _run, start: string) => (self.startsWith(start) ? self : start + self),
  ),
  text('ensureEnd(end: String): String', 'With an end, added if it lacks it', (self, _run, end: string) =>
    self.endsWith(end) ? self : self + end,
  ),
  text('stripPrefix(prefix: String): String', 'Without a beginning', (self, _run, prefix: string) =>
    self.startsWith(prefix) ? self.slice(prefix.length) : self,
  ),
  text('stripSuffix(suffix: String): String', 'Without an end', (self, _run, suffix: string) =>
    suffix !== '' && self.endsWith(suffix) ? self.slice(0, -suffix.length) : self,
  ),
  text('stripLineEnd: String', 'Without one line end at its end', (self) =>
    self.replace(/\r?\n$|\r$|\f$/, ''),
  ),
  text(
    'reversedLines(omitEmpty: Boolean): List[String]',
    'Its lines from the last to the first',
    (self, _run, omitEmpty: boolean) =>
      self
        .split(/\r\n|\n|\r/)
        .filter((line) => !omitEmpty || line.trim() !== '')
        .reverse(),
  ),
  text('compare(other: String): Int', 'Negative, 0 or positive by code points', (self, _run, other: string) =>
    compareText(self, other),
  ),
  text(
    'compareTo(other: String): Int',
    'Negative, 0 or positive by code points',
    (self, _run, other: string) => compareText(self, other),
  ),
  text(
    'compareToIgnoreCase(other: String): Int',
    'The same without regard to case',
    (self, _run, other: string) => compareText(folded(self), folded(other)),
  ),
  text(
    'equalsIgnoreCase(other: String): Boolean',
    'Equal without regard to case',
    (self, _run, other: string) => folded(self) === folded(other),
  ),
];

const folded = (value: string): string => value.toUpperCase().toLowerCase();

function charAt(self: string, _run: unknown, index: number): string {
  const character = self[index];
  if (character === undefined)
    throw new EvaluationError('missing', `The text has ${self.length} characters, no index ${index}`);
  return character;
}

function firstFailing(self: string, p: Fn): number {
  for (let index = 0; index < self.length; index += 1) if (!truth(p(self[index] ?? null))) return index;
  return self.length;
}

/** An empty padding pads with blanks. */
export function padLeft(self: string, length: number, padding: string, budget: Budget): string {
  budget.text(Math.max(0, length));
  return self.padStart(length, padding === '' ? ' ' : padding);
}

export function padRight(self: string, length: number, padding: string, budget: Budget): string {
  budget.text(Math.max(0, length));
  return self.padEnd(length, padding === '' ? ' ' : padding);
}
