import { client, take } from './client.js';
import { byId } from './nbi.js';

export type RolloutAct = 'pause' | 'continue' | 'open-next' | 'open-all';

/** Rollouts of group tasks. */
export const rollouts = {
  list: (cursor: string | null) =>
    take(
      client.GET('/rollouts', { params: { query: { limit: 50, ...(cursor === null ? {} : { cursor }) } } }),
    ),
  one: (task: string) => take(client.GET('/tasks/{id}/rollout', { params: byId(task) })),
  act: (task: string, act: RolloutAct, note: string) =>
    take(
      client.POST(`/tasks/{id}/rollout/${act}`, {
        params: byId(task),
        body: note === '' ? {} : { note },
      }),
    ),
};
