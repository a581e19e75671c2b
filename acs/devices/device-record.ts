import type { DeviceRecord } from '../../store/models/device.js';
import { mapOfStored, storedMap } from './stored-keys.js';

/** Groups that every device is in (devices.md §2). */
export const DEVICE_GROUPS: readonly string[] = ['root', 'root.cwmp'];
/** Where a device goes besides when it registered itself. */
export const INCOMING_GROUP = 'root.incoming';
export const AUTOMATIC_DESCRIPTION = 'added automatically';

/** A record with every field set, as both a first contact and a person's entry begin. */
export function newDeviceRecord(
  given: Pick<DeviceRecord, '_id' | 'oui' | 'productClass' | 'serialNumber' | 'createdAt'> &
    Partial<DeviceRecord>,
): DeviceRecord {
  return {
    manufacturer: '',
    root: '',
    modelName: null,
    hardwareVersion: null,
    softwareVersion: null,
    provisioningCode: null,
    parameterKey: null,
    mac: null,
    wanIp: null,
    addressKey: null,
    sourceIp: null,
    connectionRequestUrl: null,
    udpConnectionRequestAddress: null,
    cwmpNamespace: null,
    cwmpVersion: null,
    lastInform: null,
    periodicInformInterval: null,
    lastVisit: null,
    lastBootstrap: null,
    lastBoot: null,
    lastTaskExecution: null,
    description: '',
    domain: '/',
    tags: [],
    groups: [...DEVICE_GROUPS],
    properties: {},
    secretProperties: {},
    managed: true,
    blacklisted: false,
    indexed: {},
    credentials: { acs: null, connectionRequest: null },
    connectionCredentialsLost: false,
    lease: { fence: 0, session: null, server: null, until: null },
    taskCounter: 0,
    version: 1,
    editedBy: null,
    ...given,
  };
}

/** The record as it lies in the store: names of properties and meanings made safe as field names. */
export function toStored(device: DeviceRecord): DeviceRecord {
  return {
    ...device,
    properties: storedMap(device.properties),
    secretProperties: storedMap(device.secretProperties ?? {}),
    indexed: storedMap(device.indexed),
  };
}

/** The record as the rest of the program sees it. */
export function fromStored(stored: DeviceRecord): DeviceRecord {
  return {
    ...stored,
    properties: mapOfStored(stored.properties),
    secretProperties: mapOfStored(stored.secretProperties),
    indexed: mapOfStored(stored.indexed),
  };
}
