import { z } from 'zod';
import { SERVICE_STATES } from '../../acs/tasks/services/device-services.js';
import { domain, identity, line, page, text, time } from './common.js';
import { task } from './task.js';
import { connect } from './task.js';
import { templateParameter, templateValues } from './template.js';

export const serviceKey = z
  .string()
  .min(1)
  .max(64)
  .meta({ description: 'Key of the service', examples: ['guest-wifi'] });

const template = (what: string) =>
  z.string().meta({ description: `Name of the template that ${what}; empty = none` });

const fields = {
  domain: z.string(),
  caption: z.string(),
  description: z.string(),
  icon: z.string().meta({ description: 'Name in the icon set' }),
  activate: template('is run to switch it on'),
  deactivate: template('is run to switch it off'),
  configure: template('changes it while it is on'),
  status: z.string().meta({
    description:
      'Condition over the device, its profile and its data model that says whether it is active; empty = what the last task left counts',
    examples: ["${dm.`Device.WiFi.SSID.2.Enable`.is('true')}"],
  }),
  homeGroup: z.string().nullable().meta({ description: 'Group that devices join when it is activated' }),
};

export const service = z
  .object({
    key: serviceKey,
    ...fields,
    active: z.number().int().meta({ description: 'Devices in view on which it is active' }),
    editable: z.boolean().meta({ description: 'False for services of a domain above the caller’s' }),
    user: z.string(),
    createdAt: time,
    editedAt: time,
    version: z.number().int(),
  })
  .meta({ id: 'Service' });
export const serviceList = page(service, 'ServiceList');

const inputFields = {
  domain: domain.optional(),
  caption: line(100).min(1),
  description: text(1_000).optional(),
  icon: text(64).optional(),
  activate: text(200).optional(),
  deactivate: text(200).optional(),
  configure: text(200).optional(),
  status: text(4_000).optional(),
  homeGroup: text(512).min(1).nullable().optional(),
};

export const serviceInput = z.strictObject({ key: serviceKey, ...inputFields }).meta({ id: 'ServiceInput' });
export const servicePatch = z
  .strictObject({ ...inputFields, caption: inputFields.caption.optional() })
  .meta({ id: 'ServicePatch' });

export const deviceService = z
  .object({
    key: serviceKey,
    caption: z.string(),
    description: z.string(),
    icon: z.string(),
    available: z.boolean().meta({ description: 'The profile of the device offers it' }),
    state: z.enum(SERVICE_STATES),
    summary: z.string().meta({ description: 'What the last task said' }),
    activatedAt: time.nullable().meta({ description: 'When it was activated the last time' }),
    changedAt: time.nullable(),
    task: z.string().nullable().meta({ description: 'The task that is to change it' }),
    configurable: z.boolean(),
    activation: z.array(templateParameter).meta({ description: 'What activating it asks for' }),
    configuration: z.array(templateParameter).meta({ description: 'What configuring it asks for' }),
  })
  .meta({ id: 'DeviceService' });
export const deviceServiceList = page(deviceService, 'DeviceServiceList');

export const serviceOrder = z
  .strictObject({ parameters: templateValues.optional(), connect: connect.optional() })
  .meta({ id: 'ServiceOrder' });

export const serviceMigration = z
  .strictObject({
    to: identity.meta({ description: 'The device that takes the service over, with the same values' }),
    connect: z.enum(['none', 'try']).optional(),
  })
  .meta({ id: 'ServiceMigration' });
export const serviceMigrated = z
  .object({
    activation: task.meta({ description: 'On the other device' }),
    deactivation: task.meta({ description: 'On this one' }),
  })
  .meta({ id: 'ServiceMigrated' });

export const groupService = z
  .object({
    key: serviceKey,
    caption: z.string(),
    description: z.string(),
    icon: z.string(),
    homeGroup: z.string().nullable(),
    offered: z.boolean().meta({ description: 'To the direct members that have nothing of their own' }),
    own: z.boolean().nullable().meta({ description: 'What the group itself sets; null = nothing' }),
    from: z
      .string()
      .nullable()
      .meta({ description: 'The group whose value holds; null = this one, or none sets it' }),
    active: z
      .number()
      .int()
      .nullable()
      .meta({ description: 'Members, subgroups included, with it; null = not counted' }),
  })
  .meta({ id: 'GroupService' });
export const groupServiceList = page(groupService, 'GroupServiceList');

export const groupServiceInput = z
  .strictObject({
    offered: z.boolean().nullable().meta({ description: 'Null = what the groups above say holds' }),
  })
  .meta({ id: 'GroupServiceInput' });
