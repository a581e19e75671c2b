import { textElement } from '../xml-writer.js';
import { readStatus, type AcsRpcDefinition } from './definition.js';

export const deleteObject: AcsRpcDefinition<'DeleteObject'> = {
  write: ({ objectName, parameterKey }) =>
    textElement('ObjectName', objectName) + textElement('ParameterKey', parameterKey),
  read: (response, notes) => ({ method: 'DeleteObject', status: readStatus(response, notes) }),
};
