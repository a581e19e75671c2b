import { createHash } from 'node:crypto';
import { parseDate, parseDateBy } from '../dates.js';
import { EvaluationError } from '../errors.js';
import { compareIps, isInSubnet, isMac, parseCidr, parseIp, stripMac } from '../ip.js';
import type { Budget } from '../limits.js';
import * as key from '../model-key.js';
import { fit } from '../numbers.js';
import { Pattern } from '../regex.js';
import type { Value } from '../values.js';
import { decodeText, encodeText, unescapeBytes } from './charsets.js';
import { membersOf, type Member } from './member.js';

const text = membersOf<string>('String');

/** Without regular expressions; the growth is known before the text is made. */
export function replaceLiterally(self: string, part: string, by: string, budget: Budget): string {
  const count = self.split(part).length - 1;
  budget.text(self.length + count * (by.length - part.length));
  return self.replaceAll(part, () => by);
}

/** The parts between matches, as Java has them: without empty ones at the end, unless there is a limit. */
export function splitBy(self: string, pattern: string, limit: number, budget: Budget): string[] {
  const parts: string[] = [];
  let at = 0;
  for (const match of Pattern.of(pattern, budget).findAll(self, budget)) {
    if (limit > 0 && parts.length === limit - 1) break;
    if (match.to === 0 || (match.from === match.to && match.from >= self.length)) continue;
    parts.push(self.slice(at, match.from));
    budget.checkElements(parts.length);
    at = match.to;
  }
  parts.push(self.slice(at));
  if (limit === 0) while (parts.length > 1 && parts.at(-1) === '') parts.pop();
  return parts;
}

function parts(self: string, separator: string, budget: Budget): string[] {
  const found = separator === '' ? [self] : self.split(separator);
  budget.elements(found.length);
  return found;
}

export const STRING_PATTERNS: readonly Member[] = [
  text(
    'matches(pattern: String): Boolean',
    'Whether the whole text matches a regular expression',
    (self, run, pattern: string) => Pattern.of(pattern, run.budget).matches(self, run.budget),
  ),
  text(
    'replace(part: String, by: String): String',
    'Every occurrence of a text replaced',
    (self, run, part: string, by: string) => replaceLiterally(self, part, by, run.budget),
  ),
  text(
    'replaceAll(pattern: String, by: String): String',
    'Every match of a regular expression replaced; `$1` is a group',
    (self, run, pattern: string, by: string) =>
      Pattern.of(pattern, run.budget).replace(self, by, false, run.budget),
  ),
  text(
    'replaceFirst(pattern: String, by: String): String',
    'The first match of a regular expression replaced; `$1` is a group',
    (self, run, pattern: string, by: string) =>
      Pattern.of(pattern, run.budget).replace(self, by, true, run.budget),
  ),
  text(
    'replaceAllLiterally(part: String, by: String): String',
    'Every occurrence of a text replaced',
    (self, run, part: string, by: string) => replaceLiterally(self, part, by, run.budget),
  ),
  text(
    'split(pattern: String, limit?: Int): List[String]',
    'Parts between the matches of a regular expression; no empty parts at the end unless a limit is given',
    (self, run, pattern: string, limit = 0) => splitBy(self, pattern, limit, run.budget),
  ),
  text(
    'splitBy(separator: String): List[String]',
    'Parts between the occurrences of a text, as they stand',
    (self, run, separator: string) => parts(self, separator, run.budget),
  ),
  text(
    'splitByTrim(separator: String): List[String]',
    'Parts between the occurrences of a text, without blanks at their ends',
    (self, run, separator: string) => parts(self, separator, run.budget).map((part) => part.trim()),
  ),
];

function unreadable(self: string, what: string): EvaluationError {
  const shown = self.length > 40 ? `${self.slice(0, 40)}…` : self;
  return new EvaluationError('parse', `'${shown}' is no ${what}`);
}

