import { ConflictError } from '../../common/errors.js';
import {
  cancelMigrationRun,
  createMigration,
  deleteMigration,
  dryRunDraft,
  dryRunMigration,
  getMigration,
  listMigrations,
  patchMigration,
  runMigration,
} from '../api/migrations.js';
import { reply } from '../http/request.js';
import { implement } from '../http/route.js';
import { BASE_PATH } from '../openapi.js';
import { ruleJson, runJson } from '../views/group-view.js';
import { groupInView } from './visible.js';

export const migrationRoutes = [
  implement(listMigrations, async ({ params, caller }, services) => {
    await groupInView(params.name, caller, services);
    return reply(200, { items: (await services.groups.rules.list(params.name)).map(ruleJson) });
  }),

  implement(createMigration, async ({ params, body, caller }, services) => {
    await groupInView(params.name, caller, services);
    const rule = await services.groups.rules.create(params.name, body, caller.login);
    const json = ruleJson(rule);
    return reply(201, json, {
      version: rule.version,
      headers: { Location: `${BASE_PATH}/groups/${encodeURIComponent(params.name)}/migrations/${rule._id}` },
      object: `${params.name} ${rule._id}`,
      difference: { after: json },
    });
  }),

  implement(getMigration, async ({ params, caller }, services) => {
    await groupInView(params.name, caller, services);
    const rule = await services.groups.rules.get(params.name, params.id);
    return reply(200, ruleJson(rule), { version: rule.version });
  }),

  implement(patchMigration, async ({ params, body, caller, ifMatch }, services) => {
    await groupInView(params.name, caller, services);
    const before = await services.groups.rules.get(params.name, params.id);
    ifMatch.check('migration rule', params.id, before.version);
    const after = await services.groups.rules.edit(params.name, params.id, body, {
      user: caller.login,
      ...(ifMatch.versions !== null && { version: before.version }),
    });
    return reply(200, ruleJson(after), {
      version: after.version,
      object: `${params.name} ${params.id}`,
      difference: { before: ruleJson(before), after: ruleJson(after) },
    });
  }),

  implement(deleteMigration, async ({ params, caller, ifMatch }, services) => {
    await groupInView(params.name, caller, services);
    const before = await services.groups.rules.get(params.name, params.id);
    ifMatch.check('migration rule', params.id, before.version);
    await services.groups.rules.remove(params.name, params.id, {
      user: caller.login,
      ...(ifMatch.versions !== null && { version: before.version }),
    });
    return reply(204, undefined, {
      object: `${params.name} ${params.id}`,
      difference: { before: ruleJson(before) },
    });
  }),

  implement(dryRunDraft, async ({ params, body, caller }, services) => {
    await groupInView(params.name, caller, services);
    const { condition, destination, subgroups = false } = body;
    const draft = { group: params.name, condition, destination, subgroups };
    services.groups.rules.check({ ...draft, remove: false });
    return reply(200, await services.groups.runs.dryRun(draft, caller.domain));
  }),

  implement(dryRunMigration, async ({ params, caller }, services) => {
    await groupInView(params.name, caller, services);
    const rule = await services.groups.rules.get(params.name, params.id);
    return reply(200, await services.groups.runs.dryRun(rule, caller.domain));
  }),

  implement(runMigration, async ({ params, caller }, services) => {
    await groupInView(params.name, caller, services);
    const run = await services.groups.runs.start(params.name, params.id, caller.login);
    return reply(202, runJson(run), { object: `${params.name} ${params.id}` });
  }),

  implement(cancelMigrationRun, async ({ params, caller }, services) => {
    await groupInView(params.name, caller, services);
    await services.groups.rules.get(params.name, params.id);
    if (!(await services.groups.runs.cancel(params.name, params.id)))
      throw new ConflictError('No run of the rule is under way');
    return reply(204, undefined, { object: `${params.name} ${params.id}` });
  }),
];
