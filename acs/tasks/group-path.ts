import { z } from 'zod';
import { ancestorsOf, nameFault } from '../devices/groups/group-name.js';

/** The full name of a group; it has no `:`, which task ids use, and no dot at its end (groups-profiles.md §1). */
export const groupName = z
  .string()
  .refine((name) => nameFault(name) === null, { error: ({ input }) => nameFault(String(input)) ?? '' });

/** What a task id may have in place of its number: `g:root:datamodelRefresher`. */
export const taskSuffix = z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/, 'letters, digits, _ - . are possible');

/** The groups and all above them, each once. */
export function withAncestors(groups: Iterable<string>): Set<string> {
  const all = new Set<string>();
  for (const group of groups) {
    all.add(group);
    for (const above of ancestorsOf(group)) all.add(above);
  }
  return all;
}
