import type { QueryFilter } from 'mongoose';
import { heldLease } from '../../acs/devices/contact-state.js';
import { inDomain } from '../../common/domains.js';
import type { AuditRecord } from '../../store/models/audit.js';
import { getSystem, listAudit, listJobs } from '../api/system.js';
import { decodeCursor, DEFAULT_LIMIT, encodeCursor, foreignCursor, pageReply } from '../http/lists.js';
import { reply } from '../http/request.js';
import { implement } from '../http/route.js';
import { inventoryView } from './device-query.js';
import { timeJson } from '../views/json.js';

export const systemRoutes = [
  implement(getSystem, async ({ caller }, { info, inventory, store, clock }) => {
    const seen = inDomain(caller.domain);
    const [devices, sessionsOpen] = await Promise.all([
      inventory.count({ view: inventoryView(caller) }),
      store.devices.countDocuments({
        ...heldLease(clock.now()),
        ...(seen && { domain: seen }),
      }),
    ]);
    return reply(200, {
      version: info.version,
      name: info.name,
      startedAt: info.startedAt.toISOString(),
      store: { kind: info.storeKind },
      devices,
      sessionsOpen,
      cwmpUrl: info.cwmpUrl,
      filesUrl: info.filesUrl,
    });
  }),

  implement(listJobs, async (_request, { jobs }) =>
    pageReply({ items: await jobs.list(), next: null }, (job) => ({
      name: job.name,
      title: job.title,
      interval: job.interval,
      nextRunAt: timeJson(job.nextRunAt),
      lastRunAt: timeJson(job.lastRunAt),
      lastFinishedAt: timeJson(job.lastFinishedAt),
      lastResult: job.lastResult && { ...job.lastResult, at: job.lastResult.at.toISOString() },
      failCount: job.failCount,
      running: job.running,
    })),
  ),

  implement(listAudit, async ({ query, caller }, { store, accounts }) => {
    const { limit = DEFAULT_LIMIT, cursor, user, action, object, from, to } = query;
    const conditions: QueryFilter<AuditRecord>[] = [];
    if (user !== undefined) conditions.push({ user });
    if (action !== undefined) conditions.push({ action });
    if (object !== undefined) conditions.push({ object });
    if (from !== undefined) conditions.push({ at: { $gte: new Date(from) } });
    if (to !== undefined) conditions.push({ at: { $lt: new Date(to) } });
    if (cursor !== undefined) conditions.push(auditAfter(cursor));
    // Acts of users in view; those of deleted users are for the root domain.
    if (caller.domain !== '/') conditions.push({ user: { $in: await accounts.loginsIn(caller.domain) } });
    const rows = await store.audit
      .find(conditions.length === 0 ? {} : { $and: conditions })
      .sort({ at: -1, _id: -1 })
      .limit(limit + 1)
      .lean<AuditRecord[]>();
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    const more = rows.length > limit && last;
    return pageReply(
      { items, next: more ? encodeCursor([last.at.getTime(), String(last._id)]) : null },
      auditJson,
    );
  }),
];

function auditAfter(cursor: string): QueryFilter<AuditRecord> {
  const [at, id] = decodeCursor(cursor, ['number', 'string']);
  const time = new Date(at);
  if (Number.isNaN(time.getTime()) || !/^[0-9a-f]{24}$/.test(id)) throw foreignCursor();
  return { $or: [{ at: { $lt: time } }, { at: time, _id: { $lt: id } }] };
}

function auditJson(entry: AuditRecord) {
  const { at, user, token, address, requestId, action, object, difference, result } = entry;
  return {
    id: String(entry._id),
    at: at.toISOString(),
    user,
    token,
    address,
    requestId,
    action,
    object,
    difference,
    result,
  };
}
