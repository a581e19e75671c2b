import { ProvostError } from '../../common/errors.js';
import type { RecordedFault } from '../../store/models/execution.js';

/** The run is over. */
export interface Ended {
  kind: 'ended';
  status: 'SUCCESS' | 'WARNING' | 'ERROR';
  /** One line. */
  summary: string;
  fault?: RecordedFault;
  /** The CPE must be let go: no other task in this session. */
  endSession?: boolean;
}

/** The run goes on in a later session, from this state. */
export interface Parked {
  kind: 'parked';
  stage: string;
  state: Record<string, unknown>;
  /** What is waited for, in one line. */
  summary: string;
  /** No other task may run meanwhile; ends the session (tasks.md §6.1). */
  blocking: boolean;
  commandKey: string | null;
  deadline: Date | null;
}

/** The run is over without having ended: another one begins from the top in a later session (xmltask.md §6.4). */
export interface Unfinished {
  kind: 'unfinished';
  /** NOT_STARTED: it must be due anew, min. interval included. */
  status: 'IN_PROGRESS' | 'NOT_STARTED';
  summary: string;
  endSession: boolean;
}

export type Outcome = Ended | Parked | Unfinished;

export const success = (summary = ''): Ended => ({ kind: 'ended', status: 'SUCCESS', summary });
export const warning = (summary: string): Ended => ({ kind: 'ended', status: 'WARNING', summary });
export const failure = (summary: string, fault?: RecordedFault): Ended => ({
  kind: 'ended',
  status: 'ERROR',
  summary,
  ...(fault && { fault }),
});
export const parked = (park: Omit<Parked, 'kind'>): Parked => ({ kind: 'parked', ...park });

/** Ends the run with ERROR and this text; for what is found wrong while it runs. */
export class TaskFailure extends ProvostError {
  readonly code = 'task-failed';
}
