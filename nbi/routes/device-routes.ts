import { definedOnly } from '../../common/defined-only.js';
import { ownValues } from '../../acs/devices/groups/setting-view.js';
import { deviceIdentity, splitIdentity } from '../../acs/devices/identity.js';
import type { DeviceInput, DevicePatch } from '../../acs/devices/inventory.js';
import { SECRET_MASK } from '../../acs/devices/secret-paths.js';
import { NotFoundError, ValidationError } from '../../common/errors.js';
import { isLine, LINE_RULE } from '../../common/texts.js';
import type { DeviceRecord } from '../../store/models/device.js';
import type { Caller } from '../access/caller.js';
import {
  createDevice,
  deleteDevice,
  getDevice,
  getDeviceState,
  listDevices,
  patchDevice,
  putDevice,
  searchDevices,
  setBlacklist,
  setCredentials,
  setManagement,
} from '../api/devices.js';
import { EXPORT_PAGE, exportReply, LIST_TYPES, type ExportType } from '../http/export.js';
import { pageReply } from '../http/lists.js';
import { ProblemError } from '../http/problem-error.js';
import { reply, type NbiRequest, type Reply } from '../http/request.js';
import { implement } from '../http/route.js';
import { BASE_PATH } from '../openapi.js';
import { findDevices } from '../search/find-devices.js';
import type { Services } from '../services.js';
import { contactStateJson, deviceJson } from '../views/device-view.js';
import { timeJson } from '../views/json.js';
import { devicesJson, parseFields, type ListedDevice } from './device-fields.js';
import { deviceQuery, type DeviceListQuery } from './device-query.js';
import { visibleDevice, groupInView } from './visible.js';

export const deviceRoutes = [
  implement(listDevices, async (request, services) => {
    const type = request.accepts(...LIST_TYPES);
    if (type !== 'application/json') return await exported(type, request.query, request, services);
    return await listPage(request.query, request, services);
  }),

  implement(searchDevices, async (request, services) => await listPage(request.body, request, services)),

  implement(createDevice, async (request, services) => {
    const { body, caller } = request;
    const device = await create(body, caller, services);
    return reply(201, await one(device, request, services), {
      version: device.version,
      headers: { Location: `${BASE_PATH}/devices/${encodeURIComponent(device._id)}` },
      object: device._id,
      difference: { after: await one(device, { showSecrets: () => false }, services) },
    });
  }),

  implement(getDevice, async (request, services) => {
    const device = await visibleDevice(request.params.id, request.caller, services);
    return reply(200, await one(device, request, services), { version: device.version });
  }),

  implement(putDevice, async (request, services) => {
    const { params, body, caller, ifMatch, raw } = request;
    const { oui, productClass, serialNumber, manufacturer, credentials, ...rest } = body;
    const parts = splitIdentity(params.id);
    if (!parts) throw ValidationError.of('/path/id', 'Is no identity', 'format');
    refuseOtherIdentity(params.id, { ...parts, ...definedOnly({ oui, productClass, serialNumber }) });
    const known = await services.inventory.get(params.id).catch((error: unknown) => {
      if (error instanceof NotFoundError) return null;
      throw error;
    });
    if (!known) {
      ifMatch.mustExist('device', params.id);
      if (!OUI.test(parts.oui)) throw ValidationError.of('/path/id', 'Does not begin with an OUI', 'format');
      if (!isLine(parts.productClass) || !isLine(parts.serialNumber))
        throw ValidationError.of('/path/id', LINE_RULE, 'format');
      const device = await create(
        { ...parts, ...definedOnly({ manufacturer, credentials }), ...rest },
        caller,
        services,
      );
      return changed(201, null, device, request, services);
    }
    caller.mustSee(known.domain, 'device', params.id);
    if (raw.headers['if-none-match']?.trim() === '*')
      throw new ProblemError('stale', `device ${params.id} exists already`);
    caller.need('devices.edit');
    ifMatch.check('device', params.id, known.version);
    const removed = Object.fromEntries([...ownValues(known).keys()].map((name) => [name, null]));
    const replaced = {
      description: '',
      tags: [],
      managed: true,
      blacklisted: false,
      ...definedOnly(rest),
      properties: { ...removed, ...rest.properties },
    };
    const device = await change(known, replaced, request, services);
    if (!credentials) return changed(200, known, device, request, services);
    const withThem = await services.inventory.setCredentials(params.id, definedOnly(credentials), {
      user: caller.login,
    });
    return changed(200, known, withThem, request, services);
  }),

  implement(patchDevice, async (request, services) => {
    const before = await visibleDevice(request.params.id, request.caller, services);
    const { credentials, ...patch } = request.body;
    request.ifMatch.check('device', before._id, before.version);
    let after = await change(before, patch, request, services);
    if (credentials)
      after = await services.inventory.setCredentials(before._id, definedOnly(credentials), {
        user: request.caller.login,
      });
    return changed(200, before, after, request, services);
  }),

  implement(deleteDevice, async (request, services) => {
    const { params, caller, ifMatch } = request;
    const device = await visibleDevice(params.id, caller, services);
    ifMatch.check('device', device._id, device.version);
    await services.inventory.remove(device._id, caller.login);
    const before = await one(device, { showSecrets: () => false }, services);
    return reply(204, undefined, { object: device._id, difference: { before } });
  }),

  implement(getDeviceState, async ({ params, caller }, services) => {
    const device = await visibleDevice(params.id, caller, services);
    const { session, entries } = await services.tasks.queue(device._id);
    const upgrading = await services.inventory.upgrading([device._id]);
    const contact = contactStateJson(device, services.clock.now(), upgrading.has(device._id));
    const pending = entries.filter(({ position, status }) => position !== null && PENDING.has(status));
    return reply(200, {
      contact,
      sessionNow: session && { id: session.id, startedAt: timeJson(session.startedAt) },
      pendingTasks: pending.length,
      expectedVisit: contact.expectedVisit,
    });
  }),

  implement(setManagement, (request, services) =>
    flip({ managed: request.body.managed }, request.body.reason, request, services),
  ),

  implement(setBlacklist, (request, services) =>
    flip({ blacklisted: request.body.blacklisted }, request.body.reason, request, services),
  ),

  implement(setCredentials, async ({ params, body, caller, ifMatch }, services) => {
    const device = await visibleDevice(params.id, caller, services);
    ifMatch.check('device', device._id, device.version);
    await services.inventory.setCredentials(device._id, definedOnly(body), { user: caller.login });
    return reply(204, undefined, { object: device._id, difference: { credentials: Object.keys(body) } });
  }),
];

