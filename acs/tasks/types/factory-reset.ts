import { z } from 'zod';
import { defineTaskType, rpc, type TaskContext, type TaskRun } from '../task-type.js';
import { afterReturn, awaitReturn, commandSent, overdueReturn } from './await-boot.js';

const config = z.strictObject({});
type Config = z.infer<typeof config>;

/** Sets the device back to what it was in the factory and waits for its return (task-types.md §2.2). */
export const factoryReset = defineTaskType<Config>({
  name: 'FactoryReset',
  title: 'Factory reset',
  description: 'Sets the device back to its factory settings. All that was set on it is lost.',
  branch: 'Maintenance',
  defaultPriority: 10,
  schema: config,
  example: {},
  transientAllowed: false,
  // The bootstrap is what it waits for.
  waitsForBootstrap: () => true,
  run,
  overdue: (execution) => overdueReturn(execution),
});

async function* run(context: TaskContext<Config>): TaskRun {
  // The RPC carries no key; ours only marks that this run waits for an Inform.
  const commandKey = context.commandKey();
  if (context.resumed) return afterReturn(context, commandKey, 'FactoryReset');
  await commandSent(context, commandKey);
  yield* rpc({ method: 'FactoryReset' });
  return awaitReturn(context, commandKey);
}
