import { inDomain } from '../../../common/domains.js';
import { ProvostError } from '../../../common/errors.js';
import type { CampaignRecord } from '../../../store/models/campaign.js';
import type { DeviceRecord } from '../../../store/models/device.js';
import type { SavedFilterRecord } from '../../../store/models/saved-filter.js';
import type { Store } from '../../../store/store.js';
import { conditionOf } from '../../devices/device-query.js';
import type { FilterNode, MongoFilter } from '../../devices/filter.js';
import { compile, PLACES, toMongoFilter } from '../../expressions/index.js';
import { SERVER_ZONE } from '../../tasks/schedules/schedule.js';
import { STORED_DEVICE } from '../../tasks/search/device-search.js';
import { memberCondition } from '../../devices/groups/memberships.js';

/** The members of a campaign cannot be told: its saved filter is gone, or is not valid any more. */
export class CampaignMembersError extends ProvostError {
  readonly code = 'campaign-members';
}

/** A campaign looks at its members again and again, so the store must be able to tell all of them. */
function decidedByStore(expression: string, now: Date): MongoFilter {
  const part = toMongoFilter(compile(expression, PLACES.deviceSearch), STORED_DEVICE, {
    now,
    zone: SERVER_ZONE,
  });
  if (part?.rest === null) return part.filter;
  throw new CampaignMembersError('its expression has to be evaluated device by device');
}

/** What a turn needs to know of a device. */
export type Member = Pick<
  DeviceRecord,
  '_id' | 'managed' | 'blacklisted' | 'connectionRequestUrl' | 'lastVisit'
>;

export interface CampaignMembersOptions {
  store: Store;
  /** Reads the filter language; throws for what is none. */
  parseFilter: (text: string) => FilterNode;
}

type Reach = Pick<CampaignRecord, 'group' | 'appliesToSubgroups' | 'filter' | 'domain'>;

const FIELDS = { managed: 1, blacklisted: 1, connectionRequestUrl: 1, lastVisit: 1 } as const;

/** The devices that a campaign is for, as they are when it is asked. */
export class CampaignMembers {
  readonly #store: Store;
  readonly #parseFilter: CampaignMembersOptions['parseFilter'];

  constructor({ store, parseFilter }: CampaignMembersOptions) {
    this.#store = store;
    this.#parseFilter = parseFilter;
  }

  /** Throws `CampaignMembersError`. */
  async condition({ group, appliesToSubgroups, filter, domain }: Reach, now: Date): Promise<MongoFilter> {
    const within = inDomain(domain);
    const parts: MongoFilter[] = [memberCondition(group, appliesToSubgroups)];
    if (within) parts.push({ domain: within });
    if (filter !== null) parts.push(await this.#saved(filter, now));
    return { $and: parts };
  }

  async count(condition: MongoFilter): Promise<number> {
    return this.#store.devices.countDocuments(condition as never);
  }

  /** By identity. */
  async page(condition: MongoFilter, after: string | null, limit: number): Promise<Member[]> {
    const beyond = after === null ? condition : { $and: [condition, { _id: { $gt: after } }] };
    return this.#store.devices
      .find(beyond as never, FIELDS)
      .sort({ _id: 1 })
      .limit(limit)
      .lean<Member[]>();
  }

  /** Those of the devices that are members still. */
  async among(condition: MongoFilter, devices: readonly string[]): Promise<Map<string, Member>> {
    const found = await this.#store.devices
      .find({ $and: [{ _id: { $in: [...devices] } }, condition] } as never, FIELDS)
      .lean<Member[]>();
    return new Map(found.map((member) => [member._id, member]));
  }

  async #saved(id: string, now: Date): Promise<MongoFilter> {
    const saved = await this.#store.savedFilters.findById(id).lean<SavedFilterRecord | null>();
    if (saved?.list !== 'devices') throw new CampaignMembersError('The saved filter is gone');
    const { filter, expression } = saved;
    const devices = this.#store.db.collection<DeviceRecord>(this.#store.devices.collection.name);
    const parts: MongoFilter[] = [];
    try {
      if (filter.trim() !== '')
        parts.push(await conditionOf({ filter: this.#parseFilter(filter) }, devices, now));
      if (expression.trim() !== '') parts.push(decidedByStore(expression, now));
      return parts.length === 0 ? {} : { $and: parts };
    } catch (error) {
      if (error instanceof ProvostError)
        throw new CampaignMembersError(`The saved filter ${saved.name} is not valid: ${error.message}`);
      throw error;
    }
  }
}
