import { EvaluationError } from '../errors.js';

/** Text of bytes; fails for an unknown charset or bytes that are not of it. */
export function decodeText(bytes: Uint8Array, charset: string): string {
  try {
    return new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof RangeError)
      throw new EvaluationError('argument', `There is no charset ${charset}`, { cause: error });
    throw new EvaluationError('parse', `The bytes are no text of ${charset}`, { cause: error });
  }
}

const ENCODINGS: Readonly<Record<string, BufferEncoding>> = {
  'utf-8': 'utf8',
  utf8: 'utf8',
  'utf-16le': 'utf16le',
  'iso-8859-1': 'latin1',
  latin1: 'latin1',
  'us-ascii': 'ascii',
  ascii: 'ascii',
};

/** Bytes of a text; what the charset lacks becomes `?`. */
export function encodeText(text: string, charset: string): Uint8Array {
  const name = charset.toLowerCase();
  if (name === 'utf-16' || name === 'utf-16be') {
    const bytes = Buffer.from(text, 'utf16le').swap16();
    return name === 'utf-16' ? Buffer.concat([Buffer.from([0xfe, 0xff]), bytes]) : bytes;
  }
  const encoding = Object.hasOwn(ENCODINGS, name) ? ENCODINGS[name] : undefined;
  if (!encoding) throw new EvaluationError('argument', `There is no charset ${charset} to encode by`);
  if (encoding === 'latin1') return Buffer.from(text.replace(/[^\u0000-\u00ff]/gu, '?'), 'latin1');
  if (encoding === 'ascii') return Buffer.from(text.replace(/[^\u0000-\u007f]/gu, '?'), 'latin1');
  return Buffer.from(text, encoding);
}

/** Printable ASCII as it stands, the rest as `\xNN`. */
export function escapeBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) =>
    byte >= 0x20 && byte < 0x7f && byte !== 0x5c
      ? String.fromCharCode(byte)
      : `\\x${byte.toString(16).padStart(2, '0')}`,
  ).join('');
}

/** The reverse of `escapeBytes`; other characters count by their UTF-8 bytes. */
export function unescapeBytes(text: string): Uint8Array {
  const chunks = Array.from(text.matchAll(/\\x([0-9a-fA-F]{2})|\\\\|[^\\]+|\\/g), ([whole, digits]) => {
    if (digits !== undefined) return Buffer.from(digits, 'hex');
    if (whole === '\\') throw new EvaluationError('parse', 'A backslash must begin \\xNN or be doubled');
    return Buffer.from(whole === '\\\\' ? '\\' : whole);
  });
  return Buffer.concat(chunks);
}
