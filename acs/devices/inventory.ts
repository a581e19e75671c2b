import type { mongo } from 'mongoose';
import type { Clock } from '../../common/clock.js';
import { ConflictError, NotFoundError, StaleError, ValidationError } from '../../common/errors.js';
import type { EventBus } from '../../common/events.js';
import type { SecretBox } from '../../common/secret-box.js';
import type { DeviceRecord } from '../../store/models/device.js';
import type { Store } from '../../store/store.js';
import { contactState, type ContactState } from './contact-state.js';
import { deviceOrder } from './device-fields.js';
import { differences, newDeviceOf, type DeviceInput, type DevicePatch } from './device-input.js';
import { conditionOf, type DeviceQuery } from './device-query.js';
import { DEVICE_GROUPS, fromStored, toStored } from './device-record.js';
import { removeDevice } from './device-removal.js';
import type { MongoFilter } from './filter.js';
import type { GroupCache } from './groups/group-cache.js';
import type { Memberships } from './groups/memberships.js';
import { behindCursor, cursorAfter, sortOf } from './keyset.js';
import { isDuplicateKey } from '../../store/duplicate-key.js';

export type { DeviceInput, DevicePatch } from './device-input.js';
export type { DeviceQuery } from './device-query.js';

export interface Page<T> {
  items: T[];
  /** Opaque; null = this was the last page. */
  next: string | null;
  /** Only where it was asked for. */
  total?: number;
}

/** New credentials in clear; null = none of its own. A part that is left out stays as it is. */
export interface CredentialsPatch {
  acs?: { username: string; password: string } | null;
  connectionRequest?: { username: string; password: string } | null;
}

export interface InventoryOptions {
  clock: Clock;
  events: EventBus;
  secretBox: SecretBox;
  /** Checks and records who is in which group, and what properties may be; without them whatever is given is stored. */
  groups?: { memberships: Memberships; cache: GroupCache };
}

/** Fields that conditions of tasks and their reach depend on: an idle device is to be looked at again. */
const DECIDING = /^(?:groups|domain|managed|properties\..*)$/s;

/** A property as a person gives it; null removes it. */
export type PropertyInput = { value: string; secret: boolean } | null;

/** Who makes a change, and the version that they saw, if they care. */
export interface Edit {
  user: string;
  version?: number;
}

/** The devices as people and northbound systems see them. */
export class Inventory {
  readonly #store: Store;
  readonly #devices: mongo.Collection<DeviceRecord>;
  readonly #options: InventoryOptions;

  constructor(store: Store, options: InventoryOptions) {
    this.#store = store;
    this.#devices = store.db.collection<DeviceRecord>(store.devices.collection.name);
    this.#options = options;
  }