/** A whole number of a type. */
function wholeNumber(self: string, kind: 'byte' | 'short' | 'int' | 'long', what: string): number | bigint {
  if (!/^[+-]?\d{1,25}$/.test(self)) throw unreadable(self, what);
  const value = BigInt(self.replace('+', ''));
  const fitted = fit(value, kind);
  if (BigInt(fitted) !== value) throw unreadable(self, what);
  return fitted;
}

/** A decimal number, with an exponent if need be. */
export function decimalNumber(self: string): number {
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$|^[+-]?Infinity$|^NaN$/.test(self))
    throw unreadable(self, 'number');
  return Number(self);
}

export const STRING_PARSING: readonly Member[] = [
  text('toBoolean: Boolean', '`true` or `false`; fails for other texts', (self) => {
    if (self !== 'true' && self !== 'false') throw unreadable(self, 'Boolean');
    return self === 'true';
  }),
  text('toByte: Byte', 'A whole number of 8 bits', (self) => wholeNumber(self, 'byte', 'Byte')),
  text('toShort: Short', 'A whole number of 16 bits', (self) => wholeNumber(self, 'short', 'Short')),
  text('toInt: Int', 'A whole number of 32 bits', (self) => wholeNumber(self, 'int', 'Int')),
  text('toLong: Long', 'A whole number of 64 bits', (self) => wholeNumber(self, 'long', 'Long')),
  text('toFloat: Float', 'A decimal number', (self) => Math.fround(decimalNumber(self))),
  text('toDouble: Double', 'A decimal number', decimalNumber),
  text('parseHex: Long', 'A hexadecimal number of up to 64 bits, with or without `0x`', (self) => {
    const match = /^(?:0[xX])?([0-9a-fA-F]{1,16})$/.exec(self);
    if (!match) throw unreadable(self, 'hexadecimal number');
    return BigInt.asIntN(64, BigInt(`0x${match[1] ?? ''}`));
  }),
  text(
    'toDate(format?: String, zone?: String): Date',
    '`yyyy.MM.dd HH:mm:ss` or milliseconds since 1970, or by a pattern, in the server zone or another',
    (self, run, format?: string, zone: string = run.zone) => {
      const date = format === undefined ? parseDate(self, zone) : parseDateBy(self, format, zone);
      if (!date) throw unreadable(self, format === undefined ? 'date' : `date of the form ${format}`);
      return date;
    },
  ),
];

function base64(self: string): Buffer {
  const compact = self.replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(compact) || compact.replace(/=+$/, '').length % 4 === 1)
    throw unreadable(self, 'base64 text');
  return Buffer.from(compact, 'base64');
}

function hex(self: string): Buffer {
  if (self.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(self)) throw unreadable(self, 'hexadecimal text');
  return Buffer.from(self, 'hex');
}

export const STRING_ENCODING: readonly Member[] = [
  text('encodeBase64: String', 'Its UTF-8 bytes in base64', (self) => Buffer.from(self).toString('base64')),
  text('decodeBase64: Bytes', 'Bytes from base64', base64),
  text('decodeBase64String: String', 'UTF-8 text from base64', (self) => decodeText(base64(self), 'utf-8')),
  text('encodeHex: String', 'Its UTF-8 bytes in hexadecimal digits', (self) =>
    Buffer.from(self).toString('hex'),
  ),
  text('decodeHex: Bytes', 'Bytes from hexadecimal digits', hex),
  text('decodeHexString: String', 'UTF-8 text from hexadecimal digits', (self) =>
    decodeText(hex(self), 'utf-8'),
  ),
  text('encodeUTF8: Bytes', 'Its UTF-8 bytes', (self) => Buffer.from(self)),
  text(
    'encode(charset: String): Bytes',
    'Its bytes in UTF-8, UTF-16, ISO-8859-1 or US-ASCII',
    (self, _run, charset: string) => encodeText(self, charset),
  ),
  text('decodeEscapedBytes: Bytes', 'Bytes from text with `\\xNN` escapes', (self) => unescapeBytes(self)),
  text('md5Hex: String', 'MD5 of its UTF-8 bytes in hexadecimal digits', (self) =>
    createHash('md5').update(self).digest('hex'),
  ),
];

