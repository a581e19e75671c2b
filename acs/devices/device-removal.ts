import type { Store } from '../../store/store.js';

/**
 * Deletes what hangs on a device and the device last, so that a removal that was cut off can be repeated. Kept: audit,
 * edition logs, execution histories and session records, which their retention ends.
 */
export async function removeDevice(store: Store, id: string, user: string, now: Date): Promise<void> {
  const devices = store.devices.collection;
  // The fence moves on first: a session that is open can write no more.
  await devices.updateOne(
    { _id: id as never },
    {
      $inc: { 'lease.fence': 1 },
      $set: { 'lease.session': null, 'lease.server': null, 'lease.until': null },
    },
  );
  const tasks = await logDeletedTasks(store, id, user, now);
  const ofDevice = { device: id };
  await store.tasks.collection.deleteMany(ofDevice);
  await store.taskCallbacks.collection.deleteMany({ task: { $in: tasks } });
  await store.callbackDeliveries.collection.deleteMany({ $or: [ofDevice, { task: { $in: tasks } }] });
  await store.executions.collection.deleteMany(ofDevice);
  await store.logLines.collection.deleteMany(ofDevice);
  await store.connectionRequests.collection.deleteMany(ofDevice);
  await store.scheduledConnections.collection.deleteMany(ofDevice);
  await store.campaignDevices.collection.deleteMany(ofDevice);
  await store.transfers.collection.deleteMany(ofDevice);
  await store.valueSamples.collection.deleteMany(ofDevice);
  await store.addressUses.collection.deleteMany(ofDevice);
  await store.alerts.collection.deleteMany({ targetKind: 'device', target: id });
  await store.deviceRelations.collection.deleteMany(ofDevice);
  await store.parameterTrees.collection.deleteOne({ _id: id as never });
  await devices.deleteOne({ _id: id as never });
}

/** Each direct task leaves its last definition in the edition log (tasks.md §1). Resolves to their ids. */
async function logDeletedTasks(store: Store, id: string, user: string, now: Date): Promise<string[]> {
  const tasks = await store.tasks.collection.find({ device: id }).toArray();
  if (tasks.length === 0) return [];
  await store.editionLogs.collection.insertMany(
    tasks.map((task) => ({
      at: now,
      user,
      task: String(task._id),
      device: id,
      group: null,
      kind: 'deleted',
      before: task,
      after: null,
    })),
  );
  return tasks.map(({ _id }) => String(_id));
}
