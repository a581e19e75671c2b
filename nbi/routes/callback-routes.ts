import type { CallbackView } from '../../acs/tasks/callbacks/task-callbacks.js';
import type { Caller } from '../access/caller.js';
import * as api from '../api/callbacks.js';
import { pageReply } from '../http/lists.js';
import { reply } from '../http/request.js';
import { implement } from '../http/route.js';
import { BASE_PATH } from '../openapi.js';
import type { Services } from '../services.js';
import { callbackJson } from '../views/callback-view.js';
import { visibleTask } from './visible.js';

export const callbackRoutes = [
  implement(api.listCallbacks, async ({ params, caller }, services) => {
    const task = await visibleTask(params.id, caller, services);
    return pageReply({ items: await services.callbacks.list(task._id), next: null }, callbackJson);
  }),

  implement(api.addCallback, async ({ params, body, caller }, services) => {
    const task = await visibleTask(params.id, caller, services);
    const added = await services.callbacks.add(task._id, body, caller.login);
    const { name } = added.callback;
    return {
      ...shown(task._id, added, 201),
      headers: { Location: `${BASE_PATH}/tasks/${encodeURIComponent(task._id)}/callbacks/${name}` },
      difference: { after: definitionOf(added) },
    };
  }),

  implement(api.getCallback, async ({ params, caller }, services) => {
    const { task, view } = await visibleCallback(params, caller, services);
    return shown(task, view);
  }),

  implement(api.patchCallback, async ({ params, body, caller, ifMatch }, services) => {
    const { task, view } = await visibleCallback(params, caller, services);
    ifMatch.check('callback', params.name, view.callback.version);
    const after = await services.callbacks.edit(task, params.name, body);
    const difference = { before: definitionOf(view), after: definitionOf(after) };
    return { ...shown(task, after), difference };
  }),

  implement(api.deleteCallback, async ({ params, caller, ifMatch }, services) => {
    const { task, view } = await visibleCallback(params, caller, services);
    ifMatch.check('callback', params.name, view.callback.version);
    await services.callbacks.remove(task, params.name);
    return reply(204, undefined, { object: task, difference: { before: definitionOf(view) } });
  }),
];

async function visibleCallback(
  { id, name }: { id: string; name: string },
  caller: Caller,
  services: Services,
): Promise<{ task: string; view: CallbackView }> {
  const { _id: task } = await visibleTask(id, caller, services);
  return { task, view: await services.callbacks.get(task, name) };
}

function shown(task: string, view: CallbackView, status: 200 | 201 = 200) {
  return reply(status, callbackJson(view), { version: view.callback.version, object: task });
}

/** What the audit tells of a change. */
const definitionOf = ({ callback }: CallbackView) => callbackJson({ callback, last: null });
