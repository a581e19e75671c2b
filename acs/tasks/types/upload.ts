import { z } from 'zod';
import { text, whole } from '../config-fields.js';
import { defineTaskType, type TaskContext, type TaskRun } from '../task-type.js';
import { uploadFileType, uploadPlan } from './device-upload.js';
import { schemeFits, SCHEME_MISMATCH, transferDefaults, transferFields } from './transfer-config.js';
import { overdueTransfer, transfer } from './transfer.js';

const config = z
  .strictObject({
    fileType: text(64)
      .min(1, 'is required')
      .meta({
        title: 'File type',
        examples: ['1 Vendor Configuration File', '2 Vendor Log File', '3 Vendor Configuration File 1'],
      }),
    configurationFileNumber: whole(1).optional().meta({
      title: 'File number',
      description: 'Instance for the file types 3 and 4',
    }),
    isExternal: z.boolean().default(false).meta({ title: 'To another server' }),
    externalUrl: text(256).default('').meta({ title: 'External URL' }),
    externalUsername: text(256).default('').meta({ title: 'External user name' }),
    externalPassword: text(256).default('').meta({ title: 'External password' }),
    ...transferFields,
  })
  .refine(schemeFits, SCHEME_MISMATCH)
  .refine(({ isExternal, externalUrl }) => !isExternal || /^https?:\/\/[^\s@]+$/i.test(externalUrl), {
    error: 'must be an http or https URL without credentials',
    path: ['externalUrl'],
  });
type Config = z.infer<typeof config>;

/** Lets the device send a file (task-types.md §3.3). */
export const upload = defineTaskType<Config>({
  name: 'Upload',
  title: 'Upload',
  description: 'The device sends a configuration or a log; it becomes a file of this server.',
  branch: 'Maintenance',
  defaultPriority: 10,
  schema: config,
  example: {
    fileType: '2 Vendor Log File',
    isExternal: false,
    externalUrl: '',
    externalUsername: '',
    externalPassword: '',
    ...transferDefaults,
  },
  transientAllowed: false,
  transfers: true,
  waitsForBootstrap: ({ retryOnBootstrap }) => retryOnBootstrap,
  run,
  overdue: (execution, given, now, files) =>
    overdueTransfer(
      execution,
      given,
      now,
      { method: 'Upload', verifyVersion: false, versionTells: false },
      files,
    ),
});

function run(context: TaskContext<Config>): TaskRun {
  const { fileType, configurationFileNumber, isExternal, externalUrl, externalUsername, externalPassword } =
    context.config;
  const log = /log/i.test(fileType);
  return transfer(
    context,
    uploadPlan(context, {
      fileType: uploadFileType(fileType, configurationFileNumber),
      category: log ? 'device-logs' : 'config',
      prefix: log ? 'log' : 'config',
      extension: log ? 'log' : 'cfg',
      external: isExternal
        ? { url: externalUrl, username: externalUsername, password: externalPassword }
        : null,
    }),
  );
}
