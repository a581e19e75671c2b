import type { DeviceQueue } from '../../acs/tasks/forecast.js';
import type { NotDue, QueueEntry } from '../../acs/tasks/queue.js';
import { writeConfig } from '../../acs/tasks/config-schema.js';
import { findTaskType } from '../../acs/tasks/type-registry.js';
import type { EditionLogRecord } from '../../store/models/edition-log.js';
import type { TaskProperty, TaskRecord } from '../../store/models/task.js';
import { executionBriefJson } from './execution-view.js';
import { timeJson } from './json.js';
import { rolloutDefinitionJson } from './rollout-view.js';
import { inWords } from '../../acs/tasks/schedules/schedule.js';
import { spanJson } from './schedule-view.js';
import { isSecretName } from '../../acs/devices/secret-names.js';
import { maskConfig } from './secrets.js';
import { SECRET_MASK } from '../../acs/devices/secret-paths.js';

export function taskJson(task: TaskRecord, showSecrets: () => boolean) {
  const config = maskConfig(task.config, showSecrets);
  const { device, group, type, active, anonymous, name, comment, tags, priority, minInterval } = task;
  const { automaticRestart, repeatOnBootstrap, transientReport, logLevel, domain, user, version } = task;
  const { executionCondition, appliesToSubgroups, scheduleConnection, bloodline, schedule } = task;
  const { pausedGroups, deviceCount, template, system, rollout } = task;
  return {
    id: task._id,
    device,
    group,
    type,
    config,
    configXml: writeConfig(findTaskType(type), config),
    active,
    anonymous,
    name,
    comment,
    tags,
    executionCondition,
    automaticRestart,
    repeatOnBootstrap,
    appliesToSubgroups,
    transientReport,
    schedule: schedule && ('ref' in schedule ? schedule : spanJson(schedule)),
    scheduleText: schedule && 'ref' in schedule ? schedule.ref : inWords(schedule),
    scheduleConnection,
    expiry: timeJson(task.expiry),
    logLevel,
    priority,
    minInterval,
    resumeAfterDisconnect: task.resumeAfterDisconnect,
    domain,
    bloodline,
    properties: task.properties.map((property) => ({
      name: property.name,
      value: property.secret === true || hides(property, showSecrets) ? SECRET_MASK : property.value,
      ...(property.secret === true && { secret: true }),
      ...(property.expression === true && { expression: true }),
    })),
    user,
    createdAt: task.createdAt.toISOString(),
    editedAt: task.editedAt.toISOString(),
    lastRestartTime: timeJson(task.lastRestartTime),
    lastFailedRestartTime: timeJson(task.lastFailedRestartTime),
    alerts: task.alerts,
    rollout: rollout && rolloutDefinitionJson(rollout),
    pausedGroups,
    deviceCount: deviceCount && { count: deviceCount.count, at: deviceCount.at.toISOString() },
    template,
    system,
    version,
  };
}

const hides = ({ name, value }: TaskProperty, showSecrets: () => boolean): boolean =>
  value !== '' && isSecretName(name) && !showSecrets();

/** What a caller may see of a device's list. */
export interface QueueSight {
  showSecrets: () => boolean;
  /** Tasks of groups may belong to a domain above the caller's: then what they do is not shown. */
  sees: (domain: string) => boolean;
}

export function queueJson(queue: DeviceQueue, sight: QueueSight) {
  return {
    device: queue.device,
    at: queue.at.toISOString(),
    holder: queue.holder,
    entries: queue.entries.map((entry) => entryJson(entry, sight)),
  };
}

function entryJson(entry: QueueEntry, { showSecrets, sees }: QueueSight) {
  const { position, status, due, resumes, holds, yields } = entry;
  const task = taskJson(entry.task, showSecrets);
  const hidden = { config: {}, configXml: '', comment: '', properties: [], executionCondition: '' };
  return {
    position,
    task: sees(entry.task.domain) ? task : { ...task, ...hidden },
    execution: entry.execution && executionBriefJson(entry.execution),
    status,
    due,
    resumes,
    holds,
    yields,
    reason: entry.reason && reasonJson(entry.reason),
  };
}

function reasonJson(reason: NotDue) {
  const { code, at, task, group } = reason;
  return {
    code,
    at: timeJson(at ?? null),
    holder: code === 'waits-for-holder' ? (task ?? null) : null,
    overriddenBy: code === 'overridden' ? (task ?? null) : null,
    group: group ?? null,
    text: REASONS[code](reason),
  };
}

type Wording = (reason: NotDue) => string;
const fixed =
  (text: string): Wording =>
  () =>
    text;
const until =
  (text: string): Wording =>
  ({ at }) =>
    at ? `${text} ${at.toISOString()}` : text;

const REASONS: Readonly<Record<NotDue['code'], Wording>> = {
  finished: fixed('Finished'),
  expired: fixed('Expired before it began'),
  'wave-not-open': fixed('No wave of its rollout has reached this device yet'),
  'rollout-paused': fixed('Its rollout is paused'),
  'not-yet': until('Not before'),
  'schedule-ended': fixed('Its schedule has ended'),
  'outside-schedule': ({ at, detail }) =>
    detail ?? (at ? `Outside its schedule; next slot ${at.toISOString()}` : 'Outside its schedule'),
  'min-interval': until('Minimal interval; not before'),
  'condition-not-met': fixed('Its condition is not met'),
  'condition-failed': ({ detail }) => `Its condition could not be evaluated: ${detail ?? ''}`,
  inactive: fixed('Inactive'),
  overridden: ({ task }) => `Overridden by ${task ?? ''}`,
  paused: ({ group }) => (group === undefined ? 'Paused on this device' : `Paused for the group ${group}`),
  'waits-for-holder': ({ task }) => `Waits for the task ${task ?? ''} that holds the list`,
  unmanaged: fixed('The device is not managed'),
  'already-ran': fixed('Had its turn in this session'),
};

export function editionJson(edition: EditionLogRecord, showSecrets: () => boolean) {
  const { at, user, task, device, group, kind, before, after } = edition;
  return {
    id: String(edition._id),
    at: at.toISOString(),
    user,
    task,
    device,
    group,
    kind,
    before: before && definitionJson(before, showSecrets),
    after: after && definitionJson(after, showSecrets),
  };
}

/** A stored definition as a task looks, whatever fields it had then. */
function definitionJson(
  definition: Record<string, unknown>,
  showSecrets: () => boolean,
): Record<string, unknown> {
  const { _id, ...fields } = definition;
  // Through JSON, so that dates are texts before they are looked into.
  const plain = JSON.parse(JSON.stringify({ id: _id, ...fields })) as Record<string, unknown>;
  return maskConfig(plain, showSecrets);
}
