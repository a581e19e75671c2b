import { z } from 'zod';
import { cursor, flag, identity, limit, timeInput, wholeNumber, words } from '../schemas/common.js';
import { executionList, executionReport, logLevel, logLineList, pastRunList } from '../schemas/execution.js';
import {
  editionList,
  meaningList,
  queue,
  task,
  taskCopy,
  taskInput,
  taskList,
  taskPatch,
  taskReplace,
  taskRestart,
  taskStatistics,
  taskTypeList,
  taskUndo,
} from '../schemas/task.js';
import { EXPORT_MEDIA } from '../http/export.js';
import { fieldsQuery, longSearch, pageOfSearch, searchQuery } from '../schemas/saved-filter.js';
import { taskProblems, taskReplies } from './actions.js';
import { operation } from './operation.js';
import { created, done, found, foundWithETag, listed, notModified } from './replies.js';

const tag = 'Tasks';
export const byTask = {
  id: z
    .string()
    .min(1)
    .max(650)
    .meta({ description: 'Task id', examples: ['d:02A0C4-GW-E5CAE8:7'] }),
};

const byId = byTask;
/** Save and restart. */
const restart = { restart: flag.optional().meta({ description: 'Also restarts the task' }) };

export const getQueue = operation('get', '/devices/{id}/queue', {
  id: 'getQueue',
  tag,
  summary: 'The tasks of a device in the order of their execution',
  description:
    'With *would run now / why not* for each, by the engine’s own function. `at` asks for another time. A search leaves entries out and their positions as they are. With `Accept: text/csv` or `application/x-ndjson` the list is an export (permission `devices.export`).',
  access: 'tasks.view',
  params: { id: identity },
  query: {
    at: timeInput.optional(),
    ...searchQuery,
    fields: fieldsQuery.meta({ description: 'Columns of an export, comma-separated' }),
  },
  responses: { 200: { ...found(queue, 'The ordered list'), media: EXPORT_MEDIA } },
  problems: ['not-found', 'not-acceptable'],
});

export const listTasks = operation('get', '/tasks', {
  id: 'listTasks',
  tag,
  summary: 'List tasks, newest first',
  description:
    'All conditions are joined by *and*. With `Accept: text/csv` or `application/x-ndjson` the whole result is streamed (permission `devices.export`).',
  access: 'tasks.view',
  query: {
    limit,
    cursor,
    count: flag.optional(),
    target: z.enum(['device', 'group']).optional(),
    device: identity.optional(),
    group: z.string().max(512).optional().meta({ description: 'Its tasks in the order of execution' }),
    inherited: flag
      .optional()
      .meta({ description: 'With `group`: also those of groups above that apply to it' }),
    id: z.string().max(650).optional().meta({ description: 'Part of the id' }),
    bloodline: z.string().max(128).optional(),
    type: z.string().max(200).optional(),
    name: z.string().max(200).optional().meta({ description: 'Part of the name' }),
    comment: z.string().max(200).optional().meta({ description: 'Part of the comment' }),
    tag: z.string().max(200).optional(),
    user: z.string().max(200).optional(),
    domain: z.string().max(500).optional().meta({ description: 'A domain, or one below it' }),
    active: flag.optional(),
    automaticRestart: flag.optional(),
    priority: wholeNumber(-2_147_483_648, 2_147_483_647).optional(),
    createdAfter: timeInput.optional(),
    createdBefore: timeInput.optional(),
    ...searchQuery,
    fields: fieldsQuery,
  },
  responses: { 200: { ...listed(taskList, 'A page of tasks'), media: EXPORT_MEDIA } },
  problems: ['not-found', 'not-acceptable'],
});

export const searchTasks = operation('post', '/tasks/search', {
  id: 'searchTasks',
  tag,
  summary: 'List tasks by a long filter',
  access: 'tasks.view',
  body: z
    .strictObject({
      ...pageOfSearch,
      target: z.enum(['device', 'group']).optional(),
      device: identity.optional(),
      group: z.string().max(512).optional(),
      inherited: z.boolean().optional(),
      ...longSearch,
      fields: fieldsQuery,
    })
    .meta({ id: 'TaskSearch' }),
  bodyExample: { filter: 'type in ("Reboot", "FactoryReset") and active eq true', count: true },
  audited: false,
  responses: { 200: listed(taskList, 'A page of tasks') },
  problems: ['not-found'],
});

export const createTask = operation('post', '/tasks', {
  id: 'createTask',
  tag,
  summary: 'Add a task to the list of a device, or of all devices of a group',
  description:
    'With `Prefer: wait=N` (at most 300) the answer comes when the task has ended: 200 with the report, or 202 when the time is over.',
  access: 'tasks.add',
  query: {
    onTimeout: z.enum(['keep', 'delete']).optional().meta({
      description: 'What becomes of the task when the time of `Prefer: wait` is over; default keep',
    }),
  },
  body: taskInput,
  bodyExample: {
    device: '02A0C4-GW-E5CAE8',
    type: 'SetValues',
    config: { param: [{ name: 'wifi.1.password', value: 'correct horse' }] },
    priority: 5,
    connect: 'try',
  },
  wait: true,
  responses: taskReplies,
  problems: taskProblems,
});

