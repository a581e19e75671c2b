import { IANAZone } from 'luxon';
import type { ScheduleSpan } from '../../../store/models/schedule.js';
import {
  ALWAYS_MAP,
  DAYS,
  daySpans,
  slotAllowed,
  SLOTS_A_DAY,
  SLOTS_A_WEEK,
  type DaySpan,
} from './week-map.js';

/** Why nothing may begin at an instant, and from when on it may. */
export type ScheduleRefusal =
  | { code: 'not-yet'; at: Date | null }
  | { code: 'schedule-ended' }
  /** `at` null = no allowed slot comes before the schedule ends. */
  | { code: 'outside-schedule'; at: Date | null };

const MINUTE = 60_000;
/** Milliseconds of a slot: a quarter of an hour (tasks.md §5.1). */
const SLOT = 15 * MINUTE;
const WEEK = SLOTS_A_WEEK * SLOT;
/** 1 January 1970 was a Thursday: slots from Monday 00:00 to the epoch. */
const EPOCH_SLOT = 3 * SLOTS_A_DAY;
/** Changes of the offset between an instant and the next allowed slot at most; a week of them is not known of any zone. */
const MAX_CHANGES = 8;

/** Minutes of which a zone remembers the offset. */
const REMEMBERED = 256;

/** A zone whose offset is worked out once for each minute; clocks are changed at whole minutes. */
class Zone {
  readonly name: string;
  readonly #zone: IANAZone;
  readonly #offsets = new Map<number, number>();

  constructor(zone: IANAZone) {
    this.name = zone.name;
    this.#zone = zone;
  }

