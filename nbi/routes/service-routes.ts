import { computedProfileOfGroup } from '../../acs/devices/groups/setting-view.js';
import type { GroupKnowledge } from '../../acs/devices/groups/group-cache.js';
import type { ServiceOnDevice } from '../../acs/tasks/services/device-services.js';
import { availabilityOf, isOffered, SERVICE_TASK } from '../../acs/tasks/services/service-names.js';
import type { TaskInput } from '../../acs/tasks/task-service.js';
import { domainCovers } from '../../common/domains.js';
import { ConflictError, ForbiddenError, NotFoundError, ValidationError } from '../../common/errors.js';
import type { DeviceRecord } from '../../store/models/device.js';
import type { ServiceGoal, ServiceRecord } from '../../store/models/service.js';
import type { TaskRecord } from '../../store/models/task.js';
import type { TemplateParameter, TemplateRecord } from '../../store/models/template.js';
import type { Caller } from '../access/caller.js';
import * as api from '../api/services.js';
import { pageReply } from '../http/lists.js';
import { reply, type Reply } from '../http/request.js';
import { implement } from '../http/route.js';
import { BASE_PATH } from '../openapi.js';
import type { Services } from '../services.js';
import { deviceServiceJson, serviceJson } from '../views/service-view.js';
import { taskJson } from '../views/task-view.js';
import { parameterJson } from '../views/template-view.js';
import { references } from './references.js';
import { addedTask, mayConnect, runTask, type Connect } from './task-runner.js';
import { groupInView, visibleDevice } from './visible.js';

type Asking = Parameters<typeof runTask>[2];

