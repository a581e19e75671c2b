import type { GroupSetting, ProfilePatch } from '../api/types.js';

export type Lock = GroupSetting['lock'];

/** What an operator has staged for one name; null = it is to be removed. */
export interface SettingDraft {
  value: string;
  secret: boolean;
  lock: Lock;
}
export type StagedSettings = Readonly<Record<string, SettingDraft | null>>;

export interface SettingRow extends SettingDraft {
  name: string;
  state: 'same' | 'changed' | 'added' | 'removed';
  stored: GroupSetting | null;
}

const plain = ({ value, secret, lock }: SettingDraft): SettingDraft => ({ value, secret, lock });

/** The stored values with the staged ones put in, by name. */
export function settingRows(stored: readonly GroupSetting[], staged: StagedSettings): SettingRow[] {
  const kept = stored.map((one): SettingRow => {
    const draft = staged[one.name];
    if (draft === undefined) return { ...plain(one), name: one.name, state: 'same', stored: one };
    if (draft === null) return { ...plain(one), name: one.name, state: 'removed', stored: one };
    return { ...draft, name: one.name, state: 'changed', stored: one };
  });
  const known = new Set(stored.map((one) => one.name));
  const added = Object.entries(staged).flatMap(([name, draft]): SettingRow[] =>
    known.has(name) || draft === null ? [] : [{ ...draft, name, state: 'added', stored: null }],
  );
  return [...kept, ...added].sort((a, b) => a.name.localeCompare(b.name));
}

/** Stages one value; what equals the stored one is no change, and removing what was only staged forgets it. */
export function stage(
  stored: readonly GroupSetting[],
  staged: StagedSettings,
  name: string,
  draft: SettingDraft | null,
): StagedSettings {
  const { [name]: _, ...rest } = staged;
  const held = stored.find((one) => one.name === name);
  if (draft === null) return held ? { ...rest, [name]: null } : rest;
  const same =
    held !== undefined &&
    held.value === draft.value &&
    held.secret === draft.secret &&
    held.lock === draft.lock;
  return same ? rest : { ...rest, [name]: plain(draft) };
}

/** What is sent: of a changed value only what differs, so that a lock is not touched without need. */
export function profilePatch(stored: readonly GroupSetting[], staged: StagedSettings): ProfilePatch {
  const patch: ProfilePatch = {};
  for (const [name, draft] of Object.entries(staged)) {
    const held = stored.find((one) => one.name === name);
    if (draft === null) patch[name] = null;
    else if (held === undefined) {
      patch[name] = { value: draft.value, secret: draft.secret, ...(draft.lock ? { lock: draft.lock } : {}) };
    } else {
      patch[name] = {
        ...(draft.value === held.value ? {} : { value: draft.value }),
        ...(draft.secret === held.secret ? {} : { secret: draft.secret }),
        ...(draft.lock === held.lock ? {} : { lock: draft.lock }),
      };
    }
  }
  return patch;
}
