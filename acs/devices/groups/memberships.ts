import { Types, type mongo } from 'mongoose';
import type { Clock } from '../../../common/clock.js';
import { NotFoundError, SessionSupersededError, ValidationError } from '../../../common/errors.js';
import type { EventBus } from '../../../common/events.js';
import type { ActivityRecord, ActorKind } from '../../../store/models/activity.js';
import type { DeviceRecord } from '../../../store/models/device.js';
import type { Store } from '../../../store/store.js';
import { escapeRegex, type MongoFilter } from '../filter.js';
import type { GroupCache } from './group-cache.js';
import { compareNames, isDeviceType, isWithin } from './group-name.js';
import type { GroupTree } from './group-tree.js';

/** Who or what changes a membership: a log-in, a rule's id, a task's id. */
export interface By {
  actor: ActorKind;
  id: string;
}

export interface MembershipsOptions {
  clock: Clock;
  events: EventBus;
  cache: GroupCache;
  /** Days that entries of the activity stream are kept. */
  activityDays: number;
}

/** What a device is in after a change. */
export interface ChangedMembership {
  groups: string[];
  domain: string;
  taskRevision: number;
}

type Grouped = Pick<DeviceRecord, '_id' | 'groups' | 'domain' | 'taskRevision' | 'lease'>;

/** A group that is joined or left, for one entry of the activity stream. */
interface Move {
  device: string;
  kind: ActivityRecord['kind'];
  object: string;
}

const ATTEMPTS = 20;
/** Devices of a bulk change that are written at a time. */
const BULK = 500;
const DAY = 86_400_000;
const FIELDS = { groups: 1, domain: 1, taskRevision: 1, 'lease.fence': 1 } as const;

/** Which devices are in which groups: every change is recorded, announced, and seen by the session that is open. */
export class Memberships {
  readonly #options: MembershipsOptions;
  readonly #devices: mongo.Collection<DeviceRecord>;
  readonly #activities: mongo.Collection<ActivityRecord>;

  constructor(store: Store, options: MembershipsOptions) {
    this.#options = options;
    this.#devices = store.db.collection<DeviceRecord>(store.devices.collection.name);
    this.#activities = store.db.collection<ActivityRecord>(store.activities.collection.name);
  }

  /** Being in one of them already is no error. Null = nothing changed. Throws `NotFoundError`, `ValidationError`. */
  async join(device: string, groups: readonly string[], by: By): Promise<ChangedMembership | null> {
    const { tree } = await this.#options.cache.current();
    groups.forEach((group, index) => mustTake(group, tree, `/groups/${index}`));
    return this.change(device, by, (present) => [...new Set([...present, ...groups])]);
  }

  /** With `subgroups` also what lies below (the way of XMLTask's `leave`). Device types stay. */
  async leave(
    device: string,
    groups: readonly string[],
    by: By,
    { subgroups = true }: { subgroups?: boolean } = {},
  ): Promise<ChangedMembership | null> {
    const left = (name: string): boolean =>
      !isDeviceType(name) && groups.some((group) => (subgroups ? isWithin(name, group) : name === group));
    return this.change(device, by, (present) => present.filter((name) => !left(name)));
  }

