import { client, take } from './client.js';
import { byId, ifMatch, type Connect } from './nbi.js';
import type { ServiceInput, ServicePatch } from './types.js';

/** The calls about services: what is sold, and how it stands on devices and in groups. */
export interface ServiceValues {
  parameters?: Record<string, string>;
  connect?: Connect;
}

const on = (id: string, key: string) => ({ path: { id, key } });

export const services = {
  list: () => take(client.GET('/services')),
  create: (body: ServiceInput) => take(client.POST('/services', { body })),
  edit: (key: string, body: ServicePatch, version: number) =>
    take(client.PATCH('/services/{key}', { params: { path: { key }, header: ifMatch(version) }, body })),
  remove: (key: string, confirmed: boolean) =>
    take(
      client.DELETE('/services/{key}', {
        params: { path: { key }, ...(confirmed ? { query: { confirmed } } : {}) },
      }),
    ),
  ofDevice: (id: string) => take(client.GET('/devices/{id}/services', { params: byId(id) })),
  activate: (id: string, key: string, body: ServiceValues) =>
    take(client.POST('/devices/{id}/services/{key}/activate', { params: on(id, key), body })),
  deactivate: (id: string, key: string, body: ServiceValues) =>
    take(client.POST('/devices/{id}/services/{key}/deactivate', { params: on(id, key), body })),
  configure: (id: string, key: string, body: ServiceValues) =>
    take(client.POST('/devices/{id}/services/{key}/configure', { params: on(id, key), body })),
  migrate: (id: string, key: string, to: string) =>
    take(client.POST('/devices/{id}/services/{key}/migrate', { params: on(id, key), body: { to } })),
  ofGroup: (name: string, count: boolean) =>
    take(client.GET('/groups/{name}/services', { params: { path: { name }, query: { count } } })),
  offer: (name: string, key: string, offered: boolean | null) =>
    take(client.PUT('/groups/{name}/services/{key}', { params: { path: { name, key } }, body: { offered } })),
};
