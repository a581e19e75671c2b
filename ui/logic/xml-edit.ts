import type { XmlElement } from './xml-elements.js';

/** One replacement in a text, and where the cursor stands after it. */
export interface XmlEdit {
  from: number;
  to: number;
  insert: string;
  cursor: number;
}

type Elements = readonly XmlElement[];
export type Place = 'before' | 'after' | 'into';

/** Of the same parent, in order. */
function siblingsOf(elements: Elements, index: number): number[] {
  const parent = elements[index]?.parent ?? null;
  return [...elements.keys()].filter((one) => elements[one]?.parent === parent);
}

/** Changes places with the element before (-1) or after (1) it; null at the end of the row. */
export function shifted(xml: string, elements: Elements, index: number, by: -1 | 1): XmlEdit | null {
  const row = siblingsOf(elements, index);
  const other = row[row.indexOf(index) + by];
  const [first, second] = by < 0 ? [other, index] : [index, other];
  const upper = first === undefined ? undefined : elements[first];
  const lower = second === undefined ? undefined : elements[second];
  if (!upper || !lower || upper.parent === null) return null;
  const between = xml.slice(upper.to, lower.from);
  const below = xml.slice(upper.from, upper.to);
  const above = xml.slice(lower.from, lower.to);
  return {
    ...{ from: upper.from, to: lower.to, insert: above + between + below },
    cursor: by < 0 ? upper.from : upper.from + above.length + between.length,
  };
}

/** To a place at another element, with its children; null where it already is, or would be in itself. */
export function moved(
  xml: string,
  elements: Elements,
  index: number,
  target: number,
  place: Place,
): XmlEdit | null {
  const element = elements[index];
  const goal = elements[target];
  if (!element || !goal || element.parent === null || isWithin(elements, target, index)) return null;
  if (goal.parent === null && place !== 'into') return null;
  if (place === 'into' && goal.commented) return null;
  const text = xml.slice(element.from, element.to);
  const put = placed(xml, goal, place, reindented(xml, text, element, goal, place));
  const gone = wholeLines(xml, element);
  // Both changes as one, so that one step takes them back.
  if (put.from >= gone.to)
    return {
      ...{ from: gone.from, to: put.to, insert: xml.slice(gone.to, put.from) + put.insert },
      cursor: gone.from + (put.from - gone.to) + put.lead,
    };
  if (put.to > gone.from) return null;
  return {
    ...{ from: put.from, to: gone.to, insert: put.insert + xml.slice(put.to, gone.from) },
    cursor: put.from + put.lead,
  };
}

/** The same once more below it. */
export function duplicated(xml: string, { from, to, parent }: XmlElement): XmlEdit | null {
  if (parent === null) return null;
  const lead = `\n${indentAt(xml, from)}`;
  return { from: to, to, insert: lead + xml.slice(from, to), cursor: to + lead.length };
}

/** Without it and its children; a line that would be left empty goes too. */
export function removed(xml: string, element: XmlElement): XmlEdit | null {
  if (element.parent === null) return null;
  const { from, to } = wholeLines(xml, element);
  return { from, to, insert: '', cursor: from };
}

/** Put into a comment; null where there is a comment in it already, which XML does not allow. */
export function commentedOut(xml: string, { from, to, parent, commented }: XmlElement): XmlEdit | null {
  const text = xml.slice(from, to);
  if (parent === null || commented || text.includes('--') || text.endsWith('-')) return null;
  return { from, to, insert: `<!-- ${text} -->`, cursor: from };
}

/** Taken out of its comment. */
export function broughtBack(xml: string, { from, to, commented }: XmlElement): XmlEdit | null {
  if (!commented) return null;
  const insert = xml.slice(from + '<!--'.length, to - '-->'.length).trim();
  return { from, to, insert, cursor: from };
}

/** Another name, in both of its tags. */
export function renamed(
  xml: string,
  { name, from, to, closing, commented }: XmlElement,
  next: string,
): XmlEdit | null {
  if (commented || !/^[A-Za-z_][\w.-]*$/.test(next) || next === name) return null;
  const start = from + 1 + name.length;
  const middle = closing === null ? xml.slice(start, to) : xml.slice(start, closing);
  const end = closing === null ? '' : `</${next}${xml.slice(closing + 2 + name.length, to)}`;
  return { from, to, insert: `<${next}${middle}${end}`, cursor: from };
}

