import { CLOCK_TOLERANCE } from '../../common/clock.js';
import type { DeviceRecord } from '../../store/models/device.js';
import type { ExecutionRecord, ExecutionStatus } from '../../store/models/execution.js';
import type { ScheduleSpan } from '../../store/models/schedule.js';
import type { TaskRecord } from '../../store/models/task.js';
import { bloodlineWinners } from './bloodline.js';
import { withAncestors } from './group-path.js';
import { gateRefusal } from './rollouts/gate.js';
import { scheduleRefusal } from './schedules/schedule.js';
import { compareTasks } from './task-order.js';
import { findTaskType } from './task-types.js';

/** Why a task would not have a turn now (tasks.md §2.5 and what stands before it). */
export const NOT_DUE_CODES = [
  'finished',
  'expired',
  'wave-not-open',
  'rollout-paused',
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
  /** The earliest time at which this reason can be gone; null or absent = not known, or never. */
  at?: Date | null;
  /** The task that holds the queue, or that overrides this one. */
  task?: string;
  /** The subgroup for which the task is paused; absent = for the device itself. */
  group?: string;
  /** Why the condition could not be evaluated, or why the schedule is unknown. */
  detail?: string;
}

/** What an execution condition says now; `unknown` = nobody has evaluated it yet. */
export type ConditionVerdict = 'met' | 'not-met' | 'unknown' | { failed: string };

export interface QueueEntry {
  /** From 1, in order of execution; null = takes no part (inactive, paused, overridden). */
  position: number | null;
  task: TaskRecord;
  /** The report; null = none was ever made. One that a rerun has outdated is shown, but counts as NOT_STARTED. */
  execution: ExecutionRecord | null;
  status: ExecutionStatus;
  /** Would have a turn now. */
  due: boolean;
  /** Parked, blocking, one-off: nothing else runs until it ends. */
  holds: boolean;
  /** Parked, and lets all others that are due run before it goes on; stands behind them. */
  yields: boolean;
  /** Null exactly when due. */
  reason: NotDue | null;
  /** Its turn would go on with a run that was started before. */
  resumes: boolean;
  /** Due, if its condition, which was not evaluated yet, is met. */
  conditionOpen: boolean;
}

export interface QueueInput {
  /** `groups`: those that the device is in directly. */
  device: Pick<DeviceRecord, '_id' | 'managed' | 'domain' | 'groups'>;
  /** Every task that may concern the device: its own, those of its groups and of all groups above them. */
  tasks: readonly TaskRecord[];
  /** The reports of the device. */
  executions: readonly ExecutionRecord[];
  /** Start of the session, or the time that a forecast is asked for. */
  at: Date;
  /** Tasks that had their turn in this session. */
  ran?: ReadonlySet<string>;
  /** Of a group: the higher number wins. */
  priorityOf?: (group: string) => number;
  /** The predefined schedules by id. */
  schedules?: ReadonlyMap<string, ScheduleSpan>;
  /** Asked last of all tests, for new runs alone. */
  condition?: (task: TaskRecord, execution: ExecutionRecord | null) => ConditionVerdict;
}

/**
 * The one order of a device's tasks and, for each, whether it would run now and if not why (tasks.md §2, §6.1). The engine
 * works this list off, the NBI serves it, the console shows it. Those that take no part stand at the end.
 */
export function queue(input: QueueInput): QueueEntry[] {
  const reports = new Map(input.executions.map((execution) => [execution.task, execution]));
  const { survivors, removed } = select(input, reports);
  const holder = survivors.find((task) => holdsQueue(task, reports.get(task._id))) ?? null;
  const yielding = new Set(survivors.filter((task) => yieldsTurn(task, reports.get(task._id))));
  const ordered = [
    ...(holder ? [holder] : []),
    ...survivors.filter((task) => task !== holder && !yielding.has(task)),
    ...yielding,
  ];

  const entries = ordered.map((task, index): QueueEntry => {
    const entry = described(task, reports.get(task._id) ?? null);
    entry.yields = yielding.has(task);
    entry.position = index + 1;
    entry.holds = task === holder;
    judge(entry, holder, input);
    return entry;
  });
  for (const { task, reason } of removed) {
    const entry = described(task, reports.get(task._id) ?? null);
    entry.reason = reason;
    entries.push(entry);
  }
  return entries;
}

