import type { mongo } from 'mongoose';
import { ConflictError, NotFoundError, StaleError, ValidationError } from '../../../common/errors.js';
import type { EventBus } from '../../../common/events.js';
import type { PropertyDescriptorRecord } from '../../../store/models/property-descriptor.js';
import type { Store } from '../../../store/store.js';
import { isDuplicateKey } from '../../../store/duplicate-key.js';
import { SYSTEM_PREFIX, type Descriptor } from './descriptors.js';
import type { GroupCache } from './group-cache.js';

export type DescriptorInput = Omit<PropertyDescriptorRecord, '_id' | 'version'>;

/** What people register of properties' names; it comes before what the ACS knows of them (groups-profiles.md §6). */
export class PropertyDescriptors {
  readonly #cache: GroupCache;
  readonly #events: EventBus;
  readonly #records: mongo.Collection<PropertyDescriptorRecord>;

  constructor(store: Store, { cache, events }: { cache: GroupCache; events: EventBus }) {
    this.#cache = cache;
    this.#events = events;
    this.#records = store.db.collection<PropertyDescriptorRecord>(store.propertyDescriptors.collection.name);
  }

  /** By name, those of the ACS too. */
  async list(): Promise<Descriptor[]> {
    return (await this.#cache.fresh()).descriptors.all();
  }

  /** Throws `NotFoundError`. */
  async get(name: string): Promise<Descriptor> {
    const found = (await this.#cache.fresh()).descriptors.get(name);
    if (!found) throw new NotFoundError('property descriptor', name);
    return found;
  }

  /** Registers a name, or replaces what was registered. Throws `ValidationError`, `StaleError`. */
  async put(
    name: string,
    input: DescriptorInput,
    { user, version }: { user: string; version?: number | undefined },
  ): Promise<{ descriptor: Descriptor; created: boolean }> {
    check(name, input);
    const before = (await this.#cache.fresh()).descriptors.get(name);
    const present = before && !before.predefined ? before.version : 0;
    if (version !== undefined && version !== present) throw new StaleError('property descriptor', name);
    const record: PropertyDescriptorRecord = { _id: name, ...input, version: present + 1 };
    const written = await this.#cache.change(
      () => this.#write(record, present),
      (known, done) => {
        if (done) known.descriptors.put(record);
      },
    );
    if (!written) throw new StaleError('property descriptor', name);
    this.#events.publish('profile.changed', name, { by: user, descriptor: name });
    return { descriptor: { ...record, predefined: false }, created: present === 0 };
  }

  /** Throws `NotFoundError`, `StaleError`, or `ConflictError` for a name of the ACS that nobody registered anew. */
  async remove(
    name: string,
    { user, version }: { user: string; version?: number | undefined },
  ): Promise<void> {
    const found = await this.get(name);
    if (found.predefined) throw new ConflictError(`The property ${name} is the ACS’s own`);
    if (version !== undefined && version !== found.version) throw new StaleError('property descriptor', name);
    await this.#cache.change(
      () => this.#records.deleteOne({ _id: name }),
      (known) => known.descriptors.remove(name),
    );
    this.#events.publish('profile.changed', name, { by: user, descriptor: name });
  }

  /** False when somebody else was faster. */
  async #write(record: PropertyDescriptorRecord, present: number): Promise<boolean> {
    if (present > 0) {
      const { _id, ...fields } = record;
      const { matchedCount } = await this.#records.updateOne({ _id, version: present }, { $set: fields });
      return matchedCount === 1;
    }
    try {
      await this.#records.insertOne(record);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }
}

function check(name: string, input: DescriptorInput): void {
  if (name.startsWith(SYSTEM_PREFIX))
    throw ValidationError.of(
      '/name',
      `Names that begin with ${SYSTEM_PREFIX} are the ACS’s own`,
      'read-only',
    );
  const star = name.indexOf('*');
  if (star >= 0 && star < name.length - 1)
    throw ValidationError.of('/name', 'A star stands at the end of a name only', 'name');
  if (star >= 0 && input.default !== null)
    throw ValidationError.of('/default', 'A name with a star has no default');
  if (input.secret && input.default !== null)
    throw ValidationError.of('/default', 'A secret has no default: it would be shown here');
  if (input.default !== null && input.allowed.length > 0 && !input.allowed.includes(input.default))
    throw ValidationError.of('/default', 'It is none of the allowed values');
}
