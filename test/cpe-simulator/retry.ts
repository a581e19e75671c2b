import { type Random } from './random.js';

/**
 * Seconds to wait before retry number `count` (1 or more) of a failed session: random between m·r^(n-1) and m·r^n, the
 * tenth step being the last (TR-069 A6 §3.2.1.1).
 *
 * @param minimum CWMPRetryMinimumWaitInterval, seconds
 * @param multiplier CWMPRetryIntervalMultiplier, thousandths
 */
export function retryWait(count: number, minimum: number, multiplier: number, random: Random): number {
  const step = Math.min(Math.max(count, 1), 10);
  const ratio = multiplier / 1000;
  const low = minimum * ratio ** (step - 1);
  return low + random() * (low * ratio - low);
}
