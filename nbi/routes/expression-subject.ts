import { compile, type Place, type Read } from '../../acs/expressions/index.js';
import { isSecretName } from '../../acs/devices/secret-names.js';
import { SECRET_MASK } from '../../acs/devices/secret-paths.js';
import {
  draftTask,
  type SandboxAnswer,
  type SandboxSight,
  type SandboxSubject,
} from '../../acs/tasks/expression-sandbox.js';
import { ValidationError } from '../../common/errors.js';
import type { Caller } from '../access/caller.js';
import type { NbiRequest } from '../http/request.js';
import type { SubjectInput } from '../schemas/expression.js';
import type { Services } from '../services.js';
import { groupInView, visibleDevice, visibleTask } from './visible.js';

/**
 * Whom an expression is tried on, as far as the caller may see that. Throws `ForbiddenError`, `NotFoundError` for what is out
 * of view, `ValidationError` for what does not go together.
 */
export async function subjectOf(
  input: SubjectInput,
  caller: Caller,
  services: Services,
): Promise<SandboxSubject> {
  const { properties, variables = {} } = input;
  if (input.task !== undefined && properties !== undefined)
    throw ValidationError.of('/properties', 'A stored task has its own', 'conflict');
  if (input.task !== undefined) caller.need('tasks.view');
  const stored = input.task === undefined ? null : await visibleTask(input.task, caller, services);
  const id = input.device ?? stored?.device ?? null;
  if (stored?.device && id !== stored.device)
    throw ValidationError.of('/task', `Is a task of ${stored.device}`, 'other-device');
  if (id !== null) caller.need('devices.read');
  const device = id === null ? null : await visibleDevice(id, caller, services);
  if (input.group !== undefined) caller.need('groups.view');
  const group = input.group === undefined ? null : (await groupInView(input.group, caller, services))._id;
  const now = services.clock.now();
  return {
    ...{ device, group, variables: new Map(Object.entries(variables)) },
    task: stored ?? (properties === undefined ? null : draftTask(properties, { device, group, now })),
    execution: stored && device ? await services.reports.ofTask(stored._id, device._id) : null,
  };
}

/** Whether anything was given that an expression could be tried on. */
export function isGiven({ device, group, task, properties, variables }: SubjectInput): boolean {
  return [device, group, task, properties, variables].some((part) => part !== undefined);
}

export function sightOf(caller: Caller): SandboxSight {
  return { isSecret: isSecretName, mask: SECRET_MASK, dataModel: caller.holds('device.tree') };
}

/**
 * The value of a text, secrets masked unless the caller may see them and wants to: then that they were seen is in the audit,
 * if there were any. Throws `ForbiddenError` where the text asks for a data model that the caller may not see.
 */
export async function evaluateFor(
  text: string,
  place: Place,
  subject: SandboxSubject,
  request: Pick<NbiRequest, 'caller' | 'showSecrets'> & { masked: boolean },
  { sandbox }: Pick<Services, 'sandbox'>,
): Promise<SandboxAnswer> {
  const { caller } = request;
  if (subject.device && asksFor('dm', text, place)) caller.need('device.tree');
  const answer = await sandbox.evaluate(text, place, subject, sightOf(caller));
  if (answer.kind === 'invalid' || request.masked || !answer.reads.some(isMasked)) return answer;
  const object = subject.device?._id ?? subject.task?._id ?? subject.group ?? '';
  if (!request.showSecrets(object)) return answer;
  return sandbox.evaluate(text, place, subject, sightOf(caller), true);
}

const isMasked = ({ value }: Read): boolean => value === SECRET_MASK;

function asksFor(context: 'dm', text: string, place: Place): boolean {
  return compile(text, place).uses.contexts.has(context);
}
