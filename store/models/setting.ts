import { Schema } from 'mongoose';

/** A value that the installation keeps for itself: made at the first start, or changed by an administrator. */
export interface SettingRecord {
  _id: string;
  value: unknown;
  updatedAt: Date;
}

export const settingSchema = new Schema<SettingRecord>(
  {
    _id: { type: String, required: true },
    value: { type: Schema.Types.Mixed, default: null },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'settings', versionKey: false, minimize: false, strict: 'throw' },
);
