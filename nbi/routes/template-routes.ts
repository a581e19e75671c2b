import { ForbiddenError, ValidationError } from '../../common/errors.js';
import { readConfig } from '../../acs/tasks/config-schema.js';
import { findTaskType } from '../../acs/tasks/type-registry.js';
import type { TemplateInput, TemplatePatch } from '../../acs/tasks/templates/template-service.js';
import { editionIdOf } from '../../acs/tasks/templates/template-service.js';
import type { TemplateTarget } from '../../acs/tasks/templates/template-tasks.js';
import type { TaskRecord } from '../../store/models/task.js';
import type { TemplateRecord } from '../../store/models/template.js';
import type { Caller } from '../access/caller.js';
import * as api from '../api/templates.js';
import { DEFAULT_LIMIT, pageReply } from '../http/lists.js';
import { reply } from '../http/request.js';
import { implement } from '../http/route.js';
import { BASE_PATH } from '../openapi.js';
import type { Services } from '../services.js';
import { editionJson } from '../views/task-view.js';
import { keepDefaults, quickFixJson, templateJson } from '../views/template-view.js';
import { unmask } from '../views/secrets.js';
import { refuseLost } from './task-secrets.js';
import { references } from './references.js';
import { addedTask, createAndRun, mayConnect, mayTarget, runTask } from './task-runner.js';
import { usableTemplate, visibleTask } from './visible.js';

export const templateRoutes = [
  implement(api.listTemplates, async ({ query, caller, showSecrets }, { templates }) => {
    const { limit, cursor, count, type, quickFix, q } = query;
    const asked = {
      view: caller.domain,
      ...(type === undefined ? {} : { type }),
      ...(quickFix === undefined ? {} : { quickFix }),
      ...(q === undefined ? {} : { search: q }),
    };
    const page = await templates.list({
      ...asked,
      limit: limit ?? DEFAULT_LIMIT,
      ...(cursor === undefined ? {} : { cursor }),
    });
    const total = count === true ? { total: await templates.count(asked) } : {};
    return pageReply({ ...page, ...total }, (template) => json(template, caller, showSecrets));
  }),

  implement(api.createTemplate, async ({ body, caller, showSecrets }, services) => {
    const { task: from, ...given } = body;
    const domain = given.domain ?? caller.domain;
    caller.mustSee(domain, 'domain', domain);
    const stored =
      from === undefined ? {} : { config: await configOfTask(from, given.type, caller, services) };
    const { value, lost } = unmask({ config: dataOf(given.type, given.config) }, stored);
    refuseLost(lost);
    const config = value.config as TemplateInput['config'];
    const template = await services.templates.create(
      { ...given, domain, ...(config === undefined ? {} : { config }) },
      caller.login,
    );
    return reply(201, json(template, caller, showSecrets), {
      version: template.version,
      headers: { Location: `${BASE_PATH}/templates/${template._id}` },
      object: template._id,
      difference: { after: json(template, caller, () => false) },
    });
  }),

  implement(api.getTemplate, async ({ params, caller, showSecrets }, services) => {
    const template = await usableTemplate(params.id, caller, services);
    return reply(200, json(template, caller, showSecrets), { version: template.version });
  }),

  implement(api.patchTemplate, async ({ params, body, caller, ifMatch, showSecrets }, services) => {
    const before = await editableTemplate(params.id, caller, services);
    ifMatch.check('template', before._id, before.version);
    if (body.domain !== undefined) caller.mustSee(body.domain, 'domain', body.domain);
    const version = ifMatch.versions === null ? undefined : before.version;
    const after = await services.templates.edit(before._id, patchOf(before, body as TemplatePatch), {
      user: caller.login,
      version,
    });
    return reply(200, json(after, caller, showSecrets), {
      version: after.version,
      object: after._id,
      difference: {
        before: json(before, caller, () => false),
        after: json(after, caller, () => false),
      },
    });
  }),

  implement(api.deleteTemplate, async ({ params, query, caller, ifMatch }, services) => {
    const template = await editableTemplate(params.id, caller, services);
    ifMatch.check('template', template._id, template.version);
    const version = ifMatch.versions === null ? undefined : template.version;
    const confirmed = query.confirmed === true;
    await services.templates.remove(template._id, { user: caller.login, version, confirmed });
    const difference = { before: json(template, caller, () => false) };
    return reply(204, undefined, { object: template._id, difference });
  }),

  implement(api.getTemplateUses, async ({ params, caller }, services) => {
    const template = await editableTemplate(params.id, caller, services);
    return reply(200, { items: await services.templates.uses(template) });
  }),

  implement(api.getTemplateEditionLog, async ({ params, query, caller, showSecrets }, services) => {
    const template = await editableTemplate(params.id, caller, services);
    const page = await services.reports.editionLog(
      { task: editionIdOf(template) },
      {
        limit: query.limit ?? DEFAULT_LIMIT,
        ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
      },
    );
    return pageReply(page, (edition) => editionJson(edition, () => showSecrets(params.id)));
  }),

  implement(api.createTaskFromTemplate, async (request, services) => {
    const { params, body, query, caller } = request;
    const template = await usableTemplate(params.id, caller, services);
    const { device, group, parameters = {}, connect, callbacks, ...overrides } = body;
    const target = targetOf(device, group);
    const input = await services.templateTasks.input(
      template,
      { target, values: parameters, overrides },
      references(caller, services),
    );
    return await createAndRun(input, { connect, callbacks, ...query }, request, services);
  }),

  implement(api.listQuickFixes, async ({ query, caller }, { templates }) => {
    const page = await templates.list({
      ...{ quickFix: true, view: caller.domain, limit: query.limit ?? DEFAULT_LIMIT },
      ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
    });
    const mine = page.items.filter((template) => mayPress(template, caller));
    return pageReply({ items: mine, next: page.next }, quickFixJson);
  }),

  implement(api.pressQuickFix, async (request, services) => {
    const { params, body, caller } = request;
    const template = await pressable(params.fix, caller, services);
    await mayTarget({ device: params.id }, caller, services);
    const connect = connectOf(template, body.connect);
    mayConnect(caller, connect);
    const { task, restarted } = await services.templateTasks.press(
      template,
      { target: { device: params.id }, values: body.parameters ?? {} },
      { actor: { user: caller.login, domain: caller.domain }, references: references(caller, services) },
    );
    const run = await runTask(task, { connect, restarted }, request, services);
    return addedTask(task, run, request);
  }),

  implement(api.pressGroupQuickFix, async (request, services) => {
    const { params, body, caller } = request;
    const template = await pressable(params.fix, caller, services);
    await mayTarget({ group: params.id }, caller, services);
    const connect = connectOf(template, body.connect);
    mayConnect(caller, connect);
    const { task } = await services.templateTasks.press(
      template,
      {
        target: { group: params.id },
        values: body.parameters ?? {},
        overrides: {
          ...(body.appliesToSubgroups === undefined ? {} : { appliesToSubgroups: body.appliesToSubgroups }),
          // The devices are called at the pace of a schedule connection (tasks.md §5.3).
          ...(connect === 'none' ? {} : { scheduleConnection: true }),
        },
      },
      { actor: { user: caller.login, domain: caller.domain }, references: references(caller, services) },
    );
    return addedTask(task, null, request);
  }),
];

