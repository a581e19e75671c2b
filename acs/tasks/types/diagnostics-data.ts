import type { ValueType } from '../../cwmp/messages.js';

export type ModelName = 'tr098' | 'tr181';
export type Names = Readonly<Record<ModelName, string | null>>;

/** An argument of a test: which attribute of the configuration goes into which parameter. */
export interface DiagnosticsInput {
  attribute: string;
  /** Below the test's object; null = this data model has none. */
  names: Names;
  type: ValueType;
  /** Left out when the device knows no such parameter and the attribute has its default. */
  optional?: true;
  /** The value is a path: without a dot at its end on TR-181 (spec cwmp.md §15). */
  path?: true;
  /** Never shown. */
  secret?: true;
}

/** A result, by the name that it has in reports of either data model. */
export interface DiagnosticsOutput {
  detail: string;
  names: Names;
}

export interface DiagnosticsTable {
  /** `hop`: the rows are `hop.1.host`, `hop.2.host` … in the report. */
  detail: string;
  /** Below the test's object, with a dot at its end. */
  names: Names;
  columns: readonly DiagnosticsOutput[];
}

/** One test of TR-098 and TR-181 (spec cwmp.md §15). */
export interface DiagnosticsData {
  /** Below the root object; `{attribute}` stands for a value of the configuration. Null = the data model has no such test. */
  object: Names;
  inputs: readonly DiagnosticsInput[];
  outputs: readonly DiagnosticsOutput[];
  tables?: readonly DiagnosticsTable[];
  /** What an answer in bits per second is computed from: bytes between the times BOM and EOM. */
  throughputOf?: string;
}

const same = (name: string): Names => ({ tr098: name, tr181: name });
const output = (detail: string, names: Names): DiagnosticsOutput => ({ detail, names });
const input = (
  attribute: string,
  name: string,
  type: ValueType,
  more: Partial<DiagnosticsInput> = {},
): DiagnosticsInput => ({ attribute, names: same(name), type, ...more });

const optional = { optional: true } as const;
const wanInterface = input('interface', 'Interface', 'string', { optional: true, path: true });
const dscp = input('dscp', 'DSCP', 'unsignedInt', optional);
const ethernetPriority = input('ethernetPriority', 'EthernetPriority', 'unsignedInt', optional);
const repetitions = input('numberOfRepetitions', 'NumberOfRepetitions', 'unsignedInt');
const timeout = input('timeout', 'Timeout', 'unsignedInt');
const bufferSize = input('bufferSize', 'DataBlockSize', 'unsignedInt');

const counts = [
  output('successCount', same('SuccessCount')),
  output('failureCount', same('FailureCount')),
  output('averageResponseTime', same('AverageResponseTime')),
  output('minimumResponseTime', same('MinimumResponseTime')),
  output('maximumResponseTime', same('MaximumResponseTime')),
];
const addressUsed = output('ipAddressUsed', { tr098: null, tr181: 'IPAddressUsed' });
const transferTimes = [
  output('romTime', same('ROMTime')),
  output('bomTime', same('BOMTime')),
  output('eomTime', same('EOMTime')),
  output('tcpOpenRequestTime', same('TCPOpenRequestTime')),
  output('tcpOpenResponseTime', same('TCPOpenResponseTime')),
];

export const IP_PING: DiagnosticsData = {
  object: { tr098: 'IPPingDiagnostics.', tr181: 'IP.Diagnostics.IPPing.' },
  inputs: [input('host', 'Host', 'string'), wanInterface, repetitions, timeout, bufferSize, dscp],
  outputs: [
    ...counts,
    addressUsed,
    output('averageResponseTimeDetailed', { tr098: null, tr181: 'AverageResponseTimeDetailed' }),
    output('minimumResponseTimeDetailed', { tr098: null, tr181: 'MinimumResponseTimeDetailed' }),
    output('maximumResponseTimeDetailed', { tr098: null, tr181: 'MaximumResponseTimeDetailed' }),
  ],
};

