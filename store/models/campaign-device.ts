import { Schema } from 'mongoose';

export const CAMPAIGN_DEVICE_STATES = ['pending', 'requested', 'contacted', 'failed', 'skipped'] as const;
export type CampaignDeviceState = (typeof CAMPAIGN_DEVICE_STATES)[number];

/** Why a device was not asked. */
export const CAMPAIGN_SKIPS = [
  'unmanaged',
  'blacklisted',
  'never-seen',
  'old-visit',
  'no-url',
  'nothing-to-do',
] as const;
export type CampaignSkip = (typeof CAMPAIGN_SKIPS)[number];

/** A campaign on one device; there is none before the device’s turn has come first. */
export interface CampaignDeviceRecord {
  _id: string;
  campaign: string;
  device: string;
  state: CampaignDeviceState;
  /** Requests since the device was last contacted or given up. */
  attempts: number;
  /** All that were sent to it. */
  requests: number;
  /** Times that it was contacted. */
  contacts: number;
  /** Why it is so: a `CampaignSkip`, the outcome of the request, what became of the task; empty = nothing to say. */
  reason: string;
  /** Written before a request goes out, so that a server that dies asks nobody twice. */
  requestedAt: Date | null;
  /** The connection request; null = it is not known to have gone out. */
  request: string | null;
  /** When the device came; while `requested`, its task is waited for since then. */
  cameAt: Date | null;
  contactedAt: Date | null;
  /** Its next turn; null = none. */
  nextAt: Date | null;
  changedAt: Date;
}

/** Shard key candidate: `{ campaign: 'hashed' }`. */
export const campaignDeviceSchema = new Schema<CampaignDeviceRecord>(
  {
    _id: { type: String, required: true },
    campaign: { type: String, required: true },
    device: { type: String, required: true },
    state: { type: String, enum: CAMPAIGN_DEVICE_STATES, required: true },
    attempts: { type: Number, default: 0 },
    requests: { type: Number, default: 0 },
    contacts: { type: Number, default: 0 },
    reason: { type: String, default: '' },
    requestedAt: { type: Date, default: null },
    request: { type: String, default: null },
    cameAt: { type: Date, default: null },
    contactedAt: { type: Date, default: null },
    nextAt: { type: Date, default: null },
    changedAt: { type: Date, required: true },
  },
  { collection: 'campaign_devices', versionKey: false, strict: 'throw' },
);

// One for each device; the list of a campaign.
campaignDeviceSchema.index({ campaign: 1, device: 1 }, { unique: true });
campaignDeviceSchema.index({ campaign: 1, state: 1, device: 1 });
// Whose turn has come again.
campaignDeviceSchema.index({ campaign: 1, nextAt: 1 });
// Whose answer is awaited, over all campaigns.
campaignDeviceSchema.index({ state: 1, requestedAt: 1 });
campaignDeviceSchema.index({ device: 1 });
