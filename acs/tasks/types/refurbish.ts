import { z } from 'zod';
import type { ExecutionRecord } from '../../../store/models/execution.js';
import { text } from '../config-fields.js';
import { parked, warning, type Outcome } from '../outcome.js';
import { hasEvent } from '../signal.js';
import { defineTaskType, rpc, type TaskContext, type TaskRun } from '../task-type.js';
import { afterReturn, awaitReturn, commandSent, hasReturned, overdueReturn } from './await-boot.js';

const config = z.strictObject({
  retainedProperties: text().default('').meta({
    title: 'Properties kept',
    description: 'Names of device properties that stay, by commas; all others are removed',
  }),
});
type Config = z.infer<typeof config>;

const BOOTSTRAP = 0;
/** The reset was accepted; what the server has of the device is being removed. */
const ANSWERED = 'answered';

/** Makes a device as new for its next owner (task-types.md §2.3). */
export const refurbish = defineTaskType<Config>({
  name: 'Refurbish',
  title: 'Refurbish',
  description:
    'Sets the device back to its factory settings and removes its tasks and properties here, so that it is provisioned as a new one. Identity, groups, credentials and histories stay.',
  branch: 'Maintenance',
  defaultPriority: 10,
  schema: config,
  example: { retainedProperties: 'customer.number,site' },
  transientAllowed: false,
  // The bootstrap is what it waits for.
  waitsForBootstrap: () => true,
  run,
  overdue: (execution) => overdue(execution),
});

async function* run(context: TaskContext<Config>): TaskRun {
  // The RPC carries no key; ours only marks that this run waits for an Inform.
  const commandKey = context.commandKey();
  if (context.resumed) return goOn(context, commandKey);
  await commandSent(context, commandKey);
  yield* rpc({ method: 'FactoryReset' });
  await context.checkpoint(
    ANSWERED,
    { sentAt: context.now().toISOString(), informs: 0 },
    { commandKey, blocking: true },
  );
  await cleanUp(context);
  return awaitReturn(context, commandKey, { cleaned: true });
}

/**
 * Nothing is removed for a reset that was refused. When the answer was never seen only a bootstrap shows that the reset
 * took place.
 */
async function goOn(context: TaskContext<Config>, commandKey: string): Promise<Outcome> {
  const { resumed } = context;
  if (resumed?.stage === ANSWERED) {
    await cleanUp(context);
    resumed.state.cleaned = true;
  }
  const outcome = afterReturn(context, commandKey, 'FactoryReset');
  if (resumed?.state.cleaned === true || outcome.kind === 'parked' || outcome.status !== 'SUCCESS')
    return outcome;
  const bootstrapped = context.signals.some(
    (signal) => signal.kind === 'inform' && hasEvent(signal.events, BOOTSTRAP),
  );
  if (!bootstrapped)
    return warning('the device restarted but does not say that it was reset; nothing was removed');
  await cleanUp(context);
  return outcome;
}

async function cleanUp(context: TaskContext<Config>): Promise<void> {
  const retained = context.config.retainedProperties
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const { tasks, properties, reports } = await context.desk.refurbish({ task: context.task.id, retained });
  context.log(
    'INFO',
    `Removed ${tasks} tasks and ${properties} properties, reset ${reports} reports of group tasks`,
  );
  context.detail('tasksRemoved', tasks);
  context.detail('propertiesRemoved', properties);
  context.detail('reportsReset', reports);
}

/** What is left to remove is removed in a session. */
function overdue(execution: ExecutionRecord): Outcome {
  const { checkpoint, commandKey, stage, summary, blocking } = execution;
  const open = checkpoint !== null && checkpoint.state.cleaned !== true;
  if (!open || (checkpoint.stage !== ANSWERED && !hasReturned(execution))) return overdueReturn(execution);
  return parked({
    ...{ stage: stage ?? checkpoint.stage, state: checkpoint.state, summary, blocking, commandKey },
    deadline: null,
  });
}
