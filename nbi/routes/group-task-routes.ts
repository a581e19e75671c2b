import { definedOnly } from '../../common/defined-only.js';
import { ValidationError } from '../../common/errors.js';
import { taskDevices } from '../../acs/tasks/group-task-devices.js';
import type { PauseTarget } from '../../acs/tasks/group-task-actions.js';
import type { EditionLogRecord } from '../../store/models/edition-log.js';
import type { TaskRecord } from '../../store/models/task.js';
import type { Caller } from '../access/caller.js';
import {
  advanceTask,
  countTaskDevices,
  getGroupTaskStatistics,
  listPauses,
  listTaskDevices,
  pauseTask,
  restartFailedTask,
  restoreEdition,
  resumeTask,
} from '../api/group-tasks.js';
import { decodeCursor, DEFAULT_LIMIT, encodeCursor, pageReply } from '../http/lists.js';
import { reply, type NbiRequest } from '../http/request.js';
import { implement } from '../http/route.js';
import { BASE_PATH } from '../openapi.js';
import type { Services } from '../services.js';
import { executionBriefJson } from '../views/execution-view.js';
import { taskJson } from '../views/task-view.js';
import { checkEdit } from './task-rights.js';
import { keepSecrets } from './task-secrets.js';
import { visibleDevice, visibleGroup, visibleTask } from './visible.js';

export const groupTaskRoutes = [
  implement(restartFailedTask, async (request, services) => {
    const task = await visibleTask(request.params.id, request.caller, services);
    return changed(await services.tasks.ofGroups.rerunFailed(task), request);
  }),

  implement(pauseTask, async ({ params, body, caller }, services) => {
    const task = await visibleTask(params.id, caller, services);
    const target = await pauseTarget(body, caller, services);
    await services.tasks.ofGroups.pause(task, target, { user: caller.login });
    return reply(204, undefined, { object: task._id, difference: { after: { paused: target } } });
  }),

  implement(resumeTask, async ({ params, body, caller }, services) => {
    const task = await visibleTask(params.id, caller, services);
    const target = await pauseTarget(body, caller, services);
    await services.tasks.ofGroups.resume(task, target);
    return reply(204, undefined, { object: task._id, difference: { before: { paused: target } } });
  }),

  implement(listPauses, async ({ params, query, caller }, services) => {
    const task = await visibleTask(params.id, caller, services);
    const limit = query.limit ?? DEFAULT_LIMIT;
    const found = await services.tasks.ofGroups.pauses(task, {
      limit: limit + 1,
      ...(query.cursor !== undefined && { after: pauseAfter(query.cursor) }),
    });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    const next = found.length > limit && last ? encodeCursor([last.at.getTime(), last.device]) : null;
    return pageReply({ items, next }, ({ device, user, at }) => ({ device, user, at: at.toISOString() }));
  }),

  implement(advanceTask, async (request, services) => {
    const { params, body, caller } = request;
    const original = await visibleTask(params.id, caller, services);
    if (original.device === null)
      throw ValidationError.of('/group', 'The task is a group’s already; copy it', 'target');
    const { group, dryRun, ...overrides } = body;
    caller.need('tasks.target.group');
    await visibleGroup(group, caller, services);
    checkEdit(original, overrides, caller);
    const domain = overrides.domain ?? caller.domain;
    const { appliesToSubgroups = false } = overrides;
    const devices = await services.tasks.ofGroups.reach({ group, appliesToSubgroups, domain });
    if (dryRun === true) return reply(200, { devices, task: null });
    const settings = { active: false, ...definedOnly(keepSecrets(original, overrides, services)), group };
    const actor = { user: caller.login, domain: caller.domain };
    const copy = await services.tasks.copy(original._id, settings, actor);
    return reply(
      201,
      { devices, task: taskJson(copy, () => request.showSecrets(copy._id)) },
      {
        headers: { Location: `${BASE_PATH}/tasks/${encodeURIComponent(copy._id)}` },
        object: copy._id,
        difference: { after: taskJson(copy, () => false) },
      },
    );
  }),

  implement(countTaskDevices, async (request, services) => {
    const task = await visibleTask(request.params.id, request.caller, services);
    return changed(await services.tasks.ofGroups.countDevices(task), request);
  }),

  implement(listTaskDevices, async ({ params, query, caller }, services) => {
    const task = await visibleTask(params.id, caller, services);
    if (task.group === null)
      throw ValidationError.of('/path/id', 'The task is a device’s; see its executions', 'target');
    const page = await taskDevices(services.store, task, {
      limit: query.limit ?? DEFAULT_LIMIT,
      view: caller.domain,
      ...(query.status !== undefined && { status: query.status }),
      ...(query.cursor !== undefined && { after: decodeCursor(query.cursor, ['string'])[0] }),
    });
    const next = page.next === null ? null : encodeCursor([page.next]);
    return pageReply({ items: page.items, next }, ({ device, status, execution }) => ({
      device,
      status,
      execution: execution && executionBriefJson(execution),
    }));
  }),

  implement(getGroupTaskStatistics, async ({ params, caller }, services) => {
    const task = await visibleTask(params.id, caller, services);
    const { overTime, ...statistics } = await services.tasks.ofGroups.statistics(task);
    const hours = overTime.map(({ at, ...counts }) => ({ at: at.toISOString(), ...counts }));
    return reply(200, { ...statistics, overTime: hours });
  }),

  implement(restoreEdition, async (request, services) => {
    const { params, query, caller, ifMatch } = request;
    const before = await visibleTask(params.id, caller, services);
    ifMatch.check('task', before._id, before.version);
    const edition = await services.store.editionLogs.findById(params.edition).lean<EditionLogRecord>();
    const version = ifMatch.versions === null ? undefined : before.version;
    const actor = { user: caller.login };
    if (query.restart === true) caller.need('tasks.rerun');
    const after = await services.tasks.restore(before._id, edition, { actor, version });
    if (query.restart === true) await services.tasks.restart(before._id, { actor });
    return reply(
      200,
      taskJson(after, () => request.showSecrets(after._id)),
      {
        version: after.version,
        object: after._id,
        difference: { before: taskJson(before, () => false), after: taskJson(after, () => false) },
      },
    );
  }),
];

function changed(task: TaskRecord, request: Pick<NbiRequest, 'showSecrets'>) {
  const json = taskJson(task, () => request.showSecrets(task._id));
  return reply(200, json, { version: task.version, object: task._id });
}

/** Each kind of target has its own permission (tasks.md §7.9). */
async function pauseTarget(
  { device, group }: { device?: string | undefined; group?: string | undefined },
  caller: Caller,
  services: Services,
): Promise<PauseTarget> {
  if (device !== undefined && group === undefined) {
    caller.need('tasks.pauseDevice');
    await visibleDevice(device, caller, services);
    return { device };
  }
  if (group !== undefined && device === undefined) {
    caller.need('tasks.pauseGroup');
    return { group };
  }
  throw ValidationError.of('/device', 'Name either a device or a group', 'target');
}

function pauseAfter(cursor: string): { at: Date; device: string } {
  const [at, device] = decodeCursor(cursor, ['number', 'string']);
  return { at: new Date(at), device };
}
