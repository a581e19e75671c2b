import type { components } from '../generated/api.js';
import { client, take } from './client.js';
import { byId } from './nbi.js';

export type ScheduledConnection = components['schemas']['ScheduledConnection'];

const entryOf = (id: string, entry: string) => ({ path: { id, entry } });

/** The times at which a device will be asked to call in. */
export const scheduledConnections = {
  list: (device: string) =>
    take(
      client.GET('/devices/{id}/scheduled-connections', {
        params: { ...byId(device), query: { limit: 100 } },
      }),
    ),
  add: (device: string, at: string) =>
    take(client.POST('/devices/{id}/scheduled-connections', { params: byId(device), body: { at } })),
  move: (device: string, id: string, at: string) =>
    take(
      client.PATCH('/devices/{id}/scheduled-connections/{entry}', {
        params: entryOf(device, id),
        body: { at },
      }),
    ),
  remove: (device: string, id: string) =>
    take(client.DELETE('/devices/{id}/scheduled-connections/{entry}', { params: entryOf(device, id) })),
};
