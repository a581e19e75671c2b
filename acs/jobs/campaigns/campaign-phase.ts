import type { CampaignPhase, CampaignRecord } from '../../../store/models/campaign.js';

/** Milliseconds that the pace of a campaign is measured over. */
const MINUTE = 60_000;
/** Looks in a minute: what a minute allows is spread over them. */
const LOOKS = 12;

/** What a campaign is at a time; `open`: whether its schedule allows it then (groups-profiles.md §10). */
export function phaseOf(
  campaign: Pick<CampaignRecord, 'suspended' | 'stopped' | 'finished' | 'start' | 'end'>,
  now: Date,
  open: boolean,
): CampaignPhase {
  if (campaign.finished || (campaign.end && campaign.end <= now)) return 'finished';
  if (campaign.stopped) return 'stopped';
  if (campaign.suspended) return 'suspended';
  if (campaign.start > now) return 'planned';
  return open ? 'running' : 'waiting';
}

/** What was sent within the last minute. */
export function sentLately(sent: CampaignRecord['sent'], now: Date): CampaignRecord['sent'] {
  // What is noted in the future is of a clock that was set back since.
  return sent.filter(({ at }) => Math.abs(now.getTime() - at.getTime()) < MINUTE);
}

/** How many requests a look may send: never more than the limit in any minute, and evenly. */
export function allowance(
  { perMinute, sent }: Pick<CampaignRecord, 'perMinute' | 'sent'>,
  now: Date,
): number {
  const used = sentLately(sent, now).reduce((sum, { count }) => sum + count, 0);
  return Math.max(0, Math.min(Math.ceil(perMinute / LOOKS), perMinute - used));
}

/** Whether the failures are over the limit. */
export function isBroken({ stopWhen, sample }: Pick<CampaignRecord, 'stopWhen' | 'sample'>): boolean {
  if (!stopWhen || sample.ended < stopWhen.after) return false;
  return sample.failures * 100 > stopWhen.percent * sample.ended;
}
