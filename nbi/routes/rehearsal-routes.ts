import { ValidationError } from '../../common/errors.js';
import { findTaskType } from '../../acs/tasks/task-types.js';
import { rehearseTask } from '../api/rehearsals.js';
import { reply } from '../http/request.js';
import { implement } from '../http/route.js';
import { rehearsalJson } from '../views/rehearsal-view.js';
import { newSecrets } from './task-secrets.js';
import { visibleDevice, visibleTask } from './visible.js';

export const rehearsalRoutes = [
  implement(rehearseTask, async (request, services) => {
    const { body, caller } = request;
    const { device: id, task, type, scope = 'first-session', ...settings } = body;
    const device = await visibleDevice(id, caller, services);
    const show = (): boolean => request.showSecrets(id);
    if ((task === undefined) === (type === undefined))
      throw ValidationError.of('/task', 'Give either a stored task, or the type of a new one', 'required');
    if (task !== undefined) {
      const stored = await visibleTask(task, caller, services);
      return reply(200, rehearsalJson(await services.rehearsals.ofTask(stored, device, scope), show));
    }
    if (type === undefined || !findTaskType(type))
      throw ValidationError.of('/type', `There is no task type ${type ?? ''}`, 'unknown-type');
    const draft = newSecrets({ ...settings, type }, services);
    return reply(200, rehearsalJson(await services.rehearsals.ofDraft(draft, device, scope), show));
  }),
];
