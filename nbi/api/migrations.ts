import { z } from 'zod';
import { groupName } from '../schemas/group.js';
import {
  migrationDraft,
  migrationDryRun,
  migrationRule,
  migrationRuleInput,
  migrationRuleList,
  migrationRulePatch,
  migrationRun,
} from '../schemas/migration.js';
import { operation } from './operation.js';
import { created, done, found, foundWithETag, notModified } from './replies.js';

const tag = 'Groups';
const byName = { name: groupName };
const byRule = { ...byName, id: z.string().min(1).max(100).meta({ description: 'Rule id' }) };
const mayRead = ['groups.migrations', 'groups.view'] as const;
const access = 'groups.migrations';

export const listMigrations = operation('get', '/groups/{name}/migrations', {
  id: 'listMigrations',
  tag,
  summary: 'Migration rules of a group',
  access: mayRead,
  params: byName,
  responses: { 200: found(migrationRuleList, 'The rules, oldest first') },
  problems: ['not-found'],
});

export const createMigration = operation('post', '/groups/{name}/migrations', {
  id: 'createMigration',
  tag,
  summary: 'Add a migration rule',
  access,
  params: byName,
  body: migrationRuleInput,
  bodyExample: { condition: '1', destination: 'root.ips.${device.currentWanIP}' },
  responses: { 201: created(migrationRule, 'The rule') },
  problems: ['not-found', 'conflict'],
});

export const getMigration = operation('get', '/groups/{name}/migrations/{id}', {
  id: 'getMigration',
  tag,
  summary: 'Get a migration rule',
  access: mayRead,
  params: byRule,
  responses: { 200: foundWithETag(migrationRule, 'The rule'), 304: notModified },
  problems: ['not-found'],
});

export const patchMigration = operation('patch', '/groups/{name}/migrations/{id}', {
  id: 'patchMigration',
  tag,
  summary: 'Change a migration rule',
  access,
  params: byRule,
  body: migrationRulePatch,
  bodyExample: { active: false },
  ifMatch: 'optional',
  responses: { 200: foundWithETag(migrationRule, 'The rule') },
  problems: ['not-found', 'stale'],
});

export const deleteMigration = operation('delete', '/groups/{name}/migrations/{id}', {
  id: 'deleteMigration',
  tag,
  summary: 'Delete a migration rule',
  access,
  params: byRule,
  ifMatch: 'optional',
  responses: { 204: done },
  problems: ['not-found', 'stale'],
});

export const dryRunDraft = operation('post', '/groups/{name}/migrations/dry-run', {
  id: 'dryRunDraft',
  tag,
  summary: 'How many members a rule would match and where they would go, before it is saved',
  access,
  params: byName,
  body: migrationDraft,
  bodyExample: { condition: '1', destination: 'root.all' },
  audited: false,
  responses: { 200: found(migrationDryRun, 'What would happen') },
  problems: ['not-found'],
});

export const dryRunMigration = operation('post', '/groups/{name}/migrations/{id}/dry-run', {
  id: 'dryRunMigration',
  tag,
  summary: 'How many members a rule matches and where they would go',
  access,
  params: byRule,
  audited: false,
  responses: { 200: found(migrationDryRun, 'What would happen') },
  problems: ['not-found'],
});

export const runMigration = operation('post', '/groups/{name}/migrations/{id}/run', {
  id: 'runMigration',
  tag,
  summary: 'Look at the rules of all members now',
  description: 'In the background; `run` of the rule shows how far it is.',
  access,
  params: byRule,
  responses: { 202: found(migrationRun, 'The run') },
  problems: ['not-found', 'conflict'],
});

export const cancelMigrationRun = operation('delete', '/groups/{name}/migrations/{id}/run', {
  id: 'cancelMigrationRun',
  tag,
  summary: 'End a run; what it has done stays',
  access,
  params: byRule,
  responses: { 204: done },
  problems: ['not-found', 'conflict'],
});
