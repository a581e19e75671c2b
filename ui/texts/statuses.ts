import {
  mdiAccessPoint,
  mdiAlert,
  mdiAlertCircle,
  mdiCalendarClock,
  mdiCheckCircle,
  mdiCircleOffOutline,
  mdiClockAlertOutline,
  mdiHelpCircleOutline,
  mdiLanConnect,
  mdiLanDisconnect,
  mdiLockClock,
  mdiPauseCircleOutline,
  mdiLayersOffOutline,
  mdiProgressClock,
  mdiProgressDownload,
  mdiProgressQuestion,
  mdiTimerSand,
} from '@mdi/js';
import type { ContactState, QueueEntry } from '../api/types.js';

/** Icon, word and colour of a state always go together; `tone` names the colour tokens. */
export interface Mark {
  word: string;
  icon: string;
  tone: string;
  turns?: boolean;
}

export const STATUS_MARKS: Record<string, Mark> = {
  NOT_STARTED: { word: 'Not started', icon: mdiProgressQuestion, tone: 'not-started' },
  IN_PROGRESS: { word: 'Running', icon: mdiProgressClock, tone: 'in-progress', turns: true },
  PARKED: { word: 'Waiting', icon: mdiTimerSand, tone: 'parked' },
  HOLDS: { word: 'Holds the list', icon: mdiLockClock, tone: 'parked' },
  SUCCESS: { word: 'Success', icon: mdiCheckCircle, tone: 'success' },
  WARNING: { word: 'Warning', icon: mdiAlert, tone: 'warning' },
  ERROR: { word: 'Error', icon: mdiAlertCircle, tone: 'error' },
  OVERRIDDEN: { word: 'Overridden', icon: mdiLayersOffOutline, tone: 'overridden' },
  PAUSED: { word: 'Paused here', icon: mdiPauseCircleOutline, tone: 'paused' },
  INACTIVE: { word: 'Inactive', icon: mdiCircleOffOutline, tone: 'not-started' },
  NOT_DUE: { word: 'Not due', icon: mdiCalendarClock, tone: 'not-due' },
};

export function markOf(key: string): Mark {
  return STATUS_MARKS[key] ?? { word: key, icon: mdiHelpCircleOutline, tone: 'not-started' };
}

/** What a parked run waits for, by its stage. */
export const STAGES: Record<string, string> = {
  prepare: 'Preparing',
  sent: 'Waiting for the answer',
  waiting: 'Waiting for the device',
  transferring: 'Waiting for the transfer',
  'awaiting-transfer-complete': 'Waiting for the transfer',
  verifying: 'Verifying',
  rebooting: 'Waiting for the reboot',
  'awaiting-boot': 'Waiting for the reboot',
  'waiting-for-quota': 'Waiting for quota',
};

const TRANSFER_TYPES = new Set([
  'BackupConfiguration',
  'RestoreConfiguration',
  'FirmwareUpgrade',
  'Download',
  'Upload',
]);
const BOOT_TYPES = new Set(['Reboot', 'FactoryReset', 'Refurbish']);

/** The words of the third column of Device tasks: what it is now, and for a parked run, for what it waits. */
export function statusOf(entry: QueueEntry, running: boolean): Mark {
  if (!entry.task.active) return markOf('INACTIVE');
  if (entry.reason?.code === 'overridden') return markOf('OVERRIDDEN');
  if (entry.reason?.code === 'paused') return markOf('PAUSED');
  if (entry.status !== 'IN_PROGRESS') return faultWord(entry, markOf(entry.status));
  if (running || isRunning(entry)) return markOf('IN_PROGRESS');
  return { ...markOf(entry.holds ? 'HOLDS' : 'PARKED'), word: waitsFor(entry) };
}

function isRunning(entry: QueueEntry): boolean {
  return (entry.execution?.stage ?? null) === null;
}

function waitsFor(entry: QueueEntry): string {
  const stage = entry.execution?.stage ?? '';
  if (stage === 'verifying') return 'Verifying';
  if (TRANSFER_TYPES.has(entry.task.type)) return 'Waiting for the transfer';
  if (BOOT_TYPES.has(entry.task.type)) return 'Waiting for the reboot';
  return STAGES[stage] ?? 'Waiting';
}

function faultWord(entry: QueueEntry, mark: Mark): Mark {
  const code = entry.execution?.fault?.code;
  return entry.status === 'ERROR' && code !== undefined ? { ...mark, word: `Error ${code}` } : mark;
}

export const CONTACT_MARKS: Record<ContactState | 'upgrading', Mark> = {
  'in-session': { word: 'In session', icon: mdiLanConnect, tone: 'in-progress' },
  'on-time': { word: 'Online', icon: mdiAccessPoint, tone: 'success' },
  overdue: { word: 'Overdue', icon: mdiClockAlertOutline, tone: 'warning' },
  inactive: { word: 'Offline', icon: mdiLanDisconnect, tone: 'error' },
  'never-seen': { word: 'Never seen', icon: mdiHelpCircleOutline, tone: 'not-started' },
  upgrading: { word: 'Upgrading', icon: mdiProgressDownload, tone: 'parked' },
};
