/** Quarters of an hour in a day and in a week. */
export const SLOTS_A_DAY = 96;
export const SLOTS_A_WEEK = 7 * SLOTS_A_DAY;
const HOURS_A_WEEK = 168;

/** Every slot of the week. */
export const ALWAYS_MAP = 'f'.repeat(HOURS_A_WEEK);

/** Monday first, as the map. */
export const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

const WEEK_MAP = /^[0-9a-f]{168}$/;

export function isWeekMap(text: string): boolean {
  return WEEK_MAP.test(text);
}

/** Whether a slot of the week, from Monday 00:00, is allowed. */
export function slotAllowed(map: string, slot: number): boolean {
  const hour = Number.parseInt(map[slot >> 2] ?? '0', 16);
  return (hour & (8 >> (slot & 3))) !== 0;
}

/** A run of allowed slots of one day, `from` … `to` (exclusive), in slots from midnight. */
export interface DaySpan {
  from: number;
  to: number;
}

/** The allowed runs of a day (0 = Monday). */
export function daySpans(map: string, day: number): DaySpan[] {
  const spans: DaySpan[] = [];
  for (let slot = 0; slot < SLOTS_A_DAY; slot += 1) {
    if (!slotAllowed(map, day * SLOTS_A_DAY + slot)) continue;
    const last = spans.at(-1);
    if (last?.to === slot) last.to = slot + 1;
    else spans.push({ from: slot, to: slot + 1 });
  }
  return spans;
}

/** The map in which the given spans of each day are allowed. */
export function weekMapOf(spansOf: (day: number) => readonly DaySpan[]): string {
  let map = '';
  for (let day = 0; day < 7; day += 1) {
    const spans = spansOf(day);
    for (let hour = 0; hour < 24; hour += 1) {
      let digit = 0;
      for (let quarter = 0; quarter < 4; quarter += 1) {
        const slot = hour * 4 + quarter;
        if (spans.some(({ from, to }) => slot >= from && slot < to)) digit |= 8 >> quarter;
      }
      map += digit.toString(16);
    }
  }
  return map;
}
