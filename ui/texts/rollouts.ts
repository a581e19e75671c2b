import { mdiCheckCircle, mdiPauseCircleOutline, mdiProgressClock, mdiStopCircleOutline } from '@mdi/js';
import type { Rollout, RolloutHead } from '../api/types.js';
import type { Mark } from './statuses.js';

/** How a rollout stands; one that a rule has stopped is told from one that a person has paused. */
export function rolloutMark({ phase, pause }: Pick<RolloutHead, 'phase' | 'pause'>): Mark {
  if (phase === 'complete') return { word: 'All waves open', icon: mdiCheckCircle, tone: 'success' };
  if (phase === 'running') return { word: 'Under way', icon: mdiProgressClock, tone: 'in-progress' };
  return pause?.broken
    ? { word: 'Stopped by a rule', icon: mdiStopCircleOutline, tone: 'error' }
    : { word: 'Paused', icon: mdiPauseCircleOutline, tone: 'paused' };
}

/** What happened, in words. */
export function stepText({ what, wave }: Rollout['steps'][number]): string {
  switch (what) {
    case 'started':
      return 'Begun';
    case 'opened':
      return `Opened wave ${wave ?? ''}`;
    case 'opened-all':
      return 'Let all in that were left';
    case 'paused':
      return 'Paused';
    case 'stopped':
      return 'Stopped';
    case 'continued':
      return 'Continued';
  }
}

/** The rules act as `system`. */
export const actorText = (by: string): string => (by === 'system' ? 'the rules' : by);
