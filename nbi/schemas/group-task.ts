import { z } from 'zod';
import { identity, page, time } from './common.js';
import { executionBrief, executionStatus } from './execution.js';
import { group } from './schedule.js';
import { task, taskCopy } from './task.js';

export const pauseInput = z
  .strictObject({ device: identity.optional(), group: group.optional() })
  .meta({ id: 'TaskPauseInput', description: 'Either a device, or the group of the task or one below it' });

export const devicePause = z
  .object({ device: identity, user: z.string(), at: time })
  .meta({ id: 'TaskPause' });
export const pauseList = page(devicePause, 'TaskPauseList');

export const advanceInput = taskCopy
  .omit({ device: true, connect: true })
  .extend({
    group,
    dryRun: z.boolean().optional().meta({ description: 'Only says how many devices it would reach' }),
  })
  .meta({ id: 'TaskAdvance' });

export const advanced = z
  .object({ devices: z.number().int().meta({ description: 'Devices reached now' }), task: task.nullable() })
  .meta({ id: 'TaskAdvanced' });

export const taskDevice = z
  .object({ device: identity, status: executionStatus, execution: executionBrief.nullable() })
  .meta({ id: 'TaskDevice' });
export const taskDeviceList = page(taskDevice, 'TaskDeviceList');

const counts = { SUCCESS: z.number().int(), WARNING: z.number().int(), ERROR: z.number().int() };

export const groupTaskStatistics = z
  .object({
    task: z.string(),
    byStatus: z.object({ NOT_STARTED: z.number().int(), IN_PROGRESS: z.number().int(), ...counts }).meta({
      description: 'Current reports; devices that have none are not in it',
    }),
    bySummary: z.array(z.object({ status: executionStatus, summary: z.string(), count: z.number().int() })),
    overTime: z.array(z.object({ at: time, ...counts })).meta({ description: 'Ends of runs by the hour' }),
  })
  .meta({ id: 'GroupTaskStatistics' });
