import type { SavedFilterRecord } from '../../store/models/saved-filter.js';
import type { Caller } from '../access/caller.js';
import { createFilter, deleteFilter, getFilter, listFilters, patchFilter } from '../api/filters.js';
import { DEFAULT_LIMIT, pageReply } from '../http/lists.js';
import { reply, type Reply } from '../http/request.js';
import { implement } from '../http/route.js';
import { BASE_PATH } from '../openapi.js';
import {
  createSavedFilter,
  editSavedFilter,
  listSavedFilters,
  removeSavedFilter,
  savedFilter,
} from '../search/saved-filters.js';

export const filterRoutes = [
  implement(listFilters, async ({ query, caller }, services) => {
    const page = await listSavedFilters({ ...query, limit: query.limit ?? DEFAULT_LIMIT }, caller, services);
    return pageReply(page, (filter) => filterJson(filter, caller));
  }),

  implement(createFilter, async ({ body, caller }, services) => {
    const filter = await createSavedFilter(body, caller, services);
    return shown(filter, caller, 201);
  }),

  implement(getFilter, async ({ params, caller }, services) =>
    shown(await savedFilter(params.id, caller, services), caller),
  ),

  implement(patchFilter, async ({ params, body, caller, ifMatch }, services) => {
    const before = await savedFilter(params.id, caller, services);
    ifMatch.check('saved filter', before._id, before.version);
    const after = await editSavedFilter(before, body, caller, services);
    const difference = { before: filterJson(before, caller), after: filterJson(after, caller) };
    return { ...shown(after, caller), difference };
  }),

  implement(deleteFilter, async ({ params, caller, ifMatch }, services) => {
    const filter = await savedFilter(params.id, caller, services);
    ifMatch.check('saved filter', filter._id, filter.version);
    await removeSavedFilter(filter, caller, services);
    return reply(204, undefined, { object: filter._id, difference: { before: filterJson(filter, caller) } });
  }),
];

function shown(filter: SavedFilterRecord, caller: Caller, status: 200 | 201 = 200): Reply {
  const json = filterJson(filter, caller);
  return reply(status, json, {
    version: filter.version,
    object: filter._id,
    difference: { after: json },
    ...(status === 201 && { headers: { Location: `${BASE_PATH}/filters/${filter._id}` } }),
  });
}

function filterJson(record: SavedFilterRecord, caller: Caller) {
  const { list, name, domain, shared, filter, expression, user, version } = record;
  return {
    id: record._id,
    ...{ list, name, domain, shared, filter, expression, user },
    editable: user === caller.login || caller.holds('admin.users'),
    createdAt: record.createdAt.toISOString(),
    editedAt: record.editedAt.toISOString(),
    version,
  };
}
