import { Schema } from 'mongoose';
import type { RolloutOutcome } from './rollout.js';

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

/** A parameter that a run has set, with the value that the stored data model held before. */
export interface ReplacedValue {
  name: string;
  /** Null = not known, and cannot be restored; `reason` says why. Of a secret it is sealed. */
  value: string | null;
  sealed?: true;
  /** As the device reported it, else as it was set. */
  type: string;
  /** When the value was read; null = never. */
  readAt: Date | null;
  reason?: string;
}

/** What a run has replaced on its device, in the order in which it was set; what was set twice has its first value. */
export interface Replaced {
  values: ReplacedValue[];
  /** Parameters that were set beyond what a report holds. */
  omitted: number;
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
  /** What the present run has replaced, for an undo; null = nothing. */
  replaced?: Replaced | null;
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
  /** How often this run has lost its connection and gone on. */
  disconnects?: number;
  /** A group task that this device does not run, and who said so (tasks.md §7.9). */
  paused?: { user: string; at: Date } | null;
  /** How it was last counted in a rollout of its task. */
  rollout?: { id: string; wave: number; outcome: RolloutOutcome } | null;
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
    replaced: { type: Schema.Types.Mixed, default: null },
    stage: { type: String, default: null },
    blocking: { type: Boolean, default: false },
    checkpoint: { type: Schema.Types.Mixed, default: null },
    commandKey: { type: String, default: null },
    deadline: { type: Date, default: null },
    signals: { type: [Schema.Types.Mixed] as never, default: [] },
    snapshot: { type: Schema.Types.Mixed, default: null },
    restartedAt: { type: Date, default: null },
    disconnects: { type: Number },
    paused: { type: new Schema({ user: String, at: Date }, { _id: false }), default: null },
    rollout: { type: Schema.Types.Mixed, default: null },
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
// Group tasks alone, so that the runs of device tasks need not write them: counts by status, of current reports only; the
// devices on which a task is paused.
const ofGroupTasks = { partialFilterExpression: { task: { $gte: 'g:', $lt: 'g;' } } };
executionSchema.index({ task: 1, status: 1, startTime: 1, finishTime: 1 }, ofGroupTasks);
executionSchema.index({ task: 1, 'paused.at': 1, device: 1 }, ofGroupTasks);
// Order of `updatedSince` (northbound.md §6).
executionSchema.index({ lastUpdateTime: 1, task: 1, device: 1 });
executionSchema.index({ status: 1, lastUpdateTime: -1 });
// The job that ends overdue parked runs.
executionSchema.index({ deadline: 1 }, { sparse: true });
