import { parseRange } from '../../acs/files/byte-spans.js';
import { ValidationError } from '../../common/errors.js';
import type { ResourceRecord } from '../../store/models/resource.js';
import type { Caller } from '../access/caller.js';
import {
  createResource,
  deleteResource,
  getResource,
  getResourceContent,
  listResources,
  patchResource,
} from '../api/resources.js';
import { DEFAULT_LIMIT, pageReply } from '../http/lists.js';
import { readUpload, type Upload } from '../http/multipart.js';
import { ProblemError } from '../http/problem-error.js';
import { reply } from '../http/request.js';
import { implement } from '../http/route.js';
import { validate } from '../http/validation.js';
import { BASE_PATH } from '../openapi.js';
import { resourceUpload } from '../schemas/resource.js';
import type { Services } from '../services.js';
import { resourceJson } from '../views/resource-view.js';
import { attachment } from './parameter-routes.js';
import { visibleDevice } from './visible.js';

export const resourceRoutes = [
  implement(listResources, async ({ query, caller }, services) => {
    const { limit, cursor, count, category, device, model, q } = query;
    const page = await services.resources.list({
      limit: limit ?? DEFAULT_LIMIT,
      ...(cursor === undefined ? {} : { cursor }),
      ...(category === undefined ? {} : { category }),
      ...(device === undefined ? {} : { device }),
      ...(model === undefined ? {} : { model }),
      ...(q === undefined ? {} : { q }),
      domain: caller.domain,
      ...(count === undefined ? {} : { count }),
    });
    return pageReply(page, resourceJson);
  }),

  implement(createResource, async ({ raw, caller }, services) => {
    const upload = await readUpload(raw);
    const record = await store(upload, caller, services);
    try {
      await upload.end;
    } catch (error) {
      await services.resources.remove(record._id);
      throw error;
    }
    const json = resourceJson(record);
    return reply(201, json, {
      version: record.revision,
      headers: { Location: `${BASE_PATH}/resources/${record._id}` },
      object: record._id,
      difference: { after: json },
    });
  }),

  implement(getResource, async ({ params, caller }, services) => {
    const record = await visibleResource(params.id, caller, services);
    return reply(200, resourceJson(record), { version: record.revision });
  }),

  implement(patchResource, async ({ params, body, caller, ifMatch }, services) => {
    const before = await visibleResource(params.id, caller, services);
    ifMatch.check('resource', before._id, before.revision);
    const patch = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
    const revision = ifMatch.versions === null ? {} : { revision: before.revision };
    const after = await services.resources.update(before._id, patch, revision);
    return reply(200, resourceJson(after), {
      version: after.revision,
      object: after._id,
      difference: { before: resourceJson(before), after: resourceJson(after) },
    });
  }),

  implement(deleteResource, async ({ params, caller, ifMatch }, services) => {
    const record = await visibleResource(params.id, caller, services);
    ifMatch.check('resource', record._id, record.revision);
    await services.resources.remove(
      record._id,
      ifMatch.versions === null ? {} : { revision: record.revision },
    );
    return reply(204, undefined, { object: record._id, difference: { before: resourceJson(record) } });
  }),

  implement(getResourceContent, async ({ params, caller, raw }, services) => {
    const record = await visibleResource(params.id, caller, services);
    // Configurations of devices hold their passwords in clear.
    if (record.category === 'config' || record.category === 'config.backup') caller.need('resources.config');
    const etag = `"${record.sha256}"`;
    const headers = {
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': attachment(record.fileName),
      'Accept-Ranges': 'bytes',
      'Cache-Control': 'private, no-cache',
      ETag: etag,
    };
    if (raw.headers['if-none-match']?.includes(etag) === true) return reply(304, undefined, { headers });
    const ifRange = raw.headers['if-range'];
    const wanted = ifRange === undefined || ifRange === etag ? raw.headers.range : undefined;
    const range = parseRange(wanted, record.size);
    if (range.kind === 'unsatisfiable') throw unsatisfiable(record.size);
    const { stream, span } = services.resources.openRecord(
      record,
      range.kind === 'span' ? range.span : undefined,
    );
    const length = { 'Content-Length': String(span.end - span.start) };
    if (range.kind === 'whole') return reply(200, undefined, { stream, headers: { ...headers, ...length } });
    const part = { 'Content-Range': `bytes ${span.start}-${span.end - 1}/${record.size}` };
    return reply(206, undefined, { stream, headers: { ...headers, ...length, ...part } });
  }),
];

function unsatisfiable(size: number): ProblemError {
  return new ProblemError('range-not-satisfiable', `The file has ${size} bytes`, {
    headers: { 'Content-Range': `bytes */${size}` },
  });
}

async function visibleResource(id: string, caller: Caller, { resources }: Services): Promise<ResourceRecord> {
  const record = await resources.get(id);
  caller.mustSee(record.domain, 'resource', id);
  return record;
}

/** Checks what the form says of the file before a byte of it is taken. */
async function store(upload: Upload, caller: Caller, services: Services): Promise<ResourceRecord> {
  const { file } = upload;
  try {
    const meta = await checkedFields(upload, caller, services);
    return await services.resources.create(file.stream, meta);
  } catch (error) {
    // Lets the rest of the request go by unread.
    file.stream.resume();
    throw error;
  }
}

async function checkedFields({ file, fields }: Upload, caller: Caller, services: Services) {
  const { models, ...single } = fields;
  const list = [models ?? []].flat().flatMap((value) => value.split(','));
  const input = { ...single, ...(models === undefined ? {} : { models: list.map((model) => model.trim()) }) };
  const { data, issues } = validate(resourceUpload, input);
  if (issues) throw new ValidationError('Fields of the form are wrong', issues);
  const { fileName, name, device, domain, contentType, ...rest } = data;
  if (domain !== undefined) caller.mustSee(domain, 'domain', domain);
  if (device !== undefined) await visibleDevice(device, caller, services);
  const called = fileName ?? file.name;
  if (called === '')
    throw ValidationError.of('/fileName', 'Is missing: the file part has no name either', 'required');
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return {
    ...given,
    category: data.category,
    fileType: data.fileType ?? DEFAULT_TYPES[data.category] ?? '',
    fileName: called,
    name: name ?? called,
    domain: domain ?? caller.domain,
    contentType: contentType ?? (file.contentType === '' ? 'application/octet-stream' : file.contentType),
    user: caller.login,
    device: device ?? null,
  };
}

const DEFAULT_TYPES: Readonly<Partial<Record<ResourceRecord['category'], string>>> = {
  firmware: '1 Firmware Upgrade Image',
  config: '3 Vendor Configuration File',
  'config.backup': '3 Vendor Configuration File',
};
