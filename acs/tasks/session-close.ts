import { SessionSupersededError } from '../../common/errors.js';
import type { SessionRecord } from '../../store/models/session.js';
import type { SessionEnd } from '../cwmp/conductor.js';
import type { SessionFindings } from '../devices/contacts.js';
import { INDEXED_MEANINGS, indexedValues, kindOf, valueOfMeaning } from '../devices/meanings.js';
import { applyMappings } from './property-mappings.js';
import type { SessionRun } from './session-run.js';

const DAY = 86_400_000;

/** Whether the session still has the device's lease; `released` = it gave it back, and nobody had taken it before. */
export type LeaseState = 'held' | 'released' | 'lost';

/** The last writes of a session: its record, and beside it the device's record with the lease given back, then the data model. */
export async function closeSession(session: SessionRun, end: SessionEnd, lease: LeaseState): Promise<void> {
  const { parts, deviceId } = session;
  const results = await Promise.allSettled([writeDevice(session, end, lease), writeRecord(session, end)]);
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

/**
 * The lease first: that it could be given back proves that no newer session had begun and the device is still there.
 * A session that has lost it leaves no trace in the data model.
 */
async function writeDevice(session: SessionRun, end: SessionEnd, lease: LeaseState): Promise<void> {
  const { parts, deviceId, fence, tree } = session;
  if (lease === 'lost') return;
  if (lease === 'held') await parts.contacts.close(deviceId, fence, await findings(session, end.reason));
  if (!tree.changed) return;
  await tree.save({ fence, mark: session.sessionId });
  await applyMappings(session);
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
    const idle = tasks.loaded ? tasks.idleUntil(now, session.turns) : undefined;
    if (idle !== undefined) found.idle = idle;
  }
  if (session.tree.changed) found.treeWriter = session.sessionId;
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
  await parts.records.addSession(record);
}
