import { Schema } from 'mongoose';

export const GROUP_KINDS = ['system', 'user', 'tenant', 'device-type'] as const;
export type GroupKind = (typeof GROUP_KINDS)[number];

/** A group of devices (groups-profiles.md §2). Who is in it stands in the devices, never here. */
export interface GroupRecord {
  /** Full name, `root.region.city`; fixed. */
  _id: string;
  kind: GroupKind;
  domain: string;
  /** Higher wins; null = inherited from the parent. */
  priority: number | null;
  description: string;
  createdAt: Date;
  createdBy: string;
  /** Id of the migration rule that made it. */
  rule: string | null;
  /** Device types: since when no device is in it or below it. */
  emptySince: Date | null;
  /** Grows with each edit; the ETag. */
  version: number;
}

/** Shard key candidate: none; 10,000 groups are a few megabytes and are read whole. */
export const groupSchema = new Schema<GroupRecord>(
  {
    _id: { type: String, required: true },
    kind: { type: String, enum: GROUP_KINDS, required: true },
    domain: { type: String, required: true },
    priority: { type: Number, default: null },
    description: { type: String, default: '' },
    createdAt: { type: Date, required: true },
    createdBy: { type: String, required: true },
    rule: { type: String, default: null },
    emptySince: { type: Date, default: null },
    version: { type: Number, default: 1 },
  },
  { collection: 'groups', versionKey: false, strict: 'throw' },
);
