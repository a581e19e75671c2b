import { Schema } from 'mongoose';

/** The last time that a rule failed on a device. */
export interface RuleFailure {
  at: Date;
  device: string;
  message: string;
}

/** A run of a group's rules over all members, as far as it has come. */
export interface RuleRun {
  id: string;
  state: 'running' | 'finished' | 'failed' | 'cancelled';
  user: string;
  startedAt: Date;
  finishedAt: Date | null;
  /** Members when it began. */
  total: number;
  done: number;
  /** Devices whose groups changed. */
  moved: number;
  /** Devices on which a rule failed. */
  failed: number;
  /** The last device that was done; those behind it are still to come. */
  cursor: string;
  /** Who works on it, and until when it must be heard of. */
  server: string;
  aliveUntil: Date;
  message: string;
}

/** A migration rule of a group (groups-profiles.md §4). */
export interface MigrationRuleRecord {
  _id: string;
  /** The source group. */
  group: string;
  active: boolean;
  /** An expression, or `1`. */
  condition: string;
  /** Text with expressions; behind `~` a pattern over the names of existing groups. */
  destination: string;
  /** Members for whom the condition holds leave the source group. */
  remove: boolean;
  /** Also for devices in groups below the source group. */
  subgroups: boolean;
  notes: string;
  createdAt: Date;
  createdBy: string;
  editedAt: Date;
  editedBy: string;
  failures: number;
  lastFailure: RuleFailure | null;
  run: RuleRun | null;
  /** Grows with each edit; the ETag. */
  version: number;
}

const failure = new Schema<RuleFailure>({ at: Date, device: String, message: String }, { _id: false });
const run = new Schema<RuleRun>(
  {
    id: String,
    state: String,
    user: String,
    startedAt: Date,
    finishedAt: Date,
    total: Number,
    done: Number,
    moved: Number,
    failed: Number,
    cursor: String,
    server: String,
    aliveUntil: Date,
    message: String,
  },
  { _id: false },
);

/** Shard key candidate: none; read whole together with the groups. */
export const migrationRuleSchema = new Schema<MigrationRuleRecord>(
  {
    _id: { type: String, required: true },
    group: { type: String, required: true },
    active: { type: Boolean, default: true },
    condition: { type: String, required: true },
    destination: { type: String, required: true },
    remove: { type: Boolean, default: false },
    subgroups: { type: Boolean, default: false },
    notes: { type: String, default: '' },
    createdAt: { type: Date, required: true },
    createdBy: { type: String, required: true },
    editedAt: { type: Date, required: true },
    editedBy: { type: String, required: true },
    failures: { type: Number, default: 0 },
    lastFailure: { type: failure, default: null },
    run: { type: run, default: null },
    version: { type: Number, default: 1 },
  },
  { collection: 'migration_rules', versionKey: false, strict: 'throw', suppressReservedKeysWarning: true },
);

migrationRuleSchema.index({ group: 1, _id: 1 });
migrationRuleSchema.index({ 'run.state': 1 }, { sparse: true });
