import type { DeviceRecord } from '../../../store/models/device.js';
import type { GroupKnowledge } from './group-cache.js';
import {
  computedProfile,
  effectiveValue,
  type EffectiveValue,
  type OwnValue,
  type ProfileInput,
} from './profile.js';

export type Settled = Pick<DeviceRecord, 'groups' | 'properties' | 'secretProperties'>;

/** The device's own properties; secret ones sealed. */
export function ownValues(device: Settled): Map<string, OwnValue> {
  const own = new Map<string, OwnValue>();
  for (const [name, value] of Object.entries(device.properties)) own.set(name, { value, secret: false });
  for (const [name, value] of Object.entries(device.secretProperties ?? {}))
    own.set(name, { value, secret: true });
  return own;
}

/** What the computed profile of a device is computed from. */
export function profileInput(device: Settled, { tree, descriptors }: GroupKnowledge): ProfileInput {
  return {
    groups: tree.memberships(device.groups).all,
    settingsOf: (group) => tree.settings(group),
    priorityOf: (group) => tree.priority(group),
    own: ownValues(device),
    defaultOf: (name) => descriptors.defaultOf(name),
  };
}

/** The computed profile of a device: every effective value with its source and what lost (groups-profiles.md §6). */
export function computedProfileOf(device: Settled, known: GroupKnowledge): Map<string, EffectiveValue> {
  return computedProfile(profileInput(device, known), known.descriptors.defaults());
}

/** The computed profile of the direct members of a group that have nothing of their own. */
export function computedProfileOfGroup(group: string, known: GroupKnowledge): Map<string, EffectiveValue> {
  return computedProfileOf({ groups: [group], properties: {} }, known);
}

/**
 * `sv` of expressions (expressions.md §6.2): one name at a time, so that nothing is computed that nobody asks for.
 * `reveal` opens a sealed value, or masks it.
 */
export function settingView(
  device: Settled,
  known: GroupKnowledge,
  reveal: (sealed: string) => string,
): (name: string) => string | null {
  const input = profileInput(device, known);
  return (name) => {
    const found = effectiveValue(name, input);
    if (!found) return null;
    return found.secret ? reveal(found.value) : found.value;
  };
}