/**
 * Whether a report counts: a rerun of the task for all devices, or for those that failed, outdates the reports of before
 * (tasks.md §7, last paragraph).
 */
export function isCurrent(
  task: Pick<TaskRecord, 'lastRestartTime' | 'lastFailedRestartTime'>,
  execution: Pick<ExecutionRecord, 'status' | 'startTime' | 'finishTime'>,
): boolean {
  const { status, startTime, finishTime } = execution;
  if (task.lastRestartTime && startTime && startTime < task.lastRestartTime) return false;
  const { lastFailedRestartTime: failed } = task;
  return !(failed && status === 'ERROR' && finishTime && finishTime < failed);
}

/** A one-off task parked in a blocking stage; repeating and transient ones never hold beyond their session (tasks.md §6.1). */
export function holdsQueue(task: TaskRecord, execution: ExecutionRecord | null | undefined): boolean {
  return (
    execution?.status === 'IN_PROGRESS' &&
    execution.blocking &&
    !task.automaticRestart &&
    !task.transientReport &&
    isCurrent(task, execution)
  );
}

/** A parked run that lets others go first, until it has gone on (xmltask.md §6.1); one that blocks does not. */
function yieldsTurn(task: TaskRecord, execution: ExecutionRecord | undefined): boolean {
  if (execution?.status !== 'IN_PROGRESS' || execution.blocking || task.transientReport) return false;
  return isCurrent(task, execution) && findTaskType(task.type)?.yieldsTurn?.(execution) === true;
}

export function isFinished(status: ExecutionStatus): boolean {
  return status === 'SUCCESS' || status === 'WARNING' || status === 'ERROR';
}

interface Removed {
  task: TaskRecord;
  reason: NotDue;
}

/** Candidates, filters, bloodline, order (tasks.md §2.1–2.4). */
function select(
  input: QueueInput,
  reports: ReadonlyMap<string, ExecutionRecord>,
): { survivors: TaskRecord[]; removed: Removed[] } {
  const { device, tasks, priorityOf = noPriority } = input;
  const direct = new Set(device.groups);
  const all = withAncestors(direct);
  const candidates = tasks
    .filter((task) => concerns(task, device.domain, direct, all))
    .toSorted(compareTasks);

  const removed: Removed[] = [];
  const active = candidates.filter((task) => {
    const reason = filtered(task, all, reports.get(task._id));
    if (reason) removed.push({ task, reason });
    return !reason;
  });
  const winners = bloodlineWinners(active, priorityOf);
  const survivors = active.filter((task) => {
    const winner = winners.get(task.bloodline);
    if (winner && winner !== task) removed.push({ task, reason: { code: 'overridden', task: winner._id } });
    return !winner || winner === task;
  });
  return { survivors, removed: removed.sort((a, b) => compareTasks(a.task, b.task)) };
}

/** Of the device itself, or of a group that it is in, in a domain that reaches it. */
function concerns(
  task: TaskRecord,
  domain: string,
  direct: ReadonlySet<string>,
  all: ReadonlySet<string>,
): boolean {
  if (task.group === null) return true;
  const member = task.appliesToSubgroups ? all.has(task.group) : direct.has(task.group);
  return member && domain.startsWith(task.domain);
}

function filtered(
  task: TaskRecord,
  groups: ReadonlySet<string>,
  execution: ExecutionRecord | undefined,
): NotDue | null {
  if (!task.active) return { code: 'inactive' };
  if (task.group === null) return null;
  if (execution?.paused) return { code: 'paused' };
  const group = task.pausedGroups.find((paused) => groups.has(paused));
  return group === undefined ? null : { code: 'paused', group };
}

interface Tested {
  task: TaskRecord;
  execution: ExecutionRecord | null;
  status: ExecutionStatus;
  holder: TaskRecord | null;
  input: QueueInput;
}
type Test = (tested: Tested) => NotDue | null;

/**
 * In the order of which the first that applies is the reason shown. Those of new runs do not touch a run in progress, so
 * that a transfer or a wait is never cut off by them (tasks.md §2.5). The condition comes last of all.
 */
