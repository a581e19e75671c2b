import { useQuery, useQueryCache } from '@pinia/colada';
import { groups } from '../api/groups.js';
import type { GroupStatistics } from '../api/types.js';

/** The members of a group as they were counted last, with the time; `recount` counts them now. */
export function useGroupCount(name: () => string) {
  const cache = useQueryCache();
  const members = useQuery({
    key: () => ['group-count', name()],
    query: (): Promise<GroupStatistics> => groups.count(name(), false),
    staleTime: 60_000,
  });
  async function recount(): Promise<GroupStatistics> {
    const of = name();
    const counted = await groups.count(of, true);
    cache.setQueryData(['group-count', of], counted);
    return counted;
  }
  return { members, recount };
}

/** Counts several groups, a few at a time; each stands in the tree as soon as it is known. */
export function useManyCounts() {
  const cache = useQueryCache();
  const AT_ONCE = 4;
  return { known, countAll };

  function known(name: string): GroupStatistics | undefined {
    return cache.getQueryData<GroupStatistics>(['group-count', name]);
  }

  async function countAll(names: readonly string[], onOne: () => void): Promise<void> {
    const rest = [...names];
    const work = async (): Promise<void> => {
      for (let name = rest.shift(); name !== undefined; name = rest.shift()) {
        cache.setQueryData(['group-count', name], await groups.count(name, true));
        onOne();
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }
}
