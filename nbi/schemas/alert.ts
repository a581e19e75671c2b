import { z } from 'zod';
import { page, time } from './common.js';

export const alert = z
  .object({
    id: z.string(),
    targetKind: z.enum(['device', 'group']),
    target: z.string().meta({ description: 'Identity of the device, or name of the group' }),
    type: z.string().meta({ description: 'Names it together with its target' }),
    caption: z.string(),
    description: z.string(),
    severity: z.number().int().meta({ description: 'DEBUG 0, INFO 500, WARN 1000, ERROR 2000' }),
    raised: z.boolean(),
    raisedAt: time.nullable().meta({ description: 'Since when; null = it is not raised' }),
    changedAt: time,
    task: z.string().meta({ description: 'The task that changed it last' }),
    device: z.string().meta({ description: 'The device on which that task ran' }),
    domain: z.string(),
  })
  .meta({ id: 'Alert' });
export const alertList = page(alert, 'AlertList');
