import type { SealedCredentials } from '../../store/models/device.js';
import type { ConnectionAttempt, ConnectionOutcome } from '../../store/models/connection-request.js';

/** What one HTTP connection request came to (TR-069 A6 §3.2.2.1). */
export interface ConnectionAnswer {
  /** HTTP status of the CPE's answer; null = none came. */
  status: number | null;
  outcome: ConnectionOutcome;
  /** Milliseconds. */
  duration: number;
  detail: string;
}

/** Sends one connection request; `acs/cwmp/connection-request.ts` is the one that does it over HTTP. */
export type SendConnectionRequest = (target: {
  url: string;
  username: string;
  password: string;
  timeoutMs: number;
}) => Promise<ConnectionAnswer>;

export interface PlainCredentials {
  username: string;
  password: string;
}

/** Outcomes after which the same request may succeed a little later (devices.md §10). */
const RETRYABLE: readonly ConnectionOutcome[] = ['busy-503', 'timeout', 'unreachable'];

export const isRetryable = (outcome: ConnectionOutcome): boolean => RETRYABLE.includes(outcome);

/**
 * Asks the CPE once. A refusal of the first credentials is followed by the next ones at once: devices that were reset
 * know only the installation's defaults (cpe-quirks.md row 86).
 */
export async function attemptConnection(
  send: SendConnectionRequest,
  url: string,
  candidates: readonly PlainCredentials[],
  timeoutMs: number,
  now: () => Date,
): Promise<ConnectionAttempt[]> {
  const attempts: ConnectionAttempt[] = [];
  for (const { username, password } of candidates) {
    const at = now();
    let answer: ConnectionAnswer;
    try {
      answer = await send({ url, username, password, timeoutMs });
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      answer = { status: null, outcome: 'unreachable', duration: now().getTime() - at.getTime(), detail };
    }
    const { status, outcome, duration, detail } = answer;
    attempts.push({ at, url, status, outcome, duration, detail });
    if (outcome !== 'refused-401') break;
  }
  return attempts;
}

/** The device's own credentials first, then the installation's; without any, none are sent. */
export function credentialsToTry(
  own: SealedCredentials | null,
  defaults: PlainCredentials | null,
  open: (sealed: string) => string | null,
): PlainCredentials[] {
  const candidates: PlainCredentials[] = [];
  const password = own ? open(own.password) : null;
  if (own && password !== null) candidates.push({ username: own.username, password });
  const [first] = candidates;
  if (defaults && (first?.username !== defaults.username || first.password !== defaults.password))
    candidates.push(defaults);
  return candidates.length > 0 ? candidates : [{ username: '', password: '' }];
}
