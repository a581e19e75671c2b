import type { ExecutionRecord } from '../../../store/models/execution.js';
import type { AcsRequest, CpeResponse } from '../../cwmp/messages.js';
import type { FileDesk } from '../file-desk.js';
import { failure, parked, type Ended, type Outcome } from '../outcome.js';
import type { CheckpointOptions, TaskContext } from '../task-type.js';
import { findTaskType } from '../type-registry.js';
import { Failure } from '../xmltask/failure.js';
import { overdueChild } from '../xmltask/overdue-child.js';
import { childOf, newChild, runChild } from '../xmltask/run-child.js';
import type { ChildState } from '../xmltask/run-state.js';

/** Properties of a device or its groups that name a template to be run in place of a task type (task-types.md §3.4, §3.5). */
type CustomTaskProperty = 'customBackupTask' | 'customRestoreTask';

/** Where a run is that has given itself over to a template. */
const STAGE = 'template';

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
  const { resumed } = context;
  if (resumed) {
    const child = resumed.stage === STAGE ? childIn(resumed.state) : null;
    return child && (yield* goOn(context, child, true));
  }
  const template = await namedTemplate(context, property);
  if (template === null) return null;
  const inputs = Object.entries(values()).map(([name, value]) => ({ name, value, secret: false }));
  let child: ChildState;
  try {
    const made = await childOf(context, { type: null, template, xml: null, inputs }, () => ({}));
    const replacing = [...(context.parent?.replacing ?? []), property];
    child = newChild(made, { inputs, defaults: [], replacing }, { keys: 0 }, context.now());
  } catch (error) {
    if (error instanceof Failure) return failure(`${property}: ${error.message}`);
    throw error;
  }
  context.log('INFO', `${property} names the template ${template}, which is run instead`);
  context.detail('template', template);
  return yield* goOn(context, child, false);
}

async function* goOn(
  context: TaskContext<unknown>,
  child: ChildState,
  again: boolean,
): AsyncGenerator<AcsRequest, Outcome, CpeResponse> {
  const save = (options: CheckpointOptions): Promise<void> =>
    context.checkpoint(STAGE, stateOf(child), options);
  if (!again) await save({});
  const { outcome, outputs } = yield* runChild(context, child, { again, save });
  if (outcome.kind === 'parked') {
    child.stage = outcome.stage;
    child.state = outcome.state;
    return parked({ ...outcome, stage: STAGE, state: stateOf(child) });
  }
  for (const { name, value, secret } of outputs) if (!secret) context.detail(name, value);
  return outcome;
}

/** For the deadline of a run that may have given itself over to a template; null = it has not. */
export async function overdueTemplate(
  parkedRun: ExecutionRecord,
  now: Date,
  files: FileDesk,
): Promise<Outcome | null> {
  const child = parkedRun.stage === STAGE ? childIn(parkedRun.checkpoint?.state ?? {}) : null;
  if (!child) return null;
  const outcome: Outcome = await overdueChild(parkedRun, child, now, files);
  if (outcome.kind !== 'parked') return asEnded(outcome);
  return parked({
    ...outcome,
    stage: STAGE,
    state: stateOf({ ...child, stage: outcome.stage, state: outcome.state }),
  });
}

const asEnded = (outcome: Exclude<Outcome, { kind: 'parked' }>): Ended =>
  outcome.kind === 'ended' ? outcome : { kind: 'ended', status: 'WARNING', summary: outcome.summary };

/** The claim of a place among the simultaneous transfers stands where the quota looks for it. */
function stateOf(child: ChildState): Record<string, unknown> {
  const claim = child.state.quotaClaim;
  return { child, ...(claim instanceof Date && { quotaClaim: claim }) };
}

function childIn(state: Readonly<Record<string, unknown>>): ChildState | null {
  const child = state.child as ChildState | undefined;
  return child && findTaskType(child.type) ? structuredClone(child) : null;
}
