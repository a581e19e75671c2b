import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { TaskConfig } from '../api/types.js';

/** A place in the XML text that keeps the form from being shown; line and column count from 1. */
export interface XmlFault {
  line: number;
  column: number;
  message: string;
}

export type ParsedConfig = { config: TaskConfig; fault: null } | { config: null; fault: XmlFault };

interface XmlNode {
  [name: string]: unknown;
  ':@'?: Record<string, string>;
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  commentPropName: '#comment',
  processEntities: false,
});

/**
 * The task input as data: attributes of `<config>` become scalars, its children arrays by their name. What the form
 * cannot hold (text, nested elements, comments) is refused with its place, so that switching to it drops nothing.
 */
export function parseConfigXml(text: string): ParsedConfig {
  const checked = XMLValidator.validate(text.trim() === '' ? '<config' : text);
  if (checked !== true) {
    const { line, col, msg } = checked.err;
    return fault(text, msg, { line, column: Number(col) || 1 });
  }
  if (/<!DOCTYPE|<!ENTITY/i.test(text))
    return fault(text, 'A document type is not allowed here', { search: '<!' });
  const nodes = (parser.parse(text) as XmlNode[]).filter(
    (node) => nameOf(node) !== '#comment' && !isBlank(node),
  );
  const [root] = nodes;
  if (root === undefined || nodes.length !== 1 || nameOf(root) !== 'config') {
    return fault(text, 'The root element must be <config>', { search: `<${root ? nameOf(root) : ''}` });
  }
  const config: Record<string, unknown> = decoded(root[':@']);
  for (const child of root.config as XmlNode[]) {
    const name = nameOf(child);
    if (isBlank(child)) continue;
    if (name === '#comment') return fault(text, 'The form has no place for a comment', { search: '<!--' });
    if (name === '#text')
      return fault(text, 'Text is not allowed between the elements', { search: String(child[name]).trim() });
    if ((child[name] as XmlNode[]).some((inner) => !isBlank(inner))) {
      return fault(text, `<${name}> has content that the form cannot show`, { search: `<${name}` });
    }
    const list = Array.isArray(config[name]) ? config[name] : [];
    config[name] = [...list, decoded(child[':@'])];
  }
  return { config, fault: null };
}

const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Attributes with the predefined entities and character references resolved; others stay as they are written. */
function decoded(attributes: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      value.replace(
        /&(?:#x([0-9a-f]+)|#(\d+)|(lt|gt|amp|quot|apos));/gi,
        (_, hex?: string, decimal?: string, named?: string) => {
          if (named !== undefined) return NAMED[named] ?? '';
          return String.fromCodePoint(hex === undefined ? Number(decimal) : parseInt(hex, 16));
        },
      ),
    ]),
  );
}

/** White space between elements. */
function isBlank(node: XmlNode): boolean {
  return nameOf(node) === '#text' && String(node['#text']).trim() === '';
}

function nameOf(node: XmlNode): string {
  return Object.keys(node).find((key) => key !== ':@') ?? '';
}

function fault(
  text: string,
  message: string,
  at: { line: number; column: number } | { search: string },
): ParsedConfig {
  const place = 'search' in at ? placeOf(text, Math.max(0, text.indexOf(at.search))) : at;
  return { config: null, fault: { ...place, message } };
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** The data as the text of `<config>`: one attribute list, one child a line; empty attributes are left out. */
export function buildConfigXml(config: TaskConfig): string {
  const scalars = Object.entries(config).filter(([, value]) => !Array.isArray(value));
  const children = Object.entries(config).flatMap(([name, value]) =>
    Array.isArray(value)
      ? value.map((item) => `  <${name}${attributes(Object.entries(item as object))}/>`)
      : [],
  );
  const open = `<config${attributes(scalars)}`;
  return children.length === 0 ? `${open}/>` : `${open}>\n${children.join('\n')}\n</config>`;
}

function attributes(entries: [string, unknown][]): string {
  return entries
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => ` ${name}="${escape(String(value))}"`)
    .join('');
}

function escape(value: string): string {
  return value
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/[\n\r\t]/g, (c) => `&#x${c.charCodeAt(0).toString(16).toUpperCase()};`);
}
