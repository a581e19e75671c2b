import { NotFoundError, ValidationError } from '../../common/errors.js';
import type { DeviceRecord } from '../../store/models/device.js';
import type { ExecutionRecord } from '../../store/models/execution.js';
import type { GroupRecord } from '../../store/models/group.js';
import type { TaskRecord } from '../../store/models/task.js';
import type { TemplateRecord } from '../../store/models/template.js';
import { domainCovers } from '../../common/domains.js';
import type { Caller } from '../access/caller.js';
import type { Services } from '../services.js';

// What is out of the caller's domain is not found: the same answer as for what does not exist.

export async function visibleDevice(
  id: string,
  caller: Caller,
  { inventory }: Services,
): Promise<DeviceRecord> {
  const device = await inventory.get(id);
  caller.mustSee(device.domain, 'device', id);
  return device;
}

export async function groupInView(name: string, caller: Caller, { groups }: Services): Promise<GroupRecord> {
  const group = await groups.groups.get(name);
  caller.mustSee(group.domain, 'group', name);
  return group;
}

export async function visibleTask(id: string, caller: Caller, { tasks }: Services): Promise<TaskRecord> {
  const task = await tasks.get(id);
  caller.mustSee(task.domain, 'task', id);
  return task;
}

/** Templates of domains above the caller's can be used, though not changed (administration.md §4). */
export async function usableTemplate(
  id: string,
  caller: Caller,
  { templates }: Services,
): Promise<TemplateRecord> {
  const template = await templates.get(id);
  if (!caller.sees(template.domain) && !domainCovers(template.domain, caller.domain))
    throw new NotFoundError('template', id);
  return template;
}

/** Throws `ValidationError` for a group that is not there, as for one out of view. */
export async function visibleGroup(group: string, caller: Caller, { tasks }: Services): Promise<void> {
  const domain = await tasks.domainOfGroup(group);
  if (domain === null || !caller.sees(domain))
    throw ValidationError.of('/group', `There is no group ${group}`, 'unknown-group');
}

export async function visibleExecution(
  id: string,
  caller: Caller,
  services: Services,
): Promise<ExecutionRecord> {
  const execution = await services.reports.getExecution(id);
  if (caller.domain !== '/') {
    const device = await services.store.devices
      .findById(execution.device, { domain: 1 })
      .lean<Pick<DeviceRecord, 'domain'> | null>();
    if (!device || !caller.sees(device.domain)) throw new NotFoundError('execution', id);
  }
  return execution;
}

/** Reports and runs have no domain: those of devices out of view are left out, and a page may be shorter than asked for. */
export async function onVisibleDevices<T extends { device: string }>(
  rows: readonly T[],
  caller: Caller,
  { store }: Pick<Services, 'store'>,
): Promise<T[]> {
  if (caller.domain === '/') return [...rows];
  const devices = await store.devices
    .find({ _id: { $in: [...new Set(rows.map(({ device }) => device))] } }, { domain: 1 })
    .lean<Pick<DeviceRecord, '_id' | 'domain'>[]>();
  const seen = new Set(devices.filter(({ domain }) => caller.sees(domain)).map(({ _id }) => _id));
  return rows.filter(({ device }) => seen.has(device));
}
