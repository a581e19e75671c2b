import type { QueueEntry, Task } from '../api/types.js';

/** The types whose reports remember what they replaced. */
const REMEMBER: ReadonlySet<string> = new Set(['SetValues', 'UndoSetValues', 'XmlTask']);

/** Whether a group task may have left something to put back; a repeating one is undone run by run, on each device. */
export function mayUndoForAll(task: Pick<Task, 'type' | 'transientReport' | 'automaticRestart'>): boolean {
  return REMEMBER.has(task.type) && !task.transientReport && !task.automaticRestart;
}

/** Whether a task has ended on the device and may have left something to put back. */
export function mayUndo({
  task,
  status,
}: Pick<QueueEntry, 'status'> & { task: Pick<QueueEntry['task'], 'type' | 'transientReport'> }): boolean {
  return (
    REMEMBER.has(task.type) && !task.transientReport && status !== 'NOT_STARTED' && status !== 'IN_PROGRESS'
  );
}
