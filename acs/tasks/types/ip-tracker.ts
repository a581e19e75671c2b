import { z } from 'zod';
import { success } from '../outcome.js';
import { followedAddress } from '../followed-address.js';
import { defineTaskType, type TaskContext, type TaskRun } from '../task-type.js';

const config = z.strictObject({});
type Config = z.infer<typeof config>;

/** Keeps since when a device has which WAN address (task-types.md §6.1); asks the device for nothing. */
export const ipTracker = defineTaskType<Config>({
  name: 'IpTracker',
  title: 'Track WAN address',
  description:
    'Keeps which WAN address the device had from when to when, for the IP history and the search by address.',
  branch: 'Default',
  defaultPriority: 2,
  schema: config,
  example: {},
  transientAllowed: true,
  followsAddress: true,
  run,
});

/** The address that the Inform tells, or else the one that the connection came from. */
// A run is asynchronous by its type, and this one has nothing to ask.
// eslint-disable-next-line require-yield
async function* run(context: TaskContext<Config>): TaskRun {
  const { _id } = context.device;
  const address = followedAddress(context.device);
  if (address === null) return success('no address is known');
  const { changed, before } = await context.history.noteAddress(_id, address, context.now());
  context.detail('address', address);
  if (!changed) return success('unchanged');
  context.log('INFO', before === null ? `The address is ${address}` : `${before} became ${address}`);
  return success(before === null ? address : `${before} became ${address}`);
}
