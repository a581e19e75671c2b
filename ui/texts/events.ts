/** CWMP event codes in words (TR-069 A6 table 7). */
export function eventWords(events: readonly ({ code: string } | string)[]): string {
  return events.map((event) => (typeof event === 'string' ? event : event.code)).join(', ');
}

/** Why a session ended. */
export const SESSION_ENDS: Record<string, string> = {
  complete: 'Complete',
  disconnected: 'Connection lost',
  timeout: 'Timed out',
  superseded: 'Replaced by a newer session',
  'protocol-error': 'Protocol error',
  shutdown: 'Server shut down',
};
