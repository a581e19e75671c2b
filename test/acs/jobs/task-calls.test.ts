import { expect } from 'chai';
import { ManualClock } from '../../../common/clock.js';
import { MemoryEventBus } from '../../../common/event-bus.js';
import { silentLog } from '../../../common/log.js';
import { newDeviceRecord } from '../../../acs/devices/device-record.js';
import { callForTasks, type TaskCallsOptions } from '../../../acs/jobs/task-calls.js';
import { newExecution } from '../../../acs/tasks/execution-record.js';
import { Schedules } from '../../../acs/tasks/schedules/schedules.js';
import { TaskService, type TaskInput } from '../../../acs/tasks/task-service.js';
import type { TaskRecord } from '../../../store/models/task.js';
import type { Store } from '../../../store/store.js';
import { openTestStore } from '../with-store.js';

const OPERATOR = { user: 'u' };

describe('calls for tasks with "schedule connection"', () => {
  let store: Store;
  let close: () => Promise<void>;
  let clock: ManualClock;
  let tasks: TaskService;
  let options: TaskCallsOptions;
  let asked: string[];
  let count = 0;
  before(async () => {
    ({ store, close } = await openTestStore());
  });
  after(() => close());
  beforeEach(async () => {
    count += 1;
    asked = [];
    clock = new ManualClock('2026-03-02T12:00:00Z');
    await store.tasks.deleteMany({});
    await store.devices.deleteMany({});
    await store.connectionRequests.deleteMany({});
    tasks = new TaskService(store, {
      clock,
      events: new MemoryEventBus(clock),
      log: silentLog,
      executionDays: 1,
    });
    const request = async (device: string, { user }: { user: string }) => {
      asked.push(device);
      const now = clock.now();
      await store.connectionRequests.collection.insertOne({
        _id: `${count}-${device}-${now.getTime()}` as never,
        ...{ device, user, requestedAt: now, open: false },
      });
      return null as never;
    };
    options = {
      ...{ store, tasks, schedules: new Schedules(store, clock) },
      connectionRequests: { request },
    };
  });

  async function devices(names: string[], groups = ['root.g']): Promise<void> {
    await store.devices.collection.insertMany(
      names.map((serialNumber) =>
        newDeviceRecord({
          _id: serialNumber,
          ...{ oui: '00AABB', productClass: 'GW', serialNumber, createdAt: clock.now(), groups },
          connectionRequestUrl: 'http://127.0.0.1:7547/',
        }),
      ) as never[],
    );
  }
  const add = (input: Partial<TaskInput>): Promise<TaskRecord> =>
    tasks.create({ type: 'Reboot', scheduleConnection: true, ...input }, OPERATOR);
  const call = async (): Promise<string[]> => {
    asked.length = 0;
    await callForTasks(options, clock.now());
    return [...asked];
  };
  const began = async (task: TaskRecord, device: string): Promise<void> => {
    const now = clock.now();
    const report = {
      ...newExecution(task, device, now),
      status: 'SUCCESS',
      run: 1,
      startTime: now,
      finishTime: now,
    };
    await store.executions.create(report as never);
  };

  it('ask every device of the group, at the pace that is set, and each once a slot', async () => {
    await devices(['a', 'b', 'c', 'd', 'e']);
    await add({ group: 'root.g' });
    options = { ...options, perMinute: 4 };
    expect(await call()).to.deep.equal(['a', 'b']);
    expect(await call()).to.deep.equal(['c', 'd']);
    expect(await call()).to.deep.equal(['e']);
    expect(await call()).to.deep.equal([]);
    clock.advance(15 * 60_000 + 1);
    expect(await call()).to.deep.equal(['a', 'b']);
  });

  it('end where the task has begun, and when it is deactivated or deleted', async () => {
    await devices(['a', 'b']);
    const task = await add({ group: 'root.g' });
    await began(task, 'a');
    expect(await call()).to.deep.equal(['b']);
    clock.advance(16 * 60_000);
    await tasks.edit(task._id, { active: false }, { actor: OPERATOR });
    expect(await call()).to.deep.equal([]);
    await tasks.edit(task._id, { active: true }, { actor: OPERATOR });
    await tasks.ofGroups.rerun(await tasks.get(task._id), OPERATOR);
    expect(await call()).to.deep.equal(['a', 'b']);
    clock.advance(16 * 60_000);
    await tasks.remove(task._id, { actor: OPERATOR });
    expect(await call()).to.deep.equal([]);
  });

  it('wait for the schedule, and end with it', async () => {
    await devices(['a']);
    const night = { zone: 'UTC', map: `fff${'0'.repeat(21)}`.repeat(7), end: '2026-03-04T00:00:00Z' };
    await add({ device: 'a', schedule: night });
    expect(await call()).to.deep.equal([]);
    clock.set('2026-03-03T00:00:00Z');
    expect(await call()).to.deep.equal(['a']);
    clock.set('2026-03-04T01:00:00Z');
    expect(await call()).to.deep.equal([]);
  });

  it('follow a predefined schedule', async () => {
    await devices(['a']);
    const schedules = new Schedules(store, clock);
    const { _id } = await schedules.create({ zone: 'UTC', map: `fff${'0'.repeat(21)}`.repeat(7) }, 'u');
    await add({ device: 'a', schedule: { ref: _id } });
    expect(await call()).to.deep.equal([]);
    await schedules.edit(_id, { map: 'f'.repeat(168) });
    expect(await call()).to.deep.equal(['a']);
  });

  it('leave alone whom no session would help: unmanaged, without address, paused, overridden', async () => {
    await devices(['a', 'b', 'c', 'd', 'e']);
    const task = await add({ group: 'root.g', bloodline: 'x' });
    await store.devices.updateOne({ _id: 'a' }, { $set: { managed: false } });
    await store.devices.updateOne({ _id: 'b' }, { $set: { connectionRequestUrl: null } });
    await tasks.ofGroups.pause(task, { device: 'c' }, OPERATOR);
    await add({ device: 'd', bloodline: 'x', scheduleConnection: false });
    expect(await call()).to.deep.equal(['e']);
  });

  it('leave tasks alone that want none', async () => {
    await devices(['a']);
    await add({ device: 'a', scheduleConnection: false });
    expect(await call()).to.deep.equal([]);
  });
});
