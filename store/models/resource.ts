import { Schema, type Types } from 'mongoose';

export const RESOURCE_CATEGORIES = [
  'config',
  'config.backup',
  'device-logs',
  'firmware',
  'image',
  'static-documentation',
] as const;
export type ResourceCategory = (typeof RESOURCE_CATEGORIES)[number];

/** A file for CPEs or from them (administration.md §10); its bytes lie in GridFS. */
export interface ResourceRecord {
  _id: string;
  /** Unique in the domain. */
  name: string;
  /** As the CPE shall see it. */
  fileName: string;
  /** TR-069 file type, `1 Firmware Upgrade Image` …, vendor types `X …`, or empty. */
  fileType: string;
  category: ResourceCategory;
  /** Firmware: the software version that the CPE reports afterwards; a backup: the version it was made with. */
  version: string;
  /** Model names or product classes that the file fits; empty = not offered anywhere but in the administration. */
  models: string[];
  description: string;
  domain: string;
  /** Bytes. */
  size: number;
  /** Hexadecimal. */
  sha256: string;
  contentType: string;
  /** For uploads: the device it came from, and the task and execution that ordered it. */
  device: string | null;
  task: string | null;
  execution: string | null;
  user: string;
  createdAt: Date;
  /** Grows with each edit; the ETag. */
  revision: number;
  /** The GridFS file in bucket `files`. */
  file: Types.ObjectId;
}

export const resourceSchema = new Schema<ResourceRecord>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    fileName: { type: String, required: true },
    fileType: { type: String, default: '' },
    category: { type: String, enum: RESOURCE_CATEGORIES, required: true },
    version: { type: String, default: '' },
    models: { type: [String], default: [] },
    description: { type: String, default: '' },
    domain: { type: String, default: '/' },
    size: { type: Number, required: true },
    sha256: { type: String, required: true },
    contentType: { type: String, default: 'application/octet-stream' },
    device: { type: String, default: null },
    task: { type: String, default: null },
    execution: { type: String, default: null },
    user: { type: String, default: '' },
    createdAt: { type: Date, required: true },
    revision: { type: Number, default: 1 },
    file: { type: Schema.Types.ObjectId, required: true },
  },
  { collection: 'resources', versionKey: false, strict: 'throw' },
);

resourceSchema.index({ domain: 1, name: 1 }, { unique: true });
resourceSchema.index({ createdAt: -1, _id: -1 });
resourceSchema.index({ category: 1, createdAt: -1, _id: -1 });
resourceSchema.index({ device: 1, category: 1, createdAt: -1 });
resourceSchema.index({ name: 1, _id: 1 });
resourceSchema.index({ size: 1, _id: 1 });
