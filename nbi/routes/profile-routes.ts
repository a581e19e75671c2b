import type { Profile, ProfilePatch, SettingInput } from '../../acs/devices/groups/profiles.js';
import { computedProfileOf, computedProfileOfGroup } from '../../acs/devices/groups/setting-view.js';
import { SECRET_MASK } from '../../acs/devices/secret-paths.js';
import type { Caller } from '../access/caller.js';
import {
  copyProfile,
  getDeviceProfile,
  getGroupEffectiveProfile,
  getImpact,
  getProfile,
  patchProfile,
  putProfile,
} from '../api/profiles.js';
import { reply, type NbiRequest, type Reply } from '../http/request.js';
import { implement } from '../http/route.js';
import type { Services } from '../services.js';
import { effectiveJson, profileJson, type SecretView } from '../views/profile-view.js';
import { visibleDevice, groupInView } from './visible.js';

export const profileRoutes = [
  implement(getProfile, async (request, services) => {
    const { params, query, caller } = request;
    await groupInView(params.name, caller, services);
    const profile = await services.groups.profiles.get(params.name);
    const view = secretView(params.name, request, services);
    return reply(200, profileJson(params.name, profile, view, query.q), { version: profile.version });
  }),

  implement(putProfile, async (request, services) => {
    const { params, body, caller } = request;
    await groupInView(params.name, caller, services);
    const before = await services.groups.profiles.get(params.name);
    const patch = new Map<string, SettingInput | null>();
    for (const name of before.values.keys()) patch.set(name, null);
    for (const [name, input] of Object.entries(body)) {
      const value = keptValue(input.value);
      patch.set(name, { secret: false, ...input, value, lock: input.lock ?? null });
      // A mask that came back stands for a secret.
      if (input.value === SECRET_MASK && input.secret === undefined)
        patch.set(name, { value, lock: input.lock ?? null });
    }
    return await save(patch, before, request, services);
  }),

  implement(patchProfile, async (request, services) => {
    const { params, body, caller } = request;
    await groupInView(params.name, caller, services);
    const before = await services.groups.profiles.get(params.name);
    return await save(patchOf(body), before, request, services);
  }),

  implement(copyProfile, async (request, services) => {
    const { params, body, caller, ifMatch } = request;
    await groupInView(params.name, caller, services);
    await groupInView(body.from, caller, services);
    const before = await services.groups.profiles.get(params.name);
    ifMatch.check('profile', params.name, before.version);
    const source = await services.groups.profiles.get(body.from);
    if (body.names.some((name) => lockOf(source, name) !== lockOf(before, name))) caller.need('groups.lock');
    const after = await services.groups.profiles.copy(params.name, body, {
      user: caller.login,
      version: before.version,
    });
    return saved(before, after, request, services);
  }),

  implement(getImpact, async ({ params, body, caller }, services) => {
    await groupInView(params.name, caller, services);
    return reply(200, await services.groups.profiles.impact(params.name, patchOf(body), caller.domain));
  }),

  implement(getGroupEffectiveProfile, async (request, services) => {
    const { params, query, caller } = request;
    await groupInView(params.name, caller, services);
    const known = await services.groups.cache.fresh();
    const values = computedProfileOfGroup(params.name, known);
    const view = secretView(params.name, request, services);
    return reply(200, effectiveJson(values, view, query.q, inView(caller, known)));
  }),

  implement(getDeviceProfile, async (request, services) => {
    const { params, query, caller } = request;
    const device = await visibleDevice(params.id, caller, services);
    const known = await services.groups.cache.fresh();
    const values = computedProfileOf(device, known);
    const view = secretView(device._id, request, services);
    return reply(200, effectiveJson(values, view, query.q, inView(caller, known)));
  }),
];

type Asking = Pick<NbiRequest<{ name: string }>, 'params' | 'caller' | 'ifMatch' | 'showSecrets'>;

async function save(
  patch: ProfilePatch,
  before: Profile,
  request: Asking,
  services: Services,
): Promise<Reply> {
  const { params, caller, ifMatch } = request;
  ifMatch.check('profile', params.name, before.version);
  for (const [name, input] of patch) {
    const lock = input === null ? null : input.lock;
    if (lock !== undefined && lock !== lockOf(before, name)) caller.need('groups.lock');
  }
  const after = await services.groups.profiles.save(params.name, patch, {
    user: caller.login,
    version: before.version,
  });
  return saved(before, after, request, services);
}

function saved(before: Profile, after: Profile, request: Asking, services: Services): Reply {
  const { name } = request.params;
  const hidden: SecretView = { open: () => SECRET_MASK, showSecrets: () => false };
  return reply(200, profileJson(name, after, secretView(name, request, services)), {
    version: after.version,
    object: name,
    difference: changedNames(before, after, hidden),
  });
}

/** Old and new of what changed, secrets masked. */
function changedNames(before: Profile, after: Profile, hidden: SecretView): Record<string, unknown> {
  const changed = (values: Profile['values'], others: Profile['values']): Profile => ({
    values: new Map([...values].filter(([name, setting]) => others.get(name) !== setting)),
    version: 0,
  });
  const json = (profile: Profile) => profileJson('', profile, hidden).items;
  return {
    before: json(changed(before.values, after.values)),
    after: json(changed(after.values, before.values)),
  };
}

function lockOf(profile: Profile, name: string) {
  return profile.values.get(name)?.lock ?? null;
}

function patchOf(body: Readonly<Record<string, SettingInput | null>>): ProfilePatch {
  return new Map(
    Object.entries(body).map(([name, input]) => [
      name,
      input === null ? null : { ...input, value: keptValue(input.value) },
    ]),
  );
}

/** A mask that came back stands for what is stored. */
function keptValue(value: string | undefined): string | undefined {
  return value === SECRET_MASK ? undefined : value;
}

function secretView(
  object: string,
  request: Pick<NbiRequest, 'showSecrets'>,
  { secretBox }: Services,
): SecretView {
  return { open: (sealed) => secretBox.open(sealed), showSecrets: () => request.showSecrets(object) };
}

function inView(
  caller: Caller,
  { tree }: Awaited<ReturnType<Services['groups']['cache']['fresh']>>,
): (group: string) => boolean {
  return (name) => {
    const group = tree.get(name);
    return group === null ? caller.domain === '/' : caller.sees(group.domain);
  };
}
