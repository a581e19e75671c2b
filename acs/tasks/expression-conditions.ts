import type { DeviceRecord } from '../../store/models/device.js';
import type { Settled } from '../devices/groups/setting-view.js';
import type { ParameterTree } from '../devices/parameter-tree.js';
import {
  check,
  compile,
  PLACES,
  type CsvTable,
  type DataModelView,
  type DeviceView,
  type Environment,
} from '../expressions/index.js';
import { isCurrent } from './queue.js';
import type { ConditionMoment, Conditions } from './ports/conditions.js';
import type { ConfigEnvironments } from './ports/config-environments.js';
import { cwmpView, propertiesOf, taskReportView, taskView } from './task-views.js';

/** What is asked to build an environment; only what an expression uses is. */
export interface ExpressionViews {
  device(device: Readonly<DeviceRecord>): Promise<DeviceView>;
  /** Setting values of the computed profile. */
  sv(device: Readonly<Settled>): Promise<(name: string) => string | null>;
  /** Their names, for who writes expressions. */
  svNames?(device: Readonly<Settled>): Promise<string[]>;
  dataModel(tree: ParameterTree, root: string): DataModelView;
  /** The tables of these aliases, as far as there are any in the domain's reach. */
  tables?(aliases: ReadonlySet<string>, domain: string): Promise<ReadonlyMap<string, CsvTable>>;
  /** Opens a sealed property of a task. */
  reveal(sealed: string): string;
  /** IANA zone of dates as text. */
  zone: string;
}

/** Execution conditions in the language of expressions.md, in the environment of its §7. */
export function expressionConditions(views: ExpressionViews): Conditions {
  const place = PLACES.executionCondition;
  return {
    check: (text) => check(text, place).map(({ message, from, to }) => ({ message, from, to })),
    evaluate: async (text, moment) => {
      const expression = compile(text, place);
      const environment = await environmentOf(views, expression.uses, moment);
      return expression.evaluate(environment) === true;
    },
  };
}

/** What expressions in configurations see: loaded once for a run, with the time of the moment (tasks.md §6.2). */
export function expressionConfigs(views: ExpressionViews): ConfigEnvironments {
  return {
    prepare: async (uses, moment) => {
      const loaded = await environmentOf(views, uses, { ...moment, now: new Date(0) });
      return (now) => ({ ...loaded, now, root: `${moment.device.root}.` });
    },
  };
}

async function environmentOf(
  views: ExpressionViews,
  { contexts, resources }: Pick<ReturnType<typeof compile>['uses'], 'contexts' | 'resources'>,
  moment: ConditionMoment,
): Promise<Environment> {
  const { device, task, execution, session, now } = moment;
  const inProperties = contexts.has('task') && task.properties.some(({ expression }) => expression === true);
  const [deviceView, sv, tree, tables] = await Promise.all([
    inProperties || contexts.has('device') ? views.device(device) : null,
    inProperties || contexts.has('sv') ? views.sv(device) : null,
    contexts.has('dm') ? moment.tree() : null,
    contexts.has('res') ? views.tables?.(resources, device.domain) : null,
  ]);
  const shown = { now, zone: views.zone, ...(deviceView && { device: deviceView }), ...(sv && { sv }) };
  return {
    now,
    zone: views.zone,
    task: taskView(task, propertiesOf(task, views, contexts.has('task') ? shown : null)),
    taskReport: taskReportView(task, device._id, execution && isCurrent(task, execution) ? execution : null),
    ...(deviceView && { device: deviceView }),
    ...(sv && { sv }),
    ...(tree && { dm: views.dataModel(tree, device.root) }),
    ...(contexts.has('res') && { res: (alias: string) => tables?.get(alias) ?? null }),
    ...(session && { cwmp: cwmpView(session) }),
  };
}