  /** One page. Rejects with `ValidationError` for what cannot be sorted, searched or filtered by. */
  async find(query: DeviceQuery): Promise<Page<DeviceRecord>> {
    const order = deviceOrder(query.sort);
    const limit = Math.min(1_000, Math.max(1, Math.trunc(query.limit)));
    const condition = await conditionOf(query, this.#devices, this.#options.clock.now());
    const page = query.cursor === undefined ? condition : both(condition, behindCursor(query.cursor, order));
    // One more than asked for tells whether there is a next page.
    const rows = await this.#devices
      .find(page as mongo.Filter<DeviceRecord>)
      .sort(sortOf(order))
      .limit(limit + 1)
      .toArray();
    const items = rows.slice(0, limit).map(fromStored);
    const last = items.at(-1);
    const next = rows.length > limit && last ? cursorAfter(last, order) : null;
    return query.count ? { items, next, total: await this.#count(condition) } : { items, next };
  }

  /** How many devices match. */
  async count(query: Pick<DeviceQuery, 'search' | 'q' | 'filter' | 'view'>): Promise<number> {
    return this.#count(await conditionOf(query, this.#devices, this.#options.clock.now()));
  }

  /** The condition of a query, for changes of all that match. */
  async condition(query: Pick<DeviceQuery, 'search' | 'q' | 'filter' | 'view'>): Promise<MongoFilter> {
    return conditionOf(query, this.#devices, this.#options.clock.now());
  }

  /** Of the devices for which a condition holds. */
  async identities(condition: MongoFilter): Promise<string[]> {
    const found = await this.#devices.find(condition, { projection: { _id: 1 } }).toArray();
    return found.map(({ _id }) => _id);
  }

  /** Rejects with `NotFoundError`. */
  async get(id: string): Promise<DeviceRecord> {
    const stored = await this.#devices.findOne({ _id: id });
    if (!stored) throw new NotFoundError('device', id);
    return fromStored(stored);
  }

  /** Enters a device that has not called yet. Rejects with `ValidationError`, or `ConflictError` when it is known. */
  async create(input: DeviceInput, user: string): Promise<DeviceRecord> {
    const now = this.#options.clock.now();
    const { groups, secretBox } = this.#options;
    const device = newDeviceOf(input, user, now, secretBox);
    await this.#checkProperties(device.properties, {});
    if (groups) {
      device.groups = await groups.memberships.checked(DEVICE_GROUPS, device.groups);
      device.domain = await groups.memberships.domainAfter(device.domain, device.groups);
    }
    try {
      await this.#devices.insertOne(toStored(device));
    } catch (error) {
      if (isDuplicateKey(error)) throw new ConflictError(`Device ${device._id} is in the inventory already`);
      throw error;
    }
    this.#options.events.publish('device.created', device._id, { by: user }, device.domain);
    await this.#recordGroups(device, [], user);
    return device;
  }

  /**
   * Writes the fields that differ and no other. Rejects with `StaleError` when `version` is given and is not the
   * present one, `NotFoundError`, `ValidationError`.
   */
  async update(id: string, patch: DevicePatch, edit: Edit): Promise<DeviceRecord> {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const before = await this.get(id);
      if (edit.version !== undefined && edit.version !== before.version) throw new StaleError('device', id);
      const { set, unset, fields } = differences(before, await this.#checked(before, patch));
      if (fields.length === 0) return before;
      const after = await this.#write(
        before,
        set,
        unset,
        edit,
        fields.some((field) => DECIDING.test(field)),
      );
      if (!after) continue;
      this.#options.events.publish('device.changed', id, { by: edit.user, fields }, after.domain);
      await this.#recordGroups(after, before.groups, edit.user);
      return after;
    }
    throw new StaleError('device', id);
  }

  /** Sets and removes own properties, secret ones sealed. Rejects as `update`. */
  async setProperties(
    id: string,
    patch: ReadonlyMap<string, PropertyInput>,
    edit: Edit,
  ): Promise<DeviceRecord> {
    const { secretBox } = this.#options;
    const clear: Record<string, string | null> = {};
    const secret: Record<string, string> = {};
    for (const [name, input] of patch) if (!input?.secret) clear[name] = input?.value ?? null;
    for (const [name, input] of patch) if (input?.secret) secret[name] = input.value;
    await this.#checkProperties(secret, {});
    const sealed = Object.entries(secret).map(([name, value]) => [name, secretBox.seal(value)] as const);
    return this.update(id, { properties: clear, secretProperties: Object.fromEntries(sealed) }, edit);
  }

  /** Seals and stores credentials. Those of the connection request count as what the CPE has from then on. */
  async setCredentials(id: string, patch: CredentialsPatch, edit: Edit): Promise<DeviceRecord> {
    const { secretBox, events } = this.#options;
    const seal = (given: { username: string; password: string } | null): object | null =>
      given && { username: given.username, password: secretBox.seal(given.password) };
    const set: Record<string, unknown> = {};
    if (patch.acs !== undefined) set['credentials.acs'] = seal(patch.acs);
    if (patch.connectionRequest !== undefined) {
      set['credentials.connectionRequest'] = seal(patch.connectionRequest);
      set.connectionCredentialsLost = false;
    }
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const before = await this.get(id);
      if (edit.version !== undefined && edit.version !== before.version) throw new StaleError('device', id);
      if (Object.keys(set).length === 0) return before;
      const after = await this.#write(before, set, {}, edit);
      if (!after) continue;
      events.publish('device.changed', id, { by: edit.user, fields: ['credentials'] }, after.domain);
      return after;
    }
    throw new StaleError('device', id);
  }

  /**
   * Deletes the device with its tree, direct tasks, reports and logs; audit, edition logs, histories and sessions stay
   * (devices.md §4). A session that is open loses its lease. A CPE that returns is a first contact again.
   */
  async remove(id: string, user: string): Promise<void> {
    const device = await this.get(id);
    await removeDevice(this.#store, id, user, this.#options.clock.now());
    this.#options.events.publish('device.deleted', id, { by: user }, device.domain);
  }

  /** The contact state now, with the overlay `upgrading`. */
  async contactState(device: DeviceRecord): Promise<ContactState> {
    const upgrading = await this.upgrading([device._id]);
    return contactState(device, this.#options.clock.now(), upgrading.has(device._id));
  }

  /** Of these devices, those whose firmware task has sent Download and has no final answer. */
  async upgrading(ids: readonly string[]): Promise<Set<string>> {
    const parked = await this.#store.executions.collection
      .find(
        { device: { $in: [...ids] }, status: 'IN_PROGRESS', commandKey: { $ne: null } },
        { projection: { device: 1, task: 1 } },
      )
      .toArray();
    if (parked.length === 0) return new Set();
    const tasks = await this.#store.tasks.collection
      .find(
        { _id: { $in: parked.map(({ task }) => task as never) }, type: 'FirmwareUpgrade' },
        { projection: { _id: 1 } },
      )
      .toArray();
    const firmware = new Set(tasks.map(({ _id }) => String(_id)));
    return new Set(
      parked.filter(({ task }) => firmware.has(String(task))).map(({ device }) => String(device)),
    );
  }

  /** The patch with groups and properties as they may be. */
  async #checked(before: DeviceRecord, patch: DevicePatch): Promise<DevicePatch> {
    await this.#checkProperties(patch.properties ?? {}, before.properties);
    const { groups } = this.#options;
    if (!groups || patch.groups === undefined) return patch;
    const checked = await groups.memberships.checked(before.groups, patch.groups);
    const joined = checked.filter((group) => !before.groups.includes(group));
    const domain = await groups.memberships.domainAfter(patch.domain ?? before.domain, joined);
    return { ...patch, groups: checked, domain };
  }

  /** What is already there may stay. */
  async #checkProperties(
    given: Readonly<Record<string, string | null>>,
    present: Readonly<Record<string, string>>,
  ): Promise<void> {
    const entries = Object.entries(given);
    if (!this.#options.groups || entries.length === 0) return;
    const { descriptors } = await this.#options.groups.cache.current();
    const issues = entries.flatMap(([name, value]) => {
      if (Object.hasOwn(present, name) && present[name] === value) return [];
      const fault = descriptors.fault(name, value ?? '');
      if (!fault || (value === null && fault.code !== 'read-only')) return [];
      const place = name.replaceAll('~', '~0').replaceAll('/', '~1');
      return [{ pointer: `/properties/${place}`, ...fault }];
    });
    if (issues.length > 0) throw new ValidationError('Properties are not right', issues);
  }

  async #recordGroups(device: DeviceRecord, before: readonly string[], user: string): Promise<void> {
    await this.#options.groups?.memberships.recorded(
      device._id,
      { before, after: device.groups },
      { actor: 'user', id: user },
      device.domain,
    );
  }

  async #count(condition: object): Promise<number> {
    return this.#devices.countDocuments(condition);
  }

  /** Null when somebody else changed the device in between. */
  async #write(
    before: DeviceRecord,
    set: Record<string, unknown>,
    unset: Record<string, ''>,
    edit: Edit,
    decides = false,
  ): Promise<DeviceRecord | null> {
    const stored = await this.#devices.findOneAndUpdate(
      { _id: before._id, version: before.version },
      {
        $set: { ...set, editedBy: { user: edit.user, at: this.#options.clock.now() } },
        ...(Object.keys(unset).length > 0 && { $unset: unset }),
        $inc: { version: 1, ...(decides && { taskRevision: 1 }) },
      },
      { returnDocument: 'after' },
    );
    return stored && fromStored(stored);
  }
}

function both(condition: object, further: object): object {
  return Object.keys(condition).length === 0 ? further : { $and: [condition, further] };
}