export const TRACE_ROUTE: DiagnosticsData = {
  object: { tr098: 'TraceRouteDiagnostics.', tr181: 'IP.Diagnostics.TraceRoute.' },
  inputs: [
    input('host', 'Host', 'string'),
    wanInterface,
    input('maxHopCount', 'MaxHopCount', 'unsignedInt'),
    input('numberOfTries', 'NumberOfTries', 'unsignedInt'),
    timeout,
    bufferSize,
    dscp,
  ],
  outputs: [output('responseTime', same('ResponseTime')), addressUsed],
  tables: [
    {
      detail: 'hop',
      names: same('RouteHops.'),
      columns: [
        output('host', { tr098: 'HopHost', tr181: 'Host' }),
        output('address', { tr098: 'HopHostAddress', tr181: 'HostAddress' }),
        output('errorCode', { tr098: 'HopErrorCode', tr181: 'ErrorCode' }),
        output('times', { tr098: 'HopRTTimes', tr181: 'RTTimes' }),
      ],
    },
  ],
};

export const DOWNLOAD: DiagnosticsData = {
  object: { tr098: 'DownloadDiagnostics.', tr181: 'IP.Diagnostics.DownloadDiagnostics.' },
  inputs: [input('downloadUrl', 'DownloadURL', 'string'), wanInterface, ethernetPriority, dscp],
  outputs: [
    ...transferTimes,
    output('testBytesReceived', same('TestBytesReceived')),
    output('totalBytesReceived', same('TotalBytesReceived')),
    addressUsed,
  ],
  throughputOf: 'testBytesReceived',
};

export const UPLOAD: DiagnosticsData = {
  object: { tr098: 'UploadDiagnostics.', tr181: 'IP.Diagnostics.UploadDiagnostics.' },
  inputs: [
    input('uploadUrl', 'UploadURL', 'string'),
    wanInterface,
    ethernetPriority,
    dscp,
    // Not the same type on both; the device's own is used where it is known.
    input('dataLength', 'TestFileLength', 'unsignedInt'),
  ],
  outputs: [
    ...transferTimes,
    output('testBytesSent', { tr098: null, tr181: 'TestBytesSent' }),
    output('totalBytesSent', same('TotalBytesSent')),
    addressUsed,
  ],
  throughputOf: 'totalBytesSent',
};

export const NS_LOOKUP: DiagnosticsData = {
  object: { tr098: 'NSLookupDiagnostics.', tr181: 'DNS.Diagnostics.NSLookupDiagnostics.' },
  inputs: [
    input('hostName', 'HostName', 'string'),
    wanInterface,
    repetitions,
    timeout,
    input('dnsServer', 'DNSServer', 'string', optional),
  ],
  outputs: [output('successCount', same('SuccessCount'))],
  tables: [
    {
      detail: 'result',
      names: same('Result.'),
      columns: [
        output('status', same('Status')),
        output('answerType', same('AnswerType')),
        output('hostName', same('HostNameReturned')),
        output('addresses', same('IPAddresses')),
        output('dnsServer', same('DNSServerIP')),
        output('responseTime', same('ResponseTime')),
      ],
    },
  ],
};

export const ATM_LOOPBACK: DiagnosticsData = {
  object: {
    tr098:
      'WANDevice.{wanDeviceInstance}.WANConnectionDevice.{wanConnectionInstance}.WANATMF5LoopbackDiagnostics.',
    tr181: 'ATM.Diagnostics.F5Loopback.',
  },
  inputs: [
    // TR-181 has one object for all links and names the link.
    { attribute: 'interface', names: { tr098: null, tr181: 'Interface' }, type: 'string', path: true },
    repetitions,
    timeout,
  ],
  outputs: counts,
};

/** There is no standard object: vendors have their own, whose parameters are named like this as a rule. */
export const VOIP: DiagnosticsData = {
  object: same('{objectName}'),
  inputs: [
    input('localNumber', 'LocalNumber', 'string'),
    input('remoteNumber', 'RemoteNumber', 'string'),
    input('sipServerAddress', 'SIPServerAddress', 'string'),
    input('secret', 'Secret', 'string', { secret: true }),
    input('codec', 'Codec', 'string'),
  ],
  outputs: [],
};
