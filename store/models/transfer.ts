import { Schema } from 'mongoose';

/** What the received file becomes. */
export interface UploadedResource {
  id: string;
  name: string;
  category: 'config' | 'config.backup' | 'device-logs';
  domain: string;
  version: string;
}

/** Made for one transfer; `MD5(user:realm:password)` serves Basic and Digest alike, so the password is not kept. */
export interface TransferCredentials {
  username: string;
  ha1: string;
}

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
  /** As the resource has it, or will have it. */
  fileName: string;
  /** How the URL ends: the file name in characters that every CPE gets right. */
  urlName: string;
  /** Upload: what the received file becomes, under an id that is reserved for it: a repeated upload cannot make two. */
  target: UploadedResource | null;
  fileType: string;
  /** Null = the URL alone opens it. */
  credentials: TransferCredentials | null;
  /** Bytes: of the whole file (download), at most accepted (upload). */
  size: number;
  /** Bytes sent or received so far. */
  bytes: number;
  /** Download: which bytes went out, as `[start, end)`; a CPE may fetch them in pieces. */
  spans: [number, number][];
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
    urlName: { type: String, default: '' },
    target: { type: Schema.Types.Mixed, default: null },
    fileType: { type: String, default: '' },
    credentials: { type: Schema.Types.Mixed, default: null },
    size: { type: Number, default: 0 },
    bytes: { type: Number, default: 0 },
    spans: { type: [[Number]], default: [] } as never,
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
transferSchema.index({ commandKey: 1, createdAt: -1 });
transferSchema.index({ device: 1, createdAt: -1 });
// Kept a month after the URL died, for the transfer history of the device.
transferSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 30 * 86_400 });
