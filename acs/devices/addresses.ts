import { BlockList, isIP, isIPv4 } from 'node:net';

const UNSPECIFIED = new Set(['', '0.0.0.0', '::', '255.255.255.255']);

const localOnly = new BlockList();
localOnly.addSubnet('127.0.0.0', 8, 'ipv4');
localOnly.addSubnet('169.254.0.0', 16, 'ipv4');
localOnly.addSubnet('fe80::', 10, 'ipv6');
localOnly.addAddress('::1', 'ipv6');

const privateUse = new BlockList();
privateUse.addSubnet('10.0.0.0', 8, 'ipv4');
privateUse.addSubnet('172.16.0.0', 12, 'ipv4');
privateUse.addSubnet('192.168.0.0', 16, 'ipv4');
privateUse.addSubnet('fc00::', 7, 'ipv6');

const family = (address: string): 'ipv4' | 'ipv6' => (isIPv4(address) ? 'ipv4' : 'ipv6');

/** An address under which a CPE may be reached from elsewhere: valid, not unspecified, not of the link or host alone. */
export function isUsableAddress(address: string): boolean {
  return isIP(address) !== 0 && !UNSPECIFIED.has(address) && !localOnly.check(address, family(address));
}

/** RFC 1918 or unique-local: what a LAN side has as a rule, and a WAN side behind a NAT. */
export function isPrivateAddress(address: string): boolean {
  return isIP(address) !== 0 && privateUse.check(address, family(address));
}

/** `::ffff:192.0.2.1`, as sockets name IPv4 peers on dual-stack listeners, as `192.0.2.1`. */
export function plainAddress(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  return mapped?.[1] ?? address;
}

/**
 * A text by which addresses sort as numbers, IPv4 before IPv6: `4` or `6` and the address in hexadecimal. Text that is
 * no address sorts behind them all.
 */
export function addressSortKey(address: string): string {
  const plain = plainAddress(address);
  switch (isIP(plain)) {
    case 4:
      return `4${plain
        .split('.')
        .map((part) => Number(part).toString(16).padStart(2, '0'))
        .join('')}`;
    case 6:
      return `6${expandIPv6(plain).join('')}`;
    default:
      return `~${plain}`;
  }
}

function expandIPv6(address: string): string[] {
  const zoneless = address.split('%')[0] ?? address;
  const dotted = /(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(zoneless);
  const [, a, b, c, d] = dotted ?? [];
  const text = dotted
    ? zoneless.slice(0, dotted.index) +
      [Number(a) * 256 + Number(b), Number(c) * 256 + Number(d)].map((word) => word.toString(16)).join(':')
    : zoneless;
  const [head = '', tail] = text.split('::');
  const words = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const front = words(head);
  const back = tail === undefined ? [] : words(tail);
  const middle =
    tail === undefined ? [] : new Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0');
  return [...front, ...middle, ...back].map((word) => word.toLowerCase().padStart(4, '0'));
}

/** A MAC address as `AA:BB:CC:DD:EE:FF`; other text is left as it is. */
export function normalMac(mac: string): string {
  const digits = mac.replace(/[-:. ]/g, '');
  if (!/^[0-9A-Fa-f]{12}$/.test(digits)) return mac;
  return (digits.toUpperCase().match(/../g) ?? []).join(':');
}
