import type { DeviceQueue } from '../../acs/tasks/task-service.js';
import type { NotDue, QueueEntry } from '../../acs/tasks/queue.js';
import { configToXml } from '../../acs/tasks/config-xml.js';
import type { EditionLogRecord } from '../../store/models/edition-log.js';
import type { TaskRecord } from '../../store/models/task.js';
import { executionBriefJson } from './execution-view.js';
import { timeJson } from './json.js';
import { isSecretMeaning, maskConfig } from './secrets.js';
import { SECRET_MASK } from '../../acs/devices/secret-paths.js';

export function taskJson(task: TaskRecord, showSecrets: () => boolean) {
  const config = maskConfig(task.config, showSecrets);
  const { device, group, type, active, anonymous, name, comment, tags, priority, minInterval } = task;
  const { automaticRestart, repeatOnBootstrap, transientReport, logLevel, domain, user, version } = task;
  return {
    id: task._id,
    device,
    group,
    type,
    config,
    configXml: configToXml(config),
    active,
    anonymous,
    name,
    comment,
    tags,
    automaticRestart,
    repeatOnBootstrap,
    transientReport,
    logLevel,
    priority,
    minInterval,
    domain,
    properties: task.properties.map((property) => ({
      name: property.name,
      value:
        property.value !== '' && isSecretMeaning(property.name) && !showSecrets()
          ? SECRET_MASK
          : property.value,
    })),
    user,
    createdAt: task.createdAt.toISOString(),
    editedAt: task.editedAt.toISOString(),
    version,
  };
}

export function queueJson(queue: DeviceQueue, showSecrets: () => boolean) {
  return {
    device: queue.device,
    at: queue.at.toISOString(),
    holder: queue.holder,
    entries: queue.entries.map((entry) => entryJson(entry, showSecrets)),
  };
}

function entryJson(entry: QueueEntry, showSecrets: () => boolean) {
  const { position, status, due, resumes, holds } = entry;
  return {
    position,
    task: taskJson(entry.task, showSecrets),
    execution: entry.execution && executionBriefJson(entry.execution),
    status,
    due,
    resumes,
    holds,
    reason: entry.reason && reasonJson(entry.reason),
  };
}

function reasonJson({ code, at, holder }: NotDue) {
  return { code, at: timeJson(at ?? null), holder: holder ?? null, text: REASONS[code](at, holder) };
}

type Wording = (at: Date | undefined, holder: string | undefined) => string;
const fixed =
  (text: string): Wording =>
  () =>
    text;
const until =
  (text: string): Wording =>
  (at) =>
    at ? `${text} ${at.toISOString()}` : text;

const REASONS: Readonly<Record<NotDue['code'], Wording>> = {
  finished: fixed('Finished'),
  'not-yet': until('Not before'),
  'schedule-ended': fixed('Its schedule has ended'),
  'outside-schedule': until('Outside its schedule; next slot'),
  'min-interval': until('Minimal interval; not before'),
  'condition-not-met': fixed('Its condition is not met'),
  'condition-failed': fixed('Its condition could not be evaluated'),
  inactive: fixed('Inactive'),
  overridden: fixed('Overridden'),
  paused: fixed('Paused on this device'),
  'waits-for-holder': (_at, holder) => `Waits for the task ${holder ?? ''} that holds the list`,
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
