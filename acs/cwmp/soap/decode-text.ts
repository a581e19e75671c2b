import { isUtf8 } from 'node:buffer';
import { MalformedEnvelopeError } from './malformed-envelope-error.js';
import type { ReadingNotes } from './reading-notes.js';

const DECLARATION = /^\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']/;
const CHARSET = /charset\s*=\s*["']?([A-Za-z0-9._:-]{1,40})/i;
/** Everything below 0x20 that XML 1.0 forbids, and its two non-characters. NUL is refused before this is used. */
const FORBIDDEN = /[\x01-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

/**
 * The text of a body. The encoding is that of the byte order mark, else of the XML declaration, else of the
 * Content-Type, else UTF-8. Bytes that do not fit an encoding that was declared are replaced; where none was
 * declared the text is taken for windows-1252, a superset of Latin-1 (cpe-quirks.md rows 14, 15, 17).
 * Trailing NUL and blanks are cut (row 18), other forbidden characters removed (row 16); a NUL inside throws
 * `MalformedEnvelopeError`.
 */
export function decodeText(body: Buffer, contentType: string | undefined, notes: ReadingNotes): string {
  const text = trimTail(decodeBytes(body, contentType, notes));
  if (text.includes('\0')) throw new MalformedEnvelopeError('NUL character inside the envelope');
  // The test costs a tenth of a replacement that finds nothing.
  FORBIDDEN.lastIndex = 0;
  if (!FORBIDDEN.test(text)) return text.trimStart();
  const clean = text.replace(FORBIDDEN, '');
  notes.add('control-characters-removed', '', { characters: text.length - clean.length });
  return clean.trimStart();
}

function decodeBytes(bytes: Buffer, contentType: string | undefined, notes: ReadingNotes): string {
  if (bytes.length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
    return decodeUtf8(bytes.subarray(3), true, notes);
  if (bytes.length >= 2 && bytes[0] === 0xff && bytes[1] === 0xfe) return decodeAs('utf-16le', bytes);
  if (bytes.length >= 2 && bytes[0] === 0xfe && bytes[1] === 0xff) return decodeAs('utf-16be', bytes);

  const declared =
    DECLARATION.exec(bytes.toString('latin1', 0, 300))?.[1] ?? CHARSET.exec(contentType ?? '')?.[1];
  if (declared === undefined) return decodeUtf8(bytes, false, notes);
  if (/^(utf-?8|us-ascii|ascii)$/i.test(declared)) return decodeUtf8(bytes, true, notes);
  try {
    return decodeAs(declared, bytes);
  } catch {
    notes.add('unknown-charset', '', { charset: declared });
    return decodeUtf8(bytes, false, notes);
  }
}

function decodeUtf8(bytes: Buffer, declared: boolean, notes: ReadingNotes): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  if (declared) {
    notes.add('bad-bytes-replaced', '');
    return bytes.toString('utf8');
  }
  notes.add('latin-1-assumed', '');
  return decodeAs('windows-1252', bytes);
}

/** Throws RangeError for an encoding that does not exist. */
function decodeAs(encoding: string, bytes: Buffer): string {
  return new TextDecoder(encoding).decode(bytes);
}

function trimTail(text: string): string {
  let end = text.length;
  while (end > 0 && isBlankOrNul(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

function isBlankOrNul(code: number): boolean {
  return code === 0 || code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
