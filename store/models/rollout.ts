import { Schema } from 'mongoose';

/** Which devices of the group a wave lets in, besides those of the waves before it. */
export type Wave =
  /** A share of all devices of the group. */
  | { kind: 'percent'; percent: number }
  /** So many devices. */
  | { kind: 'count'; devices: number }
  /** The members of a group below that of the task, subgroups included. */
  | { kind: 'group'; group: string }
  /** All that are left, and those that join later; the last wave. */
  | { kind: 'rest' };

/** Pauses the rollout when the share of a bad outcome among the last results reaches a limit. */
export interface StopRule {
  on: 'errors' | 'no-answer';
  /** Met when the share is this or more. */
  percent: number;
  /** Results that are looked at, the newest ones. */
  last: number;
  /** With fewer results the rule says nothing. */
  minimum: number;
}

/** How a group task reaches its devices little by little (docs/rollouts.md). */
export interface RolloutDefinition {
  waves: Wave[];
  /** Seconds that a wave is open before the next one may open. */
  soak: number;
  /** By itself when the rules hold, or by an operator alone. */
  advance: 'automatic' | 'manual';
  /** Percent of a wave's devices that must have a result before the next wave opens by itself. */
  minEnded: number;
  /** Percent of a wave's results that must be good (SUCCESS or WARNING) for the same. */
  minSuccess: number;
  /** Seconds after which a run that has begun and not ended counts as "no answer". */
  noAnswerAfter: number;
  stopRules: StopRule[];
}

/** A wave from its opening on; frozen. */
export interface OpenedWave {
  wave: Wave;
  /** Devices whose position is below it are in this wave or one before (`acs/tasks/rollouts/position.ts`). */
  below: number;
  /** Devices that it let in when it opened. */
  devices: number;
  at: Date;
  /** Login of who opened it; `system` = the rules. */
  by: string;
}

/** A stop rule that was met, with its figures. */
export interface BrokenRule {
  rule: StopRule;
  hits: number;
  sample: number;
}

/** Why no device begins. */
export interface RolloutPause {
  at: Date;
  /** Login; `system` = a stop rule. */
  by: string;
  note: string;
  broken: BrokenRule | null;
}

export const ROLLOUT_STEPS = ['started', 'opened', 'opened-all', 'paused', 'stopped', 'continued'] as const;

/** What happened to a rollout. */
export interface RolloutStep {
  at: Date;
  by: string;
  what: (typeof ROLLOUT_STEPS)[number];
  /** From 1; null = of no wave. */
  wave: number | null;
  note: string;
  broken: BrokenRule | null;
}

/** How far a rollout has come; part of its task, so that sessions see a change as they see one of the task. */
export interface RolloutState {
  /** 24 hexadecimal digits; a rerun for all devices begins a new one. */
  id: string;
  /** Grows by one with each change: of several servers one makes it. */
  revision: number;
  /** Results of runs that began earlier do not count. */
  startedAt: Date;
  phase: 'running' | 'paused';
  opened: OpenedWave[];
  /** The last of `opened` took the place of all waves that were still to come. */
  all: boolean;
  pause: RolloutPause | null;
  /** Stop rules look at results after it alone: who continues past a stop begins a new sample. */
  sampledFrom: Date;
  /** The latest ones, oldest first. */
  steps: RolloutStep[];
}

export const ROLLOUT_OUTCOMES = ['SUCCESS', 'WARNING', 'ERROR', 'NO_ANSWER'] as const;
export type RolloutOutcome = (typeof ROLLOUT_OUTCOMES)[number];

/** How one run went. */
export interface RolloutResult {
  execution: string;
  device: string;
  /** Index of its wave. */
  wave: number;
  outcome: RolloutOutcome;
  at: Date;
}

/** Devices of a wave by their latest outcome; what is not there is 0. */
export type WaveFigures = Partial<Record<RolloutOutcome, number>>;

/** What the runs of a rollout came to. Apart from the task, since it changes with each of them. */
export interface RolloutRecord {
  /** The task's id. */
  _id: string;
  /** `RolloutState.id` of the rollout that it counts for. */
  rollout: string;
  /** By `w<index>`. */
  waves: Record<string, WaveFigures>;
  /** A ring of the latest ones, oldest first; a device that answered late is in it twice. */
  results: RolloutResult[];
}

/** Shard key candidate: `{ _id: 'hashed' }`. */
export const rolloutSchema = new Schema<RolloutRecord>(
  {
    _id: { type: String, required: true },
    rollout: { type: String, required: true },
    waves: { type: Schema.Types.Mixed, default: {} },
    results: { type: [Schema.Types.Mixed] as never, default: [] },
  },
  { collection: 'rollouts', versionKey: false, minimize: false, strict: 'throw' },
);
