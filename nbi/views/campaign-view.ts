import { Duration } from 'luxon';
import { stopText } from '../../acs/jobs/campaigns/campaign-alert.js';
import type { CampaignDevice } from '../../acs/jobs/campaigns/campaign-devices.js';
import { inWords } from '../../acs/tasks/schedules/schedule.js';
import type { CampaignProgress, CampaignRecord } from '../../store/models/campaign.js';
import { timeJson } from './json.js';
import { spanJson } from './schedule-view.js';

/** `PT15M` of 900 seconds. */
function lengthJson(seconds: number): string {
  return Duration.fromObject({ seconds }).shiftTo('days', 'hours', 'minutes', 'seconds').toISO();
}

export function campaignJson(campaign: CampaignRecord) {
  const { schedule, retries, progress, suspended, stopped, finished } = campaign;
  const { description, group, appliesToSubgroups, filter, execute, perMinute, onlyIfTasksWait } = campaign;
  const { success, stopWhen, domain, phase, user, version } = campaign;
  return {
    id: campaign._id,
    ...{ description, group, appliesToSubgroups, filter, execute },
    start: campaign.start.toISOString(),
    end: timeJson(campaign.end),
    interval: execute === 'once' ? null : lengthJson(campaign.interval),
    perMinute,
    schedule: schedule && ('ref' in schedule ? schedule : spanJson(schedule)),
    scheduleText: schedule && 'ref' in schedule ? schedule.ref : inWords(schedule),
    minimumLastVisit: timeJson(campaign.minimumLastVisit),
    retries: { attempts: retries.attempts, pause: lengthJson(retries.pause) },
    ...{ onlyIfTasksWait, success, stopWhen, domain, phase },
    phaseText: phaseText(campaign),
    active: !suspended && !stopped && !finished,
    suspended: suspended && { ...suspended, at: suspended.at.toISOString() },
    stopped: stopped && { ...stopped, at: stopped.at.toISOString() },
    finished: finished && { ...finished, at: finished.at.toISOString() },
    progress: progress && progressJson(progress, campaign),
    user,
    createdAt: campaign.createdAt.toISOString(),
    editedAt: campaign.editedAt.toISOString(),
    version,
  };
}

export function progressJson(
  { at, ...counts }: CampaignProgress,
  { perMinute }: Pick<CampaignRecord, 'perMinute'>,
) {
  const { planned, contacted } = counts;
  return {
    ...counts,
    percent: planned === 0 ? 0 : Math.min(100, Math.round((contacted * 1_000) / planned) / 10),
    shortest: lengthJson(Math.ceil(planned / perMinute) * 60),
    at: at.toISOString(),
  };
}

export function campaignDeviceJson(row: CampaignDevice) {
  const { device, state, attempts, requests, contacts, reason } = row;
  return {
    ...{ device, state, attempts, requests, contacts, reason },
    requestedAt: timeJson(row.requestedAt),
    cameAt: timeJson(row.cameAt),
    contactedAt: timeJson(row.contactedAt),
    nextAt: timeJson(row.nextAt),
  };
}

function phaseText({ phase, suspended, stopped, finished, start }: CampaignRecord): string {
  if (phase === 'stopped' && stopped) return `Stopped by its failure limit: ${stopText(stopped)}`;
  if (phase === 'suspended' && suspended)
    return `Suspended by ${suspended.by}${suspended.reason === '' ? '' : `: ${suspended.reason}`}`;
  if (phase === 'planned') return `Begins ${start.toISOString()}`;
  if (phase === 'waiting') return 'Outside its schedule';
  if (phase === 'finished') return finished?.reason === 'done' ? 'All devices are done' : 'Its end has come';
  return '';
}
