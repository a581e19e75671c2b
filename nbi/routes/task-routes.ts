import { NotFoundError, ValidationError, type FieldIssue } from '../../common/errors.js';
import { configFromXml } from '../../acs/tasks/config-xml.js';
import type { TaskPatch } from '../../acs/tasks/task-service.js';
import type { TaskRecord } from '../../store/models/task.js';
import type { Caller } from '../access/caller.js';
import {
  copyTask,
  createTask,
  deleteTask,
  getEditionLog,
  getQueue,
  getTask,
  getTaskStatistics,
  listTasks as listTasksOperation,
  patchTask,
  putTask,
  restartTask,
} from '../api/tasks.js';
import { DEFAULT_LIMIT, pageReply } from '../http/lists.js';
import { reply, type NbiRequest } from '../http/request.js';
import { implement } from '../http/route.js';
import { BASE_PATH } from '../openapi.js';
import type { Services } from '../services.js';
import { unmask } from '../views/secrets.js';
import { editionJson, queueJson, taskJson } from '../views/task-view.js';
import { listTasks } from './task-list.js';
import { createAndRun, mayConnect, runTask } from './task-runner.js';
import { visibleDevice, visibleTask } from './visible.js';

export const taskRoutes = [
  implement(getQueue, async (request, services) => {
    const { params, query, caller } = request;
    await visibleDevice(params.id, caller, services);
    const at = query.at === undefined ? undefined : new Date(query.at);
    const queue = await services.tasks.queue(params.id, { at });
    return reply(
      200,
      queueJson(queue, () => request.showSecrets(params.id)),
    );
  }),

  implement(listTasksOperation, async (request, { store }) => {
    const { limit, cursor, count, ...query } = request.query;
    const page = await listTasks(
      store,
      { ...query, view: request.caller.domain },
      { limit: limit ?? DEFAULT_LIMIT, cursor, count: count === true },
    );
    return pageReply(page, (task) => taskJson(task, () => request.showSecrets(task._id)));
  }),

  implement(createTask, async (request, services) => {
    const { connect, ...input } = request.body;
    refuseMasks(input);
    return await createAndRun(input, { connect, ...request.query }, request, services);
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
    // These follow from the others, and are not read.
    const given = without(rest, 'configXml', 'editedAt');
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
    const task = await services.tasks.restart(params.id, { actor: { user: caller.login }, ...device });
    const run = await runTask(task, { connect: body.connect, restarted: true }, request, services);
    return { ...(run ?? reply(204)), object: task._id };
  }),

  implement(copyTask, async (request, services) => {
    const { params, body, caller } = request;
    const original = await visibleTask(params.id, caller, services);
    const { connect, ...overrides } = body;
    const target = overrides.device ?? original.device;
    if (target !== null) await visibleDevice(target, caller, services);
    caller.need('tasks.target.device');
    mayConnect(caller, connect);
    if (overrides.domain !== undefined) caller.mustSee(overrides.domain, 'domain', overrides.domain);
    const settings = keepSecrets(original, without(overrides, 'device'));
    const changed = definedOnly({ ...settings, device: overrides.device });
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

  implement(getTaskStatistics, async ({ caller }, { tasks }) =>
    reply(200, await tasks.statistics(caller.domain)),
  ),
];

async function edit(
  before: TaskRecord,
  patch: TaskPatch,
  request: Pick<NbiRequest, 'caller' | 'ifMatch' | 'showSecrets'>,
  { tasks }: Services,
) {
  const { caller, ifMatch } = request;
  ifMatch.check('task', before._id, before.version);
  checkEdit(before, patch, caller);
  const version = ifMatch.versions === null ? undefined : before.version;
  const after = await tasks.edit(before._id, keepSecrets(before, patch), {
    actor: { user: caller.login },
    version,
  });
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

/** Settings that need a permission of their own may be sent back unchanged by everybody. */
function checkEdit(before: TaskRecord, patch: TaskPatch, caller: Caller): void {
  if (patch.priority !== undefined && patch.priority !== before.priority) caller.need('tasks.priority');
  if (patch.repeatOnBootstrap === true && !before.repeatOnBootstrap) caller.need('tasks.rrob');
  if (patch.domain !== undefined) caller.mustSee(patch.domain, 'domain', patch.domain);
}

/** Masked values that came back stand for the stored ones. */
function keepSecrets<T extends Pick<TaskPatch, 'config' | 'properties'>>(before: TaskRecord, patch: T): T {
  const config = typeof patch.config === 'string' ? configFromXml(patch.config, '/config') : patch.config;
  const given = definedOnly({ config, properties: patch.properties });
  const { value, lost } = unmask(given, { config: before.config, properties: before.properties });
  refuseLost(lost);
  return { ...patch, ...value };
}

/** A new task has nothing stored that a mask could stand for. */
function refuseMasks(input: { config?: unknown; properties?: unknown }): void {
  const config = typeof input.config === 'string' ? configFromXml(input.config, '/config') : input.config;
  refuseLost(unmask({ config, properties: input.properties }, {}).lost);
}

function refuseLost(lost: readonly string[]): void {
  if (lost.length === 0) return;
  const issues = lost.map((pointer): FieldIssue => ({
    pointer,
    code: 'masked',
    message: 'Is a mask, for which no value is stored',
  }));
  throw new ValidationError('Masked values cannot be stored', issues);
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
  return {
    active: true,
    anonymous: undefined,
    name: '',
    comment: '',
    tags: [],
    automaticRestart: false,
    repeatOnBootstrap: false,
    transientReport: false,
    logLevel: 'INFO',
    priority: type?.defaultPriority ?? 10,
    minInterval: 0,
    domain: task.domain,
    properties: [],
  };
}

function definedOnly<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
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
