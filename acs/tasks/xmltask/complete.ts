import type { AttributeSpec, TagSpec } from './tag.js';
import { attributeOf, childrenOf, defaultNamed, TAGS, tagNamed } from './tags.js';

export interface XmlSuggestion {
  label: string;
  documentation: string;
  /** What replaces `from`–`to` of the completion. */
  insert: string;
}

/** What may be written at a place of a workflow that is being typed. */
export interface XmlCompletion {
  kind: 'tag' | 'end-tag' | 'attribute' | 'value' | 'expression' | 'none';
  /** Of the text; what is typed so far. */
  from: number;
  to: number;
  suggestions: XmlSuggestion[];
  /** For `value` and `expression`: whose it is; the attribute's row is null where the language has no such tag. */
  at?: { tag: string; name: string; attribute: AttributeSpec | null };
  /** For `expression`: the attribute's text up to here, not unescaped. */
  expression?: string;
}

interface Scan {
  /** Open elements from the root on. */
  stack: string[];
  place: 'content' | 'comment' | 'name' | 'end-name' | 'attributes' | 'value';
  /** Where the word at the offset begins. */
  from: number;
  tag: string;
  /** Attributes that the tag has already. */
  present: Set<string>;
  attribute: string;
}

/** Tags, attributes and values that are allowed at an offset of a text that need not be well-formed yet. */
export function completeXml(text: string, offset: number): XmlCompletion {
  const scan = scanTo(text, Math.min(Math.max(0, offset), text.length));
  const done = (kind: XmlCompletion['kind'], suggestions: XmlSuggestion[]): XmlCompletion => {
    const typed = text.slice(scan.from, offset).toLowerCase();
    const fitting = suggestions.filter(({ label }) => label.toLowerCase().startsWith(typed));
    return { kind, from: scan.from, to: offset, suggestions: fitting };
  };
  switch (scan.place) {
    case 'comment':
      return { kind: 'none', from: offset, to: offset, suggestions: [] };
    case 'content':
      return {
        ...{ kind: 'tag', from: offset, to: offset },
        suggestions: tagsAt(scan.stack).map((one) => ({ ...one, insert: `<${one.insert}` })),
      };
    case 'name':
      return done('tag', tagsAt(scan.stack));
    case 'end-name': {
      const open = scan.stack.at(-1);
      return done('end-tag', open ? [{ label: open, documentation: '', insert: `${open}>` }] : []);
    }
    case 'attributes':
      return done('attribute', attributesAt(scan));
    case 'value':
      return valueAt(text, offset, scan, done);
  }
}

function tagsAt(stack: readonly string[]): XmlSuggestion[] {
  const parent = stack.at(-1);
  if (parent === undefined) {
    const root = tagNamed('config');
    return root ? [{ label: root.name, documentation: root.doc, insert: 'config></config>' }] : [];
  }
  const tag = tagNamed(parent);
  // The configuration of a child is of its own type.
  if (!tag || (parent === 'config' && stack.at(-2) === 'task')) return [];
  return childrenOf(tag, stack).flatMap((name) => {
    const child = tagNamed(name);
    return child ? [{ label: name, documentation: child.doc, insert: withRequired(child) }] : [];
  });
}

function withRequired(tag: TagSpec): string {
  const attributes = tag.attributes
    .filter((one) => one.required)
    .map((one) => ` ${one.name}="${one.preset ?? ''}"`)
    .join('');
  return `${tag.name}${attributes}${tag.container || tag.own ? `></${tag.name}>` : '/>'}`;
}

function attributesAt({ tag: name, present }: Scan): XmlSuggestion[] {
  const tag = tagNamed(name);
  if (!tag) return [];
  const specs =
    tag.name === 'defaults'
      ? TAGS.flatMap((one) => one.attributes.map((spec) => ({ ...spec, name: `${one.name}.${spec.name}` })))
      : tag.attributes;
  return specs
    .filter((spec) => !present.has(spec.name))
    .map((spec) => ({
      label: spec.name,
      documentation: describeAttribute(spec),
      insert: `${spec.name}="${spec.required ? '' : (spec.preset ?? '')}"`,
    }));
}

