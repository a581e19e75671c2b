import { compiledRules } from '../../../../acs/devices/groups/compiled-rules.js';
import {
  createGroupServices,
  type GroupServices,
  type GroupServicesOptions,
} from '../../../../acs/devices/groups/group-services.js';
import { Inventory } from '../../../../acs/devices/inventory.js';
import { ParameterTrees } from '../../../../acs/devices/parameter-trees.js';
import { silentLog } from '../../../../common/log.js';
import { openDevices, type DevicesFixture } from '../devices-fixture.js';

export interface GroupsFixture extends Omit<DevicesFixture, 'inventory'>, GroupServices {
  inventory: Inventory;
  trees: ParameterTrees;
  /** As another server process has them, over the same store. */
  another(): Promise<GroupServices>;
  /** A device that has been seen, in these groups besides root and root.cwmp. */
  device(
    serial: string,
    groups?: string[],
    more?: { domain?: string; properties?: Record<string, string> },
  ): Promise<string>;
  groupsOf(device: string): Promise<string[]>;
}

/** Changes by people wake no rules here unless `queue` says so. */
export async function openGroups({ queue = false } = {}): Promise<GroupsFixture> {
  const fixture = await openDevices();
  const { store, clock, events, secretBox } = fixture;
  const trees = new ParameterTrees(store, { clock, cacheEntries: 10_000 });
  const options = (serverId: string): GroupServicesOptions => ({
    ...{ clock, events, secretBox, trees, serverId },
    log: silentLog,
    expressions: compiledRules({ zone: 'UTC' }),
  });
  const services = await createGroupServices(store, options('server-1'));
  if (!queue) await services.queue.close();
  const inventory = new Inventory(store, { clock, events, secretBox, groups: services });
  return {
    ...fixture,
    ...services,
    inventory,
    trees,
    another: () => createGroupServices(store, options('server-2')),
    async device(serial, groups = [], more = {}) {
      const { _id } = await inventory.create(
        { oui: '02A0C4', productClass: 'GW', serialNumber: serial, groups, ...more },
        'ann',
      );
      return _id;
    },
    async groupsOf(device) {
      return (await inventory.get(device)).groups;
    },
    async close() {
      await services.close();
      await fixture.close();
    },
  };
}
