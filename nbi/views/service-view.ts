import type { ServiceOnDevice } from '../../acs/tasks/services/device-services.js';
import type { ServiceRecord } from '../../store/models/service.js';
import type { TemplateParameter } from '../../store/models/template.js';
import { timeJson } from './json.js';

export function serviceJson(
  service: ServiceRecord,
  { active, editable }: { active: number; editable: boolean },
) {
  const { _id, createdAt, editedAt, domain, caption, description, icon, user, version } = service;
  const { activate, deactivate, configure, status, homeGroup } = service;
  return {
    key: _id,
    ...{ domain, caption, description, icon, activate, deactivate, configure, status, homeGroup },
    ...{ active, editable, user, version },
    createdAt: createdAt.toISOString(),
    editedAt: editedAt.toISOString(),
  };
}

/** What the templates of a service ask for. */
export interface ServiceForms {
  activation: readonly TemplateParameter[];
  configuration: readonly TemplateParameter[];
}

export function deviceServiceJson(has: ServiceOnDevice, { activation, configuration }: ServiceForms) {
  const { service, available, state, summary, task } = has;
  const { _id, caption, description, icon, configure } = service;
  return {
    key: _id,
    ...{ caption, description, icon, available, state, summary, task },
    activatedAt: timeJson(has.activatedAt),
    changedAt: timeJson(has.changedAt),
    configurable: configure !== '',
    ...{ activation, configuration },
  };
}
