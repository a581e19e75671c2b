import type { Execution, Task } from '../../api/types.js';
import { duration, instant, isoDuration } from '../../format/time.js';
import type { TextColumn } from '../../logic/csv.js';
import { taskName } from '../../logic/task-sentences.js';
import { kindsOf } from '../../texts/kinds.js';
import { markOf } from '../../texts/statuses.js';

/** What a list of tasks exports: all columns of tasks.md §8.1. */
export const TASK_TEXTS: TextColumn<Task>[] = [
  { title: 'ID', text: (task) => task.id },
  { title: 'Active', text: (task) => (task.active ? 'yes' : 'no') },
  { title: 'Task', text: (task) => task.type },
  {
    title: 'Execution',
    text: (task) =>
      kindsOf(task)
        .map(({ word }) => word)
        .join('; '),
  },
  { title: 'Name', text: taskName },
  { title: 'Target', text: (task) => task.device ?? `(G): ${task.group ?? ''}` },
  { title: 'Schedule', text: (task) => task.scheduleText },
  { title: 'User', text: (task) => task.user },
  { title: 'Priority', text: (task) => String(task.priority) },
  { title: 'Creation time', text: (task) => instant(task.createdAt) },
  { title: 'Bloodline', text: (task) => task.bloodline },
  { title: 'Domain', text: (task) => task.domain },
  { title: 'Tags', text: (task) => task.tags.join(', ') },
  { title: 'Comment', text: (task) => task.comment },
];

export const EXECUTION_TEXTS: TextColumn<Execution>[] = [
  { title: 'Device', text: (one) => one.device },
  { title: 'Task id', text: (one) => one.task },
  { title: 'Task', text: (one) => one.taskType },
  { title: 'Name', text: (one) => one.taskName },
  { title: 'Run', text: (one) => String(one.run) },
  { title: 'Status', text: (one) => markOf(one.status).word },
  { title: 'Start', text: (one) => instant(one.startTime) },
  { title: 'Finish', text: (one) => instant(one.finishTime) },
  { title: 'Duration', text: (one) => duration(isoDuration(one.duration)) },
  { title: 'Summary', text: (one) => one.summary },
];
