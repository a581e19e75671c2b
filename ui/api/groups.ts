import { client, take } from './client.js';
import { byId, ifMatch, type QueryOf } from './nbi.js';
import type {
  Device,
  GroupKind,
  GroupPatch,
  MigrationDryRun,
  MigrationRuleInput,
  Page,
  ProfilePatch,
  PropertiesPatch,
} from './types.js';

/** The calls about groups, their rules and profiles, and about properties of devices. */
const byName = (name: string) => ({ path: { name } });

export interface GroupSearch {
  parent?: string;
  q?: string;
  kind?: GroupKind;
  limit?: number;
  cursor?: string;
}

export const groups = {
  list: (query: GroupSearch) => take(client.GET('/groups', { params: { query } })),
  one: (name: string) => take(client.GET('/groups/{name}', { params: byName(name) })),
  create: (body: { name: string } & GroupPatch) => take(client.POST('/groups', { body })),
  edit: (name: string, body: GroupPatch, version: number) =>
    take(client.PATCH('/groups/{name}', { params: { ...byName(name), header: ifMatch(version) }, body })),
  remove: (name: string, version: number) =>
    take(client.DELETE('/groups/{name}', { params: { ...byName(name), header: ifMatch(version) } })),
  /** Members, directly and with subgroups; the server keeps a count for a while unless it is asked to `refresh`. */
  count: (name: string, refresh: boolean) =>
    take(
      client.GET('/groups/{name}/statistics', {
        params: { ...byName(name), query: refresh ? { refresh } : {} },
      }),
    ),
  members: (name: string, query: QueryOf<'/groups/{name}/members'>, init: { signal?: AbortSignal } = {}) =>
    take(client.GET('/groups/{name}/members', { params: { ...byName(name), query }, ...init })) as Promise<
      Page<Device>
    >,
  join: (name: string, devices: string[]) =>
    take(client.POST('/groups/{name}/members', { params: byName(name), body: { devices } })),
  leave: (name: string, devices: string[], subgroups: boolean) =>
    take(
      client.POST('/groups/{name}/members/remove', { params: byName(name), body: { devices, subgroups } }),
    ),
  detachAll: (name: string, subgroups: boolean) =>
    take(client.POST('/groups/{name}/detach-all', { params: byName(name), body: { subgroups } })),
  profile: (name: string) => take(client.GET('/groups/{name}/profile', { params: byName(name) })),
  saveProfile: (name: string, body: ProfilePatch, version: number) =>
    take(
      client.PATCH('/groups/{name}/profile', { params: { ...byName(name), header: ifMatch(version) }, body }),
    ),
  impact: (name: string, body: ProfilePatch) =>
    take(client.POST('/groups/{name}/profile/impact', { params: byName(name), body })),
  effective: (name: string) => take(client.GET('/groups/{name}/effective-profile', { params: byName(name) })),
  descriptors: () => take(client.GET('/property-descriptors')),
};

const byRule = (name: string, id: string) => ({ path: { name, id } });

export const migrations = {
  list: (name: string) => take(client.GET('/groups/{name}/migrations', { params: byName(name) })),
  create: (name: string, body: MigrationRuleInput) =>
    take(client.POST('/groups/{name}/migrations', { params: byName(name), body })),
  edit: (name: string, id: string, body: Partial<MigrationRuleInput>, version: number) =>
    take(
      client.PATCH('/groups/{name}/migrations/{id}', {
        params: { ...byRule(name, id), header: ifMatch(version) },
        body,
      }),
    ),
  remove: (name: string, id: string, version: number) =>
    take(
      client.DELETE('/groups/{name}/migrations/{id}', {
        params: { ...byRule(name, id), header: ifMatch(version) },
      }),
    ),
  dryRun: (name: string, body: { condition: string; destination: string; subgroups: boolean }) =>
    take(
      client.POST('/groups/{name}/migrations/dry-run', { params: byName(name), body }),
    ) as Promise<MigrationDryRun>,
  run: (name: string, id: string) =>
    take(client.POST('/groups/{name}/migrations/{id}/run', { params: byRule(name, id) })),
  endRun: (name: string, id: string) =>
    take(client.DELETE('/groups/{name}/migrations/{id}/run', { params: byRule(name, id) })),
};

export const properties = {
  groups: (id: string) => take(client.GET('/devices/{id}/groups', { params: byId(id) })),
  own: (id: string) => take(client.GET('/devices/{id}/properties', { params: byId(id) })),
  computed: (id: string) => take(client.GET('/devices/{id}/profile', { params: byId(id) })),
  save: (id: string, body: PropertiesPatch, version: number) =>
    take(
      client.PATCH('/devices/{id}/properties', { params: { ...byId(id), header: ifMatch(version) }, body }),
    ),
};
