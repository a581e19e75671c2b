import type { ConnectionRequestRecord } from '../../store/models/connection-request.js';
import type { SessionRecord } from '../../store/models/session.js';
import { durationJson, timeJson } from './json.js';

export function sessionJson(session: SessionRecord) {
  const { device, startedAt, endedAt, end, events, sourceIp, tls, cwmpVersion, rpcCount, faults } = session;
  return {
    id: session._id,
    device,
    startedAt: startedAt.toISOString(),
    endedAt: endedAt.toISOString(),
    end,
    events,
    sourceIp,
    tls,
    cwmpVersion,
    rpcCount,
    faults,
    bytesIn: session.bytesIn,
    bytesOut: session.bytesOut,
    tasks: session.tasks,
    duration: durationJson(endedAt.getTime() - startedAt.getTime()),
  };
}

export function sessionDetailsJson(session: SessionRecord) {
  return { ...sessionJson(session), rpcs: session.rpcs, warnings: session.warnings };
}

export function connectionRequestJson(request: ConnectionRequestRecord) {
  const { device, user, requestedAt, outcome, attempts, acceptedAt, cameAt, nextAttemptAt, open } = request;
  return {
    id: request._id,
    device,
    user,
    requestedAt: requestedAt.toISOString(),
    outcome,
    attempts: attempts.map(({ at, url, status, outcome: came, duration, detail }) => ({
      at: at.toISOString(),
      url,
      status,
      outcome: came,
      duration,
      detail,
    })),
    acceptedAt: timeJson(acceptedAt),
    cameAt: timeJson(cameAt),
    nextAttemptAt: timeJson(nextAttemptAt),
    open,
  };
}
