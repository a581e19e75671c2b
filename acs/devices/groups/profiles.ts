import type { mongo } from 'mongoose';
import type { Clock } from '../../../common/clock.js';
import { StaleError, ValidationError, type FieldIssue } from '../../../common/errors.js';
import type { EventBus } from '../../../common/events.js';
import type { SecretBox } from '../../../common/secret-box.js';
import { isDuplicateKey } from '../../../store/duplicate-key.js';
import type { DeviceRecord } from '../../../store/models/device.js';
import type { GroupSetting, LockReach, ProfileRecord } from '../../../store/models/profile.js';
import type { Store } from '../../../store/store.js';
import { fromStored } from '../device-record.js';
import { domainCondition } from '../filter.js';
import { storedKey, storedMap } from '../stored-keys.js';
import type { GroupCache, GroupKnowledge } from './group-cache.js';
import type { Settings } from './group-tree.js';
import { memberCondition } from './memberships.js';
import { effectiveValue, type ProfileInput } from './profile.js';
import { ownValues, profileInput } from './setting-view.js';

/** What a person says of one name; what is left out stays. */
export interface SettingInput {
  value?: string | undefined;
  secret?: boolean | undefined;
  lock?: LockReach | null | undefined;
}

/** By name; null = the group sets it no more. */
export type ProfilePatch = ReadonlyMap<string, SettingInput | null>;

export interface Profile {
  values: Settings;
  /** 0 = the group never had one. */
  version: number;
}

export interface Impact {
  members: number;
  /** Members that were looked at before the time was over. */
  examined: number;
  /** Of those: devices whose effective value would change. */
  devices: number;
  /** By name. */
  names: { name: string; devices: number }[];
}

export interface ProfilesOptions {
  clock: Clock;
  events: EventBus;
  cache: GroupCache;
  secretBox: SecretBox;
}

/** Names that one group sets at most, and characters of all its values. */
const MOST_NAMES = 2_000;
const MOST_TEXT = 4_000_000;
/** Milliseconds that an impact may be counted. */
const IMPACT = 10_000;

/** What groups set for their members (groups-profiles.md §6). */
export class Profiles {
  readonly #options: ProfilesOptions;
  readonly #profiles: mongo.Collection<ProfileRecord>;
  readonly #devices: mongo.Collection<DeviceRecord>;

  constructor(store: Store, options: ProfilesOptions) {
    this.#options = options;
    this.#profiles = store.db.collection<ProfileRecord>(store.profiles.collection.name);
    this.#devices = store.db.collection<DeviceRecord>(store.devices.collection.name);
  }

  async get(group: string): Promise<Profile> {
    const { tree } = await this.#options.cache.fresh();
    return { values: new Map(tree.settings(group)), version: tree.profileVersion(group) };
  }

