import { z } from 'zod';
import { cursor, flag, identity, limit } from '../schemas/common.js';
import {
  resource,
  resourceCategory,
  resourceList,
  resourcePatch,
  resourceUpload,
} from '../schemas/resource.js';
import { operation } from './operation.js';
import { created, done, foundWithETag, listed, notModified } from './replies.js';

const tag = 'Resources';
const byId = { id: z.string().min(1).max(100).meta({ description: 'Resource id' }) };
const mayRead = ['resources.manage', 'resources.config', 'device.firmware', 'device.backup'] as const;

export const listResources = operation('get', '/resources', {
  id: 'listResources',
  tag,
  summary: 'List files, newest first',
  access: mayRead,
  query: {
    limit,
    cursor,
    count: flag.optional(),
    category: resourceCategory.optional(),
    device: identity.optional(),
    model: z.string().max(64).optional().meta({ description: 'Files that fit this model' }),
    q: z
      .string()
      .max(200)
      .optional()
      .meta({ description: 'Part of name, file name, version or description' }),
  },
  responses: { 200: listed(resourceList, 'A page of files') },
});

export const createResource = operation('post', '/resources', {
  id: 'createResource',
  tag,
  summary: 'Upload a file',
  description:
    'Multipart form: the text fields first, then one part `file`. The file is stored as it comes; over the limit nothing is kept.',
  access: 'resources.manage',
  body: resourceUpload,
  bodyType: 'multipart',
  responses: { 201: created(resource, 'The file') },
  problems: ['conflict', 'too-large', 'media-type'],
});

export const getResource = operation('get', '/resources/{id}', {
  id: 'getResource',
  tag,
  summary: 'What is known of a file',
  access: mayRead,
  params: byId,
  responses: { 200: foundWithETag(resource, 'The file'), 304: notModified },
  problems: ['not-found'],
});

export const patchResource = operation('patch', '/resources/{id}', {
  id: 'patchResource',
  tag,
  summary: 'Change what is known of a file',
  access: 'resources.manage',
  params: byId,
  body: resourcePatch,
  bodyExample: { version: '2.4.1', models: ['X1'] },
  ifMatch: 'optional',
  responses: { 200: foundWithETag(resource, 'The file') },
  problems: ['not-found', 'stale', 'conflict'],
});

export const deleteResource = operation('delete', '/resources/{id}', {
  id: 'deleteResource',
  tag,
  summary: 'Delete a file; refused while a task refers to it',
  access: 'resources.manage',
  params: byId,
  ifMatch: 'optional',
  responses: { 204: done },
  problems: ['not-found', 'stale', 'in-use'],
});

export const getResourceContent = operation('get', '/resources/{id}/content', {
  id: 'getResourceContent',
  tag,
  summary: 'Download a file',
  description: 'One `Range` of bytes is honoured. Configurations of devices need `resources.config`.',
  access: mayRead,
  params: byId,
  responses: {
    200: { description: 'The whole file', media: { 'application/octet-stream': 'The bytes' } },
    206: { description: 'The range', media: { 'application/octet-stream': 'The bytes' } },
    304: notModified,
  },
  problems: ['not-found', 'range-not-satisfiable'],
});
