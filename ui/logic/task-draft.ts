import type { LogLevel, RehearsalInput, Task, TaskInput, TaskPatch } from '../api/types.js';
import { fromLocalInput, localInput } from '../format/time.js';
import { rolloutDraftOf, rolloutInput, type RolloutDraft } from './rollout-draft.js';
import { newSpan, spanDraftOf, spanInput, type SpanDraft } from './schedule-draft.js';

/** All that the task editor holds; the configuration is its XML text alone, for form and text alike. */
export interface TaskDraft {
  type: string;
  xml: string;
  active: boolean;
  name: string;
  comment: string;
  tags: string;
  execute: 'once' | 'once-and-repeat';
  executionCondition: string;
  automaticRestart: boolean;
  repeatOnBootstrap: boolean;
  transientReport: boolean;
  appliesToSubgroups: boolean;
  schedule: 'always' | 'predefined' | 'own';
  /** Id of the predefined one. */
  scheduleRef: string;
  span: SpanDraft;
  scheduleConnection: boolean;
  expiry: 'never' | 'at' | 'after';
  /** As a `datetime-local` field holds it. */
  expiryAt: string;
  /** A number of `expiryUnit`. */
  expiryAfter: string;
  expiryUnit: ExpiryUnit;
  logLevel: LogLevel;
  /** Empty = the default of the type. */
  priority: string;
  minInterval: string;
  resumeAfterDisconnect: string;
  bloodline: string;
  /** Empty = that of the user. */
  domain: string;
  /** Of a group task; null = it reaches all devices at once. */
  rollout: RolloutDraft | null;
  properties: Task['properties'];
  alerts: Task['alerts'];
}

/** As ISO 8601 writes them. */
export type ExpiryUnit = 'M' | 'H' | 'D';

/** What the task is for. */
export type TaskTarget = { device: string } | { group: string };

export function newDraft(type: string, xml: string): TaskDraft {
  return {
    type,
    xml,
    active: true,
    name: '',
    comment: '',
    tags: '',
    execute: 'once',
    executionCondition: '',
    automaticRestart: false,
    repeatOnBootstrap: false,
    transientReport: false,
    appliesToSubgroups: false,
    schedule: 'always',
    scheduleRef: '',
    span: newSpan(),
    scheduleConnection: false,
    expiry: 'never',
    expiryAt: '',
    expiryAfter: '12',
    expiryUnit: 'H',
    logLevel: 'INFO',
    priority: '',
    minInterval: '0',
    resumeAfterDisconnect: '0',
    bloodline: '',
    domain: '',
    rollout: null,
    properties: [],
    alerts: [],
  };
}

export function draftOf(task: Task): TaskDraft {
  const { schedule } = task;
  return {
    ...newDraft(task.type, task.configXml),
    active: task.active,
    name: task.anonymous ? '' : task.name,
    comment: task.comment,
    tags: task.tags.join(', '),
    execute: task.automaticRestart || task.repeatOnBootstrap ? 'once-and-repeat' : 'once',
    executionCondition: task.executionCondition,
    automaticRestart: task.automaticRestart,
    repeatOnBootstrap: task.repeatOnBootstrap,
    transientReport: task.transientReport,
    appliesToSubgroups: task.appliesToSubgroups,
    schedule: schedule === null ? 'always' : 'ref' in schedule ? 'predefined' : 'own',
    scheduleRef: schedule !== null && 'ref' in schedule ? schedule.ref : '',
    span: schedule !== null && !('ref' in schedule) ? spanDraftOf(schedule) : newSpan(),
    scheduleConnection: task.scheduleConnection,
    expiry: task.expiry === null ? 'never' : 'at',
    expiryAt: localInput(task.expiry),
    logLevel: task.logLevel,
    priority: String(task.priority),
    minInterval: String(task.minInterval),
    resumeAfterDisconnect: String(task.resumeAfterDisconnect),
    bloodline: task.bloodline,
    domain: task.domain,
    rollout: task.rollout && rolloutDraftOf(task.rollout),
    // With their flags: an expression that is sent back without its flag would become a text.
    properties: task.properties.map((one) => ({ ...one })),
    alerts: task.alerts.map((one) => ({ ...one })),
  };
}

/** What was kept in the browser, maybe by an older console that did not know all settings. */
export function completeDraft(kept: Partial<TaskDraft>): TaskDraft {
  return { ...newDraft(kept.type ?? '', kept.xml ?? ''), ...kept };
}

