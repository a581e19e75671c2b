import { z } from 'zod';
import { page, text, time } from './common.js';

export const group = text(512)
  .min(1)
  .meta({ description: 'Full name of a group', examples: ['root.region.north'] });

const map = z.string().meta({
  description:
    'The week from Monday 00:00: 168 hexadecimal digits, one an hour, whose bits are its quarters, the first the highest',
  examples: ['ffffff0000000000000fffff'.repeat(7)],
});

const span = {
  description: z.string(),
  start: time.nullable().meta({ description: 'Inclusive' }),
  end: time.nullable().meta({ description: 'Exclusive' }),
  zone: z.string().meta({ description: 'IANA time zone; empty = the server’s' }),
  map,
};

const spanInput = {
  description: text(1_000).optional(),
  start: text(40).nullable().optional().meta({ description: 'RFC 3339; inclusive' }),
  end: text(40).nullable().optional().meta({ description: 'RFC 3339; exclusive' }),
  zone: text(64).optional(),
  map: text(400).optional().meta({ description: 'Left out: every slot' }),
};

export const taskSchedule = z
  .union([z.object({ ref: z.string() }), z.object(span)])
  .nullable()
  .meta({ description: 'A predefined schedule by reference, or one of its own; null = always' });

export const scheduleInput = z
  .union([z.strictObject({ ref: text(64).min(1) }), z.strictObject(spanInput)])
  .nullable()
  .meta({ description: 'A predefined schedule by reference, or one of its own; null = always' });

export const schedule = z
  .object({
    id: z.string().meta({ examples: ['nights-home'] }),
    ...span,
    text: z.string().meta({ description: 'In words', examples: ['daily 01:00–06:00; Europe/Berlin'] }),
    builtIn: z.boolean().meta({ description: 'Made anew at each start of the server' }),
    usedBy: z.number().int().meta({ description: 'How many tasks, templates and campaigns refer to it' }),
    user: z.string(),
    createdAt: time,
    editedAt: time,
    version: z.number().int(),
  })
  .meta({ id: 'Schedule' });
export const scheduleList = page(schedule, 'ScheduleList');

export const schedulePatch = z.strictObject(spanInput).meta({ id: 'ScheduleInput' });

export const schedulePreview = z
  .object({
    text: z.string(),
    allowed: z.boolean().meta({ description: 'At the time that was asked for' }),
    next: z
      .array(z.object({ from: time, to: time.nullable() }))
      .meta({ description: 'The next spans in which tasks may begin; `to` null = for ever' }),
  })
  .meta({ id: 'SchedulePreview' });