const OUI = /^[0-9A-F]{6}$/;
const PENDING: ReadonlySet<string> = new Set(['NOT_STARTED', 'IN_PROGRESS']);

type Asking = Pick<NbiRequest, 'caller' | 'ifMatch' | 'showSecrets'>;

async function listPage(query: DeviceListQuery, request: NbiRequest, services: Services): Promise<Reply> {
  const choice = parseFields(query.fields, request.caller);
  const page = await findDevices(await deviceQuery(query, request.caller, services), services);
  return pageReply(
    { ...page, items: await devicesJson(page.items, choice, request, services) },
    (row) => row,
  );
}

const EXPORT_FIELDS =
  'identity,description,wanIp,oui,manufacturer,model,softwareVersion,lastVisit,managed,mac,domain,tags';

/** The whole result as a stream, a page in memory at a time. */
async function exported(
  type: ExportType,
  query: DeviceListQuery,
  request: NbiRequest,
  services: Services,
): Promise<Reply> {
  const { caller, signal } = request;
  const choice = parseFields(query.fields ?? (type === 'text/csv' ? EXPORT_FIELDS : undefined), caller);
  const first = await deviceQuery({ ...query, limit: EXPORT_PAGE, count: undefined }, caller, services);
  const columns = choice ? [...choice.names, ...choice.parameters.map((name) => `parameters.${name}`)] : [];
  return exportReply({
    ...{ type, name: 'devices', columns, signal, caller },
    page: async (after) => {
      const cursor = after ?? first.cursor;
      const page = await findDevices({ ...first, ...(cursor === undefined ? {} : { cursor }) }, services);
      const devices = await devicesJson(page.items, choice, request, services);
      return { rows: type === 'text/csv' ? devices.map(cellsOf) : devices, next: page.next };
    },
  });
}

/** The fields of a device with its chosen parameters beside them. */
function cellsOf({ parameters, ...fields }: ListedDevice): Record<string, unknown> {
  const cells: Record<string, unknown> = { ...fields };
  for (const [name, value] of Object.entries(parameters ?? {})) cells[`parameters.${name}`] = value;
  return cells;
}