/** What is sent; a field that does not parse as a number goes as it is, so that the server names it. */
export function patchOf(draft: TaskDraft): TaskPatch {
  const name = draft.name.trim();
  return {
    config: draft.xml,
    active: draft.active,
    anonymous: name === '',
    name,
    comment: draft.comment,
    tags: draft.tags
      .split(',')
      .map((tag) => tag.trim())
      .filter(Boolean),
    execute: draft.execute,
    executionCondition: draft.executionCondition.trim(),
    automaticRestart: draft.automaticRestart,
    repeatOnBootstrap: draft.repeatOnBootstrap,
    transientReport: draft.transientReport,
    appliesToSubgroups: draft.appliesToSubgroups,
    schedule: scheduleOf(draft),
    scheduleConnection: draft.scheduleConnection,
    expiry: expiryOf(draft),
    logLevel: draft.logLevel,
    minInterval: number(draft.minInterval),
    resumeAfterDisconnect: number(draft.resumeAfterDisconnect),
    ...(draft.priority.trim() === '' ? {} : { priority: number(draft.priority) }),
    bloodline: draft.bloodline.trim(),
    ...(draft.domain.trim() === '' ? {} : { domain: draft.domain.trim() }),
    rollout: draft.rollout && rolloutInput(draft.rollout),
    properties: propertiesOf(draft),
    alerts: draft.alerts.map((one) => ({ ...one, type: one.type.trim() })),
  };
}

export function inputOf(draft: TaskDraft, target: TaskTarget, connect: 'none' | 'try'): TaskInput {
  return { ...patchOf(draft), ...target, type: draft.type, connect };
}

/** Flags that are false are left out, as the server has them. */
function propertiesOf({ properties }: TaskDraft): NonNullable<TaskPatch['properties']> {
  return properties
    .filter((one) => one.name.trim() !== '' || one.value !== '')
    .map(({ name, value, secret, expression }) => ({
      ...{ name, value },
      ...(secret === true && { secret }),
      ...(expression === true && { expression }),
    }));
}

/** What a rehearsal needs of a draft: it is played on one device, now, whatever waves and schedule say. */
export function rehearsalOf(draft: TaskDraft): Omit<RehearsalInput, 'device' | 'scope'> {
  const settings = { ...patchOf(draft) };
  delete settings.schedule;
  delete settings.expiry;
  delete settings.rollout;
  return { ...settings, type: draft.type };
}

function scheduleOf(draft: TaskDraft): NonNullable<TaskPatch['schedule']> | null {
  if (draft.schedule === 'always') return null;
  return draft.schedule === 'predefined' ? { ref: draft.scheduleRef } : spanInput(draft.span);
}

/** An empty or odd field goes as it is: the server says what is wrong with it. */
function expiryOf(draft: TaskDraft): string | null {
  if (draft.expiry === 'never') return null;
  if (draft.expiry === 'at') return fromLocalInput(draft.expiryAt) ?? draft.expiryAt;
  const amount = draft.expiryAfter.trim();
  return draft.expiryUnit === 'D' ? `P${amount}D` : `PT${amount}${draft.expiryUnit}`;
}

/** A condition for repeating needs something that repeats: entering one switches automatic restart on (tasks.md §3). */
export function withCondition(draft: TaskDraft, executionCondition: string): TaskDraft {
  const begun = draft.executionCondition === '' && executionCondition !== '';
  const lacks = draft.execute === 'once-and-repeat' && !draft.automaticRestart && !draft.repeatOnBootstrap;
  return { ...draft, executionCondition, ...(begun && lacks ? { automaticRestart: true } : {}) };
}

/** Once, or with automatic restart on: what repeats by nothing runs once. */
export function withExecution(draft: TaskDraft, execute: TaskDraft['execute']): TaskDraft {
  if (execute === 'once') return { ...draft, execute, automaticRestart: false, repeatOnBootstrap: false };
  return { ...draft, execute, automaticRestart: true };
}

function number(text: string): number {
  return /^[+-]?\d+$/.test(text.trim()) ? Number(text) : (text as unknown as number);
}

const SECRET = /password|passphrase|presharedkey|wepkey|secret|credential/i;

/** Whether a parameter or attribute of this name holds what only its owner should read. */
export const soundsSecret = (name: string): boolean => SECRET.test(name);

/** The draft without secrets, for the browser's storage: a value beside a name that sounds like one is left out. */
export function withoutSecrets(draft: TaskDraft): TaskDraft {
  return {
    ...draft,
    xml: draft.xml.replace(/<[^>]*>/g, (tag) => (SECRET.test(tag) ? blank(tag) : tag)),
    properties: draft.properties.map((one) => (SECRET.test(one.name) ? { ...one, value: '' } : one)),
  };
}

function blank(tag: string): string {
  return tag.replace(/(\s[\w.-]+)="[^"]*"/g, (attribute, name: string) => {
    const key = name.trim().toLowerCase();
    return key === 'value' || SECRET.test(key) ? `${name}=""` : attribute;
  });
}
