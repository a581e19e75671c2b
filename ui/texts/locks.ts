import type { EffectiveValue, GroupSetting } from '../api/types.js';

export type LockReach = NonNullable<GroupSetting['lock']>;

/** What a lock beats (groups-profiles.md §6). */
export const LOCK_WORDS: Record<LockReach, string> = {
  groups: 'Beats the groups below',
  'groups-and-devices': 'Beats the groups below and the devices’ own values',
};

export const LOCK_SHORT: Record<LockReach, string> = {
  groups: 'groups below',
  'groups-and-devices': 'groups and devices',
};

export function sourceText(source: EffectiveValue['source']): string {
  if (source.kind === 'group') return source.group ?? '';
  return source.kind === 'device' ? 'the device itself' : 'the default';
}
