import { ValidationError } from '../../common/errors.js';
import type { FieldMap, MongoFilter } from './filter.js';
import type { Order, OrderField } from './keyset.js';
import { INDEXED_MEANINGS } from './meanings-data.js';
import { storedKey } from './stored-keys.js';

/** Fields that filters and searches name, as they lie in the store. `states` = the conditions of the contact states now. */
export function deviceFields(states: Readonly<Record<string, MongoFilter>>): FieldMap {
  return { ...STORED_FIELDS, state: { kind: 'derived', values: states } };
}

const STORED_FIELDS: FieldMap = {
  identity: { kind: 'text', path: '_id' },
  id: { kind: 'text', path: '_id' },
  oui: { kind: 'text', path: 'oui' },
  productClass: { kind: 'text', path: 'productClass' },
  serial: { kind: 'text', path: 'serialNumber' },
  manufacturer: { kind: 'text', path: 'manufacturer' },
  root: { kind: 'text', path: 'root' },
  model: { kind: 'text', path: 'modelName' },
  hardware: { kind: 'text', path: 'hardwareVersion' },
  software: { kind: 'text', path: 'softwareVersion' },
  provisioningCode: { kind: 'text', path: 'provisioningCode' },
  mac: { kind: 'mac', path: 'mac' },
  ip: { kind: 'address', path: 'wanIp', sortKey: 'addressKey', fallback: 'sourceIp' },
  sourceIp: { kind: 'text', path: 'sourceIp' },
  cwmpVersion: { kind: 'text', path: 'cwmpVersion' },
  periodicInformInterval: { kind: 'number', path: 'periodicInformInterval' },
  createdAt: { kind: 'date', path: 'createdAt' },
  lastVisit: { kind: 'date', path: 'lastVisit' },
  lastBootstrap: { kind: 'date', path: 'lastBootstrap' },
  lastBoot: { kind: 'date', path: 'lastBoot' },
  lastTaskExecution: { kind: 'date', path: 'lastTaskExecution' },
  description: { kind: 'text', path: 'description' },
  domain: { kind: 'text', path: 'domain' },
  tag: { kind: 'set', path: 'tags' },
  group: { kind: 'set', path: 'groups', tree: true },
  directGroup: { kind: 'set', path: 'groups' },
  property: { kind: 'map', path: 'properties' },
  indexed: { kind: 'map', path: 'indexed' },
  managed: { kind: 'boolean', path: 'managed' },
  blacklisted: { kind: 'boolean', path: 'blacklisted' },
};

/** What the one search box looks into, beside the addresses. */
export const SEARCHED_PATHS: readonly string[] = [
  '_id',
  'serialNumber',
  'modelName',
  'description',
  ...INDEXED_MEANINGS.map((key) => `indexed.${storedKey(key)}`),
];

/** Orders that an index serves; `stored` is the direction that the index has beside a rising `_id`. */
const SORTABLE: Readonly<Record<string, { path: string; type: OrderField['type']; stored: 1 | -1 }>> = {
  identity: { path: '_id', type: 'text', stored: 1 },
  serial: { path: 'serialNumber', type: 'text', stored: 1 },
  model: { path: 'modelName', type: 'text', stored: 1 },
  software: { path: 'softwareVersion', type: 'text', stored: 1 },
  ip: { path: 'addressKey', type: 'text', stored: 1 },
  createdAt: { path: 'createdAt', type: 'date', stored: -1 },
  lastVisit: { path: 'lastVisit', type: 'date', stored: -1 },
  lastBootstrap: { path: 'lastBootstrap', type: 'date', stored: -1 },
};

export const SORTABLE_FIELDS: readonly string[] = Object.keys(SORTABLE);

export interface SortKey {
  field: string;
  direction: 'asc' | 'desc';
}

/** Newest visit first, as the inventory opens (devices.md §4). */
export const DEFAULT_SORT: readonly SortKey[] = [{ field: 'lastVisit', direction: 'desc' }];

/** An order without ties. Throws `ValidationError` with the sortable fields for any other field, or one named twice. */
export function deviceOrder(sort: readonly SortKey[]): Order {
  const keys = sort.length === 0 ? DEFAULT_SORT : sort;
  const fields: OrderField[] = [];
  let tie: 1 | -1 = 1;
  for (const { field, direction } of keys) {
    const known = Object.hasOwn(SORTABLE, field) ? SORTABLE[field] : undefined;
    if (!known)
      throw ValidationError.of(
        '/sort',
        `Devices are not sorted by ${field}; sortable are ${SORTABLE_FIELDS.join(', ')}`,
      );
    if (fields.some(({ path }) => path === known.path))
      throw ValidationError.of('/sort', `The field ${field} is named twice`);
    const sign = direction === 'asc' ? 1 : -1;
    if (fields.length === 0) tie = sign === known.stored ? 1 : -1;
    fields.push({ path: known.path, direction: sign, type: known.type });
  }
  if (!fields.some(({ path }) => path === '_id')) fields.push({ path: '_id', direction: tie, type: 'text' });
  const name = keys.map(({ field, direction }) => (direction === 'desc' ? `-${field}` : field)).join(',');
  return { name, fields };
}
