import { z } from 'zod';
import { isSecretPath, SECRET_MASK } from '../../devices/secret-paths.js';
import { text, whole } from '../config-fields.js';
import { success, TaskFailure, warning } from '../outcome.js';
import { defineTaskType, rpc, type TaskContext, type TaskRun } from '../task-type.js';
import { isValueType } from './wire-value.js';

const config = z.strictObject({
  task: text(650).min(1, 'is required').meta({
    title: 'Task',
    description: 'Id of the task that set the values; of a group task, what it did on this device',
  }),
  run: whole(1).optional().meta({
    title: 'Run',
    description: 'Number of its run; left out: the newest that replaced anything',
  }),
});
type Config = z.infer<typeof config>;

/** Lost parameters that the summary names. */
const NAMED = 3;

/** Puts back the values that another task has replaced on the device (tasks.md §7, undo). */
export const undoSetValues = defineTaskType<Config>({
  name: 'UndoSetValues',
  title: 'Undo set values',
  description: 'Puts back, in one step, the values that another task has replaced on the device.',
  branch: 'Data model',
  defaultPriority: 10,
  schema: config,
  example: { task: 'd:02A0C4-GW-E5CAE8:7' },
  // Without a report it would put them back in every session.
  transientAllowed: false,
  remembers: true,
  readsTree: () => true,
  run,
});

async function* run(context: TaskContext<Config>): TaskRun {
  const { task, run: wanted } = context.config;
  const found = await context.undo.replacedBy(task, context.device._id, wanted ?? null);
  if ('nothing' in found) return warning(`Nothing to restore: ${task} ${found.nothing}`);
  const parameters = found.values.map(({ name, value, type }) => {
    if (!isValueType(type)) throw new TaskFailure(`The type of ${name} is not known`);
    return { name, value, type };
  });
  context.detail('run', found.run);
  context.detail('restored', parameters.length);
  for (const { name, reason } of found.lost) context.log('WARN', `${name} cannot be restored: ${reason}`);
  if (found.omitted > 0) context.log('WARN', `${found.omitted} more parameters were not remembered`);
  const lost = lostText(found.lost, found.omitted);
  if (parameters.length === 0) return warning(`Nothing to restore: ${lost}`);

  for (const { name, value, type } of parameters)
    context.log('INFO', `${name} = ${isSecretPath(name) ? SECRET_MASK : value} (${type})`);
  // As the device had reported them.
  const { status } = yield* rpc({
    method: 'SetParameterValues',
    parameters,
    parameterKey: context.execution.id,
  });
  await context.replaces(parameters);
  await context.learn({ values: parameters });
  context.detail('status', status);
  if (status === 1) context.detail('pending', true);
  const restored = `${parameters.length} ${parameters.length === 1 ? 'value' : 'values'} restored`;
  return lost === '' ? success(restored) : warning(`${restored}; ${lost}`);
}

function lostText(lost: readonly { name: string; reason: string }[], omitted: number): string {
  const named = lost.slice(0, NAMED).map(({ name, reason }) => `${name} cannot be restored (${reason})`);
  const more = lost.length - named.length + omitted;
  return [...named, ...(more > 0 ? [`${more} more cannot be restored`] : [])].join('; ');
}
