import type { ParameterInfo } from '../../messages.js';
import type { ReadingNotes } from '../reading-notes.js';
import { NAME_LENGTH } from '../values.js';
import { child, childText, type XmlElement } from '../xml-element.js';
import { textElement } from '../xml-writer.js';
import type { AcsRpcDefinition } from './definition.js';

export const getParameterNames: AcsRpcDefinition<'GetParameterNames'> = {
  // `0` and `1`: some devices do not know the words (cpe-quirks.md row 28).
  write: ({ path, nextLevel }) =>
    textElement('ParameterPath', path) + textElement('NextLevel', nextLevel ? 1 : 0),
  read: (response, notes) => ({
    method: 'GetParameterNames',
    parameters: withDots(readParameterInfos(response, notes)),
  }),
};

function readParameterInfos(response: XmlElement, notes: ReadingNotes): ParameterInfo[] {
  const list = child(response, 'ParameterList');
  if (!list) {
    notes.add('missing-element', 'GetParameterNamesResponse.ParameterList');
    return [];
  }
  const parameters: ParameterInfo[] = [];
  for (const entry of list.children) {
    const name = childText(entry, 'Name');
    if (name && name.length <= NAME_LENGTH)
      parameters.push({ name, writable: readWritable(name, childText(entry, 'Writable'), notes) });
    else notes.add('name-missing', 'GetParameterNamesResponse.ParameterList');
  }
  return parameters;
}

function readWritable(name: string, text: string | undefined, notes: ReadingNotes): boolean | null {
  const word = text?.toLowerCase();
  if (word === '1' || word === 'true') return true;
  if (word === '0' || word === 'false') return false;
  notes.add(text === undefined ? 'missing-element' : 'bad-value', name);
  return null;
}

/** A name below which the same answer has others is an object, with or without its dot (cpe-quirks.md row 43). */
function withDots(parameters: ParameterInfo[]): ParameterInfo[] {
  const objects = new Set<string>();
  for (const { name } of parameters) {
    for (let dot = name.lastIndexOf('.', name.length - 2); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
      const object = name.slice(0, dot);
      // Its own ancestors are known then as well.
      if (objects.has(object)) break;
      objects.add(object);
    }
  }
  return parameters.map((parameter) =>
    objects.has(parameter.name) ? { ...parameter, name: `${parameter.name}.` } : parameter,
  );
}
