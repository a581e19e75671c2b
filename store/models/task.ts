import { Schema } from 'mongoose';
import type { RolloutDefinition, RolloutState } from './rollout.js';
import type { ScheduleSpan } from './schedule.js';

export const LOG_LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'OFF'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * A task's configuration: the XML of task-types.md as data. Scalars are the attributes of `<config>`, arrays are its
 * children by element name: `<config useQuota="false"/>` is `{ useQuota: false }`,
 * `<config><param name="A" value="1"/></config>` is `{ param: [{ name: 'A', value: '1' }] }`.
 */
export type TaskConfig = Record<string, unknown>;

/** When a task may begin: a predefined schedule, or one of its own; null = always (tasks.md §5). */
export type TaskSchedule = { ref: string } | ScheduleSpan | null;

/** A text that belongs to a task; read as `task.property.<name>` (tasks.md §1). */
export interface TaskProperty {
  name: string;
  /** A secret's is sealed (`common/secret-box.ts`). */
  value: string;
  /** From a secret parameter of a template: shown to nobody. */
  secret?: boolean | undefined;
  /** The value is an expression, evaluated at each device's execution (templates-quickfixes.md §2). */
  expression?: boolean | undefined;
}

/** What is raised on a device when the task ends badly there, and hidden when it ends with SUCCESS (tasks.md §3). */
export interface TaskAlert {
  /** Names it together with the device. */
  type: string;
  /** Empty = made from the type of the task. */
  caption: string;
  /** DEBUG 0, INFO 500, WARN 1000, ERROR 2000. */
  severity: number;
  /** The mildest end that raises it. */
  on: 'ERROR' | 'WARNING';
}

export interface TaskRecord {
  /** `d:<deviceId>:<suffix>` or `g:<group>:<suffix>`, immutable and never used again (tasks.md §1). */
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
  /** Group tasks: indirect members run it too (tasks.md §2.1). */
  appliesToSubgroups: boolean;
  /** Of the tasks with the same one only one runs on a device (tasks.md §2.3); empty = none. */
  bloodline: string;
  schedule: TaskSchedule;
  /** Devices are asked to call in at the first allowed slot (tasks.md §5.3). */
  scheduleConnection: boolean;
  /** Boolean expression that must be true for a run to begin; empty = none. */
  executionCondition: string;
  /** No run begins after it; null = never expires. */
  expiry: Date | null;
  automaticRestart: boolean;
  repeatOnBootstrap: boolean;
  /** "Discard execution details": no report is kept, runs in every session (tasks.md §4.4). */
  transientReport: boolean;
  logLevel: LogLevel;
  /** Smaller runs first. */
  priority: number;
  /** Seconds between the finish of a run and the next one. */
  minInterval: number;
  /** How often a run that lost its connection goes on in a later session before it ends with ERROR (tasks.md §6.3). */
  resumeAfterDisconnect: number;
  domain: string;
  properties: TaskProperty[];
  alerts: TaskAlert[];
  /** Group tasks: in which waves it reaches its devices; null = all at once. */
  rollout: RolloutDefinition | null;
  /** Set exactly when `rollout` is. */
  rolloutState: RolloutState | null;
  user: string;
  createdAt: Date;
  editedAt: Date;
  /** Group tasks: reports of runs that began earlier count as NOT_STARTED (tasks.md §7.7). */
  lastRestartTime: Date | null;
  /** Group tasks: reports with ERROR that ended earlier count as NOT_STARTED (tasks.md §7.8). */
  lastFailedRestartTime: Date | null;
  /** Subgroups whose members do not run it (tasks.md §7.9); single devices are paused in their reports. */
  pausedGroups: string[];
  /** On how many devices it has run, as last counted on demand (tasks.md §7.15). */
  deviceCount: { count: number; at: Date } | null;
  /** The template that it was made from. */
  template: string | null;
  /** Made by the server itself. */
  system: boolean;
  /** Grows with each edit; the ETag. */
  version: number;
}

/** What a task has that was stored before these fields were known. */
export const TASK_DEFAULTS = {
  appliesToSubgroups: false,
  bloodline: '',
  schedule: null,
  scheduleConnection: false,
  executionCondition: '',
  expiry: null,
  resumeAfterDisconnect: 0,
  rollout: null,
  rolloutState: null,
  lastRestartTime: null,
  lastFailedRestartTime: null,
  alerts: [],
  pausedGroups: [],
  deviceCount: null,
  template: null,
  system: false,
} as const satisfies Partial<Record<keyof TaskRecord, unknown>>;

/** A task as the rest of the program sees it, whenever it was stored. */
export function fromStoredTask(stored: TaskRecord): TaskRecord {
  const { pausedGroups = [], alerts = [] } = stored as Partial<TaskRecord>;
  return { ...TASK_DEFAULTS, ...stored, pausedGroups, alerts };
}

const property = new Schema<TaskProperty>(
  { name: String, value: String, secret: Boolean, expression: Boolean },
  { _id: false },
);

const alert = new Schema<TaskAlert>(
  // `type` is a word of mongoose's own.
  { type: { type: String }, caption: String, severity: Number, on: String },
  { _id: false },
);

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
    appliesToSubgroups: { type: Boolean, default: false },
    bloodline: { type: String, default: '' },
    schedule: { type: Schema.Types.Mixed, default: null },
    scheduleConnection: { type: Boolean, default: false },
    executionCondition: { type: String, default: '' },
    expiry: { type: Date, default: null },
    automaticRestart: { type: Boolean, default: false },
    repeatOnBootstrap: { type: Boolean, default: false },
    transientReport: { type: Boolean, default: false },
    logLevel: { type: String, enum: LOG_LEVELS, default: 'INFO' },
    priority: { type: Number, required: true },
    minInterval: { type: Number, default: 0 },
    resumeAfterDisconnect: { type: Number, default: 0 },
    domain: { type: String, default: '/' },
    properties: { type: [property], default: [] },
    alerts: { type: [alert], default: [] },
    rollout: { type: Schema.Types.Mixed, default: null },
    rolloutState: { type: Schema.Types.Mixed, default: null },
    user: { type: String, required: true },
    createdAt: { type: Date, required: true },
    editedAt: { type: Date, required: true },
    lastRestartTime: { type: Date, default: null },
    lastFailedRestartTime: { type: Date, default: null },
    pausedGroups: { type: [String], default: [] },
    deviceCount: { type: new Schema({ count: Number, at: Date }, { _id: false }), default: null },
    template: { type: String, default: null },
    system: { type: Boolean, default: false },
    version: { type: Number, default: 1 },
  },
  { collection: 'tasks', versionKey: false, minimize: false, strict: 'throw' },
);

// A device's tasks in their order; all tasks, newest first.
taskSchema.index({ device: 1, priority: 1, createdAt: 1, _id: 1 });
// A group's tasks in their order.
taskSchema.index({ group: 1, priority: 1, createdAt: 1, _id: 1 });
taskSchema.index({ createdAt: -1, _id: 1 });
taskSchema.index({ type: 1, createdAt: -1, _id: 1 });
// Which tasks use a predefined schedule, expire, want their devices called, or open waves.
taskSchema.index({ 'schedule.ref': 1 }, { sparse: true });
taskSchema.index({ expiry: 1 });
taskSchema.index({ 'rolloutState.phase': 1 }, { sparse: true });
taskSchema.index({ scheduleConnection: 1 }, { partialFilterExpression: { scheduleConnection: true } });
// Which tasks refer to a resource, by id or name.
taskSchema.index({ 'config.resourceId': 1 }, { sparse: true });
