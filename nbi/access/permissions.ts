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
  'admin.transfer.quick-fixes',
  'admin.transfer.schedules',
  'admin.transfer.templates',
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
  'devices.secrets',
  'groups.lock',
  'groups.manage',
  'groups.migrations',
  'groups.profiles',
  'groups.view',
  'me.profile',
  'me.tokens',
  'quickfix.run',
  'resources.config',
  'resources.manage',
  'schedules.manage',
  'secrets.view',
  'system.noc',
  'tasks.add',
  'tasks.advance',
  'tasks.bloodline',
  'tasks.copy',
  'tasks.delete',
  'tasks.edit',
  'tasks.pauseDevice',
  'tasks.pauseGroup',
  'tasks.priority',
  'tasks.rerun',
  'tasks.rollout',
  'tasks.rrob',
  'tasks.target.device',
  'tasks.target.group',
  'tasks.view',
  'templates.manage',
] as const;
export type Permission = (typeof PERMISSIONS)[number];
