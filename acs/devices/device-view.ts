import type { DeviceRecord } from '../../store/models/device.js';
import type { DataModelView, DeviceView } from '../expressions/index.js';
import { expectedSeconds } from './contact-state.js';
import { isDeviceType } from './groups/group-name.js';
import type { GroupTree } from './groups/group-tree.js';
import type { ParameterTree } from './parameter-tree.js';
import { isSecretPath, SECRET_MASK } from './secret-paths.js';

export interface DeviceViewOptions {
  tree: GroupTree;
  /** Opens a sealed value; left out = secrets are masked. */
  reveal?: (sealed: string) => string;
}

/**
 * A device as expressions see it (expressions.md §6.1): its record as it is now, own properties only. Secrets are masked
 * unless `reveal` opens them.
 */
export function deviceView(device: DeviceRecord, { tree, reveal }: DeviceViewOptions): DeviceView {
  const { direct, all } = tree.memberships(device.groups);
  const { lastVisit, credentials } = device;
  return {
    id: device._id,
    oui: device.oui,
    productClass: device.productClass,
    serialNumber: device.serialNumber,
    manufacturer: device.manufacturer,
    modelName: device.modelName,
    hardwareVersion: device.hardwareVersion,
    softwareVersion: device.softwareVersion,
    description: device.description,
    domain: device.domain,
    rootObject: device.root === '' ? null : `${device.root}.`,
    currentWanIP: device.wanIp ?? device.sourceIp,
    creationTime: device.createdAt,
    lastVisitTime: lastVisit,
    lastBootstrapTime: device.lastBootstrap,
    expectedSessionTime:
      lastVisit &&
      new Date(
        lastVisit.getTime() + expectedSeconds(device.periodicInformInterval, device.properties) * 1_000,
      ),
    provisioningEnabled: device.managed,
    secure: device.secure ?? false,
    blacklisted: device.blacklisted,
    acsPassword: credentials.acs && (reveal ? reveal(credentials.acs.password) : SECRET_MASK),
    deviceTypeGroup: direct.find(isDeviceType) ?? null,
    groups: all,
    directGroups: direct,
    properties: ownProperties(device, reveal),
  };
}

function ownProperties(device: DeviceRecord, reveal: DeviceViewOptions['reveal']): Map<string, string> {
  const properties = new Map(Object.entries(device.properties));
  for (const [name, sealed] of Object.entries(device.secretProperties ?? {}))
    properties.set(name, reveal ? reveal(sealed) : SECRET_MASK);
  return properties;
}

/** The data model as last seen, for `dm` (expressions.md §6.5). `masked` hides the values of secret parameters. */
export function dataModelView(
  parameters: ParameterTree,
  root: string,
  { masked = false }: { masked?: boolean } = {},
): DataModelView {
  return {
    root: `${root}.`,
    children: (object) => parameters.children(object).map(({ path }) => path),
    value: (parameter) => {
      const value = parameters.value(parameter);
      return masked && value !== null && value !== '' && isSecretPath(parameter) ? SECRET_MASK : value;
    },
  };
}
