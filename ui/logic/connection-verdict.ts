import type { ConnectionRequest, Device } from '../api/types.js';
import { comesByItself, outcomeSentence } from '../texts/outcomes.js';

/** The one sentence above the connection page, always with when the device comes by itself. */
export function connectionVerdict(
  device: Pick<Device, 'managed' | 'blacklisted' | 'connectionRequestUrl' | 'contact' | 'lastVisit'>,
  newest: ConnectionRequest | null,
  now: number,
): { text: string; tone: '' | 'warning' | 'error' } {
  const next = comesByItself(device.contact.expectedVisit, now);
  if (device.blacklisted)
    return {
      text: 'The device is denied: its calls are turned away, and nothing is sent to it.',
      tone: 'error',
    };
  if (!device.managed)
    return { text: `Management is off: nothing is sent to the device.${next}`, tone: 'warning' };
  if (device.lastVisit === null) return { text: 'The device has not called yet.', tone: 'warning' };
  if (device.connectionRequestUrl === null) {
    return {
      text: `The device cannot be called: it has told no address for connection requests.${next}`,
      tone: 'error',
    };
  }
  if (newest === null) return { text: `Nobody has asked the device to connect yet.${next}`, tone: '' };
  const failed = ['refused-401', 'unreachable', 'timeout', 'no-url', 'not-allowed'].includes(newest.outcome);
  const doubtful = ['busy-503', 'accepted-no-session'].includes(newest.outcome);
  const sentence = outcomeSentence(newest, device.contact.expectedVisit, now);
  if (newest.outcome === 'session-started')
    return { text: `The device comes when it is asked.${next}`, tone: '' };
  return { text: sentence, tone: failed ? 'error' : doubtful ? 'warning' : '' };
}
