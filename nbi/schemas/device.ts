import { z } from 'zod';
import { domain, identity, line, searchedPage, tags, text, time } from './common.js';

export const contactState = z
  .enum(['in-session', 'on-time', 'overdue', 'inactive', 'never-seen'])
  .meta({ id: 'ContactState' });

const contact = z
  .object({
    state: contactState,
    expectedVisit: time.nullable(),
    since: time.nullable().meta({ description: 'Since when the state holds, where it is known' }),
    upgrading: z.boolean(),
  })
  .meta({ id: 'Contact' });

const credentialMark = z
  .object({ username: z.string(), set: z.literal(true) })
  .nullable()
  .meta({ description: 'The password is never read back' });

export const device = z
  .object({
    id: identity,
    identity,
    oui: z.string(),
    productClass: z.string(),
    serialNumber: z.string(),
    manufacturer: z.string(),
    root: z.string().meta({ examples: ['Device', 'InternetGatewayDevice', ''] }),
    model: z.string().nullable(),
    hardwareVersion: z.string().nullable(),
    softwareVersion: z.string().nullable(),
    provisioningCode: z.string().nullable(),
    parameterKey: z.string().nullable(),
    mac: z.string().nullable(),
    wanIp: z.string().nullable(),
    sourceIp: z.string().nullable(),
    connectionRequestUrl: z.string().nullable(),
    cwmpVersion: z.string().nullable(),
    cwmpNamespace: z.string().nullable(),
    lastInform: z
      .object({
        events: z.array(z.string()),
        retryCount: z.number().int(),
        maxEnvelopes: z.number().int(),
        currentTime: z.string().meta({ description: 'As sent; it may be no date at all' }),
      })
      .nullable(),
    periodicInformInterval: z.number().int().nullable().meta({ description: 'Seconds' }),
    createdAt: time,
    lastVisit: time.nullable(),
    lastBootstrap: time.nullable(),
    lastBoot: time.nullable(),
    lastTaskExecution: time.nullable(),
    description: z.string(),
    domain: z.string(),
    tags: z.array(z.string()),
    groups: z.array(z.string()),
    properties: z.record(z.string(), z.string()),
    managed: z.boolean(),
    blacklisted: z.boolean(),
    indexed: z.record(z.string(), z.string()).meta({
      description: 'Values by meaning; those of secrets are masked',
      examples: [{ 'wifi.1.ssid': 'home' }],
    }),
    contact,
    credentials: z.object({ acs: credentialMark, connectionRequest: credentialMark }),
    editedBy: z.object({ user: z.string(), at: time }).nullable(),
    version: z.number().int(),
  })
  .meta({ id: 'Device' });

export const deviceList = searchedPage(device, 'DeviceList').meta({
  description: 'With `fields` a device has only those, and its id',
});

export const deviceState = z
  .object({
    contact,
    sessionNow: z.object({ id: z.string(), startedAt: time.nullable() }).nullable(),
    pendingTasks: z.number().int(),
    expectedVisit: time.nullable(),
  })
  .meta({ id: 'DeviceState' });

const credentialInput = z
  .strictObject({ username: text(256).min(1), password: text(256) })
  .nullable()
  .meta({ description: 'null = none of its own' });

export const credentialsInput = z
  .strictObject({ acs: credentialInput.optional(), connectionRequest: credentialInput.optional() })
  .meta({ id: 'DeviceCredentialsInput' });

const propertyMap = z.record(line(200).min(1), text(16_384)).meta({ examples: [{ customer: 'A-1001' }] });

const writable = {
  description: text(1_000),
  domain,
  tags,
  groups: z.array(line(512).min(1)).max(1_000),
  properties: propertyMap,
  managed: z.boolean(),
  blacklisted: z.boolean(),
  credentials: credentialsInput,
};

const optionalWritable = z.strictObject(writable).partial().shape;

export const deviceInput = z
  .strictObject({
    oui: z
      .string()
      .regex(/^[0-9A-Fa-f]{6}$/, 'Must be six hexadecimal digits')
      .meta({ examples: ['02A0C4'] }),
    productClass: line(64).default(''),
    serialNumber: line(64).min(1),
    manufacturer: line(64).optional(),
    ...optionalWritable,
  })
  .meta({ id: 'DeviceInput' });

export const deviceReplace = z
  .strictObject({
    ...optionalWritable,
    oui: z.string().optional(),
    productClass: z.string().optional(),
    serialNumber: z.string().optional(),
    manufacturer: line(64).optional(),
  })
  .meta({
    id: 'DeviceReplace',
    description: 'What is left out takes its default; domain, groups and credentials stay',
  });

export const devicePatch = z
  .strictObject({
    ...optionalWritable,
    properties: z
      .record(line(200).min(1), text(16_384).nullable())
      .optional()
      .meta({ description: 'Merge patch: null removes a property' }),
  })
  .meta({ id: 'DevicePatch' });

export const parameter = z
  .object({
    path: z.string(),
    object: z.boolean(),
    value: z
      .string()
      .nullable()
      .meta({ description: '`••••••` for secrets, unless the caller may see them' }),
    type: z.string().nullable(),
    writable: z.boolean().nullable(),
    notification: z.number().int().nullable(),
    readAt: time.nullable(),
    secret: z.boolean(),
    meaning: z.string().nullable(),
  })
  .meta({ id: 'Parameter' });

/** The tree form: `children` by the next segment of the path. */
export interface ParameterNode extends z.output<typeof parameter> {
  children?: ParameterNode[] | undefined;
}
const parameterNode: z.ZodType<ParameterNode> = parameter
  .extend({
    get children() {
      return z.array(parameterNode).optional();
    },
  })
  .meta({ id: 'ParameterNode' });

export const parameterList = z
  .object({
    items: z.array(parameterNode),
    next: z.string().nullable(),
    count: z.number().int().meta({ description: 'Parameters in the whole tree' }),
    readAt: time.nullable().meta({ description: 'The newest reading in the whole tree' }),
  })
  .meta({ id: 'ParameterList' });
