import type { mongo } from 'mongoose';
import { SessionSupersededError } from '../../common/errors.js';
import type { DeviceRecord } from '../../store/models/device.js';
import type { TaskRecord } from '../../store/models/task.js';
import { storedKey } from '../devices/stored-keys.js';
import { historyRecord, resetFields } from './execution-record.js';
import type { DeviceDesk, Refurbished, RefurbishOrder } from './ports/device-desk.js';
import { isCurrent } from './queue.js';
import type { SessionFrame } from './session-frame.js';

/** The device as the runs of one session may change it; each write holds only while no newer session has its lease. */
export class SessionDevice implements DeviceDesk {
  readonly #frame: SessionFrame;
  readonly #devices: mongo.Collection<DeviceRecord>;

  constructor(frame: SessionFrame) {
    this.#frame = frame;
    const { store } = frame.parts;
    this.#devices = store.db.collection<DeviceRecord>(store.devices.collection.name);
  }

  property(name: string): string | null {
    const { properties } = this.#frame.device;
    return Object.hasOwn(properties, name) ? (properties[name] ?? null) : null;
  }

  async setProperty(name: string, value: string | null): Promise<void> {
    if (this.property(name) === value) return;
    const key = `properties.${storedKey(name)}`;
    await this.#update(value === null ? { $unset: { [key]: '' } } : { $set: { [key]: value } });
    const { properties } = this.#frame.device;
    if (value === null) Reflect.deleteProperty(properties, name);
    // Whatever the name is: `__proto__` is one too.
    else
      Object.defineProperty(properties, name, {
        ...{ value, enumerable: true, configurable: true, writable: true },
      });
    this.#published([`properties.${name}`]);
  }

  isParked(type: string, stage: string, but: string): boolean {
    const { tasks, executions } = this.#frame.tasks;
    const ofType = new Map(tasks.filter((task) => task.type === type).map((task) => [task._id, task]));
    return executions.some((execution) => {
      const task = ofType.get(execution.task);
      if (!task || execution._id === but) return false;
      return execution.status === 'IN_PROGRESS' && execution.stage === stage && isCurrent(task, execution);
    });
  }

  async refurbish(order: RefurbishOrder): Promise<Refurbished> {
    const tasks = await this.#removeTasks(order.task);
    const reports = await this.#resetReports(order.task);
    const { properties } = this.#frame.device;
    const names = Object.keys(properties).filter((name) => !order.retained.includes(name));
    if (names.length > 0) {
      const unset = Object.fromEntries(names.map((name) => [`properties.${storedKey(name)}`, '' as const]));
      await this.#update({ $unset: unset });
      for (const name of names) Reflect.deleteProperty(properties, name);
      this.#published(names.map((name) => `properties.${name}`));
    }
    await this.#update({ $unset: { services: '' } });
    this.#frame.stale();
    return { tasks, properties: names.length, reports };
  }

  /** As when a person deletes them: edition log, history of what ran, reports gone. */
  async #removeTasks(kept: string): Promise<number> {
    const { store, clock, events, retention } = this.#frame.parts;
    const device = this.#frame.device._id;
    const collection = store.db.collection<TaskRecord>(store.tasks.collection.name);
    const doomed = await collection.find({ device, _id: { $ne: kept } }).toArray();
    for (const task of doomed) {
      const at = clock.now();
      const [execution] = await store.executions.find({ task: task._id, device }).lean();
      if (execution?.status === 'IN_PROGRESS') {
        const end = { status: 'ERROR', summary: 'deleted', fault: null, finishTime: at } as const;
        const { _id, ...line } = historyRecord(
          execution,
          task,
          { ...end, details: execution.details },
          retention.executionDays,
        );
        await store.executionLogs.updateOne({ _id }, { $setOnInsert: line }, { upsert: true });
      }
      await store.executions.deleteMany({ task: task._id });
      const { deletedCount } = await collection.deleteOne({ _id: task._id });
      if (deletedCount === 0) continue;
      await store.editionLogs.create({
        ...{ at, user: `task ${kept}`, task: task._id, device, group: null, kind: 'deleted' },
        before: { ...task },
        after: null,
      });
      events.publish('task.deleted', task._id, { device, type: task.type, name: task.name }, task.domain);
    }
    return doomed.length;
  }

  /** Those of group tasks are all that are left besides the kept one. */
  async #resetReports(kept: string): Promise<number> {
    const { writer, parts } = this.#frame;
    const reports = (await writer.load()).filter(
      ({ task, status }) => task !== kept && status !== 'NOT_STARTED',
    );
    await writer.reset(reports, { ...resetFields(parts.clock.now()), finishTime: null });
    return reports.length;
  }

  async #update(change: mongo.UpdateFilter<DeviceRecord>): Promise<void> {
    const { device, fence } = this.#frame;
    const { matchedCount } = await this.#devices.updateOne({ _id: device._id, 'lease.fence': fence }, change);
    if (matchedCount === 0)
      throw new SessionSupersededError(`A newer session of ${device._id} holds its lease`);
  }

  #published(fields: string[]): void {
    const { device, parts } = this.#frame;
    parts.events.publish('device.changed', device._id, { by: 'task', fields }, device.domain);
  }
}
