import type { LogLevel, Task, TaskInput, TaskPatch } from '../api/types.js';

/** All that the task editor holds; the configuration is its XML text alone, for form and text alike. */
export interface TaskDraft {
  type: string;
  xml: string;
  active: boolean;
  name: string;
  comment: string;
  tags: string;
  automaticRestart: boolean;
  repeatOnBootstrap: boolean;
  transientReport: boolean;
  logLevel: LogLevel;
  /** Empty = the default of the type. */
  priority: string;
  minInterval: string;
}

export function newDraft(type: string, xml: string): TaskDraft {
  return {
    type,
    xml,
    active: true,
    name: '',
    comment: '',
    tags: '',
    automaticRestart: false,
    repeatOnBootstrap: false,
    transientReport: false,
    logLevel: 'INFO',
    priority: '',
    minInterval: '0',
  };
}

export function draftOf(task: Task): TaskDraft {
  return {
    type: task.type,
    xml: task.configXml,
    active: task.active,
    name: task.anonymous ? '' : task.name,
    comment: task.comment,
    tags: task.tags.join(', '),
    automaticRestart: task.automaticRestart,
    repeatOnBootstrap: task.repeatOnBootstrap,
    transientReport: task.transientReport,
    logLevel: task.logLevel,
    priority: String(task.priority),
    minInterval: String(task.minInterval),
  };
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
    automaticRestart: draft.automaticRestart,
    repeatOnBootstrap: draft.repeatOnBootstrap,
    transientReport: draft.transientReport,
    logLevel: draft.logLevel,
    minInterval: number(draft.minInterval),
    ...(draft.priority.trim() === '' ? {} : { priority: number(draft.priority) }),
  };
}

export function inputOf(draft: TaskDraft, device: string, connect: 'none' | 'try'): TaskInput {
  return { ...patchOf(draft), device, type: draft.type, connect };
}

function number(text: string): number {
  return /^[+-]?\d+$/.test(text.trim()) ? Number(text) : (text as unknown as number);
}

const SECRET = /password|passphrase|presharedkey|wepkey|secret|credential/i;

/** Whether a parameter or attribute of this name holds what only its owner should read. */
export const soundsSecret = (name: string): boolean => SECRET.test(name);

/** The draft without secrets, for the browser's storage: a value beside a name that sounds like one is left out. */
export function withoutSecrets(draft: TaskDraft): TaskDraft {
  return { ...draft, xml: draft.xml.replace(/<[^>]*>/g, (tag) => (SECRET.test(tag) ? blank(tag) : tag)) };
}

function blank(tag: string): string {
  return tag.replace(/(\s[\w.-]+)="[^"]*"/g, (attribute, name: string) => {
    const key = name.trim().toLowerCase();
    return key === 'value' || SECRET.test(key) ? `${name}=""` : attribute;
  });
}
