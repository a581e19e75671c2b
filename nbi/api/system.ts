import { z } from 'zod';
import { cursor, identity, limit, timeInput } from '../schemas/common.js';
import { auditList, eventList, health, jobList, systemInfo } from '../schemas/system.js';
import { operation } from './operation.js';
import { found, listed } from './replies.js';

const events = 'Events';
const system = 'System';

const eventFilters = {
  types: z
    .string()
    .max(2_000)
    .regex(/^[a-z][a-z.*-]*(?:,[a-z][a-z.*-]*)*$/, 'Must be a comma-separated list of event types')
    .optional()
    .meta({
      description: 'Comma-separated; `execution.*` stands for all of an area',
      examples: ['execution.*,device.booted'],
    }),
  device: identity.optional(),
};

export const streamEvents = operation('get', '/events/stream', {
  id: 'streamEvents',
  tag: events,
  summary: 'Server-sent events, as they happen',
  description:
    'Resumes after `Last-Event-ID` (header, or `after`). When that is too old to continue from, the first event is of the type `stream.gap`: what is shown must be fetched again. The stream ends when its client reads too slowly, and when its token ends or the rights of its user change. A user may have so many streams open; one more is answered with 429.',
  access: 'devices.read',
  query: { ...eventFilters, after: z.string().max(100).optional() },
  responses: {
    200: { description: 'CloudEvents, one a message', media: { 'text/event-stream': 'The stream' } },
  },
});

export const listEvents = operation('get', '/events', {
  id: 'listEvents',
  tag: events,
  summary: 'Events after a known one',
  description:
    'Without `after` no events, but the id to begin with in `next`. `next` is always the id to go on from; a poll every minute misses nothing.',
  access: 'devices.read',
  query: { ...eventFilters, after: z.string().max(100).optional(), limit },
  responses: { 200: found(eventList, 'Events in order') },
});

export const getSystem = operation('get', '/system', {
  id: 'getSystem',
  tag: system,
  summary: 'What runs here',
  access: null,
  responses: { 200: found(systemInfo, 'The system') },
});

export const listJobs = operation('get', '/system/jobs', {
  id: 'listJobs',
  tag: system,
  summary: 'Jobs with next run and last result',
  access: 'system.noc',
  responses: { 200: listed(jobList, 'All jobs') },
});

export const listAudit = operation('get', '/audit', {
  id: 'listAudit',
  tag: system,
  summary: 'Acts of users, newest first',
  access: 'audit.read',
  query: {
    limit,
    cursor,
    user: z.string().max(200).optional(),
    action: z.string().max(200).optional(),
    object: z.string().max(500).optional(),
    from: timeInput.optional(),
    to: timeInput.optional(),
  },
  responses: { 200: listed(auditList, 'A page of entries') },
});

export const healthLive = operation('get', '/health/live', {
  id: 'healthLive',
  tag: system,
  summary: 'Whether the process answers',
  access: 'public',
  responses: { 200: found(health, 'It does') },
});

export const healthReady = operation('get', '/health/ready', {
  id: 'healthReady',
  tag: system,
  summary: 'Whether the parts that are needed answer',
  access: 'public',
  responses: { 200: found(health, 'All do'), 503: found(health, 'One does not') },
});

export const getOpenApi = operation('get', '/openapi.json', {
  id: 'getOpenApi',
  tag: system,
  summary: 'This document',
  access: null,
  responses: { 200: { description: 'OpenAPI 3.1', schema: z.record(z.string(), z.unknown()) } },
});