async function one(device: DeviceRecord, request: Pick<NbiRequest, 'showSecrets'>, services: Services) {
  const upgrading = await services.inventory.upgrading([device._id]);
  return deviceJson(device, {
    now: services.clock.now(),
    upgrading: upgrading.has(device._id),
    showSecrets: () => request.showSecrets(device._id),
  });
}

async function create(input: NewDevice, caller: Caller, services: Services): Promise<DeviceRecord> {
  const { credentials, ...rest } = input;
  caller.need('devices.create');
  if (input.domain !== undefined) caller.mustSee(input.domain, 'domain', input.domain);
  if (input.blacklisted === true) caller.need('access.blacklist');
  const given = { domain: caller.domain, ...definedOnly(rest) };
  if (rest.groups !== undefined) await mustSeeJoined({ groups: [] }, rest.groups, caller, services);
  return await services.inventory.create(
    credentials ? { ...given, credentials: definedOnly(credentials) } : given,
    caller.login,
  );
}

type Credentials = NonNullable<DeviceInput['credentials']>;
type NewDevice = { [K in keyof Omit<DeviceInput, 'credentials'>]?: DeviceInput[K] | undefined } & {
  credentials?: { [K in keyof Credentials]?: Credentials[K] | undefined } | undefined;
};

/** Each thing that needs a permission of its own may be sent back unchanged by everybody. */
async function change(
  before: DeviceRecord,
  patch: { [K in keyof DevicePatch]?: DevicePatch[K] | undefined },
  { caller, ifMatch }: Asking,
  services: Services,
): Promise<DeviceRecord> {
  const differs = (name: 'domain' | 'blacklisted' | 'groups'): boolean =>
    patch[name] !== undefined && JSON.stringify(patch[name]) !== JSON.stringify(before[name]);
  if (differs('domain')) {
    caller.need('devices.domain');
    if (patch.domain !== undefined) caller.mustSee(patch.domain, 'domain', patch.domain);
  }
  if (differs('groups')) caller.need('devices.groups');
  if (differs('blacklisted')) caller.need('access.blacklist');
  const properties = withoutMasks(patch.properties);
  if (properties && Object.keys(properties).length > 0) caller.need('devices.properties');
  if (Object.keys(properties ?? {}).some((name) => Object.hasOwn(before.secretProperties ?? {}, name)))
    caller.need('devices.secrets');
  if (patch.groups !== undefined) await mustSeeJoined(before, patch.groups, caller, services);
  const version = ifMatch.versions === null ? {} : { version: before.version };
  return await services.inventory.update(before._id, definedOnly({ ...patch, properties }), {
    user: caller.login,
    ...version,
  });
}

/** Whom a caller puts where, they must see; what is unchanged may lie out of view. */
async function mustSeeJoined(
  before: Pick<DeviceRecord, 'groups'>,
  wanted: readonly string[],
  caller: Caller,
  services: Services,
): Promise<void> {
  if (caller.domain === '/') return;
  const joined = wanted.filter((group) => !before.groups.includes(group));
  for (const group of joined) await groupInView(group, caller, services);
}

/** A mask that came back stands for the stored value. */
function withoutMasks(properties: DevicePatch['properties']): DevicePatch['properties'] {
  if (!properties) return undefined;
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== SECRET_MASK));
}

async function flip(
  patch: DevicePatch,
  reason: string | undefined,
  request: Asking & { params: { id: string } },
  services: Services,
): Promise<Reply> {
  const before = await visibleDevice(request.params.id, request.caller, services);
  request.ifMatch.check('device', before._id, before.version);
  const after = await change(before, patch, request, services);
  const answer = await changed(200, before, after, request, services);
  return { ...answer, difference: { ...patch, ...(reason === undefined ? {} : { reason }) } };
}

async function changed(
  status: 200 | 201,
  before: DeviceRecord | null,
  after: DeviceRecord,
  request: Asking,
  services: Services,
): Promise<Reply> {
  const hidden = { showSecrets: () => false };
  return reply(status, await one(after, request, services), {
    version: after.version,
    ...(status === 201
      ? { headers: { Location: `${BASE_PATH}/devices/${encodeURIComponent(after._id)}` } }
      : {}),
    object: after._id,
    difference: {
      before: before && (await one(before, hidden, services)),
      after: await one(after, hidden, services),
    },
  });
}

function refuseOtherIdentity(
  id: string,
  parts: { oui: string; productClass: string; serialNumber: string },
): void {
  if (deviceIdentity(parts) !== id)
    throw ValidationError.of('/serialNumber', 'OUI, product class and serial number must make the identity');
}
