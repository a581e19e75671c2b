import type { Task, TaskPatch, Template, TemplateInput, TemplateParameter } from '../api/types.js';
import { draftOf, newDraft, patchOf, type ExpiryUnit, type TaskDraft } from './task-draft.js';

export type QuickFixDraft = NonNullable<Template['quickFix']>;

/** All that the page of a template holds; the settings and the configuration are edited as those of a task. */
export interface TemplateDraft {
  name: string;
  description: string;
  domain: string;
  testCase: boolean;
  task: TaskDraft;
  parameters: TemplateParameter[];
  quickFix: QuickFixDraft | null;
}

/** Settings that a template has not (templates-quickfixes.md §1). */
const NOT_IN_TEMPLATES = new Set([
  'active',
  'name',
  'anonymous',
  'domain',
  'properties',
  'appliesToSubgroups',
  'rollout',
  'config',
]);
/** An expiry that is counted from the creation of the task. */
const SPAN = /^P(?:T(\d+)([MH])|(\d+)(D))$/;

export function newTemplate(type: string, xml: string): TemplateDraft {
  return {
    name: '',
    description: '',
    domain: '',
    testCase: false,
    task: newDraft(type, xml),
    parameters: [],
    quickFix: null,
  };
}

export function templateDraft(template: Template): TemplateDraft {
  const { settings } = template;
  const span = SPAN.exec(typeof settings.expiry === 'string' ? settings.expiry : '');
  const task = draftOf({ ...bareTask(template), ...settings, ...(span ? { expiry: null } : {}) } as Task);
  const expiry: Partial<TaskDraft> = span
    ? {
        expiry: 'after',
        expiryAfter: span[1] ?? span[3] ?? '',
        expiryUnit: (span[2] ?? span[4] ?? 'H') as ExpiryUnit,
      }
    : {};
  return {
    name: template.name,
    description: template.description,
    domain: template.domain,
    testCase: template.testCase,
    task: { ...task, ...expiry, ...('priority' in settings ? {} : { priority: '' }) },
    parameters: template.parameters.map((one) => ({ ...one })),
    quickFix: template.quickFix === null ? null : { ...template.quickFix },
  };
}

/** A task that differs from the defaults in nothing. */
function bareTask(template: Template): Partial<Task> {
  const { config: _, priority, ...rest } = patchOf(newDraft(template.type, template.configXml));
  return {
    ...(rest as Partial<Task>),
    type: template.type,
    configXml: template.configXml,
    anonymous: true,
    domain: '',
    priority: (priority ?? 0) as number,
  };
}

/** What is sent of the settings: those that differ from the defaults of a task. */
export function templateSettings(draft: TaskDraft): Record<string, unknown> {
  const plain = patchOf(newDraft(draft.type, '')) as Record<string, unknown>;
  const own = patchOf(draft) as TaskPatch & Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(own).filter(
      ([name, value]) => !NOT_IN_TEMPLATES.has(name) && JSON.stringify(value) !== JSON.stringify(plain[name]),
    ),
  );
}

export function templateInput(draft: TemplateDraft): TemplateInput {
  const domain = draft.domain.trim();
  return {
    name: draft.name.trim(),
    type: draft.task.type,
    description: draft.description,
    ...(domain === '' ? {} : { domain }),
    config: draft.task.xml,
    settings: templateSettings(draft.task),
    parameters: draft.parameters,
    quickFix: draft.quickFix,
    testCase: draft.testCase,
  };
}

export function newParameter(taken: readonly TemplateParameter[]): TemplateParameter {
  const names = new Set(taken.map((one) => one.name));
  let number = taken.length + 1;
  while (names.has(`value${number}`)) number += 1;
  return {
    name: `value${number}`,
    label: '',
    type: 'string',
    default: '',
    required: true,
    help: '',
    min: null,
    max: null,
    unit: 'characters',
    pattern: '',
    choices: [],
    category: '',
    fileType: '',
  };
}

/** One choice a line: `value` or `value = label`. */
export function choicesText(choices: TemplateParameter['choices']): string {
  return choices.map((one) => (one.label === '' ? one.value : `${one.value} = ${one.label}`)).join('\n');
}

export function choicesOf(text: string): TemplateParameter['choices'] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [value = '', ...label] = line.split(/\s=\s/);
      return { value: value.trim(), label: label.join(' = ').trim() };
    });
}

/** The settings' messages stand one level deeper in a template than in a task. */
export function asTaskErrors(errors: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors).map(([pointer, message]) => [pointer.replace(/^\/settings(?=\/)/, ''), message]),
  );
}

/** Moves one of a list up or down; at the ends it stays. */
export function moved<T>(list: readonly T[], from: number, by: 1 | -1): T[] {
  const to = from + by;
  const next = [...list];
  const [one] = next.splice(from, 1);
  if (one === undefined || to < 0 || to >= list.length) return [...list];
  next.splice(to, 0, one);
  return next;
}
