import { useQuery } from '@pinia/colada';
import { computed } from 'vue';
import { allPages } from '../api/all-pages.js';
import { tasks } from '../api/nbi.js';
import { quickFixes } from '../api/templates.js';
import type { Page, QuickFixButton } from '../api/types.js';
import { byBranch } from '../logic/quick-fixes.js';

/** The buttons that the caller may press, by branch. */
export function useQuickFixes() {
  const list = useQuery({
    key: ['quick-fixes'],
    query: () => allPages((page) => quickFixes.list(page) as Promise<Page<QuickFixButton>>),
  });
  const types = useQuery({ key: ['task-types'], query: () => tasks.types(), staleTime: 600_000 });
  const branches = computed(() => byBranch(list.data.value ?? [], types.data.value?.items ?? []));
  return { list, branches };
}
