import type { mongo } from 'mongoose';
import type { Clock } from '../../common/clock.js';
import type { EventBus } from '../../common/events.js';
import { isDuplicateKey } from '../../store/duplicate-key.js';
import type { DeviceRelationRecord } from '../../store/models/device-relation.js';
import type { DeviceRecord } from '../../store/models/device.js';
import type { Store } from '../../store/store.js';
import { Alerts } from '../devices/alerts.js';
import { fromStored } from '../devices/device-record.js';
import { dataModelView, deviceView } from '../devices/device-view.js';
import { GroupTree } from '../devices/groups/group-tree.js';
import type { NeighbourDesk, RelationRule, WorkflowPorts } from './ports/workflow-ports.js';
import { StoredLimiter } from './stored-limiter.js';

/** The ports that need the store alone. */
export function storedPorts(options: {
  store: Store;
  clock: Clock;
  events: EventBus;
}): Pick<WorkflowPorts, 'alerts' | 'limiter' | 'neighbours' | 'views'> {
  return {
    alerts: new Alerts(options.store, options.events),
    limiter: new StoredLimiter(options.store),
    views: plainViews(),
    neighbours: new Neighbours(options.store, options.clock, options.events),
  };
}

/** Where there are no groups: the device's own properties are its profile. */
function plainViews(): WorkflowPorts['views'] {
  const tree = new GroupTree();
  return {
    device: (device) => Promise.resolve(deviceView(device, { tree })),
    sv: ({ properties }) => Promise.resolve((name) => properties[name] ?? null),
    dataModel: (parameters, root) => dataModelView(parameters, root),
    reveal: (sealed) => sealed,
    zone: 'UTC',
  };
}

class Neighbours implements NeighbourDesk {
  readonly #devices: mongo.Collection<DeviceRecord>;
  readonly #relations: mongo.Collection<DeviceRelationRecord>;
  readonly #clock: Clock;
  readonly #events: EventBus;

  constructor(store: Store, clock: Clock, events: EventBus) {
    this.#devices = store.db.collection<DeviceRecord>(store.devices.collection.name);
    this.#relations = store.db.collection<DeviceRelationRecord>(store.deviceRelations.collection.name);
    this.#clock = clock;
    this.#events = events;
  }

  async property(device: string, name: string, reach: string): Promise<string | null> {
    const stored = await this.#devices.findOne({ _id: device });
    if (!stored?.domain.startsWith(reach)) return null;
    const { properties } = fromStored(stored);
    return Object.hasOwn(properties, name) ? (properties[name] ?? null) : null;
  }

  async setDomain(device: string, domain: string): Promise<void> {
    const written = await this.#devices.updateOne(
      { _id: device, domain: { $ne: domain } },
      { $set: { domain } },
    );
    if (written.matchedCount > 0)
      this.#events.publish('device.changed', device, { by: 'task', fields: ['domain'] }, domain);
  }

  async relate(rule: RelationRule, device: string, target: string | null): Promise<void> {
    const { name, task, condition } = rule;
    const changedAt = this.#clock.now();
    const of = (one: string | null): string => `${name}\n${one ?? ''}`;
    await this.#put({ _id: of(null), name, device: null, target: rule.target, condition, task, changedAt });
    if (target === null) await this.#relations.deleteOne({ _id: of(device) });
    else await this.#put({ _id: of(device), name, device, target, condition: '', task, changedAt });
  }

  async #put({ _id, ...fields }: DeviceRelationRecord): Promise<void> {
    try {
      await this.#relations.updateOne({ _id }, { $set: fields }, { upsert: true });
    } catch (error) {
      // Another device of the group made the rule at the same moment.
      if (!isDuplicateKey(error)) throw error;
      await this.#relations.updateOne({ _id }, { $set: fields });
    }
  }
}
