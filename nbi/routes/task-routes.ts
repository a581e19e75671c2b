import { definedOnly } from '../../common/defined-only.js';
import { ConflictError, NotFoundError, ValidationError, type FieldIssue } from '../../common/errors.js';
import { defaultSettings } from '../../acs/tasks/task-input.js';
import { taskStatistics } from '../../acs/tasks/task-statistics.js';
import { findTaskType } from '../../acs/tasks/task-types.js';
import { undoSetValues } from '../../acs/tasks/types/undo-set-values.js';
import type { TaskPatch } from '../../acs/tasks/task-service.js';
import type { TaskRecord } from '../../store/models/task.js';
import {
  copyTask,
  createTask,
  deleteTask,
  getEditionLog,
  getTask,
  getTaskStatistics,
  listTasks as listTasksOperation,
  patchTask,
  putTask,
  restartTask,
  searchTasks,
  undoTask,
} from '../api/tasks.js';
import { EXPORT_PAGE, exportReply, LIST_TYPES } from '../http/export.js';
import { chosenFields, picked } from '../http/fields.js';
import { DEFAULT_LIMIT, pageReply } from '../http/lists.js';
import { reply, type NbiRequest } from '../http/request.js';
import { implement } from '../http/route.js';
import { BASE_PATH } from '../openapi.js';
import { task as taskSchema } from '../schemas/task.js';
import { searchCriteria } from '../search/criteria.js';
import type { Services } from '../services.js';
import { editionJson, taskJson } from '../views/task-view.js';
import { listTasks } from './task-list.js';
import { createAndRun, mayConnect, mayTarget, runTask } from './task-runner.js';
import { checkEdit } from './task-rights.js';
import { keepSecrets, newSecrets } from './task-secrets.js';
import { visibleDevice, visibleTask } from './visible.js';

