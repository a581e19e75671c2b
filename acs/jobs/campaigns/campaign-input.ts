import { Duration } from 'luxon';
import { z } from 'zod';
import { DOMAIN, DOMAIN_RULE, MAX_DOMAIN } from '../../../common/domains.js';
import { ValidationError } from '../../../common/errors.js';
import { readValid } from '../../../common/read-valid.js';
import type { CampaignDefinition } from '../../../store/models/campaign.js';
import { text } from '../../tasks/config-fields.js';
import { groupName } from '../../tasks/group-path.js';
import { scheduleSpan, spanOf, type SpanInput } from '../../tasks/schedules/schedule-input.js';
import { timeOf } from '../../tasks/time-input.js';

/** A campaign as a user gives it: times RFC 3339 or ISO 8601 durations from now, lengths ISO 8601 durations. */
export interface CampaignInput {
  description?: string | undefined;
  group: string;
  appliesToSubgroups?: boolean | undefined;
  filter?: string | null | undefined;
  execute?: 'once' | 'continuously' | undefined;
  /** Null or left out: now. */
  start?: string | null | undefined;
  end?: string | null | undefined;
  interval?: string | null | undefined;
  perMinute?: number | undefined;
  schedule?: { ref: string } | SpanInput | null | undefined;
  minimumLastVisit?: string | null | undefined;
  retries?: { attempts?: number | undefined; pause?: string | undefined } | undefined;
  onlyIfTasksWait?: boolean | undefined;
  success?: { kind: 'session' } | { kind: 'task'; task: string } | undefined;
  stopWhen?: { percent?: number | undefined; after?: number | undefined } | null | undefined;
  domain?: string | undefined;
}

/** What is left out stays. */
export type CampaignPatch = { [K in keyof CampaignInput]?: CampaignInput[K] | undefined };

const HOUR = 3_600;
const YEAR = 366 * 24 * HOUR;

/** Where nothing is said (groups-profiles.md §10). */
const DEFAULTS = {
  perMinute: 60,
  retries: { attempts: 3, pause: 15 * 60 },
  stopWhen: { percent: 50, after: 100 },
  interval: HOUR,
} as const;

const whole = (minimum: number, maximum: number) => z.number().int().min(minimum).max(maximum);

const schema = z.strictObject({
  description: text(1_000),
  group: groupName,
  appliesToSubgroups: z.boolean(),
  filter: z.string().min(1).max(64).nullable(),
  execute: z.enum(['once', 'continuously']),
  start: z.date(),
  end: z.date().nullable(),
  interval: whole(0, YEAR),
  perMinute: whole(1, 12_000),
  schedule: z.union([z.strictObject({ ref: text(64).min(1) }), scheduleSpan]).nullable(),
  minimumLastVisit: z.date().nullable(),
  retries: z.strictObject({ attempts: whole(1, 100), pause: whole(1, YEAR) }),
  onlyIfTasksWait: z.boolean(),
  success: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('session') }),
    z.strictObject({ kind: z.literal('task'), task: z.string().min(1).max(700) }),
  ]),
  stopWhen: z.strictObject({ percent: z.number().min(0).max(100), after: whole(1, 1_000_000) }).nullable(),
  domain: z.string().max(MAX_DOMAIN).regex(DOMAIN, DOMAIN_RULE),
});

/** A complete, valid definition. Throws `ValidationError` with a pointer to each wrong field. */
export function newCampaign(input: CampaignInput, domain: string, now: Date): CampaignDefinition {
  const before: CampaignDefinition = {
    ...{ description: '', group: input.group, appliesToSubgroups: false, filter: null, execute: 'once' },
    ...{ start: now, end: null, interval: 0, perMinute: DEFAULTS.perMinute, schedule: null },
    ...{ minimumLastVisit: null, retries: DEFAULTS.retries, onlyIfTasksWait: false },
    ...{ success: { kind: 'session' }, stopWhen: DEFAULTS.stopWhen, domain },
  };
  return edited(before, input, now);
}

/** The definition with a patch on it. Throws as `newCampaign`. */
export function edited(before: CampaignDefinition, patch: CampaignPatch, now: Date): CampaignDefinition {
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  const { interval, schedule, retries, stopWhen } = patch;
  const execute = patch.execute ?? before.execute;
  const settings = {
    ...before,
    ...given,
    ...('start' in given && { start: timeOr(patch.start, now, '/start') ?? now }),
    ...('end' in given && { end: timeOr(patch.end, now, '/end') }),
    ...('minimumLastVisit' in given && {
      minimumLastVisit: timeOr(patch.minimumLastVisit, now, '/minimumLastVisit'),
    }),
    ...(schedule && !('ref' in schedule) && { schedule: spanOf(schedule, '/schedule') }),
    retries: {
      attempts: retries?.attempts ?? before.retries.attempts,
      pause: retries?.pause === undefined ? before.retries.pause : seconds(retries.pause, '/retries/pause'),
    },
    stopWhen:
      stopWhen === undefined
        ? before.stopWhen
        : stopWhen && { ...(before.stopWhen ?? DEFAULTS.stopWhen), ...definedOf(stopWhen) },
    interval: intervalOf(execute, interval, before),
  };
  const valid = readValid(schema, settings, { text: 'The campaign is not valid' });
  const { start, end } = valid;
  if (end && end <= start) throw ValidationError.of('/end', 'must be after the start', 'invalid');
  return valid;
}

function intervalOf(
  execute: CampaignDefinition['execute'],
  given: string | null | undefined,
  before: CampaignDefinition,
): number {
  if (execute === 'once') {
    if (typeof given === 'string')
      throw ValidationError.of('/interval', 'is for campaigns that execute continuously', 'invalid');
    return 0;
  }
  if (typeof given !== 'string') return before.interval === 0 ? DEFAULTS.interval : before.interval;
  const length = seconds(given, '/interval');
  if (length < 1) throw ValidationError.of('/interval', 'is a second at least', 'invalid');
  return length;
}

function timeOr(given: string | null | undefined, now: Date, pointer: string): Date | null {
  return given === null || given === undefined ? null : timeOf(given, now, pointer);
}

function seconds(given: string, pointer: string): number {
  const duration = /^P/i.test(given.trim()) ? Duration.fromISO(given.trim().toUpperCase()) : null;
  if (duration?.isValid !== true)
    throw ValidationError.of(pointer, 'is no duration (ISO 8601, such as PT15M)', 'invalid');
  return Math.round(duration.toMillis() / 1_000);
}

const definedOf = (given: object): object =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
