import { isIPv6 } from 'node:net';
import { LRUCache } from 'lru-cache';
import type { DeviceId } from './messages.js';

export interface FailureLimitOptions {
  /** Failed authentications of an address within the window, until it is shut out for the rest of it. */
  failures: number;
  /** Seconds. */
  windowSeconds: number;
}

/** Who tries. */
export interface Suspect {
  address: string;
  /** Who it says it is. */
  deviceId: DeviceId;
  /** Whether that device has had its last session from this address. */
  known: boolean;
}

interface Count {
  failures: number;
  /** Milliseconds of the monotonic clock. */
  until: number;
}

/** Counts kept; the ones that failed longest ago give way. */
const COUNTS = 100_000;

/**
 * Failed authentications per address, so that passwords cannot be guessed by the thousand. Many devices may share an
 * address: one that is known to come from there has a count of its own, so that a neighbour cannot lock it out.
 * Without a promise between question and count, so that tries at once get no more than the others.
 */
export class FailureLimit {
  readonly #failures: number;
  readonly #windowMs: number;
  readonly #counts = new LRUCache<string, Count>({ max: COUNTS });

  constructor({ failures, windowSeconds }: FailureLimitOptions) {
    this.#failures = failures;
    this.#windowMs = windowSeconds * 1000;
  }

  /** Whether the address as such is shut out. */
  isShut(address: string): boolean {
    return this.#wait(keyOf(address)) > 0;
  }

  /** Seconds that the suspect has to wait; 0 = it may try. */
  waitSeconds(suspect: Suspect): number {
    return this.#wait(suspect.known ? ownKey(suspect) : keyOf(suspect.address));
  }

  /** Notes a failure; true when it was the one that shuts the address out, which is worth a line in the log. */
  failed(suspect: Suspect): boolean {
    this.#count(ownKey(suspect));
    return this.#count(keyOf(suspect.address)) === this.#failures;
  }

  #wait(key: string): number {
    const count = this.#counts.get(key);
    if (!count || count.failures < this.#failures) return 0;
    return Math.max(0, Math.ceil((count.until - performance.now()) / 1000));
  }

  #count(key: string): number {
    const now = performance.now();
    const count = this.#counts.get(key);
    const current = count && count.until > now ? count : { failures: 0, until: now + this.#windowMs };
    current.failures += 1;
    this.#counts.set(key, current);
    return current.failures;
  }
}

function ownKey({ address, deviceId: { oui, productClass, serialNumber } }: Suspect): string {
  return JSON.stringify([keyOf(address), oui.toUpperCase(), productClass, serialNumber]);
}

/** Whether the two are one subscriber. */
export function sameOrigin(one: string, other: string): boolean {
  return keyOf(one) === keyOf(other);
}

/** One subscriber has a whole /64 of IPv6. */
function keyOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('::', 2);
  const left = head.split(':').filter((group) => group !== '');
  const right = (tail ?? '').split(':').filter((group) => group !== '');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  return [...left, ...Array.from({ length: zeros }, () => '0'), ...right].slice(0, 4).join(':');
}
