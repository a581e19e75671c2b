import { z } from 'zod';
import { dateText, text, whole } from '../config-fields.js';
import type { TaskConfig } from '../../../store/models/task.js';
import type { TransferOrder } from '../file-desk.js';
import { TaskFailure } from '../outcome.js';
import { defineTaskType, type TaskContext, type TaskType } from '../task-type.js';
import {
  diagnostics,
  overdueDiagnostics,
  type DiagnosticsConfig,
  type DiagnosticsPlan,
} from './diagnostics.js';
import { ATM_LOOPBACK, DOWNLOAD, IP_PING, NS_LOOKUP, TRACE_ROUTE, UPLOAD, VOIP } from './diagnostics-data.js';

const finishTimes = {
  absoluteFinishTime: dateText.default('').meta({
    title: 'Give up at',
    description: 'By the clocks of the server; empty = by the minutes alone',
  }),
  relativeFinishTime: whole(1, 100_000).default(10).meta({
    title: 'Give up after',
    description: 'Minutes from the request; the earlier of both counts',
  }),
};
const host = text(256)
  .min(1, 'is required')
  .meta({ title: 'Host', examples: ['www.example.org'] });
const wanInterface = text(256).default('').meta({
  title: 'Interface',
  description: 'Path of the interface to send from; empty = as the device routes',
});
const repetitions = whole(1, 1_000).default(10).meta({ title: 'Repetitions' });
const timeout = (milliseconds: number): z.ZodDefault<z.ZodNumber> =>
  whole(1, 600_000).default(milliseconds).meta({ title: 'Time-out', description: 'Milliseconds' });
