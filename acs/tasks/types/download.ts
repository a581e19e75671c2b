import { z } from 'zod';
import { text } from '../config-fields.js';
import { defineTaskType, type TaskContext, type TaskRun } from '../task-type.js';
import { downloadPlan } from './resource-download.js';
import { schemeFits, SCHEME_MISMATCH, transferDefaults, transferFields } from './transfer-config.js';
import { overdueTransfer, transfer } from './transfer.js';

const config = z
  .strictObject({
    resourceId: text(256).min(1, 'is required').meta({ title: 'File' }),
    fileType: text(64).min(1).default('3 Vendor Configuration File').meta({ title: 'File type' }),
    ...transferFields,
  })
  .refine(schemeFits, SCHEME_MISMATCH);
type Config = z.infer<typeof config>;

const RULES = { verifyVersion: false, versionTells: false };

/** Lets the device fetch a file (task-types.md §3.2). */
export const download = defineTaskType<Config>({
  name: 'Download',
  title: 'Download',
  description: 'The device fetches a file of any type.',
  branch: 'Maintenance',
  defaultPriority: 10,
  schema: config,
  example: { resourceId: 'settings.cfg', fileType: '3 Vendor Configuration File', ...transferDefaults },
  transientAllowed: false,
  transfers: true,
  waitsForBootstrap: ({ retryOnBootstrap }) => retryOnBootstrap,
  run,
  overdue: (execution, given, now, files) =>
    overdueTransfer(execution, given, now, { method: 'Download', ...RULES }, files),
});

function run(context: TaskContext<Config>): TaskRun {
  const { resourceId, fileType } = context.config;
  return transfer(
    context,
    downloadPlan(context, {
      fileType,
      rules: RULES,
      find: async (files) => (await files.findResource(resourceId)) ?? `There is no resource ${resourceId}`,
    }),
  );
}
