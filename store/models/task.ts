import { Schema } from 'mongoose';

export const LOG_LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'OFF'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * A task's configuration: the XML of task-types.md as data. Scalars are the attributes of `<config>`, arrays are its
 * children by element name: `<config useQuota="false"/>` is `{ useQuota: false }`,
 * `<config><param name="A" value="1"/></config>` is `{ param: [{ name: 'A', value: '1' }] }`.
 */
export type TaskConfig = Record<string, unknown>;

export interface TaskRecord {
  /** `d:<deviceId>:<suffix>`, immutable and never used again (tasks.md §1). */
  _id: string;
  /** Exactly one of the two is set. */
  device: string | null;
  group: string | null;
  /** Short name from the table of task types, without `Task`: `SetValues`. */
  type: string;
  config: TaskConfig;
  active: boolean;
  anonymous: boolean;
  name: string;
  comment: string;
  tags: string[];
  automaticRestart: boolean;
  repeatOnBootstrap: boolean;
  /** "Discard execution details": no report is kept, runs in every session (tasks.md §4.4). */
  transientReport: boolean;
  logLevel: LogLevel;
  /** Smaller runs first. */
  priority: number;
  /** Seconds between the finish of a run and the next one. */
  minInterval: number;
  domain: string;
  properties: { name: string; value: string }[];
  user: string;
  createdAt: Date;
  editedAt: Date;
  /** Grows with each edit; the ETag. */
  version: number;
}

/** Shard key candidate: `{ device: 'hashed' }`; a session reads all tasks of one device. */
export const taskSchema = new Schema<TaskRecord>(
  {
    _id: { type: String, required: true },
    device: { type: String, default: null },
    group: { type: String, default: null },
    type: { type: String, required: true },
    config: { type: Schema.Types.Mixed, required: true },
    active: { type: Boolean, default: true },
    anonymous: { type: Boolean, default: true },
    name: { type: String, default: '' },
    comment: { type: String, default: '' },
    tags: { type: [String], default: [] },
    automaticRestart: { type: Boolean, default: false },
    repeatOnBootstrap: { type: Boolean, default: false },
    transientReport: { type: Boolean, default: false },
    logLevel: { type: String, enum: LOG_LEVELS, default: 'INFO' },
    priority: { type: Number, required: true },
    minInterval: { type: Number, default: 0 },
    domain: { type: String, default: '/' },
    properties: { type: [new Schema({ name: String, value: String }, { _id: false })], default: [] },
    user: { type: String, required: true },
    createdAt: { type: Date, required: true },
    editedAt: { type: Date, required: true },
    version: { type: Number, default: 1 },
  },
  { collection: 'tasks', versionKey: false, minimize: false, strict: 'throw' },
);

// A device's tasks in their order; all tasks, newest first.
taskSchema.index({ device: 1, priority: 1, createdAt: 1, _id: 1 });
taskSchema.index({ createdAt: -1, _id: 1 });
taskSchema.index({ type: 1, createdAt: -1, _id: 1 });
// Which tasks refer to a resource, by id or name.
taskSchema.index({ 'config.resourceId': 1 }, { sparse: true });