export const getTask = operation('get', '/tasks/{id}', {
  id: 'getTask',
  tag,
  summary: 'Get a task',
  access: 'tasks.view',
  params: byId,
  responses: { 200: foundWithETag(task, 'The task'), 304: notModified },
  problems: ['not-found'],
});

export const putTask = operation('put', '/tasks/{id}', {
  id: 'putTask',
  tag,
  summary: 'Replace the settings and the configuration of a task',
  description:
    'A masked value that is sent back keeps the stored one. Target and type cannot change. The report is kept; a run that is under way ends with the configuration it began with.',
  access: 'tasks.edit',
  params: byId,
  query: restart,
  body: taskReplace,
  ifMatch: 'optional',
  responses: { 200: foundWithETag(task, 'The task') },
  problems: ['not-found', 'stale', 'conflict'],
});

export const patchTask = operation('patch', '/tasks/{id}', {
  id: 'patchTask',
  tag,
  summary: 'Change settings or configuration of a task',
  description: 'JSON Merge Patch of the settings; a given `config` replaces the whole configuration.',
  access: 'tasks.edit',
  params: byId,
  query: restart,
  body: taskPatch,
  bodyExample: { priority: 3 },
  ifMatch: 'optional',
  responses: { 200: foundWithETag(task, 'The task') },
  problems: ['not-found', 'stale', 'conflict'],
});

export const deleteTask = operation('delete', '/tasks/{id}', {
  id: 'deleteTask',
  tag,
  summary: 'Delete a task and its reports; history and edition log stay',
  access: 'tasks.delete',
  params: byId,
  ifMatch: 'optional',
  responses: { 204: done },
  problems: ['not-found', 'stale'],
});

export const restartTask = operation('post', '/tasks/{id}/restart', {
  id: 'restartTask',
  tag,
  summary: 'Reset the report of a task, so that it runs again',
  description: 'A group task: on the device that the body names, else on all devices.',
  access: 'tasks.rerun',
  params: byId,
  body: taskRestart,
  bodyRequired: false,
  bodyExample: { connect: 'try' },
  wait: true,
  responses: {
    200: taskReplies[200] ?? { description: '' },
    202: taskReplies[202] ?? { description: '' },
    204: done,
  },
  problems: taskProblems,
});

export const undoTask = operation('post', '/tasks/{id}/undo', {
  id: 'undoTask',
  tag,
  summary: 'Add a task that puts back the values that a task has replaced',
  description:
    'On the device of the task; a group task is undone by a task of the same group, which puts back on each device what was replaced there, and is inactive unless `active` says otherwise. Deactivate the group task first, or devices that join later set the values again.',
  access: 'tasks.add',
  params: byId,
  body: taskUndo,
  bodyRequired: false,
  bodyExample: { connect: 'try' },
  wait: true,
  responses: taskReplies,
  problems: [...taskProblems, 'conflict'],
});

export const copyTask = operation('post', '/tasks/{id}/copy', {
  id: 'copyTask',
  tag,
  summary: 'Add a copy of a task, with what the body says otherwise',
  access: 'tasks.copy',
  params: byId,
  body: taskCopy,
  bodyRequired: false,
  bodyExample: { device: '02A0C4-GW-F00BA4' },
  responses: { 201: created(task, 'The copy') },
  problems: taskProblems,
});

export const getEditionLog = operation('get', '/tasks/{id}/edition-log', {
  id: 'getEditionLog',
  tag,
  summary: 'Who changed the definition of a task, newest first',
  description: 'Kept after the task was deleted.',
  access: 'tasks.view',
  params: byId,
  query: { limit, cursor },
  responses: { 200: listed(editionList, 'A page of changes') },
  problems: ['not-found'],
});

const period = {
  from: timeInput.optional(),
  to: timeInput.optional().meta({ description: 'Exclusive' }),
};

export const listEditions = operation('get', '/tasks/edition-log', {
  id: 'listEditions',
  tag,
  summary: 'Who changed which definition, newest first: of all tasks and templates in view',
  description:
    'Deletions included. With `Accept: text/csv` or `application/x-ndjson` the whole result is streamed (permission `devices.export`).',
  access: 'tasks.view',
  query: {
    limit,
    cursor,
    object: z.enum(['task', 'template']).optional().meta({ description: 'What was changed' }),
    task: z.string().max(650).optional().meta({ description: 'Its id; of a template `t:` and its id' }),
    device: identity.optional(),
    group: z.string().max(512).optional(),
    user: z.string().max(200).optional(),
    kind: z.enum(['created', 'modified', 'deleted']).optional(),
    ...period,
  },
  responses: { 200: { ...listed(editionList, 'A page of changes'), media: EXPORT_MEDIA } },
  problems: ['not-found', 'not-acceptable'],
});

