import { contactState } from '../../acs/devices/contact-state.js';
import { isSecretName } from '../../acs/devices/secret-names.js';
import { SECRET_MASK } from '../../acs/devices/secret-paths.js';
import type { DeviceRecord, SealedCredentials } from '../../store/models/device.js';
import { timeJson } from './json.js';

export interface DeviceViewOptions {
  now: Date;
  upgrading: boolean;
  /** Asked only when there is something to hide. */
  showSecrets: () => boolean;
}

export function deviceJson(device: DeviceRecord, { now, upgrading, showSecrets }: DeviceViewOptions) {
  return {
    ...identityJson(device),
    ...contactJson(device),
    description: device.description,
    domain: device.domain,
    tags: device.tags,
    groups: device.groups,
    properties: { ...maskSecrets(device.properties, showSecrets), ...masked(device.secretProperties) },
    managed: device.managed,
    blacklisted: device.blacklisted,
    indexed: maskSecrets(device.indexed, showSecrets),
    contact: contactStateJson(device, now, upgrading),
    credentials: {
      acs: credentialMark(device.credentials.acs),
      connectionRequest: credentialMark(device.credentials.connectionRequest),
    },
    editedBy: device.editedBy ? { user: device.editedBy.user, at: device.editedBy.at.toISOString() } : null,
    version: device.version,
  };
}

export type DeviceJson = ReturnType<typeof deviceJson>;

function identityJson(device: DeviceRecord) {
  const { oui, productClass, serialNumber, manufacturer, root, hardwareVersion, softwareVersion } = device;
  const { provisioningCode, parameterKey, mac, wanIp, sourceIp, connectionRequestUrl } = device;
  return {
    id: device._id,
    identity: device._id,
    oui,
    productClass,
    serialNumber,
    manufacturer,
    root,
    model: device.modelName,
    hardwareVersion,
    softwareVersion,
    provisioningCode,
    parameterKey,
    mac,
    wanIp,
    sourceIp,
    connectionRequestUrl,
  };
}

function contactJson(device: DeviceRecord) {
  const { cwmpVersion, cwmpNamespace, lastInform, periodicInformInterval } = device;
  return {
    cwmpVersion,
    cwmpNamespace,
    lastInform: lastInform && {
      events: lastInform.events,
      retryCount: lastInform.retryCount,
      maxEnvelopes: lastInform.maxEnvelopes,
      currentTime: lastInform.currentTime,
    },
    periodicInformInterval,
    createdAt: device.createdAt.toISOString(),
    lastVisit: timeJson(device.lastVisit),
    lastBootstrap: timeJson(device.lastBootstrap),
    lastBoot: timeJson(device.lastBoot),
    lastTaskExecution: timeJson(device.lastTaskExecution),
  };
}

export function contactStateJson(device: DeviceRecord, now: Date, upgrading: boolean) {
  const { state, expectedVisit, since } = contactState(device, now, upgrading);
  return { state, expectedVisit: timeJson(expectedVisit), since: timeJson(since), upgrading };
}

function credentialMark(credentials: SealedCredentials | null) {
  return credentials && { username: credentials.username, set: true as const };
}

/** Values of secret meanings and password-like properties (administration.md §13). */
function maskSecrets(
  values: Readonly<Record<string, string>>,
  showSecrets: () => boolean,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      value !== '' && isSecretName(name) && !showSecrets() ? SECRET_MASK : value,
    ]),
  );
}

/** Sealed ones are read one by one, where each look is in the audit. */
function masked(sealed: DeviceRecord['secretProperties']): Record<string, string> {
  return Object.fromEntries(Object.keys(sealed ?? {}).map((name) => [name, SECRET_MASK]));
}

/** Only the named fields, and the id. */
export function pickFields(device: DeviceJson, fields: readonly string[]): Partial<DeviceJson> {
  const names = new Set<string>(['id', ...fields]);
  return Object.fromEntries(Object.entries(device).filter(([name]) => names.has(name)));
}
