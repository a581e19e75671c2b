/** The messages of TR-069 A6 Annex A that the simulator sends and receives. */

export interface ParameterValue {
  readonly name: string;
  /** Local name of an XML Schema type: `string`, `unsignedInt`, … */
  readonly type: string;
  readonly value: string;
}

export interface ParameterInfo {
  readonly name: string;
  readonly writable: boolean;
}

export interface ParameterAttributes {
  readonly name: string;
  readonly notification: number;
  readonly accessList: readonly string[];
}

export interface AttributeChange extends ParameterAttributes {
  readonly notificationChange: boolean;
  readonly accessListChange: boolean;
}

/** A value to set; `type` is undefined where the ACS sent no xsi:type. */
export interface ValueChange {
  readonly name: string;
  readonly type: string | undefined;
  readonly value: string;
}

export interface EventEntry {
  readonly code: string;
  readonly commandKey: string;
}

export interface DeviceId {
  readonly manufacturer: string;
  readonly oui: string;
  readonly productClass: string;
  readonly serialNumber: string;
}

export interface DownloadRequest {
  readonly rpc: 'Download';
  readonly commandKey: string;
  readonly fileType: string;
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly fileSize: number;
  readonly targetFileName: string;
  readonly delaySeconds: number;
  readonly successUrl: string;
  readonly failureUrl: string;
}

export interface UploadRequest {
  readonly rpc: 'Upload';
  readonly commandKey: string;
  readonly fileType: string;
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly delaySeconds: number;
}

/** Requests of the ACS that the simulator carries out. */
export type AcsRequest =
  | { readonly rpc: 'GetRPCMethods' }
  | { readonly rpc: 'GetParameterNames'; readonly path: string; readonly nextLevel: boolean }
  | { readonly rpc: 'GetParameterValues'; readonly names: readonly string[] }
  | {
      readonly rpc: 'SetParameterValues';
      readonly changes: readonly ValueChange[];
      readonly parameterKey: string;
    }
  | { readonly rpc: 'GetParameterAttributes'; readonly names: readonly string[] }
  | { readonly rpc: 'SetParameterAttributes'; readonly changes: readonly AttributeChange[] }
  | { readonly rpc: 'AddObject'; readonly objectName: string; readonly parameterKey: string }
  | { readonly rpc: 'DeleteObject'; readonly objectName: string; readonly parameterKey: string }
  | { readonly rpc: 'Reboot'; readonly commandKey: string }
  | { readonly rpc: 'FactoryReset' }
  | { readonly rpc: 'ScheduleInform'; readonly delaySeconds: number; readonly commandKey: string }
  | { readonly rpc: 'GetQueuedTransfers' }
  | { readonly rpc: 'GetAllQueuedTransfers' }
  | DownloadRequest
  | UploadRequest;

export type AcsRpc = AcsRequest['rpc'];

export interface TransferResult {
  /** 0 = done, 1 = follows in TransferComplete. */
  readonly status: 0 | 1;
  readonly startTime: string;
  readonly completeTime: string;
}

export interface QueuedTransfer {
  readonly commandKey: string;
  /** 1 = not yet started, 2 = in progress, 3 = finishing. */
  readonly state: 1 | 2 | 3;
  readonly isDownload: boolean;
  readonly fileType: string;
  readonly fileSize: number;
  readonly targetFileName: string;
}

/** What the simulator answers. */
export type CpeResponse =
  | { readonly rpc: 'GetRPCMethods'; readonly methods: readonly string[] }
  | { readonly rpc: 'GetParameterNames'; readonly parameters: readonly ParameterInfo[] }
  | { readonly rpc: 'GetParameterValues'; readonly parameters: readonly ParameterValue[] }
  | { readonly rpc: 'SetParameterValues'; readonly status: 0 | 1 }
  | { readonly rpc: 'GetParameterAttributes'; readonly parameters: readonly ParameterAttributes[] }
  | { readonly rpc: 'SetParameterAttributes' }
  | { readonly rpc: 'AddObject'; readonly instanceNumber: number; readonly status: 0 | 1 }
  | { readonly rpc: 'DeleteObject'; readonly status: 0 | 1 }
  | { readonly rpc: 'Reboot' }
  | { readonly rpc: 'FactoryReset' }
  | { readonly rpc: 'ScheduleInform' }
  | { readonly rpc: 'GetQueuedTransfers'; readonly transfers: readonly QueuedTransfer[] }
  | { readonly rpc: 'GetAllQueuedTransfers'; readonly transfers: readonly QueuedTransfer[] }
  | ({ readonly rpc: 'Download' } & TransferResult)
  | ({ readonly rpc: 'Upload' } & TransferResult);

export interface InformMessage {
  readonly rpc: 'Inform';
  readonly deviceId: DeviceId;
  readonly events: readonly EventEntry[];
  readonly currentTime: string;
  readonly retryCount: number;
  readonly parameters: readonly ParameterValue[];
}

export interface TransferCompleteMessage {
  readonly rpc: 'TransferComplete';
  readonly commandKey: string;
  readonly faultCode: number;
  readonly faultString: string;
  readonly startTime: string;
  readonly completeTime: string;
}

/** What the simulator asks of the ACS. */
export type CpeRequest = InformMessage | TransferCompleteMessage | { readonly rpc: 'GetRPCMethods' };

/** What the ACS answered to a request of the CPE. */
export type AcsResponse =
  | { readonly rpc: 'Inform'; readonly maxEnvelopes: number }
  | { readonly rpc: 'TransferComplete' }
  | { readonly rpc: 'GetRPCMethods'; readonly methods: readonly string[] };

export interface ParameterFault {
  readonly name: string;
  readonly code: number;
  readonly text: string;
}

export const unknownTime = '0001-01-01T00:00:00Z';

/** RPCs of the ACS that the simulator implements, in the order in which GetRPCMethods lists them. */
export const supportedMethods: readonly AcsRpc[] = [
  'GetRPCMethods',
  'SetParameterValues',
  'GetParameterValues',
  'GetParameterNames',
  'SetParameterAttributes',
  'GetParameterAttributes',
  'AddObject',
  'DeleteObject',
  'Download',
  'Reboot',
  'GetQueuedTransfers',
  'ScheduleInform',
  'Upload',
  'FactoryReset',
  'GetAllQueuedTransfers',
];
