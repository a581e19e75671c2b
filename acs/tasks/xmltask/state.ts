import type { RecordedFault } from '../../../store/models/execution.js';
import type { Effect } from './effects.js';

/** Grows when a saved state can no longer be read by what is written here. */
export const STATE_VERSION = 1;

/** One open container. */
export interface Frame {
  /** Id of its element. */
  node: number;
  /** Which of its runnable children is next. */
  child: number;
  /** Prefix of the keys inside, with its dot; left out = that of the frame around it. */
  prefix?: string;
  /** Of a loop: its elements, as they were at its entry, and the one that runs now. */
  list?: string[];
  index?: number;
  /** Place of a limiter that is held. */
  slot?: HeldSlot;
}

export interface HeldSlot {
  domain: string;
  name: string;
  id: string;
}

export interface StoredVariable {
  name: string;
  value: string;
  /** Masked wherever people see it. */
  secret: boolean;
}

interface Queued {
  node: number;
  ignoreFaults: boolean;
}

/** A request to the device that waits to be sent; paths are full, or meanings. */
export type QueuedRequest = Queued &
  (
    | { kind: 'get'; path: string; output: string }
    | { kind: 'set'; path: string; value: string; type: string }
    | { kind: 'names'; path: string }
    | { kind: 'delete'; path: string }
    | { kind: 'attributes'; path: string; notification: number | null; accessList: string[] | null }
  );

export type RunStatus = 'SUCCESS' | 'WARNING' | 'ERROR' | 'IN_PROGRESS' | 'NOT_STARTED';

export interface Ending {
  status: RunStatus;
  summary: string;
  blocking: boolean;
  fault: RecordedFault | null;
}

/** All that an interpreter needs to go on; plain data for JSON and BSON, small. */
export interface MachineState {
  version: number;
  /** Of the document that it belongs to. */
  hash: string;
  frames: Frame[];
  variables: StoredVariable[];
  queue: QueuedRequest[];
  /** The queue is being sent. */
  flushing: boolean;
  /** What was asked for and is not answered yet; asked for again by whoever goes on from here. */
  pending: Effect | null;
  ending: Ending | null;
  /** Places of limiters taken so far, so that each has a name of its own. */
  slots: number;
}
