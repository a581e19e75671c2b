import { z } from 'zod';
import type { Clock } from '../../../common/clock.js';
import { DOMAIN_RULE, isDomain } from '../../../common/domains.js';
import {
  ConflictError,
  NotFoundError,
  StaleError,
  ValidationError,
  type FieldIssue,
} from '../../../common/errors.js';
import { readValid } from '../../../common/read-valid.js';
import type { EventBus } from '../../../common/events.js';
import { isDuplicateKey } from '../../../store/duplicate-key.js';
import type { GroupRecord } from '../../../store/models/group.js';
import type { ServiceRecord } from '../../../store/models/service.js';
import type { Store } from '../../../store/store.js';
import { nameFault } from '../../devices/groups/group-name.js';
import type { DeviceConditions } from '../../devices/groups/rule-expressions.js';
import { visibleDomains } from '../templates/template-service.js';
import { SERVICE_KEY, SERVICE_KEY_RULE } from './service-names.js';

const definition = z.strictObject({
  domain: z.string().refine(isDomain, DOMAIN_RULE),
  caption: z.string().trim().min(1, 'is required').max(100),
  description: z.string().max(1_000).default(''),
  icon: z.string().max(64).default(''),
  activate: z.string().max(200).default(''),
  deactivate: z.string().max(200).default(''),
  configure: z.string().max(200).default(''),
  status: z.string().max(4_000).default(''),
  homeGroup: z.string().max(512).nullable().default(null),
});

type Definition = z.output<typeof definition>;
type DefinitionInput = z.input<typeof definition>;

/** What a person says of a service; the key never changes. */
export type ServiceInput = DefinitionInput & { key: string };
/** What is left out stays. */
export type ServicePatch = { [Name in keyof DefinitionInput]?: DefinitionInput[Name] | undefined };

export interface ServiceDefinitionsOptions {
  clock: Clock;
  events: EventBus;
  /** Judges status expressions. */
  conditions: DeviceConditions;
}

/** The services that can be switched on devices: made, edited, deleted (groups-profiles.md §8). */
export class ServiceDefinitions {
  readonly #store: Store;
  readonly #options: ServiceDefinitionsOptions;

  constructor(store: Store, options: ServiceDefinitionsOptions) {
    this.#store = store;
    this.#options = options;
  }

  /** By caption: those that can be used from a domain, of the ones above, its own and below. */
  async list(view: string): Promise<ServiceRecord[]> {
    return this.#store.services
      .find(visibleDomains(view) as never)
      .sort({ caption: 1, _id: 1 })
      .lean<ServiceRecord[]>();
  }

  async get(key: string): Promise<ServiceRecord> {
    const found = await this.#store.services.findById(key).lean<ServiceRecord>();
    if (!found) throw new NotFoundError('service', key);
    return found;
  }

  /** Throws the `ValidationError` that `create` would. */
  async check({ key, ...fields }: ServiceInput): Promise<void> {
    await this.#valid(key, fields);
  }

  /** Throws `ValidationError`, or `ConflictError` when the key is taken. */
  async create(input: ServiceInput, user: string): Promise<ServiceRecord> {
    const { key, ...fields } = input;
    const valid = await this.#valid(key, fields);
    const now = this.#options.clock.now();
    const service = { _id: key, ...valid, user, createdAt: now, editedAt: now, version: 1 };
    try {
      await this.#store.services.create(service);
    } catch (error) {
      if (isDuplicateKey(error)) throw new ConflictError(`There is a service ${key} already`);
      throw error;
    }
    this.#published('created', service);
    return service;
  }

  /** `version` = the one that was read. Throws `ValidationError`, `StaleError`. */
  async edit(
    key: string,
    patch: ServicePatch,
    { version }: { version?: number | undefined } = {},
  ): Promise<ServiceRecord> {
    const before = await this.get(key);
    if (version !== undefined && before.version !== version) throw new StaleError('service', key);
    const { domain, caption, description, icon, activate, deactivate, configure, status, homeGroup } = before;
    const fields = { domain, caption, description, icon, activate, deactivate, configure, status, homeGroup };
    const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
    const changes = await this.#valid(key, { ...fields, ...given });
    const after = await this.#store.services
      .findOneAndUpdate(
        { _id: key, version: before.version },
        { $set: { ...changes, editedAt: this.#options.clock.now(), version: before.version + 1 } },
        { returnDocument: 'after' },
      )
      .lean<ServiceRecord>();
    if (!after) throw new StaleError('service', key);
    this.#published('changed', after);
    return after;
  }

  /** Refused with `ConflictError` (`in-use`) while it is active on a device, unless `confirmed`. */
  async remove(
    key: string,
    { version, confirmed }: { version?: number | undefined; confirmed: boolean },
  ): Promise<void> {
    const service = await this.get(key);
    const active = confirmed ? 0 : await this.#store.devices.countDocuments(activeOn(key));
    if (active > 0) throw new ConflictError(`The service ${key} is active on ${active} devices`, 'in-use');
    const removed = await this.#store.services.deleteOne({
      _id: key,
      ...(version !== undefined && { version }),
    });
    if (removed.deletedCount === 0) throw new StaleError('service', key);
    this.#published('deleted', service);
  }

  async #valid(key: string, input: unknown): Promise<Definition> {
    if (!SERVICE_KEY.test(key)) throw ValidationError.of('/key', SERVICE_KEY_RULE, 'invalid');
    const valid = readValid(definition, input, { text: 'The service is not valid' });
    const issues = [
      ...(await this.#unknownTemplates(valid)),
      ...this.#wrongStatus(valid.status),
      ...(await this.#wrongGroup(valid)),
    ];
    if (issues.length > 0) throw new ValidationError('The service is not valid', issues);
    return valid;
  }

  async #unknownTemplates(fields: Definition): Promise<FieldIssue[]> {
    const issues: FieldIssue[] = [];
    for (const field of ['activate', 'deactivate', 'configure'] as const) {
      const name = fields[field];
      if (name === '') continue;
      const template = await this.#store.templates
        .findOne({ name }, { domain: 1 })
        .lean<{ domain: string }>();
      // It runs for devices of the service's domain and below.
      if (template && fields.domain.startsWith(template.domain)) continue;
      issues.push({
        pointer: `/${field}`,
        code: 'unknown-template',
        message: `There is no template ${name} in reach of ${fields.domain}`,
      });
    }
    return issues;
  }

  #wrongStatus(status: string): FieldIssue[] {
    if (status === '') return [];
    return this.#options.conditions.issues(status, '/status');
  }

  /** A group of another tenant is none that its devices could join. */
  async #wrongGroup({ homeGroup: name, domain }: Definition): Promise<FieldIssue[]> {
    if (name === null) return [];
    const fault = nameFault(name);
    const group =
      fault === null
        ? await this.#store.groups.findById(name, { domain: 1 }).lean<Pick<GroupRecord, 'domain'>>()
        : null;
    if (group && (group.domain.startsWith(domain) || domain.startsWith(group.domain))) return [];
    return [{ pointer: '/homeGroup', code: 'unknown-group', message: fault ?? `There is no group ${name}` }];
  }

  #published(kind: string, { _id, caption, domain }: ServiceRecord): void {
    this.#options.events.publish(`service.${kind}`, _id, { caption }, domain);
  }
}

/** The condition for devices on which a service is active, as the last task left it. */
export function activeOn(key: string): Record<string, unknown> {
  return { [`services.${key}.settled`]: 'active' };
}
