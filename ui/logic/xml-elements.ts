/** An attribute in the text of a tag. */
export interface XmlAttribute {
  name: string;
  /** From the first letter of the name to behind the closing quote. */
  from: number;
  to: number;
  /** Between the quotes. */
  valueFrom: number;
  valueTo: number;
}

/** An element of a document, or one that is commented out; in the order of the text. */
export interface XmlElement {
  name: string;
  /** From 0: the outermost. */
  depth: number;
  /** Of the element around; null = it is the outermost. */
  parent: number | null;
  /** Offsets: from its `<` to behind its end. */
  from: number;
  to: number;
  /** Behind the `>` of its first tag. */
  startTo: number;
  /** Of its closing tag; null = it has none, being written `<a/>`. */
  closing: number | null;
  commented: boolean;
  /** Whether it ends where it should. */
  whole: boolean;
  attributes: readonly XmlAttribute[];
  /** Both from 1. */
  line: number;
  column: number;
  /** What tells it from its likes: the first attribute that has a value. */
  hint: string;
}

/** Elements beyond these are not listed: a list so long helps nobody. */
const MOST = 2_000;
const PART =
  /<!--([\s\S]*?)(?:-->|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<\?[\s\S]*?(?:\?>|$)|<\/([\w:.-]+)[^<>]*>?|<([\w:.-]+)((?:[^<>"']|"[^"]*"|'[^']*')*)>?/g;
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const COMMENTED = /^\s*<([\w:.-]+)((?:[^<>"']|"[^"]*"|'[^']*')*)>/;

/** The elements of an XML text, whether or not it is well-formed. */
export function elementsOf(xml: string): XmlElement[] {
  const elements: XmlElement[] = [];
  const open: number[] = [];
  const places = new Places(xml);
  for (const part of xml.matchAll(PART)) {
    const [text, comment, closing, name, attributes = ''] = part;
    const from = part.index;
    const to = from + text.length;
    if (closing !== undefined) {
      close(elements, open, { closing, from, to, whole: text.endsWith('>') });
      continue;
    }
    const commented = comment === undefined ? null : COMMENTED.exec(comment);
    const shown = name ?? commented?.[1];
    if (shown === undefined) continue;
    if (elements.length === MOST) break;
    const single = commented !== null || attributes.trimEnd().endsWith('/');
    elements.push({
      ...{ name: shown, depth: open.length, parent: open.at(-1) ?? null },
      ...{ from, to, startTo: to, closing: null, commented: commented !== null },
      whole: single && text.endsWith('>'),
      attributes: commented ? [] : attributesOf(attributes, from + 1 + shown.length),
      ...places.at(from),
      hint: hintOf(commented?.[2] ?? attributes),
    });
    if (!single) open.push(elements.length - 1);
  }
  // What is left open reaches to the end of the text.
  for (const index of open) put(elements, index, { to: xml.length });
  return elements;
}

function close(
  elements: XmlElement[],
  open: number[],
  end: { closing: string; from: number; to: number; whole: boolean },
): void {
  const index = open.pop();
  if (index === undefined) return;
  const whole = end.whole && elements[index]?.name === end.closing;
  put(elements, index, { to: end.to, closing: end.from, whole });
}

function put(elements: XmlElement[], index: number, part: Partial<XmlElement>): void {
  const element = elements[index];
  if (element) elements[index] = { ...element, ...part };
}

function attributesOf(text: string, at: number): XmlAttribute[] {
  return [...text.matchAll(ATTRIBUTE)].map((match) => {
    const [whole, name = '', double, single] = match;
    const from = at + match.index;
    const to = from + whole.length;
    const length = (double ?? single ?? '').length;
    return { name, from, to, valueFrom: to - 1 - length, valueTo: to - 1 };
  });
}

function hintOf(attributes: string): string {
  const found = /[\w:.-]+\s*=\s*(?:"([^"]+)"|'([^']+)')/.exec(attributes);
  return (found?.[1] ?? found?.[2] ?? '').trim();
}

/** Lines and columns of rising offsets. */
class Places {
  #line = 1;
  #lineStart = 0;

  constructor(readonly text: string) {}

  at(offset: number): { line: number; column: number } {
    for (
      let next = this.text.indexOf('\n', this.#lineStart);
      next >= 0 && next < offset;
      next = this.text.indexOf('\n', this.#lineStart)
    ) {
      this.#line += 1;
      this.#lineStart = next + 1;
    }
    return { line: this.#line, column: offset - this.#lineStart + 1 };
  }
}

/** The innermost element around an offset; -1 = there is none. */
export function elementAt(elements: readonly XmlElement[], offset: number): number {
  let found = -1;
  for (const [index, { from, to }] of elements.entries()) {
    if (from > offset) break;
    if (offset < to || (offset === to && found < 0)) found = index;
  }
  return found;
}

/** Whether the list is the whole and sound structure of a document: only then its parts are moved. */
export function isSound(elements: readonly XmlElement[]): boolean {
  return (
    elements.length > 0 &&
    elements.length < MOST &&
    elements.every(({ whole }) => whole) &&
    elements.filter(({ depth, commented }) => depth === 0 && !commented).length === 1
  );
}
