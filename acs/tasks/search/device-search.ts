import type { DeviceRecord } from '../../../store/models/device.js';
import type { Store } from '../../../store/store.js';
import { fromStored } from '../../devices/device-record.js';
import { dataModelView, deviceView } from '../../devices/device-view.js';
import type { GroupTree } from '../../devices/groups/group-tree.js';
import { behindCursor, cursorAfter, sortOf, type Order } from '../../devices/keyset.js';
import type { ParameterTrees } from '../../devices/parameter-trees.js';
import { isSecretName } from '../../devices/secret-names.js';
import { storedKey } from '../../devices/stored-keys.js';
import { PLACES, type DataModelView, type DeviceView, type MongoFieldMap } from '../../expressions/index.js';
import type { Searchable } from './search.js';

/** What of `device` lies in the store as expressions see it. */
export const STORED_DEVICE: MongoFieldMap = {
  fields: {
    'device.id': { path: '_id', kind: 'text' },
    'device.oui': { path: 'oui', kind: 'text' },
    'device.productClass': { path: 'productClass', kind: 'text' },
    'device.serialNumber': { path: 'serialNumber', kind: 'text' },
    'device.manufacturer': { path: 'manufacturer', kind: 'text' },
    'device.modelName': { path: 'modelName', kind: 'text' },
    'device.hardwareVersion': { path: 'hardwareVersion', kind: 'text' },
    'device.softwareVersion': { path: 'softwareVersion', kind: 'text' },
    'device.description': { path: 'description', kind: 'text' },
    'device.domain': { path: 'domain', kind: 'text' },
    'device.creationTime': { path: 'createdAt', kind: 'date' },
    'device.lastVisitTime': { path: 'lastVisit', kind: 'date' },
    'device.lastBootstrapTime': { path: 'lastBootstrap', kind: 'date' },
    'device.provisioningEnabled': { path: 'managed', kind: 'boolean' },
    'device.blacklisted': { path: 'blacklisted', kind: 'boolean' },
    'device.directGroups': { path: 'groups', kind: 'set' },
  },
  members: { 'device.isInDirectGroup': 'device.directGroups' },
  maps: {
    // Secrets are not among what a search sees: an expression would tell them one question at a time.
    'device.property': (name) => (isSecretName(name) ? null : `properties.${storedKey(name)}`),
  },
};

export interface DeviceSearchParts {
  store: Store;
  /** The groups as they are now. */
  tree: GroupTree;
  trees: Pick<ParameterTrees, 'load'>;
}

/** Devices whose trees are in memory at a time: one of 100,000 parameters takes some megabytes. */
const TREES_AT_ONCE = 32;

/** The inventory as a list that is searched, in one of its orders. */
export function searchableDevices(
  { store, tree, trees }: DeviceSearchParts,
  order: Order,
): Searchable<DeviceRecord> {
  const devices = store.db.collection<DeviceRecord>(store.devices.collection.name);
  const modelOf = async (device: DeviceRecord): Promise<DataModelView> =>
    dataModelView(await trees.load(device), device.root, { masked: true });
  return {
    noun: 'device',
    order: {
      fields: sortOf(order),
      cursorOf: (device) => cursorAfter(device, order),
      behind: (cursor) => behindCursor(cursor, order),
    },
    place: PLACES.deviceSearch,
    stored: STORED_DEVICE,
    find: (condition, fields, limit) => devices.find(condition).sort(fields).limit(limit).toArray(),
    count: (condition, limit) => devices.countDocuments(condition, limit === null ? {} : { limit }),
    read: fromStored,
    batch: (contexts) => (contexts.has('dm') ? TREES_AT_ONCE : 500),
    views: async (rows, contexts) => {
      const models = contexts.has('dm') ? await Promise.all(rows.map(modelOf)) : [];
      return rows.map((device, index) => {
        const dm = models[index];
        return { device: searchedDevice(device, tree), ...(dm && { dm }) };
      });
    },
  };
}

/** A device without its secrets. */
function searchedDevice(device: DeviceRecord, tree: GroupTree): DeviceView {
  const view = deviceView(device, { tree });
  const properties = Object.entries(device.properties).filter(([name]) => !isSecretName(name));
  return { ...view, properties: new Map(properties) };
}
