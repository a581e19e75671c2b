import type { Readable } from 'node:stream';
import type { QueryFilter } from 'mongoose';
import type { z } from 'zod';
import type { Clock } from '../../common/clock.js';
import { inDomain } from '../../common/domains.js';
import { ConflictError, NotFoundError, StaleError, ValidationError } from '../../common/errors.js';
import type { EventBus } from '../../common/events.js';
import { newId } from '../../common/ids.js';
import type { ResourceCategory, ResourceRecord } from '../../store/models/resource.js';
import type { Store } from '../../store/store.js';
import { FileContent, type ByteSource, type ByteSpan, type StoredContent } from './file-content.js';
import {
  checked,
  newResourceSchema,
  resourcePatchSchema,
  type NewResource,
  type ResourcePatch,
} from './resource-fields.js';
import { isDuplicateKey } from '../../store/duplicate-key.js';

export type ResourceSort = 'createdAt' | 'name' | 'size';

export interface ResourceQuery {
  /** At most 1,000. */
  limit: number;
  /** From `next` of the page before; belongs to the same query and order. */
  cursor?: string;
  /** Part of name, file name, version, file type or description, or the id. */
  q?: string;
  category?: ResourceCategory | readonly ResourceCategory[];
  /** Uploads of this device. */
  device?: string;
  /** Uploads ordered by this task. */
  task?: string;
  /** A model that the file fits. */
  model?: string;
  fileType?: string;
  domain?: string;
  /** Newest first unless told otherwise. */
  sort?: { field: ResourceSort; direction: 'asc' | 'desc' };
  /** Whether `total` is wanted. */
  count?: boolean;
}

export interface ResourcePage {
  items: ResourceRecord[];
  next: string | null;
  total?: number;
}

export interface ResourcesOptions {
  clock: Clock;
  events: EventBus;
  /** Bytes that one file may have. */
  maxBytes: number;
}

/** For a file that was ordered from a CPE. */
export interface OrderedFile {
  /** Reserved when it was ordered: of two uploads of the same order one becomes the resource. */
  id: string;
  maxBytes: number;
}

export interface OpenedResource {
  record: ResourceRecord;
  span: ByteSpan;
  stream: Readable;
}

/** Files for CPEs and from them (administration.md §10). */
export class Resources {
  readonly content: FileContent;
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #events: EventBus;
  readonly #maxBytes: number;

  constructor(store: Store, options: ResourcesOptions) {
    this.#store = store;
    this.#clock = options.clock;
    this.#events = options.events;
    this.#maxBytes = options.maxBytes;
    this.content = new FileContent(store);
  }

