import { z } from 'zod';
import { whole } from '../config-fields.js';
import { success } from '../outcome.js';
import { defineTaskType, rpc, type TaskContext, type TaskRun } from '../task-type.js';

const config = z.strictObject({
  delay: whole(1).meta({ title: 'Delay', description: 'Seconds until the device is to call' }),
});
type Config = z.infer<typeof config>;

/** Lets the device call after a time (task-types.md §2.4). */
export const scheduleInform = defineTaskType<Config>({
  name: 'ScheduleInform',
  title: 'Schedule Inform',
  description: 'The device calls once more after a time; that session has the event 3 SCHEDULED.',
  branch: 'Maintenance',
  defaultPriority: 10,
  schema: config,
  example: { delay: 3_600 },
  transientAllowed: true,
  run,
});

// A run is asynchronous by its type.
// eslint-disable-next-line @typescript-eslint/require-await
async function* run(context: TaskContext<Config>): TaskRun {
  const { delay } = context.config;
  const commandKey = context.commandKey();
  context.detail('commandKey', commandKey);
  yield* rpc({ method: 'ScheduleInform', delaySeconds: delay, commandKey });
  const due = new Date(context.now().getTime() + delay * 1000);
  context.detail('expected', due.toISOString());
  return success(`the device will call in ${delay} s`);
}
