import { CLOCK_TOLERANCE } from '../../common/clock.js';
import type { DeviceRecord, SessionLease } from '../../store/models/device.js';

export const CONTACT_STATES = ['in-session', 'on-time', 'overdue', 'inactive', 'never-seen'] as const;
export type ContactStateName = (typeof CONTACT_STATES)[number];

export interface ContactState {
  state: ContactStateName;
  /** When the next periodic Inform is due; null = never seen. */
  expectedVisit: Date | null;
  /** Since when the device is in this state; null = never seen. */
  since: Date | null;
  /** A firmware task has sent Download and has no final answer. */
  upgrading: boolean;
}

/** Seconds: the interval that TR-069 leaves to the CPE and most have, used while none was read. */
export const DEFAULT_INFORM_INTERVAL = 86_400;
/** Per cent of the interval after which a silent device counts as inactive. */
export const DEFAULT_SESSION_RATIO = 300;

/** Properties of a device that bend the rule (devices.md §3). */
export const INTERVAL_PROPERTY = 'periodicInformInterval';
export const RATIO_PROPERTY = 'expectedSessionRatio';

type Contacted = Pick<DeviceRecord, 'lastVisit' | 'periodicInformInterval' | 'properties' | 'lease'>;

/**
 * The contact state at a time, derived and never stored (devices.md §3): in session while a lease lives; on time until
 * last visit + the interval last read from the device; overdue until last visit + `expectedSessionRatio` % of the
 * `periodicInformInterval` property, never before the expected visit; then inactive.
 */
export function contactState(device: Contacted, now: Date, upgrading = false): ContactState {
  const { lastVisit, lease } = device;
  if (!lastVisit) return { state: 'never-seen', expectedVisit: null, since: null, upgrading };
  const visit = lastVisit.getTime();
  const expected = new Date(visit + expectedSeconds(device.periodicInformInterval, device.properties) * 1000);
  if (isHeld(lease, now))
    return { state: 'in-session', expectedVisit: expected, since: lastVisit, upgrading };
  if (now <= expected) return { state: 'on-time', expectedVisit: expected, since: lastVisit, upgrading };
  const inactive = new Date(visit + inactiveSeconds(device.periodicInformInterval, device.properties) * 1000);
  return now <= inactive
    ? { state: 'overdue', expectedVisit: expected, since: expected, upgrading }
    : { state: 'inactive', expectedVisit: expected, since: inactive, upgrading };
}

/**
 * Whether a session is open, as far as the record can tell: a server that died leaves its leases behind. One that was
 * given in the future is of a clock that was set back since, and says nothing.
 */
export function isHeld(lease: Pick<SessionLease, 'session' | 'from' | 'until'>, now: Date): boolean {
  if (lease.session === null || lease.until === null) return false;
  return lease.until > now && (lease.from ?? now).getTime() - now.getTime() <= CLOCK_TOLERANCE;
}

/** The same as a condition on devices. */
export function heldLease(now: Date): Record<string, unknown> {
  return {
    'lease.session': { $ne: null },
    'lease.until': { $gt: now },
    'lease.from': { $not: { $gt: new Date(now.getTime() + CLOCK_TOLERANCE) } },
  };
}

/** Seconds from a visit until the next is due. */
export function expectedSeconds(
  interval: number | null,
  properties: Readonly<Record<string, string>>,
): number {
  return interval ?? positive(properties[INTERVAL_PROPERTY]) ?? DEFAULT_INFORM_INTERVAL;
}

/** Seconds from a visit until the device counts as inactive. */
export function inactiveSeconds(
  interval: number | null,
  properties: Readonly<Record<string, string>>,
): number {
  const base = positive(properties[INTERVAL_PROPERTY]) ?? DEFAULT_INFORM_INTERVAL;
  const ratio = positive(properties[RATIO_PROPERTY]) ?? DEFAULT_SESSION_RATIO;
  return Math.max((base * ratio) / 100, expectedSeconds(interval, properties));
}

/** A property's number; whatever is no positive number counts as not set. */
function positive(text: string | undefined): number | null {
  const number = text === undefined || text.trim() === '' ? NaN : Number(text);
  return Number.isFinite(number) && number > 0 ? number : null;
}
