import { EvaluationError } from '../errors.js';
import { compareIps, ipText, isMac, parseIp, stripMac } from '../ip.js';
import { Pattern } from '../regex.js';
import type { Run } from '../run.js';
import type { Value, ValueSet } from '../values.js';
import { joinTexts } from './collections.js';
import { membersOf, type Member } from './member.js';
import { padLeft, padRight } from './string-basic.js';
import {
  decimalNumber,
  isInCidr,
  isInNetWithMask,
  isIpList,
  replaceLiterally,
  splitBy,
} from './string-more.js';

type Texts = ValueSet | readonly Value[];

const format = membersOf<unknown>('FormatUtility');

const PREFIXES = ['', 'k', 'M', 'G', 'T', 'P', 'E'];

/** `1.5 MB`: by 1000 if `si`, else by 1024 (`KiB`); `index` is the unit that the number is in. */
function normalize(value: number, index: number, si: boolean, unit: string): string {
  const base = si ? 1_000 : 1_024;
  if (index < 0 || index >= PREFIXES.length)
    throw new EvaluationError('argument', `There is no unit number ${index}`);
  let [shown, at] = [value, index];
  while (Math.abs(shown) >= base && at < PREFIXES.length - 1) [shown, at] = [shown / base, at + 1];
  const prefix = PREFIXES[at] ?? '';
  const written = si || prefix === '' ? prefix : `${prefix.toUpperCase()}i`;
  return `${String(Math.round(shown * 100) / 100)} ${written}${unit}`;
}

/** `16m 40s`: the two largest units and what lies between are written, zeros left out. */
function period(seconds: bigint): string {
  const rest = seconds < 0n ? -seconds : seconds;
  const parts = [
    [rest / 86_400n, 'd'],
    [(rest / 3_600n) % 24n, 'h'],
    [(rest / 60n) % 60n, 'm'],
    [rest % 60n, 's'],
  ] as const;
  const written = parts.filter(([count]) => count > 0n).map(([count, unit]) => `${count}${unit}`);
  return (seconds < 0n ? '-' : '') + (written.join(' ') || '0s');
}

/** Texts of numbers and collections (expressions.md §5). */
export const FORMAT_UTILITY: readonly Member[] = [
  format(
    'asNumber(s: String): Double',
    'The number of a text, 0 for an empty one',
    (_self, _run, s: string) => (s === '' ? 0 : decimalNumber(s)),
  ),
  format(
    'isNumeric(s: String?): Boolean',
    'Whether a text is a number',
    (_self, _run, s: string | null) => s !== null && /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(s),
  ),
  format(
    'join(texts: Collection[String], separator?: String): String',
    'The texts in one',
    (_self, run, texts: Texts, separator = ',') => joinTexts(texts, separator, run),
  ),
  format(
    'normalizeBytes(bytes: Double): String',
    'A number of bytes in a fitting unit: `1.5 MiB`',
    (_self, _run, bytes: number) => normalize(bytes, 0, false, 'B'),
  ),
  format(
    'normalizeValue(value: Double, si: Boolean, unit: String): String',
    'A number in a fitting unit, by 1000 if `si`, else by 1024',
    (_self, _run, value: number, si: boolean, unit: string) => normalize(value, 0, si, unit),
  ),
  format(
    'normalizeValue(value: Double, inputUnitIndex: Int, si: Boolean, unit: String): String',
    'The same for a number that is given in thousands (1), millions (2) …',
    (_self, _run, value: number, index: number, si: boolean, unit: string) =>
      normalize(value, index, si, unit),
  ),
  format(
    'secondsToPeriod(seconds: Long): String',
    'A number of seconds: `16m 40s`',
    (_self, _run, seconds: bigint) => period(seconds),
  ),
];

const net = membersOf<unknown>('NetUtility');

function ipOf(text: string): NonNullable<ReturnType<typeof parseIp>> {
  const ip = parseIp(text);
  if (!ip) throw new EvaluationError('parse', `'${text.slice(0, 60)}' is no address`);
  return ip;
}

