import { z } from 'zod';
import { CpeFault } from '../../cwmp/cpe-fault.js';
import { objectName } from '../config-fields.js';
import { failure, success } from '../outcome.js';
import { recordedFault } from '../recorded-fault.js';
import { defineTaskType, rpc, type TaskContext, type TaskRun } from '../task-type.js';
import { resolveNames } from './resolve-names.js';

const config = z.strictObject({
  objectName: objectName
    .regex(/\.(\d+|\[[^\]]+\])\.$/, 'must end in an instance number and a dot')
    .meta({ title: 'Object instance', examples: ['Root.NAT.PortMapping.3.'] }),
  ignoreMissing: z.boolean().optional().meta({
    title: 'Ignore a missing instance',
    description: 'An instance that is not there is no error',
  }),
});
type Config = z.infer<typeof config>;

const INVALID_NAME = 9005;

/** Deletes one object instance and all below it (task-types.md §1.5). */
export const deleteObject = defineTaskType<Config>({
  name: 'DeleteObject',
  title: 'Delete object',
  description: 'Deletes one instance of an object with all that is below it.',
  branch: 'Data model',
  defaultPriority: 10,
  schema: config,
  example: { objectName: 'Root.NAT.PortMapping.3.' },
  transientAllowed: true,
  run,
});

async function* run(context: TaskContext<Config>): TaskRun {
  const [resolved] = yield* resolveNames(context, [context.config.objectName]);
  const path = resolved?.path ?? context.config.objectName;
  try {
    const { status } = yield* rpc({
      method: 'DeleteObject',
      objectName: path,
      parameterKey: context.execution.id,
    });
    await context.learn({ removed: [path] });
    context.detail('status', status);
    if (status === 1) context.detail('pending', true);
    return success(`${path} is deleted`);
  } catch (error) {
    if (!(error instanceof CpeFault) || error.faultCode !== INVALID_NAME) throw error;
    await context.learn({ removed: [path] });
    // After a crash the first request may have done it; what is wanted is that the instance is gone.
    if (context.repeated || context.config.ignoreMissing === true) return success(`${path} is gone`);
    return failure(`${error.message}: no such instance ${path}`, recordedFault(error, 'DeleteObject'));
  }
}
