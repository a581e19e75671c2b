import type { Device } from '../api/types.js';
import { span } from '../format/time.js';
import { CONTACT_MARKS, type Mark } from '../texts/statuses.js';

/** The contact state with how long it lasts: *Overdue 2 h 10 m*, *Offline 9 d*. */
export function contactMark(device: Pick<Device, 'contact' | 'lastVisit'>, now: number): Mark {
  const { state, expectedVisit } = device.contact;
  const mark = CONTACT_MARKS[state];
  if (state === 'overdue' && expectedVisit !== null)
    return { ...mark, word: `${mark.word} ${since(expectedVisit, now)}` };
  if (state === 'inactive' && device.lastVisit !== null) {
    return { ...mark, word: `${mark.word} ${since(device.lastVisit, now)}` };
  }
  return mark;
}

function since(instant: string, now: number): string {
  return span(Math.max(0, now - new Date(instant).getTime()));
}

/** How the state is known. */
export function contactHint(device: Pick<Device, 'contact' | 'periodicInformInterval'>): string {
  if (device.contact.state === 'in-session') return 'A session with this device is open now.';
  if (device.contact.state === 'never-seen') return 'Made by hand; it has not called yet.';
  const interval = device.periodicInformInterval;
  return interval === null
    ? 'Computed from the last contact; the periodic interval of the device is not known.'
    : `Computed from the last contact and the periodic interval of ${span(interval * 1000)}.`;
}
