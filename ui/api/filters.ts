import type { components } from '../generated/api.js';
import type { SearchedList } from '../logic/search-fields.js';
import { client, take } from './client.js';
import { byId } from './nbi.js';

export type SavedFilter = components['schemas']['SavedFilter'];

/** Searches that are kept under a name. */
export const filters = {
  list: (list: SearchedList) => take(client.GET('/filters', { params: { query: { list, limit: 200 } } })),
  create: (body: components['schemas']['SavedFilterInput']) => take(client.POST('/filters', { body })),
  edit: (id: string, body: components['schemas']['SavedFilterPatch']) =>
    take(client.PATCH('/filters/{id}', { params: byId(id), body })),
  remove: (id: string) => take(client.DELETE('/filters/{id}', { params: byId(id) })),
};
