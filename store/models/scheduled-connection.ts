import { Schema } from 'mongoose';

/** A time at which a device is asked to call in (devices.md §10); removed when it was asked. */
export interface ScheduledConnectionRecord {
  _id: string;
  device: string;
  /** Moves on while the device is in a session. */
  at: Date;
  /** The login, or the task, that wants it. */
  by: string;
  createdAt: Date;
  /** How often the device was found in a session. */
  tries: number;
  /** Until then the server that asks has it for itself; later another one takes over. */
  claimedUntil: Date | null;
  version: number;
}

export const scheduledConnectionSchema = new Schema<ScheduledConnectionRecord>(
  {
    _id: { type: String, required: true },
    device: { type: String, required: true },
    at: { type: Date, required: true },
    by: { type: String, required: true },
    createdAt: { type: Date, required: true },
    tries: { type: Number, default: 0 },
    claimedUntil: { type: Date, default: null },
    version: { type: Number, default: 1 },
  },
  { collection: 'scheduled_connections', versionKey: false, strict: 'throw' },
);

scheduledConnectionSchema.index({ device: 1, at: 1, _id: 1 });
// Those that are due.
scheduledConnectionSchema.index({ at: 1 });