export const STRING_KEYS: readonly Member[] = [
  text('parentKey: String', 'The object that holds it, with its dot; empty at the root', key.parentKey),
  text('ancestorKey(depth: Int): String', 'Its first segments as an object', (self, _run, depth: number) =>
    key.ancestorKey(self, depth),
  ),
  text('keyName: String', 'Its last segment', (self) => key.segmentsOf(self).at(-1) ?? ''),
  text(
    'keySegment(number: Int): String',
    'One segment, from 1; negative from the end',
    (self, _run, number: number) => key.keySegment(self, number),
  ),
  text(
    'keySlice(first: Int, last: Int): String',
    'Segments from one to another, both included; negative from the end',
    (self, _run, first: number, last: number) => key.keySlice(self, first, last),
  ),
  text('keyDepth: Int', 'Number of its segments', (self) => key.segmentsOf(self).length),
  text('isObjectKey: Boolean', 'Whether it ends in a dot', key.isObjectKey),
  text(
    'isParameterKey: Boolean',
    'Whether it is a key without a dot at its end',
    (self) => self !== '' && !key.isObjectKey(self),
  ),
  text('toObjectKey: String', 'With a dot at its end', key.toObjectKey),
  text('toParameterKey: String', 'Without a dot at its end', key.toParameterKey),
  text(
    'isAncestorOf(other: String): Boolean',
    'Whether it is an object that holds the other key, or is it',
    (self, _run, other: string) => key.isObjectKey(self) && other.startsWith(self),
  ),
  text('stripInstanceNumbers: String', 'With `{i}` for instance numbers', key.stripInstanceNumbers),
  text('dmRoot: String', 'Its root object, with the dot', key.dmRoot),
  text('changeRoot(root: String): String', 'With another root object', (self, _run, root: string) =>
    key.changeRoot(self, root),
  ),
  text(
    'withNativeRoot(root: String): String',
    'With a root object in the place of `Root`; other keys as they are',
    (self, _run, root: string) => (key.dmRoot(self) === 'Root.' ? key.changeRoot(self, root) : self),
  ),
];

/** Null when one of them is no address. */
export function compareAsIps(a: string, b: string): Value {
  const [left, right] = [parseIp(a), parseIp(b)];
  return left && right ? compareIps(left, right) : null;
}

export function isInCidr(address: string, cidr: string): boolean {
  const [ip, net] = [parseIp(address), parseCidr(cidr)];
  return ip !== null && net !== null && isInSubnet(ip, net.net, net.mask);
}

export function isInNetWithMask(address: string, network: string, netmask: string): boolean {
  const [ip, net, mask] = [parseIp(address), parseIp(network), parseIp(netmask)];
  return ip !== null && net !== null && mask?.bits === net.bits && isInSubnet(ip, net, mask.value);
}

export const isIpList = (self: string): boolean =>
  self.split(',').every((part) => parseIp(part.trim()) !== null);

export const STRING_NET: readonly Member[] = [
  text('isIp: Boolean', 'Whether it is an IPv4 or IPv6 address', (self) => parseIp(self) !== null),
  text('isIps: Boolean', 'Whether it is a list of addresses, parted by commas', isIpList),
  text('isMac: Boolean', 'Whether it is a MAC address', isMac),
  text('stripMac: String', 'A MAC address without what parts its digits', stripMac),
  text(
    'isIpInSubnet(cidr: String): Boolean',
    'Whether it is an address of a net such as `10.0.0.0/8`',
    (self, _run, cidr: string) => isInCidr(self, cidr),
  ),
  text(
    'isIpInSubnetWithMask(net: String, mask: String): Boolean',
    'Whether it is an address of a net with a mask',
    (self, _run, net: string, mask: string) => isInNetWithMask(self, net, mask),
  ),
  text(
    'compareAsIpTo(other: String): Int',
    'Negative, 0 or positive as addresses are ordered; null if one is no address',
    (self, _run, other: string) => compareAsIps(self, other),
  ),
];
