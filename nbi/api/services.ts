import type { z } from 'zod';
import { flag, identity } from '../schemas/common.js';
import { groupName } from '../schemas/group.js';
import {
  deviceServiceList,
  groupService,
  groupServiceInput,
  groupServiceList,
  service,
  serviceInput,
  serviceKey,
  serviceList,
  serviceMigrated,
  serviceMigration,
  serviceOrder,
  servicePatch,
} from '../schemas/service.js';
import { taskProblems, taskReplies } from './actions.js';
import { operation } from './operation.js';
import { created, done, found, foundWithETag, listed, notModified } from './replies.js';

const tag = 'Services';
const byKey = { key: serviceKey };
const mayRead = [
  'services.manage',
  'services.toggle',
  'services.configure',
  'services.migrate',
  'groups.view',
] as const;

export const listServices = operation('get', '/services', {
  id: 'listServices',
  tag,
  summary: 'List the services that can be switched on devices, by caption',
  access: mayRead,
  responses: { 200: listed(serviceList, 'All that can be used from the caller’s domain') },
});

export const createService = operation('post', '/services', {
  id: 'createService',
  tag,
  summary: 'Add a service',
  access: 'services.manage',
  body: serviceInput,
  bodyExample: {
    key: 'guest-wifi',
    caption: 'Guest Wi-Fi',
    activate: 'Guest Wi-Fi on',
    deactivate: 'Guest Wi-Fi off',
  },
  responses: { 201: created(service, 'The service') },
  problems: ['conflict'],
});

export const getService = operation('get', '/services/{key}', {
  id: 'getService',
  tag,
  summary: 'Get a service',
  access: mayRead,
  params: byKey,
  responses: { 200: foundWithETag(service, 'The service'), 304: notModified },
  problems: ['not-found'],
});

export const patchService = operation('patch', '/services/{key}', {
  id: 'patchService',
  tag,
  summary: 'Change a service',
  access: 'services.manage',
  params: byKey,
  body: servicePatch,
  bodyExample: { caption: 'Wi-Fi for guests' },
  ifMatch: 'optional',
  responses: { 200: foundWithETag(service, 'The service') },
  problems: ['not-found', 'stale'],
});

export const deleteService = operation('delete', '/services/{key}', {
  id: 'deleteService',
  tag,
  summary: 'Delete a service',
  description: 'Refused while it is active on a device, unless `confirmed`. What it has set up there stays.',
  access: 'services.manage',
  params: byKey,
  query: { confirmed: flag.optional() },
  ifMatch: 'optional',
  responses: { 204: done },
  problems: ['not-found', 'stale', 'in-use'],
});

const onDevice = { id: identity, key: serviceKey };

export const listDeviceServices = operation('get', '/devices/{id}/services', {
  id: 'listDeviceServices',
  tag,
  summary: 'Services of a device: those that it is offered, and those that it has had',
  access: 'devices.read',
  params: { id: identity },
  responses: { 200: listed(deviceServiceList, 'By caption') },
  problems: ['not-found'],
});

function order(
  verb: 'activate' | 'deactivate' | 'configure',
  { id, summary, access }: { id: string; summary: string; access: 'services.toggle' | 'services.configure' },
) {
  return operation('post', `/devices/{id}/services/{key}/${verb}`, {
    ...{ id, tag, summary, access },
    params: onDevice,
    body: serviceOrder,
    bodyRequired: false,
    bodyExample: verb === 'deactivate' ? {} : { parameters: { ssid: 'Guests' }, connect: 'try' },
    wait: true,
    responses: taskReplies,
    problems: [...taskProblems, 'conflict'],
  });
}

export const activateService = order('activate', {
  id: 'activateService',
  summary: 'Switch a service on, by a task with the values that its template asks for',
  access: 'services.toggle',
});

export const deactivateService = order('deactivate', {
  id: 'deactivateService',
  summary: 'Switch a service off, by a task',
  access: 'services.toggle',
});

export const configureService = order('configure', {
  id: 'configureService',
  summary: 'Change a service that is on, by a task of its configure template',
  access: 'services.configure',
});

export const migrateService = operation('post', '/devices/{id}/services/{key}/migrate', {
  id: 'migrateService',
  tag,
  summary: 'Activate a service on another device with the same values, and deactivate it here',
  access: 'services.migrate',
  params: onDevice,
  body: serviceMigration,
  bodyExample: { to: '02A0C4-GW-E5CAE9' },
  responses: { 201: found(serviceMigrated, 'The tasks') },
  problems: ['not-found', 'conflict'],
});

export const listGroupServices = operation('get', '/groups/{name}/services', {
  id: 'listGroupServices',
  tag,
  summary: 'Which services a group offers to its members',
  access: 'groups.view',
  params: { name: groupName },
  query: { count: flag.optional().meta({ description: 'Also count the members on which each is active' }) },
  responses: { 200: listed(groupServiceList, 'By caption') },
  problems: ['not-found'],
});

export const putGroupService = operation('put', '/groups/{name}/services/{key}', {
  id: 'putGroupService',
  tag,
  summary: 'Offer a service to the members of a group, or withdraw it',
  description: 'Sets the property `services.available.<key>` in the profile of the group.',
  access: 'groups.services',
  params: { name: groupName, ...byKey },
  body: groupServiceInput,
  bodyExample: { offered: true },
  responses: { 200: found(groupService, 'As it is now') },
  problems: ['not-found'],
});

/** Types of the bodies, for the handlers. */
export type ServiceOrder = z.output<typeof serviceOrder>;
