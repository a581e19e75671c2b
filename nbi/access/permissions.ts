/**
 * Whether one of the held keys gives the wanted one: the key itself, or a node above it (administration.md §3: holding a
 * node gives its leaves).
 */
export function grants(held: readonly string[], wanted: string): boolean {
  return held.some((key) => key === wanted || wanted.startsWith(`${key}.`));
}

/** The functional permissions of administration.md §3 that this installation knows, for scopes and user forms. */
export const PERMISSIONS = [
  'access.blacklist',
  'admin.tokens',
  'admin.users',
  'audit.read',
  'device.backup',
  'device.connect',
  'device.firmware',
  'device.tree',
  'devices.count',
  'devices.create',
  'devices.delete',
  'devices.domain',
  'devices.edit',
  'devices.export',
  'devices.groups',
  'devices.properties',
  'devices.read',
  'me.profile',
  'me.tokens',
  'resources.config',
  'resources.manage',
  'secrets.view',
  'system.noc',
  'tasks.add',
  'tasks.copy',
  'tasks.delete',
  'tasks.edit',
  'tasks.priority',
  'tasks.rerun',
  'tasks.rrob',
  'tasks.target.device',
  'tasks.view',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** Whether an object of this domain can be seen from a user's: the same, or below it (administration.md §4). */
export function sees(viewer: string, domain: string): boolean {
  return domain === viewer || domain.startsWith(viewer);
}
