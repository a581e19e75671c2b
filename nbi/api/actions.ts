import { z } from 'zod';
import { identity, text } from '../schemas/common.js';
import { connectionRequest } from '../schemas/session.js';
import { connect, task, taskAccepted, taskResult } from '../schemas/task.js';
import { operation, type PermissionKey, type ResponseSpec } from './operation.js';
import { created } from './replies.js';

const tag = 'Actions';
const byId = { id: identity };

/** Settings of the task that an action makes. */
const settings = {
  connect: connect.optional(),
  priority: z.number().int().min(-2_147_483_648).max(2_147_483_647).optional(),
  comment: text(4_000).optional(),
};

const onTimeout = {
  onTimeout: z
    .enum(['keep', 'delete'])
    .optional()
    .meta({ description: 'What becomes of the task when the time of `Prefer: wait` is over; default keep' }),
};

export const taskReplies: Readonly<Record<number, ResponseSpec>> = {
  200: { description: 'Finished within the time of `Prefer: wait`', schema: taskResult },
  201: created(task, 'The task was added to the list of the device'),
  202: {
    description: 'Not finished within the time of `Prefer: wait`; the task stays',
    schema: taskAccepted,
    headers: { Location: 'The execution' },
  },
};

export const taskProblems = [
  'not-found',
  'device-unmanaged',
  'device-fault',
  'device-unreachable',
  'device-timeout',
] as const;

interface ActionInput<B extends z.ZodRawShape> {
  id: string;
  summary: string;
  description?: string;
  access: PermissionKey;
  body: B;
  bodyRequired?: boolean;
  example?: unknown;
}

function action<B extends z.ZodRawShape>(path: string, input: ActionInput<B>) {
  return operation('post', `/devices/{id}/${path}`, {
    id: input.id,
    tag,
    summary: input.summary,
    ...(input.description === undefined ? {} : { description: input.description }),
    access: input.access,
    params: byId,
    query: onTimeout,
    body: z
      .strictObject({ ...input.body, ...settings })
      .meta({ id: `${input.id.charAt(0).toUpperCase()}${input.id.slice(1)}Input` }),
    bodyRequired: input.bodyRequired ?? false,
    ...(input.example === undefined ? {} : { bodyExample: input.example }),
    wait: true,
    responses: taskReplies,
    problems: taskProblems,
  });
}

const parameterName = text(1_000)
  .min(1)
  .meta({ description: 'A path or a meaning', examples: ['wifi.1.ssid'] });

export const getParameters = action('parameters/get', {
  id: 'readParameters',
  summary: 'Read parameters from the device',
  access: 'tasks.add',
  body: { names: z.array(text(1_000)).min(1).max(1_000) },
  bodyRequired: true,
  example: { names: ['wifi.1.ssid', 'Device.DeviceInfo.'], connect: 'try' },
});

export const setParameters = action('parameters/set', {
  id: 'setParameters',
  summary: 'Set parameters on the device',
  access: 'tasks.add',
  body: {
    parameters: z
      .array(z.strictObject({ name: parameterName, value: text(100_000), type: text(40).optional() }))
      .min(1)
      .max(1_000),
  },
  bodyRequired: true,
  example: { parameters: [{ name: 'wifi.1.password', value: 'correct horse' }], connect: 'try' },
});

export const addObject = action('objects/add', {
  id: 'addObject',
  summary: 'Add an instance to a table of the device',
  access: 'tasks.add',
  body: {
    objectName: parameterName,
    values: z
      .array(z.strictObject({ key: text(1_000).min(1), value: text(100_000), type: text(40).optional() }))
      .max(1_000)
      .optional()
      .meta({ description: 'Initial values; keys are relative to the new instance' }),
  },
  bodyRequired: true,
  example: { objectName: 'Device.NAT.PortMapping.', values: [{ key: 'ExternalPort', value: '8080' }] },
});

export const deleteObject = action('objects/delete', {
  id: 'deleteObject',
  summary: 'Delete an instance from a table of the device',
  access: 'tasks.add',
  body: { objectName: parameterName },
  bodyRequired: true,
  example: { objectName: 'Device.NAT.PortMapping.3.' },
});

export const reboot = action('actions/reboot', {
  id: 'reboot',
  summary: 'Reboot the device',
  access: 'device.connect',
  body: {},
  example: { connect: 'try' },
});

export const factoryReset = action('actions/factory-reset', {
  id: 'factoryReset',
  summary: 'Reset the device to its factory settings',
  access: 'device.connect',
  body: {},
});

export const refresh = action('actions/refresh', {
  id: 'refresh',
  summary: 'Read the whole data model, or parts of it, from the device',
  access: 'device.connect',
  body: {
    paths: z
      .array(text(1_000).min(1))
      .min(1)
      .max(1_000)
      .optional()
      .meta({ description: 'Parameters, partial paths or meanings; left out: everything' }),
  },
  example: { paths: ['Device.WiFi.'] },
});

const resourceId = text(200).min(1).meta({ description: 'Id or name of a resource' });

export const download = action('actions/download', {
  id: 'download',
  summary: 'Let the device fetch a file',
  description:
    'A plain Download. For firmware and backups the actions of their own know more: versions, verification.',
  access: 'tasks.add',
  body: { resource: resourceId, fileType: text(64).min(1).optional() },
  bodyRequired: true,
  example: { resource: '65f0c0ffee0ddba11c0ffee0', fileType: '3 Vendor Configuration File' },
});

export const upload = action('actions/upload', {
  id: 'upload',
  summary: 'Let the device send a file: configuration or log',
  access: 'tasks.add',
  body: {
    fileType: text(64)
      .min(1)
      .optional()
      .meta({ examples: ['2 Vendor Log File'] }),
  },
});

export const backup = action('actions/backup', {
  id: 'backup',
  summary: 'Back up the configuration of the device now',
  access: 'device.backup',
  body: {},
});

export const restore = action('actions/restore', {
  id: 'restore',
  summary: 'Restore a configuration of the device',
  access: 'device.backup',
  body: {
    resource: resourceId.optional().meta({ description: 'Left out: the newest backup of the device' }),
  },
});

export const firmwareUpgrade = action('actions/firmware-upgrade', {
  id: 'firmwareUpgrade',
  summary: 'Upgrade the firmware of the device',
  access: 'device.firmware',
  body: { resource: resourceId, verifyVersion: z.boolean().optional() },
  bodyRequired: true,
  example: { resource: '65f0c0ffee0ddba11c0ffee0', verifyVersion: true },
});

export const connectDevice = operation('post', '/devices/{id}/actions/connect', {
  id: 'connectDevice',
  tag,
  summary: 'Ask the device to call in',
  description:
    'Joins a request that is open. With `Prefer: wait=N` the answer comes when the outcome is final, or after N seconds as 202. *Accepted* is not *came*.',
  access: 'device.connect',
  params: byId,
  wait: true,
  responses: {
    200: { description: 'The outcome is final', schema: connectionRequest },
    202: { description: 'The request is under way', schema: connectionRequest },
  },
  problems: ['not-found'],
});
