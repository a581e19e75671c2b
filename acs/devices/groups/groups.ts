import type { mongo } from 'mongoose';
import type { Clock } from '../../../common/clock.js';
import { ConflictError, NotFoundError, StaleError, ValidationError } from '../../../common/errors.js';
import type { EventBus } from '../../../common/events.js';
import { isDuplicateKey } from '../../../store/duplicate-key.js';
import type { DeviceRecord } from '../../../store/models/device.js';
import type { GroupKind, GroupRecord } from '../../../store/models/group.js';
import type { MigrationRuleRecord } from '../../../store/models/migration-rule.js';
import type { ProfileRecord } from '../../../store/models/profile.js';
import type { TaskRecord } from '../../../store/models/task.js';
import type { Store } from '../../../store/store.js';
import { domainCondition } from '../filter.js';
import type { GroupCache } from './group-cache.js';
import {
  ancestorsOf,
  checkName,
  compareNames,
  DEVICE_TYPES,
  isDeviceType,
  nameFault,
  parentOf,
  SYSTEM_GROUPS,
} from './group-name.js';
import type { GroupTree } from './group-tree.js';
import { memberCondition, type By, type Memberships } from './memberships.js';

export interface GroupInput {
  name: string;
  domain: string;
  description?: string | undefined;
  /** Null or left out = inherited. */
  priority?: number | null | undefined;
}

export type GroupPatch = { [K in keyof Omit<GroupInput, 'name'>]?: GroupInput[K] | undefined };

export interface MemberCounts {
  direct: number;
  /** With those of the groups below. */
  total: number;
  countedAt: Date;
}

export interface GroupsOptions {
  clock: Clock;
  events: EventBus;
  cache: GroupCache;
  memberships: Memberships;
}

/** Milliseconds that counts are kept. */
const COUNTS_KEPT = 300_000;
const MOST_COUNTS = 10_000;
/** Days without members after which a device type goes (groups-profiles.md §1). */
const TYPE_DAYS = 30;
const DAY = 86_400_000;

/** The records of the group tree: made, edited, deleted, counted (groups-profiles.md §2). */
export class Groups {
  readonly #store: Store;
  readonly #options: GroupsOptions;
  readonly #groups: mongo.Collection<GroupRecord>;
  readonly #devices: mongo.Collection<DeviceRecord>;
  readonly #counts = new Map<string, MemberCounts>();

  constructor(store: Store, options: GroupsOptions) {
    this.#store = store;
    this.#options = options;
    this.#groups = store.db.collection<GroupRecord>(store.groups.collection.name);
    this.#devices = store.db.collection<DeviceRecord>(store.devices.collection.name);
  }

  /** Makes the system's groups, and records for groups that devices name and that have none. */
  async prepare(): Promise<void> {
    const named = (await this.#devices.distinct('groups')).filter(
      (name): name is string => typeof name === 'string' && nameFault(name) === null,
    );
    const { tree } = await this.#options.cache.fresh();
    const missing = [...SYSTEM_GROUPS, ...named].filter((name) => !tree.has(name));
    if (missing.length > 0) await this.ensure(missing, { by: 'system', domain: '/' });
  }

