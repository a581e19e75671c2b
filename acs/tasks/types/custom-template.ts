import type { AcsRequest, CpeResponse } from '../../cwmp/messages.js';
import { failure, type Outcome } from '../outcome.js';
import type { TaskContext } from '../task-type.js';
import { Failure } from '../xmltask/failure.js';
import { resumedTemplate, runTemplate } from './template-run.js';

/** Properties of a device or its groups that name a template to be run in place of a task type (task-types.md §3.4–3.6). */
type CustomTaskProperty = 'customBackupTask' | 'customRestoreTask' | 'firmwareUpdateTaskTemplateName';

/** The template that the profile of the device names; null = the standard procedure is to be run. */
async function namedTemplate(
  context: TaskContext<unknown>,
  property: CustomTaskProperty,
): Promise<string | null> {
  // A template that itself asks for the procedure gets the standard one.
  if (context.parent?.replacing.includes(property)) return null;
  const value = (await context.ports.views.sv(context.device))(property);
  const name = value?.trim() ?? '';
  return name === '' ? null : name;
}

/**
 * Runs the template that the profile names in place of a procedure, inside the same task; `values` are given to it as task
 * properties. Null = none is named. A template that is named and not there ends the task: the procedure that somebody has
 * replaced is not run behind their back.
 */
export async function* replacedProcedure(
  context: TaskContext<unknown>,
  property: CustomTaskProperty,
  values: () => Readonly<Record<string, string>>,
): AsyncGenerator<AcsRequest, Outcome | null, CpeResponse> {
  if (context.resumed) {
    const goesOn = resumedTemplate(context);
    return goesOn && (yield* goesOn);
  }
  const template = await namedTemplate(context, property);
  if (template === null) return null;
  const inputs = Object.entries(values()).map(([name, value]) => ({ name, value, secret: false }));
  const replacing = [...(context.parent?.replacing ?? []), property];
  context.log('INFO', `${property} names the template ${template}, which is run instead`);
  try {
    return yield* runTemplate(context, { template, inputs, replacing });
  } catch (error) {
    if (error instanceof Failure) return failure(`${property}: ${error.message}`);
    throw error;
  }
}
