import type { ExecutionRecord } from '../../store/models/execution.js';
import type { TaskRecord } from '../../store/models/task.js';
import {
  compile,
  PLACES,
  T,
  type CwmpView,
  type Environment,
  type TaskReportView,
  type TaskView,
} from '../expressions/index.js';
import type { ConditionMoment } from './ports/conditions.js';

/** What the default of a template's parameter was, for a task of a group: evaluated on each device. */
const PROPERTY = PLACES.templateDefault(T.string);

/** The values of a task's properties on a device: secrets opened, expressions evaluated. Null = nobody asks for them. */
export function propertiesOf(
  task: Pick<TaskRecord, 'properties'>,
  views: { reveal(sealed: string): string },
  environment: Environment | null,
): ReadonlyMap<string, string> {
  if (!environment) return new Map();
  return new Map(
    task.properties.flatMap(({ name, value, secret, expression }): [string, string][] => {
      if (secret === true && expression !== true) return [[name, views.reveal(value)]];
      if (expression !== true) return [[name, value]];
      const text = secret === true ? views.reveal(value) : value;
      const evaluated = compile(text, PROPERTY).evaluate(environment);
      return typeof evaluated === 'string' ? [[name, evaluated]] : [];
    }),
  );
}

/** A task as expressions see it (expressions.md §6.3). */
export function taskView(task: Readonly<TaskRecord>, properties: ReadonlyMap<string, string>): TaskView {
  return {
    id: task._id,
    idSuffix: task._id.slice(task._id.lastIndexOf(':') + 1),
    name: task.name,
    domain: task.domain,
    active: task.active,
    appliesToSubgroups: task.appliesToSubgroups,
    creationTime: task.createdAt,
    device: task.device,
    group: task.group,
    parent: null,
    lastRestartTime: task.lastRestartTime,
    lastFailedRestartTime: task.lastFailedRestartTime,
    properties,
    priority: task.priority,
    type: task.type,
    bloodline: task.bloodline === '' ? null : task.bloodline,
    minInterval: task.minInterval,
    logLevel: task.logLevel,
    periodic: task.automaticRestart,
  };
}

/** The report (expressions.md §6.4); null = there is none, or a rerun has outdated it, which is NOT_STARTED. */
export function taskReportView(
  task: Pick<TaskRecord, '_id'>,
  device: string,
  report: Readonly<ExecutionRecord> | null,
): TaskReportView {
  return {
    id: report?._id ?? '',
    task: task._id,
    device,
    status: report?.status ?? 'NOT_STARTED',
    summary: report?.summary ?? null,
    stage: report?.stage ?? null,
    blocking: report?.blocking ?? false,
    startTime: report?.startTime ?? null,
    finishTime: report?.finishTime ?? null,
    lastUpdateTime: report?.lastUpdateTime ?? null,
    properties: new Map(report?.details.map(({ name, value }) => [name, value])),
  };
}

/** The session that is under way (expressions.md §6.9). */
export function cwmpView({
  events,
  startedAt,
  parameters,
}: NonNullable<ConditionMoment['session']>): CwmpView {
  return {
    events: events.map(({ code }) => code),
    sessionStart: startedAt,
    informValue: (path) => parameters.find(({ name }) => name === path)?.value ?? null,
  };
}