  /**
   * Writes the groups that `edit` makes of the present ones. `held` = the session that does it, with the groups that it
   * knows, which spares a read: rejects with `SessionSupersededError` when a newer one holds the lease.
   */
  async change(
    device: string,
    by: By | ((group: string) => By),
    edit: (groups: readonly string[]) => readonly string[],
    held?: { fence: number; groups: readonly string[]; domain: string },
  ): Promise<ChangedMembership | null> {
    const { tree } = await this.#options.cache.current();
    let before: Pick<DeviceRecord, 'groups' | 'domain'> | null = held
      ? { groups: [...held.groups], domain: held.domain }
      : null;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      before ??= await this.#read(device, held?.fence);
      const groups = [...edit(before.groups)];
      if (sameMembers(groups, before.groups)) return null;
      const joined = groups.filter((group) => !before?.groups.includes(group));
      const domain = domainAfter(before.domain, joined, tree);
      const after = (await this.#devices.findOneAndUpdate(
        { _id: device, groups: before.groups, ...(held && { 'lease.fence': held.fence }) },
        {
          $set: { groups, ...(domain !== before.domain && { domain }) },
          $inc: { taskRevision: 1, version: 1 },
        },
        { projection: FIELDS, returnDocument: 'after' },
      )) as Grouped | null;
      if (after) {
        await this.recorded(device, { before: before.groups, after: groups }, by, domain);
        if (domain !== before.domain) this.#publishDomain(device, before.domain, domain);
        return { groups, domain, taskRevision: after.taskRevision ?? 0 };
      }
      before = null;
    }
    throw new Error(`The groups of ${device} change faster than they can be written`);
  }

  /**
   * The list that a person wants instead of the present one, checked; the device type stays as it is. Throws
   * `ValidationError` for groups that do not exist and for device types.
   */
  async checked(present: readonly string[], wanted: readonly string[]): Promise<string[]> {
    const { tree } = await this.#options.cache.fresh();
    wanted.forEach((group, index) => {
      if (!present.includes(group)) mustTake(group, tree, `/groups/${index}`);
    });
    return [...new Set([...wanted, ...present.filter(isDeviceType)])];
  }

  /** The domain of a device after it has joined groups. */
  async domainAfter(domain: string, joined: readonly string[]): Promise<string> {
    return domainAfter(domain, joined, (await this.#options.cache.current()).tree);
  }

  /** Enters and announces what was written already. */
  async recorded(
    device: string,
    groups: { before: readonly string[]; after: readonly string[] },
    by: By | ((group: string) => By),
    domain: string,
  ): Promise<void> {
    const joined = groups.after.filter((group) => !groups.before.includes(group));
    const left = groups.before.filter((group) => !groups.after.includes(group));
    if (joined.length + left.length === 0) return;
    const byOf = typeof by === 'function' ? by : () => by;
    await this.#enter(
      [
        ...left.map((object): Move => ({ device, kind: 'group.left', object })),
        ...joined.map((object): Move => ({ device, kind: 'group.joined', object })),
      ],
      byOf,
    );
    this.#announce(device, joined, left, byOf(joined[0] ?? left[0] ?? ''), domain);
  }

  /** All devices for which the condition holds join; returns how many. Throws `ValidationError`. */
  async joinAll(condition: MongoFilter, group: string, by: By): Promise<number> {
    const { tree } = await this.#options.cache.fresh();
    mustTake(group, tree, '/group');
    const outside = { groups: { $ne: group } };
    return this.#pages({ $and: [condition, outside] }, async (devices) => {
      const ids = devices.map(({ _id }) => _id);
      await this.#devices.updateMany(
        { _id: { $in: ids }, ...outside },
        { $addToSet: { groups: group }, $inc: { taskRevision: 1, version: 1 } },
      );
      const down = devices.filter(({ domain }) => domainAfter(domain, [group], tree) !== domain);
      const domain = tree.get(group)?.domain;
      if (down.length > 0 && domain !== undefined)
        await this.#devices.updateMany({ _id: { $in: down.map(({ _id }) => _id) } }, { $set: { domain } });
      await this.#enter(
        ids.map((device) => ({ device, kind: 'group.joined', object: group })),
        () => by,
      );
      for (const device of devices) {
        const after = domainAfter(device.domain, [group], tree);
        this.#announce(device._id, [group], [], by, after);
        if (after !== device.domain) this.#publishDomain(device._id, device.domain, after);
      }
      return devices.length;
    });
  }

  /** All devices for which the condition holds leave, with `subgroups` what lies below too; returns how many. */
  async leaveAll(
    condition: MongoFilter,
    group: string,
    by: By,
    { subgroups = false }: { subgroups?: boolean } = {},
  ): Promise<number> {
    const left = (name: string): boolean =>
      !isDeviceType(name) && (subgroups ? isWithin(name, group) : name === group);
    return this.#pages({ $and: [condition, memberCondition(group, subgroups)] }, async (devices) => {
      const leaving = devices
        .map((device) => ({ device, groups: device.groups.filter(left) }))
        .filter(({ groups }) => groups.length > 0);
      const names = [...new Set(leaving.flatMap(({ groups }) => groups))];
      await this.#devices.updateMany(
        { _id: { $in: leaving.map(({ device }) => device._id) } },
        { $pull: { groups: { $in: names } }, $inc: { taskRevision: 1, version: 1 } },
      );
      await this.#enter(
        leaving.flatMap(({ device, groups }) =>
          groups.map((object): Move => ({ device: device._id, kind: 'group.left', object })),
        ),
        () => by,
      );
      for (const { device, groups } of leaving) this.#announce(device._id, [], groups, by, device.domain);
      return leaving.length;
    });
  }

  /** Who let the device join each of its present groups, as far as it is still known. */
  async joinedBy(device: string, groups: readonly string[]): Promise<Map<string, ActivityRecord>> {
    const entries = await this.#activities
      .find({ device, kind: 'group.joined', object: { $in: [...groups] } })
      .sort({ at: -1, _id: -1 })
      .limit(1_000)
      .toArray();
    const latest = new Map<string, ActivityRecord>();
    for (const entry of entries) if (!latest.has(entry.object)) latest.set(entry.object, entry);
    return latest;
  }

  /** Newest first. */
  async activity(
    device: string,
    { limit, before }: { limit: number; before?: { at: Date; id: string } },
  ): Promise<ActivityRecord[]> {
    const behind = before && {
      $or: [{ at: { $lt: before.at } }, { at: before.at, _id: { $lt: new Types.ObjectId(before.id) } }],
    };
    return this.#activities
      .find({ device, ...behind })
      .sort({ at: -1, _id: -1 })
      .limit(limit)
      .toArray();
  }

  async #read(device: string, fence?: number): Promise<Grouped> {
    const found = (await this.#devices.findOne({ _id: device }, { projection: FIELDS })) as Grouped | null;
    if (!found) throw new NotFoundError('device', device);
    if (fence !== undefined && found.lease.fence !== fence)
      throw new SessionSupersededError(`A newer session of ${device} holds its lease`);
    return found;
  }

  /** Takes the devices of a condition by identity, each once, whatever the work does to them. */
  async #pages(condition: MongoFilter, work: (devices: Grouped[]) => Promise<number>): Promise<number> {
    let count = 0;
    for (let last = ''; ;) {
      const page = await this.#devices
        .find({ $and: [condition, { _id: { $gt: last } }] })
        .project<Grouped>(FIELDS)
        .sort({ _id: 1 })
        .limit(BULK)
        .toArray();
      if (page.length > 0) count += await work(page);
      const end = page.at(-1);
      if (page.length < BULK || !end) return count;
      last = end._id;
    }
  }

  async #enter(moves: readonly Move[], byOf: (group: string) => By): Promise<void> {
    if (moves.length === 0) return;
    const at = this.#options.clock.now();
    const expiresAt = new Date(at.getTime() + this.#options.activityDays * DAY);
    await this.#activities.insertMany(
      moves.map((move) => {
        const { actor, id } = byOf(move.object);
        return { _id: new Types.ObjectId(), at, ...move, actor, by: id, expiresAt };
      }),
    );
  }

  #announce(device: string, joined: string[], left: string[], by: By, domain: string): void {
    const data = { joined, left, actor: by.actor, by: by.id };
    this.#options.events.publish('device.groups.changed', device, data, domain);
  }

  #publishDomain(device: string, from: string, to: string): void {
    this.#options.events.publish('device.domain.changed', device, { from, to }, to);
  }
}

/** Devices in a group, or also in those below it. */
export function memberCondition(group: string, subgroups: boolean): MongoFilter {
  if (!subgroups) return { groups: group };
  return { $or: [{ groups: group }, { groups: { $regex: `^${escapeRegex(group)}\\.` } }] };
}

/**
 * A group of a narrower domain takes its new members into that domain; any other leaves them where they are
 * (groups-profiles.md §2).
 */
function domainAfter(domain: string, joined: readonly string[], tree: GroupTree): string {
  return joined.reduce((present, group) => {
    const narrower = tree.get(group)?.domain ?? present;
    return narrower.startsWith(present) ? narrower : present;
  }, domain);
}

function mustTake(group: string, tree: GroupTree, pointer: string): void {
  if (isDeviceType(group))
    throw ValidationError.of(pointer, 'Which device type a device is of is for the ACS to say', 'read-only');
  if (!tree.has(group)) throw ValidationError.of(pointer, `There is no group ${group}`, 'unknown-group');
}

function sameMembers(one: readonly string[], other: readonly string[]): boolean {
  if (one.length !== other.length) return false;
  const sorted = [...other].sort(compareNames);
  return [...one].sort(compareNames).every((name, index) => name === sorted[index]);
}
