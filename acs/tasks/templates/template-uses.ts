import type { TaskRecord } from '../../../store/models/task.js';
import type { TemplateRecord } from '../../../store/models/template.js';
import type { Store } from '../../../store/store.js';
import { escapeRegex } from '../../devices/filter.js';

/** Properties of devices and groups that put a template in place of a built-in procedure (templates-quickfixes.md §1). */
export const CUSTOM_TASK_PROPERTIES = [
  'customBackupTask',
  'customRestoreTask',
  'firmwareUpdateTaskTemplateName',
] as const;

/** Something that would miss a template. */
export interface TemplateUse {
  kind: 'quick-fix' | 'template' | 'task' | 'device' | 'service';
  /** Name or id. */
  id: string;
  text: string;
}

/** Uses of one kind that are named; a refusal need not list thousands. */
const MOST = 20;

/** What refers to a template. Workflows are looked through for the name in quotes. */
export async function templateUses(store: Store, template: TemplateRecord): Promise<TemplateUse[]> {
  const { name } = template;
  const spawns = { 'config.xml': { $regex: `template="${escapeRegex(name)}"` }, _id: { $ne: template._id } };
  const [templates, tasks, devices, services] = await Promise.all([
    store.templates.find(spawns, { name: 1 }).limit(MOST).lean<Pick<TemplateRecord, '_id' | 'name'>[]>(),
    store.tasks
      .find(spawns as never, { _id: 1 })
      .limit(MOST)
      .lean<Pick<TaskRecord, '_id'>[]>(),
    store.devices
      .find(
        { $or: CUSTOM_TASK_PROPERTIES.map((property) => ({ [`properties.${property}`]: name })) },
        { _id: 1 },
      )
      .limit(MOST)
      .lean<{ _id: string }[]>(),
    store.services
      .find({ $or: [{ activate: name }, { deactivate: name }, { configure: name }] }, { caption: 1 })
      .limit(MOST)
      .lean<{ _id: string; caption: string }[]>(),
  ]);
  return [
    ...(template.quickFix
      ? [
          {
            kind: 'quick-fix' as const,
            id: template.quickFix.name,
            text: `the quick fix ${template.quickFix.name}`,
          },
        ]
      : []),
    ...templates.map((one) => ({ kind: 'template' as const, id: one._id, text: `the template ${one.name}` })),
    ...tasks.map(({ _id }) => ({ kind: 'task' as const, id: _id, text: `the task ${_id}` })),
    ...devices.map(({ _id }) => ({ kind: 'device' as const, id: _id, text: `a property of ${_id}` })),
    ...services.map(({ _id, caption }) => ({
      ...{ kind: 'service' as const, id: _id, text: `the service ${caption}` },
    })),
  ];
}
