import {
  mdiAlertCircle,
  mdiCalendarClock,
  mdiCheckCircle,
  mdiDebugStepOver,
  mdiPauseCircleOutline,
  mdiProgressClock,
  mdiProgressQuestion,
  mdiStopCircleOutline,
  mdiTimerSand,
} from '@mdi/js';
import type { Campaign, CampaignDevice } from '../api/types.js';
import { OUTCOMES } from './outcomes.js';
import type { Mark } from './statuses.js';

export const PHASE_MARKS: Record<Campaign['phase'], Mark> = {
  planned: { word: 'Planned', icon: mdiCalendarClock, tone: 'not-due' },
  running: { word: 'Running', icon: mdiProgressClock, tone: 'in-progress' },
  waiting: { word: 'Waiting', icon: mdiTimerSand, tone: 'parked' },
  suspended: { word: 'Suspended', icon: mdiPauseCircleOutline, tone: 'paused' },
  stopped: { word: 'Stopped', icon: mdiStopCircleOutline, tone: 'error' },
  finished: { word: 'Finished', icon: mdiCheckCircle, tone: 'success' },
};

export const DEVICE_MARKS: Record<CampaignDevice['state'], Mark> = {
  pending: { word: 'Pending', icon: mdiProgressQuestion, tone: 'not-started' },
  requested: { word: 'Requested', icon: mdiProgressClock, tone: 'in-progress' },
  contacted: { word: 'Contacted', icon: mdiCheckCircle, tone: 'success' },
  failed: { word: 'Failed', icon: mdiAlertCircle, tone: 'error' },
  skipped: { word: 'Skipped', icon: mdiDebugStepOver, tone: 'overridden' },
};

const REASONS: Record<string, string> = {
  unmanaged: 'Not managed',
  blacklisted: 'Blacklisted',
  'never-seen': 'Never seen',
  'old-visit': 'Last visit too long ago',
  'no-url': 'No address for connection requests',
  'nothing-to-do': 'No task waits',
  'task-done': 'Its task has ended well',
  'task-failed': 'It came; its task ended with an error',
  'task-not-finished': 'It came; its task has not ended',
  unknown: 'The outcome is not known',
};

/** Why a device is in its state; empty = nothing to say. */
export function reasonText(reason: string): string {
  return REASONS[reason] ?? (reason in OUTCOMES ? OUTCOMES[reason as keyof typeof OUTCOMES].word : reason);
}
