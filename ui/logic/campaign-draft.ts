import type { Campaign, CampaignInput } from '../api/types.js';
import { fromLocalInput, isoDuration, localInput } from '../format/time.js';
import { isoOf, lengthOf, number, type LengthDraft } from './rollout-draft.js';
import { newSpan, spanDraftOf, spanInput, type SpanDraft } from './schedule-draft.js';

/** A campaign as it is edited: numbers as fields hold them, times in the time of this computer. */
export interface CampaignDraft {
  description: string;
  group: string;
  appliesToSubgroups: boolean;
  /** Empty = none. */
  filter: string;
  execute: Campaign['execute'];
  /** Empty = now. */
  start: string;
  /** Empty = never. */
  end: string;
  interval: LengthDraft;
  perMinute: string;
  schedule: 'always' | 'predefined' | 'own';
  scheduleRef: string;
  span: SpanDraft;
  /** Empty = it does not matter. */
  minimumLastVisit: string;
  attempts: string;
  pause: LengthDraft;
  onlyIfTasksWait: boolean;
  success: 'session' | 'task';
  task: string;
  stops: boolean;
  percent: string;
  after: string;
}

export function newCampaign(group: string): CampaignDraft {
  return {
    ...{ description: '', group, appliesToSubgroups: false, filter: '', execute: 'once' },
    ...{ start: '', end: '', interval: { amount: '1', unit: 'H' }, perMinute: '60' },
    ...{ schedule: 'always', scheduleRef: '', span: newSpan(), minimumLastVisit: '' },
    ...{ attempts: '3', pause: { amount: '15', unit: 'M' }, onlyIfTasksWait: false },
    ...{ success: 'session', task: '', stops: true, percent: '50', after: '100' },
  };
}

export function campaignDraftOf(campaign: Campaign): CampaignDraft {
  const { schedule, retries, success, stopWhen } = campaign;
  const { description, group, appliesToSubgroups, execute, onlyIfTasksWait } = campaign;
  const fresh = newCampaign(group);
  return {
    ...{ ...fresh, description, appliesToSubgroups, execute, onlyIfTasksWait },
    filter: campaign.filter ?? '',
    start: localInput(campaign.start),
    end: localInput(campaign.end),
    interval: campaign.interval === null ? fresh.interval : lengthOf(campaign.interval),
    perMinute: String(campaign.perMinute),
    schedule: schedule === null ? 'always' : 'ref' in schedule ? 'predefined' : 'own',
    scheduleRef: schedule !== null && 'ref' in schedule ? schedule.ref : '',
    span: schedule !== null && !('ref' in schedule) ? spanDraftOf(schedule) : newSpan(),
    minimumLastVisit: localInput(campaign.minimumLastVisit),
    attempts: String(retries.attempts),
    pause: lengthOf(retries.pause),
    success: success.kind,
    task: success.kind === 'task' ? success.task : '',
    stops: stopWhen !== null,
    percent: String(stopWhen?.percent ?? fresh.percent),
    after: String(stopWhen?.after ?? fresh.after),
  };
}

/** What is sent. `before`: what is edited; a start that was not touched is not sent, as its seconds are not shown. */
export function campaignInput(draft: CampaignDraft, before: Campaign | null): CampaignInput {
  const sameStart = before !== null && draft.start === localInput(before.start);
  return {
    description: draft.description.trim(),
    group: draft.group.trim(),
    appliesToSubgroups: draft.appliesToSubgroups,
    filter: draft.filter === '' ? null : draft.filter,
    execute: draft.execute,
    ...(!sameStart && { start: fromLocalInput(draft.start) }),
    end: fromLocalInput(draft.end),
    interval: draft.execute === 'once' ? null : isoOf(draft.interval),
    perMinute: number(draft.perMinute),
    schedule: scheduleOf(draft),
    minimumLastVisit: fromLocalInput(draft.minimumLastVisit),
    retries: { attempts: number(draft.attempts), pause: isoOf(draft.pause) },
    onlyIfTasksWait: draft.onlyIfTasksWait,
    success: draft.success === 'session' ? { kind: 'session' } : { kind: 'task', task: draft.task.trim() },
    stopWhen: draft.stops ? { percent: number(draft.percent), after: number(draft.after) } : null,
  };
}

function scheduleOf({
  schedule,
  scheduleRef,
  span,
}: CampaignDraft): NonNullable<CampaignInput['schedule']> | null {
  if (schedule === 'always') return null;
  return schedule === 'predefined' ? { ref: scheduleRef } : spanInput(span);
}

/** The least time that asking so many devices once takes, in milliseconds; null while the pace is no number. */
export function shortest(devices: number, perMinute: string): number | null {
  const pace = Number(perMinute);
  if (!Number.isInteger(pace) || pace < 1) return null;
  return Math.ceil(devices / pace) * 60_000;
}

/** What a campaign does, in a sentence. */
export function campaignSentence(campaign: Campaign): string {
  const whom = campaign.appliesToSubgroups ? `${campaign.group} and its subgroups` : campaign.group;
  const often =
    campaign.execute === 'once'
      ? 'once'
      : `again and again, each at most every ${wordsOf(isoDuration(campaign.interval) ?? 0)}`;
  return `Asks the devices of ${whom} ${often}, at most ${campaign.perMinute} a minute.`;
}

function wordsOf(ms: number): string {
  const { amount, unit } = lengthOf(`PT${Math.round(ms / 1_000)}S`);
  const word = { M: 'minute', H: 'hour', D: 'day' }[unit];
  return amount === '1' ? word : `${amount} ${word}s`;
}
