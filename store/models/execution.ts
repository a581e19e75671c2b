import { Schema } from 'mongoose';

export const EXECUTION_STATUSES = ['NOT_STARTED', 'IN_PROGRESS', 'SUCCESS', 'WARNING', 'ERROR'] as const;
export type ExecutionStatus = (typeof EXECUTION_STATUSES)[number];

/** What the CPE answered when a run failed on a fault. */
export interface RecordedFault {
  code: number;
  text: string;
  /** The RPC that was refused. */
  method: string;
  parameters: { path: string; code: number; text: string }[];
}

/** What a parked run needs to go on: small, serialisable, written before the session goes on (design). */
export interface Checkpoint {
  /** A stage of the task type: `sent`, `waiting`, `verifying` … */
  stage: string;
  /** Type-specific data. */
  state: Record<string, unknown>;
}

/** The report of one task on one device and, at once, its persistent state between sessions (tasks.md §1). */
export interface ExecutionRecord {
  /** 24 hexadecimal digits; with run and attempt behind it, it is the CommandKey. */
  _id: string;
  task: string;
  device: string;
  status: ExecutionStatus;
  /** How many runs were started; also names the present one. */
  run: number;
  startTime: Date | null;
  finishTime: Date | null;
  lastUpdateTime: Date;
  /** One line for lists; for a failure `<code> <text>`. */
  summary: string;
  fault: RecordedFault | null;
  /** Variables and results, in the order in which they were set. */
  details: { name: string; value: string }[];
  stage: string | null;
  /** True exactly while parked in a stage that forbids other tasks (tasks.md §4.2). */
  blocking: boolean;
  checkpoint: Checkpoint | null;
  /** The CommandKey whose answer the parked run awaits. */
  commandKey: string | null;
  /** When a parked run is given up, even if no session comes. */
  deadline: Date | null;
  /** What came from the CPE for the parked run and has not been handed to it yet. */
  signals: Record<string, unknown>[];
  /** The task's definition as the run started with (tasks.md §3, last paragraph). */
  snapshot: { version: number; config: Record<string, unknown> } | null;
  /** An operator's restart clears the waiting time of min. interval. */
  restartedAt: Date | null;
  /** What the present run has written to its log so far, for the limits of tasks.md §10. */
  logged?: { lines: number; bytes: number };
  /** The session fence of the last writer; an older session cannot write any more. */
  fence: number;
}

/** Shard key candidate: `{ device: 'hashed' }`. */
export const executionSchema = new Schema<ExecutionRecord>(
  {
    _id: { type: String, required: true },
    task: { type: String, required: true },
    device: { type: String, required: true },
    status: { type: String, enum: EXECUTION_STATUSES, required: true },
    run: { type: Number, default: 0 },
    startTime: { type: Date, default: null },
    finishTime: { type: Date, default: null },
    lastUpdateTime: { type: Date, required: true },
    summary: { type: String, default: '' },
    fault: { type: Schema.Types.Mixed, default: null },
    details: { type: [new Schema({ name: String, value: String }, { _id: false })], default: [] },
    stage: { type: String, default: null },
    blocking: { type: Boolean, default: false },
    checkpoint: { type: Schema.Types.Mixed, default: null },
    commandKey: { type: String, default: null },
    deadline: { type: Date, default: null },
    signals: { type: [Schema.Types.Mixed] as never, default: [] },
    snapshot: { type: Schema.Types.Mixed, default: null },
    restartedAt: { type: Date, default: null },
    logged: {
      type: new Schema({ lines: Number, bytes: Number }, { _id: false }),
      default: { lines: 0, bytes: 0 },
    },
    fence: { type: Number, default: 0 },
  },
  { collection: 'executions', versionKey: false, minimize: false, strict: 'throw' },
);

executionSchema.index({ device: 1, task: 1 }, { unique: true });
executionSchema.index({ task: 1, lastUpdateTime: 1 });
// Order of `updatedSince` (northbound.md §6).
executionSchema.index({ lastUpdateTime: 1, task: 1, device: 1 });
executionSchema.index({ status: 1, lastUpdateTime: -1 });
// The job that ends overdue parked runs.
executionSchema.index({ deadline: 1 }, { sparse: true });
