import type { ConnectionOutcome, ConnectionRequest } from '../api/types.js';
import { clockMinutes, span } from '../format/time.js';

/** The nine outcomes of a connection request, and the two states on the way (devices.md §10). */
export const OUTCOMES: Record<ConnectionOutcome, { word: string; tone: string }> = {
  waiting: { word: 'Asking the device', tone: 'in-progress' },
  accepted: { word: 'Accepted, waiting for the device', tone: 'in-progress' },
  'session-started': { word: 'Session started', tone: 'success' },
  'accepted-no-session': { word: 'Accepted, no session', tone: 'warning' },
  'already-in-session': { word: 'Already in session', tone: 'in-progress' },
  'refused-401': { word: 'Refused 401', tone: 'error' },
  'busy-503': { word: 'Busy 503', tone: 'warning' },
  unreachable: { word: 'Unreachable', tone: 'error' },
  timeout: { word: 'No answer in time', tone: 'error' },
  'no-url': { word: 'No URL', tone: 'error' },
  'not-allowed': { word: 'Not allowed', tone: 'error' },
};

/** What the outcome means for the operator, always with when the device comes by itself. */
export function outcomeSentence(
  request: ConnectionRequest,
  expectedVisit: string | null,
  now: number,
): string {
  const next = comesByItself(expectedVisit, now);
  const retry =
    request.nextAttemptAt === null
      ? ''
      : ` Next try in ${span(Math.max(1_000, new Date(request.nextAttemptAt).getTime() - now))}, ${Math.max(0, 4 - request.attempts.length)} left.`;
  switch (request.outcome) {
    case 'waiting':
      return `Asking the device.${retry}`;
    case 'accepted':
      return 'The device accepted the request. Waiting for it to come (60 s).';
    case 'session-started':
      return 'The device has come.';
    case 'accepted-no-session':
      return `The device accepted the request but has not come within 60 s. It may be busy or behind a firewall.${next}`;
    case 'already-in-session':
      return 'The device is in a session already.';
    case 'refused-401':
      return `The device refused our password (401).${next}`;
    case 'busy-503':
      return `The device is busy (503).${retry}${next}`;
    case 'unreachable':
      return `The device cannot be reached.${retry}${next}`;
    case 'timeout':
      return `The device did not answer in time.${retry}${next}`;
    case 'no-url':
      return `The device has not told an address for connection requests.${next}`;
    case 'not-allowed':
      return 'Management is off for this device, or it is denied: nothing is sent to it.';
  }
}

export function comesByItself(expectedVisit: string | null, now: number): string {
  if (expectedVisit === null) return ' It is not known when it comes by itself.';
  const ahead = new Date(expectedVisit).getTime() - now;
  return ahead > 0
    ? ` It comes by itself about ${clockMinutes(expectedVisit, now)}.`
    : ' Its periodic visit is overdue.';
}
