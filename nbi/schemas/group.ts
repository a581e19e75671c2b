import { z } from 'zod';
import { GROUP_KINDS } from '../../store/models/group.js';
import { domain, flag, identity, page, text, time } from './common.js';

export const groupName = z
  .string()
  .min(1)
  .max(512)
  .meta({
    description: 'Full name; dots make levels',
    examples: ['root.region.north'],
  });

export const groupKind = z.enum(GROUP_KINDS).meta({ id: 'GroupKind' });

export const group = z
  .object({
    id: z.string(),
    name: z.string().meta({ examples: ['root.region.north'] }),
    parent: z.string().nullable(),
    segment: z.string().meta({ description: 'The last part of the name' }),
    kind: groupKind,
    domain: z.string(),
    priority: z.number().int().nullable().meta({ description: 'Higher wins; null = inherited' }),
    effectivePriority: z.number().int(),
    description: z.string(),
    createdAt: time,
    createdBy: z.string(),
    rule: z.string().nullable().meta({ description: 'The migration rule that made it' }),
    subgroups: z.number().int().meta({ description: 'Directly below' }),
    rules: z.number().int(),
    settings: z.number().int(),
    version: z.number().int(),
  })
  .meta({ id: 'Group' });
export const groupList = page(group, 'GroupList');

const priority = z.number().int().min(-1_000_000).max(1_000_000).nullable();

const writable = { domain, description: text(1_000), priority };

export const groupInput = z
  .strictObject({
    name: groupName,
    ...z.strictObject(writable).partial().shape,
  })
  .meta({ id: 'GroupInput' });

export const groupReplace = z
  .strictObject(writable)
  .partial()
  .meta({ id: 'GroupReplace', description: 'What is left out takes its default; the domain stays' });

export const groupPatch = z.strictObject(writable).partial().meta({ id: 'GroupPatch' });

export const groupStatistics = z
  .object({
    direct: z.number().int(),
    total: z.number().int().meta({ description: 'With the members of all subgroups' }),
    countedAt: time,
  })
  .meta({ id: 'GroupStatistics' });

const members = {
  devices: z.array(identity).min(1).max(1_000).optional(),
  search: z
    .strictObject({
      q: z.string().max(200).optional(),
      filter: z.string().max(100_000).optional(),
    })
    .optional()
    .meta({ description: 'All devices in view that match, whatever the page; `{}` = all' }),
};

export const membersInput = z
  .strictObject(members)
  .refine((body) => (body.devices === undefined) !== (body.search === undefined), {
    message: 'Give either devices or search',
  })
  .meta({ id: 'GroupMembersInput' });

export const membersRemoval = z
  .strictObject({ ...members, subgroups: z.boolean().optional() })
  .refine((body) => (body.devices === undefined) !== (body.search === undefined), {
    message: 'Give either devices or search',
  })
  .meta({ id: 'GroupMembersRemoval' });

export const membersChanged = z
  .object({
    changed: z.number().int().meta({ description: 'Devices whose membership changed' }),
    missing: z.array(z.string()).meta({ description: 'Given identities that are not in view' }),
  })
  .meta({ id: 'GroupMembersChanged' });

export const withSubgroups = flag.optional().meta({ description: 'Also what lies below; default false' });

export const deviceGroup = z
  .object({
    name: z.string(),
    direct: z.boolean(),
    kind: groupKind.nullable(),
    description: z.string(),
    effectivePriority: z.number().int(),
    joined: z
      .object({
        at: time,
        actor: z.string().meta({ description: '`user`, `rule`, `task`, `device-type` or `system`' }),
        by: z.string(),
      })
      .nullable()
      .meta({ description: 'How it joined, as far as it is known' }),
  })
  .meta({ id: 'DeviceGroup' });

export const deviceGroups = z.object({ items: z.array(deviceGroup) }).meta({ id: 'DeviceGroups' });

export const activity = z
  .object({
    id: z.string(),
    at: time,
    device: z.string(),
    kind: z.string().meta({ examples: ['group.joined'] }),
    object: z.string(),
    actor: z.string(),
    by: z.string(),
  })
  .meta({ id: 'Activity' });
export const activityList = page(activity, 'ActivityList');
