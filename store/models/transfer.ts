import { Schema } from 'mongoose';

/** One ordered transfer between a CPE and the file server, reached by its one-time URL. */
export interface TransferRecord {
  /** SHA-256 of the token in the URL, hexadecimal: the URL cannot be made from the database. */
  _id: string;
  kind: 'download' | 'upload';
  device: string;
  task: string;
  execution: string;
  commandKey: string;
  /** What is served (download), or what came (upload), once it did. */
  resource: string | null;
  fileName: string;
  /** Upload: what the received file becomes. */
  category: string | null;
  fileType: string;
  /** Bytes: of the whole file (download), at most accepted (upload). */
  size: number;
  /** Bytes sent or received so far. */
  bytes: number;
  requests: number;
  /** HTTP status of the last request; null = the CPE never asked. */
  status: number | null;
  firstRequestAt: Date | null;
  completedAt: Date | null;
  createdAt: Date;
  /** The URL answers no more after this. */
  expiresAt: Date;
}

export const transferSchema = new Schema<TransferRecord>(
  {
    _id: { type: String, required: true },
    kind: { type: String, enum: ['download', 'upload'], required: true },
    device: { type: String, required: true },
    task: { type: String, required: true },
    execution: { type: String, required: true },
    commandKey: { type: String, required: true },
    resource: { type: String, default: null },
    fileName: { type: String, default: '' },
    category: { type: String, default: null },
    fileType: { type: String, default: '' },
    size: { type: Number, default: 0 },
    bytes: { type: Number, default: 0 },
    requests: { type: Number, default: 0 },
    status: { type: Number, default: null },
    firstRequestAt: { type: Date, default: null },
    completedAt: { type: Date, default: null },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'transfers', versionKey: false, strict: 'throw' },
);

transferSchema.index({ execution: 1, createdAt: -1 });
transferSchema.index({ device: 1, createdAt: -1 });
// Kept a month after the URL died, for the transfer history of the device.
transferSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 30 * 86_400 });
