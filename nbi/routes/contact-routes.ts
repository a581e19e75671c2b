import { NotFoundError } from '../../common/errors.js';
import type { SessionRecord } from '../../store/models/session.js';
import { afterCursor, pageOf, type SortField } from '../../acs/tasks/keyset.js';
import { connectDevice } from '../api/actions.js';
import { getSession, listConnectionRequests, listSessions } from '../api/devices.js';
import { DEFAULT_LIMIT, pageReply } from '../http/lists.js';
import { reply } from '../http/request.js';
import { implement } from '../http/route.js';
import { connectionRequestJson, sessionDetailsJson, sessionJson } from '../views/session-view.js';
import { visibleDevice } from './visible.js';

const NEWEST: readonly SortField[] = [
  { field: 'startedAt', direction: -1, kind: 'time' },
  { field: '_id', direction: -1 },
];

export const contactRoutes = [
  implement(listSessions, async ({ params, query, caller }, services) => {
    await visibleDevice(params.id, caller, services);
    const { from, to, cursor } = query;
    const limit = query.limit ?? DEFAULT_LIMIT;
    const period = {
      ...(from === undefined ? {} : { $gte: new Date(from) }),
      ...(to === undefined ? {} : { $lt: new Date(to) }),
    };
    const filter = {
      device: params.id,
      ...(from === undefined && to === undefined ? {} : { startedAt: period }),
    };
    const rows = await services.store.sessions
      .find(cursor === undefined ? filter : { $and: [filter, afterCursor(cursor, NEWEST)] }, { rpcs: 0 })
      .sort({ startedAt: -1, _id: -1 })
      .limit(limit + 1)
      .lean<SessionRecord[]>();
    return pageReply(pageOf(rows, limit, NEWEST), sessionJson);
  }),

  implement(getSession, async ({ params, caller }, services) => {
    await visibleDevice(params.id, caller, services);
    const session = await services.store.sessions
      .findOne({ _id: params.sid, device: params.id })
      .lean<SessionRecord | null>();
    if (!session) throw new NotFoundError('session', params.sid);
    return reply(200, sessionDetailsJson(session));
  }),

  implement(listConnectionRequests, async ({ params, query, caller }, services) => {
    await visibleDevice(params.id, caller, services);
    const cursor = query.cursor === undefined ? {} : { cursor: query.cursor };
    const page = await services.connectionRequests.history(params.id, {
      limit: query.limit ?? DEFAULT_LIMIT,
      ...cursor,
    });
    return pageReply(page, connectionRequestJson);
  }),

  implement(connectDevice, async ({ params, caller, wait }, services) => {
    await visibleDevice(params.id, caller, services);
    const request = await services.connectionRequests.request(params.id, { user: caller.login, wait });
    return reply(request.open ? 202 : 200, connectionRequestJson(request), { object: params.id });
  }),
];
