import { readParameterValues } from '../values.js';
import { child } from '../xml-element.js';
import { textElement } from '../xml-writer.js';
import type { AcsRpcDefinition } from './definition.js';

export const getParameterValues: AcsRpcDefinition<'GetParameterValues'> = {
  write: ({ names }) => {
    const entries = names.map((name) => textElement('string', name)).join('');
    return `<ParameterNames soap-enc:arrayType="xsd:string[${names.length}]">${entries}</ParameterNames>`;
  },
  read: (response, notes) => ({
    method: 'GetParameterValues',
    parameters: readParameterValues(child(response, 'ParameterList'), notes),
  }),
};
