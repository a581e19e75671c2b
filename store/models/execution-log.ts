import { Schema } from 'mongoose';
import type { ExecutionStatus, RecordedFault, Replaced } from './execution.js';

/** One finished, cut-off or running run of a task on a device; a restart overwrites the report, never this (tasks.md §1). */
export interface ExecutionLogRecord {
  /** `<executionId>-<run>`. */
  _id: string;
  execution: string;
  task: string;
  device: string;
  type: string;
  taskName: string;
  run: number;
  startTime: Date;
  finishTime: Date;
  status: ExecutionStatus;
  summary: string;
  fault: RecordedFault | null;
  details: { name: string; value: string }[];
  /** What the run has replaced, for an undo; null or missing = nothing. */
  replaced?: Replaced | null;
  /** The session fence of its writer: an older session does not write over what a newer one has said. */
  fence?: number;
  expiresAt: Date;
}

export const executionLogSchema = new Schema<ExecutionLogRecord>(
  {
    _id: { type: String, required: true },
    execution: { type: String, required: true },
    task: { type: String, required: true },
    device: { type: String, required: true },
    type: { type: String, required: true },
    taskName: { type: String, default: '' },
    run: { type: Number, required: true },
    startTime: { type: Date, required: true },
    finishTime: { type: Date, required: true },
    status: { type: String, required: true },
    summary: { type: String, default: '' },
    fault: { type: Schema.Types.Mixed, default: null },
    details: { type: [new Schema({ name: String, value: String }, { _id: false })], default: [] },
    replaced: { type: Schema.Types.Mixed, default: null },
    fence: { type: Number },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'execution_logs', versionKey: false, strict: 'throw' },
);

executionLogSchema.index({ task: 1, startTime: -1, _id: -1 });
executionLogSchema.index({ device: 1, startTime: -1, _id: -1 });
executionLogSchema.index({ startTime: -1, _id: -1 });
executionLogSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
