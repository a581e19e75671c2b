import { NotFoundError, ValidationError } from '../../common/errors.js';
import type { TemplateInput } from '../../acs/tasks/templates/template-service.js';
import type { TemplateRecord } from '../../store/models/template.js';
import { templateJson } from '../views/template-view.js';
import { unmask } from '../views/secrets.js';
import { refuseLost } from '../routes/task-secrets.js';
import type { Item, Moving, TransferKind } from './transfer-kind.js';

const PAGE = 500;

/** Without their buttons, which are moved as quick fixes. */
export const movedTemplates: TransferKind = {
  key: 'name',

  items: async (moving) => (await allTemplates(moving)).map((template) => templateItem(template, moving)),

  async step(item, moving) {
    const { services, caller } = moving;
    const name = textOf(item, 'name');
    const found = await templateNamed(name, moving);
    const given = { ...item };
    delete given.quickFix;
    const domain = typeof given.domain === 'string' ? given.domain : (found?.domain ?? caller.domain);
    caller.mustSee(domain, 'domain', domain);
    if (found) caller.mustSee(found.domain, 'template', name);
    const { value, lost } = unmask(
      { config: given.config, parameters: given.parameters },
      { config: found?.config, parameters: found?.parameters },
    );
    refuseLost(lost);
    const input = { ...given, ...value, name, domain } as TemplateInput;
    const { type, ...patch } = input;
    return {
      before: found && templateItem(found, moving),
      add: () => services.templates.create(input, caller.login),
      update: () => services.templates.edit(found?._id ?? '', patch, { user: caller.login }),
      check: async () => {
        if (found && found.type !== type)
          throw ValidationError.of('/type', `${name} is a template of ${found.type} here`, 'other-type');
        await services.templates.check(input);
      },
    };
  },
};

/** The buttons; each needs its template. */
export const movedQuickFixes: TransferKind = {
  key: 'name',

  items: async (moving) =>
    (await allTemplates(moving)).flatMap(({ name, quickFix }) =>
      quickFix ? [{ ...quickFix, template: name }] : [],
    ),

  async step(item, moving) {
    const { services, caller } = moving;
    const name = textOf(item, 'name');
    const { template: ofTemplate, ...quickFix } = item;
    const template = await templateNamed(textOf(item, 'template'), moving);
    if (!template)
      throw ValidationError.of(
        '/template',
        `There is no template ${String(ofTemplate)}; import it first`,
        'unknown-template',
      );
    caller.mustSee(template.domain, 'template', template.name);
    const patch = { quickFix: quickFix as TemplateInput['quickFix'] };
    const put = () => services.templates.edit(template._id, patch, { user: caller.login });
    return {
      before: template.quickFix && { ...template.quickFix, template: template.name },
      ...{ add: put, update: put },
      check: async () => {
        const { domain, description, type, config, settings, parameters, testCase } = template;
        const definition = { name: template.name, domain, description, type, config, settings, parameters };
        await services.templates.check({ ...definition, testCase, ...patch });
        const other = await services.templates.quickFix(name).catch(unlessMissing);
        if (other && other._id !== template._id)
          throw ValidationError.of('/name', `${name} is the button of the template ${other.name}`, 'taken');
      },
    };
  },
};

async function allTemplates({ services, caller }: Moving): Promise<TemplateRecord[]> {
  const all: TemplateRecord[] = [];
  let cursor: string | undefined;
  do {
    const page = await services.templates.list({
      ...{ view: caller.domain, limit: PAGE },
      ...(cursor !== undefined && { cursor }),
    });
    all.push(...page.items.filter(({ domain }) => caller.sees(domain)));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return all;
}

function templateItem(template: TemplateRecord, { showSecrets }: Moving): Item {
  const shown = templateJson(template, { editable: true, showSecrets: () => showSecrets(template._id) });
  const { name, domain, description, type, config, settings, parameters, testCase } = shown;
  return { name, domain, description, type, config, settings, parameters, testCase };
}

const templateNamed = (name: string, { services }: Moving): Promise<TemplateRecord | null> =>
  services.templates.named(name).catch(unlessMissing);

function unlessMissing(error: unknown): null {
  if (error instanceof NotFoundError) return null;
  throw error;
}

function textOf(item: Item, field: string): string {
  const value = item[field];
  if (typeof value === 'string' && value !== '') return value;
  throw ValidationError.of(`/${field}`, 'is required, as text', 'required');
}
