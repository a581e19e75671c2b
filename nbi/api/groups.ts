import { z } from 'zod';
import { cursor, domain, flag, identity, limit } from '../schemas/common.js';
import { deviceList } from '../schemas/device.js';
import {
  activityList,
  deviceGroups,
  group,
  groupInput,
  groupKind,
  groupList,
  groupName,
  groupPatch,
  groupReplace,
  groupStatistics,
  membersChanged,
  membersInput,
  membersRemoval,
  withSubgroups,
} from '../schemas/group.js';
import { longSearch, pageOfSearch, searchQuery } from '../schemas/saved-filter.js';
import { operation } from './operation.js';
import { created, done, found, foundWithETag, listed, notModified } from './replies.js';

const tag = 'Groups';
const byName = { name: groupName };
const byId = { id: identity };

export const listGroups = operation('get', '/groups', {
  id: 'listGroups',
  tag,
  summary: 'List groups by name',
  access: 'groups.view',
  query: {
    limit,
    cursor,
    count: flag.optional(),
    q: z.string().max(200).optional().meta({ description: 'Part of the name or the description' }),
    parent: groupName.optional().meta({ description: 'Only groups directly below this one' }),
    kind: groupKind.optional(),
    domain: domain.optional().meta({ description: 'A domain, or one below it' }),
  },
  responses: { 200: listed(groupList, 'A page of groups') },
});

export const createGroup = operation('post', '/groups', {
  id: 'createGroup',
  tag,
  summary: 'Add a group below another',
  access: 'groups.manage',
  body: groupInput,
  bodyExample: { name: 'root.region', description: 'By region', priority: 5 },
  responses: { 201: created(group, 'The group') },
  problems: ['conflict', 'not-found'],
});

export const getGroup = operation('get', '/groups/{name}', {
  id: 'getGroup',
  tag,
  summary: 'Get a group',
  access: 'groups.view',
  params: byName,
  responses: { 200: foundWithETag(group, 'The group'), 304: notModified },
  problems: ['not-found'],
});

export const putGroup = operation('put', '/groups/{name}', {
  id: 'putGroup',
  tag,
  summary: 'Create or replace a group',
  access: 'groups.manage',
  params: byName,
  body: groupReplace,
  ifMatch: 'optional',
  responses: { 200: foundWithETag(group, 'The group'), 201: created(group, 'The group was created') },
  problems: ['stale', 'conflict', 'not-found'],
});

export const patchGroup = operation('patch', '/groups/{name}', {
  id: 'patchGroup',
  tag,
  summary: 'Change a group; its name is fixed',
  access: 'groups.manage',
  params: byName,
  body: groupPatch,
  bodyExample: { priority: 9 },
  ifMatch: 'optional',
  responses: { 200: foundWithETag(group, 'The group') },
  problems: ['not-found', 'stale', 'conflict'],
});

export const deleteGroup = operation('delete', '/groups/{name}', {
  id: 'deleteGroup',
  tag,
  summary: 'Delete a group with its rules and its profile; members are detached, never deleted',
  description:
    'Refused while it has subgroups or carries tasks. Deleting it with its subgroups is for administrators.',
  access: 'groups.manage',
  params: byName,
  query: { subgroups: withSubgroups },
  ifMatch: 'optional',
  responses: { 204: done },
  problems: ['not-found', 'stale', 'in-use'],
});

export const listMembers = operation('get', '/groups/{name}/members', {
  id: 'listMembers',
  tag,
  summary: 'Devices of a group by identity',
  access: 'groups.view',
  params: byName,
  query: {
    limit,
    cursor,
    count: flag.optional(),
    subgroups: withSubgroups,
    q: z.string().max(200).optional(),
    ...searchQuery,
    fields: z.string().max(2_000).optional(),
  },
  responses: { 200: listed(deviceList, 'A page of devices') },
  problems: ['not-found'],
});

