import { useQuery } from '@pinia/colada';
import { computed } from 'vue';
import { tasks } from '../api/nbi.js';
import { taskProgress } from '../logic/task-progress.js';

/** How far a group task is, by the reports that the server holds. */
export function useTaskProgress(id: () => string, devices: () => number | null) {
  const statistics = useQuery({
    key: () => ['task-statistics', id()],
    query: () => tasks.statistics(id()),
    staleTime: 10_000,
  });
  const progress = computed(() =>
    statistics.data.value === undefined ? null : taskProgress(statistics.data.value.byStatus, devices()),
  );
  return { statistics, progress };
}
