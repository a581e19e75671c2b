import type { DeviceRecord } from '../../store/models/device.js';
import type { ExecutionRecord, ExecutionStatus } from '../../store/models/execution.js';
import type { TaskRecord } from '../../store/models/task.js';
import type { Store } from '../../store/store.js';
import { inDomain } from '../../common/domains.js';
import { memberCondition } from '../devices/groups/memberships.js';
import { isCurrent } from './queue.js';

/** A group task on one device of its group. */
export interface TaskDevice {
  device: string;
  /** NOT_STARTED also where a rerun has outdated the report. */
  status: ExecutionStatus;
  execution: ExecutionRecord | null;
}

export interface TaskDeviceQuery {
  status?: readonly ExecutionStatus[];
  /** Devices of this domain and below. */
  view: string;
  limit: number;
  /** The last device of the page before. */
  after?: string;
}

/** Devices looked at in one go, and at most for one page: with a rare status a page may be shorter than asked for. */
const BATCH = 500;
const BATCHES = 20;

/** Every device of the task's group by identity, with its report (tasks.md §7.13). */
export async function taskDevices(
  store: Store,
  task: TaskRecord,
  query: TaskDeviceQuery,
): Promise<{ items: TaskDevice[]; next: string | null }> {
  const wanted = query.status && new Set(query.status);
  const items: TaskDevice[] = [];
  let after = query.after;
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const size = wanted ? BATCH : query.limit + 1;
    const devices = await members(store, task, { ...query, size, after });
    const rows = await withReports(store, task, devices);
    for (const row of rows) {
      if (items.length === query.limit) return { items, next: after ?? null };
      after = row.device;
      if (!wanted || wanted.has(row.status)) items.push(row);
    }
    if (devices.length < size) return { items, next: null };
  }
  return { items, next: after ?? null };
}

async function members(
  store: Store,
  task: TaskRecord,
  { view, size, after }: { view: string; size: number; after: string | undefined },
): Promise<string[]> {
  const within = inDomain(view.startsWith(task.domain) ? view : task.domain);
  const conditions: Record<string, unknown>[] = [memberCondition(task.group ?? '', task.appliesToSubgroups)];
  if (within) conditions.push({ domain: within });
  if (after !== undefined) conditions.push({ _id: { $gt: after } });
  const found = await store.devices
    .find({ $and: conditions } as never, { _id: 1 })
    .sort({ _id: 1 })
    .limit(size)
    .lean<Pick<DeviceRecord, '_id'>[]>();
  return found.map(({ _id }) => _id);
}

async function withReports(
  store: Store,
  task: TaskRecord,
  devices: readonly string[],
): Promise<TaskDevice[]> {
  const reports = await store.executions
    .find({ device: { $in: [...devices] }, task: task._id })
    .lean<ExecutionRecord[]>();
  const byDevice = new Map(reports.map((report) => [report.device, report]));
  return devices.map((device) => {
    const execution = byDevice.get(device) ?? null;
    const current = execution && isCurrent(task, execution);
    return { device, status: current ? execution.status : 'NOT_STARTED', execution };
  });
}
