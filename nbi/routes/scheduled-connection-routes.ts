import type { ScheduledConnectionRecord } from '../../store/models/scheduled-connection.js';
import {
  createScheduledConnection,
  deleteScheduledConnection,
  listScheduledConnections,
  patchScheduledConnection,
} from '../api/scheduled-connections.js';
import { DEFAULT_LIMIT, pageReply } from '../http/lists.js';
import { reply } from '../http/request.js';
import { implement } from '../http/route.js';
import { BASE_PATH } from '../openapi.js';
import { visibleDevice } from './visible.js';

const NOUN = 'scheduled connection request';

export const scheduledConnectionRoutes = [
  implement(listScheduledConnections, async ({ params, query, caller }, services) => {
    await visibleDevice(params.id, caller, services);
    const page = { limit: query.limit ?? DEFAULT_LIMIT, cursor: query.cursor };
    return pageReply(await services.scheduledConnections.list(params.id, page), json);
  }),

  implement(createScheduledConnection, async ({ params, body, caller }, services) => {
    const device = await visibleDevice(params.id, caller, services);
    const made = await services.scheduledConnections.add(device._id, new Date(body.at), caller.login);
    const path = `/devices/${encodeURIComponent(device._id)}/scheduled-connections/${made._id}`;
    return reply(201, json(made), {
      version: made.version,
      headers: { Location: `${BASE_PATH}${path}` },
      object: device._id,
      difference: { after: json(made) },
    });
  }),

  implement(patchScheduledConnection, async ({ params, body, caller, ifMatch }, services) => {
    await visibleDevice(params.id, caller, services);
    const before = await services.scheduledConnections.get(params.id, params.entry);
    ifMatch.check(NOUN, before._id, before.version);
    const after = await services.scheduledConnections.move(before, new Date(body.at));
    return reply(200, json(after), {
      version: after.version,
      object: params.id,
      difference: { before: json(before), after: json(after) },
    });
  }),

  implement(deleteScheduledConnection, async ({ params, caller, ifMatch }, services) => {
    await visibleDevice(params.id, caller, services);
    const before = await services.scheduledConnections.get(params.id, params.entry);
    ifMatch.check(NOUN, before._id, before.version);
    await services.scheduledConnections.remove(before);
    return reply(204, undefined, { object: params.id, difference: { before: json(before) } });
  }),
];

function json({ _id, at, by, createdAt, version }: ScheduledConnectionRecord) {
  return { id: _id, at: at.toISOString(), by, createdAt: createdAt.toISOString(), version };
}
