import type { mongo } from 'mongoose';
import type { Clock } from '../../common/clock.js';
import { DeviceRefusedError, SessionSupersededError } from '../../common/errors.js';
import type { EventBus } from '../../common/events.js';
import type { Log } from '../../common/log.js';
import type { DeviceRecord, SealedCredentials } from '../../store/models/device.js';
import type { Store } from '../../store/store.js';
import { addressSortKey, normalMac, plainAddress } from './addresses.js';
import {
  AUTOMATIC_DESCRIPTION,
  DEVICE_GROUPS,
  fromStored,
  INCOMING_GROUP,
  newDeviceRecord,
} from './device-record.js';
import { deviceIdentity } from './identity.js';
import { factsOfInform, type InformFacts } from './inform-facts.js';
import { voidStoredTree } from './parameter-trees.js';
import { storedKey } from './stored-keys.js';
import { isDuplicateKey } from '../../store/duplicate-key.js';

/** What is known when an authenticated Inform has come; the shape of the protocol's own `Contact`, flattened. */
export interface ContactFacts {
  sessionId: string;
  at: Date;
  sourceIp: string;
  tls: boolean;
  cwmpNamespace: string;
  cwmpVersion: string;
  deviceId: { manufacturer: string; oui: string; productClass: string; serialNumber: string };
  events: readonly { code: string; commandKey: string }[];
  retryCount: number;
  maxEnvelopes: number;
  currentTime: string;
  parameters: readonly { name: string; value: string; type: string }[];
}

/** What the record said before this contact; null for a device that had no record. */
export interface PreviousContact {
  softwareVersion: string | null;
  parameterKey: string | null;
  lastVisit: Date | null;
  /** The session that held the lease and has lost it now; null when none was open. */
  leaseSession: string | null;
}

export interface OpenedContact {
  /** The record as it is now, this contact included. */
  device: DeviceRecord;
  previous: PreviousContact | null;
  created: boolean;
  fence: number;
  /**
   * `fresh`: the CPE has lost what it knew; the cached tree's values and the connection-request credentials are void.
   * `repeated`: event 0 again although the CPE still has the ParameterKey that it was given (cpe-quirks.md row 64).
   * `suspected`: no event 0, but the ParameterKey is gone (row 63). Null: none of it.
   */
  bootstrap: 'fresh' | 'repeated' | 'suspected' | null;
  facts: InformFacts;
}

/** What a session learnt of the device; only the fields that are present are written. */
export type SessionFindings = Partial<
  Pick<
    DeviceRecord,
    | 'manufacturer'
    | 'modelName'
    | 'hardwareVersion'
    | 'softwareVersion'
    | 'provisioningCode'
    | 'parameterKey'
    | 'mac'
    | 'wanIp'
    | 'connectionRequestUrl'
    | 'udpConnectionRequestAddress'
    | 'periodicInformInterval'
    | 'lastBoot'
    | 'lastBootstrap'
    | 'lastTaskExecution'
    | 'idle'
    | 'treeWriter'
  >
> & {
  /** Values by meaning; null = the device has no such parameter any more. Others stay as they are. */
  indexed?: Readonly<Record<string, string | null>>;
  /** The credentials that the CPE has just been given for connection requests. */
  connectionRequestCredentials?: SealedCredentials;
};

export type NewDevicePolicy = 'create' | 'known-only' | 'reject';

export interface ContactsOptions {
  clock: Clock;
  events: EventBus;
  log: Log;
  /** Names this server process in leases. */
  serverId: string;
  /** How long a lease lives without renewal; longer than the longest pause between two messages of a session. */
  leaseSeconds: number;
  newDevicePolicy: NewDevicePolicy;
  /** Where devices go that register themselves. */
  defaultDomain?: string;
}

/** Encoded; it is the key of many records, and keys have limits. */
const MAX_IDENTITY = 600;

type Changes = Partial<DeviceRecord>;

/** The inventory as CWMP sessions see it: contact begins, session lives, session ends; one narrow write each. */
export class Contacts {
  readonly #options: ContactsOptions;
  readonly #devices: mongo.Collection<DeviceRecord>;
  readonly #store: Store;

  constructor(store: Store, options: ContactsOptions) {
    this.#store = store;
    this.#options = options;
    this.#devices = store.db.collection<DeviceRecord>(store.devices.collection.name);
  }

