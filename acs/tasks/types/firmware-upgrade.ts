import { z } from 'zod';
import { text } from '../config-fields.js';
import { failure, success } from '../outcome.js';
import { defineTaskType, type TaskContext, type TaskRun } from '../task-type.js';
import type { DeviceRecord } from '../../../store/models/device.js';
import { replacedProcedure } from './custom-template.js';
import { downloadPlan } from './resource-download.js';
import { overdueTemplate } from './template-run.js';
import { schemeFits, SCHEME_MISMATCH, transferDefaults, transferFields } from './transfer-config.js';
import type { VerdictRules } from './transfer-state.js';
import { overdueTransfer, transfer } from './transfer.js';

const config = z
  .strictObject({
    resourceId: text(256).min(1, 'is required').meta({ title: 'Firmware file' }),
    versionChangeVerification: z.boolean().default(false).meta({
      title: 'Verify version change',
      description: 'Success only when the device reports another software version',
    }),
    ...transferFields,
  })
  .refine(schemeFits, SCHEME_MISMATCH);
type Config = z.infer<typeof config>;

const FILE_TYPE = '1 Firmware Upgrade Image';

const rulesOf = (given: Config): Pick<VerdictRules, 'verifyVersion' | 'versionTells'> => ({
  verifyVersion: given.versionChangeVerification,
  versionTells: true,
});

/** Installs another software version (task-types.md §3.6). */
export const firmwareUpgrade = defineTaskType<Config>({
  name: 'FirmwareUpgrade',
  title: 'Firmware upgrade',
  description: 'The device fetches a firmware file, installs it and restarts.',
  branch: 'Maintenance',
  defaultPriority: 10,
  schema: config,
  example: { resourceId: 'firmware-2.0.bin', versionChangeVerification: false, ...transferDefaults },
  transientAllowed: false,
  transfers: true,
  waitsForBootstrap: ({ retryOnBootstrap }) => retryOnBootstrap,
  run,
  overdue: async (execution, given, now, files) =>
    (await overdueTemplate(execution, now, files)) ??
    overdueTransfer(execution, given, now, { method: 'Download', ...rulesOf(given) }, files),
});

type Model = Pick<DeviceRecord, 'modelName' | 'productClass'>;

/** A file for other models bricks a device. One that names none is for whoever is sent it. */
function fits(models: readonly string[], { modelName, productClass }: Model): boolean {
  return models.length === 0 || models.some((one) => one === modelName || one === productClass);
}

const modelOf = ({ modelName, productClass }: Model): string =>
  [modelName, productClass].find((name) => name !== null && name !== '') ?? 'this model';

async function* run(context: TaskContext<Config>): TaskRun {
  // An upgrade inside a workflow is a step of a procedure of somebody's own, and no order that could be given to another.
  const replaced = context.parent
    ? null
    : yield* replacedProcedure(context, 'firmwareUpdateTaskTemplateName', () => {
        const { resourceId, protocol, baseUrl, timeLimit, useQuota, versionChangeVerification } =
          context.config;
        const values = { resourceId, protocol, baseUrl, timeLimit, useQuota, versionChangeVerification };
        const given = Object.entries(values).filter(([, value]) => value !== undefined);
        return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
      });
  return replaced ?? (yield* standardProcedure(context));
}

function standardProcedure(context: TaskContext<Config>): TaskRun {
  const { resourceId } = context.config;
  const current = context.device.softwareVersion ?? '';
  return transfer(
    context,
    downloadPlan(context, {
      fileType: FILE_TYPE,
      rules: rulesOf(context.config),
      find: async (files) => (await files.findResource(resourceId)) ?? `There is no resource ${resourceId}`,
      check(offer) {
        context.detail('versionBefore', current);
        if (offer.version !== '') context.detail('versionExpected', offer.version);
        if (!fits(offer.models, context.device))
          return failure(
            `the file ${offer.name} is for ${offer.models.join(', ')}, not for ${modelOf(context.device)}`,
          );
        return offer.version !== '' && offer.version === current ? success('already installed') : null;
      },
      async finish(state) {
        const after = context.device.softwareVersion ?? '';
        context.detail('versionBefore', state.startVersion);
        context.detail('versionAfter', after);
        const offer = await context.files.findResource(state.resource);
        if (offer && offer.version !== '' && offer.version !== after)
          context.log('WARN', `The file says version ${offer.version}; the device reports ${after}`);
        return null;
      },
    }),
  );
}
