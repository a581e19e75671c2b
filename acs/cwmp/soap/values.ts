import type { ParameterValue, ValueType } from '../messages.js';
import { readDateTime, withoutFraction } from './date-time.js';
import type { ReadingNotes } from './reading-notes.js';
import { attribute, child, childText, type XmlElement } from './xml-element.js';
import { escapeXml, textElement } from './xml-writer.js';

/** Types as devices name them, by lower-case local name (cpe-quirks.md row 33); anything else is a string. */
const TYPES: ReadonlyMap<string, ValueType> = new Map([
  ['string', 'string'],
  ['int', 'int'],
  ['integer', 'int'],
  ['unsignedint', 'unsignedInt'],
  ['uint', 'unsignedInt'],
  ['long', 'long'],
  ['unsignedlong', 'unsignedLong'],
  ['boolean', 'boolean'],
  ['bool', 'boolean'],
  ['datetime', 'dateTime'],
  ['base64', 'base64'],
  ['base64binary', 'base64'],
  ['hexbinary', 'hexBinary'],
  ['decimal', 'decimal'],
]);

const WIRE_TYPES: Readonly<Record<ValueType, string>> = {
  string: 'xsd:string',
  int: 'xsd:int',
  unsignedInt: 'xsd:unsignedInt',
  long: 'xsd:long',
  unsignedLong: 'xsd:unsignedLong',
  boolean: 'xsd:boolean',
  dateTime: 'xsd:dateTime',
  base64: 'soap-enc:base64',
  hexBinary: 'xsd:hexBinary',
  decimal: 'xsd:decimal',
};

/** How booleans are written in parameter values: `0`/`1` unless the device itself uses words (cpe-quirks.md row 29). */
export type BooleanForm = 'digits' | 'words';

/** TR-069 allows 256 characters; devices are known to exceed that, not to multiply it. */
export const NAME_LENGTH = 2_048;

/** A `ParameterList` of ParameterValueStruct. Entries without name or value, with one beyond all
 * measure, and objects, are left out with a warning. */
export function readParameterValues(list: XmlElement | undefined, notes: ReadingNotes): ParameterValue[] {
  if (!list) {
    notes.add('missing-element', 'ParameterList');
    return [];
  }
  const values: ParameterValue[] = [];
  for (const entry of list.children) {
    const name = childText(entry, 'Name');
    if (!name) {
      notes.add('name-missing', entry.name);
      continue;
    }
    if (name.length > NAME_LENGTH) {
      notes.add('name-too-long', entry.name);
      continue;
    }
    if (name.endsWith('.')) {
      notes.add('object-entry', name);
      continue;
    }
    const element = child(entry, 'Value');
    if (!element) notes.add('value-missing', name);
    else values.push(readValue(name, element, notes));
  }
  return values;
}

function readValue(name: string, element: XmlElement, notes: ReadingNotes): ParameterValue {
  const type = readType(name, attribute(element, 'type'), notes);
  const value = type === 'string' ? trimLayout(element.text) : element.text.trim();
  return { name, value: normalise(name, value, type, notes), type };
}

function readType(name: string, written: string | undefined, notes: ReadingNotes): ValueType {
  if (written === undefined) {
    notes.add('untyped-value', name);
    return 'string';
  }
  const type = TYPES.get(
    written
      .slice(written.lastIndexOf(':') + 1)
      .trim()
      .toLowerCase(),
  );
  if (type !== undefined) return type;
  notes.add('unknown-type', name, { type: written.slice(0, 64) });
  return 'string';
}

/** Line breaks around a value are the layout of the envelope; blanks on one line belong to it (cpe-quirks.md row 20). */
function trimLayout(text: string): string {
  const first = text.charCodeAt(0);
  const last = text.charCodeAt(text.length - 1);
  // Beyond this nearly every value is done.
  if (first > 0x20 && last > 0x20) return text;
  const trimmed = text.trim();
  if (trimmed.length === text.length) return text;
  const start = text.indexOf(trimmed);
  const around = text.slice(0, start) + text.slice(start + trimmed.length);
  return /[\n\r]/.test(around) ? trimmed : text;
}

/** Sign and digits, then the padding: in one pattern a long run of zeros could be divided in two ways. */
const INTEGER = /^([+-]?)(\d+)$/;
const PADDING = /^0+(?=\d)/;

/** Numbers stay text, so that 64 bits stay exact; only sign and padding go. What is no value of its type is kept as it is. */
function normalise(name: string, value: string, type: ValueType, notes: ReadingNotes): string {
  switch (type) {
    case 'boolean': {
      const word = value.toLowerCase();
      if (word === '1' || word === '0') notes.booleanForm ??= 'digits';
      else if (word === 'true' || word === 'false') notes.booleanForm ??= 'words';
      if (word === '1' || word === 'true') return 'true';
      if (word === '0' || word === 'false') return 'false';
      notes.add('bad-value', name, { type });
      return value;
    }
    case 'int':
    case 'unsignedInt':
    case 'long':
    case 'unsignedLong': {
      const match = INTEGER.exec(value);
      const digits = match?.[2]?.replace(PADDING, '');
      if (match && digits !== undefined) return match[1] === '-' && digits !== '0' ? `-${digits}` : digits;
      notes.add('bad-value', name, { type });
      return value;
    }
    case 'dateTime':
      if (readDateTime(value).kind === 'invalid') notes.add('bad-time', name);
      return value;
    case 'string':
    case 'base64':
    case 'hexBinary':
    case 'decimal':
      return value;
  }
}

export function writeParameterValues(parameters: readonly ParameterValue[], booleans: BooleanForm): string {
  let entries = '';
  for (const parameter of parameters) entries += writeParameterValue(parameter, booleans);
  return `<ParameterList soap-enc:arrayType="cwmp:ParameterValueStruct[${parameters.length}]">${entries}</ParameterList>`;
}

function writeParameterValue({ name, value, type }: ParameterValue, booleans: BooleanForm): string {
  const text = escapeXml(wireForm(value, type, booleans));
  const written = `<Value xsi:type="${WIRE_TYPES[type]}">${text}</Value>`;
  return `<ParameterValueStruct>${textElement('Name', name)}${written}</ParameterValueStruct>`;
}

function wireForm(value: string, type: ValueType, booleans: BooleanForm): string {
  if (type === 'dateTime') return withoutFraction(value);
  if (type !== 'boolean') return value;
  const word = value.toLowerCase();
  if (word === 'true' || word === '1') return booleans === 'words' ? 'true' : '1';
  if (word === 'false' || word === '0') return booleans === 'words' ? 'false' : '0';
  return value;
}