export const taskRoutes = [
  implement(listTasksOperation, async (request, services) => {
    const { caller, signal } = request;
    const type = request.accepts(...LIST_TYPES);
    const { limit, cursor, count, fields, filter, expression, savedFilter, ...query } = request.query;
    const names = chosenFields(fields, taskSchema.shape, 'Tasks');
    const criteria = await searchCriteria('tasks', { filter, expression, savedFilter }, caller, services);
    const list = { ...query, view: caller.domain };
    const json = (task: TaskRecord) =>
      picked(
        taskJson(task, () => request.showSecrets(task._id)),
        names,
      );
    if (type === 'application/json')
      return pageReply(
        await listTasks(services, list, criteria, {
          limit: limit ?? DEFAULT_LIMIT,
          cursor,
          count: count === true,
        }),
        json,
      );
    return exportReply({
      ...{ type, name: 'tasks', columns: names ?? EXPORT_FIELDS, signal, caller },
      page: async (after) => {
        const page = await listTasks(services, list, criteria, {
          limit: EXPORT_PAGE,
          cursor: after ?? cursor,
        });
        return { rows: page.items.map(json), next: page.next };
      },
    });
  }),

  implement(searchTasks, async (request, services) => {
    const { caller, body } = request;
    const { limit, cursor, count, fields, filter, expression, savedFilter, ...query } = body;
    const names = chosenFields(fields, taskSchema.shape, 'Tasks');
    const criteria = await searchCriteria('tasks', { filter, expression, savedFilter }, caller, services);
    const page = { limit: limit ?? DEFAULT_LIMIT, cursor, count: count === true };
    return pageReply(await listTasks(services, { ...query, view: caller.domain }, criteria, page), (task) =>
      picked(
        taskJson(task, () => request.showSecrets(task._id)),
        names,
      ),
    );
  }),

  implement(createTask, async (request, services) => {
    const { connect, callbacks, ...given } = request.body;
    const input = newSecrets(given, services);
    return await createAndRun(input, { connect, callbacks, ...request.query }, request, services);
  }),

  implement(getTask, async (request, services) => {
    const task = await visibleTask(request.params.id, request.caller, services);
    return reply(
      200,
      taskJson(task, () => request.showSecrets(task._id)),
      { version: task.version },
    );
  }),

  implement(putTask, async (request, services) => {
    const before = await visibleTask(request.params.id, request.caller, services);
    const { id, device, group, type, user, createdAt, version, ...rest } = request.body;
    // These follow from the others, or are changed by actions of their own, and are not read.
    const given = without(rest, ...NOT_READ);
    refuseFixed(before, { id, device, group, type, user, createdAt });
    if (version !== undefined) request.ifMatch.check('task', before._id, before.version);
    return await edit(before, { ...defaultsOf(before, services), ...given }, request, services);
  }),

  implement(patchTask, async (request, services) => {
    const before = await visibleTask(request.params.id, request.caller, services);
    return await edit(before, request.body, request, services);
  }),

  implement(deleteTask, async ({ params, caller, ifMatch }, services) => {
    const task = await visibleTask(params.id, caller, services);
    ifMatch.check('task', task._id, task.version);
    const version = ifMatch.versions === null ? undefined : task.version;
    await services.tasks.remove(task._id, { actor: { user: caller.login }, version });
    return reply(204, undefined, { object: task._id, difference: { before: taskJson(task, () => false) } });
  }),

  implement(restartTask, async (request, services) => {
    const { params, body, caller } = request;
    await visibleTask(params.id, caller, services);
    mayConnect(caller, body.connect);
    const device = body.device === undefined ? {} : { device: body.device };
    if (body.device !== undefined) await visibleDevice(body.device, caller, services);
    const task = await services.tasks.restart(params.id, { actor: { user: caller.login }, ...device });
    const options = { connect: body.connect, restarted: true, on: body.device };
    const run = await runTask(task, options, request, services);
    return { ...(run ?? reply(204)), object: task._id };
  }),

  implement(undoTask, async (request, services) => {
    const { params, body, caller } = request;
    const original = await visibleTask(params.id, caller, services);
    assertUndoable(original);
    const { connect, run, active = original.device !== null } = body;
    if (original.automaticRestart && run === undefined)
      throw ValidationError.of(
        '/run',
        `${original._id} repeats, so its later runs replaced its own values: name the run to undo`,
        'required',
      );
    const input = {
      ...targetOf(original),
      type: undoSetValues.name,
      config: { task: original._id, ...(run !== undefined && { run }) },
      active,
      appliesToSubgroups: original.appliesToSubgroups,
      // So that it comes behind the other where that is still to run.
      priority: original.priority,
      domain: original.domain,
      comment: `Undoes ${original._id}`,
    };
    return await createAndRun(input, { connect }, request, services);
  }),

  implement(copyTask, async (request, services) => {
    const { params, body, caller } = request;
    const original = await visibleTask(params.id, caller, services);
    const { connect, ...overrides } = body;
    const elsewhere = overrides.device !== undefined || overrides.group !== undefined;
    await mayTarget(elsewhere ? overrides : targetOf(original), caller, services);
    mayConnect(caller, connect);
    checkEdit(original, overrides, caller);
    const changed = definedOnly(keepSecrets(original, overrides, services));
    const copy = await services.tasks.copy(original._id, changed, {
      user: caller.login,
      domain: caller.domain,
    });
    await runTask(copy, { connect }, { ...request, wait: 0 }, services);
    return reply(
      201,
      taskJson(copy, () => request.showSecrets(copy._id)),
      {
        version: copy.version,
        headers: { Location: `${BASE_PATH}/tasks/${encodeURIComponent(copy._id)}` },
        object: copy._id,
        difference: { after: taskJson(copy, () => false) },
      },
    );
  }),

  implement(getEditionLog, async (request, services) => {
    const { params, query, caller } = request;
    const cursor = query.cursor === undefined ? {} : { cursor: query.cursor };
    const page = await services.reports.editionLog(
      { task: params.id },
      { limit: query.limit ?? DEFAULT_LIMIT, ...cursor },
    );
    const latest = page.items[0];
    if (!latest || !caller.sees(domainOf(latest.after ?? latest.before)))
      throw new NotFoundError('edition log of the task', params.id);
    return pageReply(page, (edition) => editionJson(edition, () => request.showSecrets(params.id)));
  }),

  implement(getTaskStatistics, async ({ caller }, { store }) =>
    reply(200, await taskStatistics(store, caller.domain)),
  ),
];

