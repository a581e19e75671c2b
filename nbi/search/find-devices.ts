import { deviceOrder } from '../../acs/devices/device-fields.js';
import type { DeviceQuery } from '../../acs/devices/inventory.js';
import { searchableDevices } from '../../acs/tasks/search/device-search.js';
import { search, type SearchPage } from '../../acs/tasks/search/search.js';
import type { DeviceRecord } from '../../store/models/device.js';
import type { Services } from '../services.js';

/** A search of devices by conditions of the store and by expressions, all of them joined by *and*. */
export interface ExpressedQuery extends DeviceQuery {
  expressions: readonly string[];
}

/** One page. Throws `ValidationError` for what cannot be sorted, searched or filtered by, as `search` for expressions. */
export async function findDevices(
  { expressions, ...query }: ExpressedQuery,
  {
    inventory,
    store,
    groups,
    trees,
    clock,
  }: Pick<Services, 'inventory' | 'store' | 'groups' | 'trees' | 'clock'>,
): Promise<SearchPage<DeviceRecord>> {
  if (expressions.length === 0) return inventory.find(query);
  const { tree } = await groups.cache.current();
  const { limit, cursor, count } = query;
  return search(
    searchableDevices({ store, tree, trees }, deviceOrder(query.sort)),
    { condition: await inventory.condition(query), expressions, limit, cursor, count },
    clock,
  );
}
