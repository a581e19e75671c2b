import { MalformedEnvelopeError } from './malformed-envelope-error.js';

export interface XmlLimits {
  /** Elements inside each other; the deepest message of CWMP has eight. */
  depth: number;
  /** Elements, comments and the like in all; each costs some hundred bytes of memory, whatever its length. */
  elements: number;
}

const NAME = '[A-Za-z_:\\u0080-\\uffff][\\w:.\\-\\u0080-\\uffff]*';
/** A start or empty tag; no part of it can match in two ways, so that it takes time proportional to its length. */
const START_TAG = new RegExp(`<(${NAME})(?:\\s+${NAME}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*\\s*(/?)>`, 'y');
const END_TAG = new RegExp(`</(${NAME})\\s*>`, 'y');

/**
 * Throws `MalformedEnvelopeError` unless the tags of the text are well formed and balanced, there is one root with
 * nothing but blanks around it, and the limits are kept. Any declaration (`<!DOCTYPE` and its like) is refused.
 * fast-xml-parser itself closes open tags silently and reads document types, so this comes before it.
 */
export function checkWellFormed(text: string, limits: XmlLimits): void {
  const open: string[] = [];
  let elements = 0;
  let marks = 0;
  let end = 0;
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', end)) {
    if (open.length === 0) refuseText(text, end, at);
    const next = text.charCodeAt(at + 1);
    marks += 1;
    // Each element has two marks at most.
    if (marks > 2 * limits.elements) throw malformed(`More than ${limits.elements} elements`, at);
    if (next === SLASH) {
      end = endOfEndTag(text, at, open);
    } else if (next === QUESTION_MARK || next === EXCLAMATION_MARK) {
      end = endOfSpecial(text, at);
    } else {
      if (open.length === 0 && elements > 0) throw malformed('More than one root element', at);
      elements += 1;
      end = endOfStartTag(text, at, open);
      if (open.length > limits.depth)
        throw malformed(`More than ${limits.depth} elements inside each other`, at);
    }
  }
  if (open.length > 0) throw malformed(`<${open.at(-1) ?? ''}> is not closed`, text.length);
  if (elements === 0) throw malformed('No element', 0);
  refuseText(text, end, text.length);
}

/** Characters of one start tag, its attributes included; those of CWMP have some hundred. */
const TAG_LENGTH = 16_384;

const SLASH = 0x2f;
const QUESTION_MARK = 0x3f;
const EXCLAMATION_MARK = 0x21;

function endOfStartTag(text: string, at: number, open: string[]): number {
  START_TAG.lastIndex = at;
  const tag = START_TAG.exec(text);
  if (!tag) throw malformed('Malformed tag', at);
  if (START_TAG.lastIndex - at > TAG_LENGTH) throw malformed('A tag is too long', at);
  if (tag[2] === '') open.push(tag[1] ?? '');
  return START_TAG.lastIndex;
}

function endOfEndTag(text: string, at: number, open: string[]): number {
  END_TAG.lastIndex = at;
  const name = END_TAG.exec(text)?.[1];
  if (name === undefined) throw malformed('Malformed end tag', at);
  if (open.pop() !== name) throw malformed(`</${name.slice(0, 64)}> closes another element`, at);
  return END_TAG.lastIndex;
}

/** Comments, CDATA sections and processing instructions; nothing else may begin with `<!`. */
function endOfSpecial(text: string, at: number): number {
  const closing = text.startsWith('<?', at)
    ? '?>'
    : text.startsWith('<!--', at)
      ? '-->'
      : text.startsWith('<![CDATA[', at)
        ? ']]>'
        : null;
  if (closing === null) throw malformed('DOCTYPE and other declarations are refused', at);
  const end = text.indexOf(closing, at + 2);
  if (end === -1) throw malformed(`${closing} is missing`, at);
  return end + closing.length;
}

function refuseText(text: string, from: number, to: number): void {
  if (to > from && text.slice(from, to).trim() !== '') throw malformed('Text outside the root element', from);
}

function malformed(message: string, position: number): MalformedEnvelopeError {
  return new MalformedEnvelopeError(`${message} (at character ${position})`);
}
