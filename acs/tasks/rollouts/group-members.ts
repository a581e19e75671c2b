import type { mongo } from 'mongoose';
import { inDomain } from '../../../common/domains.js';
import type { DeviceRecord } from '../../../store/models/device.js';
import type { Wave } from '../../../store/models/rollout.js';
import type { Store } from '../../../store/store.js';
import { memberCondition } from '../../devices/groups/memberships.js';
import { withAncestors } from '../group-path.js';
import { waveOf } from './gate.js';
import type { Members } from './limits-of-waves.js';
import { position } from './position.js';
import type { StagedTask } from './rollout-results.js';

/**
 * The devices that a task reaches now, as a wave that is about to open must know them. One pass over identities and groups
 * of the members; only their positions are kept, eight bytes each. Devices that are not managed run nothing and do not count.
 */
export async function membersOf(store: Store, task: StagedTask, wave: Wave): Promise<Members> {
  const devices = store.db.collection<DeviceRecord>(store.devices.collection.name);
  const within = inDomain(task.domain);
  const conditions: Record<string, unknown>[] = [
    memberCondition(task.group ?? '', task.appliesToSubgroups),
    { managed: true },
    ...(within ? [{ domain: within }] : []),
  ];
  const cursor: AsyncIterable<Pick<DeviceRecord, '_id' | 'groups'>> = devices.find(
    { $and: conditions } as mongo.Filter<DeviceRecord>,
    { projection: { groups: 1 }, batchSize: 5_000 },
  );
  const members = { total: 0, waiting: [] as number[], inGroup: 0 };
  for await (const { _id, groups } of cursor) {
    members.total += 1;
    if (waveOf(task, task.rolloutState, { _id, groups }) !== null) continue;
    members.waiting.push(position(task._id, _id));
    if (wave.kind === 'group' && withAncestors(groups).has(wave.group)) members.inGroup += 1;
  }
  return members;
}
