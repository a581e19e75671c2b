import { Schema, type Types } from 'mongoose';
import type { LogLevel } from './task.js';

/** One line that a task wrote while it ran on a device. */
export interface LogLineRecord {
  _id: Types.ObjectId;
  execution: string;
  task: string;
  device: string;
  run: number;
  /** Counts the lines of a run from 1; keeps the order of lines of the same millisecond. */
  line: number;
  at: Date;
  level: Exclude<LogLevel, 'OFF'>;
  text: string;
  expiresAt: Date;
}

export const logLineSchema = new Schema<LogLineRecord>(
  {
    execution: { type: String, required: true },
    task: { type: String, required: true },
    device: { type: String, required: true },
    run: { type: Number, required: true },
    line: { type: Number, required: true },
    at: { type: Date, required: true },
    level: { type: String, required: true },
    text: { type: String, default: '' },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'log_lines', versionKey: false, strict: 'throw' },
);

logLineSchema.index({ execution: 1, run: 1, line: 1 });
logLineSchema.index({ device: 1, at: -1 });
logLineSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
