import { z } from 'zod';
import { cursor, flag, identity, limit } from '../schemas/common.js';
import { editionList, task } from '../schemas/task.js';
import {
  groupQuickFixPress,
  quickFixList,
  quickFixPress,
  template,
  templateInput,
  templateList,
  templatePatch,
  templateTaskInput,
  templateUses,
} from '../schemas/template.js';
import { taskProblems, taskReplies } from './actions.js';
import { operation } from './operation.js';
import { created, done, found, foundWithETag, listed, notModified } from './replies.js';

const tag = 'Templates';
const byId = { id: z.string().min(1).max(100).meta({ description: 'Template id' }) };
const fix = z.string().min(1).max(100).meta({ description: 'Name of the quick fix' });
const mayRead = ['templates.manage', 'tasks.view', 'quickfix.run'] as const;

export const listTemplates = operation('get', '/templates', {
  id: 'listTemplates',
  tag,
  summary: 'List templates, by name',
  description: 'Those of the caller’s domain, of those below it, and, read-only, of those above it.',
  access: mayRead,
  query: {
    limit,
    cursor,
    count: flag.optional(),
    type: z.string().max(200).optional(),
    quickFix: flag.optional().meta({ description: 'Only quick fixes, or none of them' }),
    q: z.string().max(200).optional().meta({ description: 'Part of name or description' }),
  },
  responses: { 200: listed(templateList, 'A page of templates') },
});

export const createTemplate = operation('post', '/templates', {
  id: 'createTemplate',
  tag,
  summary: 'Add a template',
  access: 'templates.manage',
  body: templateInput,
  bodyExample: {
    name: 'Wi-Fi name',
    type: 'SetValues',
    config: { param: [{ name: 'wifi.1.ssid', value: '${task.property.ssid}' }] },
    parameters: [{ name: 'ssid', label: 'New network name', min: 1, max: 32, unit: 'bytes' }],
  },
  responses: { 201: created(template, 'The template') },
  problems: ['not-found', 'conflict', 'expression-error'],
});

export const getTemplate = operation('get', '/templates/{id}', {
  id: 'getTemplate',
  tag,
  summary: 'Get a template',
  access: mayRead,
  params: byId,
  responses: { 200: foundWithETag(template, 'The template'), 304: notModified },
  problems: ['not-found'],
});

export const patchTemplate = operation('patch', '/templates/{id}', {
  id: 'patchTemplate',
  tag,
  summary: 'Change a template; tasks made from it stay as they are',
  description:
    'Fields that are given replace the stored ones whole. A masked value that is sent back keeps the stored one.',
  access: 'templates.manage',
  params: byId,
  body: templatePatch,
  bodyExample: { description: 'For all radios' },
  ifMatch: 'optional',
  responses: { 200: foundWithETag(template, 'The template') },
  problems: ['not-found', 'stale', 'conflict', 'expression-error'],
});

export const deleteTemplate = operation('delete', '/templates/{id}', {
  id: 'deleteTemplate',
  tag,
  summary: 'Delete a template',
  description:
    'Refused with `in-use` while something refers to it, unless `confirmed=true`. Tasks made from it stay.',
  access: 'templates.manage',
  params: byId,
  query: { confirmed: flag.optional() },
  ifMatch: 'optional',
  responses: { 204: done },
  problems: ['not-found', 'stale', 'in-use'],
});

export const getTemplateUses = operation('get', '/templates/{id}/uses', {
  id: 'getTemplateUses',
  tag,
  summary: 'What refers to a template',
  access: 'templates.manage',
  params: byId,
  responses: { 200: found(templateUses, 'The uses; at most 20 of a kind') },
  problems: ['not-found'],
});

export const getTemplateEditionLog = operation('get', '/templates/{id}/edition-log', {
  id: 'getTemplateEditionLog',
  tag,
  summary: 'Who changed a template, newest first',
  access: 'templates.manage',
  params: byId,
  query: { limit, cursor },
  responses: { 200: listed(editionList, 'A page of changes') },
  problems: ['not-found'],
});

export const createTaskFromTemplate = operation('post', '/templates/{id}/tasks', {
  id: 'createTaskFromTemplate',
  tag,
  summary: 'Add a task that is made from a template',
  description:
    'The task is a copy: later changes of either do not touch the other. Missing, unknown and wrong parameters are refused before anything is created. `Prefer: wait=N` as for `POST /tasks`.',
  access: 'tasks.add',
  params: byId,
  query: {
    onTimeout: z.enum(['keep', 'delete']).optional().meta({
      description: 'What becomes of the task when the time of `Prefer: wait` is over; default keep',
    }),
  },
  body: templateTaskInput,
  bodyExample: { device: '02A0C4-GW-E5CAE8', parameters: { ssid: 'Home' }, connect: 'try' },
  wait: true,
  responses: taskReplies,
  problems: taskProblems,
});

export const listQuickFixes = operation('get', '/quick-fixes', {
  id: 'listQuickFixes',
  tag,
  summary: 'The buttons that the caller may press',
  access: 'quickfix.run',
  query: { limit, cursor },
  responses: { 200: listed(quickFixList, 'A page of quick fixes, by name of their template') },
});

export const pressQuickFix = operation('post', '/devices/{id}/actions/quick-fix/{fix}', {
  id: 'pressQuickFix',
  tag,
  summary: 'Run a quick fix on a device',
  description:
    'Adds a task, or restarts the one of the last time where the quick fix prefers that. Needs the permission of the quick fix besides.',
  access: 'quickfix.run',
  params: { id: identity, fix },
  body: quickFixPress,
  bodyRequired: false,
  bodyExample: { parameters: { ssid: 'Home', key: 'correct horse' } },
  wait: true,
  responses: taskReplies,
  problems: taskProblems,
});

export const pressGroupQuickFix = operation('post', '/groups/{id}/actions/quick-fix/{fix}', {
  id: 'pressGroupQuickFix',
  tag,
  summary: 'Run a quick fix on a group',
  description:
    'Adds a task of the group, or reruns the one of the last time where the quick fix prefers that.',
  access: 'quickfix.run',
  params: { id: z.string().min(1).max(512).meta({ description: 'Full name of the group' }), fix },
  body: groupQuickFixPress,
  bodyRequired: false,
  responses: { 201: created(task, 'The task') },
  problems: ['not-found', 'validation'],
});
