import type { GroupSetting, LockReach } from '../../../store/models/profile.js';
import { compareNames, depthOf, isBelow, isDeviceType } from './group-name.js';
import type { Settings } from './group-tree.js';

/** A value, where it comes from, and whether it is sealed. */
export interface SourcedValue {
  value: string;
  secret: boolean;
  source: { kind: 'device' } | { kind: 'group'; group: string } | { kind: 'default' };
  lock: LockReach | null;
}

export interface EffectiveValue extends SourcedValue {
  /** The values that lost, the strongest first. */
  losers: SourcedValue[];
  /** Nothing but the alphabet decided between two different values. */
  tie: boolean;
}

/** A value that a device or a group holds itself. */
export interface OwnValue {
  value: string;
  secret: boolean;
}

export interface ProfileInput {
  /** The device's groups and all above them. */
  groups: readonly string[];
  settingsOf: (group: string) => Settings;
  priorityOf: (group: string) => number;
  own: ReadonlyMap<string, OwnValue>;
  /** The installation's value of a name; null = none. */
  defaultOf: (name: string) => OwnValue | null;
}

interface Held {
  group: string;
  setting: GroupSetting;
}

/**
 * The effective value of one name (groups-profiles.md §6): the lock nearest the root, else the device's own, else the
 * groups' (the deepest of a branch; between branches priority, depth, device types, alphabet), else the default.
 */
export function effectiveValue(name: string, input: ProfileInput): EffectiveValue | null {
  const held = input.groups.flatMap((group): Held[] => {
    const setting = input.settingsOf(group).get(name);
    return setting ? [{ group, setting }] : [];
  });
  const own = input.own.get(name);
  const fallback = input.defaultOf(name);
  const ranked: SourcedValue[] = [];
  const locks = held
    .filter(({ setting }) => setting.lock !== null)
    .sort((one, other) => depthOf(one.group) - depthOf(other.group) || strength(one, other, input));
  const lock = locks[0];
  const ofDevice: SourcedValue[] = own ? [{ ...own, source: { kind: 'device' }, lock: null }] : [];
  if (!lock || lock.setting.lock === 'groups') ranked.push(...ofDevice);
  if (lock) ranked.push(ofGroup(lock));
  if (lock?.setting.lock === 'groups-and-devices') ranked.push(...ofDevice);
  const rest = byStrength(
    held.filter((one) => one !== lock),
    input,
  );
  ranked.push(...rest.map(ofGroup));
  if (fallback) ranked.push({ ...fallback, source: { kind: 'default' }, lock: null });
  const [winner, ...losers] = ranked;
  if (!winner) return null;
  return { ...winner, losers, tie: isTie(winner, lock ? locks : deepestOf(rest), input) };
}

/** All names that have a value for the device, in the order of the alphabet. */
export function computedProfile(
  input: ProfileInput,
  defaults: Iterable<string> = [],
): Map<string, EffectiveValue> {
  const names = new Set<string>([...input.own.keys(), ...defaults]);
  for (const group of input.groups) for (const name of input.settingsOf(group).keys()) names.add(name);
  const profile = new Map<string, EffectiveValue>();
  for (const name of [...names].sort(compareNames)) {
    const value = effectiveValue(name, input);
    if (value) profile.set(name, value);
  }
  return profile;
}

function ofGroup({ group, setting }: Held): SourcedValue {
  const { value, secret, lock } = setting;
  return { value, secret, source: { kind: 'group', group }, lock };
}

/** First those with none deeper on their branch, then those that would come up if these were gone, and so on. */
function byStrength(held: readonly Held[], input: ProfileInput): Held[] {
  const order: Held[] = [];
  let left = [...held];
  while (left.length > 0) {
    const [strongest] = deepestOf(left).sort((one, other) => strength(one, other, input));
    if (!strongest) break;
    order.push(strongest);
    left = left.filter((one) => one !== strongest);
  }
  return order;
}

/** Those that nobody deeper on their branch overrides. */
function deepestOf(held: readonly Held[]): Held[] {
  return held.filter(({ group }) => !held.some((other) => isBelow(other.group, group)));
}

/** Between branches. */
function strength(one: Held, other: Held, { priorityOf }: ProfileInput): number {
  return (
    priorityOf(other.group) - priorityOf(one.group) ||
    depthOf(other.group) - depthOf(one.group) ||
    Number(isDeviceType(other.group)) - Number(isDeviceType(one.group)) ||
    compareNames(one.group, other.group)
  );
}

function isTie(winner: SourcedValue, held: readonly Held[], input: ProfileInput): boolean {
  const { source } = winner;
  if (source.kind !== 'group') return false;
  return held.some(
    ({ group, setting }) =>
      group !== source.group &&
      setting.value !== winner.value &&
      depthOf(group) === depthOf(source.group) &&
      input.priorityOf(group) === input.priorityOf(source.group) &&
      isDeviceType(group) === isDeviceType(source.group),
  );
}
