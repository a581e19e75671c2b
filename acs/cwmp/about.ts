import type { AcsRequest, CpeResponse } from './messages.js';
import type { AcsMessage, CpeMessage } from './soap/envelope.js';

/** What a message is called in the record of a session, and what it is about: paths and counts, never values. */
export interface MessageSummary {
  message: string;
  about: string;
  fault: { code: number; text: string } | null;
}

export function summariseCpeMessage(message: CpeMessage): MessageSummary {
  switch (message.kind) {
    case 'inform':
      return plain('Inform', message.inform.events.map(({ code }) => code).join(', '));
    case 'request':
      return plain(message.request.method, aboutCpeRequest(message.request));
    case 'response':
      return plain(`${message.response.method}Response`, aboutResponse(message.response));
    case 'fault': {
      const { faultCode, faultString, parameterFaults } = message.fault;
      const about = listOf(parameterFaults.map(({ path, code }) => `${path} ${code}`));
      return { message: 'Fault', about, fault: { code: faultCode, text: faultString } };
    }
    case 'unknown':
      return plain(message.method, 'not supported');
    case 'invalid':
      return plain(message.method, message.error.message);
    case 'empty':
      return plain('empty', '');
  }
}

export function summariseAcsMessage(message: AcsMessage): MessageSummary {
  switch (message.kind) {
    case 'inform-response':
      return plain('InformResponse', '');
    case 'request':
      return plain(message.request.method, aboutRequest(message.request));
    case 'response':
      return plain(`${message.response.method}Response`, '');
    case 'fault':
      return { message: 'Fault', about: '', fault: { code: message.faultCode, text: message.faultString } };
  }
}

function plain(message: string, about: string): MessageSummary {
  return { message, about: about.length > 300 ? `${about.slice(0, 299)}…` : about, fault: null };
}

function aboutCpeRequest(request: Extract<CpeMessage, { kind: 'request' }>['request']): string {
  if (request.method !== 'TransferComplete') return '';
  return `${request.commandKey || 'no CommandKey'}${request.faultCode === 0 ? '' : ` ${request.faultCode}`}`;
}

function aboutRequest(request: AcsRequest): string {
  switch (request.method) {
    case 'GetRPCMethods':
    case 'FactoryReset':
      return '';
    case 'GetParameterNames':
      return `${request.path || 'the whole tree'}${request.nextLevel ? ', next level' : ''}`;
    case 'GetParameterValues':
    case 'GetParameterAttributes':
      return listOf(request.names);
    case 'SetParameterValues':
    case 'SetParameterAttributes':
      return listOf(request.parameters.map(({ name }) => name));
    case 'AddObject':
    case 'DeleteObject':
      return request.objectName;
    case 'Reboot':
      return request.commandKey;
    case 'ScheduleInform':
      return `in ${request.delaySeconds} s, ${request.commandKey}`;
    case 'Download':
    case 'Upload':
      return `${request.fileType}, ${request.commandKey}`;
  }
}

function aboutResponse(response: CpeResponse): string {
  switch (response.method) {
    case 'GetRPCMethods':
      return `${response.methods.length} methods`;
    case 'GetParameterNames':
      return `${response.parameters.length} names`;
    case 'GetParameterValues':
      return `${response.parameters.length} values`;
    case 'GetParameterAttributes':
      return `attributes of ${response.parameters.length} parameters`;
    case 'AddObject':
      return `instance ${response.instanceNumber}, status ${response.status}`;
    case 'SetParameterValues':
    case 'DeleteObject':
    case 'Download':
    case 'Upload':
      return `status ${response.status}`;
    case 'SetParameterAttributes':
    case 'Reboot':
    case 'FactoryReset':
    case 'ScheduleInform':
      return '';
  }
}

function listOf(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
