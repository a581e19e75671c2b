import type { DeviceQueue } from '../../acs/tasks/forecast.js';
import type { QueueEntry } from '../../acs/tasks/queue.js';
import { getQueue } from '../api/tasks.js';
import { exportReply, LIST_TYPES } from '../http/export.js';
import { chosenFields } from '../http/fields.js';
import { reply } from '../http/request.js';
import { implement } from '../http/route.js';
import { task as taskSchema } from '../schemas/task.js';
import { searchCriteria, type Criteria } from '../search/criteria.js';
import type { Caller } from '../access/caller.js';
import type { Services } from '../services.js';
import { queueJson, type QueueSight } from '../views/task-view.js';
import { listTasks } from './task-list.js';
import { visibleDevice } from './visible.js';

/** The list of a device in the order of execution, for reading, searching and exporting (tasks.md §8.1). */
export const queueRoutes = [
  implement(getQueue, async (request, services) => {
    const { params, query, caller, signal } = request;
    const type = request.accepts(...LIST_TYPES);
    const names = chosenFields(query.fields, COLUMNS, 'Entries of the list');
    await visibleDevice(params.id, caller, services);
    const at = query.at === undefined ? undefined : new Date(query.at);
    const whole = await services.tasks.queue(params.id, { at });
    const queue = { ...whole, entries: await found(whole, query, caller, services) };
    const sight: QueueSight = {
      showSecrets: () => request.showSecrets(params.id),
      sees: (domain) => caller.sees(domain),
    };
    const json = queueJson(queue, sight);
    if (type === 'application/json') return reply(200, json);
    const rows = json.entries.map(({ task, execution, reason, ...entry }) => ({
      ...task,
      ...entry,
      startTime: execution?.startTime ?? null,
      finishTime: execution?.finishTime ?? null,
      summary: execution?.summary ?? '',
      reason: reason?.text ?? '',
    }));
    return exportReply({
      ...{ type, name: `tasks-of-${params.id}`, columns: names ?? EXPORT_FIELDS, signal, caller },
      page: () => Promise.resolve({ rows, next: null }),
    });
  }),
];

const COLUMNS = {
  ...taskSchema.shape,
  ...{ position: 0, status: 0, due: 0, resumes: 0, holds: 0, reason: 0 },
  ...{ startTime: 0, finishTime: 0, summary: 0 },
};
const EXPORT_FIELDS = [
  ...['position', 'id', 'active', 'type', 'name', 'status', 'due', 'reason', 'user', 'priority'],
  ...['createdAt', 'startTime', 'finishTime', 'bloodline', 'tags', 'comment'],
];

/** The entries whose tasks match a search, with the positions that they have in the whole list. */
async function found(
  { entries }: DeviceQueue,
  { filter, expression, savedFilter }: Criteria,
  caller: Caller,
  services: Services,
): Promise<QueueEntry[]> {
  const criteria = await searchCriteria('tasks', { filter, expression, savedFilter }, caller, services);
  if (criteria.nodes.length === 0 && criteria.expressions.length === 0) return entries;
  const ids = entries.map(({ task }) => task._id);
  // What lies out of the caller's domain is shown without what it does, and so cannot be searched for it.
  const { items } = await listTasks(services, { view: caller.domain, ids }, criteria, {
    limit: Math.max(1, ids.length),
  });
  const matching = new Set(items.map(({ _id }) => _id));
  return entries.filter(({ task }) => matching.has(task._id));
}
