import { Schema, type Types } from 'mongoose';

/** One act of a user: who did what to which object, when, from where. Append-only. */
export interface AuditRecord {
  _id: Types.ObjectId;
  at: Date;
  user: string;
  token: string | null;
  address: string;
  requestId: string;
  /** `tasks.create`, `devices.connect` … */
  action: string;
  object: string;
  /** What changed, secrets masked. */
  difference: Record<string, unknown> | null;
  result: string;
  expiresAt: Date;
}

export const auditSchema = new Schema<AuditRecord>(
  {
    at: { type: Date, required: true },
    user: { type: String, required: true },
    token: { type: String, default: null },
    address: { type: String, default: '' },
    requestId: { type: String, default: '' },
    action: { type: String, required: true },
    object: { type: String, default: '' },
    difference: { type: Schema.Types.Mixed, default: null },
    result: { type: String, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'audit', versionKey: false, strict: 'throw' },
);

auditSchema.index({ at: -1, _id: -1 });
auditSchema.index({ object: 1, at: -1 });
auditSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
