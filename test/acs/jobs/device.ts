import type { DeviceRecord } from '../../../store/models/device.js';
import type { Store } from '../../../store/store.js';

/** A device as the tests of jobs need it. */
export async function addDevice(store: Store, id: string, more: Partial<DeviceRecord> = {}): Promise<void> {
  await store.devices.create({
    _id: id,
    oui: '00507F',
    createdAt: new Date(),
    connectionRequestUrl: 'http://192.0.2.1:7547/cr',
    ...more,
  });
}
