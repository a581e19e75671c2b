import { z } from 'zod';
import { dateText, parseDate, text } from '../config-fields.js';
import { defineTaskType, type TaskContext, type TaskRun } from '../task-type.js';
import { replacedProcedure } from './custom-template.js';
import { downloadPlan } from './resource-download.js';
import { overdueTemplate } from './template-run.js';
import { schemeFits, SCHEME_MISMATCH, transferDefaults, transferFields } from './transfer-config.js';
import { overdueTransfer, transfer } from './transfer.js';

const config = z
  .strictObject({
    resourceId: text(256).default('').meta({
      title: 'File',
      description: 'Empty = the newest backup of this device',
    }),
    fromDate: dateText
      .default('')
      .meta({ title: 'Backup made after', description: 'By the clocks of the server; empty = open' }),
    toDate: dateText
      .default('')
      .meta({ title: 'Backup made before', description: 'By the clocks of the server; empty = open' }),
    ...transferFields,
  })
  .refine(schemeFits, SCHEME_MISMATCH)
  .refine(({ resourceId, fromDate, toDate }) => resourceId === '' || (fromDate === '' && toDate === ''), {
    error: 'either a file or dates',
    path: ['resourceId'],
  });
type Config = z.infer<typeof config>;

const FILE_TYPE = '3 Vendor Configuration File';
const RULES = { verifyVersion: false, versionTells: false };

/** Gives the device a backup of its configuration back (task-types.md §3.5). */
export const restoreConfiguration = defineTaskType<Config>({
  name: 'RestoreConfiguration',
  title: 'Restore configuration',
  description: 'The device fetches a backup of its configuration.',
  branch: 'Maintenance',
  defaultPriority: 10,
  schema: config,
  example: { resourceId: '', fromDate: '', toDate: '', ...transferDefaults },
  transientAllowed: false,
  transfers: true,
  waitsForBootstrap: ({ retryOnBootstrap }) => retryOnBootstrap,
  run,
  overdue: async (execution, given, now, files) =>
    (await overdueTemplate(execution, now, files)) ??
    overdueTransfer(execution, given, now, { method: 'Download', ...RULES }, files),
});

async function* run(context: TaskContext<Config>): TaskRun {
  const replaced = yield* replacedProcedure(context, 'customRestoreTask', () => {
    const { resourceId, fromDate, toDate } = context.config;
    return { resourceId, fromDate, toDate };
  });
  return replaced ?? (yield* standardProcedure(context));
}

function standardProcedure(context: TaskContext<Config>): TaskRun {
  const { resourceId, fromDate, toDate } = context.config;
  return transfer(
    context,
    downloadPlan(context, {
      fileType: FILE_TYPE,
      rules: RULES,
      async find(files) {
        if (resourceId !== '')
          return (await files.findResource(resourceId)) ?? `There is no resource ${resourceId}`;
        const newest = await files.newestBackup(context.device._id, parseDate(fromDate), parseDate(toDate));
        return newest ?? 'There is no backup of this device in the given time';
      },
      check(offer) {
        const version = context.device.softwareVersion ?? '';
        if (offer.version !== '' && offer.version !== version)
          context.log(
            'WARN',
            `The backup was made with software ${offer.version}; the device has ${version}`,
          );
        return null;
      },
    }),
  );
}