  /**
   * Takes the device's lease with a new fence and keeps what the Inform says, in one round trip for a known device; an
   * unknown one is registered if the policy allows. Rejects with `DeviceRefusedError` when the device may not talk to us.
   */
  async open(contact: ContactFacts): Promise<OpenedContact> {
    const { oui, serialNumber } = contact.deviceId;
    if (oui.trim() === '' && serialNumber.trim() === '')
      throw new DeviceRefusedError('The Inform names neither OUI nor serial number');
    const id = deviceIdentity(contact.deviceId);
    if (id.length > MAX_IDENTITY)
      throw new DeviceRefusedError(`The identity has over ${MAX_IDENTITY} characters`);
    const facts = factsOfInform(contact.parameters, plainAddress(contact.sourceIp));
    // A second round is needed when another process registers the same device between our look and our insert.
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const opened =
        (await this.#openKnown(id, contact, facts)) ?? (await this.#register(id, contact, facts));
      if (opened) return opened;
    }
    throw new Error(`Device ${id} could not be registered: its record comes and goes`);
  }

  /**
   * Ends the lease and writes what the session learnt, in one write. Rejects with `SessionSupersededError`, nothing
   * written, when a newer session holds the lease.
   */
  async close(deviceId: string, fence: number, findings: SessionFindings = {}): Promise<void> {
    if (!(await this.#release({ _id: deviceId, 'lease.fence': fence }, findings)))
      throw new SessionSupersededError(`A newer session of ${deviceId} holds its lease`);
  }

  /**
   * As `close`, but only while nobody changed the device's tasks and reports since revision `taskRevision`; false, and
   * nothing written, when somebody did or a newer session holds the lease.
   */
  async closeUnchanged(
    deviceId: string,
    fence: number,
    taskRevision: number,
    findings: SessionFindings = {},
  ): Promise<boolean> {
    // A device that never had a task has no count yet.
    const revision = taskRevision === 0 ? { $not: { $gt: 0 } } : taskRevision;
    return this.#release({ _id: deviceId, 'lease.fence': fence, taskRevision: revision }, findings);
  }

  async #release(
    holder: mongo.Filter<DeviceRecord> & { _id: string },
    findings: SessionFindings,
  ): Promise<boolean> {
    const { set, unset } = closingUpdate(findings);
    const before = await this.#devices.findOneAndUpdate(
      holder,
      {
        $set: { ...set, 'lease.session': null, 'lease.server': null, 'lease.until': null },
        ...(Object.keys(unset).length > 0 && { $unset: unset }),
      },
      { projection: { softwareVersion: 1, wanIp: 1, domain: 1 }, returnDocument: 'before' },
    );
    if (!before) return false;
    this.#publishChanges(holder._id, before, findings);
    return true;
  }

