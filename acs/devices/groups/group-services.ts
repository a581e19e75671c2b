import type { Clock } from '../../../common/clock.js';
import type { EventBus } from '../../../common/events.js';
import type { Log } from '../../../common/log.js';
import type { SecretBox } from '../../../common/secret-box.js';
import type { Store } from '../../../store/store.js';
import type { ParameterTrees } from '../parameter-trees.js';
import { DispatchQueue } from './dispatch-queue.js';
import { GroupCache } from './group-cache.js';
import { GroupDispatch } from './group-dispatch.js';
import { Groups } from './groups.js';
import { Memberships } from './memberships.js';
import { MigrationRules } from './migration-rules.js';
import { Profiles } from './profiles.js';
import { PropertyDescriptors } from './property-descriptors.js';
import type { RuleExpressions } from './rule-expressions.js';
import { RuleFailures } from './rule-failures.js';
import { RuleRuns } from './rule-runs.js';

/** All that concerns groups, put together. */
export interface GroupServices {
  cache: GroupCache;
  groups: Groups;
  memberships: Memberships;
  profiles: Profiles;
  descriptors: PropertyDescriptors;
  rules: MigrationRules;
  runs: RuleRuns;
  dispatch: GroupDispatch;
  queue: DispatchQueue;
  close(): Promise<void>;
}

export interface GroupServicesOptions {
  clock: Clock;
  events: EventBus;
  log: Log;
  secretBox: SecretBox;
  trees: Pick<ParameterTrees, 'load'>;
  expressions: RuleExpressions;
  serverId: string;
  /** Days that entries of the activity stream are kept. */
  activityDays?: number;
}

const ACTIVITY_DAYS = 365;

/** Makes the system's groups where they are missing. */
export async function createGroupServices(
  store: Store,
  options: GroupServicesOptions,
): Promise<GroupServices> {
  const { clock, events, log, secretBox, trees, expressions, serverId } = options;
  const cache = new GroupCache(store, clock);
  const activityDays = options.activityDays ?? ACTIVITY_DAYS;
  const memberships = new Memberships(store, { clock, events, cache, activityDays });
  const groups = new Groups(store, { clock, events, cache, memberships });
  const failures = new RuleFailures(store, clock);
  const dispatch = new GroupDispatch({ cache, groups, memberships, expressions, failures, clock, log });
  const runs = new RuleRuns(store, { cache, dispatch, expressions, trees, clock, log, serverId });
  const queue = new DispatchQueue({
    ...{ events, log },
    dispatch: async (device) => {
      await runs.dispatch(device);
    },
  });
  await groups.prepare();
  return {
    ...{ cache, groups, memberships, dispatch, runs, queue },
    profiles: new Profiles(store, { clock, events, cache, secretBox }),
    descriptors: new PropertyDescriptors(store, { cache, events }),
    rules: new MigrationRules(store, { clock, events, cache, expressions }),
    close: async () => {
      await queue.close();
      await runs.close();
      await failures.flush();
    },
  };
}
