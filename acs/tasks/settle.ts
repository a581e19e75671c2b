import { plainConfig } from './config-expressions.js';
import type { ExecutionRecord } from '../../store/models/execution.js';
import type { TaskRecord } from '../../store/models/task.js';
import { isOwnCommandKey } from './execution-record.js';
import { findTaskType } from './task-types.js';

/** Which parked run a TransferComplete belongs to, and whether its CommandKey said so. */
export type TransferMatch =
  { kind: 'matched'; execution: ExecutionRecord; keyed: boolean } | { kind: 'unmatched'; reason: string };

/**
 * Matches by CommandKey. A key that was lost or changed on the way belongs to the only pending transfer (cpe-quirks.md row
 * 59); one of ours that is awaited no more (abandoned by a restart, or told twice) belongs to none.
 */
export function matchTransfer(
  commandKey: string,
  executions: readonly ExecutionRecord[],
  tasks: readonly TaskRecord[],
): TransferMatch {
  const pending = pendingTransfers(executions, tasks);
  const named = pending.find((execution) => execution.commandKey === commandKey && commandKey !== '');
  if (named)
    return hasCompleted(named)
      ? { kind: 'unmatched', reason: 'it was reported before' }
      : { kind: 'matched', execution: named, keyed: true };
  if (isOwnCommandKey(commandKey)) return { kind: 'unmatched', reason: 'this transfer is awaited no more' };
  const open = pending.filter((execution) => !hasCompleted(execution));
  const [only] = open;
  if (only && open.length === 1) return { kind: 'matched', execution: only, keyed: false };
  return {
    kind: 'unmatched',
    reason: open.length === 0 ? 'no transfer is pending' : `${open.length} transfers are pending`,
  };
}

/** Runs that wait for something that the next Informs may bring. */
export function awaitsInform(execution: ExecutionRecord): boolean {
  return execution.status === 'IN_PROGRESS' && execution.commandKey !== null;
}

/** Runs that a bootstrap sends back to the start, by their tasks (tasks.md §4.3). */
export function resetByBootstrap(
  executions: readonly ExecutionRecord[],
  tasks: readonly TaskRecord[],
): { execution: ExecutionRecord; task: TaskRecord }[] {
  const repeating = new Map(
    tasks.filter((task) => task.repeatOnBootstrap).map((task) => [task._id, task] as const),
  );
  return executions.flatMap((execution) => {
    const task = repeating.get(execution.task);
    if (!task || execution.status === 'NOT_STARTED' || seesBootstrap(execution, task)) return [];
    return [{ execution, task }];
  });
}

function seesBootstrap(execution: ExecutionRecord, task: TaskRecord): boolean {
  if (!awaitsInform(execution)) return false;
  const type = findTaskType(task.type);
  return (
    type?.waitsForBootstrap?.(plainConfig(type.schema, execution.snapshot?.config ?? task.config)) ?? false
  );
}

function pendingTransfers(
  executions: readonly ExecutionRecord[],
  tasks: readonly TaskRecord[],
): ExecutionRecord[] {
  const types = new Map(tasks.map((task) => [task._id, task.type]));
  return executions.filter((execution) => {
    if (!awaitsInform(execution)) return false;
    const type = findTaskType(types.get(execution.task) ?? '');
    return type?.transfers === true || type?.awaitsTransfer?.(execution) === true;
  });
}

function hasCompleted(execution: ExecutionRecord): boolean {
  return execution.signals.some((signal) => signal.kind === 'transfer-complete');
}
