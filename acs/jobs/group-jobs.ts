import type { GroupServices } from '../devices/groups/group-services.js';
import type { JobDefinition } from './jobs.js';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

/** What happens to groups without anybody asking (groups-profiles.md §1, §4). */
export function groupJobs({ groups, runs }: Pick<GroupServices, 'groups' | 'runs'>): JobDefinition[] {
  return [
    {
      name: 'groups.resume-runs',
      title: 'Go on with runs of migration rules of a server that stopped',
      interval: 60 * SECOND,
      run: async () => counted(await runs.resume(), 'run resumed', 'runs resumed'),
    },
    {
      name: 'groups.remove-empty-types',
      title: 'Remove device types that no device has been of for 30 days',
      interval: 24 * HOUR,
      run: async (now) => counted(await groups.removeEmptyTypes(now), 'group removed', 'groups removed'),
    },
  ];
}

const counted = (count: number, one: string, many: string): string =>
  count === 0 ? 'nothing to do' : `${count} ${count === 1 ? one : many}`;
