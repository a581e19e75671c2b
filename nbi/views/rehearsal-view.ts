import type { Rehearsal, RehearsedExchange } from '../../acs/tasks/rehearsal/rehearse.js';
import { SECRET_MASK } from '../../acs/devices/secret-paths.js';
import type { AcsRequest } from '../../acs/cwmp/messages.js';
import { isSecretName } from '../../acs/devices/secret-names.js';

interface Shown {
  name: string;
  value: string | null;
}

export function rehearsalJson(rehearsal: Rehearsal, showSecrets: () => boolean) {
  const mask = (name: string, value: string | null): string | null =>
    value !== null && value !== '' && isSecretName(name) && !showSecrets() ? SECRET_MASK : value;
  const { end, summary, sessions, acts } = rehearsal;
  return {
    end,
    summary,
    sessions,
    exchanges: rehearsal.exchanges.map((exchange) => exchangeJson(exchange, mask)),
    changes: rehearsal.changes.map(({ path, before, after }) => ({
      path,
      before: mask(path, before),
      after: mask(path, after),
    })),
    acts,
    details: rehearsal.details.map(({ name, value }) => ({ name, value: mask(name, value) ?? '' })),
    log: rehearsal.lines.map(({ at, level, text }) => ({ at: at.toISOString(), level, text })),
  };
}

type Mask = (name: string, value: string | null) => string | null;

function exchangeJson({ session, at, request, answer, assumed, guesses }: RehearsedExchange, mask: Mask) {
  const fault =
    answer.kind === 'fault'
      ? { code: answer.code, text: answer.text, parameters: [...answer.parameters] }
      : null;
  return {
    session,
    at: at.toISOString(),
    method: request.method,
    parameters: parametersOf(request).map(({ name, value }) => ({ name, value: mask(name, value) })),
    answer: answerText(answer),
    fault,
    assumed,
    guesses,
  };
}

/** What a request says, as names and values. URLs of a rehearsal lead nowhere; credentials are never shown. */
function parametersOf(request: AcsRequest): Shown[] {
  switch (request.method) {
    case 'SetParameterValues':
      return request.parameters.map(({ name, value }) => ({ name, value }));
    case 'GetParameterValues':
    case 'GetParameterAttributes':
      return request.names.map((name) => ({ name, value: null }));
    case 'SetParameterAttributes':
      return request.parameters.map(({ name, notification }) => ({
        name,
        value: notification === null ? null : `notification ${notification}`,
      }));
    case 'GetParameterNames':
      return [{ name: request.path, value: request.nextLevel ? 'next level' : 'all' }];
    case 'AddObject':
    case 'DeleteObject':
      return [{ name: request.objectName, value: null }];
    case 'Download':
    case 'Upload':
      return [{ name: 'fileType', value: request.fileType }];
    case 'ScheduleInform':
      return [{ name: 'delaySeconds', value: String(request.delaySeconds) }];
    default:
      return [];
  }
}

function answerText(answer: RehearsedExchange['answer']): string {
  if (answer.kind === 'fault') return `Fault ${answer.code} ${answer.text}`.trim();
  const { response } = answer;
  switch (response.method) {
    case 'GetParameterValues':
      return `${response.parameters.length} values`;
    case 'GetParameterNames':
      return `${response.parameters.length} names`;
    case 'GetParameterAttributes':
      return `${response.parameters.length} attributes`;
    case 'AddObject':
      return `instance ${response.instanceNumber}`;
    case 'SetParameterValues':
    case 'DeleteObject':
    case 'Download':
    case 'Upload':
      return `status ${response.status}`;
    default:
      return 'done';
  }
}
