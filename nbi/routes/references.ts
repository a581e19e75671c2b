import type { References } from '../../acs/tasks/templates/parameter-values.js';
import { NotFoundError } from '../../common/errors.js';
import type { Caller } from '../access/caller.js';
import type { Services } from '../services.js';

/** What values of template parameters may name: what there is in the caller's view. */
export function references(caller: Caller, services: Services): References {
  const { resources, inventory, tasks } = services;
  const found = async (look: () => Promise<{ domain: string } | null>): Promise<boolean> => {
    const object = await look().catch((error: unknown) => {
      if (error instanceof NotFoundError) return null;
      throw error;
    });
    return object !== null && caller.sees(object.domain);
  };
  return {
    resource: (id, { category, fileType }) =>
      found(async () => {
        const resource = await resources.get(id);
        const fits =
          (category === '' || resource.category === category) &&
          (fileType === '' || resource.fileType === fileType);
        return fits ? resource : null;
      }),
    device: (id) => found(() => inventory.get(id)),
    group: (name) =>
      found(async () => {
        const domain = await tasks.domainOfGroup(name);
        return domain === null ? null : { domain };
      }),
  };
}
