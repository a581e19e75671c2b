import type { TaskRecord } from '../../store/models/task.js';
import type { Actor } from '../../acs/tasks/task-changes.js';
import { isStaged } from '../../acs/tasks/rollouts/rollout-results.js';
import type { Caller } from '../access/caller.js';
import * as api from '../api/rollouts.js';
import { DEFAULT_LIMIT, pageReply } from '../http/lists.js';
import { reply } from '../http/request.js';
import { implement } from '../http/route.js';
import type { Services } from '../services.js';
import { rolloutHeadJson, rolloutJson } from '../views/rollout-view.js';
import { listTasks } from './task-list.js';
import { visibleTask } from './visible.js';

export const rolloutRoutes = [
  implement(api.listRollouts, async ({ query, caller }, services) => {
    const { items, next } = await listTasks(
      services,
      { view: caller.domain, rollout: query.phase ?? 'any' },
      { nodes: [], expressions: [] },
      { limit: query.limit ?? DEFAULT_LIMIT, cursor: query.cursor },
    );
    return pageReply({ items: items.filter(isStaged), next }, rolloutHeadJson);
  }),

  implement(api.getRollout, async ({ params, caller }, services) => {
    const task = await visibleTask(params.id, caller, services);
    return reply(200, rolloutJson(await services.tasks.rollouts.view(task)), { version: task.version });
  }),

  implement(api.pauseRollout, (request, services) => act(request, services, 'pause')),
  implement(api.continueRollout, (request, services) => act(request, services, 'continue')),
  implement(api.openNextWave, (request, services) => act(request, services, 'openNext')),
  implement(api.openAllWaves, (request, services) => act(request, services, 'openAll')),
];

async function act(
  { params, body, caller }: { params: { id: string }; body: { note?: string | undefined }; caller: Caller },
  { tasks, ...services }: Services,
  what: 'pause' | 'continue' | 'openNext' | 'openAll',
) {
  const before = await visibleTask(params.id, caller, { tasks, ...services });
  const actor: Actor = { user: caller.login };
  const after: TaskRecord = await tasks.rollouts[what](before, body.note ?? '', actor);
  return reply(200, rolloutJson(await tasks.rollouts.view(after)), {
    version: after.version,
    object: after._id,
    difference: { before: stateOf(before), after: stateOf(after) },
  });
}

/** What the audit tells of a change. */
const stateOf = ({ rolloutState: state }: TaskRecord) => ({
  rollout: state && { phase: state.phase, opened: state.opened.length },
});
