import type { SecretBox } from '../common/secret-box.js';
import { dataModelView, deviceView } from '../acs/devices/device-view.js';
import type { GroupServices } from '../acs/devices/groups/group-services.js';
import { computedProfileOf, settingView } from '../acs/devices/groups/setting-view.js';
import { SECRET_MASK } from '../acs/devices/secret-paths.js';
import type { ExpressionViews } from '../acs/tasks/expression-conditions.js';

type Groups = Pick<GroupServices, 'cache'>;

/**
 * What expressions of tasks see of a device: secrets as they are, since a task may need them. Dates as text are in the
 * server's zone.
 */
export function expressionViews(groups: Groups, secretBox: Pick<SecretBox, 'open'>): ExpressionViews {
  return viewsWith(groups, (sealed) => secretBox.open(sealed));
}

/** The same for people: sealed values are masked, so that none ever comes near an answer. */
export function maskedExpressionViews(groups: Groups): ExpressionViews {
  return viewsWith(groups, () => SECRET_MASK);
}

function viewsWith(groups: Groups, reveal: (sealed: string) => string): ExpressionViews {
  return {
    device: async (device) => deviceView(device, { tree: (await groups.cache.current()).tree, reveal }),
    sv: async (device) => settingView(device, await groups.cache.current(), reveal),
    svNames: async (device) => [...computedProfileOf(device, await groups.cache.current()).keys()].sort(),
    reveal,
    dataModel: (tree, root) => dataModelView(tree, root),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}
