import type { ReadingNotes } from '../reading-notes.js';
import { child, type XmlElement } from '../xml-element.js';
import { textElement } from '../xml-writer.js';
import type { AcsRpcDefinition, CpeRpcDefinition } from './definition.js';

/** As the ACS calls it. */
export const getRpcMethods: AcsRpcDefinition<'GetRPCMethods'> = {
  write: () => '',
  read: (response, notes) => ({ method: 'GetRPCMethods', methods: readMethods(response, notes) }),
};

/** As the CPE calls it. */
export const getRpcMethodsOfAcs: CpeRpcDefinition<'GetRPCMethods'> = {
  read: () => ({ method: 'GetRPCMethods' }),
  write: ({ methods }) => {
    const entries = methods.map((method) => textElement('string', method)).join('');
    return `<MethodList soap-enc:arrayType="xsd:string[${methods.length}]">${entries}</MethodList>`;
  },
};

function readMethods(response: XmlElement, notes: ReadingNotes): string[] {
  const list = child(response, 'MethodList');
  if (!list) {
    notes.add('missing-element', 'GetRPCMethodsResponse.MethodList');
    return [];
  }
  return list.children.map((entry) => entry.text.trim()).filter((method) => method !== '');
}