  /**
   * Writes what differs. `version` = the one that was read. Throws `ValidationError` with a pointer for each wrong name,
   * `StaleError`.
   */
  async save(
    group: string,
    patch: ProfilePatch,
    { user, version }: { user: string; version?: number | undefined },
  ): Promise<Profile> {
    const known = await this.#options.cache.fresh();
    const before: Profile = {
      values: new Map(known.tree.settings(group)),
      version: known.tree.profileVersion(group),
    };
    if (version !== undefined && version !== before.version) throw new StaleError('profile', group);
    const after = this.#patched(before.values, patch, known, user);
    const names = [...patch.keys()].filter((name) => before.values.get(name) !== after.get(name));
    if (names.length === 0) return before;
    await this.#write(group, after, before.version);
    this.#options.events.publish(
      'profile.changed',
      group,
      { by: user, names },
      known.tree.get(group)?.domain ?? '/',
    );
    return { values: after, version: before.version + 1 };
  }

  /** Of these names of another group's profile, as they are there; secrets stay sealed. Throws `ValidationError`. */
  async copy(
    group: string,
    { from, names }: { from: string; names: readonly string[] },
    edit: { user: string; version?: number | undefined },
  ): Promise<Profile> {
    const { tree } = await this.#options.cache.fresh();
    const source = tree.settings(from);
    const missing = names.flatMap((name, index): FieldIssue[] =>
      source.has(name)
        ? []
        : [{ pointer: `/names/${index}`, code: 'unknown', message: `${from} does not set ${name}` }],
    );
    if (missing.length > 0) throw new ValidationError('Not all names can be copied', missing);
    const patch = new Map<string, SettingInput>();
    for (const [name, { value, secret, lock }] of source) {
      if (!names.includes(name)) continue;
      patch.set(name, { value: secret ? this.#options.secretBox.open(value) : value, secret, lock });
    }
    return this.save(group, patch, edit);
  }

  /** How many devices would have another value of any of the names if this were saved. Throws `ValidationError`. */
  async impact(group: string, patch: ProfilePatch, view = '/'): Promise<Impact> {
    const known = await this.#options.cache.fresh();
    const present = known.tree.settings(group);
    const planned = this.#patched(present, patch, known, '');
    const names = [...patch.keys()].filter((name) => !same(present.get(name), planned.get(name)));
    const condition = { $and: [memberCondition(group, true), domainCondition(view)] };
    const impact: Impact = {
      members: await this.#devices.countDocuments(condition),
      ...{ examined: 0, devices: 0, names: [] },
    };
    if (names.length === 0) return { ...impact, examined: impact.members };
    const counts = new Map<string, number>();
    const until = performance.now() + IMPACT;
    const changedFor = remembered((device) => {
      const now = profileInput(device, known);
      const settingsOf = (name: string): Settings => (name === group ? planned : known.tree.settings(name));
      return names.filter((name) => !sameValue(name, now, { ...now, settingsOf }));
    });
    const cursor = this.#devices
      .find(condition as mongo.Filter<DeviceRecord>)
      .project<DeviceRecord>(fieldsOf(names));
    for await (const stored of cursor) {
      if (performance.now() > until) break;
      impact.examined += 1;
      const device = fromStored(stored);
      const changed = changedFor(device);
      if (changed.length > 0) impact.devices += 1;
      for (const name of changed) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    impact.names = names.map((name) => ({ name, devices: counts.get(name) ?? 0 }));
    return impact;
  }

  #patched(before: Settings, patch: ProfilePatch, known: GroupKnowledge, user: string): Settings {
    const issues: FieldIssue[] = [];
    const after = new Map(before);
    for (const [name, input] of patch) {
      const pointer = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      const present = before.get(name);
      if (input === null) {
        const fault = known.descriptors.fault(name, present?.value ?? '');
        if (fault?.code === 'read-only') issues.push({ pointer, ...fault });
        after.delete(name);
        continue;
      }
      const setting = this.#setting(present, input, user);
      if (!setting) {
        const message = present ? 'Give the value anew to show it in clear' : 'A value is needed';
        issues.push({ pointer, code: 'required', message });
        continue;
      }
      const fault = known.descriptors.fault(name, input.value ?? this.#clear(setting));
      if (fault) issues.push({ pointer, ...fault });
      after.set(name, same(present, setting) && present ? present : setting);
    }
    if (after.size > MOST_NAMES)
      issues.push({ pointer: '', code: 'too-big', message: `A group sets at most ${MOST_NAMES} names` });
    if ([...after.values()].reduce((sum, { value }) => sum + value.length, 0) > MOST_TEXT)
      issues.push({
        pointer: '',
        code: 'too-big',
        message: 'The values of this group are too long together',
      });
    if (issues.length > 0) throw new ValidationError('The profile is not right', issues);
    return after;
  }

  /** Null = there is no value to take. */
  #setting(present: GroupSetting | undefined, input: SettingInput, user: string): GroupSetting | null {
    const { secretBox, clock } = this.#options;
    const secret = input.secret ?? present?.secret ?? false;
    const lock = input.lock === undefined ? (present?.lock ?? null) : input.lock;
    const edited = { editedAt: clock.now(), editedBy: user };
    if (input.value === undefined) {
      if (!present || (present.secret && !secret)) return null;
      const value = secret && !present.secret ? secretBox.seal(present.value) : present.value;
      return { value, secret, lock, ...edited };
    }
    // Sealing the same text twice gives two texts.
    const unchanged = secret && present?.secret === true && secretBox.open(present.value) === input.value;
    const value = unchanged ? present.value : secret ? secretBox.seal(input.value) : input.value;
    return { value, secret, lock, ...edited };
  }

  #clear({ value, secret }: GroupSetting): string {
    return secret ? this.#options.secretBox.open(value) : value;
  }

  async #write(group: string, values: Settings, version: number): Promise<void> {
    const stored = storedMap(Object.fromEntries(values));
    const written = await this.#options.cache.change(
      async () => {
        if (version > 0) {
          const { matchedCount } = await this.#profiles.updateOne(
            { _id: group, version },
            { $set: { values: stored }, $inc: { version: 1 } },
          );
          return matchedCount === 1;
        }
        try {
          await this.#profiles.insertOne({ _id: group, values: stored, version: 1 });
          return true;
        } catch (error) {
          if (isDuplicateKey(error)) return false;
          throw error;
        }
      },
      (known, done) => {
        if (done) known.tree.putProfile(group, values, version + 1);
      },
    );
    if (!written) throw new StaleError('profile', group);
  }
}

/** Devices of the same groups that set none of the names have the same answer. */
function remembered(work: (device: DeviceRecord) => string[]): (device: DeviceRecord) => string[] {
  const answers = new Map<string, string[]>();
  return (device) => {
    if (ownValues(device).size > 0) return work(device);
    const key = device.groups.join('\n');
    const answer = answers.get(key) ?? work(device);
    answers.set(key, answer);
    return answer;
  };
}

/** What a device's effective value of the names depends on. */
function fieldsOf(names: readonly string[]): Record<string, 1> {
  const fields = names.flatMap((name) => [
    `properties.${storedKey(name)}`,
    `secretProperties.${storedKey(name)}`,
  ]);
  return Object.fromEntries([...fields, 'groups'].map((field) => [field, 1 as const]));
}

function same(one: GroupSetting | undefined, other: GroupSetting | undefined): boolean {
  return one?.value === other?.value && one?.secret === other?.secret && one?.lock === other?.lock;
}

function sameValue(name: string, now: ProfileInput, then: ProfileInput): boolean {
  return effectiveValue(name, now)?.value === effectiveValue(name, then)?.value;
}
