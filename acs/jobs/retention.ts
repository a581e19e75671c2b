import { CLOCK_TOLERANCE } from '../../common/clock.js';
import type { Store } from '../../store/store.js';

/** Transfers are shown in the history of the device for a month after their URL died. */
const TRANSFER_KEEP_MS = 30 * 86_400_000;

/** A session whose lease ran out this long ago has ended without saying so: its server is gone. */
const LEASE_GRACE_MS = 60_000;

/**
 * Removes what is kept for a time only (tasks.md §10). The TTL indexes of the store do the same sooner or later; this
 * makes it certain and visible. Returns how many records of each collection went.
 */
export async function removeExpired(store: Store, now: Date): Promise<Record<string, number>> {
  const models = {
    sessions: store.sessions,
    'execution logs': store.executionLogs,
    'log lines': store.logLines,
    'connection requests': store.connectionRequests,
    'deliveries of callbacks': store.callbackDeliveries,
    'value samples': store.valueSamples,
    addresses: store.addressUses,
    tokens: store.tokens,
    'audit entries': store.audit,
    'idempotency keys': store.idempotency,
    'activity entries': store.activities,
  };
  const removed: Record<string, number> = {};
  for (const [name, model] of Object.entries(models)) {
    const { deletedCount } = await model.collection.deleteMany({ expiresAt: { $lte: now } });
    if (deletedCount > 0) removed[name] = deletedCount;
  }
  const transfersBefore = new Date(now.getTime() - TRANSFER_KEEP_MS);
  const { deletedCount } = await store.transfers.collection.deleteMany({
    expiresAt: { $lte: transfersBefore },
  });
  if (deletedCount > 0) removed.transfers = deletedCount;
  return removed;
}

/** Frees devices whose session died with its server. Returns how many. */
export async function releaseStaleLeases(store: Store, now: Date): Promise<number> {
  const before = new Date(now.getTime() - LEASE_GRACE_MS);
  const after = new Date(now.getTime() + CLOCK_TOLERANCE);
  const { modifiedCount } = await store.devices.collection.updateMany(
    {
      'lease.session': { $ne: null },
      // Of a clock that was set back since: a session that is open renews its lease long before this is asked again.
      $or: [{ 'lease.until': { $lte: before } }, { 'lease.from': { $gt: after } }],
    },
    { $set: { 'lease.session': null, 'lease.server': null, 'lease.until': null } },
  );
  return modifiedCount;
}
