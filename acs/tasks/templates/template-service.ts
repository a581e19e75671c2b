import type { QueryFilter } from 'mongoose';
import type { Clock } from '../../../common/clock.js';
import { domainsAbove } from '../../../common/domains.js';
import { ConflictError, NotFoundError, StaleError } from '../../../common/errors.js';
import type { EventBus } from '../../../common/events.js';
import { newId } from '../../../common/ids.js';
import { isDuplicateKey } from '../../../store/duplicate-key.js';
import type { TemplateRecord } from '../../../store/models/template.js';
import type { Store } from '../../../store/store.js';
import { escapeRegex } from '../../devices/filter.js';
import { afterCursor, pageOf, type Page, type SortField } from '../keyset.js';
import type { Definition } from '../task-input.js';
import { templateDefinition, type TemplateInput, type TemplatePatch } from './template-input.js';
import { templateUses, type TemplateUse } from './template-uses.js';

export type { TemplateInput, TemplatePatch } from './template-input.js';
export type { TemplateUse } from './template-uses.js';

export interface TemplateQuery {
  type?: string;
  /** Only templates that are quick fixes, or none of them. */
  quickFix?: boolean;
  /** A fragment of name or description, in any case. */
  search?: string;
  /** Domain of the one who asks: sees its own, what is below, and, read-only, what is above. */
  view: string;
  limit: number;
  cursor?: string;
}

export interface TemplateServiceOptions {
  clock: Clock;
  events: EventBus;
  /** Refuses a task for what only the store can tell: schedule, condition. */
  check: (definition: Definition) => Promise<void>;
}

const BY_NAME: readonly SortField[] = [{ field: 'name', direction: 1 }];

/** What the edition log calls a template; task ids begin with `d:` or `g:`. */
export const editionIdOf = (template: Pick<TemplateRecord, '_id'>): string => `t:${template._id}`;

/** Templates: made, edited, deleted; each change with its line in the edition log (templates-quickfixes.md §1). */
export class TemplateService {
  readonly #store: Store;
  readonly #options: TemplateServiceOptions;

  constructor(store: Store, options: TemplateServiceOptions) {
    this.#store = store;
    this.#options = options;
  }

