import type { DeviceRecord, SealedCredentials } from '../../store/models/device.js';
import type { Answer } from '../cwmp/conductor.js';
import type { AcsRequest } from '../cwmp/messages.js';
import type { OpenedContact, SessionFindings } from '../devices/contacts.js';
import { resolveMeaning } from '../devices/meanings.js';
import { ParameterTree } from '../devices/parameter-tree.js';
import { hasEvent } from './signal.js';
import type { SessionRun } from './session-run.js';

/** Credentials for connection requests, for the CPE in clear and for the record sealed. */
export interface IssuedCredentials {
  username: string;
  password: string;
  sealed: SealedCredentials;
}

export interface FirstContactOptions {
  /** Those that the device shall have: the ones on record, else new ones. */
  issueCredentials(device: DeviceRecord): IssuedCredentials;
}

/** Yields requests, receives what came for them, returns what the device record is to know of it. */
export type FirstContact = AsyncGenerator<AcsRequest, SessionFindings, Answer>;

/** What lists and the forecast of the next visit need; the Inform does not carry it. */
const FACTS = ['model.name', 'acs.informInterval', 'uptime'];
const INVALID_NAME = 9005;
const BOOT = 1;

/**
 * What a session does before the tasks when the CPE is new here or has forgotten what it was told (BOOTSTRAP): reads a few
 * facts, and sets the credentials for connection requests, which are void then (task-types.md §2.2, traps.md CWMP 13). Null
 * = nothing to do. No refusal stops the session.
 */
export function firstContact(session: SessionRun, opened: OpenedContact): FirstContact | null {
  const options = session.parts.firstContact;
  const { device, created, bootstrap } = opened;
  if (!options || !device.managed) return null;
  const isNew = created || bootstrap === 'fresh' || bootstrap === 'suspected';
  // One that refused is asked again after its next restart, not in each session.
  const mayAsk = isNew || hasEvent(session.contact.inform.events, BOOT);
  const lacksCredentials = !device.credentials.connectionRequest || device.connectionCredentialsLost === true;
  const setsCredentials = mayAsk && lacksCredentials && device.connectionRequestUrl !== null;
  if (!isNew && !setsCredentials) return null;
  return steps(session, {
    reads: isNew,
    credentials: setsCredentials ? options.issueCredentials(device) : null,
  });
}

async function* steps(
  session: SessionRun,
  wanted: { reads: boolean; credentials: IssuedCredentials | null },
): FirstContact {
  if (wanted.reads) yield* readFacts(session);
  const { credentials } = wanted;
  if (credentials && (yield* setCredentials(session, credentials)))
    return { connectionRequestCredentials: credentials.sealed };
  return {};
}

async function* readFacts(session: SessionRun): AsyncGenerator<AcsRequest, void, Answer> {
  const nothingKnown = new ParameterTree();
  const names = FACTS.flatMap((key) => resolveMeaning(key, session.device.root, nothingKnown)?.path ?? []);
  const answer = yield { method: 'GetParameterValues', names };
  if (await learnt(session, answer)) return;
  if (answer.kind !== 'fault' || answer.fault.faultCode !== INVALID_NAME) return;
  // The fault does not say which name it does not know (TR-069 A6 §A.3.2.2).
  for (const name of names) await learnt(session, yield { method: 'GetParameterValues', names: [name] });
}

async function learnt(session: SessionRun, answer: Answer): Promise<boolean> {
  if (answer.kind !== 'response' || answer.response.method !== 'GetParameterValues') return false;
  await session.tree.learn({ at: session.parts.clock.now(), values: answer.response.parameters });
  return true;
}

function* setCredentials(
  session: SessionRun,
  { username, password }: IssuedCredentials,
): Generator<AcsRequest, boolean, Answer> {
  const server = `${session.device.root}.ManagementServer.`;
  const answer = yield {
    method: 'SetParameterValues',
    parameters: [
      { name: `${server}ConnectionRequestUsername`, value: username, type: 'string' },
      { name: `${server}ConnectionRequestPassword`, value: password, type: 'string' },
    ],
    // Not empty: a ParameterKey that is gone later tells of a reset (cpe-quirks.md row 63).
    parameterKey: session.sessionId,
  };
  if (answer.kind === 'response') return true;
  const why = answer.kind === 'fault' ? answer.fault.message : answer.reason;
  session.warnings.push(`The CPE did not take credentials for connection requests: ${why}`);
  return false;
}
