import { Schema, type Types } from 'mongoose';

/** A value that a parameter of a device had at a time (task-types.md §4.1, xmltask.md `store` of type history). */
export interface ValueSampleRecord {
  _id: Types.ObjectId;
  device: string;
  /** The alias that it is traced by, or the path of the parameter. */
  name: string;
  at: Date;
  value: string;
  expiresAt: Date;
}

/** Shard key candidate: `{ device: 'hashed' }`. */
export const valueSampleSchema = new Schema<ValueSampleRecord>(
  {
    device: { type: String, required: true },
    name: { type: String, required: true },
    at: { type: Date, required: true },
    value: { type: String, default: '' },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'value_history', versionKey: false, strict: 'throw' },
);

// The chart of one name, and its newest sample; all of a device from the newest.
valueSampleSchema.index({ device: 1, name: 1, at: -1, _id: -1 });
valueSampleSchema.index({ device: 1, at: -1, _id: -1 });
valueSampleSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