  /** Throws `ValidationError`, or `ConflictError` when the name of the template or of its quick fix is taken. */
  async create(input: TemplateInput, user: string): Promise<TemplateRecord> {
    const now = this.#options.clock.now();
    const template: TemplateRecord = {
      _id: newId(now),
      ...(await templateDefinition(input, now, this.#options.check)),
      ...{ user, createdAt: now, editedAt: now, version: 1 },
    };
    await this.#unique(() => this.#store.templates.create(template));
    await this.#changed('created', null, template, user);
    return template;
  }

  /** Throws the `ValidationError` that `create` would. */
  async check(input: TemplateInput): Promise<void> {
    await templateDefinition(input, this.#options.clock.now(), this.#options.check);
  }

  async get(id: string): Promise<TemplateRecord> {
    const found = await this.#store.templates.findById(id).lean<TemplateRecord>();
    if (!found) throw new NotFoundError('template', id);
    return found;
  }

  /** By the name that spawning tasks and properties use. */
  async named(name: string): Promise<TemplateRecord> {
    const found = await this.#store.templates.findOne({ name }).lean<TemplateRecord>();
    if (!found) throw new NotFoundError('template', name);
    return found;
  }

  async quickFix(name: string): Promise<TemplateRecord> {
    const found = await this.#store.templates.findOne({ 'quickFix.name': name }).lean<TemplateRecord>();
    if (!found) throw new NotFoundError('quick fix', name);
    return found;
  }

  /** By name. */
  async list(query: TemplateQuery): Promise<Page<TemplateRecord>> {
    const filter = templateFilter(query);
    const rows = await this.#store.templates
      .find(query.cursor === undefined ? filter : { $and: [filter, afterCursor(query.cursor, BY_NAME)] })
      .sort({ name: 1 })
      .limit(query.limit + 1)
      .lean<TemplateRecord[]>();
    return pageOf(rows, query.limit, BY_NAME);
  }

  async count(query: Omit<TemplateQuery, 'limit' | 'cursor'>): Promise<number> {
    return this.#store.templates.countDocuments(templateFilter(query));
  }

  /** Tasks that were made from it before stay as they are. `version` = the one that was read. */
  async edit(
    id: string,
    patch: TemplatePatch,
    { user, version }: { user: string; version?: number | undefined },
  ): Promise<TemplateRecord> {
    const before = await this.get(id);
    if (version !== undefined && before.version !== version) throw new StaleError('template', id);
    const { name, domain, description, type, config, settings, parameters, quickFix, testCase } = before;
    const definition = { name, domain, description, type, config, settings, parameters, quickFix, testCase };
    const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
    const now = this.#options.clock.now();
    const changes = {
      ...(await templateDefinition({ ...definition, ...given }, now, this.#options.check)),
      editedAt: now,
      version: before.version + 1,
    };
    const after = await this.#unique(() =>
      this.#store.templates
        .findOneAndUpdate(
          { _id: id, version: before.version },
          { $set: changes },
          { returnDocument: 'after' },
        )
        .lean<TemplateRecord>(),
    );
    if (!after) throw new StaleError('template', id);
    await this.#changed('modified', before, after, user);
    return after;
  }

  /**
   * Refused with `ConflictError` (`in-use`) while something refers to it, unless `confirmed`. Tasks that were made from it
   * are copies and stay.
   */
  async remove(
    id: string,
    { user, version, confirmed }: { user: string; version?: number | undefined; confirmed: boolean },
  ): Promise<void> {
    const template = await this.get(id);
    if (!confirmed) {
      const uses = await this.uses(template);
      if (uses.length > 0)
        throw new ConflictError(
          `Template ${template.name} is used by ${uses.map(({ text }) => text).join('; ')}`,
          'in-use',
        );
    }
    const removed = await this.#store.templates.deleteOne({
      _id: id,
      ...(version !== undefined && { version }),
    });
    if (removed.deletedCount === 0) throw new StaleError('template', id);
    await this.#changed('deleted', template, null, user);
  }

  /** What refers to a template: its quick fix, templates and tasks that spawn it, properties that name it. */
  uses(template: TemplateRecord): Promise<TemplateUse[]> {
    return templateUses(this.#store, template);
  }

  async #unique<T>(write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      if (isDuplicateKey(error))
        throw new ConflictError('Another template, or another quick fix, has this name already');
      throw error;
    }
  }

  async #changed(
    kind: 'created' | 'modified' | 'deleted',
    before: TemplateRecord | null,
    after: TemplateRecord | null,
    user: string,
  ): Promise<void> {
    const template = after ?? before;
    if (!template) return;
    await this.#store.editionLogs.create({
      ...{
        at: this.#options.clock.now(),
        user,
        task: editionIdOf(template),
        device: null,
        group: null,
        kind,
      },
      before: before && { ...before },
      after: after && { ...after },
    });
    const type = `template.${kind === 'modified' ? 'changed' : kind}`;
    this.#options.events.publish(type, template._id, { name: template.name }, template.domain);
  }
}

/** The templates that can be used from a domain: of the domains above it (read-only there), its own and below. */
export function visibleDomains(view: string): QueryFilter<TemplateRecord> {
  if (view === '/') return {};
  return { $or: [{ domain: { $in: domainsAbove(view) } }, { domain: { $regex: `^${escapeRegex(view)}` } }] };
}

function templateFilter(query: Omit<TemplateQuery, 'limit' | 'cursor'>): QueryFilter<TemplateRecord> {
  const conditions: QueryFilter<TemplateRecord>[] = [visibleDomains(query.view)];
  if (query.type !== undefined) conditions.push({ type: query.type });
  if (query.quickFix !== undefined) conditions.push({ quickFix: query.quickFix ? { $ne: null } : null });
  if (query.search !== undefined && query.search !== '') {
    const fragment = { $regex: escapeRegex(query.search), $options: 'i' };
    conditions.push({ $or: [{ name: fragment }, { description: fragment }, { 'quickFix.name': fragment }] });
  }
  return { $and: conditions };
}
