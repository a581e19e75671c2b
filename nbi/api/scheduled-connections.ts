import { z } from 'zod';
import { cursor, identity, limit, page, time, timeInput } from '../schemas/common.js';
import { operation } from './operation.js';
import { created, done, foundWithETag, listed } from './replies.js';

const tag = 'Devices';
const byDevice = { id: identity };
const byEntry = { id: identity, entry: z.string().min(1).max(100) };

const scheduledConnection = z
  .object({
    id: z.string(),
    at: time,
    by: z.string().meta({ description: 'The login, or the task, that wants it' }),
    createdAt: time,
    version: z.number().int(),
  })
  .meta({ id: 'ScheduledConnection' });
const scheduledConnectionList = page(scheduledConnection, 'ScheduledConnectionList');
const scheduledConnectionInput = z
  .strictObject({ at: timeInput.meta({ description: 'In the future' }) })
  .meta({ id: 'ScheduledConnectionInput' });
const bodyExample = { at: '2100-01-01T02:00:00Z' };

export const listScheduledConnections = operation('get', '/devices/{id}/scheduled-connections', {
  id: 'listScheduledConnections',
  tag,
  summary: 'The times at which a device will be asked to call in, the soonest first',
  description:
    'Also those that workflows have set. One that was carried out is no longer here, but among the requests.',
  access: 'devices.read',
  params: byDevice,
  query: { limit, cursor },
  responses: { 200: listed(scheduledConnectionList, 'A page of times') },
  problems: ['not-found'],
});

export const createScheduledConnection = operation('post', '/devices/{id}/scheduled-connections', {
  id: 'createScheduledConnection',
  tag,
  summary: 'Ask a device to call in at a time',
  description: 'At most 100 of one device.',
  access: 'device.connect',
  params: byDevice,
  body: scheduledConnectionInput,
  bodyExample,
  responses: { 201: created(scheduledConnection, 'The time') },
  problems: ['not-found', 'conflict'],
});

export const patchScheduledConnection = operation('patch', '/devices/{id}/scheduled-connections/{entry}', {
  id: 'patchScheduledConnection',
  tag,
  summary: 'Move a scheduled connection request to another time',
  access: 'device.connect',
  params: byEntry,
  body: scheduledConnectionInput,
  bodyExample,
  ifMatch: 'optional',
  responses: { 200: foundWithETag(scheduledConnection, 'The time') },
  problems: ['not-found', 'stale'],
});

export const deleteScheduledConnection = operation('delete', '/devices/{id}/scheduled-connections/{entry}', {
  id: 'deleteScheduledConnection',
  tag,
  summary: 'Delete a scheduled connection request',
  access: 'device.connect',
  params: byEntry,
  ifMatch: 'optional',
  responses: { 204: done },
  problems: ['not-found', 'stale'],
});
