import { z } from 'zod';
import { ProvostError, SessionSupersededError } from '../../../common/errors.js';
import { text } from '../config-fields.js';
import type { FileOffer } from '../file-desk.js';
import { TaskFailure } from '../outcome.js';
import { hasExpression } from '../ports/template-texts.js';
import { defineTaskType, type TaskContext, type TaskRun } from '../task-type.js';
import { downloadPlan } from './resource-download.js';
import { schemeFits, SCHEME_MISMATCH, transferDefaults, transferFields } from './transfer-config.js';
import { overdueTransfer, transfer } from './transfer.js';

const config = z
  .strictObject({
    resourceId: text(256).min(1, 'is required').meta({
      title: 'Template',
      description: 'A configuration file whose text has expressions',
    }),
    removeTemporaryFiles: z.boolean().default(true).meta({
      title: 'Remove temporary files',
      description: 'The file that was made for the device goes when the task ends',
    }),
    ...transferFields,
  })
  .refine(schemeFits, SCHEME_MISMATCH);
type Config = z.infer<typeof config>;

const FILE_TYPE = '3 Vendor Configuration File';
const RULES = { verifyVersion: false, versionTells: false };

/** Makes a configuration for the device from a template and lets it fetch that (task-types.md §3.7). */
export const deployConfigurationTemplate = defineTaskType<Config>({
  name: 'DeployConfigurationTemplate',
  title: 'Deploy configuration template',
  description:
    'Fills in the expressions of a configuration template for the device; the device fetches the result.',
  branch: 'Maintenance',
  defaultPriority: 10,
  schema: config,
  example: { resourceId: 'template.cfg', removeTemporaryFiles: true, ...transferDefaults },
  transientAllowed: false,
  transfers: true,
  waitsForBootstrap: ({ retryOnBootstrap }) => retryOnBootstrap,
  run,
  async overdue(execution, given, now, files) {
    const rules = { method: 'Download', ...RULES } as const;
    const outcome = await overdueTransfer(execution, given, now, rules, files);
    const made = execution.checkpoint?.state.resource;
    if (outcome.kind === 'ended' && given.removeTemporaryFiles && typeof made === 'string')
      await files.removeTemporary(made);
    return outcome;
  },
});

async function* run(context: TaskContext<Config>): TaskRun {
  // By the checkpoint of an earlier session, or made in this one.
  let made = textOf(context.resumed?.state.resource);
  const plan = downloadPlan(context, {
    fileType: FILE_TYPE,
    rules: RULES,
    async find() {
      const offer = await fill(context);
      if (typeof offer !== 'string') made = offer.id;
      return offer;
    },
  });
  const tidy = async (): Promise<void> => {
    if (context.config.removeTemporaryFiles && made !== '') await context.files.removeTemporary(made);
  };
  try {
    const outcome = yield* transfer(context, plan);
    if (outcome.kind === 'ended') await tidy();
    return outcome;
  } catch (error) {
    if (endsTheRun(error)) await tidy();
    throw error;
  }
}

/** Another session, or this one after a failure of the server, goes on with the file. */
function endsTheRun(error: unknown): boolean {
  return error instanceof ProvostError && !(error instanceof SessionSupersededError);
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A template that cannot be filled in ends the task before anything is asked of the device. */
async function fill(context: TaskContext<Config>): Promise<FileOffer | string> {
  const { resourceId } = context.config;
  const template = await context.files.readText(resourceId);
  if (!template) return `There is no resource ${resourceId}`;
  context.detail('template', template.id);
  const filled = hasExpression(template.text) ? await evaluated(context, template.text) : template.text;
  return await context.files.storeTemporary({
    // The same for a run that begins again: it takes the place of what was made before.
    name: `deploy-${context.device._id}-${context.commandKey(1)}`,
    fileName: template.fileName,
    text: filled,
    category: 'config',
    domain: context.device.domain,
    device: context.device._id,
    task: context.task.id,
    execution: context.execution.id,
  });
}

async function evaluated(context: TaskContext<Config>, template: string): Promise<string> {
  const { templates, device, task } = context;
  if (!templates) throw new TaskFailure('This server does not evaluate expressions');
  const tree = await context.tree();
  return await templates.evaluate(template, { device, task, tree, now: context.now() });
}
