import { z } from 'zod';
import { cursor, flag, limit, words } from '../schemas/common.js';
import {
  advanced,
  advanceInput,
  groupTaskStatistics,
  pauseInput,
  pauseList,
  taskDeviceList,
} from '../schemas/group-task.js';
import { task } from '../schemas/task.js';
import { operation } from './operation.js';
import { done, found, foundWithETag, listed } from './replies.js';
import { byTask as byId } from './tasks.js';

const tag = 'Tasks of groups';

export const restartFailedTask = operation('post', '/tasks/{id}/restart-failed', {
  id: 'restartFailedTask',
  tag,
  summary: 'Let a group task run again where it ended with ERROR',
  description: 'Costs the same however many devices there are: reports of before count as not started.',
  access: 'tasks.rerun',
  params: byId,
  responses: { 200: foundWithETag(task, 'The task') },
  problems: ['not-found', 'conflict'],
});

export const pauseTask = operation('post', '/tasks/{id}/pause', {
  id: 'pauseTask',
  tag,
  summary: 'Exclude a device or a subgroup from a group task',
  description:
    'A run that is parked there is frozen. A one-off task that has run on the device is not paused.',
  access: ['tasks.pauseDevice', 'tasks.pauseGroup'],
  params: byId,
  body: pauseInput,
  bodyExample: { device: '02A0C4-GW-E5CAE8' },
  responses: { 204: done },
  problems: ['not-found', 'conflict'],
});

export const resumeTask = operation('post', '/tasks/{id}/resume', {
  id: 'resumeTask',
  tag,
  summary: 'Let a group task run again on a device or subgroup for which it was paused',
  access: ['tasks.pauseDevice', 'tasks.pauseGroup'],
  params: byId,
  body: pauseInput,
  bodyExample: { group: 'root.region.north' },
  responses: { 204: done },
  problems: ['not-found', 'conflict'],
});

export const listPauses = operation('get', '/tasks/{id}/pauses', {
  id: 'listPauses',
  tag,
  summary: 'The devices on which a group task is paused, the earliest first',
  description: 'Subgroups stand in the task itself: `pausedGroups`.',
  access: 'tasks.view',
  params: byId,
  query: { limit, cursor },
  responses: { 200: listed(pauseList, 'A page of pauses') },
  problems: ['not-found'],
});

export const advanceTask = operation('post', '/tasks/{id}/advance', {
  id: 'advanceTask',
  tag,
  summary: 'Add a copy of a device task to a group',
  description:
    'The copy is inactive unless the body says otherwise, and keeps the bloodline, so that the device it was tried on does not run it twice.',
  access: 'tasks.advance',
  params: byId,
  body: advanceInput,
  bodyExample: { group: 'root.region.north', appliesToSubgroups: true, dryRun: true },
  responses: {
    200: found(advanced, '`dryRun`: the number of devices'),
    201: { ...found(advanced, 'The copy'), headers: { Location: 'The copy' } },
  },
  problems: ['not-found', 'conflict'],
});

export const countTaskDevices = operation('post', '/tasks/{id}/device-count', {
  id: 'countTaskDevices',
  tag,
  summary: 'Count on how many devices a group task has run',
  access: 'tasks.view',
  params: byId,
  responses: { 200: foundWithETag(task, 'The task with its `deviceCount`') },
  problems: ['not-found', 'conflict'],
});

export const listTaskDevices = operation('get', '/tasks/{id}/devices', {
  id: 'listTaskDevices',
  tag,
  summary: 'Every device of the group with its report',
  description: 'By identity. With a rare `status` a page may be shorter than `limit` although `next` is set.',
  access: 'tasks.view',
  params: byId,
  query: {
    limit,
    cursor,
    status: words(['NOT_STARTED', 'IN_PROGRESS', 'SUCCESS', 'WARNING', 'ERROR']).optional(),
  },
  responses: { 200: listed(taskDeviceList, 'A page of devices') },
  problems: ['not-found', 'conflict'],
});

export const getGroupTaskStatistics = operation('get', '/tasks/{id}/statistics', {
  id: 'getGroupTaskStatistics',
  tag,
  summary: 'Reports of a task by status, by summary and over time',
  access: 'tasks.view',
  params: byId,
  responses: { 200: found(groupTaskStatistics, 'The numbers') },
  problems: ['not-found'],
});

export const restoreEdition = operation('post', '/tasks/{id}/edition-log/{edition}/restore', {
  id: 'restoreEdition',
  tag: 'Tasks',
  summary: 'Give a task the definition back that it had after an earlier change',
  access: 'tasks.edit',
  params: { ...byId, edition: z.string().regex(/^[0-9a-f]{24}$/) },
  query: { restart: flag.optional().meta({ description: 'Also restarts it' }) },
  ifMatch: 'optional',
  responses: { 200: foundWithETag(task, 'The task') },
  problems: ['not-found', 'stale', 'conflict'],
});