export const serviceRoutes = [
  implement(api.listServices, async ({ caller }, services) => {
    const all = await services.catalogue.definitions.list(caller.domain);
    const items = await Promise.all(all.map((one) => json(one, caller, services)));
    return pageReply({ items, next: null }, (item) => item);
  }),

  implement(api.createService, async ({ body, caller }, services) => {
    const domain = body.domain ?? caller.domain;
    caller.mustSee(domain, 'domain', domain);
    const service = await services.catalogue.definitions.create({ ...body, domain }, caller.login);
    return reply(201, await json(service, caller, services), {
      version: service.version,
      headers: { Location: `${BASE_PATH}/services/${service._id}` },
      object: service._id,
      difference: { after: body },
    });
  }),

  implement(api.getService, async ({ params, caller }, services) => {
    const service = await usable(params.key, caller, services);
    return reply(200, await json(service, caller, services), { version: service.version });
  }),

  implement(api.patchService, async ({ params, body, caller, ifMatch }, services) => {
    const before = await editable(params.key, caller, services);
    ifMatch.check('service', before._id, before.version);
    if (body.domain !== undefined) caller.mustSee(body.domain, 'domain', body.domain);
    const version = ifMatch.versions === null ? undefined : before.version;
    const after = await services.catalogue.definitions.edit(before._id, body, { version });
    return reply(200, await json(after, caller, services), {
      version: after.version,
      object: after._id,
      difference: { before, after },
    });
  }),

  implement(api.deleteService, async ({ params, query, caller, ifMatch }, services) => {
    const service = await editable(params.key, caller, services);
    ifMatch.check('service', service._id, service.version);
    const version = ifMatch.versions === null ? undefined : service.version;
    await services.catalogue.definitions.remove(service._id, {
      version,
      confirmed: query.confirmed === true,
    });
    return reply(204, undefined, { object: service._id, difference: { before: service } });
  }),

  implement(api.listDeviceServices, async ({ params, caller }, services) => {
    const device = await visibleDevice(params.id, caller, services);
    const all = await services.catalogue.onDevices.list(device);
    const forms = await parametersOf(all, services);
    const form = (name: string) => (forms.get(name) ?? []).map((one) => parameterJson(one, () => false));
    const items = all.map((has) =>
      deviceServiceJson(has, {
        activation: form(has.service.activate),
        configuration: form(has.service.configure),
      }),
    );
    return pageReply({ items, next: null }, (item) => item);
  }),

  implement(api.activateService, (request, services) => toggle('enabled', request, services)),
  implement(api.deactivateService, (request, services) => toggle('disabled', request, services)),

  implement(api.configureService, async (request, services) => {
    const { params, body, caller } = request;
    const device = await visibleDevice(params.id, caller, services);
    mayConnect(caller, body.connect);
    const has = await onDevice(params.key, device, services);
    if (has.service.configure === '') throw new ConflictError(`${params.key} cannot be configured`);
    if (has.state !== 'active') throw new ConflictError(`${params.key} is ${has.state}, not active`);
    const template = await templateNamed(has.service.configure, services);
    const input = await services.templateTasks.input(
      template,
      {
        target: { device: device._id },
        values: body.parameters ?? {},
        overrides: named(`Configure ${has.service.caption}`),
      },
      references(caller, services),
    );
    const task = await services.tasks.create(input, { user: caller.login, domain: caller.domain });
    return finished(task, body.connect, request, services);
  }),

  implement(api.migrateService, async (request, services) => {
    const { params, body, caller } = request;
    const device = await visibleDevice(params.id, caller, services);
    const other = await visibleDevice(body.to, caller, services);
    mayConnect(caller, body.connect);
    if (other._id === device._id) throw ValidationError.of('/to', 'Must be another device', 'same-device');
    const has = await onDevice(params.key, device, services);
    if (has.state !== 'active') throw new ConflictError(`${params.key} is ${has.state} here, not active`);
    const there = await onDevice(params.key, other, services);
    mayChange(there, 'enabled');
    const activation = await order(
      { has: there, device: other, state: 'enabled', properties: has.values },
      caller,
      services,
    );
    const deactivation = await order({ has, device, state: 'disabled', properties: [] }, caller, services);
    for (const one of body.connect === 'try' ? [other, device] : [])
      await services.connectionRequests.request(one._id, { user: caller.login });
    const shown = (task: TaskRecord) => taskJson(task, () => false);
    return reply(
      201,
      { activation: shown(activation), deactivation: shown(deactivation) },
      { object: device._id, difference: { after: { service: params.key, to: other._id } } },
    );
  }),

  implement(api.listGroupServices, async ({ params, query, caller }, services) => {
    const group = await groupInView(params.name, caller, services);
    const all = await services.catalogue.definitions.list(caller.domain);
    const known = await services.groups.cache.current();
    const items = await Promise.all(
      all.map((one) => groupJson(one, group._id, { known, caller, counted: query.count === true }, services)),
    );
    return pageReply({ items, next: null }, (item) => item);
  }),

  implement(api.putGroupService, async ({ params, body, caller }, services) => {
    const group = await groupInView(params.name, caller, services);
    const service = await usable(params.key, caller, services);
    const name = availabilityOf(service._id);
    const input = body.offered === null ? null : { value: String(body.offered), secret: false };
    await services.groups.profiles.save(group._id, new Map([[name, input]]), { user: caller.login });
    const known = await services.groups.cache.fresh();
    return reply(200, await groupJson(service, group._id, { known, caller, counted: true }, services), {
      object: group._id,
      difference: { after: { [name]: body.offered } },
    });
  }),
];

async function json(service: ServiceRecord, caller: Caller, { catalogue }: Services) {
  const active = await catalogue.onDevices.activeCount(service._id, null, caller.domain);
  const editableHere = caller.sees(service.domain) && caller.holds('services.manage');
  return serviceJson(service, { active, editable: editableHere });
}

/** Services of domains above can be used, not changed, as templates are (administration.md §4). */
async function usable(key: string, caller: Caller, { catalogue }: Services): Promise<ServiceRecord> {
  const service = await catalogue.definitions.get(key);
  if (!caller.sees(service.domain) && !domainCovers(service.domain, caller.domain))
    throw new NotFoundError('service', key);
  return service;
}

async function editable(key: string, caller: Caller, services: Services): Promise<ServiceRecord> {
  const service = await usable(key, caller, services);
  if (!caller.sees(service.domain)) throw new ForbiddenError('services.manage');
  return service;
}

async function onDevice(key: string, device: DeviceRecord, services: Services): Promise<ServiceOnDevice> {
  const all = await services.catalogue.onDevices.list(device);
  const found = all.find(({ service }) => service._id === key);
  if (!found) throw new NotFoundError('service', key);
  return found;
}

/** One change at a time; only what is offered can be switched on. */
function mayChange({ service, available, task }: ServiceOnDevice, state: ServiceGoal): void {
  if (task !== null) throw new ConflictError(`${service._id} is being changed by the task ${task}`);
  if (state === 'enabled' && !available)
    throw new ConflictError(
      `The device is not offered ${service._id}: ${availabilityOf(service._id)} is not true`,
    );
}

