import { z } from 'zod';
import { callback, callbackInput, callbackList, callbackPatch } from '../schemas/callback.js';
import { operation } from './operation.js';
import { created, done, foundWithETag, listed, notModified } from './replies.js';
import { byTask } from './tasks.js';

const tag = 'Callbacks';
const byName = { ...byTask, name: z.string().min(1).max(64) };

export const listCallbacks = operation('get', '/tasks/{id}/callbacks', {
  id: 'listTaskCallbacks',
  tag,
  summary: 'URLs that are told how the runs of a task end',
  access: 'tasks.view',
  params: byTask,
  responses: { 200: listed(callbackList, 'All of them, by name') },
  problems: ['not-found'],
});

export const addCallback = operation('post', '/tasks/{id}/callbacks', {
  id: 'addTaskCallback',
  tag,
  summary: 'Let a URL be told how the runs of a task end',
  description:
    'A POST of a CloudEvent 1.0 in JSON (`execution.finished`) for each run that ends from now on, on each device. Any answer of 2xx takes it; else it is tried again for 24 hours. A receiver may get a message twice: its `id` tells.',
  access: 'tasks.edit',
  params: byTask,
  body: callbackInput,
  bodyExample: { name: 'order-4711', url: 'https://oss.example.com/provost', secret: 'a long secret' },
  responses: { 201: created(callback, 'The callback') },
  problems: ['not-found', 'conflict'],
});

export const getCallback = operation('get', '/tasks/{id}/callbacks/{name}', {
  id: 'getTaskCallback',
  tag,
  summary: 'Get a callback of a task with its last delivery',
  access: 'tasks.view',
  params: byName,
  responses: { 200: foundWithETag(callback, 'The callback'), 304: notModified },
  problems: ['not-found'],
});

export const patchCallback = operation('patch', '/tasks/{id}/callbacks/{name}', {
  id: 'patchTaskCallback',
  tag,
  summary: 'Change a callback of a task',
  description: 'Messages that wait are sent to the new URL.',
  access: 'tasks.edit',
  params: byName,
  body: callbackPatch,
  bodyExample: { url: 'https://oss.example.com/orders' },
  ifMatch: 'optional',
  responses: { 200: foundWithETag(callback, 'The callback') },
  problems: ['not-found', 'stale'],
});

export const deleteCallback = operation('delete', '/tasks/{id}/callbacks/{name}', {
  id: 'deleteTaskCallback',
  tag,
  summary: 'Tell a URL nothing more',
  description: 'What waits is not sent any more.',
  access: 'tasks.edit',
  params: byName,
  ifMatch: 'optional',
  responses: { 204: done },
  problems: ['not-found', 'stale'],
});
