import type { ParameterAttributes } from '../../messages.js';
import type { ReadingNotes } from '../reading-notes.js';
import { NAME_LENGTH } from '../values.js';
import { child, childText, type XmlElement } from '../xml-element.js';
import { textElement } from '../xml-writer.js';
import { cutText, type AcsRpcDefinition } from './definition.js';

/** TR-069 A6 table 20. */
const HIGHEST_NOTIFICATION = 6;

export const getParameterAttributes: AcsRpcDefinition<'GetParameterAttributes'> = {
  write: ({ names }) => {
    const entries = names.map((name) => textElement('string', name)).join('');
    return `<ParameterNames soap-enc:arrayType="xsd:string[${names.length}]">${entries}</ParameterNames>`;
  },
  read: (response, notes) => ({
    method: 'GetParameterAttributes',
    parameters: readAttributes(response, notes),
  }),
};

function readAttributes(response: XmlElement, notes: ReadingNotes): ParameterAttributes[] {
  const list = child(response, 'ParameterList');
  if (!list) {
    notes.add('missing-element', 'GetParameterAttributesResponse.ParameterList');
    return [];
  }
  const parameters: ParameterAttributes[] = [];
  for (const entry of list.children) {
    const name = childText(entry, 'Name');
    if (!name) notes.add('name-missing', 'GetParameterAttributesResponse.ParameterList');
    else if (name.length > NAME_LENGTH) notes.add('name-too-long', entry.name);
    else
      parameters.push({
        name,
        notification: readNotification(name, childText(entry, 'Notification'), notes),
        accessList: readAccessList(name, entry, notes),
      });
  }
  return parameters;
}

function readNotification(name: string, text: string | undefined, notes: ReadingNotes): number | null {
  const number = text !== undefined && /^\+?\d{1,9}$/.test(text) ? Number(text) : null;
  if (number !== null && number <= HIGHEST_NOTIFICATION) return number;
  notes.add(text === undefined ? 'missing-element' : 'bad-number', name);
  return null;
}

function readAccessList(name: string, entry: XmlElement, notes: ReadingNotes): string[] {
  const list = child(entry, 'AccessList');
  if (!list) return [];
  return list.children.map(({ text }) => cutText(text.trim(), name, notes)).filter((entity) => entity !== '');
}
