import { Schema } from 'mongoose';

/** The answer to a POST with an `Idempotency-Key`, kept 24 hours (northbound.md §1). */
export interface IdempotencyRecord {
  /** `<user> <key>`. */
  _id: string;
  /** SHA-256 of method, path and body. */
  request: string;
  /** Null while the first request is still being worked on. */
  status: number | null;
  headers: Record<string, string>;
  body: string;
  expiresAt: Date;
}

export const idempotencySchema = new Schema<IdempotencyRecord>(
  {
    _id: { type: String, required: true },
    request: { type: String, required: true },
    status: { type: Number, default: null },
    headers: { type: Schema.Types.Mixed, default: {} },
    body: { type: String, default: '' },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'idempotency', versionKey: false, minimize: false, strict: 'throw' },
);

idempotencySchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
