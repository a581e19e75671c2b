import { addressHistory, tracedNames, valueHistory } from '../../acs/devices/history-lists.js';
import { isSecretName } from '../../acs/devices/secret-names.js';
import { SECRET_MASK } from '../../acs/devices/secret-paths.js';
import { listAddresses, listTracedNames, listValueHistory } from '../api/devices.js';
import { EXPORT_PAGE, exportReply, LIST_TYPES } from '../http/export.js';
import { decodeCursor, DEFAULT_LIMIT, encodeCursor, pageReply } from '../http/lists.js';
import { implement } from '../http/route.js';
import { timeJson } from '../views/json.js';
import { visibleDevice } from './visible.js';

/** Addresses and values that a device had (devices.md §12, task-types.md §4.1, §6.1). */
export const deviceHistoryRoutes = [
  implement(listAddresses, async (request, services) => {
    const { params, query, caller, signal } = request;
    const type = request.accepts(...LIST_TYPES);
    await visibleDevice(params.id, caller, services);
    const page = async (limit: number, cursor: string | undefined) => {
      const { items, next } = await addressHistory(services.store, params.id, { limit, cursor });
      const rows = items.map(({ address, from, to }) => ({
        address,
        from: timeJson(from),
        to: timeJson(to),
      }));
      return { rows, next };
    };
    if (type === 'application/json') {
      const { rows, next } = await page(query.limit ?? DEFAULT_LIMIT, query.cursor);
      return pageReply({ items: rows, next }, (row) => row);
    }
    return exportReply({
      ...{ type, name: `addresses-of-${params.id}`, columns: ['address', 'from', 'to'], signal, caller },
      page: (after) => page(EXPORT_PAGE, after ?? query.cursor),
    });
  }),

  implement(listValueHistory, async (request, services) => {
    const { params, query, caller, signal } = request;
    const type = request.accepts(...LIST_TYPES);
    await visibleDevice(params.id, caller, services);
    const { name } = query;
    const from = query.from === undefined ? undefined : new Date(query.from);
    const to = query.to === undefined ? undefined : new Date(query.to);
    const json = sampleJson(() => request.showSecrets(params.id));
    const page = async (limit: number, cursor: string | undefined) => {
      const asked = { name, from, to, limit, cursor };
      const { items, next } = await valueHistory(services.store, params.id, asked);
      return { rows: items.map(json), next };
    };
    if (type === 'application/json') {
      const { rows, next } = await page(query.limit ?? DEFAULT_LIMIT, query.cursor);
      return pageReply({ items: rows, next }, (row) => row);
    }
    return exportReply({
      ...{ type, name: `values-of-${params.id}`, columns: ['name', 'at', 'value'], signal, caller },
      page: (after) => page(EXPORT_PAGE, after ?? query.cursor),
    });
  }),

  implement(listTracedNames, async (request, services) => {
    const { params, query, caller } = request;
    await visibleDevice(params.id, caller, services);
    const { items, next } = await tracedNames(services.store, params.id, {
      limit: query.limit ?? DEFAULT_LIMIT,
      after: query.cursor === undefined ? undefined : decodeCursor(query.cursor, ['string'])[0],
    });
    const json = sampleJson(() => request.showSecrets(params.id));
    return pageReply({ items, next: next === null ? null : encodeCursor([next]) }, json);
  }),
];

/** A sample as the caller may see it. */
function sampleJson(showSecrets: () => boolean) {
  return ({ name, at, value }: { name: string; at: Date; value: string }) => ({
    name,
    at: at.toISOString(),
    value: value !== '' && isSecretName(name) && !showSecrets() ? SECRET_MASK : value,
  });
}