export function describeAttribute(spec: AttributeSpec): string {
  const facts = [
    spec.type === 'enum' ? (spec.values ?? []).join(' | ') : spec.type,
    ...(spec.required && spec.preset === undefined ? ['required'] : []),
    ...(spec.preset !== undefined && spec.preset !== '' ? [`default ${spec.preset}`] : []),
  ];
  return `${spec.doc} (${facts.join(', ')})`;
}

function valueAt(
  text: string,
  offset: number,
  scan: Scan,
  done: (kind: XmlCompletion['kind'], suggestions: XmlSuggestion[]) => XmlCompletion,
): XmlCompletion {
  const tag = tagNamed(scan.tag);
  const spec =
    tag?.name === 'defaults'
      ? (defaultNamed(scan.attribute)?.attribute ?? null)
      : tag && attributeOf(tag, scan.attribute);
  const at = { tag: scan.tag, name: scan.attribute, attribute: spec };
  const value = text.slice(scan.from, offset);
  const opened = value.lastIndexOf('${');
  if (opened >= 0 && !value.slice(opened).includes('}') && spec?.fixed !== true) {
    const from = scan.from + opened + 2;
    return { kind: 'expression', from, to: offset, suggestions: [], at, expression: value };
  }
  const values = spec?.type === 'boolean' ? ['true', 'false'] : (spec?.values ?? []);
  return {
    ...done(
      'value',
      values.map((label) => ({ label, documentation: spec?.doc ?? '', insert: label })),
    ),
    at,
  };
}

const OPAQUE: readonly [string, string][] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
];

/** What stands open at an offset; a tag that was never closed properly ends where the next one begins. */
function scanTo(text: string, offset: number): Scan {
  const scan: Scan = {
    stack: [],
    place: 'content',
    from: offset,
    tag: '',
    present: new Set(),
    attribute: '',
  };
  for (let at = text.indexOf('<'); at >= 0 && at < offset; at = text.indexOf('<', at)) {
    const opaque = OPAQUE.find(([begin]) => text.startsWith(begin, at));
    if (opaque) {
      const end = text.indexOf(opaque[1], at + opaque[0].length);
      if (end < 0 || end + opaque[1].length > offset) return { ...scan, place: 'comment' };
      at = end + opaque[1].length;
    } else if (text[at + 1] === '/') {
      const end = text.indexOf('>', at);
      if (end < 0 || end >= offset) return { ...scan, place: 'end-name', from: at + 2 };
      closeTag(scan.stack, text.slice(at + 2, end).trim());
      at = end + 1;
    } else {
      const next = scanTag(text, at, offset, scan);
      if (next === null) return scan;
      at = next;
    }
  }
  return scan;
}

function closeTag(stack: string[], name: string): void {
  const open = stack.lastIndexOf(name);
  if (open >= 0) stack.length = open;
}

/** Behind the tag; null = the offset lies in it, and `scan` says where. */
function scanTag(text: string, at: number, offset: number, scan: Scan): number | null {
  const name = /^[^\s/>=<"']*/.exec(text.slice(at + 1))?.[0] ?? '';
  let next = at + 1 + name.length;
  Object.assign(scan, { tag: name, present: new Set<string>() });
  if (offset <= next) {
    Object.assign(scan, { place: 'name', from: at + 1 });
    return null;
  }
  const part = /\s+|\/|([^\s=/<>"']+)(\s*=\s*)?/gy;
  while (next < offset) {
    if (text[next] === '>') {
      if (text[next - 1] !== '/') scan.stack.push(name);
      return next + 1;
    }
    if (text[next] === '<') return next;
    const quote = text[next];
    if (quote === '"' || quote === "'") {
      const end = text.indexOf(quote, next + 1);
      if (end < 0 || end >= offset) {
        Object.assign(scan, { place: 'value', from: next + 1 });
        return null;
      }
      next = end + 1;
      continue;
    }
    part.lastIndex = next;
    const match = part.exec(text);
    if (!match) {
      next += 1;
      continue;
    }
    const word = match[1];
    if (word !== undefined) {
      if (next + word.length >= offset) {
        Object.assign(scan, { place: 'attributes', from: next });
        return null;
      }
      scan.attribute = word;
      scan.present.add(word);
    }
    next = part.lastIndex;
  }
  Object.assign(scan, { place: 'attributes', from: offset });
  return null;
}
