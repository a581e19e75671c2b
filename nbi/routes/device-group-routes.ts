import { ConflictError, NotFoundError } from '../../common/errors.js';
import type { DeviceRecord } from '../../store/models/device.js';
import type { Caller } from '../access/caller.js';
import { joinGroups, leaveGroup, listActivity, listDeviceGroups } from '../api/groups.js';
import { decodeCursor, DEFAULT_LIMIT, encodeCursor, foreignCursor } from '../http/lists.js';
import { reply } from '../http/request.js';
import { implement } from '../http/route.js';
import type { Services } from '../services.js';
import { activityJson } from '../views/group-view.js';
import { visibleDevice, groupInView } from './visible.js';

export const deviceGroupRoutes = [
  implement(listDeviceGroups, async ({ params, caller }, services) => {
    const device = await visibleDevice(params.id, caller, services);
    return reply(200, { items: await groupsOf(device, caller, services) });
  }),

  implement(joinGroups, async ({ params, body, caller }, services) => {
    const device = await visibleDevice(params.id, caller, services);
    for (const name of body.groups) await groupInView(name, caller, services);
    const changed = await services.groups.memberships.join(device._id, body.groups, {
      actor: 'user',
      id: caller.login,
    });
    const after = changed ? { ...device, groups: changed.groups } : device;
    return reply(
      200,
      { items: await groupsOf(after, caller, services) },
      { object: device._id, difference: { before: device.groups, after: after.groups } },
    );
  }),

  implement(leaveGroup, async ({ params, query, caller }, services) => {
    const device = await visibleDevice(params.id, caller, services);
    await groupInView(params.name, caller, services);
    const { direct, all } = (await services.groups.cache.current()).tree.memberships(device.groups);
    const subgroups = query.subgroups === true;
    if (!(subgroups ? all : direct).includes(params.name)) throw new NotFoundError('membership', params.name);
    const changed = await services.groups.memberships.leave(
      device._id,
      [params.name],
      { actor: 'user', id: caller.login },
      { subgroups },
    );
    if (!changed) throw new ConflictError('Which device type a device is of is for the ACS to say');
    const difference = { before: device.groups, after: changed.groups };
    return reply(204, undefined, { object: device._id, difference });
  }),

  implement(listActivity, async ({ params, query, caller }, services) => {
    const device = await visibleDevice(params.id, caller, services);
    const limit = query.limit ?? DEFAULT_LIMIT;
    const before = query.cursor === undefined ? {} : { before: placeOf(query.cursor) };
    const rows = await services.groups.memberships.activity(device._id, { limit: limit + 1, ...before });
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    const next =
      rows.length > limit && last ? encodeCursor([last.at.getTime(), last._id.toHexString()]) : null;
    return reply(200, { items: items.map(activityJson), next });
  }),
];

/** Direct ones first; those out of view are not told. */
async function groupsOf(device: DeviceRecord, caller: Caller, { groups }: Services) {
  const { tree } = await groups.cache.fresh();
  const { direct, all } = tree.memberships(device.groups);
  const joined = await groups.memberships.joinedBy(device._id, direct);
  const inherited = all.filter((name) => !direct.includes(name));
  return [...direct, ...inherited].flatMap((name) => {
    const group = tree.get(name);
    if (group ? !caller.sees(group.domain) : caller.domain !== '/') return [];
    const entry = joined.get(name);
    return {
      name,
      direct: direct.includes(name),
      kind: group?.kind ?? null,
      description: group?.description ?? '',
      effectivePriority: tree.priority(name),
      joined: entry ? { at: entry.at.toISOString(), actor: entry.actor, by: entry.by } : null,
    };
  });
}

function placeOf(cursor: string): { at: Date; id: string } {
  const [time, id] = decodeCursor(cursor, ['number', 'string']);
  const at = new Date(time);
  if (Number.isNaN(at.getTime()) || !/^[0-9a-f]{24}$/.test(id)) throw foreignCursor();
  return { at, id };
}
