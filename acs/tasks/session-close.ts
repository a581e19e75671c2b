import { SessionSupersededError } from '../../common/errors.js';
import type { SessionRecord } from '../../store/models/session.js';
import type { SessionEnd } from '../cwmp/conductor.js';
import type { SessionFindings } from '../devices/contacts.js';
import { INDEXED_MEANINGS, indexedValues, kindOf, valueOfMeaning } from '../devices/meanings.js';
import type { SessionRun } from './session-run.js';

const DAY = 86_400_000;

/** The last writes of a session, all at once: device record with the lease given back (unless it was), data model, session record. */
export async function closeSession(
  session: SessionRun,
  end: SessionEnd,
  { holdsLease }: { holdsLease: boolean },
): Promise<void> {
  const { parts, deviceId, fence, tree } = session;
  const results = await Promise.allSettled([
    holdsLease
      ? findings(session, end.reason).then((found) => parts.contacts.close(deviceId, fence, found))
      : Promise.resolve(),
    tree.changed ? tree.save() : Promise.resolve(),
    writeRecord(session, end),
  ]);
  const { device, sessionId, turns } = session;
  parts.events.publish(
    'session.ended',
    deviceId,
    { device: deviceId, session: sessionId, end: end.reason, tasks: turns.length, rpcs: end.rpcs.length },
    device.domain,
  );
  for (const result of results)
    if (result.status === 'rejected' && !(result.reason instanceof SessionSupersededError))
      throw result.reason;
}

/** Fields of the record that a parameter tells too, by meaning. */
const FACTS = {
  'model.name': 'modelName',
  'hardware.version': 'hardwareVersion',
  'provisioning.code': 'provisioningCode',
  mac: 'mac',
  'wan.ip': 'wanIp',
  'acs.connectionRequestUrl': 'connectionRequestUrl',
} as const;

const INTERVAL = 'acs.informInterval';

/** What the session learnt of the device, as far as it differs from the record. */
export async function findings(session: SessionRun, end: SessionEnd['reason']): Promise<SessionFindings> {
  const { device, parts, tasks } = session;
  const now = parts.clock.now();
  const found: SessionFindings = { ...session.found };
  if (session.turns.length > 0) found.lastTaskExecution = now;
  if (end === 'complete') {
    const idle = tasks.loaded ? tasks.idleUntil(now) : undefined;
    if (idle !== undefined) found.idle = idle;
  }
  const { root } = device;
  const kinds = session.tree.touchedKinds(root);
  const touched = (key: string): boolean => kinds === 'all' || kinds.has(kindOf(key));
  const keys = INDEXED_MEANINGS.filter(touched);
  const facts = Object.entries(FACTS).filter(([key]) => touched(key));
  if (keys.length === 0 && facts.length === 0 && !touched(INTERVAL)) return found;

  const tree = await session.tree.tree();
  const indexed = Object.entries(indexedValues(root, tree, keys)).filter(
    ([key, value]) => (device.indexed[key] ?? null) !== value,
  );
  if (indexed.length > 0) found.indexed = Object.fromEntries(indexed);
  for (const [meaning, field] of facts) {
    const value = valueOfMeaning(meaning, root, tree);
    if (value !== null && value !== '' && value !== device[field]) found[field] = value;
  }
  const interval = touched(INTERVAL) ? Number(valueOfMeaning(INTERVAL, root, tree) ?? NaN) : NaN;
  if (Number.isSafeInteger(interval) && interval > 0 && interval !== device.periodicInformInterval)
    found.periodicInformInterval = interval;
  return found;
}

async function writeRecord(session: SessionRun, end: SessionEnd): Promise<void> {
  const { parts, contact } = session;
  const endedAt = parts.clock.now();
  const record: SessionRecord = {
    _id: session.sessionId,
    device: session.deviceId,
    fence: session.fence,
    startedAt: session.startedAt,
    endedAt,
    end: end.reason,
    events: contact.inform.events.map(({ code, commandKey }) => ({ code, commandKey })),
    sourceIp: contact.sourceIp,
    tls: contact.tls,
    cwmpVersion: contact.cwmpVersion,
    server: parts.serverId,
    rpcs: end.rpcs,
    rpcCount: end.rpcs.length,
    faults: end.rpcs.filter(({ fault }) => fault !== null).length,
    bytesIn: end.bytesIn,
    bytesOut: end.bytesOut,
    tasks: session.turns,
    warnings: [...end.warnings, ...session.warnings],
    expiresAt: new Date(endedAt.getTime() + parts.retention.sessionDays * DAY),
  };
  const sessions = parts.store.db.collection<SessionRecord>(parts.store.sessions.collection.name);
  await sessions.insertOne(record);
}
