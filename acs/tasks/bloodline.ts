import type { TaskRecord } from '../../store/models/task.js';
import { depthOf } from '../devices/groups/group-name.js';
import { compareTaskIds } from './task-order.js';

/** The one task of each bloodline that runs on a device (tasks.md §2.3); tasks without one are in none. */
export function bloodlineWinners(
  tasks: readonly TaskRecord[],
  priorityOf: (group: string) => number,
): Map<string, TaskRecord> {
  const winners = new Map<string, TaskRecord>();
  for (const task of tasks) {
    if (task.bloodline === '') continue;
    const best = winners.get(task.bloodline);
    if (!best || compareClaims(task, best, priorityOf) < 0) winners.set(task.bloodline, task);
  }
  return winners;
}

/** Negative = `a` overrides `b`. */
function compareClaims(a: TaskRecord, b: TaskRecord, priorityOf: (group: string) => number): number {
  return (
    Number(a.group !== null) - Number(b.group !== null) ||
    (a.group !== null && b.group !== null
      ? priorityOf(b.group) - priorityOf(a.group) || depthOf(b.group) - depthOf(a.group)
      : 0) ||
    a.priority - b.priority ||
    b.createdAt.getTime() - a.createdAt.getTime() ||
    compareTaskIds(a._id, b._id)
  );
}
