import { textElement } from '../xml-writer.js';
import { readStatus, readText, type AcsRpcDefinition } from './definition.js';

export const upload: AcsRpcDefinition<'Upload'> = {
  write: (request) =>
    textElement('CommandKey', request.commandKey) +
    textElement('FileType', request.fileType) +
    textElement('URL', request.url) +
    textElement('Username', request.username) +
    textElement('Password', request.password) +
    textElement('DelaySeconds', request.delaySeconds),
  read: (response, notes) => ({
    method: 'Upload',
    status: readStatus(response, notes),
    startTime: readText(response, 'StartTime', notes),
    completeTime: readText(response, 'CompleteTime', notes),
  }),
};