const TESTS: readonly { test: Test; newRunsOnly?: true }[] = [
  {
    test: ({ task, execution, status }) =>
      isFinished(status) && (!repeats(task) || isOver(task, execution)) ? { code: 'finished' } : null,
    newRunsOnly: true,
  },
  { test: ({ input }) => (input.device.managed ? null : { code: 'unmanaged' }) },
  { test: ({ task, input }) => (input.ran?.has(task._id) ? { code: 'already-ran' } : null) },
  {
    test: ({ task, holder }) =>
      holder && holder !== task ? { code: 'waits-for-holder', task: holder._id } : null,
  },
  {
    test: ({ task, input }) => (task.expiry && task.expiry <= input.at ? { code: 'expired' } : null),
    newRunsOnly: true,
  },
  { test: rolloutTest, newRunsOnly: true },
  { test: scheduleTest, newRunsOnly: true },
  { test: minIntervalTest, newRunsOnly: true },
];

/** Sets whether the task would run now, and if not why. */
function judge(entry: QueueEntry, holder: TaskRecord | null, input: QueueInput): void {
  const { task, status, resumes } = entry;
  const execution = entry.execution ?? null;
  const tested: Tested = { task, execution, status, holder, input };
  for (const { test, newRunsOnly } of TESTS) {
    const reason = resumes && newRunsOnly ? null : test(tested);
    if (!reason) continue;
    entry.reason = reason;
    return;
  }
  if (!resumes && task.executionCondition !== '') {
    const verdict = input.condition?.(task, execution) ?? 'unknown';
    if (typeof verdict === 'object') entry.reason = { code: 'condition-failed', detail: verdict.failed };
    else if (verdict === 'not-met') entry.reason = { code: 'condition-not-met' };
    else entry.conditionOpen = verdict === 'unknown';
  }
  entry.due = entry.reason === null;
}

/** A run that has begun ends, whatever becomes of its wave. */
function rolloutTest({ task, input }: Tested): NotDue | null {
  const code = gateRefusal(task, input.device);
  return code && { code };
}

function scheduleTest({ task: { schedule }, input }: Tested): NotDue | null {
  if (schedule === null) return null;
  const span = 'ref' in schedule ? input.schedules?.get(schedule.ref) : schedule;
  // A schedule that nobody knows allows nothing: the task would else run at times that were never wanted.
  const unknown = 'ref' in schedule ? `There is no schedule ${schedule.ref}` : '';
  return span ? scheduleRefusal(span, input.at) : { code: 'outside-schedule', detail: unknown };
}

function minIntervalTest({ task, execution, status, input }: Tested): NotDue | null {
  const finished = execution?.finishTime;
  if (!finished || task.minInterval <= 0 || task.transientReport) return null;
  // An operator's restart or rerun clears the waiting time (tasks.md §3).
  if ([execution.restartedAt, task.lastRestartTime].some((at) => at && at >= finished)) return null;
  if (status === 'NOT_STARTED' && !isCurrent(task, execution)) return null;
  // Finished by a clock that was set back since: how long ago that is nobody knows, and the task must not wait for it.
  if (finished.getTime() - input.at.getTime() > CLOCK_TOLERANCE) return null;
  const at = new Date(finished.getTime() + task.minInterval * 1000);
  return at <= input.at ? null : { code: 'min-interval', at };
}

function repeats(task: TaskRecord): boolean {
  return task.automaticRestart || task.transientReport;
}

/** A repeating task that has come to its own end, such as a tracer after its end date (task-types.md §4.1). */
function isOver(task: TaskRecord, execution: ExecutionRecord | null): boolean {
  const ended = execution?.finishTime;
  return ended instanceof Date && findTaskType(task.type)?.over?.(task.config, ended) === true;
}

/** A transient task has no report: what an earlier definition left behind does not count (tasks.md §4.4). */
function statusOf(task: TaskRecord, execution: ExecutionRecord | null): ExecutionStatus {
  if (task.transientReport || !execution || !isCurrent(task, execution)) return 'NOT_STARTED';
  return execution.status;
}

/** An entry of which nothing is decided yet. One object without copies: a list is worked out in each session. */
function described(task: TaskRecord, execution: ExecutionRecord | null): QueueEntry {
  const status = statusOf(task, execution);
  return {
    position: null,
    task,
    execution: task.transientReport ? null : execution,
    status,
    due: false,
    holds: false,
    yields: false,
    reason: null,
    resumes: status === 'IN_PROGRESS',
    conditionOpen: false,
  };
}

const noPriority = (): number => 0;
