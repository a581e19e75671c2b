import { XMLParser } from 'fast-xml-parser';
import { checkWellFormed, type XmlLimits } from './check-well-formed.js';
import { MalformedEnvelopeError } from './malformed-envelope-error.js';
import type { ReadingNotes } from './reading-notes.js';
import type { XmlElement } from './xml-element.js';

/** A GetParameterValuesResponse of 4 MiB stays below it. */
const XML_LIMITS: XmlLimits = { depth: 32, elements: 120_000 };

const TEXT = '#text';
const CDATA = '#cdata';
const ATTRIBUTES = ':@';

/** What fast-xml-parser makes with `preserveOrder`: one key, the tag's name, beside the attributes. */
type OrderedNode = Record<string, unknown>;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  textNodeName: TEXT,
  cdataPropName: CDATA,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  // References are resolved below: exactly XML's five names and numbers, never more.
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  jPath: false,
  maxNestedTags: XML_LIMITS.depth + 1,
  // It would rename elements; the tree below has no prototype to protect.
  onDangerousProperty: (name) => name,
});

/**
 * Reads one document into a tree. Throws `MalformedEnvelopeError` for what is not well formed, for any DOCTYPE, and
 * beyond the limits; an ampersand that begins no reference and an unknown entity stay as they are, with a warning.
 */
export function readXml(text: string, notes: ReadingNotes, limits: XmlLimits = XML_LIMITS): XmlElement {
  checkWellFormed(text, limits);
  const source = text.includes('&') ? escapeBareAmpersands(text, notes) : text;
  return toElement(rootOf(parse(source)), notes);
}

function parse(text: string): OrderedNode[] {
  try {
    return parser.parse(text) as OrderedNode[];
  } catch (error) {
    throw new MalformedEnvelopeError(error instanceof Error ? error.message : 'Unreadable XML', {
      cause: error,
    });
  }
}

function rootOf(nodes: OrderedNode[]): OrderedNode {
  const root = nodes.find((node) => elementName(node) !== undefined);
  if (!root) throw new MalformedEnvelopeError('No element in the body');
  return root;
}

const BARE_AMPERSAND = /&(?!(?:[A-Za-z_]\w{0,19}|#\d{1,10}|#x[0-9A-Fa-f]{1,8});)/g;

/** More is no sloppy device; each one costs a copy. */
const REPAIRS = 20_000;

/** cpe-quirks.md row 19: URLs and logs are sent with raw ampersands. CDATA sections keep theirs. */
function escapeBareAmpersands(text: string, notes: ReadingNotes): string {
  let repairs = 0;
  const repair = (part: string): string =>
    part.replace(BARE_AMPERSAND, () => {
      repairs += 1;
      if (repairs > REPAIRS)
        throw new MalformedEnvelopeError(`More than ${REPAIRS} ampersands that begin nothing`);
      notes.add('bare-ampersand', '');
      return '&amp;';
    });
  if (!text.includes('<![CDATA[')) return repair(text);
  let repaired = '';
  let from = 0;
  while (from < text.length) {
    const open = text.indexOf('<![CDATA[', from);
    const close = open === -1 ? -1 : text.indexOf(']]>', open);
    if (close === -1) return repaired + repair(text.slice(from));
    repaired += repair(text.slice(from, open)) + text.slice(open, close);
    from = close;
  }
  return repaired;
}

function elementName(node: OrderedNode): string | undefined {
  for (const key in node) if (key !== ATTRIBUTES && key !== TEXT && key !== CDATA) return key;
  return undefined;
}

function toElement(node: OrderedNode, notes: ReadingNotes): XmlElement {
  const written = elementName(node) ?? '';
  const colon = written.indexOf(':');
  const name = colon === -1 ? written : written.slice(colon + 1);
  const children: XmlElement[] = [];
  let text = '';
  for (const part of node[written] as OrderedNode[]) {
    const raw = part[TEXT];
    if (typeof raw === 'string') text += resolveReferences(raw, name, notes);
    else if (part[CDATA] !== undefined) text += cdataText(part[CDATA] as OrderedNode[]);
    else children.push(toElement(part, notes));
  }
  return {
    name,
    prefix: colon === -1 ? '' : written.slice(0, colon),
    attributes: attributesOf(node, name, notes),
    children,
    text,
  };
}

function cdataText(parts: OrderedNode[]): string {
  return parts.map((part) => (typeof part[TEXT] === 'string' ? part[TEXT] : '')).join('');
}

function attributesOf(node: OrderedNode, name: string, notes: ReadingNotes): Record<string, string> | null {
  const given = node[ATTRIBUTES] as Record<string, string> | undefined;
  if (!given) return null;
  const attributes = Object.create(null) as Record<string, string>;
  for (const key in given) attributes[key] = resolveReferences(given[key] ?? '', name, notes);
  return attributes;
}

/** Of one text that has others than XML's five names; each one costs a call. */
const REFERENCES = 200_000;
const REFERENCE = /&(?:(lt|gt|amp|quot|apos)|#(\d{1,10})|#x([0-9A-Fa-f]{1,8})|(\w{1,20}));/g;
/** An ampersand that is not the beginning of one of XML's five names. */
const OTHER_REFERENCE = /&(?!(?:lt|gt|amp|quot|apos);)/;
const PREDEFINED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function resolveReferences(text: string, element: string, notes: ReadingNotes): string {
  if (!text.includes('&')) return text;
  if (!OTHER_REFERENCE.test(text)) return resolveNames(text);
  let count = 0;
  return text.replace(REFERENCE, (reference, named?: string, decimal?: string, hex?: string) => {
    count += 1;
    if (count > REFERENCES)
      throw new MalformedEnvelopeError(`More than ${REFERENCES} references in one text`);
    if (named !== undefined) return PREDEFINED[named] ?? reference;
    if (decimal !== undefined) return character(Number.parseInt(decimal, 10), element, notes);
    if (hex !== undefined) return character(Number.parseInt(hex, 16), element, notes);
    notes.add('unknown-entity', element);
    return reference;
  });
}

/** The five names alone, many times faster than one by one; `&amp;` last, so that nothing is resolved twice. */
function resolveNames(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}

/** A character by number; what XML 1.0 forbids is dropped like a raw control character, NUL is refused like a raw NUL. */
function character(code: number, element: string, notes: ReadingNotes): string {
  if (code === 0) throw new MalformedEnvelopeError('NUL character inside the envelope');
  const legal =
    code === 0x9 ||
    code === 0xa ||
    code === 0xd ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff);
  if (legal) return String.fromCodePoint(code);
  notes.add('bad-character-reference', element, { code });
  return '';
}
