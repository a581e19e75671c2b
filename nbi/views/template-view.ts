import { writeConfig } from '../../acs/tasks/config-schema.js';
import { findTaskType } from '../../acs/tasks/type-registry.js';
import { SECRET_MASK } from '../../acs/devices/secret-paths.js';
import type { TemplateParameter, TemplateRecord } from '../../store/models/template.js';
import { maskConfig } from './secrets.js';

export function templateJson(
  template: TemplateRecord,
  { editable, showSecrets }: { editable: boolean; showSecrets: () => boolean },
) {
  const config = maskConfig(template.config, showSecrets);
  const { name, domain, description, type, quickFix, testCase, user, version } = template;
  return {
    id: template._id,
    name,
    domain,
    description,
    type,
    config,
    configXml: writeConfig(findTaskType(type), config),
    settings: template.settings,
    parameters: template.parameters.map((parameter) => parameterJson(parameter, showSecrets)),
    quickFix,
    testCase,
    editable,
    user,
    createdAt: template.createdAt.toISOString(),
    editedAt: template.editedAt.toISOString(),
    version,
  };
}

/** What a button needs; nothing of what it does inside. */
export function quickFixJson(template: TemplateRecord) {
  const { type, description, parameters, quickFix } = template;
  const {
    name = '',
    confirm = false,
    connect = 'ask' as const,
    icon = '',
    preferRestart = false,
  } = quickFix ?? {};
  return {
    name,
    template: template._id,
    type,
    description,
    confirm,
    connect,
    icon,
    preferRestart,
    parameters: parameters.map((parameter) => parameterJson(parameter, () => false)),
  };
}

/** The default of a secret is one itself. */
export function parameterJson(parameter: TemplateParameter, showSecrets: () => boolean): TemplateParameter {
  const hidden = parameter.type === 'secret' && parameter.default !== '' && !showSecrets();
  return hidden ? { ...parameter, default: SECRET_MASK } : parameter;
}

/** Masked defaults that came back stand for the stored ones. */
export function keepDefaults<T extends Pick<TemplateParameter, 'name'> & { default?: string | undefined }>(
  given: readonly T[],
  stored: readonly TemplateParameter[],
): T[] {
  return given.map((parameter) => {
    if (parameter.default !== SECRET_MASK) return parameter;
    return { ...parameter, default: stored.find(({ name }) => name === parameter.name)?.default ?? '' };
  });
}
