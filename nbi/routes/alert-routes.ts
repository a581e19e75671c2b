import { listAlerts as alertsOf } from '../../acs/devices/alert-lists.js';
import type { AlertRecord } from '../../store/models/alert.js';
import { listAlerts, listDeviceAlerts } from '../api/alerts.js';
import { DEFAULT_LIMIT, pageReply } from '../http/lists.js';
import { implement } from '../http/route.js';
import { timeJson } from '../views/json.js';
import { visibleDevice } from './visible.js';

export const alertRoutes = [
  implement(listAlerts, async ({ query: { limit, ...query }, caller }, { store }) => {
    const asked = { ...query, limit: limit ?? DEFAULT_LIMIT, view: caller.domain };
    return pageReply(await alertsOf(store, asked), alertJson);
  }),

  implement(listDeviceAlerts, async ({ params, query: { limit, ...query }, caller }, services) => {
    const { _id: target } = await visibleDevice(params.id, caller, services);
    // Who sees the device sees what is wrong with it, whoever's task says so.
    const asked = { ...query, target, limit: limit ?? DEFAULT_LIMIT, view: '/' };
    return pageReply(await alertsOf(services.store, asked), alertJson);
  }),
];

function alertJson({ _id, raisedAt, changedAt, ...alert }: AlertRecord) {
  return { id: _id, ...alert, raisedAt: timeJson(raisedAt), changedAt: changedAt.toISOString() };
}
