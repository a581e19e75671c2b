import type { ExecutionRecord } from '../../../store/models/execution.js';
import type { AcsRequest, CpeResponse } from '../../cwmp/messages.js';
import type { FileDesk } from '../file-desk.js';
import { parked, type Ended, type Outcome } from '../outcome.js';
import type { CheckpointOptions, RunVariable, TaskContext } from '../task-type.js';
import { findTaskType } from '../type-registry.js';
import { asChild, overdueChild } from '../xmltask/overdue-child.js';
import { childOf, newChild, runChild } from '../xmltask/run-child.js';
import type { ChildState } from '../xmltask/run-state.js';

/** Where a run is that has given itself over to a template. */
const STAGE = 'template';

type TemplateRun = AsyncGenerator<AcsRequest, Outcome, CpeResponse>;

/** Which template a run gives itself over to. */
export interface TemplateOrder {
  template: string;
  /** Become task properties of the template's task, as far as it has parameters of these names. */
  inputs: readonly RunVariable[];
  /** Procedures that the template itself gets in their standard form (`ParentRun.replacing`). */
  replacing: readonly string[];
}

/** Runs a template inside the same task. Throws `Failure` where there is no such template or its parameters are wrong. */
export async function* runTemplate(
  context: TaskContext<unknown>,
  { template, inputs, replacing }: TemplateOrder,
): TemplateRun {
  const made = await childOf(context, { type: null, template, xml: null, inputs: [...inputs] }, () => ({}));
  const around = { inputs: [...inputs], defaults: [], replacing };
  const child = newChild(made, around, { keys: 0 }, context.now());
  context.detail('template', template);
  return yield* goOn(context, child, false);
}

/** Goes on with the template that a run has given itself over to; null = it has not. */
export function resumedTemplate(context: TaskContext<unknown>): TemplateRun | null {
  const { resumed } = context;
  const child = resumed?.stage === STAGE ? childIn(resumed.state) : null;
  return child && goOn(context, child, true);
}

async function* goOn(context: TaskContext<unknown>, child: ChildState, again: boolean): TemplateRun {
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
  const child = childOfRun(parkedRun);
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

/** Whether a parked run waits for a TransferComplete, as the template that it runs does. */
export function templateAwaitsTransfer(parkedRun: ExecutionRecord): boolean {
  const child = childOfRun(parkedRun);
  const type = child && findTaskType(child.type);
  if (!child || !type) return false;
  return type.transfers === true || (type.awaitsTransfer?.(asChild(parkedRun, child)) ?? false);
}

/** The claim of a place among the simultaneous transfers stands where the quota looks for it. */
function stateOf(child: ChildState): Record<string, unknown> {
  const claim = child.state.quotaClaim;
  return { child, ...(claim instanceof Date && { quotaClaim: claim }) };
}

function childIn(state: Readonly<Record<string, unknown>>): ChildState | null {
  const child = state.child as ChildState | undefined;
  return child && findTaskType(child.type) ? structuredClone(child) : null;
}

function childOfRun({ stage, checkpoint }: ExecutionRecord): ChildState | null {
  return stage === STAGE ? childIn(checkpoint?.state ?? {}) : null;
}