  /**
   * Stores a file. Throws `ValidationError`, `ConflictError` (the name is taken in the domain) or `TooLargeError`; then,
   * and when the source breaks off, nothing of it stays.
   */
  async create(source: ByteSource, meta: NewResource): Promise<ResourceRecord> {
    const fields = checked(newResourceSchema, meta);
    await this.#refuseTakenName(fields.domain, fields.name);
    const id = newId(this.#clock.now());
    const content = await this.content.write(source, fields.fileName, id, this.#maxBytes);
    const record = this.#record(id, fields, content);
    if (await this.#insert(record)) return record;
    await this.content.remove(content.file);
    throw new ConflictError(`There is already a resource ${fields.name} in the domain ${fields.domain}`);
  }

  /**
   * Stores a file that was ordered from a CPE; a name that is taken meanwhile gets a suffix, since the CPE sends the file
   * only once. Null when the order was fulfilled already. Throws `TooLargeError`.
   */
  async receive(source: ByteSource, meta: NewResource, order: OrderedFile): Promise<ResourceRecord | null> {
    const fields = checked(newResourceSchema, meta);
    const limit = Math.min(order.maxBytes, this.#maxBytes);
    const content = await this.content.write(source, fields.fileName, order.id, limit);
    const record = this.#record(order.id, fields, content);
    for (const name of [fields.name, `${fields.name.slice(0, 170)} ${order.id}`])
      if (await this.#insert({ ...record, name })) return { ...record, name };
    await this.content.remove(content.file);
    return null;
  }

  /** Throws `NotFoundError`. */
  async get(id: string): Promise<ResourceRecord> {
    const record = await this.#store.resources.findById(id).lean<ResourceRecord | null>();
    if (!record) throw new NotFoundError('resource', id);
    return record;
  }

  /** By id, else by name; of equal names the one nearest to the root domain. Null when there is none. */
  async find(idOrName: string): Promise<ResourceRecord | null> {
    return (
      (await this.#store.resources.findById(idOrName).lean<ResourceRecord | null>()) ??
      (await this.#store.resources
        .findOne({ name: idOrName })
        .sort({ domain: 1 })
        .lean<ResourceRecord | null>())
    );
  }

  /** The newest configuration backup of a device with `from` < creation < `to`; null when there is none. */
  async newestBackup(device: string, from: Date | null, to: Date | null): Promise<ResourceRecord | null> {
    const createdAt = { ...(from && { $gt: from }), ...(to && { $lt: to }) };
    return await this.#store.resources
      .findOne({ device, category: 'config.backup', ...((from ?? to) && { createdAt }) })
      .sort({ createdAt: -1 })
      .lean<ResourceRecord | null>();
  }

  async list(query: ResourceQuery): Promise<ResourcePage> {
    const { field, direction } = query.sort ?? { field: 'createdAt', direction: 'desc' };
    const limit = Math.min(Math.max(Math.trunc(query.limit), 1), 1_000);
    const filter = toFilter(query);
    const step = direction === 'asc' ? 1 : -1;
    const conditions = [filter];
    if (query.cursor !== undefined) conditions.push(afterCursor(query.cursor, field, direction));
    const items = await this.#store.resources
      .find({ $and: conditions })
      .sort({ [field]: step, _id: step })
      .limit(limit + 1)
      .lean<ResourceRecord[]>();
    const more = items.length > limit;
    if (more) items.pop();
    const last = items.at(-1);
    const next = more && last ? toCursor(field, last) : null;
    if (query.count !== true) return { items, next };
    return { items, next, total: await this.#store.resources.countDocuments(filter) };
  }

  /**
   * Changes what describes the file. Throws `StaleError` when `revision` does not fit any more, `ConflictError` when the
   * new name is taken or a task refers to the old one.
   */
  async update(
    id: string,
    patch: ResourcePatch,
    options: { revision?: number } = {},
  ): Promise<ResourceRecord> {
    const fields = checked(resourcePatchSchema, patch);
    const before = await this.get(id);
    if (options.revision !== undefined && options.revision !== before.revision)
      throw new StaleError('resource', id);
    if (fields.name !== undefined && fields.name !== before.name) {
      await this.#refuseTakenName(before.domain, fields.name);
      refuseUse(before, await this.#tasksWith([before.name]), 'renamed');
    }
    const change = fields.models ? { ...fields, models: [...new Set(fields.models)] } : fields;
    try {
      const after = await this.#store.resources
        .findOneAndUpdate(
          { _id: id, revision: before.revision },
          { $set: change, $inc: { revision: 1 } },
          { returnDocument: 'after' },
        )
        .lean<ResourceRecord | null>();
      if (!after) throw new StaleError('resource', id);
      this.#publish('changed', after);
      return after;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      throw new ConflictError(`There is already a resource ${fields.name ?? before.name} in this domain`);
    }
  }

  /** Removes the file. Throws `StaleError`, and `ConflictError` `in-use` while a task refers to it by id or name. */
  async remove(id: string, options: { revision?: number } = {}): Promise<void> {
    const record = await this.get(id);
    refuseUse(record, await this.#tasksWith([id, record.name]), 'deleted');
    const condition = options.revision === undefined ? {} : { revision: options.revision };
    const { deletedCount } = await this.#store.resources.deleteOne({ _id: id, ...condition });
    if (deletedCount === 0) throw new StaleError('resource', id);
    await this.content.remove(record.file);
    this.#publish('deleted', record);
  }

  /**
   * Puts other bytes in place of those of a resource. Transfers under way go on with the old ones as far as they have
   * begun. Throws `NotFoundError`, `StaleError` when it is changed at the same moment, `TooLargeError`.
   */
  async replace(id: string, source: ByteSource): Promise<ResourceRecord> {
    const before = await this.get(id);
    const content = await this.content.write(source, before.fileName, id, this.#maxBytes);
    const after = await this.#store.resources
      .findOneAndUpdate(
        { _id: id, revision: before.revision },
        { $set: { ...content }, $inc: { revision: 1 } },
        { returnDocument: 'after' },
      )
      .lean<ResourceRecord | null>();
    if (!after) {
      await this.content.remove(content.file);
      throw new StaleError('resource', id);
    }
    await this.content.remove(before.file);
    this.#publish('changed', after);
    return after;
  }

  /** Of these resources, the ids of those that tasks refer to. */
  async inUse(records: readonly ResourceRecord[]): Promise<Set<string>> {
    if (records.length === 0) return new Set();
    const wanted = records.flatMap((record) => [record._id, record.name]);
    const named = new Set<unknown>(
      await this.#store.tasks.distinct('config.resourceId', { 'config.resourceId': { $in: wanted } }),
    );
    return new Set(
      records.filter((record) => named.has(record._id) || named.has(record.name)).map((record) => record._id),
    );
  }

  /** The bytes, or a span of them (its end is cut to the size). Throws `NotFoundError`, `RangeError`. */
  async open(id: string, span?: ByteSpan): Promise<OpenedResource> {
    return this.openRecord(await this.get(id), span);
  }

  openRecord(record: ResourceRecord, wanted?: ByteSpan): OpenedResource {
    const span = { start: wanted?.start ?? 0, end: Math.min(wanted?.end ?? record.size, record.size) };
    if (span.start < 0 || span.start > span.end)
      throw new RangeError(`The resource ${record._id} has no bytes ${span.start} to ${span.end}`);
    return { record, span, stream: this.content.read(record.file, record.size, span) };
  }

  #record(id: string, fields: z.output<typeof newResourceSchema>, content: StoredContent): ResourceRecord {
    const models = [...new Set(fields.models)];
    return { _id: id, ...fields, models, ...content, createdAt: this.#clock.now(), revision: 1 };
  }

  /** False when the id or the name is taken. */
  async #insert(record: ResourceRecord): Promise<boolean> {
    try {
      await this.#store.resources.create(record);
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      await this.content.remove(record.file);
      throw error;
    }
    this.#publish('created', record);
    return true;
  }

  async #refuseTakenName(domain: string, name: string): Promise<void> {
    if (await this.#store.resources.exists({ domain, name }))
      throw new ConflictError(`There is already a resource ${name} in the domain ${domain}`);
  }

  async #tasksWith(references: readonly string[]): Promise<string[]> {
    const tasks = await this.#store.tasks
      .find({ 'config.resourceId': { $in: references } }, { _id: 1 })
      .limit(101)
      .lean<{ _id: string }[]>();
    return tasks.map((task) => task._id);
  }

  #publish(change: 'created' | 'changed' | 'deleted', record: ResourceRecord): void {
    const { name, category, device } = record;
    this.#events.publish(`resource.${change}`, record._id, { name, category, device }, record.domain);
  }
}

function refuseUse(record: ResourceRecord, tasks: readonly string[], verb: string): void {
  if (tasks.length === 0) return;
  const named = tasks.slice(0, 5).join(', ');
  const rest = tasks.length > 5 ? ` and ${tasks.length > 100 ? 'many' : tasks.length - 5} more` : '';
  throw new ConflictError(
    `The resource ${record.name} cannot be ${verb}: ${tasks.length === 1 ? 'the task' : 'the tasks'} ${named}${rest} ${tasks.length === 1 ? 'refers' : 'refer'} to it`,
    'in-use',
  );
}

function toFilter(query: ResourceQuery): QueryFilter<ResourceRecord> {
  const { q, category, device, task, model, fileType, domain } = query;
  const filter: QueryFilter<ResourceRecord> = {};
  if (category !== undefined)
    filter.category = typeof category === 'string' ? category : { $in: [...category] };
  if (device !== undefined) filter.device = device;
  if (task !== undefined) filter.task = task;
  if (model !== undefined) filter.models = model;
  if (fileType !== undefined) filter.fileType = fileType;
  const within = domain === undefined ? null : inDomain(domain);
  if (within) filter.domain = within;
  const text = q?.trim() ?? '';
  if (text !== '') {
    const contains = { $regex: text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'), $options: 'i' };
    filter.$or = [
      { _id: text },
      ...['name', 'fileName', 'version', 'fileType', 'description'].map((name) => ({ [name]: contains })),
    ];
  }
  return filter;
}

function toCursor(field: ResourceSort, record: ResourceRecord): string {
  const value = field === 'createdAt' ? record.createdAt.getTime() : record[field];
  return Buffer.from(JSON.stringify([field, value, record._id])).toString('base64url');
}

function afterCursor(
  cursor: string,
  field: ResourceSort,
  direction: 'asc' | 'desc',
): QueryFilter<ResourceRecord> {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    parts = null;
  }
  const [name, value, id] = Array.isArray(parts) ? (parts as unknown[]) : [];
  const type = field === 'name' ? 'string' : 'number';
  if (name !== field || typeof value !== type || typeof id !== 'string')
    throw ValidationError.of('/cursor', 'is not a cursor of this list');
  const bound = field === 'createdAt' ? new Date(value as number) : value;
  const operator = direction === 'asc' ? '$gt' : '$lt';
  return { $or: [{ [field]: { [operator]: bound } }, { [field]: bound, _id: { [operator]: id } }] };
}
