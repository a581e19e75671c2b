import type { ExecutionLogRecord } from '../../store/models/execution-log.js';
import type {
  ExecutionRecord,
  ExecutionStatus,
  RecordedFault,
  Replaced,
} from '../../store/models/execution.js';
import type { TaskRecord } from '../../store/models/task.js';
import { newId } from '../../common/ids.js';

/** A report as it is before its first run. */
export function newExecution(task: Pick<TaskRecord, '_id'>, device: string, now: Date): ExecutionRecord {
  return {
    _id: newId(now),
    task: task._id,
    device,
    status: 'NOT_STARTED',
    run: 0,
    startTime: null,
    finishTime: null,
    lastUpdateTime: now,
    summary: '',
    fault: null,
    details: [],
    replaced: null,
    restartedAt: null,
    snapshot: null,
    fence: 0,
    logged: { lines: 0, bytes: 0 },
    ...UNPARKED,
  };
}

/** The fields of a report that is not parked and waits for nothing. */
export const UNPARKED = {
  stage: null,
  blocking: false,
  checkpoint: null,
  commandKey: null,
  deadline: null,
  signals: [],
} satisfies Partial<ExecutionRecord>;

/** What a reset report has; `finishTime` is kept only where min. interval goes on counting from it. */
export function resetFields(now: Date): Partial<ExecutionRecord> {
  return {
    status: 'NOT_STARTED',
    startTime: null,
    summary: '',
    fault: null,
    details: [],
    snapshot: null,
    lastUpdateTime: now,
    ...UNPARKED,
  };
}

/** What the report of a task says that had not begun when it expired; it counts as a run, for the history. */
export function expiredFields(base: Pick<ExecutionRecord, 'run'>, now: Date) {
  return {
    status: 'ERROR',
    run: base.run + 1,
    startTime: now,
    finishTime: now,
    lastUpdateTime: now,
    summary: 'expired before it began',
    fault: null,
    details: [],
    replaced: null,
    snapshot: null,
    ...UNPARKED,
  } satisfies Partial<ExecutionRecord>;
}

export interface RunEnd {
  status: ExecutionStatus;
  summary: string;
  fault: RecordedFault | null;
  finishTime: Date;
  details: ExecutionRecord['details'];
  /** Left out = what the report has so far. */
  replaced?: Replaced;
}

const DAY = 86_400_000;

/** The line of a run in the execution history. */
export function historyRecord(
  execution: Pick<ExecutionRecord, '_id' | 'task' | 'device' | 'run' | 'startTime' | 'replaced' | 'fence'>,
  task: Pick<TaskRecord, 'type' | 'name'>,
  end: RunEnd,
  retentionDays: number,
): ExecutionLogRecord {
  return {
    _id: `${execution._id}-${execution.run}`,
    execution: execution._id,
    task: execution.task,
    device: execution.device,
    type: task.type,
    taskName: task.name,
    run: execution.run,
    startTime: execution.startTime ?? end.finishTime,
    finishTime: end.finishTime,
    status: end.status,
    summary: end.summary,
    fault: end.fault,
    details: end.details,
    replaced: end.replaced ?? execution.replaced ?? null,
    fence: execution.fence,
    expiresAt: new Date(end.finishTime.getTime() + retentionDays * DAY),
  };
}

/**
 * The CommandKey of one attempt of a run, at most 32 characters (TR-069 A6 table 29): execution id, run, attempt. Runs
 * are counted modulo 36⁴: a key of 1.7 million runs ago awaits nothing any more.
 */
export function commandKeyOf(execution: { _id: string; run: number }, attempt = 1): string {
  return `${execution._id}.${(execution.run % 36 ** 4).toString(36)}.${(attempt % 36 ** 2).toString(36)}`;
}

/** Whether a key has the shape of ours; another may come from another ACS, or be what a device made of it. */
export function isOwnCommandKey(key: string): boolean {
  return /^[0-9a-f]{24}\.[0-9a-z]{1,4}\.[0-9a-z]{1,2}$/.test(key);
}
