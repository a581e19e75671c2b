import type { CampaignRecord } from '../../../store/models/campaign.js';
import type { AlertDesk } from '../../tasks/ports/alert-desk.js';

const WARN = 1_000;

/** An alert on the group while its failure limit keeps the campaign stopped (monitoring-reports.md §8). */
export async function putStopAlert(alerts: AlertDesk, campaign: CampaignRecord, at: Date): Promise<void> {
  const { _id, group, domain, description, stopped } = campaign;
  await alerts.put({
    ...{ type: `campaign-stopped:${_id}`, target: group, targetKind: 'group', severity: WARN, domain, at },
    caption: `The campaign ${description === '' ? _id : description} was stopped`,
    description: stopped ? stopText(stopped) : '',
    ...{ raised: stopped !== null, task: '', device: '' },
  });
}

/** Why a campaign was stopped, in words. */
export function stopText({ failures, ended }: NonNullable<CampaignRecord['stopped']>): string {
  const share = Math.round((failures * 1_000) / ended) / 10;
  return `${failures} of ${ended} attempts failed (${share} %)`;
}
