import { z } from 'zod';
import { RESOURCE_CATEGORIES } from '../../store/models/resource.js';
import { domain, line, page, text, time } from './common.js';

export const resourceCategory = z.enum(RESOURCE_CATEGORIES).meta({ id: 'ResourceCategory' });

export const resource = z
  .object({
    id: z.string(),
    name: z.string(),
    fileName: z.string().meta({ description: 'As the CPE shall see it' }),
    fileType: z.string().meta({ examples: ['1 Firmware Upgrade Image'] }),
    category: resourceCategory,
    version: z.string(),
    models: z.array(z.string()),
    description: z.string(),
    domain: z.string(),
    size: z.number().int(),
    sha256: z.string(),
    contentType: z.string(),
    device: z.string().nullable(),
    task: z.string().nullable(),
    user: z.string(),
    createdAt: time,
    revision: z.number().int(),
  })
  .meta({ id: 'Resource' });
export const resourceList = page(resource, 'ResourceList');

const writable = {
  name: line(200).min(1),
  fileName: line(128).min(1),
  fileType: text(64),
  category: resourceCategory,
  version: line(64),
  models: z.array(line(64).min(1)).max(200),
  description: text(4_000),
  domain,
};

export const resourcePatch = z
  .strictObject(writable)
  .omit({ domain: true })
  .partial()
  .meta({ id: 'ResourcePatch' });

/** The text fields of an upload, in the multipart form; `models` may be repeated or comma-separated. */
export const resourceUpload = z
  .strictObject({
    ...z.strictObject(writable).partial().shape,
    category: resourceCategory,
    device: text(300).min(1).optional(),
    contentType: text(200).optional(),
  })
  .meta({ id: 'ResourceUpload' });
