import { networkInterfaces } from 'node:os';

/**
 * The URL under which CPEs reach a listener: the one that was configured, else one made from the address it is bound to;
 * for a listener on all addresses the machine's first public-facing IPv4 address, else loopback.
 */
export function publicUrl(configured: string, host: string, port: number): string {
  if (configured !== '') return configured.replace(/\/+$/, '');
  const everywhere = host === '0.0.0.0' || host === '::' || host === '';
  const name = everywhere ? (firstOutsideAddress() ?? '127.0.0.1') : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

function firstOutsideAddress(): string | undefined {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find((address) => address.family === 'IPv4' && !address.internal)?.address;
}
