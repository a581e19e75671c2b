import { z } from 'zod';
import { CAMPAIGN_DEVICE_STATES } from '../../store/models/campaign-device.js';
import { CAMPAIGN_PHASES } from '../../store/models/campaign.js';
import { domain, duration, identity, page, text, time } from './common.js';
import { group, scheduleInput, taskSchedule } from './schedule.js';

const TEXTS = {
  subgroups: 'Whether members of its subgroups are asked too; else its direct members alone',
  filter: 'Id of a saved filter of devices that members must match; null = none',
  execute: '`once`: a device is done when it was contacted. `continuously`: again and again until the end',
  interval: 'Continuously: at least so long between two requests to one device; null = it executes once',
  perMinute: 'Requests over all its devices in any minute',
  minimumLastVisit: 'Devices that were not seen since then are skipped; null = it does not matter',
  attempts: 'Attempts for one device; then it is failed',
  pause: 'Between two of them',
  onlyIfTasksWait: 'Skips devices whose next session would run nothing',
  stopWhen:
    'Stops when more than this share of the attempts has failed, once so many have ended; null = nothing stops it',
};

const success = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('session') }),
    z.strictObject({ kind: z.literal('task'), task: z.string().min(1).max(700) }),
  ])
  .meta({
    description:
      'When a device counts as contacted. `session`: it has come. `task`: this task has besides ended there without an error',
    examples: [{ kind: 'session' }],
  });
const perMinute = z.number().int().min(1).max(12_000);
const execute = z.enum(['once', 'continuously']);
const attempts = z.number().int().min(1).max(100);
const percent = z.number().min(0).max(100);
const after = z.number().int().min(1).max(1_000_000);
const when = text(64);
const WHEN = 'RFC 3339, or an ISO 8601 duration from now';

const settings = {
  description: text(1_000),
  group,
  appliesToSubgroups: z.boolean().meta({ description: TEXTS.subgroups }),
  filter: text(64).min(1).nullable().meta({ description: TEXTS.filter }),
  execute: execute.meta({ description: `${TEXTS.execute}; default \`once\`` }),
  start: when.nullable().meta({ description: `${WHEN}; null = now` }),
  end: when.nullable().meta({ description: `${WHEN}; nothing is sent after it; null = never` }),
  interval: when.nullable().meta({ description: `${TEXTS.interval}. ISO 8601; default PT1H` }),
  perMinute: perMinute.meta({ description: `${TEXTS.perMinute}; default 60` }),
  schedule: scheduleInput,
  minimumLastVisit: when.nullable().meta({
    description: `${TEXTS.minimumLastVisit}. ${WHEN}, such as -P30D`,
  }),
  retries: z.strictObject({
    attempts: attempts.optional().meta({ description: `${TEXTS.attempts}; default 3` }),
    pause: when.optional().meta({ description: `${TEXTS.pause}; ISO 8601, default PT15M` }),
  }),
  onlyIfTasksWait: z.boolean().meta({ description: TEXTS.onlyIfTasksWait }),
  success,
  stopWhen: z
    .strictObject({ percent: percent.optional(), after: after.optional() })
    .nullable()
    .meta({ description: `${TEXTS.stopWhen}; default 50 % after 100` }),
  domain,
};
const optional = z.strictObject(settings).partial().shape;

export const campaignInput = z.strictObject({ ...optional, group }).meta({
  id: 'CampaignInput',
  description: 'What is left out takes its default',
});
export const campaignPatch = z
  .strictObject(optional)
  .meta({ id: 'CampaignPatch', description: 'What is left out stays; counts for what has not been sent' });

export const campaignProgress = z
  .object({
    planned: z.number().int().meta({ description: 'Members that match' }),
    contacted: z.number().int(),
    pending: z.number().int().meta({ description: 'Whose turn is to come, or comes again' }),
    requested: z.number().int().meta({ description: 'Were asked; the answer is awaited' }),
    failed: z.number().int(),
    skipped: z.number().int(),
    percent: z.number().meta({ description: 'Contacted of planned' }),
    shortest: duration.meta({ description: 'That asking all planned devices once takes at this pace' }),
    at: time.meta({ description: 'When it was counted' }),
  })
  .meta({ id: 'CampaignProgress' });

export const campaign = z
  .object({
    id: z.string(),
    description: z.string(),
    group: z.string(),
    appliesToSubgroups: z.boolean().meta({ description: TEXTS.subgroups }),
    filter: z.string().nullable().meta({ description: TEXTS.filter }),
    execute: execute.meta({ description: TEXTS.execute }),
    start: time,
    end: time.nullable(),
    interval: duration.nullable().meta({ description: TEXTS.interval }),
    perMinute: perMinute.meta({ description: TEXTS.perMinute }),
    schedule: taskSchedule,
    scheduleText: z.string().meta({ description: 'The schedule in words' }),
    minimumLastVisit: time.nullable().meta({ description: TEXTS.minimumLastVisit }),
    retries: z.object({
      attempts: attempts.meta({ description: TEXTS.attempts }),
      pause: duration.meta({ description: TEXTS.pause }),
    }),
    onlyIfTasksWait: z.boolean().meta({ description: TEXTS.onlyIfTasksWait }),
    success,
    stopWhen: z.object({ percent, after }).nullable().meta({ description: TEXTS.stopWhen }),
    domain: z.string(),
    phase: z.enum(CAMPAIGN_PHASES).meta({
      description:
        '`planned`: before its start. `waiting`: outside its schedule. `suspended`: by hand. `stopped`: the failure limit was reached. `finished`: the end has come, or all devices are done',
    }),
    phaseText: z.string().meta({ description: 'Why it stands still, in words; empty = nothing to say' }),
    active: z.boolean().meta({ description: 'Neither suspended nor stopped nor finished' }),
    suspended: z.object({ at: time, by: z.string(), reason: z.string() }).nullable(),
    stopped: z.object({ at: time, failures: z.number().int(), ended: z.number().int() }).nullable(),
    finished: z.object({ at: time, reason: z.enum(['end', 'done']) }).nullable(),
    progress: campaignProgress.nullable().meta({ description: 'As last counted; null = never' }),
    user: z.string(),
    createdAt: time,
    editedAt: time,
    version: z.number().int(),
  })
  .meta({ id: 'Campaign' });
export const campaignList = page(campaign, 'CampaignList');

export const campaignDevice = z
  .object({
    device: identity,
    state: z.enum(CAMPAIGN_DEVICE_STATES),
    attempts: z.number().int().meta({ description: 'Since it was last contacted or skipped' }),
    requests: z.number().int().meta({ description: 'All that were sent to it' }),
    contacts: z.number().int().meta({ description: 'How often it was contacted' }),
    reason: z.string().meta({
      description: 'Why it was skipped, the outcome of the last request, or what became of the task',
      examples: ['old-visit'],
    }),
    requestedAt: time.nullable(),
    cameAt: time.nullable(),
    contactedAt: time.nullable(),
    nextAt: time.nullable().meta({ description: 'Its next turn is not before it' }),
  })
  .meta({ id: 'CampaignDevice' });
export const campaignDeviceList = page(campaignDevice, 'CampaignDeviceList');
