import { Schema, type Types } from 'mongoose';

/** Who or what changed something of a device. */
export const ACTORS = ['user', 'rule', 'task', 'device-type', 'system'] as const;
export type ActorKind = (typeof ACTORS)[number];

/** One thing that happened to a device, for its activity stream (groups-profiles.md §3). */
export interface ActivityRecord {
  _id: Types.ObjectId;
  at: Date;
  device: string;
  kind: 'group.joined' | 'group.left';
  /** The group. */
  object: string;
  actor: ActorKind;
  /** Log-in, rule id or task id. */
  by: string;
  expiresAt: Date;
}

/** Shard key candidate: `{ device: 'hashed' }`. */
export const activitySchema = new Schema<ActivityRecord>(
  {
    at: { type: Date, required: true },
    device: { type: String, required: true },
    kind: { type: String, required: true },
    object: { type: String, required: true },
    actor: { type: String, enum: ACTORS, required: true },
    by: { type: String, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'activities', versionKey: false, strict: 'throw' },
);

activitySchema.index({ device: 1, at: -1, _id: -1 });
activitySchema.index({ expiresAt: 1 });