async function toggle(
  state: ServiceGoal,
  request: Asking & { params: { id: string; key: string }; body: api.ServiceOrder | undefined },
  services: Services,
): Promise<Reply> {
  const { params, body = {}, caller } = request;
  const device = await visibleDevice(params.id, caller, services);
  mayConnect(caller, body.connect);
  const has = await onDevice(params.key, device, services);
  mayChange(has, state);
  const template = state === 'enabled' ? has.service.activate : has.service.deactivate;
  const properties = await propertiesOf(template, device, body.parameters ?? {}, { caller, services });
  const task = await order({ has, device, state, properties }, caller, services);
  return finished(task, body.connect, request, services);
}

/** The values for a template of a service, checked before anything is made. */
async function propertiesOf(
  name: string,
  device: DeviceRecord,
  values: Readonly<Record<string, unknown>>,
  { caller, services }: { caller: Caller; services: Services },
): Promise<NonNullable<TaskInput['properties']>> {
  if (name === '') {
    const [given] = Object.keys(values);
    if (given === undefined) return [];
    throw ValidationError.of(`/parameters/${given}`, 'The service asks for no values', 'unknown-parameter');
  }
  const template = await templateNamed(name, services);
  const use = { target: { device: device._id }, values };
  return (await services.templateTasks.input(template, use, references(caller, services))).properties ?? [];
}

async function templateNamed(name: string, { templates }: Services): Promise<TemplateRecord> {
  try {
    return await templates.named(name);
  } catch (error) {
    if (error instanceof NotFoundError)
      throw new ConflictError(`The service needs the template ${name}, which is not there`);
    throw error;
  }
}

/** Adds the task that switches a service, and keeps that it is to do so. */
async function order(
  wanted: {
    /** As it was when the order was found right. */
    has: ServiceOnDevice;
    device: DeviceRecord;
    state: ServiceGoal;
    properties: NonNullable<TaskInput['properties']>;
  },
  caller: Caller,
  { tasks, catalogue }: Services,
): Promise<TaskRecord> {
  const { has, device, state, properties } = wanted;
  const { service, pending: observed } = has;
  const verb = state === 'enabled' ? 'Activate' : 'Deactivate';
  const task = await tasks.create(
    {
      type: SERVICE_TASK,
      config: { service: service._id, state },
      ...{ device: device._id, properties, ...named(`${verb} ${service.caption}`) },
    },
    { user: caller.login, domain: caller.domain },
  );
  const pending = { task: task._id, state };
  if (await catalogue.stored.claim(device._id, service._id, pending, observed)) return task;
  await tasks.remove(task._id, { actor: { user: caller.login } });
  throw new ConflictError(`${service._id} is being changed by another request`);
}

const named = (name: string) => ({ name: name.slice(0, 128), anonymous: false });

async function finished(
  task: TaskRecord,
  connect: Connect | undefined,
  request: Asking,
  services: Services,
): Promise<Reply> {
  return addedTask(task, await runTask(task, { connect }, request, services), request);
}

/** The parameters of the templates that services name, by the name of the template. */
async function parametersOf(
  all: readonly ServiceOnDevice[],
  { store }: Services,
): Promise<ReadonlyMap<string, readonly TemplateParameter[]>> {
  const names = all
    .flatMap(({ service }) => [service.activate, service.configure])
    .filter((name) => name !== '');
  const found = await store.templates
    .find({ name: { $in: names } }, { name: 1, parameters: 1 })
    .lean<Pick<TemplateRecord, 'name' | 'parameters'>[]>();
  return new Map(found.map(({ name, parameters }) => [name, parameters]));
}

async function groupJson(
  { _id, caption, description, icon, homeGroup }: ServiceRecord,
  group: string,
  { known, caller, counted }: { known: GroupKnowledge; caller: Caller; counted: boolean },
  { catalogue }: Services,
) {
  const name = availabilityOf(_id);
  const own = known.tree.settings(group).get(name);
  const effective = computedProfileOfGroup(group, known).get(name);
  const source = effective?.source;
  return {
    key: _id,
    ...{ caption, description, icon, homeGroup },
    offered: isOffered(effective?.value),
    own: own === undefined ? null : isOffered(own.value),
    from: source?.kind === 'group' && source.group !== group ? source.group : null,
    active: counted ? await catalogue.onDevices.activeCount(_id, group, caller.domain) : null,
  };
}
