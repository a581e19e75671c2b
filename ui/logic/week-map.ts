/** The week as the server writes it: 168 hexadecimal digits from Monday 00:00, one an hour, the bits its quarters. */
export const SLOTS_A_DAY = 96;
export const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
export const ALWAYS = 'f'.repeat(168);
export const NEVER = '0'.repeat(168);

/** A rectangle of slots: days and slots of the day, both ends included, in any order. */
export interface SlotRange {
  fromDay: number;
  toDay: number;
  fromSlot: number;
  toSlot: number;
}

export function slotAllowed(map: string, day: number, slot: number): boolean {
  const digit = Number.parseInt(map[day * 24 + Math.floor(slot / 4)] ?? '0', 16);
  return ((digit >> (3 - (slot % 4))) & 1) === 1;
}

/** The map with all slots of a rectangle allowed, or none of them. */
export function paint(map: string, range: SlotRange, allowed: boolean): string {
  const digits = [...map.padEnd(168, '0').slice(0, 168)].map((digit) => Number.parseInt(digit, 16));
  const [firstDay, lastDay] = ordered(range.fromDay, range.toDay);
  const [first, last] = ordered(range.fromSlot, range.toSlot);
  for (let day = firstDay; day <= lastDay; day += 1)
    for (let slot = first; slot <= last; slot += 1) {
      const at = day * 24 + Math.floor(slot / 4);
      const bit = 1 << (3 - (slot % 4));
      digits[at] = allowed ? (digits[at] ?? 0) | bit : (digits[at] ?? 0) & ~bit;
    }
  return digits.map((digit) => digit.toString(16)).join('');
}

/** Hours of the week in which something may begin. */
export function allowedHours(map: string): number {
  let slots = 0;
  for (let day = 0; day < 7; day += 1)
    for (let slot = 0; slot < SLOTS_A_DAY; slot += 1) if (slotAllowed(map, day, slot)) slots += 1;
  return slots / 4;
}

/** `19:15`; the end of the day is 24:00. */
export function slotTime(slot: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(slot / 4))}:${two((slot % 4) * 15)}`;
}

/** The allowed spans of a day, as `01:00–06:00`; empty = none. */
export function daySpans(map: string, day: number): string[] {
  const spans: string[] = [];
  let from: number | null = null;
  for (let slot = 0; slot <= SLOTS_A_DAY; slot += 1) {
    const allowed = slot < SLOTS_A_DAY && slotAllowed(map, day, slot);
    if (allowed && from === null) from = slot;
    if (!allowed && from !== null) {
      spans.push(`${slotTime(from)}–${slotTime(slot)}`);
      from = null;
    }
  }
  return spans;
}

const ordered = (a: number, b: number): [number, number] => (a < b ? [a, b] : [b, a]);
