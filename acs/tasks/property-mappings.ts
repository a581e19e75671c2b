import type { mongo } from 'mongoose';
import type { DeviceRecord, PropertyMapping } from '../../store/models/device.js';
import { SessionDevice } from './session-device.js';
import type { SessionFrame } from './session-frame.js';

/** Parameters of one device that may be copied to properties. */
const MAX_MAPPINGS = 200;

/** From now on each value of the parameter that the server learns is copied to the property (xmltask.md §4.8). */
export async function addMapping(frame: SessionFrame, mapping: PropertyMapping): Promise<void> {
  const { device } = frame;
  const known = device.mappings ?? [];
  const same = (one: PropertyMapping): boolean =>
    one.task === mapping.task && one.key === mapping.key && one.target === mapping.target;
  if (known.some(same) || known.length >= MAX_MAPPINGS) return;
  await devicesOf(frame).updateOne({ _id: device._id }, { $push: { mappings: mapping } });
  device.mappings = [...known, mapping];
}

/** Copies what the session learnt of mapped parameters; mappings whose task is gone are forgotten. */
export async function applyMappings(frame: SessionFrame): Promise<void> {
  const { device, tree, parts } = frame;
  const desk = new SessionDevice(frame);
  for (const mapping of device.mappings ?? []) {
    const value = tree.learntValue(mapping.key);
    if (value === null || desk.property(mapping.target) === value) continue;
    if (await parts.records.taskExists(mapping.task)) await desk.setProperty(mapping.target, value);
    else
      await devicesOf(frame).updateOne({ _id: device._id }, { $pull: { mappings: { task: mapping.task } } });
  }
}

const devicesOf = ({ parts: { store } }: SessionFrame): mongo.Collection<DeviceRecord> =>
  store.db.collection<DeviceRecord>(store.devices.collection.name);
