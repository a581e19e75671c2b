import { lookup as lookUp, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { OutboundFailure } from '../ports/workflow-ports.js';

/** Networks that are not the public Internet: this machine, its neighbours, multicast, what maps or tunnels to them. */
const NOT_PUBLIC: readonly [address: string, bits: number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
];

export interface GuardOptions {
  /** Names, `*.name` for all below one, or `*`. */
  hosts: readonly string[];
  /** Addresses and networks (CIDR) that are not public and may be reached all the same. */
  privateNetworks: readonly string[];
  /** In place of the system's resolver. */
  resolve?: typeof lookUp;
}

/**
 * Which hosts this server may be made to call. Names are held to the allow-list; the addresses that they turn out to have
 * are looked at when the connection is made, so that a name that changes its address in between gains nothing.
 */
export class AddressGuard {
  readonly #hosts: readonly string[];
  readonly #blocked = listOf(NOT_PUBLIC);
  readonly #allowed: BlockList;
  readonly #resolve: typeof lookUp;

  constructor({ hosts, privateNetworks, resolve }: GuardOptions) {
    this.#hosts = hosts.map((host) => host.toLowerCase());
    this.#allowed = listOf(
      privateNetworks.map((network) => {
        const [address = '', bits] = network.split('/');
        return [address, bits === undefined ? (isIP(address) === 6 ? 128 : 32) : Number(bits)];
      }),
    );
    this.#resolve = resolve ?? lookUp;
  }

  /** Throws `OutboundFailure` for a host that is not on the list, and for an address that may not be reached. */
  assertHost(host: string): void {
    const name = host
      .toLowerCase()
      .replace(/^\[|\]$/g, '')
      .replace(/\.$/, '');
    const listed = this.#hosts.some(
      (one) => one === '*' || one === name || (one.startsWith('*.') && name.endsWith(one.slice(1))),
    );
    if (!listed) throw new OutboundFailure(`the host ${name} is not allowed by the administrator`);
    if (isIP(name) !== 0 && !this.isReachable(name))
      throw new OutboundFailure(`the address ${name} is private and not allowed by the administrator`);
  }

  isReachable(address: string): boolean {
    const plain = mappedAddress(address);
    const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4';
    return this.#allowed.check(plain, family) || !this.#blocked.check(plain, family);
  }

  /** For sockets: resolves a name and refuses addresses that may not be reached. */
  readonly lookup: LookupFunction = (hostname, options, callback) => {
    this.#resolve(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) {
        callback(error, '');
        return;
      }
      const reachable = addresses.filter(({ address }) => this.isReachable(address));
      const [first] = reachable;
      if (!first) {
        const refusal = `the address of ${hostname} is private and not allowed by the administrator`;
        callback(new OutboundFailure(refusal), '');
      } else if (options.all) callback(null, reachable);
      else callback(null, first.address, first.family);
    });
  };
}

/** An IPv4 address that is written as an IPv6 one is what it maps to. */
function mappedAddress(address: string): string {
  const dotted = /^(?:0*:)*:?:?ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (dotted !== undefined) return dotted;
  const words = /^(?:0*:)*:?:?ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(address);
  if (!words) return address;
  const [high, low] = [words[1], words[2]].map((word) => parseInt(word ?? '0', 16)) as [number, number];
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

function listOf(networks: readonly (readonly [address: string, bits: number])[]): BlockList {
  const list = new BlockList();
  for (const [address, bits] of networks)
    list.addSubnet(address, bits, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  return list;
}
