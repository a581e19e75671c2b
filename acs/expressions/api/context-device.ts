import type { AlertView, DeviceView, TaskReportView, TaskView } from '../environment.js';
import type { Run } from '../run.js';
import { T } from '../types.js';
import { ContextValue, Entry, toValue, ValueMap, ValueSet, type Value } from '../values.js';
import { membersOf, type DynamicMembers, type Member } from './member.js';

const alone = membersOf<null>(null);
/** How the values of contexts are held: the view is what the environment gave. */
interface Held<View> {
  readonly view: View;
}

function mapOf(entries: ReadonlyMap<string, unknown>, run: Run): ValueMap {
  return new ValueMap(
    [...entries].map(([key, value]) => new Entry(key, toValue(value, run.budget))),
    run.budget,
  );
}

const held = (type: string, view: unknown): ContextValue => new ContextValue(type, view);
const noNames: ReadonlyMap<string, string> = new Map();

const device = membersOf<Held<DeviceView>>('Device');
const field = (signature: string, documentation: string, read: (view: DeviceView) => Value): Member =>
  device(signature, documentation, ({ view }) => read(view));

const status = (raised: boolean): string => (raised ? 'IS_RAISED' : 'IS_HIDDEN');

function findAlert(view: DeviceView, matches: (alert: AlertView) => boolean): Value {
  const alert = view.alerts?.find(matches);
  return alert ? status(alert.raised) : null;
}

const byId = (view: DeviceView, monitoring: string, name: string): Value =>
  findAlert(view, (alert) => alert.monitoring === monitoring && alert.alert === name);

/** The device that a task runs on or a rule is evaluated for (expressions.md §6.1). */
export const DEVICE: readonly Member[] = [
  alone(
    'device: Device',
    'The device',
    (_self, run) => held('Device', run.need(run.environment.device, 'device')),
    {
      context: 'device',
    },
  ),
  field('id: String', 'Its identity', (view) => view.id),
  field('oui: String', 'OUI of its manufacturer', (view) => view.oui),
  field('productClass: String', 'Its product class', (view) => view.productClass),
  field('serialNumber: String', 'Its serial number', (view) => view.serialNumber),
  field('manufacturer: String', 'Its manufacturer', (view) => view.manufacturer),
  field('modelName: String', 'Its model', (view) => view.modelName),
  field('hardwareVersion: String', 'Version of its hardware', (view) => view.hardwareVersion),
  field('softwareVersion: String', 'Version of its software', (view) => view.softwareVersion),
  field('description: String', 'What was noted about it', (view) => view.description),
  field('domain: String', 'Domain that it belongs to', (view) => view.domain),
  field('rootObject: String', 'Root object of its data model, with the dot', (view) => view.rootObject),
  field('currentWanIP: String', 'Address that it was last seen with', (view) => view.currentWanIP),
  field('creationTime: Date', 'When it was made known', (view) => view.creationTime),
  field('lastVisitTime: Date', 'When it last contacted the server', (view) => view.lastVisitTime),
  field('lastBootstrapTime: Date', 'When it last reported `0 BOOTSTRAP`', (view) => view.lastBootstrapTime),
  field(
    'expectedSessionTime: Date',
    'When it should contact the server next',
    (view) => view.expectedSessionTime,
  ),
  field('provisioningEnabled: Boolean', 'Whether it is managed', (view) => view.provisioningEnabled),
  field('secure: Boolean', 'Whether it contacts the server over TLS', (view) => view.secure),
  field('blacklisted: Boolean', 'Whether it is refused', (view) => view.blacklisted),
  field(
    'acsPassword: String',
    'Its password at the server; masked without permission',
    (view) => view.acsPassword,
  ),
  field('deviceTypeGroup: String', 'Its group in the branch of device types', (view) => view.deviceTypeGroup),
  device(
    'groups: Set[String]',
    'Groups that it is in, their ancestors too',
    ({ view }, run) => new ValueSet(view.groups, run.budget),
  ),
  device(
    'directGroups: Set[String]',
    'Groups that it is in itself',
    ({ view }, run) => new ValueSet(view.directGroups, run.budget),
  ),
  device(
    'isInGroup(group: String): Boolean',
    'Whether it is in a group or one below',
    ({ view }, _run, group: string) => view.groups.includes(group),
  ),
  device(
    'isInDirectGroup(group: String): Boolean',
    'Whether it is in a group itself',
    ({ view }, _run, group: string) => view.directGroups.includes(group),
  ),
  device('properties: Map[String, String]', 'Its own properties', ({ view }, run) =>
    mapOf(view.properties, run),
  ),
  field('property: Properties', 'Its own properties by name', (view) => held('Properties', view.properties)),
  device(
    'getProperty(name: String, default?: String?): String',
    'One of its own properties, null or the default if it lacks it',
    ({ view }, _run, name: string, other: string | null = null) => view.properties.get(name) ?? other,
  ),
  device(
    'hasProperty(name: String): Boolean',
    'Whether it has a property of its own',
    ({ view }, _run, name: string) => view.properties.has(name),
  ),
  device('alerts: List[Alert]', 'Its alerts', ({ view }) =>
    (view.alerts ?? []).map((alert) => held('Alert', alert)),
  ),
  device(
    'alert(monitoring: String, alert: String): AlertStatus',
    'State of an alert by ids; null if there is none',
    ({ view }, _run, monitoring: string, name: string) => byId(view, monitoring, name),
  ),
  device(
    'monitoringAlerts: Map[String, AlertStatus]',
    'States of its alerts by `<monitoring>/<alert>`',
    ({ view }, run) =>
      new ValueMap(
        (view.alerts ?? []).map(
          (alert) => new Entry(`${alert.monitoring}/${alert.alert}`, status(alert.raised)),
        ),
        run.budget,
      ),
  ),
  device(
    'monitoringProperties: Map[String, String]',
    'Properties of its monitoring by `<monitoring>/<property>`',
    ({ view }, run) => mapOf(view.monitoringProperties ?? noNames, run),
  ),
  device(
    'getMonitoringAlert(monitoring: String, alert: String): AlertStatus',
    'State of an alert by ids; null if there is none',
    ({ view }, _run, monitoring: string, name: string) => byId(view, monitoring, name),
  ),
  device(
    'getMonitoringAlertByName(monitoring: String, alert: String): AlertStatus',
    'State of an alert by shown names; null if there is none',
    ({ view }, _run, monitoring: string, name: string) =>
      findAlert(
        view,
        (alert) =>
          (alert.monitoringName ?? alert.monitoring) === monitoring &&
          (alert.alertName ?? alert.alert) === name,
      ),
  ),
  device(
    'getMonitoringProperty(monitoring: String, property: String): String',
    'A property of its monitoring; null if there is none',
    ({ view }, _run, monitoring: string, property: string) =>
      view.monitoringProperties?.get(`${monitoring}/${property}`) ?? null,
  ),
];