  /** Keeps the lease for another `leaseSeconds`. Rejects with `SessionSupersededError` when it is lost. */
  async renew(deviceId: string, fence: number): Promise<void> {
    const from = this.#options.clock.now();
    const result = await this.#devices.updateOne(
      { _id: deviceId, 'lease.fence': fence, 'lease.session': { $ne: null } },
      { $set: { 'lease.from': from, 'lease.until': this.#leaseEnd(from) } },
    );
    if (result.matchedCount === 0)
      throw new SessionSupersededError(`A newer session of ${deviceId} holds its lease`);
  }

  async #openKnown(id: string, contact: ContactFacts, facts: InformFacts): Promise<OpenedContact | null> {
    const changes = informChanges(contact, facts);
    const lease = this.#leaseOf(contact);
    const stored = await this.#devices.findOneAndUpdate(
      { _id: id, blacklisted: { $ne: true } },
      {
        $set: {
          ...changes,
          'lease.session': lease.session,
          'lease.server': lease.server,
          'lease.from': lease.from,
          'lease.until': lease.until,
        },
        $inc: { 'lease.fence': 1 },
      },
      { returnDocument: 'before' },
    );
    if (!stored) return null;
    const before = fromStored(stored);
    const fence = before.lease.fence + 1;
    const device: DeviceRecord = { ...before, ...changes, lease: { ...lease, fence } };
    const bootstrap = bootstrapKind(before, contact, facts);
    await this.#afterOpen(before, device, bootstrap);
    this.#publishContact(before, device, contact, bootstrap);
    const previous = {
      softwareVersion: before.softwareVersion,
      parameterKey: before.parameterKey,
      lastVisit: before.lastVisit,
      leaseSession: before.lease.session,
    };
    return { device, previous, created: false, fence, bootstrap, facts };
  }

  /** The rare further writes of an opened contact. */
  async #afterOpen(
    before: DeviceRecord,
    device: DeviceRecord,
    bootstrap: OpenedContact['bootstrap'],
  ): Promise<void> {
    const set: Changes = {};
    if (device.wanIp === null && device.sourceIp !== null && before.sourceIp !== device.sourceIp)
      set.addressKey = addressSortKey(device.sourceIp);
    const reset = (bootstrap === 'fresh' || bootstrap === 'suspected') && before.lastVisit !== null;
    if (reset) set.connectionCredentialsLost = true;
    // Not the mark of what the session will store at its end.
    if (reset) set.treeWriter = `${device.lease.session ?? ''}:void`;
    if (Object.keys(set).length === 0) return;
    Object.assign(device, set);
    const { fence } = device.lease;
    const written = await this.#devices.updateOne({ _id: device._id, 'lease.fence': fence }, { $set: set });
    if (!reset || written.matchedCount === 0) return;
    const at = device.lastVisit ?? this.#options.clock.now();
    await voidStoredTree(this.#store, device._id, at, { fence, mark: set.treeWriter ?? '' });
  }

  async #register(id: string, contact: ContactFacts, facts: InformFacts): Promise<OpenedContact | null> {
    const known = await this.#devices.findOne({ _id: id }, { projection: { blacklisted: 1 } });
    if (known?.blacklisted) this.#refuse('device.denied', id, contact, 'blacklisted');
    if (known) return null;
    if (this.#options.newDevicePolicy !== 'create')
      this.#refuse('device.rejected', id, contact, this.#options.newDevicePolicy);

    const device = newDeviceRecord({
      _id: id,
      oui: contact.deviceId.oui.toUpperCase(),
      productClass: contact.deviceId.productClass,
      serialNumber: contact.deviceId.serialNumber,
      createdAt: contact.at,
      ...informChanges(contact, facts),
      addressKey: addressSortKey(facts.wanIp ?? plainAddress(contact.sourceIp)),
      description: AUTOMATIC_DESCRIPTION,
      domain: this.#options.defaultDomain ?? '/',
      groups: [...DEVICE_GROUPS, INCOMING_GROUP],
      lease: { ...this.#leaseOf(contact), fence: 1 },
    });
    try {
      await this.#devices.insertOne(device);
    } catch (error) {
      if (isDuplicateKey(error)) return null;
      throw error;
    }
    const bootstrap = hasEvent(contact, 0) ? 'fresh' : null;
    this.#options.events.publish('device.created', id, { by: 'inform' }, device.domain);
    this.#publishContact(null, device, contact, bootstrap);
    return { device, previous: null, created: true, fence: 1, bootstrap, facts };
  }

  #refuse(event: string, id: string, contact: ContactFacts, reason: string): never {
    const sourceIp = plainAddress(contact.sourceIp);
    this.#options.log.warn({ device: id, sourceIp, reason }, 'device refused');
    this.#options.events.publish(event, id, { sourceIp, reason });
    throw new DeviceRefusedError(`Device ${id} is refused: ${reason}`);
  }

  #leaseOf(contact: ContactFacts): { session: string; server: string; from: Date; until: Date } {
    return {
      session: contact.sessionId,
      server: this.#options.serverId,
      from: contact.at,
      until: this.#leaseEnd(contact.at),
    };
  }

  #leaseEnd(from: Date): Date {
    return new Date(from.getTime() + this.#options.leaseSeconds * 1000);
  }

  #publishContact(
    before: DeviceRecord | null,
    device: DeviceRecord,
    contact: ContactFacts,
    bootstrap: OpenedContact['bootstrap'],
  ): void {
    const { events } = this.#options;
    const publish = (type: string, data: Record<string, unknown> = {}): void =>
      events.publish(type, device._id, data, device.domain);
    if (!before?.lastVisit) publish('device.first-contact', { session: contact.sessionId });
    if (hasEvent(contact, 1)) publish('device.booted');
    if (bootstrap === 'fresh' || bootstrap === 'suspected')
      publish('device.bootstrapped', { suspected: bootstrap === 'suspected' });
    if (before) this.#publishChanges(device._id, before, device);
  }

  #publishChanges(
    id: string,
    before: Pick<DeviceRecord, 'softwareVersion' | 'wanIp' | 'domain'>,
    after: Pick<SessionFindings, 'softwareVersion' | 'wanIp'>,
  ): void {
    const { events } = this.#options;
    if (before.wanIp !== null && after.wanIp && after.wanIp !== before.wanIp)
      events.publish('device.ip.changed', id, { from: before.wanIp, to: after.wanIp }, before.domain);
    if (
      before.softwareVersion !== null &&
      after.softwareVersion &&
      after.softwareVersion !== before.softwareVersion
    )
      events.publish(
        'device.software.changed',
        id,
        { from: before.softwareVersion, to: after.softwareVersion },
        before.domain,
      );
  }
}

