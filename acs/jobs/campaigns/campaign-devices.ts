import type { CampaignDeviceRecord, CampaignDeviceState } from '../../../store/models/campaign-device.js';
import type { CampaignRecord } from '../../../store/models/campaign.js';
import type { Store } from '../../../store/store.js';
import type { CampaignMembers } from './campaign-members.js';

/** A campaign on one device. */
export type CampaignDevice = Omit<CampaignDeviceRecord, '_id' | 'campaign' | 'request' | 'changedAt'>;

export interface CampaignDeviceQuery {
  state?: readonly CampaignDeviceState[] | undefined;
  limit: number;
  /** The last device of the page before. */
  after?: string | undefined;
}

/**
 * The devices of a campaign by identity: those whose turn has come, and the members that still wait for it. Of those that
 * wait a page may be shorter than asked for.
 */
export async function campaignDevices(
  store: Store,
  members: CampaignMembers,
  campaign: CampaignRecord,
  query: CampaignDeviceQuery,
  now: Date,
): Promise<{ items: CampaignDevice[]; next: string | null }> {
  const { state, limit, after } = query;
  const of = { campaign: campaign._id, ...(after !== undefined && { device: { $gt: after } }) };
  const waiting = state === undefined || state.includes('pending');
  const begun = await store.campaignDevices
    .find({ ...of, ...(state !== undefined && !waiting && { state: { $in: [...state] } }) })
    .sort({ device: 1 })
    .limit(limit + 1)
    .lean<CampaignDeviceRecord[]>();
  const present = waiting
    ? await members.page(await members.condition(campaign, now), after ?? null, limit + 1)
    : [];
  const devices = [...new Set([...begun.map(({ device }) => device), ...present.map(({ _id }) => _id)])];
  devices.sort((one, other) => (one < other ? -1 : 1));
  const shown = devices.slice(0, limit);
  const records = await store.campaignDevices
    .find({ campaign: campaign._id, device: { $in: shown } })
    .lean<CampaignDeviceRecord[]>();
  const byDevice = new Map(records.map((record) => [record.device, record]));
  const items = shown
    .map((device): CampaignDevice => byDevice.get(device) ?? { ...NOT_BEGUN, device })
    .filter((item) => state === undefined || state.includes(item.state));
  return { items, next: devices.length > limit ? (shown.at(-1) ?? null) : null };
}

const NOT_BEGUN: Omit<CampaignDevice, 'device'> = {
  ...{ state: 'pending', attempts: 0, requests: 0, contacts: 0, reason: '' },
  ...{ requestedAt: null, cameAt: null, contactedAt: null, nextAt: null },
};
