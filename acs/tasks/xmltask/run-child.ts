import { ProvostError, SessionSupersededError } from '../../../common/errors.js';
import type { TaskConfig } from '../../../store/models/task.js';
import { CpeFault } from '../../cwmp/cpe-fault.js';
import type { AcsRequest, CpeResponse } from '../../cwmp/messages.js';
import { usesOfConfig } from '../config-expressions.js';
import { parseConfig } from '../config-schema.js';
import type { Outcome } from '../outcome.js';
import { failure } from '../outcome.js';
import type { TemplateOffer } from '../ports/workflow-ports.js';
import { RunStopped } from '../run-stopped.js';
import type { CheckpointOptions, RunVariable, TaskContext, TaskType } from '../task-type.js';
import { findTaskType } from '../type-registry.js';
import { ChildContext } from './child-context.js';
import { XML_TASK } from './child-config.js';
import { evaluatedChild } from './evaluated-child.js';
import { templateProperties } from './template-properties.js';
import type { Effect } from './effects.js';
import { Failure } from './failure.js';
import type { ChildState, RunState } from './run-state.js';

/** Runs that may be around one (xmltask.md §3). */
const MAX_DEPTH = 8;

/** Which task is to be run inside another one. */
export type ChildOrder = Pick<Extract<Effect, { kind: 'child' }>, 'type' | 'template' | 'xml' | 'inputs'>;

/** What a child is made of. */
export interface MadeChild {
  type: TaskType;
  config: TaskConfig;
  dynamic: boolean;
  properties: RunVariable[] | null;
}

/** The type, configuration and properties of a child, from what the tag says and from its template. Throws `Failure`. */
export async function childOf(
  context: TaskContext<unknown>,
  order: ChildOrder,
  configOf: () => TaskConfig,
): Promise<MadeChild> {
  if ((context.parent?.depth ?? 0) >= MAX_DEPTH)
    throw new Failure(`task timeout: tasks are nested over ${MAX_DEPTH} deep`);
  const template = order.template === null ? null : await templateOf(context, order.template);
  const name = order.type ?? template?.type ?? '';
  const type = findTaskType(name);
  if (!type) throw new Failure(`not found: there is no task type ${name}`);
  if (template && findTaskType(template.type) !== type)
    throw new Failure(
      `the template ${order.template ?? ''} is of the type ${template.type}, not ${type.name}`,
    );
  if (!type.transientAllowed && context.sights.task.transientReport)
    throw new Failure(`child ${type.name}: it needs a report, which this task does not keep`);
  const properties = template && (await templateProperties(context, template, order.inputs));
  if (type.name === XML_TASK) {
    const config = parsed(type, order.xml ?? template?.config ?? '<config/>');
    return { type, config, dynamic: false, properties };
  }
  // Attributes replace those of the template's root, children replace its children.
  const config = parsed(type, { ...template?.config, ...asLiterals(configOf()) });
  return { type, config, dynamic: usesOfConfig(type.schema, config) !== null, properties };
}

/** What the workflow has evaluated already, or what it read from a device, is never taken for an expression again. */
function asLiterals(config: TaskConfig): TaskConfig {
  return literal(config) as TaskConfig;
}

function literal(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('${', "${'${'}");
  if (Array.isArray(value)) return value.map(literal);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, literal(one)]));
}

async function templateOf(context: TaskContext<unknown>, name: string): Promise<TemplateOffer> {
  const template = await context.ports.template?.(name, context.task.domain);
  if (!template) throw new Failure(`not found: there is no template ${name}`);
  return template;
}

function parsed(type: TaskType, given: unknown): TaskConfig {
  try {
    return parseConfig(type, given);
  } catch (error) {
    if (error instanceof ProvostError) throw new Failure(`child ${type.name}: ${error.message}`);
    throw error;
  }
}

export function newChild(
  { type, config, dynamic, properties }: MadeChild,
  around: Pick<ChildState, 'inputs' | 'defaults'> & { replacing: readonly string[] },
  run: Pick<RunState, 'keys'>,
  now: Date,
): ChildState {
  return {
    ...{ type: type.name, config, dynamic, properties, ...around },
    ...{ startedAt: now.getTime(), stage: null, state: {}, details: [], ended: null },
    ...{ keyBase: run.keys, keysUsed: 0 },
  };
}

/** One turn of a child; a failure of its own is its outcome, not one of the run around it. */
export async function* runChild(
  context: TaskContext<unknown>,
  child: ChildState,
  { again, save }: { again: boolean; save: (options: CheckpointOptions) => Promise<void> },
): AsyncGenerator<AcsRequest, { outcome: Outcome; outputs: ChildContext['outputs'] }, CpeResponse> {
  const type = findTaskType(child.type);
  if (!type) return { outcome: failure(`There is no task type ${child.type}`), outputs: [] };
  const config = child.dynamic ? await evaluatedChild(context, child, type) : child.config;
  const inner = new ChildContext(context, child, config, { again, save });
  try {
    return { outcome: yield* type.run(inner), outputs: inner.outputs };
  } catch (error) {
    if (!isOwnFailure(error)) throw error;
    return { outcome: failure(error.message), outputs: inner.outputs };
  }
}

/** A fault of the device, or something that the run found wrong; not that the run was taken away or the store is gone. */
function isOwnFailure(error: unknown): error is Error {
  if (error instanceof CpeFault) return true;
  if (error instanceof SessionSupersededError || error instanceof RunStopped) return false;
  return error instanceof ProvostError;
}
