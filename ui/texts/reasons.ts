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
      return `Waits: outside schedule${nextSlot(reason.at ?? null, now)}`;
    case 'expired':
      return `Expired${entry.task.expiry ? ` ${clockMinutes(entry.task.expiry, now)}` : ''} before it began. Edit its expiry to run it`;
    case 'schedule-ended':
      return 'Its schedule has ended. Edit it to run it again';
    case 'condition-not-met':
      return 'Waits: its condition is not met';
    case 'condition-failed':
      return `${conditionFault(reason.text)}. It counts as not met until it is corrected`;
    case 'inactive':
      return 'Inactive: it does not run until it is activated';
    case 'overridden':
      return overridden(reason.overriddenBy ?? null, entry, queue);
    case 'paused':
      return reason.group ? `Paused for the group ${reason.group}` : 'Paused on this device';
    case 'unmanaged':
      return 'Waits: management is off for this device';
    case 'wave-not-open':
      return 'Waits: no wave of its rollout has reached this device yet';
    case 'rollout-paused':
      return 'Waits: its rollout is paused';
    case 'already-ran':
      return 'Had its turn in this session; runs in the next one';
    default:
      return reason.text ?? 'Does not run in the next session';
  }
}

/** By which task, and whether that has finished already: it keeps overriding then (tasks.md §2.3). */
function overridden(by: string | null, entry: QueueEntry, queue: Queue): string {
  const winner = queue.entries.find((one) => one.task.id === by);
  const facts = [
    winner?.task.device === null ? 'group task' : winner ? 'device task' : '',
    winner?.position ? `number ${winner.position}` : '',
    winner && ['SUCCESS', 'WARNING', 'ERROR'].includes(winner.status) ? 'finished, which still counts' : '',
    entry.task.bloodline === '' ? '' : `bloodline ${entry.task.bloodline}`,
  ].filter(Boolean);
  return `Overridden by ${shortId(by, queue)}${facts.length === 0 ? '' : ` (${facts.join(', ')})`}`;
}

/** `d:…:7` for a task of the device whose list it is. */
function shortId(id: string | null, queue: Queue): string {
  if (id === null) return 'another task';
  const own = `d:${queue.device}:`;
  return id.startsWith(own) ? `d:…:${id.slice(own.length)}` : id;
}

/** The server's words without their beginning: *column 10: …*. */
function conditionFault(text: string | undefined): string {
  const rest = (text ?? '').replace(/^Its condition could not be evaluated:\s*/, '').replace(/\.$/, '');
  return `Condition failed: ${rest === '' ? 'it cannot be judged' : rest}`;
}

function nextSlot(at: string | null, now: number): string {
  if (at === null) return ', no slot is left before it ends';
  const ahead = new Date(at).getTime() - now;
  return ahead > 0
    ? `, next slot ${clockMinutes(at, now)} (in ${span(ahead)})`
    : ', its slot has begun by now';
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
      return entry.yields ? 'Resumes where it stopped, after the other tasks' : 'Resumes where it stopped';
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