const bufferSize = whole(1, 65_535).default(64).meta({ title: 'Data size', description: 'Bytes' });
const dscp = whole(0, 63).default(0).meta({ title: 'DSCP' });
const ethernetPriority = whole(0, 7).default(0).meta({ title: 'Ethernet priority' });
const baseUrl = text(200)
  .refine((url) => url === '' || /^https?:\/\/[^\s/?#@]+\/?$/i.test(url), 'is no http(s)://host:port')
  .default('')
  .meta({
    title: 'Base URL',
    description: 'The file server as the device sees it; empty = the server setting',
  });
const testUrl = text(256).refine(
  (url) => url === '' || /^(https?|ftp):\/\/[^\s@]+$/i.test(url),
  'must be an http, https or ftp URL without credentials',
);

interface Definition {
  name: string;
  title: string;
  description: string;
  schema: z.ZodType<TaskConfig>;
  /** With every default but what is required. */
  example: TaskConfig;
  plan: Omit<DiagnosticsPlan, 'type' | 'defaults'>;
}

function define({ plan, ...definition }: Definition): TaskType {
  const whole: DiagnosticsPlan = { ...plan, type: definition.name, defaults: definition.example };
  return defineTaskType({
    ...definition,
    branch: 'Monitoring',
    defaultPriority: 10,
    transientAllowed: false,
    run: (context) => diagnostics(context as TaskContext<DiagnosticsConfig>, whole),
    overdue: (execution) => overdueDiagnostics(execution),
  });
}

const finishDefaults = { absoluteFinishTime: '', relativeFinishTime: 10 };

export const ipPingDiagnostics = define({
  name: 'IpPingDiagnostics',
  title: 'Ping from device',
  description: 'The device pings a host and reports how many answers came and how fast.',
  schema: z.strictObject({
    host,
    interface: wanInterface,
    numberOfRepetitions: repetitions,
    timeout: timeout(5_000),
    bufferSize,
    dscp,
    ...finishTimes,
  }),
  example: {
    host: 'www.example.org',
    ...{ interface: '', numberOfRepetitions: 10, timeout: 5_000, bufferSize: 64, dscp: 0 },
    ...finishDefaults,
  },
  plan: { data: IP_PING },
});

export const traceRouteDiagnostics = define({
  name: 'TraceRouteDiagnostics',
  title: 'Traceroute from device',
  description: 'The device finds out by which hops a host is reached.',
  schema: z.strictObject({
    host,
    interface: wanInterface,
    maxHopCount: whole(1, 64).default(30).meta({ title: 'Hops at most' }),
    numberOfTries: whole(1, 3).default(3).meta({ title: 'Tries for each hop' }),
    timeout: timeout(1_000),
    bufferSize,
    dscp,
    ...finishTimes,
  }),
  example: {
    host: 'www.example.org',
    ...{ interface: '', maxHopCount: 30, numberOfTries: 3, timeout: 1_000, bufferSize: 64, dscp: 0 },
    ...finishDefaults,
  },
  plan: { data: TRACE_ROUTE },
});

export const downloadDiagnostics = define({
  name: 'DownloadDiagnostics',
  title: 'Download test',
  description: 'The device fetches a file and reports times and throughput (TR-143).',
  schema: z
    .strictObject({
      downloadUrl: testUrl.default('').meta({ title: 'URL', description: 'Or a file of this server' }),
      baseUrl,
      interface: wanInterface,
      ethernetPriority,
      dscp,
      ...finishTimes,
      Resource: z
        .array(z.strictObject({ resourceId: text(256).min(1, 'is required').meta({ title: 'File' }) }))
        .max(1, 'at most one file')
        .default([])
        .meta({ title: 'File of this server', description: 'Instead of a URL' }),
    })
    .refine(({ downloadUrl, Resource }) => (downloadUrl === '') !== (Resource.length === 0), {
      error: 'either a URL or a file',
      path: ['downloadUrl'],
    }),
  example: {
    downloadUrl: 'http://speed.example.org/10MB.bin',
    ...{ baseUrl: '', interface: '', ethernetPriority: 0, dscp: 0 },
    ...finishDefaults,
    Resource: [],
  },
  plan: { data: DOWNLOAD, prepare: downloadTicket },
});

export const uploadDiagnostics = define({
  name: 'UploadDiagnostics',
  title: 'Upload test',
  description: 'The device sends data and reports times and throughput (TR-143).',
  schema: z.strictObject({
    uploadUrl: testUrl.default('').meta({ title: 'URL', description: 'Empty = this server' }),
    baseUrl,
    interface: wanInterface,
    ethernetPriority,
    dscp,
    dataLength: whole(1).default(2_000_000).meta({ title: 'Data', description: 'Bytes' }),
    shorterUrl: z.boolean().default(false).meta({
      title: 'Shorter URL',
      description: 'On this server, for devices that take no long one',
    }),
    ...finishTimes,
  }),
  example: {
    uploadUrl: 'http://speed.example.org/put',
    ...{ baseUrl: '', interface: '', ethernetPriority: 0, dscp: 0, dataLength: 2_000_000, shorterUrl: false },
    ...finishDefaults,
  },
  plan: { data: UPLOAD, prepare: uploadTicket, finish: dropUpload },
});

export const nsLookupDiagnostics = define({
  name: 'NsLookupDiagnostics',
  title: 'Name lookup from device',
  description: 'The device asks a name server for a host and reports its answers.',
  schema: z.strictObject({
    hostName: text(256)
      .min(1, 'is required')
      .meta({ title: 'Host name', examples: ['www.example.org'] }),
    interface: wanInterface,
    numberOfRepetitions: repetitions,
    timeout: timeout(5_000),
    dnsServer: text(256).default('').meta({
      title: 'Name server',
      description: 'Empty = the one that the device uses',
    }),
    ...finishTimes,
  }),
  example: {
    hostName: 'www.example.org',
    ...{ interface: '', numberOfRepetitions: 10, timeout: 5_000, dnsServer: '' },
    ...finishDefaults,
  },
  plan: { data: NS_LOOKUP },
});

export const atmLoopbackDiagnostics = define({
  name: 'AtmLoopbackDiagnostics',
  title: 'ATM loopback test',
  description: 'The device tests its ATM connection by F5 loopback cells.',
  schema: z.strictObject({
    wanDeviceInstance: whole(1).default(1).meta({ title: 'WAN device' }),
    wanConnectionInstance: whole(1).default(1).meta({
      title: 'WAN connection',
      description: 'On TR-181 the ATM link',
    }),
    numberOfRepetitions: repetitions,
    timeout: timeout(6_000),
  }),
  example: { wanDeviceInstance: 1, wanConnectionInstance: 1, numberOfRepetitions: 10, timeout: 6_000 },
  plan: {
    data: ATM_LOOPBACK,
    prepare: ({ config }) =>
      Promise.resolve({ interface: `Root.ATM.Link.${String(config.wanConnectionInstance)}` }),
  },
});

export const voipDiagnostic = define({
  name: 'VoipDiagnostic',
  title: 'VoIP test call',
  description: 'The device makes a test call. There is no standard object for it; name that of the vendor.',
  schema: z.strictObject({
    objectName: text(256)
      .regex(/^[A-Za-z_][\w.-]*\.$/, 'is no object path with a dot at its end')
      .meta({ title: 'Object', examples: ['Root.X_00AABB_VoIPTest.'] }),
    localNumber: text(64).min(1, 'is required').meta({ title: 'Local number' }),
    remoteNumber: text(64).min(1, 'is required').meta({ title: 'Remote number' }),
    sipServerAddress: text(256).min(1, 'is required').meta({ title: 'SIP server' }),
    secret: text(256).default('').meta({ title: 'Secret' }),
    codec: text(64)
      .min(1, 'is required')
      .meta({ title: 'Codec', examples: ['G.711ALaw'] }),
    ...finishTimes,
  }),
  example: {
    ...{ objectName: 'Root.X_00AABB_VoIPTest.', localNumber: '100', remoteNumber: '200' },
    ...{ sipServerAddress: 'sip.example.org', secret: '', codec: 'G.711ALaw' },
    ...finishDefaults,
  },
  plan: { data: VOIP },
});

interface TicketOrder {
  commandKey: string;
  expiresAt: Date;
}

async function downloadTicket(
  context: TaskContext<DiagnosticsConfig>,
  order: TicketOrder,
): Promise<Record<string, string>> {
  const [resource] = context.config.Resource as { resourceId: string }[];
  if (!resource) return {};
  const found = await context.files.findResource(resource.resourceId);
  if (!found) throw new TaskFailure(`There is no resource ${resource.resourceId}`);
  const { url } = await context.files.offerDownload({ ...orderOf(context, order), resource: found.id });
  context.detail('resource', found.id);
  return { downloadUrl: url };
}

async function uploadTicket(
  context: TaskContext<DiagnosticsConfig>,
  order: TicketOrder,
): Promise<Record<string, string>> {
  const { uploadUrl, shorterUrl } = context.config;
  if (uploadUrl !== '') return {};
  const { url } = await context.files.expectUpload({
    ...orderOf(context, order),
    category: 'device-logs',
    name: `upload-test-${context.device._id}-${order.commandKey}`,
    fileName: shorterUrl === true ? 'u' : 'upload-test.bin',
    domain: context.device.domain,
    version: context.device.softwareVersion ?? '',
  });
  return { uploadUrl: url };
}

/** What came was made up by the device: it says nothing. */
async function dropUpload(
  context: TaskContext<DiagnosticsConfig>,
  commandKeys: readonly string[],
): Promise<void> {
  if (context.config.uploadUrl !== '') return;
  for (const key of commandKeys) {
    const seen = await context.files.transferState(key);
    if (!seen?.resource) continue;
    context.detail('bytesReceived', seen.bytes);
    await context.files.deleteResource(seen.resource);
  }
}

function orderOf(context: TaskContext<DiagnosticsConfig>, order: TicketOrder): TransferOrder {
  return {
    device: context.device._id,
    task: context.task.id,
    execution: context.execution.id,
    fileType: 'diagnostics',
    baseUrl: typeof context.config.baseUrl === 'string' ? context.config.baseUrl : '',
    withCredentials: false,
    ...order,
  };
}