async function edit(
  before: TaskRecord,
  patch: TaskPatch,
  request: Pick<NbiRequest, 'caller' | 'ifMatch' | 'showSecrets'> & {
    query: { restart?: boolean | undefined };
  },
  services: Services,
) {
  const { tasks } = services;
  const { caller, ifMatch } = request;
  ifMatch.check('task', before._id, before.version);
  checkEdit(before, patch, caller);
  const { restart } = request.query;
  if (restart === true) caller.need('tasks.rerun');
  const version = ifMatch.versions === null ? undefined : before.version;
  const after = await tasks.edit(before._id, keepSecrets(before, patch, services), {
    actor: { user: caller.login },
    version,
  });
  if (restart === true) await tasks.restart(before._id, { actor: { user: caller.login } });
  return reply(
    200,
    taskJson(after, () => request.showSecrets(after._id)),
    {
      version: after.version,
      object: after._id,
      difference: { before: taskJson(before, () => false), after: taskJson(after, () => false) },
    },
  );
}

/** Throws `ConflictError` for a task that remembers nothing. */
function assertUndoable({ _id, type, transientReport }: TaskRecord): void {
  if (findTaskType(type)?.remembers !== true)
    throw new ConflictError(`${_id} cannot be undone: ${type} does not remember what it replaces`);
  if (transientReport)
    throw new ConflictError(
      `${_id} cannot be undone: it discards its execution details, and with them the values`,
    );
}

/** Columns of an export where none are chosen (tasks.md §8.1). */
const EXPORT_FIELDS = [
  ...['id', 'active', 'type', 'automaticRestart', 'repeatOnBootstrap', 'transientReport', 'name', 'device'],
  ...['group', 'scheduleText', 'user', 'priority', 'createdAt', 'bloodline', 'domain', 'tags', 'comment'],
];

const NOT_READ = [
  'configXml',
  'editedAt',
  'scheduleText',
  'lastRestartTime',
  'lastFailedRestartTime',
  'pausedGroups',
  'deviceCount',
  'template',
  'system',
] as const;

function targetOf({ device, group }: TaskRecord): { device?: string; group?: string } {
  return { ...(device !== null && { device }), ...(group !== null && { group }) };
}

/** What cannot be changed may be sent, as it is. */
function refuseFixed(before: TaskRecord, given: Record<string, unknown>): void {
  const { _id, createdAt, device, group, type, user } = before;
  const present: Record<string, unknown> = {
    id: _id,
    createdAt: createdAt.toISOString(),
    device,
    group,
    type,
    user,
  };
  const issues = Object.entries(given)
    .filter(([name, value]) => value !== undefined && value !== present[name])
    .map(([name]): FieldIssue => ({ pointer: `/${name}`, code: 'read-only', message: 'Cannot be changed' }));
  if (issues.length > 0) throw new ValidationError('Fixed fields differ', issues);
}

/** PUT replaces: what is left out takes its default. */
function defaultsOf(task: TaskRecord, { tasks }: Services): TaskPatch {
  const type = tasks.types().find(({ name }) => name === task.type);
  const defaults = defaultSettings(type ?? { defaultPriority: 10 }, task.domain);
  return { ...defaults, anonymous: undefined };
}

function without<T extends object, K extends keyof T>(fields: T, ...names: K[]): Omit<T, K> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name as K))) as Omit<
    T,
    K
  >;
}

function domainOf(definition: Record<string, unknown> | null): string {
  const domain = definition?.domain;
  return typeof domain === 'string' ? domain : '/';
}
