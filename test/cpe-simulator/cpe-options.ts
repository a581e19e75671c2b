import { type AuthenticationPolicy } from './http/authentication.js';
import { type HttpHabits } from './http/acs-connection.js';
import { type ConnectionRequestServer } from './connection-request-server.js';
import { type FaultRule } from './fault-plan.js';
import { type ModelName } from './model/index.js';
import { type Quirks } from './quirks.js';
import { type CwmpVersion } from './session.js';
import { realTimers, type Timers } from './timers.js';
import { type ConfigurationFormat } from './transfer/configuration-file.js';

export interface ConnectionRequestOptions {
  /** 0 (the default) takes a free port; it is kept for the life of the device. */
  readonly port?: number;
  /** Address to listen on and to tell the ACS; 127.0.0.1 if not given. */
  readonly host?: string;
  /** The factory's credentials; the ACS may change them. */
  readonly username?: string;
  readonly password?: string;
  readonly authentication?: AuthenticationPolicy;
  /** While in a session: refuse with 503 (the default), or accept and come again after it. */
  readonly whileInSession?: 'refuse' | 'accept';
  /** A server shared by many devices, already listening; the device then has a path of it. */
  readonly server?: ConnectionRequestServer;
}

export interface CpeOptions {
  readonly model: ModelName;
  readonly acsUrl: string;
  readonly acsUsername?: string;
  readonly acsPassword?: string;
  readonly manufacturer?: string;
  readonly oui?: string;
  readonly productClass?: string;
  readonly serialNumber: string;
  readonly modelName?: string;
  readonly hardwareVersion?: string;
  readonly softwareVersion?: string;
  /** Seconds. */
  readonly periodicInformInterval?: number;
  /** `false`: the device has no connection request server. */
  readonly connectionRequest?: ConnectionRequestOptions | false;
  /** File that keeps the device's state over restarts of the process. */
  readonly statePath?: string;
  readonly faults?: readonly FaultRule[];
  readonly quirks?: Quirks;
  readonly timers?: Timers;
  /** Device time runs this many times as fast as real time; ignored when `timers` is given. */
  readonly timeScale?: number;
  readonly cwmpVersion?: CwmpVersion;
  /** cwmp namespace to send instead of the version's own. */
  readonly cwmpNamespace?: string;
  /** SessionTimeout header of the Inform, seconds; part of 1.3 and later, sent by any version that is told to. */
  readonly sessionTimeout?: number;
  readonly http?: Partial<HttpHabits>;
  /** Seconds of device time that a restart takes. */
  readonly rebootTime?: number;
  /** Calls GetRPCMethods of the ACS in each session. */
  readonly asksForMethods?: boolean;
  /** Downloads of configuration files end before the DownloadResponse (Status 0). */
  readonly configurationAtOnce?: boolean;
  readonly configurationFormat?: ConfigurationFormat;
  /** Largest file that the device can take, bytes. */
  readonly storage?: number;
  /** Parameters of a vendor object beyond those of a gateway. */
  readonly fillerParameters?: number;
  /** Makes devices with one serial number differ. */
  readonly seed?: number;
  /** Summaries kept in `sessions`; 100 if not given. */
  readonly sessionLimit?: number;
  /** Messages kept in `trace`; 200 if not given, 0 for none. */
  readonly traceLimit?: number;
  readonly log?: (message: string) => void;
}

export const makers = {
  manufacturer: 'Futuro Networks',
  oui: '02A0C4',
  productClass: { tr181: 'FN-GW1', tr098: 'FN-DSL2' },
  modelName: { tr181: 'Futuro Gateway One', tr098: 'Futuro DSL 2' },
} as const;

const habits: HttpHabits = {
  connection: 'session',
  gzip: false,
  chunked: false,
  expectContinue: false,
  noCookies: false,
  contentType: 'text/xml; charset=utf-8',
  responseTimeout: 30_000,
};

const identityOf = (part: string): string =>
  part.replace(/[^A-Za-z0-9_-]/g, (character) =>
    [...Buffer.from(character)]
      .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
      .join(''),
  );

/** Options with every default filled in. */
export function completeOptions(options: CpeOptions) {
  const oui = options.oui ?? makers.oui;
  const productClass = options.productClass ?? makers.productClass[options.model];
  const given = options.connectionRequest;
  return {
    model: options.model,
    quirks: options.quirks ?? {},
    timers: options.timers ?? realTimers(options.timeScale ?? 1),
    cwmpVersion: options.cwmpVersion ?? '1.2',
    cwmpNamespace: options.cwmpNamespace,
    sessionTimeout: options.sessionTimeout,
    habits: { ...habits, ...options.http },
    rebootTime: options.rebootTime ?? 0.05,
    asksForMethods: options.asksForMethods ?? false,
    configurationAtOnce: options.configurationAtOnce ?? false,
    configurationFormat: options.configurationFormat ?? 'json',
    storage: options.storage ?? 128 * 1024 * 1024,
    sessionLimit: options.sessionLimit ?? 100,
    traceLimit: options.traceLimit ?? 200,
    statePath: options.statePath,
    seed: options.seed ?? 0,
    log: options.log ?? ((): void => undefined),
    connectionRequest: given === false ? undefined : (given ?? {}),
    facts: {
      manufacturer: options.manufacturer ?? makers.manufacturer,
      oui,
      productClass,
      serialNumber: options.serialNumber,
      modelName: options.modelName ?? makers.modelName[options.model],
      hardwareVersion: options.hardwareVersion ?? '1.0',
      softwareVersion: options.softwareVersion ?? '1.0.0',
      acsUrl: options.acsUrl,
      acsUsername: options.acsUsername ?? [oui, productClass, options.serialNumber].map(identityOf).join('-'),
      acsPassword: options.acsPassword ?? '',
      periodicInformInterval: options.periodicInformInterval ?? 86_400,
      connectionRequestUsername: given === false ? '' : (given?.username ?? ''),
      connectionRequestPassword: given === false ? '' : (given?.password ?? ''),
      fillerParameters: options.fillerParameters ?? 0,
    },
  };
}

export type CompleteOptions = ReturnType<typeof completeOptions>;
