import { z } from 'zod';
import type { ScheduleSpan } from '../../../store/models/schedule.js';
import { text } from '../config-fields.js';
import { timeOf } from '../time-input.js';
import { isZone } from './schedule.js';
import { ALWAYS_MAP, isWeekMap } from './week-map.js';

/** As given: what is left out is no date, the server's zone, every slot. */
export interface SpanInput {
  description?: string | undefined;
  start?: string | Date | null | undefined;
  end?: string | Date | null | undefined;
  zone?: string | undefined;
  map?: string | undefined;
}

/** A valid schedule: start before end, at least one allowed slot (tasks.md §3). */
export const scheduleSpan = z
  .strictObject({
    description: text(1_000),
    start: z.date().nullable(),
    end: z.date().nullable(),
    zone: z
      .string()
      .max(64)
      .refine((name) => name === '' || isZone(name), 'is no IANA time zone'),
    map: z
      .string()
      .refine(isWeekMap, 'must have 168 hexadecimal digits, one for each hour from Monday 00:00')
      .refine((map) => !isWeekMap(map) || /[^0]/.test(map), 'allows no time at all'),
  })
  .refine(({ start, end }) => !start || !end || start < end, {
    path: ['end'],
    message: 'must be after the start',
  });

/** What was given with its defaults and times; not validated further. Throws `ValidationError` for a text that is no time. */
export function spanOf(given: SpanInput, pointer: string): ScheduleSpan {
  const { description = '', zone = '', map = ALWAYS_MAP, start, end, ...unknown } = given;
  const time = (name: 'start' | 'end', value: string | Date | null | undefined): Date | null =>
    value ? timeOf(value, new Date(Number.NaN), `${pointer}/${name}`) : null;
  return {
    ...unknown,
    description,
    start: time('start', start),
    end: time('end', end),
    zone,
    map: typeof map === 'string' ? map.replaceAll(/\s/g, '').toLowerCase() : map,
  };
}
