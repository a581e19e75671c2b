import type { DeviceRecord } from '../../store/models/device.js';
import type { ExecutionRecord, ExecutionStatus } from '../../store/models/execution.js';
import type { TaskRecord } from '../../store/models/task.js';

/** Why a task would not have a turn now (tasks.md §2.5 and what stands before it). */
export const NOT_DUE_CODES = [
  'finished',
  'not-yet',
  'schedule-ended',
  'outside-schedule',
  'min-interval',
  'condition-not-met',
  'condition-failed',
  'inactive',
  'overridden',
  'paused',
  'waits-for-holder',
  'unmanaged',
  'already-ran',
] as const;
export type NotDueCode = (typeof NOT_DUE_CODES)[number];

export interface NotDue {
  code: NotDueCode;
  /** The earliest time at which this reason can be gone. */
  at?: Date;
  /** The task that holds the queue. */
  holder?: string;
}

export interface QueueEntry {
  /** From 1, in order of execution; null = takes no part (inactive). */
  position: number | null;
  task: TaskRecord;
  /** The report; null = never started. */
  execution: ExecutionRecord | null;
  status: ExecutionStatus;
  /** Would have a turn now. */
  due: boolean;
  /** Parked, blocking, one-off: nothing else runs until it ends. */
  holds: boolean;
  /** Null exactly when due. */
  reason: NotDue | null;
  /** Its turn would go on with a run that was started before. */
  resumes: boolean;
}

export interface QueueInput {
  device: Pick<DeviceRecord, 'managed'>;
  /** Every task that may concern the device. */
  tasks: readonly TaskRecord[];
  /** The reports of the device. */
  executions: readonly ExecutionRecord[];
  /** Start of the session, or the time that a forecast is asked for. */
  at: Date;
  /** Tasks that had their turn in this session. */
  ran?: ReadonlySet<string>;
}

/**
 * The one order of a device's tasks and, for each, whether it would run now and if not why (tasks.md §2.4, §2.5, §6.1).
 * The engine works this list off, the NBI serves it, the console shows it. Inactive tasks stand at the end.
 */
export function queue(input: QueueInput): QueueEntry[] {
  const reports = new Map(input.executions.map((execution) => [execution.task, execution]));
  const sorted = input.tasks.toSorted(compareTasks);
  const active = sorted.filter((task) => task.active);
  const holder = active.find((task) => holdsQueue(task, reports.get(task._id)));
  const ordered = holder ? [holder, ...active.filter((task) => task !== holder)] : active;

  const entries = ordered.map((task, index): QueueEntry => {
    const execution = reports.get(task._id) ?? null;
    const reason = notDue({ task, execution, holder: holder ?? null, input });
    return {
      ...described(task, execution),
      position: index + 1,
      due: !reason,
      holds: task === holder,
      reason,
    };
  });
  const inactive = sorted
    .filter((task) => !task.active)
    .map((task): QueueEntry => ({
      ...described(task, reports.get(task._id) ?? null),
      position: null,
      due: false,
      holds: false,
      reason: { code: 'inactive' },
    }));
  return [...entries, ...inactive];
}

/** Priority, then creation time, then id; total over different ids (tasks.md §2.4). */
export function compareTasks(
  a: Pick<TaskRecord, '_id' | 'priority' | 'createdAt'>,
  b: Pick<TaskRecord, '_id' | 'priority' | 'createdAt'>,
): number {
  return (
    a.priority - b.priority || a.createdAt.getTime() - b.createdAt.getTime() || compareTaskIds(a._id, b._id)
  );
}

/** Ids by code unit, their suffixes as numbers where both are numbers: `d:X:9` before `d:X:10`. */
export function compareTaskIds(a: string, b: string): number {
  const [aTarget, aSuffix] = splitSuffix(a);
  const [bTarget, bSuffix] = splitSuffix(b);
  const aNumber = COUNTER.test(aSuffix);
  const bNumber = COUNTER.test(bSuffix);
  return (
    compareText(aTarget, bTarget) ||
    // Numbers stand before names, so that the order is total over both.
    Number(bNumber) - Number(aNumber) ||
    (aNumber && bNumber ? aSuffix.length - bSuffix.length : 0) ||
    compareText(aSuffix, bSuffix)
  );
}

/** A one-off task parked in a blocking stage; repeating and transient ones never hold beyond their session (tasks.md §6.1). */
export function holdsQueue(task: TaskRecord, execution: ExecutionRecord | null | undefined): boolean {
  return (
    execution?.status === 'IN_PROGRESS' &&
    execution.blocking &&
    !task.automaticRestart &&
    !task.transientReport
  );
}

export function isFinished(status: ExecutionStatus): boolean {
  return status === 'SUCCESS' || status === 'WARNING' || status === 'ERROR';
}

interface Tested {
  task: TaskRecord;
  execution: ExecutionRecord | null;
  holder: TaskRecord | null;
  input: QueueInput;
}
type Test = (tested: Tested) => NotDue | null;

/**
 * In the order of which the first that applies is the reason shown. Those of new runs do not touch a run in progress, so
 * that a transfer or a wait is never cut off by them (tasks.md §2.5).
 */
const TESTS: readonly { test: Test; newRunsOnly?: true }[] = [
  {
    test: ({ task, execution }) =>
      execution && isFinished(execution.status) && !repeats(task) ? { code: 'finished' } : null,
    newRunsOnly: true,
  },
  { test: ({ input }) => (input.device.managed ? null : { code: 'unmanaged' }) },
  { test: ({ task, input }) => (input.ran?.has(task._id) ? { code: 'already-ran' } : null) },
  {
    test: ({ task, holder }) =>
      holder && holder !== task ? { code: 'waits-for-holder', holder: holder._id } : null,
  },
  { test: minIntervalTest, newRunsOnly: true },
];

function notDue(tested: Tested): NotDue | null {
  const resumes = statusOf(tested.task, tested.execution) === 'IN_PROGRESS';
  for (const { test, newRunsOnly } of TESTS) {
    const reason = resumes && newRunsOnly ? null : test(tested);
    if (reason) return reason;
  }
  return null;
}

function minIntervalTest({ task, execution, input }: Tested): NotDue | null {
  const finished = execution?.finishTime;
  if (!finished || task.minInterval <= 0 || task.transientReport) return null;
  if (execution.restartedAt && execution.restartedAt >= finished) return null;
  const at = new Date(finished.getTime() + task.minInterval * 1000);
  return at <= input.at ? null : { code: 'min-interval', at };
}

function repeats(task: TaskRecord): boolean {
  return task.automaticRestart || task.transientReport;
}

/** A transient task has no report: what an earlier definition left behind does not count (tasks.md §4.4). */
function statusOf(task: TaskRecord, execution: ExecutionRecord | null): ExecutionStatus {
  return task.transientReport ? 'NOT_STARTED' : (execution?.status ?? 'NOT_STARTED');
}

function described(
  task: TaskRecord,
  execution: ExecutionRecord | null,
): Pick<QueueEntry, 'task' | 'execution' | 'status' | 'resumes'> {
  const status = statusOf(task, execution);
  return {
    task,
    execution: task.transientReport ? null : execution,
    status,
    resumes: status === 'IN_PROGRESS',
  };
}

const COUNTER = /^(0|[1-9]\d*)$/;

function splitSuffix(id: string): [target: string, suffix: string] {
  const colon = id.lastIndexOf(':');
  return [id.slice(0, colon + 1), id.slice(colon + 1)];
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
