import type { ExecutionRecord } from '../../store/models/execution.js';
import type { TaskRecord } from '../../store/models/task.js';
import { historyRecord, resetFields } from './execution-record.js';
import type { QueueEntry } from './queue.js';
import type { SessionFrame } from './session-frame.js';
import { resetByBootstrap } from './settle.js';

/** Sends reports of tasks with `repeatOnBootstrap` back to the start; what was parked is cut off (tasks.md §4.3). */
export async function resetOnBootstrap(session: SessionFrame): Promise<void> {
  const { tasks, writer, parts } = session;
  const listed = tasks.entries(session.startedAt, new Set()).map(({ task }) => task);
  const resets = resetByBootstrap(tasks.currentExecutions(), listed);
  if (resets.length > 0) await tasks.forgetIdle();
  for (const { execution, task } of resets)
    if (execution.status === 'IN_PROGRESS') await cutOff(session, task, execution, 'restarted by bootstrap');
  await writer.reset(
    resets.map(({ execution }) => execution),
    resetFields(parts.clock.now()),
  );
}

/** A run that was parked when its task was rerun for all devices ends here, where the task has its next turn. */
export async function abandon(session: SessionFrame, { task, execution }: QueueEntry): Promise<void> {
  if (execution?.status === 'IN_PROGRESS')
    await cutOff(session, task, execution, 'restarted for all devices');
}

/** Says in their reports that tasks have expired which nobody has begun; true = the list must be read again. */
export async function settleExpired(session: SessionFrame, entries: readonly QueueEntry[]): Promise<boolean> {
  let stale = false;
  for (const { task, execution, reason, status } of entries) {
    if (reason?.code !== 'expired' || status !== 'NOT_STARTED' || task.transientReport) continue;
    const expired = await session.writer.expire(task, execution, session.parts.clock.now());
    if (!expired) stale = true;
    else {
      session.tasks.put(expired);
      await recordEnd(session, task, expired, { status: 'ERROR', summary: expired.summary });
    }
  }
  return stale;
}

async function cutOff(
  session: SessionFrame,
  task: TaskRecord,
  execution: ExecutionRecord,
  summary: string,
): Promise<void> {
  await recordEnd(session, task, execution, { status: 'WARNING', summary });
}

async function recordEnd(
  { parts, device }: SessionFrame,
  task: TaskRecord,
  execution: ExecutionRecord,
  end: { status: 'WARNING' | 'ERROR'; summary: string },
): Promise<void> {
  const { records, clock, retention, events } = parts;
  const ended = { ...end, fault: null, finishTime: clock.now(), details: execution.details };
  await records.putHistory(historyRecord(execution, task, ended, retention.executionDays));
  const data = { task: task._id, device: device._id, ...end, stage: null, run: execution.run };
  events.publish('execution.finished', execution._id, data, task.domain);
}
