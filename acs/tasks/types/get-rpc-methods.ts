import { z } from 'zod';
import { success } from '../outcome.js';
import { defineTaskType, rpc, type TaskContext, type TaskRun } from '../task-type.js';

const config = z.strictObject({});
type Config = z.infer<typeof config>;

/** The property of the device that holds the answer, names by commas. */
export const SUPPORTED_METHODS_PROPERTY = 'supportedRpcMethods';

/** Asks which RPCs the device knows (task-types.md §1.9). */
export const getRpcMethods = defineTaskType<Config>({
  name: 'GetRpcMethods',
  title: 'Get RPC methods',
  description: `Asks which RPCs the device knows; they are kept in its property ${SUPPORTED_METHODS_PROPERTY}.`,
  branch: 'Maintenance',
  defaultPriority: 10,
  schema: config,
  example: {},
  transientAllowed: true,
  run,
});

async function* run(context: TaskContext<Config>): TaskRun {
  const { methods } = yield* rpc({ method: 'GetRPCMethods' });
  const list = [...new Set(methods)].join(',');
  await context.desk.setProperty(SUPPORTED_METHODS_PROPERTY, list);
  context.detail(SUPPORTED_METHODS_PROPERTY, list);
  return success(`${methods.length} methods`);
}