  /** Minutes that the clocks are ahead of UTC. */
  offset(at: number): number {
    const minute = Math.floor(at / MINUTE);
    const known = this.#offsets.get(minute);
    if (known !== undefined) return known;
    if (this.#offsets.size >= REMEMBERED) this.#offsets.clear();
    const offset = this.#zone.offset(at);
    this.#offsets.set(minute, offset);
    return offset;
  }
}

const zones = new Map<string, Zone>();

/** The zone of this server, which schedules without one are read in. */
export const SERVER_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

export function isZone(name: string): boolean {
  return IANAZone.isValidZone(name);
}

/** May something begin at this instant? */
export function allowed(schedule: ScheduleSpan, at: Date): boolean {
  return scheduleRefusal(schedule, at) === null;
}

/** Tests 3 and 4 of tasks.md §2.5: the dates first, then the slot. Null = allowed. */
export function scheduleRefusal(schedule: ScheduleSpan, at: Date): ScheduleRefusal | null {
  const { start, end } = schedule;
  if (start && at < start) return { code: 'not-yet', at: nextAllowed(schedule, at) };
  if (end && at >= end) return { code: 'schedule-ended' };
  if (schedule.map === ALWAYS_MAP || slotAllowed(schedule.map, slotAt(zoneOf(schedule), at.getTime())))
    return null;
  return { code: 'outside-schedule', at: nextAllowed(schedule, at) };
}

/** The first instant at or after `from` that is allowed; null when none comes before the schedule ends. */
export function nextAllowed(schedule: ScheduleSpan, from: Date): Date | null {
  const begin = Math.max(from.getTime(), schedule.start?.getTime() ?? -Infinity);
  const found = nextSlot(schedule, begin);
  return found === null || (schedule.end && found >= schedule.end.getTime()) ? null : new Date(found);
}

/** The first instant at or after `from` that is not allowed; null when there is none within a week. */
export function nextRefused(schedule: ScheduleSpan, from: Date): Date | null {
  const end = schedule.end?.getTime() ?? Infinity;
  const refusing = { ...schedule, map: complement(schedule.map) };
  const slot = nextSlot(refusing, from.getTime()) ?? Infinity;
  const first = Math.min(end, slot);
  return first === Infinity ? null : new Date(Math.max(first, from.getTime()));
}

/** In words: `Mon–Fri 00:00–06:00 and 19:00–24:00, Sat–Sun all day; from 2026-01-01 00:00; Europe/Berlin`. */
export function inWords(schedule: ScheduleSpan | null): string {
  if (!schedule) return 'always';
  const zone = zoneOf(schedule);
  const date = (at: Date): string => {
    const local = new Date(at.getTime() + zone.offset(at.getTime()) * MINUTE).toISOString();
    return `${local.slice(0, 10)} ${local.slice(11, 16)}`;
  };
  const parts = [weekInWords(schedule.map)];
  if (schedule.start) parts.push(`from ${date(schedule.start)}`);
  if (schedule.end) parts.push(`until ${date(schedule.end)}`);
  if (schedule.map !== ALWAYS_MAP || parts.length > 1) parts.push(zone.name);
  return parts.join('; ');
}

function weekInWords(map: string): string {
  if (map === ALWAYS_MAP) return 'always';
  const groups: { first: number; last: number; text: string }[] = [];
  for (let day = 0; day < 7; day += 1) {
    const text = dayInWords(daySpans(map, day));
    const group = groups.at(-1);
    if (group?.text === text) group.last = day;
    else groups.push({ first: day, last: day, text });
  }
  const named = groups.filter(({ text }) => text !== '');
  if (named.length === 0) return 'never';
  return named.map(({ first, last, text }) => `${daysInWords(first, last)} ${text}`).join(', ');
}

function daysInWords(first: number, last: number): string {
  if (first === 0 && last === 6) return 'daily';
  const name = DAYS[first] ?? '';
  return first === last ? name : `${name}–${DAYS[last] ?? ''}`;
}

function dayInWords(spans: readonly DaySpan[]): string {
  const [only] = spans;
  if (spans.length === 1 && only?.from === 0 && only.to === SLOTS_A_DAY) return 'all day';
  return spans.map(({ from, to }) => `${clockTime(from)}–${clockTime(to)}`).join(' and ');
}

function clockTime(slot: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(slot / 4))}:${two((slot % 4) * 15)}`;
}

function zoneOf({ zone }: Pick<ScheduleSpan, 'zone'>): Zone {
  const name = zone === '' ? SERVER_ZONE : zone;
  const known = zones.get(name);
  if (known) return known;
  const found = IANAZone.create(name);
  // A zone that this server's data does not know must not make a task run at a time that nobody chose.
  if (!found.isValid) throw new RangeError(`There is no time zone ${name}`);
  const made = new Zone(found);
  zones.set(name, made);
  return made;
}

/** The slot of the week, from Monday 00:00 on the clocks of the zone. */
function slotAt(zone: Zone, at: number): number {
  return localSlot(at, zone.offset(at));
}

function localSlot(at: number, offset: number): number {
  const slot = Math.floor((at + offset * MINUTE) / SLOT) + EPOCH_SLOT;
  return ((slot % SLOTS_A_WEEK) + SLOTS_A_WEEK) % SLOTS_A_WEEK;
}

/**
 * Searches under the offset that is valid now; where the clocks change on the way it goes on from the change. So a slot
 * that a change skips does not come, and one that it repeats comes twice.
 */
function nextSlot({ map, zone: name }: ScheduleSpan, from: number): number | null {
  const zone = zoneOf({ zone: name });
  let at = from;
  for (let changes = 0; changes <= MAX_CHANGES; changes += 1) {
    const offset = zone.offset(at);
    const found = nextUnderOffset(map, at, offset);
    const horizon = found ?? at + WEEK;
    const change = zone.offset(horizon) === offset ? null : firstChange(zone, at, horizon, offset);
    if (change === null) return found;
    at = change;
  }
  return null;
}

function nextUnderOffset(map: string, at: number, offset: number): number | null {
  const first = localSlot(at, offset);
  const begun = Math.floor((at + offset * MINUTE) / SLOT) * SLOT - offset * MINUTE;
  for (let ahead = 0; ahead <= SLOTS_A_WEEK; ahead += 1)
    if (slotAllowed(map, (first + ahead) % SLOTS_A_WEEK)) return ahead === 0 ? at : begun + ahead * SLOT;
  return null;
}

/** The first instant after `from`, to the minute, at which the offset is another; `until` has another. */
function firstChange(zone: Zone, from: number, until: number, offset: number): number {
  let same = from;
  let other = until;
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2);
    if (zone.offset(middle) === offset) same = middle;
    else other = middle;
  }
  return other;
}

function complement(map: string): string {
  return map.replaceAll(/[0-9a-f]/g, (digit) => (15 - Number.parseInt(digit, 16)).toString(16));
}
