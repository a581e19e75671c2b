/**
 * The messages of CWMP as plain data: one type per RPC, requests paired with their responses by method name, so that a
 * response of the wrong name does not compile. Values stay text as they are on the wire (TR-069 A6 annex A, spec cwmp.md §4, §5).
 */

/** Model types by local name, as `xsi:type` names them on the wire. */
export const VALUE_TYPES = [
  'string',
  'int',
  'unsignedInt',
  'long',
  'unsignedLong',
  'boolean',
  'dateTime',
  'base64',
  'hexBinary',
  'decimal',
] as const;
export type ValueType = (typeof VALUE_TYPES)[number];

export interface ParameterValue {
  name: string;
  /** Text of the value; booleans are normalised to `true`/`false` when read. */
  value: string;
  type: ValueType;
}

export interface ParameterInfo {
  /** Objects end in a dot. */
  name: string;
  /** Null where the device did not say (inferred ancestors, missing element). */
  writable: boolean | null;
}

/** Who may change a parameter besides the ACS, and how its changes are told (TR-069 A6 §A.3.2.4, §A.3.2.5). */
export interface ParameterAttributes {
  name: string;
  /** 0 off, 1 passive, 2 active, 3 passive lightweight, 4 passive and passive lightweight, 5 active lightweight, 6 passive
   * and active lightweight; null where the device did not say. */
  notification: number | null;
  /** `Subscriber` or entities of a vendor; empty = nobody. */
  accessList: string[];
}

export interface ParameterAttributesChange {
  /** A parameter, or a partial path for all below it. */
  name: string;
  /** Null = as it is. */
  notification: number | null;
  /** Null = as it is. */
  accessList: string[] | null;
}

export interface DeviceId {
  manufacturer: string;
  /** Six upper-case hexadecimal digits as a rule. */
  oui: string;
  productClass: string;
  serialNumber: string;
}

export interface InformEvent {
  code: string;
  commandKey: string;
}

export interface Inform {
  method: 'Inform';
  deviceId: DeviceId;
  events: InformEvent[];
  maxEnvelopes: number;
  /** As sent; `unknown` to us when it is no date. */
  currentTime: string;
  retryCount: number;
  parameters: ParameterValue[];
}

/** A CPE's report of an ended transfer; `faultCode` 0 = success. */
export interface TransferComplete {
  method: 'TransferComplete';
  commandKey: string;
  faultCode: number;
  faultString: string;
  startTime: string;
  completeTime: string;
}

/** What a CPE may ask of the ACS after its Inform. */
export interface CpeRpc {
  TransferComplete: { request: Omit<TransferComplete, 'method'>; response: object };
  GetRPCMethods: { request: object; response: { methods: string[] } };
}

interface TransferStatus {
  /** 0 = done and applied, 1 = TransferComplete will follow. */
  status: 0 | 1;
  startTime: string;
  completeTime: string;
}

/** What the ACS may ask of a CPE. */
export interface AcsRpc {
  GetRPCMethods: { request: object; response: { methods: string[] } };
  GetParameterNames: {
    request: { path: string; nextLevel: boolean };
    response: { parameters: ParameterInfo[] };
  };
  GetParameterValues: { request: { names: string[] }; response: { parameters: ParameterValue[] } };
  SetParameterValues: {
    request: { parameters: ParameterValue[]; parameterKey: string };
    response: { status: 0 | 1 };
  };
  SetParameterAttributes: { request: { parameters: ParameterAttributesChange[] }; response: object };
  GetParameterAttributes: { request: { names: string[] }; response: { parameters: ParameterAttributes[] } };
  AddObject: {
    request: { objectName: string; parameterKey: string };
    response: { instanceNumber: number; status: 0 | 1 };
  };
  DeleteObject: { request: { objectName: string; parameterKey: string }; response: { status: 0 | 1 } };
  Reboot: { request: { commandKey: string }; response: object };
  FactoryReset: { request: object; response: object };
  ScheduleInform: { request: { delaySeconds: number; commandKey: string }; response: object };
  Download: {
    request: {
      commandKey: string;
      fileType: string;
      url: string;
      username: string;
      password: string;
      fileSize: number;
      targetFileName: string;
      delaySeconds: number;
      successUrl: string;
      failureUrl: string;
    };
    response: TransferStatus;
  };
  Upload: {
    request: {
      commandKey: string;
      fileType: string;
      url: string;
      username: string;
      password: string;
      delaySeconds: number;
    };
    response: TransferStatus;
  };
}

export type AcsMethod = keyof AcsRpc;
export type CpeMethod = keyof CpeRpc;

type Requests<Rpc, M extends keyof Rpc> = {
  [K in M]: { method: K } & (Rpc[K] extends { request: infer Request } ? Request : never);
}[M];
type Responses<Rpc, M extends keyof Rpc> = {
  [K in M]: { method: K } & (Rpc[K] extends { response: infer Response } ? Response : never);
}[M];

/** A request of the ACS to the CPE. */
export type AcsRequest<M extends AcsMethod = AcsMethod> = Requests<AcsRpc, M>;
/** The CPE's response to it. */
export type CpeResponse<M extends AcsMethod = AcsMethod> = Responses<AcsRpc, M>;
/** A request of the CPE to the ACS (Inform apart). */
export type CpeRequest<M extends CpeMethod = CpeMethod> = Requests<CpeRpc, M>;
/** The ACS's response to it. */
export type AcsResponse<M extends CpeMethod = CpeMethod> = Responses<CpeRpc, M>;
