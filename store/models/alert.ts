import { Schema } from 'mongoose';

/** One alert of a device or group, keyed by target and type (xmltask.md §5). */
export interface AlertRecord {
  /** The kind of the target, the target and the type, joined by `|`; the type may have more of them. */
  _id: string;
  targetKind: 'device' | 'group';
  target: string;
  type: string;
  caption: string;
  description: string;
  raised: boolean;
  /** DEBUG 0, INFO 500, WARN 1000, ERROR 2000. */
  severity: number;
  domain: string;
  /** Who changed it last. */
  task: string;
  device: string;
  /** Since when it is raised; null = it is hidden. */
  raisedAt: Date | null;
  changedAt: Date;
}

/** Shard key candidate: `{ target: 'hashed' }`. */
export const alertSchema = new Schema<AlertRecord>(
  {
    _id: { type: String, required: true },
    targetKind: { type: String, enum: ['device', 'group'], required: true },
    target: { type: String, required: true },
    type: { type: String, required: true },
    caption: { type: String, default: '' },
    description: { type: String, default: '' },
    raised: { type: Boolean, required: true },
    severity: { type: Number, required: true },
    domain: { type: String, default: '/' },
    task: { type: String, default: '' },
    device: { type: String, default: '' },
    raisedAt: { type: Date, default: null },
    changedAt: { type: Date, required: true },
  },
  { collection: 'alerts', versionKey: false, strict: 'throw' },
);

alertSchema.index({ target: 1, raised: 1, severity: -1, _id: 1 });
// When a task is deleted, what it has raised is hidden.
alertSchema.index({ task: 1, type: 1 });
alertSchema.index({ raised: 1, severity: -1, changedAt: -1, _id: 1 });
