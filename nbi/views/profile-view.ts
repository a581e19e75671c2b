import type { Descriptor } from '../../acs/devices/groups/descriptors.js';
import type { EffectiveValue, SourcedValue } from '../../acs/devices/groups/profile.js';
import type { Profile } from '../../acs/devices/groups/profiles.js';
import { SECRET_MASK } from '../../acs/devices/secret-paths.js';
import type { SealedSecret } from '../../common/secret-box.js';
import { isSecretName } from '../../acs/devices/secret-names.js';

export interface SecretView {
  open: (sealed: SealedSecret) => string;
  /** Asked only when there is something to hide. */
  showSecrets: () => boolean;
}

interface Kept {
  value: string;
  secret: boolean;
}

/** A value as this reader may see it; names that look like passwords are secrets too (administration.md §13). */
export function shownValue(name: string, { value, secret }: Kept, view: SecretView): string {
  if (!secret && (value === '' || !isSecretName(name))) return value;
  if (!view.showSecrets()) return SECRET_MASK;
  return secret ? view.open(value) : value;
}

/** Part of a name, or of a value that this reader may search. */
export function fits(name: string, { value, secret }: Kept, q: string | undefined): boolean {
  const part = (q ?? '').trim().toLowerCase();
  if (part === '' || name.toLowerCase().includes(part)) return true;
  return !secret && !isSecretName(name) && value.toLowerCase().includes(part);
}

export function profileJson(group: string, { values, version }: Profile, view: SecretView, q?: string) {
  const items = [...values]
    .filter(([name, setting]) => fits(name, setting, q))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, setting]) => ({
      name,
      value: shownValue(name, setting, view),
      secret: setting.secret,
      lock: setting.lock,
      editedAt: setting.editedAt.toISOString(),
      editedBy: setting.editedBy,
    }));
  return { group, items, version };
}

export function effectiveJson(
  values: ReadonlyMap<string, EffectiveValue>,
  view: SecretView,
  q: string | undefined,
  inView: (group: string) => boolean,
) {
  const sourcedJson = (name: string, sourced: SourcedValue) => {
    const { source, secret, lock } = sourced;
    const named = source.kind === 'group' && inView(source.group) ? source.group : null;
    return {
      value: shownValue(name, sourced, view),
      secret,
      source: { kind: source.kind, group: named },
      lock,
    };
  };
  const items = [...values]
    .filter(([name, value]) => fits(name, value, q))
    .map(([name, value]) => ({
      name,
      ...sourcedJson(name, value),
      tie: value.tie,
      losers: value.losers.map((loser) => sourcedJson(name, loser)),
    }));
  return { items };
}

export function descriptorJson({ _id, ...fields }: Descriptor) {
  const { category, type, description, allowed, secret, usedBy, predefined, version } = fields;
  return {
    name: _id,
    ...{ category, type, description, default: fields.default, allowed, secret, usedBy, predefined, version },
  };
}
