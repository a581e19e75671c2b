import { NotFoundError } from '../../common/errors.js';
import type { ConnectionRequestRecord } from '../../store/models/connection-request.js';
import type { DeviceRecord } from '../../store/models/device.js';
import { fromStoredTask, type TaskRecord } from '../../store/models/task.js';
import type { Store } from '../../store/store.js';
import { taskDevices, type TaskDevice } from '../tasks/group-task-devices.js';
import type { NotDueCode } from '../tasks/queue.js';
import { mayBeLetIn } from '../tasks/rollouts/gate.js';
import { allowed } from '../tasks/schedules/schedule.js';
import type { Schedules } from '../tasks/schedules/schedules.js';
import type { TaskService } from '../tasks/task-service.js';
import type { ConnectionRequests } from './connection-requests.js';

export interface TaskCallsOptions {
  store: Store;
  tasks: Pick<TaskService, 'queue'>;
  schedules: Pick<Schedules, 'get'>;
  connectionRequests: Pick<ConnectionRequests, 'request'>;
  /** Requests for one task in a minute (tasks.md §5.3). */
  perMinute?: number;
}

/** How far the calls for one task have come through its group. */
interface Progress {
  _id: string;
  value: { after: string | null };
  updatedAt: Date;
}

/** How often the job runs. */
export const CALL_INTERVAL = 30_000;
const PER_MINUTE = 60;
/** Milliseconds in which a device is not asked again for a task: the slot in which it did not come, or did nothing. */
const SLOT = 15 * 60_000;
/** Devices of one task looked at in one run. */
const LOOKED_AT = 2_000;
/** The same of a task that reaches its devices in waves: most are passed over at the first glance. */
const LOOKED_AT_IN_WAVES = 20_000;
const PAGE = 500;
const PROGRESS = 'tasks.calls:';
/** A session may still begin the task although it would not now. */
const WORTH_A_SESSION: ReadonlySet<NotDueCode> = new Set([
  'condition-not-met',
  'condition-failed',
  'waits-for-holder',
]);

/**
 * Asks the devices of tasks with "schedule connection" to call in while their schedules allow it, at a bounded pace, until
 * the task has begun on each (tasks.md §5.3). It keeps no list: reports and requests say who is still to be asked, so
 * deactivating or deleting a task ends it. Resolves to how many were asked.
 */
export async function callForTasks(options: TaskCallsOptions, now: Date): Promise<number> {
  const tasks = await options.store.tasks
    .find({ scheduleConnection: true, active: true })
    .sort({ createdAt: 1, _id: 1 })
    .lean<TaskRecord[]>();
  let asked = 0;
  for (const task of tasks.map(fromStoredTask))
    if (await mayBegin(options, task, now)) asked += await callFor(options, task, now);
  return asked;
}

async function mayBegin({ schedules }: TaskCallsOptions, task: TaskRecord, now: Date): Promise<boolean> {
  if (task.expiry && task.expiry <= now) return false;
  const { schedule } = task;
  if (schedule === null) return true;
  if (!('ref' in schedule)) return allowed(schedule, now);
  try {
    return allowed(await schedules.get(schedule.ref), now);
  } catch (error) {
    if (error instanceof NotFoundError) return false;
    throw error;
  }
}

async function callFor(options: TaskCallsOptions, task: TaskRecord, now: Date): Promise<number> {
  const limit = Math.ceil(((options.perMinute ?? PER_MINUTE) * CALL_INTERVAL) / 60_000);
  const user = `task ${task._id}`;
  let asked = 0;
  for await (const { device } of waiting(options, task, now)) {
    if (!(await isWorthACall(options, task, device))) continue;
    await options.connectionRequests.request(device, { user });
    asked += 1;
    if (asked === limit) break;
  }
  return asked;
}

/** Devices on which the task has not begun, and that were not asked for a while; goes on where the last run ended. */
async function* waiting(
  { store }: TaskCallsOptions,
  task: TaskRecord,
  now: Date,
): AsyncGenerator<TaskDevice, void> {
  if (task.device !== null) {
    const execution = await store.executions.exists({
      task: task._id,
      device: task.device,
      status: { $ne: 'NOT_STARTED' },
    });
    if (!execution)
      yield* notAsked(store, [{ device: task.device, status: 'NOT_STARTED', execution: null }], now);
    return;
  }
  const progress = store.db.collection<Progress>(store.settings.collection.name);
  const _id = PROGRESS + task._id;
  let after = (await progress.findOne({ _id }))?.value.after ?? null;
  const remember = async (): Promise<void> => {
    await progress.updateOne({ _id }, { $set: { value: { after }, updatedAt: now } }, { upsert: true });
  };
  try {
    const most = task.rolloutState ? LOOKED_AT_IN_WAVES : LOOKED_AT;
    for (let looked = 0; looked < most; looked += PAGE) {
      const page = await taskDevices(store, task, {
        view: '/',
        limit: PAGE,
        ...(after !== null && { after }),
      });
      const open = page.items.filter(
        ({ device, status, execution }) =>
          status === 'NOT_STARTED' && !execution?.paused && mayBeLetIn(task, device),
      );
      for await (const device of notAsked(store, open, now)) {
        after = device.device;
        yield device;
      }
      after = page.next;
      if (after === null) return;
    }
  } finally {
    await remember();
  }
}

/** Those for whom nobody has sent a request in this slot. */
async function* notAsked(
  store: Store,
  devices: readonly TaskDevice[],
  now: Date,
): AsyncGenerator<TaskDevice, void> {
  const ids = devices.map(({ device }) => device);
  const [callable, asked] = await Promise.all([
    store.devices
      .find(
        {
          _id: { $in: ids },
          managed: true,
          blacklisted: { $ne: true },
          connectionRequestUrl: { $nin: [null, ''] },
        },
        { _id: 1 },
      )
      .lean<Pick<DeviceRecord, '_id'>[]>(),
    store.connectionRequests
      .find({ device: { $in: ids }, requestedAt: { $gt: new Date(now.getTime() - SLOT) } }, { device: 1 })
      .lean<Pick<ConnectionRequestRecord, 'device'>[]>(),
  ]);
  const may = new Set(callable.map(({ _id }) => _id));
  for (const { device } of asked) may.delete(device);
  for (const device of devices) if (may.has(device.device)) yield device;
}

/** Whether a session now could begin the task: not where it is overridden, paused or was done already. */
async function isWorthACall({ tasks }: TaskCallsOptions, task: TaskRecord, device: string): Promise<boolean> {
  const { entries, session } = await tasks.queue(device);
  if (session) return false;
  const entry = entries.find((one) => one.task._id === task._id);
  if (!entry?.position) return false;
  return entry.due || (entry.reason !== null && WORTH_A_SESSION.has(entry.reason.code));
}
