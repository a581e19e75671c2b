/** Where an offset lies in an XML text, whether or not the text is well-formed. */
export type XmlContext =
  /** Where a tag's name stands or would stand. */
  | { kind: 'tag'; from: number; to: number; parents: string[] }
  /** The name in a closing tag. */
  | { kind: 'closing'; from: number; to: number; parents: string[] }
  /** Where an attribute's name stands or would stand. */
  | { kind: 'attribute'; from: number; to: number; tag: string; parents: string[]; present: string[] }
  /** In the value of an attribute: `from` and `to` are those of the whole value. */
  | { kind: 'value'; from: number; to: number; tag: string; attribute: string; parents: string[] }
  | { kind: 'text'; parents: string[] };

const NAME = /[\w:.-]/;

/** Reads from the beginning to the offset; fast enough for each key on a document of the permitted size. */
export function xmlContextAt(text: string, offset: number): XmlContext {
  const parents: string[] = [];
  let at = 0;
  while (at < offset) {
    const open = text.indexOf('<', at);
    if (open < 0 || open >= offset) return { kind: 'text', parents };
    // Right behind the bracket anything may begin, whatever follows.
    if (offset === open + 1 && !NAME.test(text[offset] ?? ''))
      return { kind: 'tag', from: offset, to: offset, parents };
    if (text.startsWith('<!--', open)) {
      at = endOf(text, '-->', open + 4);
      if (at > offset) return { kind: 'text', parents };
      continue;
    }
    if (text[open + 1] === '?' || text[open + 1] === '!') {
      at = endOf(text, '>', open + 1);
      continue;
    }
    if (text[open + 1] === '/') {
      const from = open + 2;
      const to = nameEnd(text, from);
      if (offset <= to) return { kind: 'closing', from, to, parents };
      leave(parents, text.slice(from, to));
      at = endOf(text, '>', to);
      continue;
    }
    const found = inTag(text, open, offset, parents);
    if ('context' in found) return found.context;
    at = found.end;
    if (!found.closed) parents.push(found.tag);
  }
  return { kind: 'text', parents };
}

function inTag(
  text: string,
  open: number,
  offset: number,
  parents: string[],
): { context: XmlContext } | { end: number; tag: string; closed: boolean } {
  const from = open + 1;
  let at = nameEnd(text, from);
  if (offset <= at) return { context: { kind: 'tag', from, to: at, parents } };
  const tag = text.slice(from, at);
  const present: string[] = [];
  for (;;) {
    while (at < text.length && /\s/.test(text[at] ?? '')) at += 1;
    const next = text[at];
    if (next === '>' && offset > at) return { end: at + 1, tag, closed: false };
    if (next === '/' && text[at + 1] === '>' && offset > at + 1) return { end: at + 2, tag, closed: true };
    // The tag is open at the offset: an attribute may begin here.
    // What was never closed ends where the next tag begins.
    if (next === '<' && offset > at) return { end: at, tag, closed: false };
    if (offset <= at || next === undefined)
      return { context: { kind: 'attribute', from: offset, to: offset, tag, parents, present } };
    const end = nameEnd(text, at);
    if (end === at) {
      at += 1;
      continue;
    }
    if (offset <= end)
      return {
        context: { kind: 'attribute', from: at, to: end, tag, parents, present: rest(text, end, present) },
      };
    const attribute = text.slice(at, end);
    present.push(attribute);
    at = end;
    const equals = /^\s*=\s*(["'])/.exec(text.slice(at, at + 20));
    if (!equals) continue;
    const start = at + equals[0].length;
    const close = valueEnd(text, start, equals[1] ?? '"');
    if (offset >= start && offset <= close)
      return { context: { kind: 'value', from: start, to: close, tag, attribute, parents } };
    at = close < text.length && text[close] !== '<' ? close + 1 : close;
  }
}

/** What is already there of a tag: attributes behind the one that is being written count too. */
function rest(text: string, from: number, present: readonly string[]): string[] {
  const close = text.indexOf('>', from);
  const names = [...text.slice(from, close < 0 ? from : close).matchAll(/([\w:.-]+)\s*=/g)];
  return [...present, ...names.map(([, name]) => name ?? '')];
}

/** A quote that is missing does not swallow the rest of the document: a value ends before the next tag. */
function valueEnd(text: string, start: number, quote: string): number {
  const close = text.indexOf(quote, start);
  const tag = text.indexOf('<', start);
  if (close >= 0 && (tag < 0 || close < tag)) return close;
  return tag < 0 ? text.length : tag;
}

function nameEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && NAME.test(text[at] ?? '')) at += 1;
  return at;
}

function endOf(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length + 1 : found + mark.length;
}

/** Closes the innermost element of the name and what was left open in it. */
function leave(parents: string[], tag: string): void {
  const at = parents.lastIndexOf(tag);
  if (at >= 0) parents.length = at;
}
