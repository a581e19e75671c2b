const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A value read longer ago than this is stale (devices.md §6). */
export const STALE_MS = 2 * DAY;

export function two(n: number): string {
  return String(n).padStart(2, '0');
}

/** `2026.11.22 20:14:05` in the operator's own zone; `n/a` for what never happened. */
export function instant(value: string | null | undefined): string {
  const date = parse(value);
  if (date === null) return 'n/a';
  return `${date.getFullYear()}.${two(date.getMonth() + 1)}.${two(date.getDate())} ${clock(date)}`;
}

/** `20:14:05` on the day of `now`, `11.22 20:14` in its year, the whole instant elsewhere. */
export function shortInstant(value: string | null | undefined, now: number): string {
  const date = parse(value);
  if (date === null) return 'n/a';
  const today = new Date(now);
  if (date.toDateString() === today.toDateString()) return clock(date);
  if (date.getFullYear() === today.getFullYear()) {
    return `${two(date.getMonth() + 1)}.${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
  }
  return instant(value);
}

export function clock(date: Date): string {
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** `20:44`, with the day in front when it is not today. */
export function clockMinutes(value: string, now: number): string {
  const date = new Date(value);
  const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
  if (date.toDateString() === new Date(now).toDateString()) return time;
  return `${two(date.getMonth() + 1)}.${two(date.getDate())} ${time}`;
}

/** How long ago: `now`, `40 s ago`, `14 min ago`, `2 h 10 m ago`; from two days on the date. */
export function age(value: string | null | undefined, now: number): string {
  const date = parse(value);
  if (date === null) return 'n/a';
  const passed = now - date.getTime();
  if (passed < 5_000) return 'now';
  if (passed >= STALE_MS) return instant(value).slice(0, 16);
  return `${span(passed)} ago`;
}

/** A span in words for ages and delays: `40 s`, `14 min`, `2 h 10 m`, `9 d`. */
export function span(ms: number): string {
  if (ms < MINUTE) return `${Math.max(1, Math.round(ms / 1000))} s`;
  if (ms < HOUR) return `${Math.round(ms / MINUTE)} min`;
  if (ms < 2 * DAY) {
    const minutes = Math.round((ms % HOUR) / MINUTE);
    const hours = Math.floor(ms / HOUR) + (minutes === 60 ? 1 : 0);
    return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes} m`;
  }
  return `${Math.floor(ms / DAY)} d`;
}

/** A forecast: `about 20:44 (in 30 min)`, or that it is due already. */
export function forecast(value: string | null | undefined, now: number): string {
  const date = parse(value);
  if (date === null) return 'not known when';
  const ahead = date.getTime() - now;
  if (ahead < 0) return `was due ${clockMinutes(value ?? '', now)} (${span(-ahead)} ago)`;
  return `about ${clockMinutes(value ?? '', now)} (in ${span(ahead)})`;
}

export function isStale(readAt: string | null | undefined, now: number): boolean {
  const date = parse(readAt);
  return date !== null && now - date.getTime() > STALE_MS;
}

/** `320 ms`, `4.1 s`; from 10 s `0m 12s`, `2h 05m`, `3d 4h`. */
export function duration(ms: number | null | undefined): string {
  if (ms === null || ms === undefined || !Number.isFinite(ms)) return 'n/a';
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m ${two(seconds % 60)}s`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)}h ${two(Math.floor((seconds % 3600) / 60))}m`;
  return `${Math.floor(seconds / 86_400)}d ${Math.floor((seconds % 86_400) / 3600)}h`;
}

/** A length that is only known in whole seconds: `0 s`, `45 s`, then as `duration`. */
export function wholeSeconds(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : duration(seconds * 1000);
}

/** Milliseconds of an ISO 8601 duration (`PT1.6S`, `P1DT2H`); null when it is none. */
export function isoDuration(text: string | null | undefined): number | null {
  const found = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text ?? '');
  if (!found || text === 'P') return null;
  const [days, hours, minutes, seconds] = found.slice(1).map((part) => Number(part ?? 0));
  return (days ?? 0) * DAY + (hours ?? 0) * HOUR + (minutes ?? 0) * MINUTE + (seconds ?? 0) * 1000;
}

/** Between two instants; an unfinished one runs until `now`. */
export function between(start: string | null, finish: string | null, now: number): number | null {
  const from = parse(start);
  if (from === null) return null;
  return (parse(finish)?.getTime() ?? now) - from.getTime();
}

/** An instant for a `datetime-local` field, in the time of this computer; empty for none. */
export function localInput(value: string | null | undefined): string {
  const date = parse(value);
  if (date === null) return '';
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const seconds = date.getSeconds() === 0 ? '' : `:${two(date.getSeconds())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}${seconds}`;
}

/** RFC 3339 of what a `datetime-local` field holds; null for what is no time. */
export function fromLocalInput(text: string): string | null {
  return parse(text)?.toISOString() ?? null;
}

function parse(value: string | null | undefined): Date | null {
  if (value === null || value === undefined || value === '') return null;
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? null : date;
}
