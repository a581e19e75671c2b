import { Schema } from 'mongoose';
import type { ScheduleSpan } from './schedule.js';

export const CAMPAIGN_PHASES = ['planned', 'running', 'waiting', 'suspended', 'stopped', 'finished'] as const;
export type CampaignPhase = (typeof CAMPAIGN_PHASES)[number];

/** When a device counts as contacted: it has come, or has besides run a task without an error. */
export type CampaignSuccess = { kind: 'session' } | { kind: 'task'; task: string };

/** What a campaign is to do (groups-profiles.md §10). */
export interface CampaignDefinition {
  description: string;
  group: string;
  appliesToSubgroups: boolean;
  /** Id of a saved filter of devices that members must match; null = none. */
  filter: string | null;
  execute: 'once' | 'continuously';
  start: Date;
  /** After it nothing more is sent; null = never. */
  end: Date | null;
  /** Seconds between two requests to one device; 0 exactly when it executes once. */
  interval: number;
  /** Attempts over all devices of the campaign. */
  perMinute: number;
  /** Null = always. */
  schedule: { ref: string } | ScheduleSpan | null;
  /** Devices that were not seen since then are skipped; null = it does not matter. */
  minimumLastVisit: Date | null;
  /** Attempts for one device, and the seconds between two of them. */
  retries: { attempts: number; pause: number };
  /** Devices whose next session would run nothing are skipped. */
  onlyIfTasksWait: boolean;
  success: CampaignSuccess;
  /** More failures than this share, once so many attempts have ended, stop it; null = nothing does. */
  stopWhen: { percent: number; after: number } | null;
  domain: string;
}

/** How far the look through the members has come. */
export interface CampaignScan {
  /** The last device that was looked at; null = from the first. */
  after: string | null;
  /** When the last one was reached; null = not since the last edit. */
  completedAt: Date | null;
}

export interface CampaignProgress {
  /** Members that match. */
  planned: number;
  contacted: number;
  pending: number;
  requested: number;
  failed: number;
  skipped: number;
  at: Date;
}

/** A campaign that asks the devices of a group to connect, at a set pace. It carries no tasks. */
export interface CampaignRecord extends CampaignDefinition {
  _id: string;
  /** As of the last look; follows from the fields below and the time. */
  phase: CampaignPhase;
  suspended: { at: Date; by: string; reason: string } | null;
  /** The failure limit was reached. */
  stopped: { at: Date; failures: number; ended: number } | null;
  finished: { at: Date; reason: 'end' | 'done' } | null;
  scan: CampaignScan;
  /** What was sent in the last minute. */
  sent: { at: Date; count: number }[];
  /** Attempts that have ended, and those that failed, since the start or the last resumption from a stop. */
  sample: { ended: number; failures: number };
  progress: CampaignProgress | null;
  user: string;
  createdAt: Date;
  editedAt: Date;
  /** Grows with each edit; the ETag. */
  version: number;
}

/** Few and small; no shard key is needed. */
export const campaignSchema = new Schema<CampaignRecord>(
  {
    _id: { type: String, required: true },
    description: { type: String, default: '' },
    group: { type: String, required: true },
    appliesToSubgroups: { type: Boolean, required: true },
    filter: { type: String, default: null },
    execute: { type: String, enum: ['once', 'continuously'], required: true },
    start: { type: Date, required: true },
    end: { type: Date, default: null },
    interval: { type: Number, required: true },
    perMinute: { type: Number, required: true },
    schedule: { type: Schema.Types.Mixed, default: null },
    minimumLastVisit: { type: Date, default: null },
    retries: { type: new Schema({ attempts: Number, pause: Number }, { _id: false }), required: true },
    onlyIfTasksWait: { type: Boolean, required: true },
    success: { type: Schema.Types.Mixed, required: true },
    stopWhen: { type: Schema.Types.Mixed, default: null },
    domain: { type: String, default: '/' },
    phase: { type: String, enum: CAMPAIGN_PHASES, required: true },
    suspended: { type: Schema.Types.Mixed, default: null },
    stopped: { type: Schema.Types.Mixed, default: null },
    finished: { type: Schema.Types.Mixed, default: null },
    scan: { type: Schema.Types.Mixed, required: true },
    sent: { type: [Schema.Types.Mixed] as never, default: [] },
    sample: { type: Schema.Types.Mixed, required: true },
    progress: { type: Schema.Types.Mixed, default: null },
    user: { type: String, required: true },
    createdAt: { type: Date, required: true },
    editedAt: { type: Date, required: true },
    version: { type: Number, default: 1 },
  },
  { collection: 'campaigns', versionKey: false, minimize: false, strict: 'throw' },
);

campaignSchema.index({ createdAt: -1, _id: 1 });
campaignSchema.index({ phase: 1 });
// Which campaigns use a predefined schedule.
campaignSchema.index({ 'schedule.ref': 1 }, { sparse: true });
