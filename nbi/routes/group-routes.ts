import type { FilterNode, MongoFilter } from '../../acs/devices/filter.js';
import type { GroupTree } from '../../acs/devices/groups/group-tree.js';
import { ConflictError, ForbiddenError, NotFoundError } from '../../common/errors.js';
import type { GroupRecord } from '../../store/models/group.js';
import type { Caller } from '../access/caller.js';
import {
  addMembers,
  createGroup,
  deleteGroup,
  detachAll,
  getGroup,
  getGroupStatistics,
  listGroups,
  listMembers,
  patchGroup,
  putGroup,
  removeMember,
  removeMembers,
  searchMembers,
} from '../api/groups.js';
import { decodeCursor, DEFAULT_LIMIT, encodeCursor, pageReply } from '../http/lists.js';
import { ProblemError } from '../http/problem-error.js';
import { reply, type NbiRequest, type Reply } from '../http/request.js';
import { implement } from '../http/route.js';
import { BASE_PATH } from '../openapi.js';
import { findDevices } from '../search/find-devices.js';
import type { Services } from '../services.js';
import { groupJson } from '../views/group-view.js';
import { devicesJson, parseFields } from './device-fields.js';
import { deviceQuery, type DeviceListQuery } from './device-query.js';
import { visibleDevice, groupInView } from './visible.js';

export const groupRoutes = [
  implement(listGroups, async ({ query, caller }, { groups }) => {
    const tree = await groups.groups.tree();
    const limit = query.limit ?? DEFAULT_LIMIT;
    const after = query.cursor === undefined ? '' : decodeCursor(query.cursor, ['string'])[0];
    const found = named(tree, query, caller);
    const behind = found.filter(({ _id }) => _id > after);
    const items = behind.slice(0, limit);
    const last = items.at(-1);
    return reply(200, {
      items: items.map((group) => groupJson(group, tree)),
      next: behind.length > limit && last ? encodeCursor([last._id]) : null,
      ...(query.count === true ? { total: found.length } : {}),
    });
  }),

  implement(createGroup, async ({ body, caller }, services) => {
    const tree = await services.groups.groups.tree();
    const { name, ...rest } = body;
    return await create(name, rest, { tree, caller }, services);
  }),

  implement(getGroup, async ({ params, caller }, services) => {
    const group = await groupInView(params.name, caller, services);
    const tree = await services.groups.groups.tree();
    return reply(200, groupJson(group, tree), { version: group.version });
  }),

  implement(putGroup, async ({ params, body, caller, ifMatch, raw }, services) => {
    const tree = await services.groups.groups.tree();
    const known = tree.get(params.name);
    if (!known) {
      ifMatch.mustExist('group', params.name);
      return await create(params.name, body, { tree, caller }, services);
    }
    caller.mustSee(known.domain, 'group', params.name);
    if (raw.headers['if-none-match']?.trim() === '*')
      throw new ProblemError('stale', `group ${params.name} exists already`);
    ifMatch.check('group', params.name, known.version);
    return await edit(known, { description: '', priority: null, ...body }, { caller, ifMatch }, services);
  }),

  implement(patchGroup, async ({ params, body, caller, ifMatch }, services) => {
    const before = await groupInView(params.name, caller, services);
    ifMatch.check('group', params.name, before.version);
    return await edit(before, body, { caller, ifMatch }, services);
  }),

  implement(deleteGroup, async ({ params, query, caller, ifMatch }, services) => {
    const group = await groupInView(params.name, caller, services);
    ifMatch.check('group', params.name, group.version);
    const tree = await services.groups.groups.tree();
    if (query.subgroups === true && tree.childCount(params.name) > 0 && !caller.administers)
      throw new ForbiddenError('administrator');
    const before = groupJson(group, tree);
    await services.groups.groups.remove(params.name, {
      user: caller.login,
      ...(ifMatch.versions !== null && { version: group.version }),
      subgroups: query.subgroups === true,
    });
    return reply(204, undefined, { object: params.name, difference: { before } });
  }),

  implement(listMembers, async (request, services) =>
    membersPage(request.params.name, request.query, request, services),
  ),

  implement(searchMembers, async (request, services) =>
    membersPage(request.params.name, request.body, request, services),
  ),

  implement(addMembers, async ({ params, body, caller }, services) => {
    await groupInView(params.name, caller, services);
    const { condition, missing } = await chosen(body, caller, services);
    const changed = await services.groups.memberships.joinAll(condition, params.name, by(caller));
    return changedReply(params.name, { changed, missing }, body);
  }),

  implement(removeMembers, async ({ params, body, caller }, services) => {
    await groupInView(params.name, caller, services);
    const { subgroups = false, ...which } = body;
    const { condition, missing } = await chosen(which, caller, services);
    const options = { subgroups };
    const changed = await services.groups.memberships.leaveAll(condition, params.name, by(caller), options);
    return changedReply(params.name, { changed, missing }, body);
  }),

  implement(removeMember, async ({ params, caller }, services) => {
    await groupInView(params.name, caller, services);
    const device = await visibleDevice(params.id, caller, services);
    if (!device.groups.includes(params.name)) throw new NotFoundError('member', params.id);
    const left = await services.groups.memberships.leave(device._id, [params.name], by(caller), {
      subgroups: false,
    });
    if (!left) throw new ConflictError('Which device type a device is of is for the ACS to say');
    return reply(204, undefined, { object: params.name, difference: { left: device._id } });
  }),

  implement(detachAll, async ({ params, body, caller }, services) => {
    await groupInView(params.name, caller, services);
    const changed = await services.groups.groups.detachAll(params.name, {
      user: caller.login,
      view: caller.domain,
      subgroups: body.subgroups === true,
    });
    return changedReply(params.name, { changed, missing: [] }, {});
  }),

  implement(getGroupStatistics, async ({ params, query, caller }, services) => {
    await groupInView(params.name, caller, services);
    const { direct, total, countedAt } = await services.groups.groups.counts(params.name, {
      view: caller.domain,
      refresh: query.refresh === true,
    });
    return reply(200, { direct, total, countedAt: countedAt.toISOString() });
  }),
];

