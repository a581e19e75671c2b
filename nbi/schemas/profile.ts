import { z } from 'zod';
import { LOCK_REACHES } from '../../store/models/profile.js';
import { PROPERTY_TYPES } from '../../store/models/property-descriptor.js';
import { text, time } from './common.js';

export const propertyName = z
  .string()
  .min(1)
  .max(200)
  .meta({ examples: ['periodicInformInterval'] });

const lock = z.enum(LOCK_REACHES).nullable().meta({
  description: 'Overrides what groups below set, or also what devices set themselves; null = not locked',
});

const shown = z.string().meta({ description: 'Secrets are masked unless the caller has `secrets.view`' });

export const groupSetting = z
  .object({
    name: z.string(),
    value: shown,
    secret: z.boolean(),
    lock,
    editedAt: time,
    editedBy: z.string(),
  })
  .meta({ id: 'GroupSetting' });

export const profile = z
  .object({
    group: z.string(),
    items: z.array(groupSetting),
    version: z.number().int(),
  })
  .meta({ id: 'Profile' });

const settingInput = z
  .strictObject({
    value: text(16_384).optional().meta({ description: 'A mask that comes back keeps what is stored' }),
    secret: z.boolean().optional(),
    lock: lock.optional(),
  })
  .meta({ id: 'GroupSettingInput' });

const EXAMPLE = { periodicInformInterval: { value: '3600', lock: 'groups' }, site: null };

export const profilePatch = z
  .record(propertyName, settingInput.nullable())
  .meta({ id: 'ProfilePatch', description: 'By name; null removes one, others stay', examples: [EXAMPLE] });

export const profileReplace = z
  .record(propertyName, settingInput)
  .meta({ id: 'ProfileReplace', description: 'By name; what is left out is removed' });

export const profileCopy = z
  .strictObject({ from: z.string().min(1).max(512), names: z.array(propertyName).min(1).max(2_000) })
  .meta({ id: 'ProfileCopy' });

export const profileImpact = z
  .object({
    members: z.number().int(),
    examined: z.number().int().meta({ description: 'Fewer than members when ten seconds were over' }),
    devices: z.number().int().meta({ description: 'Devices with another effective value' }),
    names: z.array(z.object({ name: z.string(), devices: z.number().int() })),
  })
  .meta({ id: 'ProfileImpact' });

const source = z.object({
  kind: z.enum(['device', 'group', 'default']),
  group: z.string().nullable(),
});

const sourced = { value: shown, secret: z.boolean(), source, lock };

export const effectiveProfile = z
  .object({
    items: z.array(
      z.object({
        name: z.string(),
        ...sourced,
        tie: z
          .boolean()
          .meta({ description: 'Only the alphabet decided between two groups: set a priority' }),
        losers: z.array(z.object(sourced)).meta({ description: 'The strongest first' }),
      }),
    ),
  })
  .meta({ id: 'EffectiveProfile' });

export const deviceProperty = z
  .object({ name: z.string(), value: shown, secret: z.boolean() })
  .meta({ id: 'DeviceProperty' });
export const deviceProperties = z
  .object({ items: z.array(deviceProperty), version: z.number().int() })
  .meta({ id: 'DeviceProperties' });

export const propertyInput = z
  .strictObject({
    value: text(16_384),
    secret: z.boolean().optional().meta({ description: 'Left out = as it is, or as its descriptor says' }),
  })
  .meta({ id: 'DevicePropertyInput' });

export const propertiesPatch = z.record(propertyName, propertyInput.nullable()).meta({
  id: 'DevicePropertiesPatch',
  description: 'By name; null removes one, others stay',
  examples: [{ customer: { value: 'A-1001' } }],
});

export const propertiesReplace = z
  .record(propertyName, propertyInput)
  .meta({ id: 'DevicePropertiesReplace', description: 'By name; what is left out is removed' });

const propertyType = z.enum(PROPERTY_TYPES);

const described = {
  category: text(100),
  type: propertyType,
  description: text(1_000),
  default: text(16_384).nullable(),
  allowed: z.array(text(1_000)).max(1_000),
  secret: z.boolean(),
  usedBy: text(500),
};

export const propertyDescriptor = z
  .object({
    name: z.string().meta({ description: 'A `*` at the end stands for any ending' }),
    ...described,
    predefined: z.boolean().meta({ description: 'As the ACS ships it' }),
    version: z.number().int(),
  })
  .meta({ id: 'PropertyDescriptor' });
export const propertyDescriptorList = z
  .object({ items: z.array(propertyDescriptor) })
  .meta({ id: 'PropertyDescriptorList' });

export const propertyDescriptorInput = z
  .strictObject(described)
  .partial()
  .meta({ id: 'PropertyDescriptorInput' });
