import type { TaskConfig } from '../../../store/models/task.js';
import { evaluatedConfig, usesOfConfig } from '../config-expressions.js';
import type { TaskContext, TaskType } from '../task-type.js';
import { cwmpView, taskReportView, taskView } from '../task-views.js';
import type { ChildState } from './run-state.js';

/**
 * The configuration of a child that has expressions, from its template or from the defaults of its type: each is evaluated
 * when it is first read. They see the device as it is in this session, and the parameters of the template as the properties
 * of the task.
 */
export async function evaluatedChild(
  context: TaskContext<unknown>,
  child: ChildState,
  type: TaskType,
): Promise<TaskConfig> {
  const uses = usesOfConfig(type.schema, child.config);
  if (!uses) return child.config;
  const { contexts, resources } = uses;
  const { views } = context.ports;
  const { task, execution, events, informParameters } = context.sights;
  const [device, sv, tree, tables] = await Promise.all([
    contexts.has('device') ? views.device(context.device) : null,
    contexts.has('sv') ? views.sv(context.device) : null,
    contexts.has('dm') ? context.tree() : null,
    contexts.has('res') ? views.tables?.(resources, context.task.domain) : null,
  ]);
  const properties = new Map((child.properties ?? []).map(({ name, value }) => [name, value]));
  return evaluatedConfig(type.schema, child.config, () => ({
    ...{ now: context.now(), zone: views.zone, root: context.root },
    task: { ...taskView(task, properties), parent: task._id },
    taskReport: taskReportView(task, context.device._id, execution),
    ...(device && { device }),
    ...(sv && { sv }),
    ...(tree && { dm: views.dataModel(tree, context.device.root) }),
    res: (alias: string) => tables?.get(alias) ?? null,
    cwmp: cwmpView({ events, startedAt: context.session.startedAt, parameters: informParameters }),
  }));
}
