/** No text at all: halves of surrogate pairs, which UTF-8 has no bytes for, and what Unicode reserves for its own ends. */
const NO_TEXT = String.raw`\p{Cs}\uFFFE\uFFFF`;
const NOT_XML = new RegExp(String.raw`[\u0000-\u0008\u000B\u000C\u000E-\u001F${NO_TEXT}]`, 'u');
const NOT_LINE = new RegExp(String.raw`[\p{Cc}${NO_TEXT}]`, 'u');

/** Whether XML 1.0 has a way to write it, so that it can go to a CPE and stand in a definition. */
export function isXmlText(text: string): boolean {
  return !NOT_XML.test(text);
}
export const XML_TEXT_RULE = 'Has characters that XML cannot carry';

/** Whether it is plain text in one line, as names and identities are: without control characters. */
export function isLine(text: string): boolean {
  return !NOT_LINE.test(text);
}
export const LINE_RULE = 'Must not contain control characters';
