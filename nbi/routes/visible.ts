import { NotFoundError } from '../../common/errors.js';
import type { DeviceRecord } from '../../store/models/device.js';
import type { ExecutionRecord } from '../../store/models/execution.js';
import type { TaskRecord } from '../../store/models/task.js';
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

export async function visibleTask(id: string, caller: Caller, { tasks }: Services): Promise<TaskRecord> {
  const task = await tasks.get(id);
  caller.mustSee(task.domain, 'task', id);
  return task;
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
