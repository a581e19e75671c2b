/** The three parts that make a device's identity; the manufacturer's name is no part of it. */
export interface IdentityParts {
  oui: string;
  productClass: string;
  serialNumber: string;
}

/**
 * The identity of a CPE: `OUI-ProductClass-SerialNumber`, or `OUI-SerialNumber` when it has no product class
 * (devices.md §1). The OUI is in upper case; in each part all but `A-Z a-z 0-9 _ . ~` is percent-encoded as UTF-8, the
 * hyphen too, so that the parts can always be told apart.
 */
export function deviceIdentity(parts: IdentityParts): string {
  const oui = encodePart(parts.oui.toUpperCase());
  const serial = encodePart(parts.serialNumber);
  return parts.productClass === ''
    ? `${oui}-${serial}`
    : `${oui}-${encodePart(parts.productClass)}-${serial}`;
}

/** The parts of an identity, or null when the text is none that `deviceIdentity` makes. */
export function splitIdentity(identity: string): IdentityParts | null {
  const parts = identity.split('-').map(decodePart);
  if (parts.length < 2 || parts.length > 3) return null;
  const [oui, middle, last] = parts;
  if (oui === undefined || middle === undefined || last === null) return null;
  if (oui === null || middle === null) return null;
  const split =
    last === undefined
      ? { oui, productClass: '', serialNumber: middle }
      : { oui, productClass: middle, serialNumber: last };
  return deviceIdentity(split) === identity ? split : null;
}

const PLAIN = /^[A-Za-z0-9_.~]*$/;

function encodePart(part: string): string {
  if (PLAIN.test(part)) return part;
  let encoded = '';
  for (const byte of Buffer.from(part, 'utf8')) {
    const character = String.fromCharCode(byte);
    encoded += PLAIN.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}

function decodePart(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
