import { useQuery } from '@pinia/colada';
import { executions } from '../api/nbi.js';
import type { Execution, Task } from '../api/types.js';

/** Reports asked for at once. */
const AT_ONCE = 6;

/**
 * The reports of the device tasks among the rows, by task; null = it has none. A group task has no single status. The
 * newest reports come in one answer, the few that are older one by one.
 */
export function useTaskStatuses(rows: () => readonly Task[]) {
  return useQuery({
    key: () => ['executions', 'of-tasks', ids(rows()).join(' ')],
    enabled: () => ids(rows()).length > 0,
    query: async ({ signal }): Promise<Map<string, Execution | null>> => {
      const wanted = ids(rows());
      const newest = await executions.list({ directTasksOnly: true, limit: 1_000 }, { signal });
      const found = new Map<string, Execution | null>(newest.items.map((one) => [one.task, one]));
      const missing = wanted.filter((id) => !found.has(id));
      if (newest.next === null) for (const id of missing) found.set(id, null);
      else
        for (let at = 0; at < missing.length; at += AT_ONCE) {
          const some = missing.slice(at, at + AT_ONCE);
          const pages = await Promise.all(
            some.map((task) => executions.list({ task, limit: 1 }, { signal })),
          );
          some.forEach((id, index) => found.set(id, pages[index]?.items[0] ?? null));
        }
      return found;
    },
  });
}

function ids(rows: readonly Task[]): string[] {
  return rows.filter((task) => task.device !== null).map((task) => task.id);
}
