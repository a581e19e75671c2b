import type { DurationLikeObject, DateTimeUnit } from 'luxon';
import { dateOf, formatDate, fromLuxon, inZone } from '../dates.js';
import type { Run } from '../run.js';
import { membersOf, type Member } from './member.js';

const date = membersOf<Date>('Date');

export const UNITS = [
  'Milliseconds',
  'Seconds',
  'Minutes',
  'Hours',
  'Days',
  'Weeks',
  'Months',
  'Years',
] as const;
/** Units whose length does not depend on a calendar or zone. */
const FIXED: Readonly<Record<string, number>> = {
  Milliseconds: 1,
  Seconds: 1_000,
  Minutes: 60_000,
  Hours: 3_600_000,
};

/** So many units later, in the server's zone: a day over a change to summer time has 23 hours. */
export function addUnits(self: Date, unit: string, amount: bigint, zone: string): Date {
  const factor = FIXED[unit];
  if (factor !== undefined) return dateOf(self.getTime() + Number(amount) * factor);
  const duration: DurationLikeObject = { [unit.toLowerCase()]: Number(amount) };
  return fromLuxon(inZone(self, zone).plus(duration));
}

export function startOf(self: Date, unit: DateTimeUnit, run: Run): Date {
  return fromLuxon(inZone(self, run.zone).startOf(unit));
}

const part = (read: (time: ReturnType<typeof inZone>) => number) => (self: Date, run: Run) =>
  read(inZone(self, run.zone));

export const DATE: readonly Member[] = [
  date('after(other: Date): Boolean', 'Whether it is later', (self, _run, other: Date) => self > other),
  date('before(other: Date): Boolean', 'Whether it is earlier', (self, _run, other: Date) => self < other),
  ...UNITS.map((unit) =>
    date(
      `add${unit}(amount: Long): Date`,
      `So many ${unit.toLowerCase()} later, or earlier if negative`,
      (self, run, amount: bigint) => addUnits(self, unit, amount, run.zone),
    ),
  ),
  ...(['Second', 'Minute', 'Hour', 'Day', 'Month', 'Year'] as const).map((unit) =>
    date(
      `truncateTo${unit}s: Date`,
      `The beginning of its ${unit.toLowerCase()}, in the server zone`,
      (self, run) => startOf(self, unit.toLowerCase() as DateTimeUnit, run),
    ),
  ),
  date(
    'dayOfWeek: Int',
    'Day of the week, 1 = Monday',
    part((time) => time.weekday),
  ),
  date(
    'dayOfMonth: Int',
    'Day of the month, from 1',
    part((time) => time.day),
  ),
  date(
    'dayOfYear: Int',
    'Day of the year, from 1',
    part((time) => time.ordinal),
  ),
  date(
    'monthOfYear: Int',
    'Month, 1 = January',
    part((time) => time.month),
  ),
  date(
    'year: Int',
    'The year',
    part((time) => time.year),
  ),
  date(
    'hourOfDay: Int',
    'Hour, from 0',
    part((time) => time.hour),
  ),
  date(
    'minuteOfHour: Int',
    'Minute of the hour',
    part((time) => time.minute),
  ),
  date(
    'minuteOfDay: Int',
    'Minutes since midnight on the clock',
    part((time) => time.hour * 60 + time.minute),
  ),
  date(
    'secondOfMinute: Int',
    'Second of the minute',
    part((time) => time.second),
  ),
  date(
    'secondOfDay: Int',
    'Seconds since midnight on the clock',
    part((time) => (time.hour * 60 + time.minute) * 60 + time.second),
  ),
  date(
    'millisOfSecond: Int',
    'Milliseconds of the second',
    part((time) => time.millisecond),
  ),
  date('millis: Long', 'Milliseconds since 1970 UTC', (self) => BigInt(self.getTime())),
  date(
    'secondsAgo: Long',
    'Seconds that have passed since',
    (self, run) => BigInt(Math.floor((run.environment.now.getTime() - self.getTime()) / 1_000)),
    { volatile: true },
  ),
  date(
    'format(pattern?: String): String',
    '`yyyy.MM.dd HH:mm:ss` or by a pattern, in the server zone',
    (self, run, pattern?: string) => formatDate(self, run.zone, pattern),
  ),
];
