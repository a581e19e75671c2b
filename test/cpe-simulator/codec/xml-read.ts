import { XMLParser, XMLValidator } from 'fast-xml-parser';

export interface XmlAttribute {
  readonly name: string;
  readonly prefix: string;
  readonly namespace: string;
  readonly value: string;
}

/** An element with its namespace resolved; `text` is the character data directly below it. */
export interface XmlElement {
  readonly name: string;
  readonly prefix: string;
  readonly namespace: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement[];
  readonly text: string;
  /** The namespace that an unprefixed or prefixed name has inside this element. */
  readonly resolve: (prefix: string) => string | undefined;
}

export class XmlError extends Error {
  readonly kind: 'malformed' | 'dtd';

  constructor(kind: 'malformed' | 'dtd', message: string) {
    super(message);
    this.name = 'XmlError';
    this.kind = kind;
  }
}

type RawNode = Record<string, unknown>;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  cdataPropName: '#cdata',
});

const predefined: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));|&/g,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      if (decimal !== undefined) return String.fromCodePoint(Number.parseInt(decimal, 10));
      const character = name === undefined ? undefined : predefined[name];
      if (character === undefined) throw new XmlError('malformed', `"${whole}" is no predefined entity`);
      return character;
    },
  );
}

function splitName(qualified: string): [prefix: string, local: string] {
  const colon = qualified.indexOf(':');
  return colon < 0 ? ['', qualified] : [qualified.slice(0, colon), qualified.slice(colon + 1)];
}

function textOf(raw: unknown): string {
  if (!Array.isArray(raw)) return '';
  return (raw as RawNode[]).map((part) => (typeof part['#text'] === 'string' ? part['#text'] : '')).join('');
}

function toElement(raw: RawNode, inherited: ReadonlyMap<string, string>): XmlElement | undefined {
  const qualified = Object.keys(raw).find((key) => key !== ':@' && !key.startsWith('#'));
  if (qualified === undefined) return undefined;
  const rawAttributes = (raw[':@'] ?? {}) as Record<string, unknown>;
  const entries = Object.entries(rawAttributes).map(
    ([name, value]) => [name, decodeEntities(String(value))] as const,
  );

  let scope = inherited;
  const declarations = entries.filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'));
  if (declarations.length > 0) {
    const own = new Map(inherited);
    for (const [name, value] of declarations) own.set(name === 'xmlns' ? '' : name.slice(6), value);
    scope = own;
  }
  const resolve = (prefix: string): string | undefined => scope.get(prefix);
  const namespaceOf = (prefix: string): string => {
    const namespace = resolve(prefix);
    if (namespace !== undefined) return namespace;
    if (prefix === '') return '';
    throw new XmlError('malformed', `the prefix "${prefix}" is not declared`);
  };

  const attributes = entries
    .filter(([name]) => name !== 'xmlns' && !name.startsWith('xmlns:'))
    .map(([name, value]) => {
      const [prefix, local] = splitName(name);
      const namespace =
        prefix === '' ? '' : prefix === 'xml' ? 'http://www.w3.org/XML/1998/namespace' : namespaceOf(prefix);
      return { name: local, prefix, namespace, value };
    });

  const children: XmlElement[] = [];
  let text = '';
  for (const part of raw[qualified] as RawNode[]) {
    if (typeof part['#text'] === 'string') text += decodeEntities(part['#text']);
    else if ('#cdata' in part) text += textOf(part['#cdata']);
    else {
      const child = toElement(part, scope);
      if (child) children.push(child);
    }
  }
  const [prefix, name] = splitName(qualified);
  return { name, prefix, namespace: namespaceOf(prefix), attributes, children, text, resolve };
}

/** Reads one XML document into its root element. Throws XmlError when it is not well formed or has a DTD. */
export function readXml(text: string): XmlElement {
  if (/<!DOCTYPE/i.test(text)) throw new XmlError('dtd', 'the message has a document type declaration');
  // Its successor is the same code in a package of its own.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const verdict = XMLValidator.validate(text);
  if (verdict !== true) throw new XmlError('malformed', `${verdict.err.msg} (line ${verdict.err.line})`);
  let raw: RawNode[];
  try {
    raw = parser.parse(text) as RawNode[];
  } catch (error) {
    throw new XmlError('malformed', error instanceof Error ? error.message : String(error));
  }
  const roots = raw.map((node) => toElement(node, new Map())).filter((element) => element !== undefined);
  const root = roots[0];
  if (!root || roots.length > 1)
    throw new XmlError('malformed', `${roots.length} root elements instead of one`);
  return root;
}

/** First child of that local name. */
export const childOf = (element: XmlElement, name: string): XmlElement | undefined =>
  element.children.find((child) => child.name === name);

export const attributeOf = (element: XmlElement, name: string): XmlAttribute | undefined =>
  element.attributes.find((attribute) => attribute.name === name);
