import { Schema } from 'mongoose';
import type { SealedSecret } from '../../common/secret-box.js';
import type { DeviceService } from './service.js';

/** Who serves the device's one session; a later Inform takes a higher fence (design: one session per device). */
export interface SessionLease {
  /** Grows by one with each session of the device and never goes back. */
  fence: number;
  /** Id of the session that holds the lease, or null when none is open. */
  session: string | null;
  /** Which server process serves it. */
  server: string | null;
  /** When it was last given. */
  from?: Date | null;
  until: Date | null;
}

/** A parameter that is copied to a property of the device whenever the server learns a value (xmltask.md §4.8). */
export interface PropertyMapping {
  /** It lasts as long as this task exists. */
  task: string;
  /** Full path. */
  key: string;
  /** The property. */
  target: string;
}

export interface SealedCredentials {
  username: string;
  password: SealedSecret;
}

/** One CPE of the inventory. Small on purpose: read and written in every session. */
export interface DeviceRecord {
  /** Identity, `OUI-ProductClass-SerialNumber`, each part percent-encoded (devices.md §1). */
  _id: string;
  oui: string;
  productClass: string;
  serialNumber: string;
  manufacturer: string;
  /** `InternetGatewayDevice` or `Device`; empty until the first Inform. */
  root: string;
  modelName: string | null;
  hardwareVersion: string | null;
  softwareVersion: string | null;
  provisioningCode: string | null;
  parameterKey: string | null;
  mac: string | null;
  /** The WAN address that the CPE reports. */
  wanIp: string | null;
  /** The WAN address, or else the source address, as text that sorts like a number. */
  addressKey?: string | null;
  /** Where its TCP connection came from. */
  sourceIp: string | null;
  connectionRequestUrl: string | null;
  udpConnectionRequestAddress: string | null;
  /** The namespace URI that the CPE uses, and the protocol version derived from it (`1.0` … `1.4`). */
  cwmpNamespace: string | null;
  cwmpVersion: string | null;
  lastInform: {
    events: string[];
    retryCount: number;
    maxEnvelopes: number;
    /** As sent: it may be no date at all (cpe-quirks.md row 32). */
    currentTime: string;
  } | null;
  /** Seconds, as last read from the device; null = not known. */
  periodicInformInterval: number | null;
  createdAt: Date;
  lastVisit: Date | null;
  /** Whether its last session was over TLS. */
  secure?: boolean;
  lastBootstrap: Date | null;
  lastBoot: Date | null;
  lastTaskExecution: Date | null;
  description: string;
  domain: string;
  tags: string[];
  groups: string[];
  properties: Record<string, string>;
  /** Own properties that are secret, sealed; a name is here or in `properties`, never in both. */
  secretProperties?: Record<string, SealedSecret>;
  mappings?: PropertyMapping[];
  /** By the key of the service: those that were ever switched (groups-profiles.md §8). */
  services?: Record<string, DeviceService>;
  /** False: the Inform is recorded, no task runs and no RPC is sent (devices.md §3). */
  managed: boolean;
  blacklisted: boolean;
  /** Values by meaning (`wifi.1.ssid`) that lists show and search. */
  indexed: Record<string, string>;
  credentials: {
    /** What this CPE must present to the ACS; null = the installation's. */
    acs: SealedCredentials | null;
    /** What the ACS presents in a connection request. */
    connectionRequest: SealedCredentials | null;
  };
  /** True from a factory reset until the credentials are set anew: the CPE may have forgotten them. */
  connectionCredentialsLost?: boolean;
  lease: SessionLease;
  /** The last number given to a task of this device (`d:<identity>:<n>`). */
  taskCounter: number;
  /** Grows with each change to the device's tasks or reports that is not made by its own session. */
  taskRevision?: number;
  /** Marks the last write to the device's parameter tree. Written before that: with another mark, a copy may be out of date. */
  treeWriter?: string | null;
  /**
   * Left by a session that found nothing due: until then, and while the counts of changes and the reach (groups and
   * domain) fit, no task needs to be looked at. `address`, where a task follows the device's address: the one it has seen.
   */
  idle?: {
    revision: number;
    definitions: number;
    reach: string;
    until: Date;
    address?: string | null;
  } | null;
  /** Grows with each change that a person makes; the ETag. */
  version: number;
  editedBy: { user: string; at: Date } | null;
}

