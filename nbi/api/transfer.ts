import { z } from 'zod';
import { flag } from '../schemas/common.js';
import { transferFile, transferInput, transferKind, transferResult } from '../schemas/transfer.js';
import { operation } from './operation.js';
import { found } from './replies.js';

const tag = 'Import and export';
const params = { kind: transferKind };
const access = [
  'admin.transfer.templates',
  'admin.transfer.quick-fixes',
  'admin.transfer.schedules',
  'admin.transfer.services',
  'admin.transfer.tasks',
] as const;

export const exportItems = operation('get', '/transfer/{kind}', {
  id: 'exportItems',
  tag,
  summary: 'Export all templates, quick fixes, schedules, services or tasks that the caller sees',
  description:
    'Quick fixes are buttons of templates and are moved apart from them. Needs `admin.transfer.<kind>`.',
  access,
  params,
  audited: true,
  responses: { 200: found(transferFile, 'The file for an import') },
});

export const importItems = operation('post', '/transfer/{kind}', {
  id: 'importItems',
  tag,
  summary: 'Import what was exported, here or elsewhere',
  description:
    'Things are known by their names (schedules and tasks by their ids, services by their keys). What is wrong with one item refuses that item alone. Needs `admin.transfer.<kind>`.',
  access,
  params,
  query: {
    mode: z.enum(['add', 'update', 'both']).optional().meta({
      description: '`add`: only what is not there; `update`: only what is there; default `both`',
    }),
    dryRun: flag.optional().meta({ description: 'Only says what would be done' }),
  },
  body: transferInput,
  bodyExample: { items: [{ id: 'mornings', description: 'mornings', zone: 'Europe/Berlin' }] },
  responses: { 200: found(transferResult, 'What was done with each item') },
});