/** A new last child. */
export function added(
  xml: string,
  element: XmlElement,
  name: string,
  attributes: readonly string[],
): XmlEdit | null {
  if (element.commented) return null;
  const given = attributes.map((one) => ` ${one}=""`).join('');
  const { from, to, insert, lead } = placed(xml, element, 'into', `<${name}${given}/>`);
  return { from, to, insert, cursor: from + lead };
}

/** An attribute with another value, a new one, or (null) without it. The value is what it means, not how it is written. */
export function withAttribute(
  xml: string,
  element: XmlElement,
  name: string,
  value: string | null,
): XmlEdit | null {
  const present = element.attributes.find((one) => one.name === name);
  if (!present) {
    if (value === null) return null;
    const last = element.attributes.at(-1)?.to ?? element.from + 1 + element.name.length;
    return { from: last, to: last, insert: ` ${name}="${escaped(value)}"`, cursor: element.from };
  }
  if (value === null) {
    const before = xml.slice(0, present.from).trimEnd().length;
    return { from: before, to: present.to, insert: '', cursor: element.from };
  }
  // With its quotes, since the old ones may stand in the new value.
  const { valueFrom, valueTo } = present;
  return { from: valueFrom - 1, to: valueTo + 1, insert: `"${escaped(value)}"`, cursor: element.from };
}

/** What an attribute means as it stands there; null = it does not. */
export function attributeValue(xml: string, element: XmlElement, name: string): string | null {
  const found = element.attributes.find((one) => one.name === name);
  return found ? unescaped(xml.slice(found.valueFrom, found.valueTo)) : null;
}

function isWithin(elements: Elements, index: number, around: number): boolean {
  for (let at: number | null = index; at !== null; at = elements[at]?.parent ?? null)
    if (at === around) return true;
  return false;
}

/** An insertion at an element; `lead` = what of it comes before the text itself. */
interface Insertion {
  from: number;
  to: number;
  insert: string;
  lead: number;
}

function placed(xml: string, goal: XmlElement, place: Place, text: string): Insertion {
  const indent = indentAt(xml, goal.from);
  if (place === 'before') return { from: goal.from, to: goal.from, insert: `${text}\n${indent}`, lead: 0 };
  const at = (from: number, to: number, lead: string, tail: string): Insertion => ({
    ...{ from, to, insert: lead + text + tail, lead: lead.length },
  });
  if (place === 'after') return at(goal.to, goal.to, `\n${indent}`, '');
  const inner = `\n${indent}  `;
  if (goal.closing !== null) {
    const end = xml.slice(0, goal.closing).trimEnd().length;
    return at(end, goal.closing, inner, `\n${indent}`);
  }
  const slash = xml.slice(0, goal.startTo - 1).trimEnd().length - 1;
  return at(slash, goal.startTo, `>${inner}`, `\n${indent}</${goal.name}>`);
}

/** The text of an element with the indentation of where it goes. */
function reindented(xml: string, text: string, element: XmlElement, goal: XmlElement, place: Place): string {
  const old = indentAt(xml, element.from);
  const next = indentAt(xml, goal.from) + (place === 'into' ? '  ' : '');
  return text
    .split('\n')
    .map((line, index) => (index > 0 && line.startsWith(old) ? next + line.slice(old.length) : line))
    .join('\n');
}

/** The blanks before an offset, where nothing else stands on its line. */
function indentAt(xml: string, offset: number): string {
  const line = xml.slice(xml.lastIndexOf('\n', offset - 1) + 1, offset);
  return line.trim() === '' ? line : (/^\s*/.exec(line)?.[0] ?? '');
}

/** Its place with the line that it fills alone. */
function wholeLines(xml: string, { from, to }: XmlElement): { from: number; to: number } {
  const start = xml.lastIndexOf('\n', from - 1);
  const next = xml.indexOf('\n', to);
  const end = next < 0 ? xml.length : next;
  const alone = start >= 0 && xml.slice(start, from).trim() === '' && xml.slice(to, end).trim() === '';
  return alone ? { from: start, to: end } : { from, to };
}

const SIGNS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};
const escaped = (text: string): string => text.replace(/[&<"\n\r\t]/g, (sign) => SIGNS[sign] ?? sign);

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
function unescaped(text: string): string {
  return text
    .replace(/\s/g, ' ')
    .replace(
      /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi,
      (whole, hex?: string, decimal?: string, name?: string) => {
        if (name !== undefined) return NAMED[name] ?? whole;
        const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
        return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : whole;
      },
    );
}
