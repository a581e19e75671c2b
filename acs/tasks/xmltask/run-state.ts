import type { TaskConfig } from '../../../store/models/task.js';
import type { RunVariable } from '../task-type.js';
import type { MachineState } from './state.js';

/** A child that is under way; plain data. */
export interface ChildState {
  type: string;
  config: TaskConfig;
  /** The configuration has expressions that are evaluated when they are read. */
  dynamic?: boolean;
  inputs: RunVariable[];
  /** Of a child that is made from a template: the values of its parameters. */
  properties?: RunVariable[] | null;
  /** See `ParentRun.replacing`. */
  replacing?: readonly string[];
  defaults: [name: string, text: string][];
  /** Milliseconds since 1970. */
  startedAt: number;
  /** Where its own checkpoint is; null = it has none yet. */
  stage: string | null;
  state: Record<string, unknown>;
  /** The first attempt that its CommandKeys name, less one, and how many it has used. */
  keyBase: number;
  keysUsed: number;
  details: { name: string; value: string }[];
  /** How it ended while no session was open: told to the workflow in the next one. */
  ended: { status: 'SUCCESS' | 'WARNING' | 'ERROR'; summary: string } | null;
}

/** The checkpoint of a workflow. */
// Not an interface: checkpoints are records, which an interface is not.
// eslint-disable-next-line @typescript-eslint/consistent-type-definitions
export type RunState = {
  machine: MachineState;
  child: ChildState | null;
  /** CommandKeys that children have used. */
  keys: number;
  /** Children so far. */
  children: number;
  /** Other due tasks run before this one when it is resumed. */
  othersFirst: boolean;
  /** Of a child that counts among the simultaneous transfers, where the quota looks for it. */
  quotaClaim?: Date;
};

export const WAITING = 'wait';
export const RUNNING = 'running';
export const CHILD = 'task';
