/**
 * What a `dateTime` means (cwmp.md §5). The text stays what it was: Unknown Time and relative times do not survive a
 * round trip through `Date`.
 */
export type DateTimeMeaning =
  | { kind: 'unknown' }
  | { kind: 'infinite' }
  /** `local`: it had no zone, so the instant is that of a CPE clock taken for UTC. */
  | { kind: 'instant'; at: Date; local: boolean }
  /** Before the year 1000 without a zone: counted from the boot of the CPE. */
  | { kind: 'since-boot'; seconds: number }
  | { kind: 'invalid' };

const FORM = /^(\d{4,})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-]\d\d:?\d\d)?$/;
const YEAR_ONE = Date.parse('0001-01-01T00:00:00Z');

export function readDateTime(text: string): DateTimeMeaning {
  const match = FORM.exec(text.trim());
  if (!match) return { kind: 'invalid' };
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  const bare = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  if (bare === '0001-01-01T00:00:00') return { kind: 'unknown' };
  if (bare === '9999-12-31T23:59:59') return { kind: 'infinite' };
  const milliseconds = (fraction ?? '').slice(0, 4);
  const offset =
    zone === undefined || zone === 'Z'
      ? 'Z'
      : zone.includes(':')
        ? zone
        : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const time = Date.parse(`${bare}${milliseconds === '.' ? '' : milliseconds}${offset}`);
  if (Number.isNaN(time)) return { kind: 'invalid' };
  if (Number(year) < 1000 && zone === undefined)
    return { kind: 'since-boot', seconds: Math.round((time - YEAR_ONE) / 1000) };
  return { kind: 'instant', at: new Date(time), local: zone === undefined };
}

/** A dateTime as CPEs accept it: without a fraction (cpe-quirks.md row 30). */
export function withoutFraction(text: string): string {
  return text.replace(/(T\d\d:\d\d:\d\d)\.\d+/, '$1');
}
