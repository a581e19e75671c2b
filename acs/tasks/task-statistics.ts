import { inDomain } from '../../common/domains.js';
import type { Store } from '../../store/store.js';

export interface TaskStatistics {
  total: number;
  active: number;
  stopped: number;
  types: { type: string; total: number; active: number; stopped: number }[];
}

/** Numbers of tasks by type (tasks.md §7.16): those of a domain and below it. */
export async function taskStatistics(store: Pick<Store, 'tasks'>, view: string): Promise<TaskStatistics> {
  const within = inDomain(view);
  const seen = within ? [{ $match: { domain: within } }] : [];
  const rows = await store.tasks.aggregate<{ _id: { type: string; active: boolean }; count: number }>([
    ...seen,
    { $group: { _id: { type: '$type', active: '$active' }, count: { $sum: 1 } } },
  ]);
  const types = new Map<string, TaskStatistics['types'][number]>();
  for (const { _id, count } of rows) {
    const row = types.get(_id.type) ?? { type: _id.type, total: 0, active: 0, stopped: 0 };
    row.total += count;
    row[_id.active ? 'active' : 'stopped'] += count;
    types.set(_id.type, row);
  }
  const sorted = [...types.values()].sort((a, b) => b.total - a.total || a.type.localeCompare(b.type));
  const sum = (key: 'total' | 'active' | 'stopped'): number => sorted.reduce((all, row) => all + row[key], 0);
  return { total: sum('total'), active: sum('active'), stopped: sum('stopped'), types: sorted };
}
