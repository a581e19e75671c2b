import type { mongo } from 'mongoose';
import { domainCovers } from '../../../common/domains.js';
import type { Clock } from '../../../common/clock.js';
import type { EventBus } from '../../../common/events.js';
import type { Log } from '../../../common/log.js';
import type { DeviceRecord } from '../../../store/models/device.js';
import type { DeviceService, ServiceRecord } from '../../../store/models/service.js';
import type { TaskRecord } from '../../../store/models/task.js';
import type { Store } from '../../../store/store.js';
import type { RunEnd, RunEnds } from '../ports/run-ends.js';
import type { ServiceDesk, ServiceEnd } from '../ports/service-desk.js';
import { SERVICE_TASK } from './service-names.js';

/** How services stand on devices, kept in the devices' records. */
export class StoredServices implements ServiceDesk {
  readonly #devices: mongo.Collection<DeviceRecord>;
  readonly #store: Pick<Store, 'services'>;
  readonly #clock: Clock;
  readonly #events: EventBus;

  constructor(store: Store, clock: Clock, events: EventBus) {
    this.#store = store;
    this.#devices = store.db.collection<DeviceRecord>(store.devices.collection.name);
    this.#clock = clock;
    this.#events = events;
  }

  async find(key: string, domain: string): Promise<ServiceRecord | null> {
    const found = await this.#store.services.findById(key).lean<ServiceRecord>();
    return found && domainCovers(found.domain, domain) ? found : null;
  }

  /**
   * Keeps that a task is to change the service, if none has been kept since `observed` was read; false = another was first.
   */
  async claim(
    device: string,
    key: string,
    pending: NonNullable<DeviceService['pending']>,
    observed: DeviceService['pending'],
  ): Promise<boolean> {
    const at = `services.${key}`;
    const changedAt = this.#clock.now();
    const same = observed ? { [`${at}.pending.task`]: observed.task } : { [`${at}.pending`]: null };
    const known = await this.#devices.updateOne(
      { _id: device, [at]: { $exists: true }, ...same },
      { $set: { [`${at}.pending`]: pending, [`${at}.changedAt`]: changedAt } as never },
    );
    const first = { ...NEVER, changedAt, pending };
    const made =
      known.matchedCount === 0 && !observed
        ? await this.#devices.updateOne(
            { _id: device, [at]: { $exists: false } },
            { $set: { [at]: first } as never },
          )
        : known;
    if (made.matchedCount > 0) this.#published(device, at);
    return made.matchedCount > 0;
  }

  async begun(device: string, key: string, pending: NonNullable<DeviceService['pending']>): Promise<void> {
    await this.#change(device, key, { pending });
  }

  async ended(device: string, key: string, { state, failed, summary, values }: ServiceEnd): Promise<void> {
    const now = this.#clock.now();
    const enabled = state === 'enabled';
    await this.#change(device, key, {
      ...{ settled: failed ? 'failed' : enabled ? 'active' : 'inactive', summary, pending: null },
      ...(enabled && !failed && { activatedAt: now, values }),
    });
  }

  /** A run that ends from outside, by a lost connection or its time limit, has not said how it left the service. */
  async broken(
    device: string,
    key: string,
    { task, summary }: { task: string; summary: string },
  ): Promise<void> {
    const found = await this.#devices.findOne({ _id: device }, { projection: { services: 1 } });
    if (found?.services?.[key]?.pending?.task !== task) return;
    await this.#change(device, key, { settled: 'failed', summary, pending: null });
  }

  /** Fields of a service that the device has not had yet are made. */
  async #change(device: string, key: string, change: Partial<DeviceService>): Promise<void> {
    const fields: Partial<DeviceService> = { ...change, changedAt: this.#clock.now() };
    const at = `services.${key}`;
    const set = Object.fromEntries(Object.entries(fields).map(([name, value]) => [`${at}.${name}`, value]));
    const known = await this.#devices.updateOne({ _id: device, [at]: { $exists: true } }, { $set: set });
    if (known.matchedCount === 0) {
      const first = { ...NEVER, changedAt: this.#clock.now(), ...fields };
      await this.#devices.updateOne({ _id: device }, { $set: { [at]: first } as never });
    }
    this.#published(device, at);
  }

  #published(device: string, field: string): void {
    this.#events.publish('device.changed', device, { by: 'service', fields: [field] });
  }
}

const NEVER: Omit<DeviceService, 'changedAt'> = {
  ...{ settled: 'inactive', summary: '', activatedAt: null, pending: null },
  values: [],
};

/** Tells the services of runs that were ended from outside. */
export class ServiceRunEnds implements RunEnds {
  readonly #services: StoredServices;
  readonly #log: Log;

  constructor(services: StoredServices, log: Log) {
    this.#services = services;
    this.#log = log;
  }

  async ended(task: TaskRecord, { execution: { device }, status, summary }: RunEnd): Promise<void> {
    const { service } = task.config;
    if (task.type !== SERVICE_TASK || status !== 'ERROR' || typeof service !== 'string') return;
    try {
      await this.#services.broken(device, service, { task: task._id, summary });
    } catch (error) {
      this.#log.warn({ err: error, task: task._id, device }, 'The state of a service was not changed');
    }
  }
}
