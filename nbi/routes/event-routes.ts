import { ProblemError } from '../http/problem-error.js';
import { listEvents, streamEvents } from '../api/system.js';
import { eventStream, matches, type EventFilter } from '../http/event-stream.js';
import { DEFAULT_LIMIT } from '../http/lists.js';
import { reply, type NbiRequest } from '../http/request.js';
import { implement } from '../http/route.js';
import type { Caller } from '../access/caller.js';
import type { Services } from '../services.js';
import { eventJson } from '../views/event-view.js';

const HEARTBEAT = 15_000;
const BACKLOG = 1024 * 1024;

export const eventRoutes = [
  implement(streamEvents, (request, services) => {
    const { query, raw, caller } = request;
    const { events, limits, accessChanges, streamPlaces } = services;
    const giveBack = streamPlaces.take(caller.login);
    const lastId = raw.headers['last-event-id'];
    const stream = eventStream({
      events,
      filter: filterOf(query, request.caller),
      after: (typeof lastId === 'string' && lastId !== '' ? lastId : query.after) ?? null,
      heartbeat: HEARTBEAT,
      backlog: BACKLOG,
      grace: limits.streamGrace,
      allowance: () => allowance(request, services),
      onAccessChange: (listener) => accessChanges.listen(caller.login, listener),
      cutOff: () => raw.socket.destroy(),
      closing: services.closing,
      now: () => services.clock.now(),
    });
    stream.once('close', giveBack);
    return reply(200, undefined, {
      stream,
      headers: {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store',
        // Proxies that gather answers would hold events back.
        'X-Accel-Buffering': 'no',
      },
    });
  }),

  implement(listEvents, ({ query, caller }, { events }) => {
    const { after, limit } = query;
    const filter = filterOf(query, caller);
    // Without a beginning there is nothing yet to tell but where to go on from.
    const kept = events.since(after ?? events.latest());
    if (kept === null)
      throw new ProblemError('bad-request', 'Events after this id are no longer kept', {
        members: { errors: [{ pointer: '/query/after', code: 'too-old', message: 'Is no longer kept' }] },
      });
    const items = [];
    let next = kept.at(-1)?.id ?? after ?? events.latest();
    for (const event of kept) {
      if (!matches(filter, event)) continue;
      items.push(eventJson(event));
      if (items.length < (limit ?? DEFAULT_LIMIT)) continue;
      next = event.id;
      break;
    }
    return reply(200, { items, next });
  }),
];

function filterOf(
  query: { types?: string | undefined; device?: string | undefined },
  caller: Caller,
): EventFilter {
  return {
    types: query.types === undefined ? null : query.types.split(','),
    device: query.device ?? null,
    sees: (domain) => caller.sees(domain),
  };
}

/** The token has not ended, and its owner may still look, with the rights that the stream began with. */
async function allowance(
  { caller }: NbiRequest,
  { tokens, accounts }: Services,
): Promise<{ until: Date | null } | null> {
  const { token } = caller.credential;
  const record = token === null ? null : await tokens.stillGood(token);
  if (token !== null && !record) return null;
  const user = await accounts.find(caller.login);
  if (user?.active !== true || user.version !== caller.user.version) return null;
  return { until: record?.expiresAt ?? null };
}
