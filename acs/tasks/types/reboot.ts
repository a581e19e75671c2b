import { z } from 'zod';
import { text } from '../config-fields.js';
import { defineTaskType, rpc, type TaskContext, type TaskRun } from '../task-type.js';
import { afterReturn, awaitReturn, commandSent, overdueReturn } from './await-boot.js';

const config = z.strictObject({
  commandKey: text(32).default('').meta({
    title: 'Command key',
    description: 'Comes back with the event M Reboot; empty = generated',
  }),
});
type Config = z.infer<typeof config>;

/** Restarts the device and waits for its return (task-types.md §2.1). */
export const reboot = defineTaskType<Config>({
  name: 'Reboot',
  title: 'Reboot',
  description: 'Restarts the device and waits until it is back.',
  branch: 'Maintenance',
  defaultPriority: 10,
  schema: config,
  example: { commandKey: '' },
  transientAllowed: false,
  run,
  overdue: (execution) => overdueReturn(execution),
});

async function* run(context: TaskContext<Config>): TaskRun {
  const commandKey = context.config.commandKey || context.commandKey();
  if (context.resumed) return afterReturn(context, commandKey, 'Reboot');
  await commandSent(context, commandKey);
  yield* rpc({ method: 'Reboot', commandKey });
  return awaitReturn(context, commandKey);
}
