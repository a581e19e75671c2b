import { z } from 'zod';
import { identity, text, time } from './common.js';
import { configInput, optionalSettings } from './task.js';

const scope = z
  .enum(['first-session', 'whole'])
  .meta({ description: '`first-session`: what would be sent now; `whole`: until the task ends' });

export const rehearsalInput = z
  .strictObject({
    device: identity.meta({ description: 'Whose stored data model is played against' }),
    task: text(600).min(1).optional().meta({ description: 'A stored task' }),
    type: text(200).min(1).optional().meta({ description: 'Of a task that is not stored' }),
    config: configInput.optional(),
    ...optionalSettings,
    scope: scope.optional(),
  })
  .meta({ id: 'RehearsalInput', description: 'Either `task`, or `type` with what a new task has' });

const parameter = z.object({
  name: z.string(),
  value: z.string().nullable().meta({ description: 'Of secrets a mask' }),
});

export const rehearsal = z
  .object({
    end: z
      .enum(['SUCCESS', 'WARNING', 'ERROR', 'parked', 'unfinished'])
      .meta({ description: '`parked`: waits for the device; `unfinished`: given up at a limit' }),
    summary: z.string(),
    sessions: z.number().int(),
    exchanges: z.array(
      z.object({
        session: z.number().int(),
        at: time.meta({ description: 'In the time of the rehearsal' }),
        method: z.string(),
        parameters: z.array(parameter).meta({ description: 'Names and values of the request' }),
        answer: z.string().meta({ description: 'In words' }),
        fault: z
          .object({
            code: z.number().int(),
            text: z.string(),
            parameters: z.array(z.object({ path: z.string(), code: z.number().int(), text: z.string() })),
          })
          .nullable(),
        assumed: z
          .boolean()
          .meta({ description: 'Follows from an earlier answer: the live device decides what is sent' }),
        guesses: z.array(z.string()).meta({ description: 'What the stored data model cannot tell' }),
      }),
    ),
    changes: z
      .array(z.object({ path: z.string(), before: z.string().nullable(), after: z.string().nullable() }))
      .meta({ description: 'Values that would be others on the device; null = not there, or never read' }),
    acts: z.array(z.string()).meta({ description: 'What would be done besides, in words' }),
    details: z.array(z.object({ name: z.string(), value: z.string() })),
    log: z.array(z.object({ at: time, level: z.string(), text: z.string() })),
  })
  .meta({ id: 'Rehearsal' });
