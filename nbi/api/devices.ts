import { z } from 'zod';
import {
  contactState,
  credentialsInput,
  device,
  deviceInput,
  deviceList,
  devicePatch,
  deviceReplace,
  deviceState,
  parameterList,
} from '../schemas/device.js';
import { cursor, flag, identity, limit, timeInput, wholeNumber, words } from '../schemas/common.js';
import { longSearch, pageOfSearch, searchQuery } from '../schemas/saved-filter.js';
import { addressUseList, tracedNameList, valueSampleList } from '../schemas/history.js';
import { connectionRequestList, sessionDetails, sessionList } from '../schemas/session.js';
import { EXPORT_MEDIA } from '../http/export.js';
import { operation } from './operation.js';
import { created, done, found, foundWithETag, listed, notModified } from './replies.js';

const tag = 'Devices';
const byId = { id: identity };
const contains = (what: string) => z.string().max(500).optional().meta({ description: what });

/** What devices are sorted by, with the names that the JSON has for it. */
export const DEVICE_SORTS: Readonly<Record<string, string>> = {
  identity: 'identity',
  serial: 'serial',
  serialNumber: 'serial',
  model: 'model',
  software: 'software',
  softwareVersion: 'software',
  ip: 'ip',
  wanIp: 'ip',
  createdAt: 'createdAt',
  lastVisit: 'lastVisit',
  lastBootstrap: 'lastBootstrap',
};
const SORTS = Object.keys(DEVICE_SORTS);

const sort = z
  .string()
  .max(200)
  .regex(
    new RegExp(`^-?(?:${SORTS.join('|')})(?:,-?(?:${SORTS.join('|')}))*$`),
    `Must be a list of ${SORTS.join(', ')}, each with a minus for descending order`,
  )
  .meta({
    description: `Comma-separated: ${SORTS.join(', ')}; a minus turns the order`,
    examples: ['-lastVisit'],
  });

const filter = z
  .string()
  .max(10_000)
  .meta({
    description:
      'Filter language: `model eq "X1" and lastVisit lt 2026-01-01T00:00:00Z and property["mac"] startsWith "AA"`; a pattern of `matches` repeats no group and has at most two of `*` and `+`',
    examples: ['model eq "X1" and tag eq "pilot"'],
  });

const fields = z
  .string()
  .max(2_000)
  .meta({
    description: 'Comma-separated names of fields; `parameters.<path>` adds a cached parameter',
    examples: ['identity,model,parameters.Device.DeviceInfo.UpTime'],
  });

const filters = {
  serial: contains('Serial number, exactly'),
  ip: contains('WAN address or source address, exactly'),
  mac: contains('MAC address, exactly, in any notation'),
  oui: contains('OUI, exactly'),
  model: contains('Model name, exactly'),
  software: contains('Software version, exactly'),
  group: contains('A group, or one below it'),
  domain: contains('A domain, or one below it'),
  tag: contains('A tag'),
  state: words(['in-session', 'on-time', 'overdue', 'inactive', 'never-seen']).optional(),
};

export const listDevices = operation('get', '/devices', {
  id: 'listDevices',
  tag,
  summary: 'List devices',
  description:
    'All conditions are joined by *and*. With `Accept: text/csv` or `application/x-ndjson` the whole result is streamed (permission `devices.export`).',
  access: 'devices.read',
  query: {
    limit,
    cursor,
    sort: sort.optional(),
    count: flag.optional(),
    q: z.string().max(200).optional().meta({
      description: 'Part of identity, serial number, MAC, address, model, description or an indexed value',
    }),
    ...searchQuery,
    filter: filter.optional(),
    fields: fields.optional(),
    ...filters,
    property: z
      .record(z.string().min(1).max(200), z.string().max(1_000))
      .optional()
      .meta({
        description: 'A property’s value: `property.NAME=…`',
        override: { type: 'object', additionalProperties: { type: 'string' } },
      }),
  },
  queryGroups: ['property'],
  responses: {
    200: {
      ...listed(deviceList, 'A page of devices; newest visit first unless sorted otherwise'),
      media: EXPORT_MEDIA,
    },
  },
  problems: ['not-found', 'not-acceptable'],
});

