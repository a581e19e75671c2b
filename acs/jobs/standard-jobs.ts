import type { Store } from '../../store/store.js';
import type { ConnectionRequests } from './connection-requests.js';
import { Jobs, type JobDefinition, type JobsOptions } from './jobs.js';
import { CALL_INTERVAL } from './task-calls.js';
import { releaseStaleLeases, removeExpired } from './retention.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** No upload takes this long: content that is older and belongs to no resource was left by a killed server. */
const ORPHAN_AGE = 24 * HOUR;

export interface StandardJobsOptions {
  store: Store;
  connectionRequests: ConnectionRequests;
  /** Ends parked runs whose deadline has passed; returns how many. */
  endOverdue: (now: Date) => Promise<number>;
  /** Asks devices to call in for tasks that want it; returns how many. */
  callForTasks: (now: Date) => Promise<number>;
  /** Removes content of files that no resource refers to; returns how many. */
  removeOrphans: (before: Date) => Promise<number>;
}

/** Starts the standard jobs, and `more`, on this server. */
export function startJobs(
  options: Omit<JobsOptions, 'definitions'> & StandardJobsOptions & { more?: readonly JobDefinition[] },
): Promise<Jobs> {
  const { more = [], ...rest } = options;
  return Jobs.start({ ...rest, definitions: [...standardJobs(options), ...more] });
}

/** The jobs of every installation (design: acs/jobs). */
export function standardJobs(options: StandardJobsOptions): JobDefinition[] {
  const { store, connectionRequests, endOverdue, callForTasks, removeOrphans } = options;
  return [
    {
      name: 'tasks.end-overdue',
      title: 'End waiting tasks whose time is over',
      interval: 30 * SECOND,
      run: async (now) => counted(await endOverdue(now), 'task ended', 'tasks ended'),
    },
    {
      name: 'tasks.call-devices',
      title: 'Call devices for tasks with “schedule connection”',
      interval: CALL_INTERVAL,
      run: async (now) => counted(await callForTasks(now), 'device called', 'devices called'),
    },
    {
      name: 'connection-requests.resume',
      title: 'Go on with connection requests of a server that stopped',
      interval: 30 * SECOND,
      run: async () => counted(await connectionRequests.sweep(), 'request resumed', 'requests resumed'),
    },
    {
      name: 'leases.release',
      title: 'Free devices whose session ended with its server',
      interval: 5 * MINUTE,
      run: async (now) => counted(await releaseStaleLeases(store, now), 'device freed', 'devices freed'),
    },
    {
      name: 'retention.remove-expired',
      title: 'Remove sessions, logs and history past their time',
      interval: HOUR,
      run: async (now) => {
        const removed = Object.entries(await removeExpired(store, now));
        return removed.length === 0
          ? 'nothing to remove'
          : removed.map(([what, count]) => `${what}: ${count}`).join(', ');
      },
    },
    {
      name: 'files.remove-orphans',
      title: 'Remove what broken uploads left',
      interval: 6 * HOUR,
      run: async (now) =>
        counted(await removeOrphans(new Date(now.getTime() - ORPHAN_AGE)), 'file removed', 'files removed'),
    },
  ];
}

const counted = (count: number, one: string, many: string): string =>
  count === 0 ? 'nothing to do' : `${count} ${count === 1 ? one : many}`;
