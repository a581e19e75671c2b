import { isIP } from 'node:net';

/** An IPv4 or IPv6 address as a number. */
export interface Ip {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/** Null when the text is no address. */
export function parseIp(text: string): Ip | null {
  const version = isIP(text);
  if (version === 0 || text.includes('%')) return null;
  return version === 4 ? { bits: 32, value: v4(text) } : { bits: 128, value: v6(text) };
}

const v4 = (text: string): bigint => text.split('.').reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);

function v6(text: string): bigint {
  // The last 32 bits may be written like IPv4.
  const mapped = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  const plain = mapped ? `${mapped[1] ?? ''}${hexadecimal(v4(mapped[2] ?? ''))}` : text;
  const [head = '', tail] = plain.split('::');
  const before = groupsOf(head);
  const after = groupsOf(tail ?? '');
  const zeros = tail === undefined ? [] : Array<string>(8 - before.length - after.length).fill('0');
  return [...before, ...zeros, ...after].reduce((sum, part) => (sum << 16n) | BigInt(`0x${part}`), 0n);
}

const groupsOf = (text: string): string[] => (text === '' ? [] : text.split(':'));
const hexadecimal = (value: bigint): string =>
  `${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;

/** As text: IPv6 in full groups without leading zeros. */
export function ipText({ bits, value }: Ip): string {
  const size = bits === 32 ? 8n : 16n;
  const parts = Array.from({ length: bits === 32 ? 4 : 8 }, (_, index) => {
    const shift = BigInt(bits) - size * BigInt(index + 1);
    return (value >> shift) & ((1n << size) - 1n);
  });
  return parts.map((part) => part.toString(bits === 32 ? 10 : 16)).join(bits === 32 ? '.' : ':');
}

/** IPv4 before IPv6, then by number. */
export function compareIps(a: Ip, b: Ip): number {
  if (a.bits !== b.bits) return a.bits < b.bits ? -1 : 1;
  return a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
}

/** Network bits of a length; null when the length does not fit the address. */
export function maskOf(bits: number, length: number): bigint | null {
  if (!Number.isInteger(length) || length < 0 || length > bits) return null;
  return ((1n << BigInt(length)) - 1n) << BigInt(bits - length);
}

/** `10.0.0.0/8`; a bare address is a net of its own. Null when it is no net. */
export function parseCidr(text: string): { net: Ip; mask: bigint } | null {
  const [address = '', length, ...more] = text.split('/');
  const net = parseIp(address);
  if (!net || more.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length))) return null;
  const mask = maskOf(net.bits, length === undefined ? net.bits : Number(length));
  return mask === null ? null : { net, mask };
}

export function isInSubnet(ip: Ip, net: Ip, mask: bigint): boolean {
  return ip.bits === net.bits && (ip.value & mask) === (net.value & mask);
}

/** Pairs by `:` or `-`, Cisco's dots, or twelve digits alone. */
export function isMac(text: string): boolean {
  return /^[0-9a-fA-F]{2}(?:([:-])[0-9a-fA-F]{2})(?:\1[0-9a-fA-F]{2}){4}$|^[0-9a-fA-F]{4}(?:\.[0-9a-fA-F]{4}){2}$|^[0-9a-fA-F]{12}$/.test(
    text,
  );
}

export const stripMac = (text: string): string => text.replace(/[:.\-\s]/g, '');
