import { createHash } from 'node:crypto';
import { SaxesParser } from 'saxes';
import { LineIndex, type XmlAttribute, type XmlElement, type XmlTaskDocument } from './document.js';
import { XmlTaskError, type XmlTaskIssue } from './xml-task-error.js';

/** Bytes in UTF-8 and levels of elements that a workflow may have (xmltask.md §1). */
export const MAX_BYTES = 1_000_000;
export const MAX_DEPTH = 64;

const ROOT_TAG = 'config';
/** A surrogate without its other half (XML 1.0 §2.2). */
const HALF_CHARACTER = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

interface OpenElement extends Omit<XmlElement, 'attributes' | 'children' | 'parent' | 'to'> {
  parent: OpenElement | null;
  attributes: Map<string, XmlAttribute>;
  children: OpenElement[];
  to: number;
}

/**
 * Reads a workflow: XML 1.0 in UTF-8 with the root `<config>`, without document type, processing instructions and
 * entities of its own. Throws `XmlTaskError` that names line and column; whether tags and attributes exist is the
 * validator's business.
 */
export function parseXml(text: string): XmlTaskDocument {
  if (Buffer.byteLength(text) > MAX_BYTES)
    throw new XmlTaskError([
      { line: 1, column: 1, from: 0, to: 0, code: 'xml', message: `The workflow is over ${MAX_BYTES} bytes` },
    ]);
  const reader = new Reader(text);
  const half = HALF_CHARACTER.exec(text);
  if (half) throw reader.error(half.index, 'Half of a character stands here');
  const elements = reader.read();
  const root = elements[0];
  // A document without any element is refused by the parser.
  if (!root) throw reader.error(0, 'There is no element');
  if (root.name !== ROOT_TAG) throw reader.error(root.from, `The root element must be <${ROOT_TAG}>`);
  return { text, root, elements, hash: createHash('sha256').update(text).digest('base64url') };
}

class Reader {
  readonly #text: string;
  readonly #lines: LineIndex;
  readonly #elements: OpenElement[] = [];
  #open: OpenElement | null = null;
  #depth = 0;
  #tagFrom = 0;

  constructor(text: string) {
    this.#text = text;
    this.#lines = new LineIndex(text);
  }

  error(offset: number, message: string): XmlTaskError {
    const from = Math.min(Math.max(offset, 0), this.#text.length);
    const issue: XmlTaskIssue = { ...this.#lines.place(from), from, to: from, code: 'xml', message };
    return new XmlTaskError([issue]);
  }

  read(): readonly XmlElement[] {
    const parser = new SaxesParser<{ xmlns: false; position: true }>({ xmlns: false, position: true });
    const refuse = (message: string): never => {
      throw this.error(parser.position, message);
    };
    parser.on('error', ({ message }) => refuse(message.replace(/^(\w+:)?\d+:\d+: /, '')));
    parser.on('doctype', () => refuse('A document type is not allowed'));
    parser.on('processinginstruction', () => refuse('Processing instructions are not allowed'));
    parser.on('xmldecl', ({ version, encoding }) => {
      if (version !== undefined && version !== '1.0') refuse('The XML version must be 1.0');
      if (encoding !== undefined && encoding.toUpperCase() !== 'UTF-8') refuse('The encoding must be UTF-8');
    });
    parser.on('opentagstart', () => {
      this.#tagFrom = this.#text.lastIndexOf('<', parser.position - 1);
      this.#depth += 1;
      if (this.#depth > MAX_DEPTH) refuse(`Elements are nested over ${MAX_DEPTH} levels deep`);
    });
    parser.on('opentag', ({ name, attributes }) => this.#opened(name, attributes, parser.position));
    parser.on('closetag', () => this.#closed(parser.position));
    parser.write(this.#text).close();
    return this.#elements;
  }

  #opened(name: string, values: Record<string, string>, to: number): void {
    const element: OpenElement = {
      id: this.#elements.length,
      name,
      parent: this.#open,
      attributes: this.#attributes(values, this.#tagFrom + 1 + name.length, to),
      children: [],
      ...this.#lines.place(this.#tagFrom),
      from: this.#tagFrom,
      to,
    };
    this.#open?.children.push(element);
    this.#elements.push(element);
    this.#open = element;
  }

  #closed(position: number): void {
    this.#depth -= 1;
    if (!this.#open) return;
    this.#open.to = position;
    this.#open = this.#open.parent;
  }

  /** The parser has found them well-formed, so that a look at quotes is enough to tell where they stand. */
  #attributes(values: Record<string, string>, from: number, to: number): Map<string, XmlAttribute> {
    const found = new Map<string, XmlAttribute>();
    const pattern = /([^\s=/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/gy;
    const skip = /\s*/gy;
    for (let at = from; at < to;) {
      skip.lastIndex = at;
      skip.exec(this.#text);
      pattern.lastIndex = skip.lastIndex;
      const match = pattern.exec(this.#text);
      if (!match) break;
      at = pattern.lastIndex;
      const [, name = '', double, single] = match;
      const valueTo = at - 1;
      const valueFrom = valueTo - (double ?? single ?? '').length;
      found.set(name, { name, value: values[name] ?? '', from: match.index, valueFrom, valueTo });
    }
    return found;
  }
}
