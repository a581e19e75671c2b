import { TransferFailure } from './file-client.js';

/**
 * The version that an image brings. An image that begins with `PROVOST-FW <version>` or with a JSON object having
 * `version` (and, if it is made for certain devices, `productClass`) says so itself; of any other, the version is in
 * its file name, or the present one's last number goes up by one. Throws TransferFailure 9018 for an image that cannot
 * be for this device.
 */
export function firmwareVersion(
  image: Buffer,
  fileName: string,
  present: string,
  productClass: string,
): string {
  if (image.length === 0) throw new TransferFailure(9018, 'the image is empty');
  const start = image.subarray(0, 4096).toString('latin1');
  const plain = /^PROVOST-FW (\S{1,64})[ \t]*(\S*)\r?\n/.exec(start);
  if (plain?.[1] !== undefined) {
    requireClass(plain[2] === '' || plain[2] === undefined ? undefined : plain[2].split(','), productClass);
    return plain[1];
  }
  const header = start.startsWith('{') ? jsonHeader(image) : undefined;
  if (header) {
    requireClass(header.productClass, productClass);
    return header.version;
  }
  const named = /\d+(?:\.\d+)+(?:[-_][A-Za-z0-9]+)*?(?=\.[A-Za-z]+$|$|[^\d.A-Za-z_-])/.exec(fileName)?.[0];
  return named ?? nextVersion(present);
}

function requireClass(allowed: readonly string[] | undefined, productClass: string): void {
  if (allowed && !allowed.includes(productClass)) {
    throw new TransferFailure(9018, `the image is for ${allowed.join(', ')}, not for ${productClass}`);
  }
}

function jsonHeader(image: Buffer): { version: string; productClass: string[] | undefined } | undefined {
  const text = image.toString('utf8');
  for (const candidate of [text.split('\n', 1)[0] ?? '', text]) {
    try {
      const header = JSON.parse(candidate) as { version?: unknown; productClass?: unknown };
      if (typeof header.version !== 'string' || header.version === '') return undefined;
      const { productClass } = header;
      const classes = Array.isArray(productClass) ? productClass.map(String) : undefined;
      return {
        version: header.version.slice(0, 64),
        productClass: classes ?? (typeof productClass === 'string' ? [productClass] : undefined),
      };
    } catch {
      // Not JSON as far as this; the next candidate may be.
    }
  }
  return undefined;
}

const nextVersion = (present: string): string =>
  /\d+(?=\D*$)/.test(present)
    ? present.replace(/\d+(?=\D*$)/, (digits) => String(Number(digits) + 1))
    : `${present}.1`;