const alert = membersOf<Held<AlertView>>('Alert');

export const ALERT: readonly Member[] = [
  alert('monitoring: String', 'Id of the monitoring', ({ view }) => view.monitoring),
  alert('name: String', 'Id of the alert', ({ view }) => view.alert),
  alert('status: AlertStatus', 'Whether it is raised', ({ view }) => status(view.raised)),
  alert('description: String', 'Its text', ({ view }) => view.description ?? null),
  alert('since: Date', 'Since when', ({ view }) => view.since ?? null),
];

const properties = membersOf<Held<ReadonlyMap<string, string>>>('Properties');

/** Methods of `property`; each is taken as one only if it is called, since any name may be one of a property. */
export const PROPERTIES: readonly Member[] = [
  properties(
    'apply(name: String): String',
    'A property; null if it is not set',
    ({ view }, _run, name: string) => view.get(name) ?? null,
  ),
  properties(
    'get(name: String): String',
    'A property; null if it is not set',
    ({ view }, _run, name: string) => view.get(name) ?? null,
  ),
  properties(
    'getOr(name: String, default: String?): String',
    'A property, or another text if it is not set',
    ({ view }, _run, name: string, other: string | null) => view.get(name) ?? other,
  ),
  properties(
    'containsKey(name: String): Boolean',
    'Whether a property is set',
    ({ view }, _run, name: string) => view.has(name),
  ),
  properties(
    'keySet: Set[String]',
    'Names of the properties',
    ({ view }, run) => new ValueSet(view.keys(), run.budget),
  ),
  alone(
    'sv: SettingValues',
    'Setting values from the computed profile of the device',
    () => held('SettingValues', null),
    { context: 'sv' },
  ),
  membersOf<unknown>('SettingValues')(
    'get(name: String): String',
    'A setting value; null if it is not set',
    (_self, run, name: string) => run.need(run.environment.sv, 'sv')(name),
  ),
];

const task = membersOf<Held<TaskView>>('Task');
const ofTask = (signature: string, documentation: string, read: (view: TaskView) => Value): Member =>
  task(signature, documentation, ({ view }) => read(view));

