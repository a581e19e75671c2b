import type { ExecutionRecord, ExecutionStatus, RecordedFault } from '../../../store/models/execution.js';
import type { TaskRecord } from '../../../store/models/task.js';

/** How a run came to its end. */
export interface RunEnd {
  execution: Pick<ExecutionRecord, '_id' | 'device' | 'run' | 'startTime'>;
  status: ExecutionStatus;
  summary: string;
  fault: RecordedFault | null;
  finishTime: Date;
}

/** Is told how runs ended: rollouts count them, alerts of tasks are raised and hidden by them, callbacks are sent. */
export interface RunEnds {
  /** After the report says so; never rejects, since the run has ended whatever becomes of it. */
  ended(task: TaskRecord, end: RunEnd): Promise<void>;
}
