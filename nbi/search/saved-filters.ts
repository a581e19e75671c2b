import { ConflictError, NotFoundError, StaleError } from '../../common/errors.js';
import { newId } from '../../common/ids.js';
import { inDomain } from '../../common/domains.js';
import { isDuplicateKey } from '../../store/duplicate-key.js';
import type { SavedFilterRecord, SearchedList } from '../../store/models/saved-filter.js';
import { afterCursor, pageOf, type Page, type SortField } from '../../acs/tasks/keyset.js';
import type { Caller } from '../access/caller.js';
import type { Services } from '../services.js';
import { checkCriteria } from './searched-lists.js';

type Parts = Pick<Services, 'store' | 'clock'>;

export interface SavedFilterInput {
  list: SearchedList;
  name: string;
  domain?: string | undefined;
  shared?: boolean | undefined;
  filter?: string | undefined;
  expression?: string | undefined;
}
export type SavedFilterPatch = {
  [K in keyof Omit<SavedFilterInput, 'list'>]?: SavedFilterInput[K] | undefined;
};

/** Who may see a list may keep searches of it. */
const PERMISSIONS = {
  devices: 'devices.read',
  tasks: 'tasks.view',
  executions: 'tasks.view',
} as const satisfies Record<SearchedList, string>;

const BY_NAME: readonly SortField[] = [
  { field: 'name', direction: 1 },
  { field: '_id', direction: 1 },
];

/** The caller's own and those that are shared in a domain that the caller sees, of lists that the caller may see. */
export async function listSavedFilters(
  query: { list?: SearchedList | undefined; limit: number; cursor?: string | undefined },
  caller: Caller,
  { store }: Parts,
): Promise<Page<SavedFilterRecord>> {
  const lists = (Object.keys(PERMISSIONS) as SearchedList[]).filter(
    (list) => caller.holds(PERMISSIONS[list]) && (query.list === undefined || list === query.list),
  );
  const within = inDomain(caller.domain);
  const seen = {
    list: { $in: lists },
    $or: [{ user: caller.login }, { shared: true, ...(within && { domain: within }) }],
  };
  const rows = await store.savedFilters
    .find(query.cursor === undefined ? seen : { $and: [seen, afterCursor(query.cursor, BY_NAME)] })
    .sort({ name: 1, _id: 1 })
    .limit(query.limit + 1)
    .lean<SavedFilterRecord[]>();
  return pageOf(rows, query.limit, BY_NAME);
}

/** Throws `NotFoundError` for one that the caller may not see, as for one that is not there. */
export async function savedFilter(id: string, caller: Caller, { store }: Parts): Promise<SavedFilterRecord> {
  const found = await store.savedFilters.findById(id).lean<SavedFilterRecord>();
  if (!found || !isSeen(found, caller)) throw new NotFoundError('saved filter', id);
  return found;
}

/** Throws `ValidationError` for a wrong filter or expression, `ConflictError` for a name that the caller uses already. */
export async function createSavedFilter(
  input: SavedFilterInput,
  caller: Caller,
  { store, clock }: Parts,
): Promise<SavedFilterRecord> {
  caller.need(PERMISSIONS[input.list]);
  const { domain = caller.domain, shared = false, filter = '', expression = '' } = input;
  caller.mustSee(domain, 'domain', domain);
  checkCriteria(input.list, { filter, expression });
  const now = clock.now();
  const record: SavedFilterRecord = {
    ...{ _id: newId(now), list: input.list, name: input.name, domain, shared, user: caller.login },
    ...{ filter, expression, createdAt: now, editedAt: now, version: 1 },
  };
  await unique(input.name, () => store.savedFilters.create(record));
  return record;
}

/** By its owner, or who manages users: a shared one outlives the account that made it. Throws as `createSavedFilter`, and `StaleError`. */
export async function editSavedFilter(
  before: SavedFilterRecord,
  patch: SavedFilterPatch,
  caller: Caller,
  { store, clock }: Parts,
): Promise<SavedFilterRecord> {
  mustOwn(before, caller);
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  const after: SavedFilterRecord = { ...before, ...given };
  if (after.domain !== before.domain) caller.mustSee(after.domain, 'domain', after.domain);
  checkCriteria(after.list, after);
  const changes = { ...given, editedAt: clock.now(), version: before.version + 1 };
  const stored = await unique(after.name, () =>
    store.savedFilters
      .findOneAndUpdate(
        { _id: before._id, version: before.version },
        { $set: changes },
        { returnDocument: 'after' },
      )
      .lean<SavedFilterRecord>(),
  );
  if (!stored) throw new StaleError('saved filter', before._id);
  return stored;
}

/** Who may edit it may remove it. */
export async function removeSavedFilter(
  filter: SavedFilterRecord,
  caller: Caller,
  { store }: Parts,
): Promise<void> {
  mustOwn(filter, caller);
  await store.savedFilters.deleteOne({ _id: filter._id });
}

function isSeen({ list, user, shared, domain }: SavedFilterRecord, caller: Caller): boolean {
  return caller.holds(PERMISSIONS[list]) && (user === caller.login || (shared && caller.sees(domain)));
}

function mustOwn({ user }: SavedFilterRecord, caller: Caller): void {
  if (user !== caller.login) caller.need('admin.users');
}

async function unique<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (isDuplicateKey(error))
      throw new ConflictError(`You have a saved filter ${name} of this list already`);
    throw error;
  }
}
