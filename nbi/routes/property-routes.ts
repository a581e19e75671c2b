import type { PropertyInput } from '../../acs/devices/inventory.js';
import { ownValues } from '../../acs/devices/groups/setting-view.js';
import { SECRET_MASK } from '../../acs/devices/secret-paths.js';
import { NotFoundError, ValidationError } from '../../common/errors.js';
import type { DeviceRecord } from '../../store/models/device.js';
import {
  deleteProperty,
  getProperty,
  listProperties,
  patchProperties,
  putProperties,
  putProperty,
} from '../api/profiles.js';
import { reply, type NbiRequest, type Reply } from '../http/request.js';
import { implement } from '../http/route.js';
import type { Services } from '../services.js';
import { fits, shownValue, type SecretView } from '../views/profile-view.js';
import { visibleDevice } from './visible.js';

export const propertyRoutes = [
  implement(listProperties, async (request, services) => {
    const device = await visibleDevice(request.params.id, request.caller, services);
    const view = secretView(device, request, services);
    return reply(200, propertiesJson(device, view, request.query.q), { version: device.version });
  }),

  implement(putProperties, async (request, services) => {
    const before = await visibleDevice(request.params.id, request.caller, services);
    const removed = Object.fromEntries([...ownValues(before).keys()].map((name) => [name, null]));
    return await changed(before, { ...removed, ...request.body }, request, services);
  }),

  implement(patchProperties, async (request, services) => {
    const before = await visibleDevice(request.params.id, request.caller, services);
    return await changed(before, request.body, request, services);
  }),

  implement(getProperty, async (request, services) => {
    const device = await visibleDevice(request.params.id, request.caller, services);
    const view = secretView(device, request, services);
    return reply(200, propertyJson(device, request.params.property, view), { version: device.version });
  }),

  implement(putProperty, async (request, services) => {
    const before = await visibleDevice(request.params.id, request.caller, services);
    const { property } = request.params;
    const answer = await changed(before, { [property]: request.body }, request, services);
    const after = await services.inventory.get(before._id);
    const view = secretView(after, request, services);
    return { ...answer, body: propertyJson(after, property, view) };
  }),

  implement(deleteProperty, async (request, services) => {
    const before = await visibleDevice(request.params.id, request.caller, services);
    const { property } = request.params;
    if (!ownValues(before).has(property)) throw new NotFoundError('property', property);
    const answer = await changed(before, { [property]: null }, request, services);
    return reply(204, undefined, {
      object: before._id,
      ...(answer.difference && { difference: answer.difference }),
    });
  }),
];

type Asking = Pick<NbiRequest, 'caller' | 'ifMatch' | 'showSecrets'>;
type Given = Readonly<Record<string, { value: string; secret?: boolean | undefined } | null>>;

async function changed(
  before: DeviceRecord,
  given: Given,
  request: Asking,
  services: Services,
): Promise<Reply> {
  const { caller, ifMatch } = request;
  ifMatch.check('device', before._id, before.version);
  const patch = await inputs(before, given, request, services);
  const edit = { user: caller.login, ...(ifMatch.versions !== null && { version: before.version }) };
  const after = await services.inventory.setProperties(before._id, patch, edit).catch(atTheirNames);
  const hidden: SecretView = { open: () => SECRET_MASK, showSecrets: () => false };
  const only = (device: DeviceRecord) =>
    propertiesJson(device, hidden).items.filter(({ name }) => patch.has(name));
  return reply(200, propertiesJson(after, secretView(after, request, services)), {
    version: after.version,
    object: after._id,
    difference: { before: only(before), after: only(after) },
  });
}

/** A mask that came back stands for what is stored; what is or becomes a secret needs a permission of its own. */
async function inputs(
  before: DeviceRecord,
  given: Given,
  { caller }: Asking,
  services: Services,
): Promise<Map<string, PropertyInput>> {
  const { descriptors } = await services.groups.cache.current();
  const own = ownValues(before);
  const patch = new Map<string, PropertyInput>();
  for (const [name, input] of Object.entries(given)) {
    const present = own.get(name);
    if (input?.value === SECRET_MASK && present) continue;
    if (input?.value === SECRET_MASK)
      throw ValidationError.of(pointer(name), 'Is a mask, for which no value is stored', 'masked');
    const secret = input?.secret ?? present?.secret ?? descriptors.of(name)?.secret ?? false;
    if (secret || present?.secret) caller.need('devices.secrets');
    patch.set(name, input === null ? null : { value: input.value, secret });
  }
  return patch;
}

function atTheirNames(error: unknown): never {
  if (!(error instanceof ValidationError)) throw error;
  throw new ValidationError(
    error.message,
    error.issues.map((issue) => ({ ...issue, pointer: issue.pointer.replace(/^\/properties/, '') })),
  );
}

function pointer(name: string): string {
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function propertiesJson(device: DeviceRecord, view: SecretView, q?: string) {
  const items = [...ownValues(device)]
    .filter(([name, own]) => fits(name, own, q))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, own]) => ({ name, value: shownValue(name, own, view), secret: own.secret }));
  return { items, version: device.version };
}

function propertyJson(device: DeviceRecord, name: string, view: SecretView) {
  const own = ownValues(device).get(name);
  if (!own) throw new NotFoundError('property', name);
  return { name, value: shownValue(name, own, view), secret: own.secret };
}

function secretView(
  device: DeviceRecord,
  request: Pick<NbiRequest, 'showSecrets'>,
  { secretBox }: Services,
): SecretView {
  return { open: (sealed) => secretBox.open(sealed), showSecrets: () => request.showSecrets(device._id) };
}
