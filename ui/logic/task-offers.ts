import type { QueueEntry } from '../api/types.js';
import { mayUndo } from './undo.js';
import type { TaskAction } from '../composables/use-task-actions.js';

export interface TaskOffer {
  name: TaskAction;
  title: string;
}

type May = (key: string) => boolean;

/** What an operator can do with a task in the list of a device (tasks.md §7): what one may not do is not offered. */
export function taskOffers(entry: QueueEntry, may: May): TaskOffer[] {
  const offers: (TaskOffer | false)[] =
    entry.task.group === null ? deviceOffers(entry, may) : groupOffers(entry, may);
  return offers.filter((one): one is TaskOffer => one !== false);
}

function deviceOffers(entry: QueueEntry, may: May): (TaskOffer | false)[] {
  const { task } = entry;
  return [
    may('tasks.rerun') && { name: 'restart', title: 'Restart' },
    undoOffer(entry, may),
    may('tasks.edit') && { name: 'edit', title: 'Edit' },
    may('tasks.copy') && { name: 'copy', title: 'Copy' },
    { name: 'executions', title: 'Execution log' },
    { name: 'editions', title: 'Edition log' },
    may('tasks.delete') && { name: 'delete', title: 'Delete…' },
    may('tasks.advance') && may('tasks.target.group') && { name: 'advance', title: 'Advance to group…' },
    { name: 'rehearse', title: 'Rehearse' },
    may('tasks.edit') && task.active && { name: 'deactivate', title: 'Deactivate' },
    may('tasks.edit') && !task.active && { name: 'activate', title: 'Activate' },
  ];
}

function groupOffers(entry: QueueEntry, may: May): (TaskOffer | false)[] {
  return [
    { name: 'group', title: 'Open in group' },
    may('tasks.rerun') && { name: 'restart', title: 'Restart for this device' },
    undoOffer(entry, may),
    pauseOffer(entry, may) ?? false,
    may('tasks.copy') && { name: 'copy', title: 'Copy to this device' },
    { name: 'executions', title: 'Execution log' },
    { name: 'editions', title: 'Edition log' },
    { name: 'rehearse', title: 'Rehearse on this device' },
  ];
}

function undoOffer(entry: QueueEntry, may: May): TaskOffer | false {
  return mayUndo(entry) && may('tasks.add') && { name: 'undo', title: 'Undo…' };
}

/** Pause here or resume; a one-off task that has run here is not paused, nor one that a subgroup's pause keeps away. */
export function pauseOffer(entry: QueueEntry, may: May): TaskOffer | null {
  const { task, reason } = entry;
  if (task.group === null || !may('tasks.pauseDevice')) return null;
  if (reason?.code === 'paused') return reason.group ? null : { name: 'resume', title: 'Resume here' };
  const repeats = task.automaticRestart || task.transientReport;
  const ended = ['SUCCESS', 'WARNING', 'ERROR'].includes(entry.status);
  return ended && !repeats ? null : { name: 'pause', title: 'Pause here' };
}
