import type { mongo } from 'mongoose';
import type { Clock } from '../../../common/clock.js';
import { isDuplicateKey } from '../../../store/duplicate-key.js';
import type { GroupRecord } from '../../../store/models/group.js';
import type { MigrationRuleRecord } from '../../../store/models/migration-rule.js';
import type { ProfileRecord } from '../../../store/models/profile.js';
import type { PropertyDescriptorRecord } from '../../../store/models/property-descriptor.js';
import type { Store } from '../../../store/store.js';
import { mapOfStored } from '../stored-keys.js';
import { Descriptors } from './descriptors.js';
import { GroupTree } from './group-tree.js';

/** Names the count of all changes to groups, rules, profiles and descriptors. */
const REVISION = 'groups.revision';
/** Milliseconds after which another process's change is seen at the latest. */
const BELIEVED = 1_000;

interface Counter {
  _id: string;
  value: number;
  updatedAt: Date;
}

/** What every session and every request needs of the groups. */
export interface GroupKnowledge {
  tree: GroupTree;
  descriptors: Descriptors;
}

/**
 * The groups in the memory of this process. All processes count their changes in one document: a change bumps it before
 * and after it writes, so whoever reads a count has everything that was written up to it or reads again.
 */
export class GroupCache {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #settings: mongo.Collection<Counter>;
  #known: { revision: number; knowledge: GroupKnowledge } | null = null;
  #checkedAt = -Infinity;
  #loading: Promise<GroupKnowledge> | null = null;
  /** Changes of this process; what was read while one was made is read again. */
  #changes = 0;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.#settings = store.db.collection<Counter>(store.settings.collection.name);
  }

  /** At most a second old as to other processes; costs nothing but once a second one narrow read for all sessions. */
  async current(): Promise<GroupKnowledge> {
    const age = this.#clock.now().getTime() - this.#checkedAt;
    if (this.#known && age >= 0 && age < BELIEVED) return this.#known.knowledge;
    return this.fresh();
  }

  /** As it is now. */
  fresh(): Promise<GroupKnowledge> {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  /** Counts with each change, by whichever process; for what was worked out from the groups. */
  get revision(): number {
    return this.#known?.revision ?? -1;
  }

  /** Makes a change in the store and, by `apply`, in memory; what others changed meanwhile is read again. */
  async change<T>(
    write: () => Promise<T>,
    apply: (knowledge: GroupKnowledge, result: T) => void,
  ): Promise<T> {
    const before = await this.#bump();
    try {
      const result = await write();
      const after = await this.#bump();
      this.#changes += 1;
      if (this.#known && this.#known.revision === before - 1 && after === before + 1) {
        apply(this.#known.knowledge, result);
        this.#known.revision = after;
      } else this.#known = null;
      return result;
    } catch (error) {
      // It may have been written in part.
      this.#known = null;
      this.#changes += 1;
      throw error;
    }
  }

  async #load(): Promise<GroupKnowledge> {
    for (;;) {
      const changes = this.#changes;
      const at = this.#clock.now().getTime();
      const revision = await this.#revision();
      if (this.#known?.revision !== revision) {
        const knowledge = await this.#read();
        if (changes !== this.#changes) continue;
        this.#known = { revision, knowledge };
      }
      this.#checkedAt = at;
      return this.#known.knowledge;
    }
  }

  async #read(): Promise<GroupKnowledge> {
    const { db, groups, migrationRules, profiles, propertyDescriptors } = this.#store;
    const [allGroups, allRules, allProfiles, descriptors] = await Promise.all([
      db.collection<GroupRecord>(groups.collection.name).find().toArray(),
      db.collection<MigrationRuleRecord>(migrationRules.collection.name).find().toArray(),
      db.collection<ProfileRecord>(profiles.collection.name).find().toArray(),
      db.collection<PropertyDescriptorRecord>(propertyDescriptors.collection.name).find().toArray(),
    ]);
    const tree = new GroupTree();
    for (const group of allGroups) tree.put(group);
    for (const rule of allRules) tree.putRule(rule);
    for (const { _id, values, version } of allProfiles)
      tree.putProfile(_id, new Map(Object.entries(mapOfStored(values))), version);
    return { tree, descriptors: new Descriptors(descriptors) };
  }

  async #revision(): Promise<number> {
    const found = await this.#settings.findOne({ _id: REVISION }, { projection: { value: 1 } });
    return found?.value ?? 0;
  }

  async #bump(): Promise<number> {
    for (;;) {
      try {
        const counted = await this.#settings.findOneAndUpdate(
          { _id: REVISION },
          { $inc: { value: 1 }, $set: { updatedAt: this.#clock.now() } },
          { upsert: true, returnDocument: 'after' },
        );
        return Number(counted?.value);
      } catch (error) {
        // Two processes that count for the first time.
        if (!isDuplicateKey(error)) throw error;
      }
    }
  }
}
