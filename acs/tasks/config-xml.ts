import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { ValidationError } from '../../common/errors.js';
import type { TaskConfig } from '../../store/models/task.js';

/** Characters; a workflow of thousands of lines stays far below. */
const MAX_LENGTH = 5_000_000;
const MAX_DEPTH = 64;
const ATTRIBUTE = '@';
const TEXT = '#text';

/** The configuration as the XML that operators know: scalars are attributes of `<config>`, arrays its children. */
export function configToXml(config: TaskConfig): string {
  return writeElement('config', config, '');
}

// Not by xmlbuilder2: it leaves `&amp;` in a value as it is and line ends unescaped, so that values come back changed.
function writeElement(name: string, fields: TaskConfig, indent: string): string {
  let attributes = '';
  const children: string[] = [];
  for (const [key, value] of Object.entries(fields)) {
    if (value === null || value === undefined) continue;
    if (typeof value === 'object')
      for (const child of Array.isArray(value) ? (value as unknown[]) : [value])
        children.push(writeElement(key, child as Record<string, unknown>, `${indent}  `));
    else attributes += ` ${key}="${escapeAttribute(scalarText(value))}"`;
  }
  if (children.length === 0) return `${indent}<${name}${attributes}/>`;
  return `${indent}<${name}${attributes}>\n${children.join('\n')}\n${indent}</${name}>`;
}

function scalarText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
};

/** A text as it stands in an attribute between double quotes. */
export function escapeAttribute(value: string): string {
  return value.replace(/[&<>"\t\n\r]/g, (character) => ESCAPES[character] ?? character);
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  attributesGroupName: ATTRIBUTE,
  textNodeName: TEXT,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
});

/**
 * The reverse: attributes as text, every child element in an array by its name; types come with the schema.
 * Throws `ValidationError` that names line and column of what is not well-formed.
 */
export function configFromXml(xml: string, pointer = ''): TaskConfig {
  const refuse = (message: string): never => {
    throw ValidationError.of(pointer, message, 'xml');
  };
  if (xml.length > MAX_LENGTH) refuse(`The configuration is over ${MAX_LENGTH} characters`);
  const doctype = xml.search(/<!(DOCTYPE|ENTITY)/i);
  if (doctype >= 0) refuse(`${positionOf(xml, doctype)}: a document type is not allowed`);
  // Its announced successor is a package of its own with the same code.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const valid = XMLValidator.validate(xml);
  if (valid !== true) refuse(`Line ${valid.err.line}, column ${valid.err.col}: ${valid.err.msg}`);
  const document = parsed(xml, refuse);
  const roots = Object.keys(document).filter((name) => name !== TEXT);
  const root = document.config;
  if (roots.length !== 1 || root === undefined || Array.isArray(root))
    refuse(`The root element must be <config> and the only one`);
  return readElement(root, 'config', 0, refuse);
}

function parsed(xml: string, refuse: (message: string) => never): Record<string, unknown> {
  try {
    return parser.parse(xml) as Record<string, unknown>;
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

function readElement(
  element: unknown,
  path: string,
  depth: number,
  refuse: (message: string) => never,
): Record<string, unknown> {
  if (depth > MAX_DEPTH) refuse(`<${path}> is nested too deeply`);
  if (typeof element === 'string') {
    if (element.trim() !== '') refuse(`<${path}> has text; values stand in attributes`);
    return {};
  }
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(element as Record<string, unknown>)) {
    if (name === ATTRIBUTE)
      for (const [attribute, text] of Object.entries(value as Record<string, string>))
        define(fields, attribute, decodeEntities(text, refuse));
    else if (name === TEXT) {
      if (String(value).trim() !== '') refuse(`<${path}> has text; values stand in attributes`);
    } else {
      if (Object.hasOwn(fields, name)) refuse(`<${path}> has ${name} as attribute and as element`);
      const children = (Array.isArray(value) ? value : [value]) as unknown[];
      define(
        fields,
        name,
        children.map((child) => readElement(child, `${path}/${name}`, depth + 1, refuse)),
      );
    }
  }
  return fields;
}

/** An own property whatever its name is, `__proto__` too; the schema then refuses it. */
function define(fields: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(fields, name, { value, enumerable: true, configurable: true, writable: true });
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** The predefined entities and character references only; any other is an error, not text (XML 1.0 §4.1). */
function decodeEntities(text: string, refuse: (message: string) => never): string {
  // Attribute-value normalisation: literal white space is a space, references to it are not (XML 1.0 §3.3.3).
  const plain = text.replace(/\r\n|[\t\n\r]/g, ' ');
  return plain.replace(/&(?:#x([0-9a-fA-F]+)|#(\d+)|([^;&\s]*));?/g, (reference, hex, decimal, name) => {
    if (!reference.endsWith(';')) return refuse('An & must be written as &amp;');
    const code = hex ? parseInt(hex as string, 16) : decimal ? Number(decimal) : null;
    if (code !== null && code > 0 && code <= 0x10ffff) return String.fromCodePoint(code);
    return NAMED[String(name)] ?? refuse(`${reference} is no entity of XML`);
  });
}

function positionOf(text: string, index: number): string {
  const before = text.slice(0, index).split('\n');
  return `Line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