/** The task that runs or is looked for (expressions.md §6.3). */
export const TASK: readonly Member[] = [
  alone('task: Task', 'The task', (_self, run) => held('Task', run.need(run.environment.task, 'task')), {
    context: 'task',
  }),
  ofTask('id: String', 'Its id', (view) => view.id),
  ofTask('idSuffix: String', 'Last part of its id', (view) => view.idSuffix),
  ofTask('name: String', 'Its name', (view) => view.name),
  ofTask('domain: String', 'Domain that it belongs to', (view) => view.domain),
  ofTask('active: Boolean', 'Whether it is active', (view) => view.active),
  ofTask('isActive: Boolean', 'Whether it is active', (view) => view.active),
  ofTask(
    'appliesToSubgroups: Boolean',
    'Whether a group task counts for groups below too',
    (view) => view.appliesToSubgroups,
  ),
  ofTask(
    'isAppliesToSubgroups: Boolean',
    'Whether a group task counts for groups below too',
    (view) => view.appliesToSubgroups,
  ),
  ofTask('creationTime: Date', 'When it was made', (view) => view.creationTime),
  ofTask('device: String', 'Device of a device task; null for a group task', (view) => view.device),
  ofTask('group: String', 'Group of a group task; null for a device task', (view) => view.group),
  ofTask('parent: String', 'Id of the task that spawned it; null if none did', (view) => view.parent),
  ofTask('lastRestartTime: Date', 'When it was last restarted', (view) => view.lastRestartTime),
  ofTask(
    'lastFailedRestartTime: Date',
    'When its failed runs were last restarted',
    (view) => view.lastFailedRestartTime,
  ),
  task('properties: Map[String, String]', 'Its properties', ({ view }, run) => mapOf(view.properties, run)),
  ofTask('property: Properties', 'Its properties by name', (view) => held('Properties', view.properties)),
  ofTask('priority: Int', 'Its priority; the smaller runs first', (view) => view.priority),
  ofTask('type: String', 'Its type', (view) => view.type),
  ofTask('bloodline: String', 'Its bloodline', (view) => view.bloodline),
  task('minInterval: Long', 'Seconds between the end of a run and the next', ({ view }) =>
    view.minInterval === null ? null : BigInt(Math.trunc(view.minInterval)),
  ),
  ofTask('logLevel: LogLevel', 'Level from which lines are kept', (view) => view.logLevel),
  ofTask('periodic: Boolean', 'Whether it runs again', (view) => view.periodic),
];

const report = membersOf<Held<TaskReportView>>('TaskReport');
const ofReport = (signature: string, documentation: string, read: (view: TaskReportView) => Value): Member =>
  report(signature, documentation, ({ view }) => read(view));

/** The report of the task on the device (expressions.md §6.4). */
export const TASK_REPORT: readonly Member[] = [
  alone(
    'taskReport: TaskReport',
    'The report of the task on the device',
    (_self, run) => held('TaskReport', run.need(run.environment.taskReport, 'taskReport')),
    {
      context: 'taskReport',
    },
  ),
  ofReport('id: String', 'Its id', (view) => view.id),
  ofReport('task: String', 'Id of the task', (view) => view.task),
  ofReport('device: String', 'The device', (view) => view.device),
  ofReport('status: TaskReport.Status', 'How far it is or how it ended', (view) => view.status),
  ofReport('summary: String', 'How it ended, in words', (view) => view.summary),
  ofReport('trimmedSummary: String', 'The first 100 characters of that', ({ summary }) =>
    summary !== null && summary.length > 100 ? `${summary.slice(0, 99)}…` : summary,
  ),
  ofReport('stage: String', 'What it waits for', (view) => view.stage),
  ofReport('blocking: Boolean', 'Whether it holds the list', (view) => view.blocking),
  ofReport('startTime: Date', 'When it began', (view) => view.startTime),
  ofReport('finishTime: Date', 'When it ended', (view) => view.finishTime),
  ofReport('lastUpdateTime: Date', 'When it last changed', (view) => view.lastUpdateTime),
  report('properties: Map[String, Any]', 'Its details', ({ view }, run) => mapOf(view.properties, run)),
  ofReport('property: ReportProperties', 'Its details by name', (view) =>
    held('ReportProperties', view.properties),
  ),
];

const anyDetails = membersOf<Held<ReadonlyMap<string, unknown>>>('ReportProperties');

export const REPORT_PROPERTIES: readonly Member[] = [
  anyDetails('apply(name: String): Any', 'A detail; null if it is not set', ({ view }, run, name: string) =>
    toValue(view.get(name), run.budget),
  ),
  anyDetails('get(name: String): Any', 'A detail; null if it is not set', ({ view }, run, name: string) =>
    toValue(view.get(name), run.budget),
  ),
  anyDetails(
    'containsKey(name: String): Boolean',
    'Whether a detail is set',
    ({ view }, _run, name: string) => view.has(name),
  ),
];

const namesOf = (self: Value): Iterable<string> =>
  self instanceof ContextValue && self.view instanceof Map
    ? (self.view as ReadonlyMap<string, unknown>).keys()
    : [];

const viewOf = (self: Value): ReadonlyMap<string, unknown> =>
  self instanceof ContextValue && self.view instanceof Map
    ? (self.view as ReadonlyMap<string, unknown>)
    : noNames;

export const PROPERTY_NAMES: readonly DynamicMembers[] = [
  {
    owner: 'Properties',
    result: T.string,
    documentation: 'A property; null if it is not set',
    first: true,
    get: (self, name, run) => toValue(viewOf(self).get(name), run.budget),
    names: namesOf,
  },
  {
    owner: 'ReportProperties',
    result: T.any,
    documentation: 'A detail of the report; null if it is not set',
    first: true,
    get: (self, name, run) => toValue(viewOf(self).get(name), run.budget),
    names: namesOf,
  },
  {
    owner: 'SettingValues',
    result: T.string,
    documentation: 'A setting value; null if it is not set',
    first: true,
    get: (_self, name, run) => run.need(run.environment.sv, 'sv')(name),
    names: (_self, environment) => environment.names?.sv ?? [],
  },
];
