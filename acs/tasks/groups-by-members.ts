import { memberCondition } from '../devices/groups/memberships.js';
import type { DeviceRecord } from '../../store/models/device.js';
import type { Store } from '../../store/store.js';
import type { TaskGroups } from './ports/groups.js';

/** Groups as far as the devices in them tell: all of equal priority, in the root domain. */
export function groupsByMembers(store: Store): TaskGroups {
  const devices = store.db.collection<DeviceRecord>(store.devices.collection.name);
  return {
    priorities: () => Promise.resolve(() => 0),
    domainOf: async (group) =>
      (await devices.findOne(memberCondition(group, true), { projection: { _id: 1 } })) ? '/' : null,
  };
}
