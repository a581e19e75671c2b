import type { Alert, Device, Parameter, QueueEntry } from '../api/types.js';
import { span } from '../format/time.js';
import { taskName, taskSuffix } from './task-sentences.js';

/** One thing that somebody should look at, with where to look. */
export interface Attention {
  tone: 'error' | 'warning';
  text: string;
  /** A task to show, or a tab of the device page. */
  task?: string;
  tab?: string;
}

const LOW_MEMORY = 0.05;

/** What is wrong with a device, worst first; computed from what the page has anyway. */
export function needsAttention(
  device: Device,
  entries: readonly QueueEntry[],
  values: ReadonlyMap<string, Parameter>,
  alerts: readonly Alert[],
  now: number,
): Attention[] {
  return [
    ...contactTroubles(device, now),
    ...alertTroubles(alerts),
    ...taskTroubles(entries),
    ...memoryTrouble(values),
  ].sort((a, b) => Number(b.tone === 'error') - Number(a.tone === 'error'));
}

const ERROR = 2_000;

function alertTroubles(alerts: readonly Alert[]): Attention[] {
  return alerts.map(({ type, caption, description, severity, task }): Attention => ({
    tone: severity >= ERROR ? 'error' : 'warning',
    text: `Alert ${caption || type}${description === '' ? '' : `: ${description}`}`,
    task,
  }));
}

function contactTroubles(device: Device, now: number): Attention[] {
  const { state, expectedVisit } = device.contact;
  const troubles: Attention[] = [];
  if (device.blacklisted) troubles.push({ tone: 'error', text: 'It is denied: its calls are turned away.' });
  if (!device.managed) troubles.push({ tone: 'warning', text: 'Management is off: no task runs.' });
  if (state === 'inactive' && device.lastVisit !== null) {
    troubles.push({
      tone: 'error',
      text: `Offline since ${span(now - Date.parse(device.lastVisit))}.`,
      tab: 'connection',
    });
  }
  if (state === 'overdue' && expectedVisit !== null) {
    troubles.push({
      tone: 'warning',
      text: `Overdue by ${span(now - Date.parse(expectedVisit))}.`,
      tab: 'connection',
    });
  }
  return troubles;
}

function taskTroubles(entries: readonly QueueEntry[]): Attention[] {
  return entries.flatMap((entry): Attention[] => {
    const name = `Task ${taskSuffix(entry.task.id)} ${entry.task.type}${entry.task.anonymous ? '' : ` (${taskName(entry.task)})`}`;
    const summary = entry.execution?.summary ?? '';
    const what = summary === '' ? '' : `: ${summary}`;
    if (entry.status === 'ERROR')
      return [{ tone: 'error', text: `${name} failed${what}`, task: entry.task.id }];
    if (entry.status === 'WARNING')
      return [{ tone: 'warning', text: `${name} ended with a warning${what}`, task: entry.task.id }];
    return entry.holds ? [{ tone: 'warning', text: `${name} holds the list.`, task: entry.task.id }] : [];
  });
}

function memoryTrouble(values: ReadonlyMap<string, Parameter>): Attention[] {
  const free = Number(values.get('memory.free')?.value ?? NaN);
  const total = Number(values.get('memory.total')?.value ?? NaN);
  if (!(total > 0) || !(free / total < LOW_MEMORY)) return [];
  return [{ tone: 'warning', text: `Memory free ${Math.round((100 * free) / total)} %.`, tab: 'parameters' }];
}