export const getTaskStatistics = operation('get', '/tasks/statistics', {
  id: 'getTaskStatistics',
  tag,
  summary: 'Numbers of tasks by type',
  access: 'tasks.view',
  responses: { 200: found(taskStatistics, 'The numbers') },
});

export const listTaskTypes = operation('get', '/task-types', {
  id: 'listTaskTypes',
  tag,
  summary: 'Task types with the schema of their configuration',
  access: null,
  responses: { 200: listed(taskTypeList, 'All task types') },
});

export const listMeanings = operation('get', '/meanings', {
  id: 'listMeanings',
  tag,
  summary: 'Names that stand for parameters of TR-098 and TR-181 alike',
  access: null,
  responses: { 200: listed(meaningList, 'All meanings') },
});

const executionsTag = 'Executions';
const byExecution = { id: z.string().min(1).max(100).meta({ description: 'Execution id' }) };

export const listExecutions = operation('get', '/executions', {
  id: 'listExecutions',
  tag: executionsTag,
  summary: 'List task reports',
  description:
    'With `updatedSince` (exclusive) they come in the order of lastUpdateTime, task and device, so that a poll misses nothing and gets nothing twice; else newest first. With `Accept: text/csv` or `application/x-ndjson` the whole result is streamed (permission `devices.export`).',
  access: 'tasks.view',
  query: {
    limit,
    cursor,
    task: z.string().max(500).optional(),
    device: identity.optional(),
    status: words(['NOT_STARTED', 'IN_PROGRESS', 'SUCCESS', 'WARNING', 'ERROR']).optional(),
    updatedSince: timeInput.optional(),
    directTasksOnly: flag.optional().meta({ description: 'Leaves tasks of groups out; default false' }),
    ...searchQuery,
    fields: fieldsQuery,
  },
  responses: { 200: { ...listed(executionList, 'A page of reports'), media: EXPORT_MEDIA } },
  problems: ['not-found', 'not-acceptable'],
});

export const searchExecutions = operation('post', '/executions/search', {
  id: 'searchExecutions',
  tag: executionsTag,
  summary: 'List task reports by a long filter',
  access: 'tasks.view',
  body: z
    .strictObject({
      limit: pageOfSearch.limit,
      cursor: pageOfSearch.cursor,
      task: z.string().max(650).optional(),
      device: identity.optional(),
      updatedSince: timeInput.optional(),
      directTasksOnly: z.boolean().optional(),
      ...longSearch,
      fields: fieldsQuery,
    })
    .meta({ id: 'ExecutionSearch' }),
  bodyExample: { filter: 'status eq "ERROR" and faultCode in (9001, 9002)' },
  audited: false,
  responses: { 200: listed(executionList, 'A page of reports') },
  problems: ['not-found'],
});

export const listPastRuns = operation('get', '/executions/history', {
  id: 'listPastRuns',
  tag: executionsTag,
  summary: 'Past runs of all tasks on all devices in view, newest first',
  description:
    'Kept also when the task was restarted or deleted. With `Accept: text/csv` or `application/x-ndjson` the whole result is streamed (permission `devices.export`).',
  access: 'tasks.view',
  query: {
    limit,
    cursor,
    task: z.string().max(650).optional(),
    device: identity.optional(),
    status: words(['SUCCESS', 'WARNING', 'ERROR']).optional(),
    ...period,
  },
  responses: { 200: { ...listed(pastRunList, 'A page of runs'), media: EXPORT_MEDIA } },
  problems: ['not-acceptable'],
});

export const getExecution = operation('get', '/executions/{id}', {
  id: 'getExecution',
  tag: executionsTag,
  summary: 'Get a task report',
  access: 'tasks.view',
  params: byExecution,
  responses: { 200: found(executionReport, 'The report') },
  problems: ['not-found'],
});

export const getExecutionLog = operation('get', '/executions/{id}/log', {
  id: 'getExecutionLog',
  tag: executionsTag,
  summary: 'Log lines of a task on a device',
  description: 'With `Accept: text/plain` all of them as a download.',
  access: 'tasks.view',
  params: byExecution,
  query: {
    level: logLevel.optional().meta({ description: 'This level and those above it' }),
    run: wholeNumber(1, 2_147_483_647).optional().meta({ description: 'Default: the newest run' }),
    after: wholeNumber(0, 2_147_483_647).optional().meta({ description: 'Lines after this number' }),
    limit,
  },
  responses: {
    200: { ...found(logLineList, 'Lines in order'), media: { 'text/plain': 'The lines as text' } },
  },
  problems: ['not-found', 'not-acceptable'],
});

export const getExecutionHistory = operation('get', '/executions/{id}/history', {
  id: 'getExecutionHistory',
  tag: executionsTag,
  summary: 'Past runs of a task on a device, newest first',
  access: 'tasks.view',
  params: byExecution,
  query: { limit, cursor },
  responses: { 200: listed(pastRunList, 'A page of runs') },
  problems: ['not-found'],
});