  /** As it is now. */
  async tree(): Promise<GroupTree> {
    return (await this.#options.cache.fresh()).tree;
  }

  /** Throws `NotFoundError`. */
  async get(name: string): Promise<GroupRecord> {
    const group = (await this.tree()).get(name);
    if (!group) throw new NotFoundError('group', name);
    return group;
  }

  /** Throws `ValidationError`, or `ConflictError` when it exists. */
  async create(input: GroupInput, user: string): Promise<GroupRecord> {
    const { name } = input;
    checkName(name);
    const tree = await this.tree();
    if (tree.has(name)) throw new ConflictError(`The group ${name} exists already`);
    const parent = parentOf(name);
    if (parent === null || !tree.has(parent))
      throw ValidationError.of('/name', `There is no group ${String(parent)} to make it in`, 'unknown-group');
    if (isDeviceType(name))
      throw ValidationError.of('/name', `Groups below ${DEVICE_TYPES} are made by the ACS`, 'read-only');
    const group = this.#record(name, {
      ...{ kind: 'user', domain: input.domain, by: user, rule: null },
      ...(input.description !== undefined && { description: input.description }),
      ...(input.priority !== undefined && { priority: input.priority }),
    });
    const { cache } = this.#options;
    try {
      await cache.change(
        () => this.#groups.insertOne(group),
        (known) => known.tree.put(group),
      );
    } catch (error) {
      if (isDuplicateKey(error)) throw new ConflictError(`The group ${name} exists already`);
      throw error;
    }
    this.#publish('group.created', group, { by: user });
    return group;
  }

  /** Makes what is missing of these groups and of all above them; right names are the caller's business. */
  async ensure(
    names: readonly string[],
    {
      by,
      domain,
      rule = null,
      descriptions = new Map(),
    }: { by: string; domain: string; rule?: string | null; descriptions?: ReadonlyMap<string, string> },
  ): Promise<void> {
    const { cache } = this.#options;
    const { tree } = await cache.current();
    const wanted = [...new Set(names.flatMap((name) => [...ancestorsOf(name), name]))].sort(compareNames);
    const missing = wanted.filter((name) => !tree.has(name));
    if (missing.length === 0) return;
    const records = missing.map((name) =>
      this.#record(name, {
        ...{ kind: kindOf(name), domain, by, rule },
        description: descriptions.get(name) ?? '',
      }),
    );
    await cache.change(
      async () => {
        for (const record of records) {
          const { _id, ...fields } = record;
          // Another process may make it at the same time, and its domain is what counts then.
          await this.#groups
            .updateOne({ _id }, { $setOnInsert: fields }, { upsert: true })
            .catch((error: unknown) => {
              if (!isDuplicateKey(error)) throw error;
            });
        }
      },
      (known) => {
        for (const record of records) known.tree.put(record);
      },
    );
    for (const record of records) this.#publish('group.created', record, { by });
  }

  /** Throws `NotFoundError`, `StaleError`, or `ConflictError` for the ACS's own groups. */
  async edit(
    name: string,
    patch: GroupPatch,
    { user, version }: { user: string; version?: number | undefined },
  ): Promise<GroupRecord> {
    const before = await this.get(name);
    if (version !== undefined && version !== before.version) throw new StaleError('group', name);
    const set = Object.fromEntries(
      Object.entries(patch).filter(
        ([field, value]) => value !== undefined && value !== before[field as keyof GroupRecord],
      ),
    );
    if (Object.keys(set).length === 0) return before;
    if (before.kind === 'system' || before.kind === 'device-type')
      throw new ConflictError(`The group ${name} is the ACS’s own and is not edited`);
    const after = await this.#options.cache.change(
      () =>
        this.#groups.findOneAndUpdate(
          { _id: name, version: before.version },
          { $set: set, $inc: { version: 1 } },
          { returnDocument: 'after' },
        ),
      (known, written) => {
        if (written) known.tree.put(written);
      },
    );
    if (!after) throw new StaleError('group', name);
    this.#publish('group.changed', after, { by: user, fields: Object.keys(set) });
    return after;
  }

  /**
   * Takes all direct members in view out, with `subgroups` those below too; they stay in the inventory. Returns how many.
   */
  async detachAll(
    name: string,
    { user, view = '/', subgroups = false }: { user: string; view?: string; subgroups?: boolean },
  ): Promise<number> {
    await this.get(name);
    if (isDeviceType(name)) throw new ConflictError('Which device type a device is of is for the ACS to say');
    const by: By = { actor: 'user', id: user };
    return this.#options.memberships.leaveAll(domainCondition(view), name, by, { subgroups });
  }

  /**
   * Deletes a group with its rules and its profile; members are detached. `subgroups` = with all below it. Rejects with
   * `ConflictError` (`in-use`) that names what stands in the way.
   */
  async remove(
    name: string,
    { user, version, subgroups = false }: { user: string; version?: number | undefined; subgroups?: boolean },
  ): Promise<void> {
    const group = await this.get(name);
    if (version !== undefined && version !== group.version) throw new StaleError('group', name);
    const tree = await this.tree();
    const branch = tree.branch(name).sort((one, other) => compareNames(other, one));
    await this.#mayRemove(branch, tree, subgroups);
    const by: By = { actor: 'user', id: user };
    for (const one of branch) {
      await this.#options.memberships.leaveAll({}, one, by);
      await this.#drop(one, tree.get(one) ?? group, user);
      // Who joined while it was being deleted.
      await this.#options.memberships.leaveAll({}, one, by);
    }
  }

  /** Members, counted when it is asked for and kept for five minutes; `view` = only devices of this domain and below. */
  async counts(
    name: string,
    { view = '/', refresh = false }: { view?: string; refresh?: boolean } = {},
  ): Promise<MemberCounts> {
    const now = this.#options.clock.now();
    const key = `${view} ${name}`;
    const kept = this.#counts.get(key);
    if (!refresh && kept && now.getTime() - kept.countedAt.getTime() < COUNTS_KEPT) return kept;
    const seen = domainCondition(view);
    const [direct, total] = await Promise.all([
      this.#devices.countDocuments({ ...memberCondition(name, false), ...seen }),
      this.#devices.countDocuments({ ...memberCondition(name, true), ...seen }),
    ]);
    const counts = { direct, total, countedAt: now };
    if (this.#counts.size >= MOST_COUNTS) this.#counts.clear();
    this.#counts.set(key, counts);
    return counts;
  }

  /** Deletes device types in which no device has been for 30 days and on which nothing hangs; returns how many. */
  async removeEmptyTypes(now: Date): Promise<number> {
    const used = (await this.#devices.distinct('groups')).filter((name) => typeof name === 'string');
    const inUse = new Set(used.flatMap((name) => [...ancestorsOf(name), name]));
    const tree = await this.tree();
    const types = await this.#groups.find({ kind: 'device-type' }).toArray();
    const before = new Date(now.getTime() - TYPE_DAYS * DAY);
    let removed = 0;
    // Leaves first, so that what holds nothing but them goes too.
    for (const group of types.sort((one, other) => compareNames(other._id, one._id))) {
      const { _id: name, emptySince } = group;
      const empty = !inUse.has(name);
      if (empty !== (emptySince !== null))
        await this.#groups.updateOne({ _id: name }, { $set: { emptySince: empty ? now : null } });
      if (!empty || emptySince === null || emptySince > before) continue;
      if (tree.childCount(name) > 0 || (await this.#carriesAnything(name, tree))) continue;
      await this.#drop(name, group, 'system');
      tree.remove(name);
      removed += 1;
    }
    return removed;
  }

  async #mayRemove(branch: readonly string[], tree: GroupTree, subgroups: boolean): Promise<void> {
    const own = branch.filter((one) => tree.get(one)?.kind !== 'user');
    if (own.length > 0) throw new ConflictError(`The ACS keeps ${listed(own)}`, 'in-use');
    const below = branch.slice(0, -1);
    if (!subgroups && below.length > 0)
      throw new ConflictError(
        `The group has ${below.length} ${below.length === 1 ? 'subgroup' : 'subgroups'}: ${listed(below)}`,
        'in-use',
      );
    const tasks = await this.#tasksOf(branch, 6);
    if (tasks.length > 0) throw new ConflictError(`The group carries tasks: ${listed(tasks)}`, 'in-use');
  }

  async #tasksOf(groups: readonly string[], limit: number): Promise<string[]> {
    const tasks = await this.#store.db
      .collection<TaskRecord>(this.#store.tasks.collection.name)
      .find({ group: { $in: [...groups] } }, { projection: { _id: 1 }, limit })
      .toArray();
    return tasks.map(({ _id }) => _id);
  }

  async #carriesAnything(name: string, tree: GroupTree): Promise<boolean> {
    if (tree.settings(name).size > 0 || tree.rules(name).length > 0) return true;
    return (await this.#tasksOf([name], 1)).length > 0;
  }

  async #drop(name: string, group: GroupRecord, by: string): Promise<void> {
    const { db, migrationRules, profiles } = this.#store;
    await this.#options.cache.change(
      async () => {
        await db.collection<MigrationRuleRecord>(migrationRules.collection.name).deleteMany({ group: name });
        await db.collection<ProfileRecord>(profiles.collection.name).deleteOne({ _id: name });
        await this.#groups.deleteOne({ _id: name });
      },
      (known) => known.tree.remove(name),
    );
    this.#publish('group.deleted', group, { by });
  }

  #record(
    name: string,
    given: Pick<GroupRecord, 'kind' | 'domain' | 'rule'> & Partial<GroupRecord> & { by: string },
  ): GroupRecord {
    const { by, ...fields } = given;
    return {
      _id: name,
      priority: null,
      description: '',
      createdAt: this.#options.clock.now(),
      createdBy: by,
      emptySince: null,
      version: 1,
      ...fields,
    };
  }

  #publish(type: string, group: GroupRecord, data: Record<string, unknown>): void {
    this.#options.events.publish(type, group._id, { kind: group.kind, ...data }, group.domain);
  }
}

function kindOf(name: string): GroupKind {
  if (SYSTEM_GROUPS.includes(name)) return 'system';
  return isDeviceType(name) ? 'device-type' : 'user';
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} …` : shown;
}
