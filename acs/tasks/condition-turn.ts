import type { LogLine } from './run-log.js';
import type { ConditionVerdict, QueueEntry } from './queue.js';
import type { SessionRun } from './session-run.js';

const DAY = 86_400_000;

/**
 * What the condition of a task says when its turn comes in a session. One that cannot be evaluated counts as false, and
 * the device's log says so at WARN (tasks.md §6.2).
 */
export async function evaluateCondition(
  session: SessionRun,
  { task, execution }: QueueEntry,
): Promise<ConditionVerdict> {
  const { conditions, clock } = session.parts;
  const { inform } = session.contact;
  try {
    if (!conditions) throw new Error('This server evaluates no conditions');
    const met = await conditions.evaluate(task.executionCondition, {
      now: clock.now(),
      device: session.device,
      task,
      execution,
      session: { startedAt: session.startedAt, events: inform.events, parameters: inform.parameters },
      tree: () => session.tree.tree(),
    });
    return met ? 'met' : 'not-met';
  } catch (error) {
    const failed = error instanceof Error ? error.message : String(error);
    await warn(session, task._id, `The condition failed: ${failed}`);
    return { failed };
  }
}

/** Once a session for each task: the condition is evaluated again after each turn of another. */
async function warn(session: SessionRun, task: string, text: string): Promise<void> {
  const key = `${task} ${text}`;
  if (session.conditionWarnings.has(key)) return;
  session.conditionWarnings.add(key);
  const { clock, retention, records } = session.parts;
  const at = clock.now();
  const line: LogLine = {
    ...{ execution: '', task, device: session.deviceId, run: 0, line: session.conditionWarnings.size },
    ...{ at, level: 'WARN', text, expiresAt: new Date(at.getTime() + retention.logDays * DAY) },
  };
  await records.addLines([line]);
}
