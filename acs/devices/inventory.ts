import type { mongo } from 'mongoose';
import type { Clock } from '../../common/clock.js';
import { ConflictError, NotFoundError, StaleError } from '../../common/errors.js';
import type { EventBus } from '../../common/events.js';
import type { SecretBox } from '../../common/secret-box.js';
import type { DeviceRecord } from '../../store/models/device.js';
import type { Store } from '../../store/store.js';
import { contactState, type ContactState } from './contact-state.js';
import { deviceOrder } from './device-fields.js';
import { differences, newDeviceOf, type DeviceInput, type DevicePatch } from './device-input.js';
import { conditionOf, type DeviceQuery } from './device-query.js';
import { fromStored, toStored } from './device-record.js';
import { removeDevice } from './device-removal.js';
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
}

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

  /** Rejects with `NotFoundError`. */
  async get(id: string): Promise<DeviceRecord> {
    const stored = await this.#devices.findOne({ _id: id });
    if (!stored) throw new NotFoundError('device', id);
    return fromStored(stored);
  }

  /** Enters a device that has not called yet. Rejects with `ValidationError`, or `ConflictError` when it is known. */
  async create(input: DeviceInput, user: string): Promise<DeviceRecord> {
    const now = this.#options.clock.now();
    const device = newDeviceOf(input, user, now, this.#options.secretBox);
    try {
      await this.#devices.insertOne(toStored(device));
    } catch (error) {
      if (isDuplicateKey(error)) throw new ConflictError(`Device ${device._id} is in the inventory already`);
      throw error;
    }
    this.#options.events.publish('device.created', device._id, { by: user }, device.domain);
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
      const { set, unset, fields } = differences(before, patch);
      if (fields.length === 0) return before;
      const after = await this.#write(before, set, unset, edit);
      if (!after) continue;
      this.#options.events.publish('device.changed', id, { by: edit.user, fields }, after.domain);
      return after;
    }
    throw new StaleError('device', id);
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

  async #count(condition: object): Promise<number> {
    return this.#devices.countDocuments(condition);
  }

  /** Null when somebody else changed the device in between. */
  async #write(
    before: DeviceRecord,
    set: Record<string, unknown>,
    unset: Record<string, ''>,
    edit: Edit,
  ): Promise<DeviceRecord | null> {
    const stored = await this.#devices.findOneAndUpdate(
      { _id: before._id, version: before.version },
      {
        $set: { ...set, editedBy: { user: edit.user, at: this.#options.clock.now() } },
        ...(Object.keys(unset).length > 0 && { $unset: unset }),
        $inc: { version: 1 },
      },
      { returnDocument: 'after' },
    );
    return stored && fromStored(stored);
  }
}

function both(condition: object, further: object): object {
  return Object.keys(condition).length === 0 ? further : { $and: [condition, further] };
}
