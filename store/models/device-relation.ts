import { Schema } from 'mongoose';

/** A rule that relates devices, and what came of it for one of them (xmltask.md §5 deviceRelation). */
export interface DeviceRelationRecord {
  /** Name and device, joined by a line feed; a rule itself has no device. */
  _id: string;
  name: string;
  /** Null = the rule. */
  device: string | null;
  /** The device that this one leads to; of a rule, the expression. */
  target: string;
  /** Of a rule. */
  condition: string;
  task: string;
  changedAt: Date;
}

/** Shard key candidate: `{ device: 'hashed' }`. */
export const deviceRelationSchema = new Schema<DeviceRelationRecord>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    device: { type: String, default: null },
    target: { type: String, required: true },
    condition: { type: String, default: '' },
    task: { type: String, default: '' },
    changedAt: { type: Date, required: true },
  },
  { collection: 'device_relations', versionKey: false, strict: 'throw' },
);

deviceRelationSchema.index({ device: 1, name: 1 });
deviceRelationSchema.index({ target: 1, name: 1 });
