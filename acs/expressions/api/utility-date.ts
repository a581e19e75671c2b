import type { DateTimeUnit } from 'luxon';
import { dateOf, formatDate, fromLuxon, inZone } from '../dates.js';
import type { Run } from '../run.js';
import { addUnits, startOf, UNITS } from './date.js';
import { membersOf, type Member } from './member.js';

const date = membersOf<unknown>('DateUtility');

/** The field of a calendar date that `set<Unit>` changes; a week is set by its number in the year. */
const FIELDS: Readonly<Record<(typeof UNITS)[number], string>> = {
  Milliseconds: 'millisecond',
  Seconds: 'second',
  Minutes: 'minute',
  Hours: 'hour',
  Days: 'day',
  Weeks: 'weekNumber',
  Months: 'month',
  Years: 'year',
};
const BY_UNIT = ['Seconds', 'Minutes', 'Hours', 'Day', 'Month', 'Year'] as const;

const unitOf = (unit: (typeof BY_UNIT)[number]): DateTimeUnit =>
  unit.toLowerCase().replace(/s$/, '') as DateTimeUnit;

/** To the nearer beginning of a unit; the later one from the middle on. */
function round(time: Date, unit: DateTimeUnit, run: Run): Date {
  const from = startOf(time, unit, run);
  const to = fromLuxon(inZone(from, run.zone).plus({ [unit]: 1 }));
  return time.getTime() - from.getTime() < to.getTime() - time.getTime() ? from : to;
}

/** `0.1-1s`: both ends in the largest unit in which the later one is at least 1. */
function timeRange(from: number, to: number): string {
  const units: [string, number][] = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1_000],
    ['ms', 1],
  ];
  const [name, size] = units.find(([, length]) => Math.abs(to) >= length) ?? ['ms', 1];
  const shown = (millis: number): string => String(Math.round((millis / size) * 100) / 100);
  return `${shown(from)}-${shown(to)}${name}`;
}

/** The older form of what dates can do by themselves (expressions.md §5). */
export const DATE_UTILITY: readonly Member[] = [
  date('now: Date', 'The time; the same all through an evaluation', (_self, run) => run.environment.now, {
    volatile: true,
  }),
  date(
    'fromMillis(millis: Long): Date',
    'The date of milliseconds since 1970 UTC',
    (_self, _run, millis: bigint) => dateOf(Number(millis)),
  ),
  date(
    'format(date: Date, pattern: String): String',
    'A date by a pattern, in the server zone',
    (_self, run, time: Date, pattern: string) => formatDate(time, run.zone, pattern),
  ),
  date(
    'isAfter(a: Date, b: Date): Boolean',
    'Whether the first is later',
    (_self, _run, a: Date, b: Date) => a > b,
  ),
  date(
    'isBefore(a: Date, b: Date): Boolean',
    'Whether the first is earlier',
    (_self, _run, a: Date, b: Date) => a < b,
  ),
  date(
    'isEqual(a: Date, b: Date): Boolean',
    'Whether they are the same',
    (_self, _run, a: Date, b: Date) => a.getTime() === b.getTime(),
  ),
  ...UNITS.flatMap((unit) => [
    date(
      `add${unit}(date: Date, amount: Long): Date`,
      `So many ${unit.toLowerCase()} later`,
      (_self, run, time: Date, amount: bigint) => addUnits(time, unit, amount, run.zone),
    ),
    date(
      `set${unit}(date: Date, value: Int): Date`,
      `With another value of its ${unit.toLowerCase()}`,
      (_self, run, time: Date, value: number) =>
        fromLuxon(inZone(time, run.zone).set({ [FIELDS[unit]]: value })),
    ),
  ]),
  ...BY_UNIT.flatMap((unit) => [
    date(
      `truncateBy${unit}(date: Date): Date`,
      `The beginning of its ${unitOf(unit)}`,
      (_self, run, time: Date) => startOf(time, unitOf(unit), run),
    ),
    date(
      `roundTo${unit}(date: Date): Date`,
      `The nearest beginning of a ${unitOf(unit)}`,
      (_self, run, time: Date) => round(time, unitOf(unit), run),
    ),
  ]),
  date(
    'formatTimeRange(from: Long, to: Long): String',
    'Two numbers of milliseconds as a range: `0.1-1s`',
    (_self, _run, from: bigint, to: bigint) => timeRange(Number(from), Number(to)),
  ),
  date(
    'formatTimeRange(from: Date, to: Date): String',
    'Two dates as a range',
    (_self, run, from: Date, to: Date) => `${formatDate(from, run.zone)}-${formatDate(to, run.zone)}`,
  ),
];