const sealed = new Schema<SealedCredentials>({ username: String, password: String }, { _id: false });

/** Shard key candidate: `{ _id: 'hashed' }`; every session touches exactly one device. */
export const deviceSchema = new Schema<DeviceRecord>(
  {
    _id: { type: String, required: true },
    oui: { type: String, required: true },
    productClass: { type: String, default: '' },
    serialNumber: { type: String, default: '' },
    manufacturer: { type: String, default: '' },
    root: { type: String, default: '' },
    modelName: { type: String, default: null },
    hardwareVersion: { type: String, default: null },
    softwareVersion: { type: String, default: null },
    provisioningCode: { type: String, default: null },
    parameterKey: { type: String, default: null },
    mac: { type: String, default: null },
    wanIp: { type: String, default: null },
    addressKey: { type: String, default: null },
    sourceIp: { type: String, default: null },
    connectionRequestUrl: { type: String, default: null },
    udpConnectionRequestAddress: { type: String, default: null },
    cwmpNamespace: { type: String, default: null },
    cwmpVersion: { type: String, default: null },
    lastInform: {
      type: new Schema(
        { events: [String], retryCount: Number, maxEnvelopes: Number, currentTime: String },
        { _id: false },
      ),
      default: null,
    },
    periodicInformInterval: { type: Number, default: null },
    createdAt: { type: Date, required: true },
    lastVisit: { type: Date, default: null },
    secure: { type: Boolean, default: false },
    lastBootstrap: { type: Date, default: null },
    lastBoot: { type: Date, default: null },
    lastTaskExecution: { type: Date, default: null },
    description: { type: String, default: '' },
    domain: { type: String, default: '/' },
    tags: { type: [String], default: [] },
    groups: { type: [String], default: [] },
    properties: { type: Schema.Types.Mixed, default: {} },
    secretProperties: { type: Schema.Types.Mixed, default: {} },
    mappings: {
      type: [new Schema<PropertyMapping>({ task: String, key: String, target: String }, { _id: false })],
      default: [],
    },
    services: { type: Schema.Types.Mixed, default: {} },
    managed: { type: Boolean, default: true },
    blacklisted: { type: Boolean, default: false },
    indexed: { type: Schema.Types.Mixed, default: {} },
    credentials: {
      acs: { type: sealed, default: null },
      connectionRequest: { type: sealed, default: null },
    },
    connectionCredentialsLost: { type: Boolean, default: false },
    lease: {
      fence: { type: Number, default: 0 },
      session: { type: String, default: null },
      server: { type: String, default: null },
      from: { type: Date, default: null },
      until: { type: Date, default: null },
    },
    taskCounter: { type: Number, default: 0 },
    taskRevision: { type: Number, default: 0 },
    treeWriter: { type: String, default: null },
    idle: {
      type: new Schema(
        { revision: Number, definitions: Number, reach: String, until: Date, address: String },
        { _id: false },
      ),
      default: null,
    },
    version: { type: Number, default: 1 },
    editedBy: { type: new Schema({ user: String, at: Date }, { _id: false }), default: null },
  },
  { collection: 'devices', versionKey: false, minimize: false, strict: 'throw' },
);

// One index for each order that the inventory offers, with the identity as the tie-breaker of its keyset cursor.
deviceSchema.index({ lastVisit: -1, _id: 1 });
deviceSchema.index({ createdAt: -1, _id: 1 });
deviceSchema.index({ serialNumber: 1, _id: 1 });
deviceSchema.index({ modelName: 1, _id: 1 });
deviceSchema.index({ softwareVersion: 1, _id: 1 });
deviceSchema.index({ wanIp: 1, _id: 1 });
deviceSchema.index({ addressKey: 1, _id: 1 });
deviceSchema.index({ lastBootstrap: -1, _id: 1 });
deviceSchema.index({ sourceIp: 1 });
deviceSchema.index({ mac: 1 });
deviceSchema.index({ oui: 1 });
deviceSchema.index({ tags: 1 });
deviceSchema.index({ groups: 1 });
deviceSchema.index({ 'credentials.acs.username': 1 }, { sparse: true });
