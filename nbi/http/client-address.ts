import { BlockList, isIP } from 'node:net';

/** The networks (CIDR or single addresses) of proxies whose `X-Forwarded-For` is believed. */
export function trustedProxies(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    list.addSubnet(address, bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits), family);
  }
  return list;
}

/**
 * Who sent a request: the peer, or what trusted proxies say of it. Read from the right, since everything left of the first
 * address that is not trusted may have been made up by the client.
 */
export function clientAddress(peer: string, forwardedFor: string, trusted: BlockList): string {
  let address = plain(peer);
  const hops = forwardedFor
    .split(',')
    .map((hop) => plain(hop.trim()))
    .reverse();
  for (const hop of hops) {
    if (!isTrusted(address, trusted) || isIP(hop) === 0) break;
    address = hop;
  }
  return address;
}

function isTrusted(address: string, trusted: BlockList): boolean {
  const family = isIP(address);
  return family !== 0 && trusted.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** IPv4 peers of a listener for both families look like `::ffff:192.0.2.1`. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