const deviceSearch = z
  .strictObject({
    ...pageOfSearch,
    sort: sort.optional(),
    q: z.string().max(200).optional(),
    ...longSearch,
    fields: fields.optional(),
    ...filters,
    state: z.array(contactState).max(5).optional(),
    property: z.record(z.string().min(1).max(200), z.string().max(1_000)).optional(),
    search: z
      .strictObject({
        column: z.string().max(200),
        operator: z.enum(['contains', 'startsWith', 'eq', 'ne']),
        text: z.string().max(500),
      })
      .optional()
      .meta({ description: 'The simple search in one column' }),
  })
  .meta({ id: 'DeviceSearch' });

export const searchDevices = operation('post', '/devices/search', {
  id: 'searchDevices',
  tag,
  summary: 'List devices by a long filter',
  access: 'devices.read',
  body: deviceSearch,
  bodyExample: { filter: 'model eq "X1"', sort: '-lastVisit', limit: 50 },
  audited: false,
  responses: { 200: listed(deviceList, 'A page of devices') },
});

export const createDevice = operation('post', '/devices', {
  id: 'createDevice',
  tag,
  summary: 'Add a device before it comes',
  access: 'devices.create',
  body: deviceInput,
  bodyExample: {
    oui: '02A0C4',
    productClass: 'GW',
    serialNumber: 'E5CAE8',
    properties: { customer: 'A-1001' },
  },
  responses: { 201: created(device, 'The device') },
  problems: ['conflict'],
});

export const getDevice = operation('get', '/devices/{id}', {
  id: 'getDevice',
  tag,
  summary: 'Get a device',
  access: 'devices.read',
  params: byId,
  responses: { 200: foundWithETag(device, 'The device'), 304: notModified },
  problems: ['not-found'],
});

export const putDevice = operation('put', '/devices/{id}', {
  id: 'putDevice',
  tag,
  summary: 'Create or replace what people keep of a device',
  access: ['devices.edit', 'devices.create'],
  params: byId,
  body: deviceReplace,
  ifMatch: 'optional',
  responses: { 200: foundWithETag(device, 'The device'), 201: created(device, 'The device was created') },
  problems: ['stale'],
});

export const patchDevice = operation('patch', '/devices/{id}', {
  id: 'patchDevice',
  tag,
  summary: 'Change what people keep of a device',
  description:
    'JSON Merge Patch. Changing domain, groups, properties or the blacklist flag needs its own permission.',
  access: 'devices.edit',
  params: byId,
  body: devicePatch,
  bodyExample: { description: 'Lab, shelf 4', tags: ['pilot'] },
  ifMatch: 'optional',
  responses: { 200: foundWithETag(device, 'The device') },
  problems: ['not-found', 'stale'],
});

export const deleteDevice = operation('delete', '/devices/{id}', {
  id: 'deleteDevice',
  tag,
  summary: 'Remove a device with its tasks, reports, logs and tree',
  description: 'Audit and history stay. A device that comes again is a first contact.',
  access: 'devices.delete',
  params: byId,
  ifMatch: 'optional',
  responses: { 204: done },
  problems: ['not-found', 'stale'],
});

export const getDeviceState = operation('get', '/devices/{id}/state', {
  id: 'getDeviceState',
  tag,
  summary: 'How the contact with a device is now',
  access: 'devices.read',
  params: byId,
  responses: { 200: found(deviceState, 'The state') },
  problems: ['not-found'],
});

export const setManagement = operation('put', '/devices/{id}/management', {
  id: 'setManagement',
  tag,
  summary: 'Switch the management of a device on or off',
  access: 'devices.edit',
  params: byId,
  body: z
    .strictObject({ managed: z.boolean(), reason: z.string().max(1_000).optional() })
    .meta({ id: 'ManagementInput' }),
  bodyExample: { managed: false, reason: 'Swapped' },
  ifMatch: 'optional',
  responses: { 200: foundWithETag(device, 'The device') },
  problems: ['not-found', 'stale'],
});

export const setBlacklist = operation('put', '/devices/{id}/blacklist', {
  id: 'setBlacklist',
  tag,
  summary: 'Refuse a device, or admit it again',
  access: 'access.blacklist',
  params: byId,
  body: z
    .strictObject({ blacklisted: z.boolean(), reason: z.string().max(1_000).optional() })
    .meta({ id: 'BlacklistInput' }),
  ifMatch: 'optional',
  responses: { 200: foundWithETag(device, 'The device') },
  problems: ['not-found', 'stale'],
});

