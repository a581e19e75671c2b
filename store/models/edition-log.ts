import { Schema, type Types } from 'mongoose';

/** One change of a task's definition; kept without limit, deletions included (tasks.md §1, §10). */
export interface EditionLogRecord {
  _id: Types.ObjectId;
  at: Date;
  user: string;
  task: string;
  device: string | null;
  group: string | null;
  /** Of the definition after the change, of a deleted one before it; follows from it. Missing in what was written before it was kept. */
  domain?: string;
  kind: 'created' | 'modified' | 'deleted';
  /** The whole definition before and after; null where there is none. */
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

export const editionLogSchema = new Schema<EditionLogRecord>(
  {
    at: { type: Date, required: true },
    user: { type: String, required: true },
    task: { type: String, required: true },
    device: { type: String, default: null },
    group: { type: String, default: null },
    domain: {
      type: String,
      default(this: EditionLogRecord): string {
        const domain = (this.after ?? this.before)?.domain;
        return typeof domain === 'string' ? domain : '/';
      },
    },
    kind: { type: String, enum: ['created', 'modified', 'deleted'], required: true },
    before: { type: Schema.Types.Mixed, default: null },
    after: { type: Schema.Types.Mixed, default: null },
  },
  { collection: 'edition_logs', versionKey: false, minimize: false, strict: 'throw' },
);

editionLogSchema.index({ task: 1, at: -1, _id: -1 });
editionLogSchema.index({ group: 1, at: -1, _id: -1 });
editionLogSchema.index({ device: 1, at: -1, _id: -1 });
editionLogSchema.index({ at: -1, _id: -1 });
editionLogSchema.index({ domain: 1, at: -1, _id: -1 });
