import { mdiProgressClock, mdiTimerSand } from '@mdi/js';
import type { Rehearsal } from '../api/types.js';
import { markOf, type Mark } from './statuses.js';

/** How a task would end, as far as the rehearsal went. */
export function rehearsalMark(end: Rehearsal['end']): Mark {
  switch (end) {
    case 'parked':
      return { word: 'Would wait for the device', icon: mdiTimerSand, tone: 'parked' };
    case 'unfinished':
      return { word: 'Not at its end', icon: mdiProgressClock, tone: 'in-progress' };
    default:
      return { ...markOf(end), word: `Would end with ${markOf(end).word.toLowerCase()}` };
  }
}