export const searchMembers = operation('post', '/groups/{name}/members/search', {
  id: 'searchMembers',
  tag,
  summary: 'Devices of a group by a long filter',
  access: 'groups.view',
  params: byName,
  body: z
    .strictObject({
      ...pageOfSearch,
      subgroups: z.boolean().optional(),
      q: z.string().max(200).optional(),
      ...longSearch,
      fields: z.string().max(2_000).optional(),
    })
    .meta({ id: 'MemberSearch' }),
  bodyExample: { subgroups: true, expression: "${device.getProperty('site') == 'A'}" },
  audited: false,
  responses: { 200: listed(deviceList, 'A page of devices') },
  problems: ['not-found'],
});

export const addMembers = operation('post', '/groups/{name}/members', {
  id: 'addMembers',
  tag,
  summary: 'Let devices join, named ones or all that match a search',
  description: 'Being a member already is no error.',
  access: 'devices.groups',
  params: byName,
  body: membersInput,
  bodyExample: { search: { filter: 'model eq "X1"' } },
  responses: { 200: found(membersChanged, 'What changed') },
  problems: ['not-found'],
});

export const removeMembers = operation('post', '/groups/{name}/members/remove', {
  id: 'removeMembers',
  tag,
  summary: 'Let devices leave, named ones or all that match a search',
  access: 'devices.groups',
  params: byName,
  body: membersRemoval,
  bodyExample: { devices: ['02A0C4-GW-E5CAE8'] },
  responses: { 200: found(membersChanged, 'What changed') },
  problems: ['not-found'],
});

export const removeMember = operation('delete', '/groups/{name}/members/{id}', {
  id: 'removeMember',
  tag,
  summary: 'Let one device leave',
  access: 'devices.groups',
  params: { ...byName, ...byId },
  responses: { 204: done },
  problems: ['not-found'],
});

export const detachAll = operation('post', '/groups/{name}/detach-all', {
  id: 'detachAll',
  tag,
  summary: 'Take all devices out of a group; they stay in the inventory',
  access: 'groups.manage',
  params: byName,
  body: z.strictObject({ subgroups: z.boolean().optional() }).meta({ id: 'DetachInput' }),
  responses: { 200: found(membersChanged, 'What changed') },
  problems: ['not-found', 'conflict'],
});

export const getGroupStatistics = operation('get', '/groups/{name}/statistics', {
  id: 'getGroupStatistics',
  tag,
  summary: 'How many devices are in a group',
  description: 'Counted on demand and kept for five minutes.',
  access: 'groups.view',
  params: byName,
  query: { refresh: flag.optional().meta({ description: 'Count anew' }) },
  responses: { 200: found(groupStatistics, 'The counts') },
  problems: ['not-found'],
});

export const listDeviceGroups = operation('get', '/devices/{id}/groups', {
  id: 'listDeviceGroups',
  tag,
  summary: 'Groups of a device, direct and inherited',
  access: 'devices.read',
  params: byId,
  responses: { 200: found(deviceGroups, 'The groups in view') },
  problems: ['not-found'],
});

export const joinGroups = operation('post', '/devices/{id}/groups', {
  id: 'joinGroups',
  tag,
  summary: 'Let a device join groups',
  access: 'devices.groups',
  params: byId,
  body: z.strictObject({ groups: z.array(groupName).min(1).max(1_000) }).meta({ id: 'JoinGroups' }),
  bodyExample: { groups: ['root.region.north'] },
  responses: { 200: found(deviceGroups, 'The groups in view') },
  problems: ['not-found'],
});

export const leaveGroup = operation('delete', '/devices/{id}/groups/{name}', {
  id: 'leaveGroup',
  tag,
  summary: 'Let a device leave a group',
  access: 'devices.groups',
  params: { ...byId, ...byName },
  query: { subgroups: withSubgroups },
  responses: { 204: done },
  problems: ['not-found'],
});

export const listActivity = operation('get', '/devices/{id}/activity', {
  id: 'listActivity',
  tag,
  summary: 'Who let a device join and leave groups, newest first',
  access: 'devices.read',
  params: byId,
  query: { limit, cursor },
  responses: { 200: listed(activityList, 'A page of entries') },
  problems: ['not-found'],
});
