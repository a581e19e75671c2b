import { createHmac, timingSafeEqual } from 'node:crypto';

interface Entry {
  matches(host: string): boolean;
  key: Buffer;
  revoked: boolean;
}

/**
 * The keys by which SSH hosts are known, in the form of OpenSSH (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT): plain and hashed
 * names, `[host]:port`, `*` and `?` in names, `!` before one that does not count, `@revoked`. Lines that are none are left out.
 */
export class KnownHosts {
  readonly #entries: readonly Entry[];

  constructor(text: string) {
    this.#entries = text.split(/\r?\n/).flatMap(entryOf);
  }

  /** Whether the host has shown a key that it is known by. */
  knows(address: string, port: number, key: Buffer): boolean {
    const name = port === 22 ? address.toLowerCase() : `[${address.toLowerCase()}]:${port}`;
    const same = this.#entries.filter((entry) => entry.key.equals(key));
    if (same.some(({ revoked }) => revoked)) return false;
    return same.some((entry) => entry.matches(name));
  }
}

function entryOf(line: string): Entry[] {
  const [first = '', ...rest] = line.trim().split(/\s+/);
  if (first === '' || first.startsWith('#')) return [];
  const marked = first.startsWith('@');
  const [names = '', , encoded = ''] = marked ? rest : [first, ...rest];
  // Certificate authorities are not used.
  if (marked && first !== '@revoked') return [];
  const key = Buffer.from(encoded, 'base64');
  if (key.length === 0) return [];
  const patterns = names.split(',');
  return [
    {
      key,
      revoked: first === '@revoked',
      matches: (host) =>
        patterns.some((one) => !one.startsWith('!') && fits(one, host)) &&
        !patterns.some((one) => one.startsWith('!') && fits(one.slice(1), host)),
    },
  ];
}

function fits(pattern: string, host: string): boolean {
  if (!pattern.startsWith('|1|')) {
    const regex = pattern
      .toLowerCase()
      .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    return new RegExp(`^${regex}$`).test(host);
  }
  const [, , salt = '', hash = ''] = pattern.split('|');
  const expected = Buffer.from(hash, 'base64');
  const actual = createHmac('sha1', Buffer.from(salt, 'base64')).update(host).digest();
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}
