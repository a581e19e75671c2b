import { isXmlText } from '../../../common/texts.js';

const SPECIAL = /[&<>"\r]/;
const SPECIALS = /[&<>"\r]/g;
const REPLACEMENT: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // A raw carriage return would be read back as a line feed.
  '\r': '&#13;',
};

/** Text as it may stand in an element or a quoted attribute; throws RangeError where XML 1.0 has no way to write it. */
export function escapeXml(text: string): string {
  if (!isXmlText(text)) throw new RangeError('The text has a character that XML cannot carry');
  return SPECIAL.test(text) ? text.replace(SPECIALS, (sign) => REPLACEMENT[sign] ?? sign) : text;
}

/** `<name>text</name>`, never self-closing: some clients cannot read that (cpe-quirks.md row 27). */
export function textElement(name: string, text: string | number): string {
  return `<${name}>${typeof text === 'number' ? text : escapeXml(text)}</${name}>`;
}
