import { resolvePath } from '../../acs/devices/meanings.js';
import { SECRET_MASK } from '../../acs/devices/secret-paths.js';
import { ValidationError } from '../../common/errors.js';
import type { DeviceRecord } from '../../store/models/device.js';
import { device as deviceSchema } from '../schemas/device.js';
import type { Caller } from '../access/caller.js';
import type { Services } from '../services.js';
import { deviceJson, pickFields, type DeviceJson } from '../views/device-view.js';
import { isSecretName } from '../../acs/devices/secret-names.js';
import type { NbiRequest } from '../http/request.js';

/** The chosen fields of devices in lists; null = all of them. */
export interface FieldChoice {
  names: readonly string[];
  parameters: readonly string[];
}

const KNOWN: ReadonlySet<string> = new Set(Object.keys(deviceSchema.shape));
const PREFIX = 'parameters.';

/** Reads `fields=identity,parameters.Device.DeviceInfo.UpTime`. Throws `ForbiddenError` for parameters that the caller may not read. */
export function parseFields(fields: string | undefined, caller: Caller): FieldChoice | null {
  if (fields === undefined || fields.trim() === '') return null;
  const all = fields.split(',').map((field) => field.trim());
  const parameters = all
    .filter((field) => field.startsWith(PREFIX))
    .map((field) => field.slice(PREFIX.length));
  if (parameters.length > 0) caller.need('device.tree');
  const names = all.filter((field) => !field.startsWith(PREFIX));
  const unknown = names.filter((name) => !KNOWN.has(name));
  if (unknown.length > 0)
    throw ValidationError.of('/fields', `Devices have no ${unknown.join(', ')}`, 'unknown-field');
  return { names, parameters };
}

export type ListedDevice = Partial<DeviceJson> & { parameters?: Record<string, string | null> };

/** Devices of a page as JSON, with one question for all whether they are upgrading. */
export async function devicesJson(
  devices: readonly DeviceRecord[],
  choice: FieldChoice | null,
  request: Pick<NbiRequest, 'showSecrets'>,
  services: Services,
): Promise<ListedDevice[]> {
  const now = services.clock.now();
  const upgrading = await services.inventory.upgrading(devices.map(({ _id }) => _id));
  const listed: ListedDevice[] = [];
  for (const device of devices) {
    const showSecrets = () => request.showSecrets(device._id);
    const json = deviceJson(device, { now, upgrading: upgrading.has(device._id), showSecrets });
    const picked: ListedDevice = choice ? pickFields(json, choice.names) : json;
    if (choice && choice.parameters.length > 0)
      picked.parameters = await parametersOf(device, choice.parameters, showSecrets, services);
    listed.push(picked);
  }
  return listed;
}

async function parametersOf(
  device: DeviceRecord,
  names: readonly string[],
  showSecrets: () => boolean,
  { trees }: Services,
): Promise<Record<string, string | null>> {
  const tree = await trees.load(device);
  return Object.fromEntries(
    names.map((name) => {
      const path = resolvePath(name, device.root, tree);
      const value = tree.value(path);
      const hidden =
        value !== null && value !== '' && (isSecretName(name) || isSecretName(path)) && !showSecrets();
      return [name, hidden ? SECRET_MASK : value];
    }),
  );
}
