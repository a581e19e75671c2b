import { DateTime } from 'luxon';
import { EvaluationError } from './errors.js';

/** Years that can be written with four digits; beyond them there are no dates. */
const FIRST = -62_135_596_800_000;
const LAST = 253_402_300_799_999;

/** How dates are written and read unless told otherwise (expressions.md §1). */
export const DEFAULT_PATTERN = 'yyyy.MM.dd HH:mm:ss';

const DEFAULT = /^(\d{4})\.(\d{2})\.(\d{2}) (\d{2}):(\d{2}):(\d{2})$/;
const MILLIS = /^-?\d{1,15}$/;

/** The date of so many milliseconds since 1970 UTC; fails outside the years 1 to 9999. */
export function dateOf(millis: number): Date {
  if (!(millis >= FIRST && millis <= LAST))
    throw new EvaluationError('argument', 'The date lies outside the years 1 to 9999');
  return new Date(Math.trunc(millis));
}

/** In a zone of the IANA list, or an offset such as `UTC+2`; fails for an unknown one. */
export function inZone(date: Date, zone: string): DateTime {
  const time = DateTime.fromJSDate(date, { zone }).setLocale('en-US');
  if (!time.isValid) throw new EvaluationError('argument', `There is no time zone ${zone}`);
  return time;
}

/** What luxon computed, as a date. */
export function fromLuxon(time: DateTime): Date {
  if (!time.isValid)
    throw new EvaluationError('argument', `No date: ${time.invalidExplanation ?? 'out of range'}`);
  return dateOf(time.toMillis());
}

export function formatDate(date: Date, zone: string, pattern = DEFAULT_PATTERN): string {
  const time = inZone(date, zone);
  if (pattern !== DEFAULT_PATTERN) return time.toFormat(luxonPattern(pattern));
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${String(time.year).padStart(4, '0')}.${two(time.month)}.${two(time.day)} ${two(time.hour)}:${two(time.minute)}:${two(time.second)}`;
}

/** `yyyy.MM.dd HH:mm:ss` in the zone, or milliseconds since 1970 UTC; null when it is neither. */
export function parseDate(text: string, zone: string): Date | null {
  if (MILLIS.test(text)) {
    const millis = Number(text);
    return millis >= FIRST && millis <= LAST ? new Date(millis) : null;
  }
  const match = DEFAULT.exec(text);
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  if (year === 0) return null;
  const time = DateTime.fromObject({ year, month, day, hour, minute, second }, { zone });
  return time.isValid ? time.toJSDate() : null;
}

/** By a pattern; null when the text does not follow it. */
export function parseDateBy(text: string, pattern: string, zone: string): Date | null {
  inZone(new Date(0), zone);
  const time = DateTime.fromFormat(text, luxonPattern(pattern), { zone, locale: 'en-US' });
  return time.isValid && time.toMillis() >= FIRST && time.toMillis() <= LAST ? time.toJSDate() : null;
}

/** Letters of the patterns that the language's users know, where luxon has others: day names, week years, zones. */
const LETTERS: Readonly<Record<string, (length: number) => string>> = {
  E: (length) => (length > 3 ? 'EEEE' : 'EEE'),
  a: () => 'a',
  u: () => 'E',
  D: (length) => (length > 2 ? 'ooo' : 'o'),
  w: (length) => (length > 1 ? 'WW' : 'W'),
  Y: (length) => (length === 2 ? 'kk' : 'kkkk'),
  z: () => 'ZZZZ',
  Z: () => 'ZZZ',
  X: (length) => (length === 3 ? 'ZZ' : length === 2 ? 'ZZZ' : 'Z'),
  S: (length) => (length >= 3 ? 'SSS' : 'S'),
  y: (length) => (length === 2 ? 'yy' : length >= 4 ? 'yyyy' : 'y'),
};
const SAME = 'MdHhmsL';
const PIECE = /'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+/g;

function luxonPattern(pattern: string): string {
  let made = '';
  let read = 0;
  for (const match of pattern.matchAll(PIECE)) {
    const [whole, quoted, letter] = match;
    if (match.index !== read) break;
    read += whole.length;
    made +=
      quoted !== undefined
        ? quotedText(quoted)
        : letter === undefined
          ? whole
          : field(letter, whole, pattern);
  }
  if (read !== pattern.length) throw new EvaluationError('argument', `${pattern} is no date pattern`);
  return made;
}

/** luxon's quotes have no escape for a quote, which it takes as it stands outside of them. */
function quotedText(quoted: string): string {
  if (quoted === '') return '\u2019';
  return `'${quoted.replaceAll("''", '\u2019')}'`;
}

function field(letter: string, whole: string, pattern: string): string {
  if (SAME.includes(letter)) return whole;
  const made = Object.hasOwn(LETTERS, letter) ? LETTERS[letter] : undefined;
  if (!made) throw new EvaluationError('argument', `${letter} in ${pattern} is no letter of a date pattern`);
  return made(whole.length);
}
