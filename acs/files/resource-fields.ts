import { z } from 'zod';
import { DOMAIN, DOMAIN_RULE, MAX_DOMAIN } from '../../common/domains.js';
import { ValidationError, type FieldIssue } from '../../common/errors.js';
import { isLine, isXmlText, LINE_RULE, XML_TEXT_RULE } from '../../common/texts.js';
import { RESOURCE_CATEGORIES } from '../../store/models/resource.js';

const line = (least: number, most: number): z.ZodString =>
  z.string().min(least).max(most).refine(isLine, LINE_RULE);

/** As the CPE shall see it: a plain name, since it ends the URL and becomes TargetFileName (TR-069 A6 §A.4.1.5). */
const fileName = line(1, 128)
  .refine((text) => !/[/\\]/.test(text), 'must be a name without a path')
  .refine((text) => text !== '.' && text !== '..', 'must be the name of a file');

/**
 * `1 Firmware Upgrade Image`, `3 Vendor Configuration File 2`, `X 00507F anything`, or empty. The list is open on
 * purpose: later amendments and vendors add to it (TR-069 A6 table 30).
 */
const fileType = z
  .string()
  .max(64)
  .regex(/^(?:|[1-9]\d? [ -~]+|X [ -~]+)$/, 'must be a TR-069 file type such as "1 Firmware Upgrade Image"');

/** A place in the tree of domains: `/`, `/operator/`, `/operator/north/`. */
const domain = z.string().max(MAX_DOMAIN).regex(DOMAIN, DOMAIN_RULE);

const editable = {
  name: line(1, 200),
  fileName,
  fileType,
  category: z.enum(RESOURCE_CATEGORIES),
  version: line(0, 64),
  models: z.array(line(1, 64)).max(200),
  description: z.string().max(4_000).refine(isXmlText, XML_TEXT_RULE),
};

/** What describes a new resource. The NBI's schema of the upload form has the same limits. */
export const newResourceSchema = z.strictObject({
  ...editable,
  fileType: editable.fileType.default(''),
  version: editable.version.default(''),
  models: editable.models.default([]),
  description: editable.description.default(''),
  domain: domain.default('/'),
  contentType: z
    .string()
    .max(128)
    .regex(/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:;.*)?$/, 'must be a media type')
    .default('application/octet-stream'),
  user: z.string().max(256).default(''),
  /** For files of CPEs: where it came from. */
  device: z.string().max(512).nullable().default(null),
  task: z.string().max(600).nullable().default(null),
  execution: z.string().max(64).nullable().default(null),
});

/** What may be changed of a resource; its bytes never change. */
export const resourcePatchSchema = z.strictObject(editable).partial();

export type NewResource = z.input<typeof newResourceSchema>;
export type ResourcePatch = z.infer<typeof resourcePatchSchema>;

/** Checks against a schema; throws `ValidationError` with a JSON pointer for every wrong field. */
export function checked<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issues: FieldIssue[] = result.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          pointer: pointer([...issue.path, key]),
          code: 'unknown',
          message: 'is not a field',
        }))
      : [{ pointer: pointer(issue.path), code: issue.code, message: issue.message }],
  );
  throw new ValidationError('The resource is not valid', issues);
}

function pointer(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
