import { domainOf } from '../../common/domains.js';
import { isSecretName } from '../../acs/devices/secret-names.js';
import { check, compile, PLACES } from '../../acs/expressions/index.js';
import type { FilterNode } from '../../acs/devices/filter.js';
import type { DeviceQuery } from '../../acs/devices/inventory.js';
import type { Caller } from '../access/caller.js';
import { DEVICE_SORTS } from '../api/devices.js';
import { DEFAULT_LIMIT } from '../http/lists.js';
import { searchCriteria } from '../search/criteria.js';
import type { ExpressedQuery } from '../search/find-devices.js';
import type { Services } from '../services.js';

/** What `GET /devices` and `POST /devices/search` have in common. */
export interface DeviceListQuery {
  limit?: number | undefined;
  cursor?: string | undefined;
  sort?: string | undefined;
  count?: boolean | undefined;
  q?: string | undefined;
  filter?: string | undefined;
  expression?: string | undefined;
  savedFilter?: string | undefined;
  fields?: string | undefined;
  serial?: string | undefined;
  ip?: string | undefined;
  mac?: string | undefined;
  oui?: string | undefined;
  model?: string | undefined;
  software?: string | undefined;
  group?: string | undefined;
  domain?: string | undefined;
  tag?: string | undefined;
  state?: readonly string[] | undefined;
  property?: Readonly<Record<string, string>> | undefined;
  search?: DeviceQuery['search'] | undefined;
}

/** All conditions are joined by *and*; the caller's domain always is one. */
export async function deviceQuery(
  query: DeviceListQuery,
  caller: Caller,
  services: Pick<Services, 'store' | 'clock'>,
): Promise<ExpressedQuery> {
  const criteria = await searchCriteria('devices', query, caller, services);
  const nodes = [...simpleFilters(query), ...criteria.nodes];
  if (nodes.some(asksForSecret) || isSecretColumn(query.search)) caller.need('secrets.view');
  if (criteria.expressions.some(readsDataModel)) caller.need('device.tree');
  if (query.count === true) caller.need('devices.count');
  return {
    limit: query.limit ?? DEFAULT_LIMIT,
    sort: sortOf(query.sort),
    view: inventoryView(caller),
    ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
    ...(query.q === undefined ? {} : { q: query.q }),
    ...(query.search === undefined ? {} : { search: query.search }),
    ...(nodes.length === 0 ? {} : { filter: { op: 'and' as const, nodes } }),
    ...(query.count === undefined ? {} : { count: query.count }),
    expressions: criteria.expressions,
  };
}

/** What is wrong in an expression is said when it is evaluated. */
function readsDataModel(expression: string): boolean {
  const place = PLACES.deviceSearch;
  return check(expression, place).length === 0 && compile(expression, place).uses.contexts.has('dm');
}

/** Whether a condition would tell, answer by answer, what is masked for those who may not see it. */
function asksForSecret(node: FilterNode): boolean {
  if ('nodes' in node) return node.nodes.some(asksForSecret);
  if ('node' in node) return asksForSecret(node.node);
  return node.field.key !== undefined && isSecretName(node.field.key);
}

function isSecretColumn(search: DeviceListQuery['search']): boolean {
  const [, name = ''] = /^(?:property|indexed)\.(.+)$/s.exec(search?.column ?? '') ?? [];
  return name !== '' && isSecretName(name);
}

/** What a caller sees of the inventory: the own domain and those below it. */
export function inventoryView(caller: Caller): string {
  return caller.domain;
}

function simpleFilters(query: DeviceListQuery): FilterNode[] {
  const nodes: FilterNode[] = [];
  for (const name of ['serial', 'ip', 'mac', 'model', 'software', 'tag'] as const) {
    const value = query[name];
    if (value !== undefined) nodes.push({ op: 'eq', field: { name }, value });
  }
  if (query.oui !== undefined)
    nodes.push({ op: 'eq', field: { name: 'oui' }, value: query.oui.toUpperCase() });
  if (query.group !== undefined) nodes.push({ op: 'in', field: { name: 'group' }, values: [query.group] });
  if (query.domain !== undefined)
    nodes.push({ op: 'startsWith', field: { name: 'domain' }, value: domainOf(query.domain) });
  if (query.state !== undefined) nodes.push({ op: 'in', field: { name: 'state' }, values: [...query.state] });
  for (const [key, value] of Object.entries(query.property ?? {}))
    nodes.push({ op: 'eq', field: { name: 'property', key }, value });
  return nodes;
}

function sortOf(sort: string | undefined): DeviceQuery['sort'] {
  if (sort === undefined) return [];
  return sort.split(',').map((name) => {
    const plain = name.replace(/^-/, '');
    return { field: DEVICE_SORTS[plain] ?? plain, direction: name.startsWith('-') ? 'desc' : 'asc' };
  });
}
