import { Schema } from 'mongoose';

/** How far a locked value reaches: over the groups below, or over the devices' own values too (groups-profiles.md §6). */
export const LOCK_REACHES = ['groups', 'groups-and-devices'] as const;
export type LockReach = (typeof LOCK_REACHES)[number];

/** A value that a group sets. */
export interface GroupSetting {
  /** In clear, or sealed where `secret` says so. */
  value: string;
  secret: boolean;
  /** Null = not locked. */
  lock: LockReach | null;
  editedAt: Date;
  editedBy: string;
}

/** What a group sets for its members. */
export interface ProfileRecord {
  /** The group. */
  _id: string;
  /** By name, made safe as a field name. */
  values: Record<string, GroupSetting>;
  /** Grows with each edit; the ETag. */
  version: number;
}

/** Shard key candidate: none; read whole together with the groups. */
export const profileSchema = new Schema<ProfileRecord>(
  {
    _id: { type: String, required: true },
    values: { type: Schema.Types.Mixed, default: {} },
    version: { type: Number, default: 1 },
  },
  { collection: 'profiles', versionKey: false, minimize: false, strict: 'throw' },
);
