import type { Queue, QueueEntry } from '../api/types.js';
import { clockMinutes, instant, span } from '../format/time.js';

/** Why a task runs in the next session, or why it does not and when it could: one sentence for each row. */
export function nextSession(entry: QueueEntry, queue: Queue, now: number): string {
  const { reason } = entry;
  if (entry.resumes && reason?.code !== 'waits-for-holder') return resumes(entry);
  if (entry.due || reason === null) return 'Runs in the next session';
  const when = earliest(reason.at ?? null, now);
  switch (reason.code) {
    case 'finished':
      return finished(entry);
    case 'waits-for-holder':
      return `Waits for ${holderName(reason.holder ?? queue.holder, queue)}`;
    case 'min-interval':
      return `Waits: min. interval${when}`;
    case 'not-yet':
      return `Waits: its schedule has not begun${when}`;
    case 'outside-schedule':
      return `Waits: outside schedule${when}`;
    case 'schedule-ended':
      return 'Its schedule has ended. Edit it to run it again';
    case 'condition-not-met':
      return 'Waits: its condition is not met';
    case 'condition-failed':
      return `Condition failed: ${reason.text ?? 'it cannot be judged'}. It counts as not met until it is corrected`;
    case 'inactive':
      return 'Inactive: it does not run until it is activated';
    case 'overridden':
      return `Overridden by ${reason.holder ?? 'another task'}`;
    case 'paused':
      return 'Paused for this device';
    case 'unmanaged':
      return 'Waits: management is off for this device';
    case 'already-ran':
      return 'Had its turn in this session; runs in the next one';
    default:
      return reason.text ?? 'Does not run in the next session';
  }
}

function resumes(entry: QueueEntry): string {
  if (entry.execution?.stage === 'verifying') return 'Resumes; ends when the new version is reported';
  switch (entry.task.type) {
    case 'FirmwareUpgrade':
    case 'RestoreConfiguration':
    case 'BackupConfiguration':
    case 'Download':
    case 'Upload':
      return 'Resumes; ends when TransferComplete comes';
    case 'Reboot':
      return 'Resumes; ends when the device has booted';
    case 'FactoryReset':
      return 'Resumes; ends when the device has booted anew';
    default:
      return 'Resumes where it stopped';
  }
}

function finished(entry: QueueEntry): string {
  const at = entry.execution?.finishTime;
  return `Finished${at ? ` ${instant(at).slice(5)}` : ''}, runs once. Restart to run it`;
}

function earliest(at: string | null, now: number): string {
  if (at === null) return '';
  const ahead = new Date(at).getTime() - now;
  return ahead > 0 ? `, earliest ${clockMinutes(at, now)} (in ${span(ahead)})` : ', due by now';
}

/** `task 1` by its place in the list; by its id when the list does not hold it. */
export function holderName(id: string | null, queue: Queue): string {
  const holder = queue.entries.find((entry) => entry.task.id === id);
  return holder?.position ? `task ${holder.position}` : (id ?? 'the task that holds the list');
}

/** The line above the list when a parked task stops everything else. */
export function holderSentence(entry: QueueEntry, now: number): string {
  const since = entry.execution?.startTime;
  const sinceText = since ? `, since ${clockMinutes(since, now)}` : '';
  return `holds the list: ${waits(entry)}${sinceText}. The tasks below wait for it.`;
}

function waits(entry: QueueEntry): string {
  const text = resumes(entry).replace(/^Resumes; ends when /, 'waits until ');
  return text.startsWith('Resumes') ? 'waits for the device' : text;
}
