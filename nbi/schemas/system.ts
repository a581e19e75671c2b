import { z } from 'zod';
import { page, time } from './common.js';

/** CloudEvents 1.0. */
export const event = z
  .object({
    id: z.string(),
    specversion: z.literal('1.0'),
    type: z.string().meta({ examples: ['execution.finished'] }),
    source: z.string(),
    time,
    subject: z.string().meta({ description: 'The device or object that it is about' }),
    domain: z.string(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Event' });
export const eventList = page(event, 'EventList');

export const systemInfo = z
  .object({
    version: z.string(),
    name: z.string(),
    startedAt: time,
    store: z.object({ kind: z.enum(['mongodb', 'embedded']) }),
    devices: z.number().int(),
    sessionsOpen: z.number().int(),
    cwmpUrl: z.string(),
    filesUrl: z.string(),
  })
  .meta({ id: 'SystemInfo' });

export const job = z
  .object({
    name: z.string(),
    title: z.string(),
    interval: z.number().meta({ description: 'Milliseconds' }),
    nextRunAt: time.nullable(),
    lastRunAt: time.nullable(),
    lastFinishedAt: time.nullable(),
    lastResult: z
      .object({
        ok: z.boolean(),
        text: z.string(),
        at: time,
        duration: z.number().meta({ description: 'Milliseconds' }),
        server: z.string(),
      })
      .nullable(),
    failCount: z.number().int().meta({ description: 'Failures in a row' }),
    running: z.boolean().meta({ description: 'Whether a server works on it now' }),
  })
  .meta({ id: 'Job' });
export const jobList = page(job, 'JobList');

export const auditEntry = z
  .object({
    id: z.string(),
    at: time,
    user: z.string(),
    token: z.string().nullable(),
    address: z.string(),
    requestId: z.string(),
    action: z.string().meta({ examples: ['createTask'] }),
    object: z.string(),
    difference: z.record(z.string(), z.unknown()).nullable(),
    result: z.string(),
  })
  .meta({ id: 'AuditEntry' });
export const auditList = page(auditEntry, 'AuditList');

export const health = z
  .object({ status: z.enum(['ok', 'unavailable']), checks: z.record(z.string(), z.enum(['ok', 'failed'])) })
  .meta({ id: 'Health' });
