import { Schema, type Types } from 'mongoose';

/** A WAN address and when a device had it; one record for each change (task-types.md §6.1). */
export interface AddressUseRecord {
  _id: Types.ObjectId;
  device: string;
  address: string;
  /** The first session from it. */
  from: Date;
  /** The first session from another; null = it has it still. */
  to: Date | null;
  /** Null as long as the device has the address. */
  expiresAt: Date | null;
}

/** Shard key candidate: `{ device: 'hashed' }`. */
export const addressUseSchema = new Schema<AddressUseRecord>(
  {
    device: { type: String, required: true },
    address: { type: String, required: true },
    from: { type: Date, required: true },
    to: { type: Date, default: null },
    expiresAt: { type: Date, default: null },
  },
  { collection: 'ip_history', versionKey: false, strict: 'throw' },
);

// The addresses of a device from the newest; which device had an address at a time.
addressUseSchema.index({ device: 1, from: -1, _id: -1 });
addressUseSchema.index({ address: 1, from: -1 });
addressUseSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
