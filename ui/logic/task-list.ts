import type { QueueEntry } from '../api/types.js';

/** Whether the entry would have a turn in the session that the list was asked for. */
export function wouldRun(entry: QueueEntry): boolean {
  return entry.due || entry.resumes;
}

/** Search over what stands in the row. */
export function matchesText(entry: QueueEntry, text: string): boolean {
  const needle = text.trim().toLowerCase();
  if (needle === '') return true;
  const { task } = entry;
  return [task.id, task.type, task.name, task.comment, task.user, ...task.tags].some((one) =>
    one.toLowerCase().includes(needle),
  );
}
