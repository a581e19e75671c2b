import { z } from 'zod';
import { dateText, parseDate, text, whole } from '../config-fields.js';
import { success } from '../outcome.js';
import { defineTaskType, type TaskContext, type TaskRun } from '../task-type.js';
import { replacedProcedure } from './custom-template.js';
import { uploadFileType, uploadPlan } from './device-upload.js';
import { overdueTemplate } from './template-run.js';
import { schemeFits, SCHEME_MISMATCH, transferDefaults, transferFields } from './transfer-config.js';
import { overdueTransfer, transfer } from './transfer.js';

const REFERENCE = '2012.01.01 00:00:00';

const config = z
  .strictObject({
    referenceTime: dateText.default(REFERENCE).meta({
      title: 'Reference time',
      description: 'Intervals are counted from here, by the clocks of the server',
    }),
    intervalTime: whole(0, 1_000_000).default(168).meta({
      title: 'Interval',
      description: 'Hours; at most one backup in each interval; 0 = always',
    }),
    backupNumber: whole(1, 10_000).default(5).meta({
      title: 'Backups kept',
      description: 'The oldest of this task are deleted',
    }),
    fileType: text(64).min(1).default('1 Vendor Configuration File').meta({ title: 'File type' }),
    configurationFileNumber: whole(1).optional().meta({
      title: 'File number',
      description: 'Instance for file type 3',
    }),
    ...transferFields,
  })
  .refine(schemeFits, SCHEME_MISMATCH);
type Config = z.infer<typeof config>;

const HOUR = 3_600_000;

/** Keeps copies of the device's configuration (task-types.md §3.4); made to be used with automatic restart. */
export const backupConfiguration = defineTaskType<Config>({
  name: 'BackupConfiguration',
  title: 'Back up configuration',
  description: 'The device sends its configuration; the newest copies are kept.',
  branch: 'Maintenance',
  defaultPriority: 10,
  schema: config,
  example: {
    referenceTime: REFERENCE,
    intervalTime: 168,
    backupNumber: 5,
    fileType: '1 Vendor Configuration File',
    ...transferDefaults,
  },
  transientAllowed: false,
  transfers: true,
  waitsForBootstrap: ({ retryOnBootstrap }) => retryOnBootstrap,
  run,
  overdue: async (execution, given, now, files) =>
    (await overdueTemplate(execution, now, files)) ??
    overdueTransfer(
      execution,
      given,
      now,
      { method: 'Upload', verifyVersion: false, versionTells: false },
      files,
    ),
});

async function* run(context: TaskContext<Config>): TaskRun {
  const replaced = yield* replacedProcedure(context, 'customBackupTask', () => ({
    intervalTime: String(context.config.intervalTime),
    backupNumber: String(context.config.backupNumber),
  }));
  return replaced ?? (yield* standardProcedure(context));
}

function standardProcedure(context: TaskContext<Config>): TaskRun {
  const { fileType, configurationFileNumber } = context.config;
  return transfer(
    context,
    uploadPlan(context, {
      fileType: uploadFileType(fileType, configurationFileNumber),
      category: 'config.backup',
      prefix: 'backup',
      extension: 'cfg',
      external: null,
      prepare: async () => {
        const start = intervalStart(context.config, context.now());
        if (!start) return null;
        const [newest] = await context.files.backups(context.device._id, context.task.id);
        return newest && newest.createdAt >= start
          ? success('Backup already created in specified interval.')
          : null;
      },
      finish: async () => {
        await dropOldest(context);
        return null;
      },
    }),
  );
}

/** When the interval that `now` lies in began; null = there are no intervals. */
export function intervalStart(
  { referenceTime, intervalTime }: Pick<Config, 'referenceTime' | 'intervalTime'>,
  now: Date,
): Date | null {
  const reference = parseDate(referenceTime) ?? parseDate(REFERENCE);
  if (intervalTime === 0 || !reference) return null;
  const length = intervalTime * HOUR;
  const count = Math.floor((now.getTime() - reference.getTime()) / length);
  return new Date(reference.getTime() + count * length);
}

async function dropOldest(context: TaskContext<Config>): Promise<void> {
  const backups = await context.files.backups(context.device._id, context.task.id);
  const surplus = backups.slice(context.config.backupNumber);
  for (const { id, name } of surplus) {
    await context.files.deleteResource(id);
    context.log('INFO', `Deleted the old backup ${name}`);
  }
}
