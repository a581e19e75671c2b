import type { ServiceInput, ServicePatch } from '../../acs/tasks/services/service-definitions.js';
import { NotFoundError, ValidationError } from '../../common/errors.js';
import type { ServiceRecord } from '../../store/models/service.js';
import type { Item, TransferKind } from './transfer-kind.js';

/** By their keys; the templates that they name come first. */
export const movedServices: TransferKind = {
  key: 'key',

  items: async ({ services, caller }) =>
    (await services.catalogue.definitions.list(caller.domain))
      .filter(({ domain }) => caller.sees(domain))
      .map(serviceItem),

  async step(item, { services, caller }) {
    const { definitions } = services.catalogue;
    const { key, ...fields } = item;
    if (typeof key !== 'string') throw ValidationError.of('/key', 'is required, as text', 'required');
    const found = await definitions.get(key).catch((error: unknown) => {
      if (error instanceof NotFoundError) return null;
      throw error;
    });
    const domain = typeof fields.domain === 'string' ? fields.domain : (found?.domain ?? caller.domain);
    caller.mustSee(domain, 'domain', domain);
    if (found) caller.mustSee(found.domain, 'service', key);
    const before = found && serviceItem(found);
    const patch = { ...before, ...fields, domain, key: undefined } as unknown as ServicePatch;
    const input = { ...patch, key } as ServiceInput;
    return {
      before,
      add: () => definitions.create(input, caller.login),
      update: () => definitions.edit(key, patch),
      check: () => definitions.check(input),
    };
  },
};

function serviceItem(service: ServiceRecord): Item {
  const { _id, domain, caption, description, icon, activate, deactivate, configure, status, homeGroup } =
    service;
  return {
    key: _id,
    ...{ domain, caption, description, icon, activate, deactivate, configure, status, homeGroup },
  };
}
