import { textElement } from '../xml-writer.js';
import { invalidArguments, readNumber, readStatus, type AcsRpcDefinition } from './definition.js';

export const addObject: AcsRpcDefinition<'AddObject'> = {
  write: ({ objectName, parameterKey }) =>
    textElement('ObjectName', objectName) + textElement('ParameterKey', parameterKey),
  read: (response, notes) => {
    const instanceNumber = readNumber(response, 'InstanceNumber', 0, notes);
    if (instanceNumber < 1) throw invalidArguments('AddObjectResponse without an instance number');
    return { method: 'AddObject', instanceNumber, status: readStatus(response, notes) };
  },
};