/** Addresses (expressions.md §5). */
export const NET_UTILITY: readonly Member[] = [
  net(
    'compareIp(a: String, b: String): Int',
    'Negative, 0 or positive as addresses are ordered; fails for what is none',
    (_self, _run, a: string, b: string) => compareIps(ipOf(a), ipOf(b)),
  ),
  net(
    'isIp(s: String): Boolean',
    'Whether it is an IPv4 or IPv6 address',
    (_self, _run, s: string) => parseIp(s) !== null,
  ),
  net(
    'isIps(s: String): Boolean',
    'Whether it is a list of addresses, parted by commas',
    (_self, _run, s: string) => isIpList(s),
  ),
  net('isMac(s: String): Boolean', 'Whether it is a MAC address', (_self, _run, s: string) => isMac(s)),
  net(
    'isIpInSubnet(ip: String, cidr: String): Boolean',
    'Whether an address is of a net such as `10.0.0.0/8`',
    (_self, _run, ip: string, cidr: string) => isInCidr(ip, cidr),
  ),
  net(
    'isIpInSubnetWithMask(ip: String, net: String, mask: String): Boolean',
    'Whether an address is of a net with a mask',
    (_self, _run, ip: string, network: string, mask: string) => isInNetWithMask(ip, network, mask),
  ),
  net(
    'networkAddress(ip: String, mask: String): String',
    'Address of the net of an address',
    (_self, _run, ip: string, mask: string) => {
      const [address, bits] = [ipOf(ip), ipOf(mask)];
      if (address.bits !== bits.bits)
        throw new EvaluationError('argument', 'The mask is not one for that address');
      return ipText({ bits: address.bits, value: address.value & bits.value });
    },
  ),
  net(
    'stripMac(s: String): String',
    'A MAC address without what parts its digits',
    (_self, _run, s: string) => stripMac(s),
  ),
];

const string = membersOf<unknown>('StringUtility');

/** First number in a text. */
const extract = (s: string | null): number => Number(/-?\d+(?:\.\d+)?/.exec(s ?? '')?.[0] ?? 0);

/** Parts of a dotted text from 0, both ends included; without an end the rest, with the dot at its end. */
function slice(item: string, from: number, to: number | undefined, dot: boolean): string {
  const ended = item.endsWith('.');
  const parts = (ended ? item.slice(0, -1) : item).split('.');
  const chosen = parts.slice(Math.max(0, from), to === undefined ? undefined : Math.max(0, to + 1)).join('.');
  return chosen !== '' && (to === undefined ? ended : dot) ? `${chosen}.` : chosen;
}

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function random(length: number, run: Run): string {
  run.budget.text(Math.max(0, length));
  run.budget.charge(Math.max(0, length));
  return Array.from(
    { length: Math.max(0, length) },
    () => ALPHANUMERIC[Math.floor(run.random() * ALPHANUMERIC.length)] ?? 'A',
  ).join('');
}