function json(template: TemplateRecord, caller: Caller, showSecrets: (object: string) => boolean) {
  return templateJson(template, {
    editable: caller.sees(template.domain) && caller.holds('templates.manage'),
    showSecrets: () => showSecrets(template._id),
  });
}

/** What masks stand for in a template that is saved from a task of the same type. */
async function configOfTask(
  id: string,
  type: string,
  caller: Caller,
  services: Services,
): Promise<TaskRecord['config']> {
  caller.need('tasks.view');
  const task = await visibleTask(id, caller, services);
  if (findTaskType(type)?.name !== task.type)
    throw ValidationError.of('/type', `The task is of the type ${task.type}`, 'other-type');
  return task.config;
}

/** Templates of domains above can be used, not changed (administration.md §4). */
async function editableTemplate(id: string, caller: Caller, services: Services): Promise<TemplateRecord> {
  const template = await usableTemplate(id, caller, services);
  if (!caller.sees(template.domain)) throw new ForbiddenError('templates.manage');
  return template;
}

function mayPress({ quickFix }: TemplateRecord, caller: Caller): boolean {
  if (!quickFix) return false;
  const { permission } = quickFix;
  return permission === '' || caller.holds(permission);
}

async function pressable(name: string, caller: Caller, services: Services): Promise<TemplateRecord> {
  const { _id, quickFix } = await services.templates.quickFix(name);
  const template = await usableTemplate(_id, caller, services);
  if (quickFix && !mayPress(template, caller)) throw new ForbiddenError(quickFix.permission);
  return template;
}

/** `never` and `always` are the quick fix's own; `ask` is answered by the caller. */
function connectOf(
  { quickFix }: TemplateRecord,
  asked: 'none' | 'try' | 'require' | undefined,
): 'none' | 'try' | 'require' {
  if (quickFix?.connect === 'never') return 'none';
  return quickFix?.connect === 'always' ? (asked === 'require' ? 'require' : 'try') : (asked ?? 'none');
}

function targetOf(device: string | undefined, group: string | undefined): TemplateTarget {
  if (device !== undefined && group === undefined) return { device };
  if (group !== undefined && device === undefined) return { group };
  throw ValidationError.of('/device', 'A task has one target: a device or a group', 'target');
}

function patchOf(before: TemplateRecord, patch: TemplatePatch): TemplatePatch {
  const config = dataOf(before.type, patch.config);
  const { value, lost } = unmask({ config }, { config: before.config });
  refuseLost(lost);
  return {
    ...patch,
    ...(config === undefined ? {} : { config: value.config as TemplateInput['config'] }),
    ...(patch.parameters === undefined
      ? {}
      : { parameters: keepDefaults(patch.parameters, before.parameters) }),
  };
}

function dataOf(type: string, config: unknown): unknown {
  return config === undefined ? undefined : readConfig(findTaskType(type), config);
}
