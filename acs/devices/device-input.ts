import { isIP } from 'node:net';
import { DOMAIN_RULE, isDomain } from '../../common/domains.js';
import { ValidationError, type FieldIssue } from '../../common/errors.js';
import type { SealedSecret, SecretBox } from '../../common/secret-box.js';
import { isLine, LINE_RULE } from '../../common/texts.js';
import type { DeviceRecord } from '../../store/models/device.js';
import { addressSortKey } from './addresses.js';
import { DEVICE_GROUPS, newDeviceRecord } from './device-record.js';
import { deviceIdentity, splitIdentity } from './identity.js';
import { storedKey } from './stored-keys.js';

interface ClearCredentials {
  username: string;
  password: string;
}

/** A device as a person enters it: by identity or by its parts. */
export interface DeviceInput {
  id?: string;
  oui?: string;
  productClass?: string;
  serialNumber?: string;
  manufacturer?: string;
  description?: string;
  domain?: string;
  tags?: string[];
  groups?: string[];
  properties?: Record<string, string>;
  managed?: boolean;
  blacklisted?: boolean;
  credentials?: { acs?: ClearCredentials | null; connectionRequest?: ClearCredentials | null };
}

/** What a person may change; never the identity. In `properties` null removes one and unnamed ones stay. */
export interface DevicePatch {
  oui?: string;
  description?: string;
  domain?: string;
  wanIp?: string | null;
  tags?: readonly string[];
  groups?: readonly string[];
  properties?: Readonly<Record<string, string | null>>;
  /** Sealed already; takes the place of a property in clear of the same name. */
  secretProperties?: Readonly<Record<string, SealedSecret>>;
  managed?: boolean;
  blacklisted?: boolean;
}

/** The record of a device that has not called yet. Throws `ValidationError`. */
export function newDeviceOf(input: DeviceInput, user: string, now: Date, secretBox: SecretBox): DeviceRecord {
  const parts = identityOf(input);
  for (const [part, value] of Object.entries(parts))
    if (!isLine(value)) throw ValidationError.of(`/${part}`, LINE_RULE);
  check(input);
  const seal = (given: ClearCredentials | null | undefined): { username: string; password: string } | null =>
    given ? { username: given.username, password: secretBox.seal(given.password) } : null;
  return newDeviceRecord({
    _id: deviceIdentity(parts),
    ...parts,
    createdAt: now,
    manufacturer: input.manufacturer ?? '',
    description: input.description ?? '',
    domain: input.domain ?? '/',
    tags: unique(input.tags ?? []),
    groups: unique([...DEVICE_GROUPS, ...(input.groups ?? [])]),
    properties: input.properties ?? {},
    managed: input.managed ?? true,
    blacklisted: input.blacklisted ?? false,
    credentials: {
      acs: seal(input.credentials?.acs),
      connectionRequest: seal(input.credentials?.connectionRequest),
    },
    editedBy: { user, at: now },
  });
}

/** The writes that a patch needs: only what differs from the record. Throws `ValidationError`. */
export function differences(
  before: DeviceRecord,
  patch: DevicePatch,
): { set: Record<string, unknown>; unset: Record<string, ''>; fields: string[] } {
  check(patch);
  const set: Record<string, unknown> = {};
  const unset: Record<string, ''> = {};
  const fields: string[] = [];
  const { properties, secretProperties, ...plain } = patch;
  for (const field of ['oui', 'description', 'domain', 'wanIp', 'managed', 'blacklisted'] as const) {
    const value = field === 'oui' ? plain.oui?.toUpperCase() : plain[field];
    if (value === undefined || value === before[field]) continue;
    set[field] = value;
    fields.push(field);
  }
  if (Object.hasOwn(set, 'wanIp')) {
    const shown = plain.wanIp ?? before.sourceIp;
    set.addressKey = shown === null ? null : addressSortKey(shown);
  }
  for (const field of ['tags', 'groups'] as const) {
    const value = plain[field];
    if (value === undefined || same(unique(value), before[field])) continue;
    set[field] = unique(value);
    fields.push(field);
  }
  const has = (map: Readonly<Record<string, string>> | undefined, name: string): boolean =>
    map !== undefined && Object.hasOwn(map, name);
  for (const [name, value] of Object.entries(properties ?? {})) {
    const secret = has(before.secretProperties, name);
    const known = has(before.properties, name) ? before.properties[name] : undefined;
    if (value === null ? known === undefined && !secret : value === known) continue;
    if (value === null) unset[`properties.${storedKey(name)}`] = '';
    else set[`properties.${storedKey(name)}`] = value;
    if (secret) unset[`secretProperties.${storedKey(name)}`] = '';
    fields.push(`properties.${name}`);
  }
  for (const [name, sealed] of Object.entries(secretProperties ?? {})) {
    set[`secretProperties.${storedKey(name)}`] = sealed;
    if (has(before.properties, name)) unset[`properties.${storedKey(name)}`] = '';
    fields.push(`properties.${name}`);
  }
  return { set, unset, fields };
}

function identityOf(input: DeviceInput): { oui: string; productClass: string; serialNumber: string } {
  if (input.id !== undefined) {
    const parts = splitIdentity(input.id);
    if (!parts)
      throw ValidationError.of('/id', 'An identity is OUI-ProductClass-SerialNumber, percent-encoded');
    for (const part of ['oui', 'productClass', 'serialNumber'] as const) {
      const given = part === 'oui' ? input.oui?.toUpperCase() : input[part];
      if (given !== undefined && given !== parts[part])
        throw ValidationError.of(`/${part}`, `It differs from the identity, which says ${parts[part]}`);
    }
    return parts;
  }
  const issues: FieldIssue[] = [];
  if (!input.oui)
    issues.push({ pointer: '/oui', code: 'required', message: 'Give the identity, or OUI and serial' });
  if (!input.serialNumber)
    issues.push({
      pointer: '/serialNumber',
      code: 'required',
      message: 'Give the identity, or OUI and serial',
    });
  if (issues.length > 0) throw new ValidationError('The device has no identity', issues);
  const { oui = '', productClass = '', serialNumber = '' } = input;
  return { oui: oui.toUpperCase(), productClass, serialNumber };
}

function check(given: DevicePatch | DeviceInput): void {
  const issues: FieldIssue[] = [];
  const add = (pointer: string, message: string): void =>
    void issues.push({ pointer, code: 'invalid', message });
  if (given.domain !== undefined && !isDomain(given.domain)) add('/domain', DOMAIN_RULE);
  if ('wanIp' in given && typeof given.wanIp === 'string' && isIP(given.wanIp) === 0)
    add('/wanIp', 'It is no IP address');
  for (const field of ['tags', 'groups'] as const)
    given[field]?.forEach((name, index) => {
      if (name.trim() === '') add(`/${field}/${index}`, 'It is empty');
    });
  for (const name of Object.keys(given.properties ?? {}))
    if (name.trim() === '' || name.length > 256)
      add('/properties', 'A property has a name of 1 to 256 characters');
  if (issues.length > 0) throw new ValidationError('The device is not right', issues);
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, index) => name === b[index]);
}