/** The older form of what texts can do by themselves (expressions.md §5). */
export const STRING_UTILITY: readonly Member[] = [
  string('concat(parts*: Text?): String', 'The text forms in one; null is left out', concat),
  string(
    'contains(list: String, item: String): Boolean',
    'Whether a list parted by commas has an item',
    (_self, _run, list: string, item: string) => list.split(',').some((part) => part.trim() === item),
  ),
  string(
    'extract(s: String?): Double',
    'The first number in a text; 0 if there is none',
    (_self, _run, s: string | null) => extract(s),
  ),
  string(
    'join(texts: Collection[String], separator?: String): String',
    'The texts in one',
    (_self, run, texts: Texts, separator = ',') => joinTexts(texts, separator, run),
  ),
  string(
    'leftPad(s: String, length: Int, padding?: String): String',
    'Filled at the beginning',
    (_self, run, s: string, length: number, padding = ' ') => padLeft(s, length, padding, run.budget),
  ),
  string(
    'rightPad(s: String, length: Int, padding?: String): String',
    'Filled at the end',
    (_self, run, s: string, length: number, padding = ' ') => padRight(s, length, padding, run.budget),
  ),
  string(
    'random(length: Int): String',
    'Random letters and digits',
    (_self, run, length: number) => random(length, run),
    { random: true },
  ),
  string(
    'regexFind(s: String, pattern: String): String',
    'The first match of a regular expression; null if there is none',
    (_self, run, s: string, pattern: string) => {
      for (const match of Pattern.of(pattern, run.budget).findAll(s, run.budget))
        return s.slice(match.from, match.to);
      return null;
    },
  ),
  string(
    'regexMatches(s: String, pattern: String): Boolean',
    'Whether the whole text matches',
    (_self, run, s: string, pattern: string) => Pattern.of(pattern, run.budget).matches(s, run.budget),
  ),
  string(
    'regexReplace(s: String, pattern: String, by: String): String',
    'The first match replaced',
    (_self, run, s: string, pattern: string, by: string) =>
      Pattern.of(pattern, run.budget).replace(s, by, true, run.budget),
  ),
  string(
    'regexReplaceAll(s: String, pattern: String, by: String): String',
    'Every match replaced',
    (_self, run, s: string, pattern: string, by: string) =>
      Pattern.of(pattern, run.budget).replace(s, by, false, run.budget),
  ),
  string(
    'removeStart(s: String, start: String): String',
    'Without a beginning',
    (_self, _run, s: string, start: string) => (s.startsWith(start) ? s.slice(start.length) : s),
  ),
  string(
    'removeEnd(s: String, end: String): String',
    'Without an end',
    (_self, _run, s: string, end: string) => (end !== '' && s.endsWith(end) ? s.slice(0, -end.length) : s),
  ),
  string('removeTRRoot(key: String): String', 'A key without its root object', (_self, _run, key: string) =>
    key.replace(/^(?:InternetGatewayDevice|Device)\./, ''),
  ),
  string(
    'replace(s: String, part: String, by: String): String',
    'Every occurrence of a text replaced',
    (_self, run, s: string, part: string, by: string) => replaceLiterally(s, part, by, run.budget),
  ),
  string(
    'slice(item: String, from: Int, to: Int, dot: Boolean): String',
    'Parts between dots from one number to another, both included; `dot` adds one at the end',
    (_self, _run, item: string, from: number, to: number, dot: boolean) => slice(item, from, to, dot),
  ),
  string(
    'slice(item: String, from: Int): String',
    'Parts between dots from a number on; a dot at the end is kept',
    (_self, _run, item: string, from: number) => slice(item, from, undefined, false),
  ),
  string(
    'split(s: String, pattern: String): List[String]',
    'Parts between the matches of a regular expression',
    (_self, run, s: string, pattern: string) => splitBy(s, pattern, 0, run.budget),
  ),
  string(
    'stringContains(s: String, part: String): Boolean',
    'Whether a text is in another',
    (_self, _run, s: string, part: string) => s.includes(part),
  ),
  string(
    'stripToAlphanumeric(s: String, replacement: String): String',
    'Each character that is no ASCII letter or digit replaced',
    (_self, run, s: string, replacement: string) => {
      run.budget.text(s.length * Math.max(1, replacement.length));
      return s.replace(/[^A-Za-z0-9]/g, () => replacement);
    },
  ),
  string(
    'subString(s: String, from: Int, to?: Int): String',
    'Characters from one index up to another; bounds are adjusted',
    (_self, _run, s: string, from: number, to: number = s.length) =>
      s.slice(Math.max(0, from), Math.max(0, to)),
  ),
  string(
    'trimToEmpty(s: String?): String',
    'Without blanks at both ends; empty for null',
    (_self, _run, s: string | null) => (s ?? '').trim(),
  ),
];

function concat(_self: unknown, run: Run, ...parts: Value[]): string {
  let made = '';
  for (const part of parts) {
    made += typeof part === 'string' ? part : '';
    run.budget.checkText(made.length);
  }
  return made;
}
