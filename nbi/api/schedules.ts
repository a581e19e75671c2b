import { z } from 'zod';
import { timeInput } from '../schemas/common.js';
import { schedule, scheduleList, schedulePatch, schedulePreview } from '../schemas/schedule.js';
import { operation } from './operation.js';
import { created, done, found, foundWithETag, listed, notModified } from './replies.js';

const tag = 'Schedules';
const byId = {
  id: z
    .string()
    .min(1)
    .max(64)
    .meta({ description: 'Schedule id', examples: ['nights-home'] }),
};

export const listSchedules = operation('get', '/schedules', {
  id: 'listSchedules',
  tag,
  summary: 'List the predefined schedules',
  access: ['tasks.view', 'schedules.manage'],
  responses: { 200: listed(scheduleList, 'All of them, by description') },
});

export const getSchedule = operation('get', '/schedules/{id}', {
  id: 'getSchedule',
  tag,
  summary: 'Get a predefined schedule',
  access: ['tasks.view', 'schedules.manage'],
  params: byId,
  responses: { 200: foundWithETag(schedule, 'The schedule'), 304: notModified },
  problems: ['not-found'],
});

export const createSchedule = operation('post', '/schedules', {
  id: 'createSchedule',
  tag,
  summary: 'Make a predefined schedule',
  access: 'schedules.manage',
  body: schedulePatch,
  bodyExample: { description: 'mornings', zone: 'Europe/Berlin', map: 'ffffff000000000000000000'.repeat(7) },
  responses: { 201: created(schedule, 'The schedule') },
});

export const patchSchedule = operation('patch', '/schedules/{id}', {
  id: 'patchSchedule',
  tag,
  summary: 'Change a predefined schedule, for every task that uses it',
  access: 'schedules.manage',
  params: byId,
  body: schedulePatch,
  bodyExample: { description: 'early mornings' },
  ifMatch: 'optional',
  responses: { 200: foundWithETag(schedule, 'The schedule') },
  problems: ['not-found', 'stale'],
});

export const deleteSchedule = operation('delete', '/schedules/{id}', {
  id: 'deleteSchedule',
  tag,
  summary: 'Delete a predefined schedule that nothing uses',
  access: 'schedules.manage',
  params: byId,
  ifMatch: 'optional',
  responses: { 204: done },
  problems: ['not-found', 'stale', 'in-use', 'conflict'],
});

export const previewSchedule = operation('post', '/schedules/preview', {
  id: 'previewSchedule',
  tag,
  summary: 'Check a schedule and say when it allows tasks to begin',
  access: ['tasks.view', 'schedules.manage'],
  query: { at: timeInput.optional() },
  body: schedulePatch,
  bodyExample: { zone: 'Europe/Berlin', map: '00000000ff00000000000000'.repeat(7) },
  audited: false,
  responses: { 200: found(schedulePreview, 'In words, and the next ten spans') },
});
