import { z } from 'zod';
import { cursor, limit } from '../schemas/common.js';
import {
  savedFilter,
  savedFilterInput,
  savedFilterList,
  savedFilterPatch,
  searchedList,
} from '../schemas/saved-filter.js';
import { operation } from './operation.js';
import { created, done, foundWithETag, listed } from './replies.js';

const tag = 'Saved filters';
const byId = { id: z.string().min(1).max(100) };

export const listFilters = operation('get', '/filters', {
  id: 'listFilters',
  tag,
  summary: 'Saved searches: the caller’s own, and those that are shared in domains in view; by name',
  access: null,
  query: { list: searchedList.optional(), limit, cursor },
  responses: { 200: listed(savedFilterList, 'A page of saved searches') },
});

export const createFilter = operation('post', '/filters', {
  id: 'createFilter',
  tag,
  summary: 'Save a search',
  description: 'Needs the permission to see the list. Filter and expression are checked.',
  access: null,
  body: savedFilterInput,
  bodyExample: { list: 'tasks', name: 'My upgrades', filter: 'type eq "FirmwareUpgrade"', shared: true },
  responses: { 201: created(savedFilter, 'The saved search') },
  problems: ['conflict'],
});

export const getFilter = operation('get', '/filters/{id}', {
  id: 'getFilter',
  tag,
  summary: 'Get a saved search',
  access: null,
  params: byId,
  responses: { 200: foundWithETag(savedFilter, 'The saved search') },
  problems: ['not-found'],
});

export const patchFilter = operation('patch', '/filters/{id}', {
  id: 'patchFilter',
  tag,
  summary: 'Change a saved search',
  description: 'By its owner, or with `admin.users`.',
  access: null,
  params: byId,
  body: savedFilterPatch,
  bodyExample: { shared: false },
  ifMatch: 'optional',
  responses: { 200: foundWithETag(savedFilter, 'The saved search') },
  problems: ['not-found', 'stale', 'conflict'],
});

export const deleteFilter = operation('delete', '/filters/{id}', {
  id: 'deleteFilter',
  tag,
  summary: 'Delete a saved search',
  description: 'By its owner, or with `admin.users`.',
  access: null,
  params: byId,
  ifMatch: 'optional',
  responses: { 204: done },
  problems: ['not-found', 'stale'],
});