export const setCredentials = operation('put', '/devices/{id}/credentials', {
  id: 'setCredentials',
  tag,
  summary: 'Set the credentials of a device; they are never read back',
  access: 'devices.edit',
  params: byId,
  body: credentialsInput,
  bodyExample: { connectionRequest: { username: 'acs', password: 'correct horse battery' } },
  ifMatch: 'optional',
  responses: { 204: done },
  problems: ['not-found', 'stale'],
});

export const listParameters = operation('get', '/devices/{id}/parameters', {
  id: 'listParameters',
  tag,
  summary: 'The data model of a device as last seen',
  description:
    'Nothing is read from the device. Secret values are masked unless the caller has `secrets.view`.',
  access: 'device.tree',
  params: byId,
  query: {
    prefix: z
      .string()
      .max(1_000)
      .optional()
      .meta({ description: 'Only this path and what is below it', examples: ['Device.WiFi.'] }),
    search: z
      .string()
      .max(200)
      .optional()
      .meta({ description: 'Part of a path, or of a value that is not secret' }),
    depth: wholeNumber(1, 64).optional().meta({ description: 'Levels below the prefix' }),
    changedSince: timeInput.optional(),
    format: z.enum(['flat', 'tree']).optional(),
    limit: wholeNumber(1, 20_000).optional().meta({ description: 'Flat form only; default 1,000' }),
    cursor,
  },
  responses: {
    200: {
      ...listed(parameterList, 'Parameters in natural order'),
      media: { 'text/csv': 'The same as a table' },
    },
  },
  problems: ['not-found', 'not-acceptable'],
});

export const listSessions = operation('get', '/devices/{id}/sessions', {
  id: 'listSessions',
  tag,
  summary: 'Sessions of a device, newest first',
  access: 'devices.read',
  params: byId,
  query: { limit, cursor, from: timeInput.optional(), to: timeInput.optional() },
  responses: { 200: listed(sessionList, 'A page of sessions') },
  problems: ['not-found'],
});

export const getSession = operation('get', '/devices/{id}/sessions/{sid}', {
  id: 'getSession',
  tag,
  summary: 'A session with its RPCs',
  access: 'devices.read',
  params: { ...byId, sid: z.string().max(100) },
  responses: { 200: found(sessionDetails, 'The session') },
  problems: ['not-found'],
});

export const listConnectionRequests = operation('get', '/devices/{id}/connection-requests', {
  id: 'listConnectionRequests',
  tag,
  summary: 'Connection requests of a device, newest first',
  access: 'devices.read',
  params: byId,
  query: { limit, cursor },
  responses: { 200: listed(connectionRequestList, 'A page of connection requests') },
  problems: ['not-found'],
});

export const listAddresses = operation('get', '/devices/{id}/ip-history', {
  id: 'listAddresses',
  tag,
  summary: 'The WAN addresses that a device had, newest first',
  access: 'devices.read',
  params: byId,
  query: { limit, cursor },
  responses: { 200: { ...listed(addressUseList, 'A page of addresses'), media: EXPORT_MEDIA } },
  problems: ['not-found', 'not-acceptable'],
});

export const listValueHistory = operation('get', '/devices/{id}/value-history', {
  id: 'listValueHistory',
  tag,
  summary: 'Samples of traced values of a device, newest first',
  description: 'Tasks that trace parameters, and workflows that store values as history, write them.',
  access: 'device.tree',
  params: byId,
  query: {
    limit,
    cursor,
    name: z.string().max(1_000).optional().meta({ description: 'The one series; left out: all' }),
    from: timeInput.optional(),
    to: timeInput.optional().meta({ description: 'Exclusive' }),
  },
  responses: { 200: { ...listed(valueSampleList, 'A page of samples'), media: EXPORT_MEDIA } },
  problems: ['not-found', 'not-acceptable'],
});

export const listTracedNames = operation('get', '/devices/{id}/value-history/names', {
  id: 'listTracedNames',
  tag,
  summary: 'What is traced of a device, with the newest sample of each',
  access: 'device.tree',
  params: byId,
  query: { limit, cursor },
  responses: { 200: listed(tracedNameList, 'A page of names, in alphabetical order') },
  problems: ['not-found'],
});
