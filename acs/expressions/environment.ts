import type { CsvTable } from './csv-table.js';

/** An alert as `device.alerts` shows it. */
export interface AlertView {
  readonly monitoring: string;
  /** Shown name of the monitoring, where it has one besides its id. */
  readonly monitoringName?: string;
  readonly alert: string;
  readonly alertName?: string;
  readonly raised: boolean;
  readonly description?: string | null;
  readonly since?: Date | null;
}

/**
 * A device as expressions see it (expressions.md §6.1). Getters may read lazily what was loaded before; nothing here does
 * I/O. Whoever builds it masks what the reader may not see.
 */
export interface DeviceView {
  readonly id: string;
  readonly oui: string | null;
  readonly productClass: string | null;
  readonly serialNumber: string | null;
  readonly manufacturer: string | null;
  readonly modelName: string | null;
  readonly hardwareVersion: string | null;
  readonly softwareVersion: string | null;
  readonly description: string | null;
  readonly domain: string;
  /** With its dot: `InternetGatewayDevice.`, `Device.`. */
  readonly rootObject: string | null;
  readonly currentWanIP: string | null;
  readonly creationTime: Date | null;
  readonly lastVisitTime: Date | null;
  readonly lastBootstrapTime: Date | null;
  readonly expectedSessionTime: Date | null;
  readonly provisioningEnabled: boolean;
  readonly secure: boolean;
  readonly blacklisted: boolean;
  readonly acsPassword: string | null;
  readonly deviceTypeGroup: string | null;
  /** Direct and indirect. */
  readonly groups: readonly string[];
  readonly directGroups: readonly string[];
  /** The device's own properties. */
  readonly properties: ReadonlyMap<string, string>;
  readonly alerts?: readonly AlertView[];
  /** Keys are `<monitoring>/<property>`. */
  readonly monitoringProperties?: ReadonlyMap<string, string>;
}

/** A task (expressions.md §6.3). */
export interface TaskView {
  readonly id: string;
  readonly idSuffix: string | null;
  readonly name: string;
  readonly domain: string;
  readonly active: boolean;
  readonly appliesToSubgroups: boolean;
  readonly creationTime: Date | null;
  /** Null for a group task, as `group` is for a device task. */
  readonly device: string | null;
  readonly group: string | null;
  readonly parent: string | null;
  readonly lastRestartTime: Date | null;
  readonly lastFailedRestartTime: Date | null;
  readonly properties: ReadonlyMap<string, string>;
  readonly priority: number;
  readonly type: string;
  readonly bloodline: string | null;
  /** Seconds. */
  readonly minInterval: number | null;
  readonly logLevel: string;
  readonly periodic: boolean;
}

/** The report of a task on a device (expressions.md §6.4). */
export interface TaskReportView {
  readonly id: string;
  readonly task: string;
  readonly device: string;
  readonly status: string;
  readonly summary: string | null;
  readonly stage: string | null;
  readonly blocking: boolean;
  readonly startTime: Date | null;
  readonly finishTime: Date | null;
  readonly lastUpdateTime: Date | null;
  /** Texts, numbers, booleans, dates, and lists or records of them. */
  readonly properties: ReadonlyMap<string, unknown>;
}

/** The stored data model, last known values (expressions.md §6.5). */
export interface DataModelView {
  /** With its dot. */
  readonly root: string;
  /** Full paths of the direct children of an object, objects with a dot at their end, in model order; empty if none. */
  children(object: string): readonly string[];
  /** Null when the parameter or its value is not known. */
  value(parameter: string): string | null;
}

/** Makes signed, short-lived addresses; creates nothing (expressions.md §6.8). */
export interface TransferView {
  newResourceId(): string;
  downloadUrl(protocol: string, resourceId: string): string;
  /** `fileType` as an Upload request has it, '' = not specified. */
  uploadUrl(protocol: string, fileType: string, resourceId: string, device: string): string;
}

/** The session that is under way (expressions.md §6.9). */
export interface CwmpView {
  /** Event codes as the Inform has them: `0 BOOTSTRAP`. */
  readonly events: readonly string[];
  readonly sessionStart: Date;
  /** A value that the Inform itself carried. */
  informValue(path: string): string | null;
}

/** A resource, in searches of resources (administration.md §10). */
export interface ResourceView {
  readonly id: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly category: string | null;
  readonly fileType: string | null;
  readonly fileName: string | null;
  readonly domain: string;
  readonly device: string | null;
  readonly groups: readonly string[];
  /** Bytes. */
  readonly size: number | null;
  readonly creationTime: Date | null;
  readonly external: boolean;
  readonly properties: ReadonlyMap<string, string>;
}

/** What a command of a `cli` tag wrote (xmltask.md §8). */
export interface CliView {
  readonly output: string;
}

/** All that an evaluation can see. Only what `Expression.uses` names needs to be there. */
export interface Environment {
  /** Stands still during the evaluation. */
  readonly now: Date;
  /** IANA zone of the server, for dates as text. */
  readonly zone: string;
  readonly device?: DeviceView;
  /** A setting value from the computed profile. */
  readonly sv?: (name: string) => string | null;
  readonly task?: TaskView;
  readonly taskReport?: TaskReportView;
  readonly dm?: DataModelView;
  readonly res?: (alias: string) => CsvTable | null;
  readonly transfer?: TransferView;
  readonly cwmp?: CwmpView;
  readonly resource?: ResourceView;
  readonly cli?: CliView;
  readonly variables?: (name: string) => string | null;
  /** Current prefix of live queries, with its dot; absent = the root object. */
  readonly prefix?: string;
  /** Root object of live queries, with its dot; absent = the device's. */
  readonly root?: string;
  /** Random numbers from 0 up to 1. */
  readonly random?: () => number;
  /** Milliseconds of a clock that never goes back, for the time limit. */
  readonly elapsed?: () => number;
  /** Names for completion only. */
  readonly names?: {
    readonly variables?: readonly string[];
    readonly sv?: readonly string[];
    readonly res?: readonly string[];
  };
}