/** Event codes are told apart by their number; the words after it vary (spec cwmp.md §6). */
function hasEvent(contact: ContactFacts, number: number): boolean {
  return contact.events.some(({ code }) => numberOfEvent(code) === number);
}

function numberOfEvent(code: string): number | null {
  const digits = /^\s*(\d+)(?:\s|$)/.exec(code)?.[1];
  return digits === undefined ? null : Number(digits);
}

function bootstrapKind(
  before: DeviceRecord,
  contact: ContactFacts,
  facts: InformFacts,
): OpenedContact['bootstrap'] {
  const keyKept =
    facts.parameterKey !== null && facts.parameterKey !== '' && facts.parameterKey === before.parameterKey;
  if (hasEvent(contact, 0)) {
    const again = before.lastInform?.events.some((code) => numberOfEvent(code) === 0) ?? false;
    return again && keyKept ? 'repeated' : 'fresh';
  }
  return facts.parameterKey === '' && (before.parameterKey ?? '') !== '' ? 'suspected' : null;
}

/** What an Inform changes in the record; facts that it does not report stay as they were. */
function informChanges(contact: ContactFacts, facts: InformFacts): Changes {
  const changes: Changes = {
    manufacturer: contact.deviceId.manufacturer,
    sourceIp: plainAddress(contact.sourceIp),
    cwmpNamespace: contact.cwmpNamespace,
    cwmpVersion: contact.cwmpVersion,
    lastInform: {
      events: contact.events.map(({ code }) => code),
      retryCount: contact.retryCount,
      maxEnvelopes: contact.maxEnvelopes,
      currentTime: contact.currentTime,
    },
    lastVisit: contact.at,
    secure: contact.tls,
  };
  if (facts.root !== null) changes.root = facts.root;
  if (facts.softwareVersion !== null) changes.softwareVersion = facts.softwareVersion;
  if (facts.hardwareVersion !== null) changes.hardwareVersion = facts.hardwareVersion;
  if (facts.provisioningCode !== null) changes.provisioningCode = facts.provisioningCode;
  if (facts.parameterKey !== null) changes.parameterKey = facts.parameterKey;
  if (facts.modelName !== null) changes.modelName = facts.modelName;
  if (facts.connectionRequestUrl !== null) changes.connectionRequestUrl = facts.connectionRequestUrl;
  if (facts.udpConnectionRequestAddress !== null)
    changes.udpConnectionRequestAddress = facts.udpConnectionRequestAddress;
  if (facts.periodicInformInterval !== null) changes.periodicInformInterval = facts.periodicInformInterval;
  if (facts.wanIp !== null) {
    changes.wanIp = facts.wanIp;
    changes.addressKey = addressSortKey(facts.wanIp);
  }
  if (hasEvent(contact, 0)) changes.lastBootstrap = contact.at;
  if (hasEvent(contact, 1)) changes.lastBoot = contact.at;
  return changes;
}

function closingUpdate(findings: SessionFindings): {
  set: Record<string, unknown>;
  unset: Record<string, ''>;
} {
  const { indexed, connectionRequestCredentials, ...plain } = findings;
  const set: Record<string, unknown> = { ...plain };
  const unset: Record<string, ''> = {};
  if (plain.mac) set.mac = normalMac(plain.mac);
  if (plain.wanIp) set.addressKey = addressSortKey(plain.wanIp);
  for (const [meaning, value] of Object.entries(indexed ?? {})) {
    const field = `indexed.${storedKey(meaning)}`;
    if (value === null) unset[field] = '';
    else set[field] = value;
  }
  if (connectionRequestCredentials) {
    set['credentials.connectionRequest'] = connectionRequestCredentials;
    set.connectionCredentialsLost = false;
  }
  return { set, unset };
}
