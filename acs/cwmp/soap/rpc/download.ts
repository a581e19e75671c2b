import { textElement } from '../xml-writer.js';
import { readStatus, readText, type AcsRpcDefinition } from './definition.js';

/** All arguments, in the order of the schema: gSOAP clients depend on it (TR-069 A6 table 29). */
export const download: AcsRpcDefinition<'Download'> = {
  write: (request) =>
    textElement('CommandKey', request.commandKey) +
    textElement('FileType', request.fileType) +
    textElement('URL', request.url) +
    textElement('Username', request.username) +
    textElement('Password', request.password) +
    textElement('FileSize', request.fileSize) +
    textElement('TargetFileName', request.targetFileName) +
    textElement('DelaySeconds', request.delaySeconds) +
    textElement('SuccessURL', request.successUrl) +
    textElement('FailureURL', request.failureUrl),
  read: (response, notes) => ({
    method: 'Download',
    status: readStatus(response, notes),
    startTime: readText(response, 'StartTime', notes),
    completeTime: readText(response, 'CompleteTime', notes),
  }),
};
