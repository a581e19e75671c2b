import { writeParameterValues } from '../values.js';
import { textElement } from '../xml-writer.js';
import { readStatus, type AcsRpcDefinition } from './definition.js';

export const setParameterValues: AcsRpcDefinition<'SetParameterValues'> = {
  write: ({ parameters, parameterKey }, booleans) =>
    writeParameterValues(parameters, booleans) + textElement('ParameterKey', parameterKey),
  read: (response, notes) => ({ method: 'SetParameterValues', status: readStatus(response, notes) }),
};
