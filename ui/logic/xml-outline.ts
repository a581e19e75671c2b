/** A tag of a document, in the order of the text. */
export interface OutlineTag {
  name: string;
  /** From 0: the outermost. */
  depth: number;
  /** Both from 1. */
  line: number;
  column: number;
  /** What tells it from its likes: the first attribute that has a value. */
  hint: string;
}

/** Tags beyond these are not listed: a list so long helps nobody. */
const MOST = 2_000;
const PART =
  /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<\?[\s\S]*?(?:\?>|$)|<\/([\w:.-]+)|<([\w:.-]+)((?:[^<>"']|"[^"]*"|'[^']*')*)>?/g;

/** The tags of an XML text, whether or not it is well-formed. */
export function outlineOf(xml: string): OutlineTag[] {
  const tags: OutlineTag[] = [];
  let depth = 0;
  let line = 1;
  let lineStart = 0;
  let at = 0;
  for (const part of xml.matchAll(PART)) {
    for (let next = xml.indexOf('\n', at); next >= 0 && next < part.index; next = xml.indexOf('\n', at)) {
      line += 1;
      lineStart = next + 1;
      at = next + 1;
    }
    const [, closing, name, attributes = ''] = part;
    if (closing !== undefined) depth = Math.max(0, depth - 1);
    if (name === undefined) continue;
    if (tags.length === MOST) break;
    tags.push({ name, depth, line, column: part.index - lineStart + 1, hint: hintOf(attributes) });
    if (!attributes.trimEnd().endsWith('/')) depth += 1;
  }
  return tags;
}

function hintOf(attributes: string): string {
  const found = /[\w:.-]+\s*=\s*(?:"([^"]+)"|'([^']+)')/.exec(attributes);
  return (found?.[1] ?? found?.[2] ?? '').trim();
}