interface GroupFields {
  domain?: string | undefined;
  description?: string | undefined;
  priority?: number | null | undefined;
}

async function create(
  name: string,
  fields: GroupFields,
  { tree, caller }: { tree: GroupTree; caller: Caller },
  { groups }: Services,
): Promise<Reply> {
  const above = name.slice(0, Math.max(0, name.lastIndexOf('.')));
  const parent = tree.get(above);
  if (parent) caller.mustSee(parent.domain, 'group', above);
  const domain = fields.domain ?? caller.domain;
  caller.mustSee(domain, 'domain', domain);
  const group = await groups.groups.create({ ...fields, name, domain }, caller.login);
  const json = groupJson(group, await groups.groups.tree());
  return reply(201, json, {
    version: group.version,
    headers: { Location: `${BASE_PATH}/groups/${encodeURIComponent(name)}` },
    object: name,
    difference: { after: json },
  });
}

async function edit(
  before: GroupRecord,
  fields: GroupFields,
  { caller, ifMatch }: Pick<NbiRequest, 'caller' | 'ifMatch'>,
  { groups }: Services,
): Promise<Reply> {
  if (fields.domain !== undefined) caller.mustSee(fields.domain, 'domain', fields.domain);
  const was = groupJson(before, await groups.groups.tree());
  const after = await groups.groups.edit(before._id, fields, {
    user: caller.login,
    ...(ifMatch.versions !== null && { version: before.version }),
  });
  const json = groupJson(after, await groups.groups.tree());
  return reply(200, json, {
    version: after.version,
    object: before._id,
    difference: { before: was, after: json },
  });
}

interface GroupQuery {
  q?: string | undefined;
  parent?: string | undefined;
  kind?: string | undefined;
  domain?: string | undefined;
}

function named(tree: GroupTree, { q, parent, kind, domain }: GroupQuery, caller: Caller): GroupRecord[] {
  const part = (q ?? '').trim().toLowerCase();
  const names = parent === undefined ? tree.names() : tree.children(parent);
  return names
    .map((name) => tree.get(name))
    .filter((group): group is GroupRecord => group !== null)
    .filter(
      (group) =>
        caller.sees(group.domain) &&
        (kind === undefined || group.kind === kind) &&
        (domain === undefined || group.domain.startsWith(domain)) &&
        (part === '' || `${group._id}\n${group.description}`.toLowerCase().includes(part)),
    );
}

async function membersPage(
  name: string,
  { subgroups = false, ...query }: DeviceListQuery & { subgroups?: boolean | undefined },
  request: NbiRequest,
  services: Services,
): Promise<Reply> {
  const { caller } = request;
  await groupInView(name, caller, services);
  caller.need('devices.read');
  const choice = parseFields(query.fields, caller);
  const { filter, ...listed } = await deviceQuery({ ...query, sort: 'identity' }, caller, services);
  const member = memberNode(name, subgroups);
  const page = await findDevices(
    { ...listed, filter: { op: 'and', nodes: filter ? [member, filter] : [member] } },
    services,
  );
  return pageReply(
    { ...page, items: await devicesJson(page.items, choice, request, services) },
    (row) => row,
  );
}

function memberNode(name: string, subgroups: boolean): FilterNode {
  return { op: 'in', field: { name: subgroups ? 'group' : 'directGroup' }, values: [name] };
}

interface Chosen {
  devices?: string[] | undefined;
  search?: { q?: string | undefined; filter?: string | undefined } | undefined;
}

/** The devices that a bulk change means, within the caller's view. */
async function chosen(
  { devices, search }: Chosen,
  caller: Caller,
  services: Services,
): Promise<{ condition: MongoFilter; missing: string[] }> {
  const condition = await services.inventory.condition(await deviceQuery({ ...search }, caller, services));
  if (!devices) return { condition, missing: [] };
  const named = { $and: [condition, { _id: { $in: devices } }] };
  const present = new Set(await services.inventory.identities(named));
  return { condition: named, missing: devices.filter((id) => !present.has(id)) };
}

const by = (caller: Caller) => ({ actor: 'user' as const, id: caller.login });

function changedReply(
  group: string,
  result: { changed: number; missing: string[] },
  difference: Record<string, unknown>,
): Reply {
  return reply(200, result, { object: group, difference: { ...difference, changed: result.changed } });
}
