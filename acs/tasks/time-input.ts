import { Duration } from 'luxon';
import { ValidationError } from '../../common/errors.js';

const MAX_TIME = new Date('8999-12-31T23:00:00Z');

/**
 * A time as given: RFC 3339, or an ISO 8601 duration counted from `now`; in a template's settings it may be anything. Throws
 * `ValidationError` with the pointer.
 */
export function timeOf(given: unknown, now: Date, pointer: string): Date {
  const time =
    given instanceof Date ? given : typeof given === 'string' ? textToTime(given.trim(), now) : null;
  if (!time || Number.isNaN(time.getTime()) || time > MAX_TIME)
    throw ValidationError.of(pointer, 'is neither a time (RFC 3339) nor a duration (ISO 8601)', 'invalid');
  return time;
}

function textToTime(text: string, now: Date): Date | null {
  if (!/^[+-]?P/i.test(text)) return /^\d{4}-\d{2}-\d{2}T/.test(text) ? new Date(text) : null;
  const duration = Duration.fromISO(text.toUpperCase());
  return duration.isValid ? new Date(now.getTime() + duration.toMillis()) : null;
}
