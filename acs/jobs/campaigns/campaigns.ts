import type { Clock } from '../../../common/clock.js';
import { inDomain } from '../../../common/domains.js';
import { ConflictError, NotFoundError, StaleError, ValidationError } from '../../../common/errors.js';
import type { EventBus } from '../../../common/events.js';
import { newId } from '../../../common/ids.js';
import type { CampaignDeviceState } from '../../../store/models/campaign-device.js';
import type {
  CampaignDefinition,
  CampaignPhase,
  CampaignProgress,
  CampaignRecord,
} from '../../../store/models/campaign.js';
import type { Store } from '../../../store/store.js';
import { afterCursor, pageOf, type Page, type SortField } from '../../tasks/keyset.js';
import type { AlertDesk } from '../../tasks/ports/alert-desk.js';
import { allowed } from '../../tasks/schedules/schedule.js';
import type { Schedules } from '../../tasks/schedules/schedules.js';
import { putStopAlert } from './campaign-alert.js';
import { campaignDevices, type CampaignDevice, type CampaignDeviceQuery } from './campaign-devices.js';
import { edited, newCampaign, type CampaignInput, type CampaignPatch } from './campaign-input.js';
import { CampaignMembersError, type CampaignMembers } from './campaign-members.js';
import { phaseOf } from './campaign-phase.js';

export interface CampaignsOptions {
  store: Store;
  clock: Clock;
  events: EventBus;
  schedules: Pick<Schedules, 'get'>;
  members: CampaignMembers;
  alerts: AlertDesk;
  /** Null = there is no such group. */
  domainOfGroup: (group: string) => Promise<string | null>;
}

export interface CampaignQuery {
  phase?: readonly CampaignPhase[] | undefined;
  group?: string | undefined;
  /** Campaigns of this domain and below. */
  view: string;
  limit: number;
  cursor?: string | undefined;
}

const NEWEST: readonly SortField[] = [
  { field: 'createdAt', direction: -1, kind: 'time' },
  { field: '_id', direction: 1 },
];
const FROM_THE_FIRST = { after: null, completedAt: null } as const;
const EMPTY_SAMPLE = { ended: 0, failures: 0 } as const;
const SYSTEM = 'system';

/** Campaigns as people make and change them (groups-profiles.md §10); `campaign-runner.ts` is what does them. */
export class Campaigns {
  readonly #options: CampaignsOptions;
  readonly #store: Store;

  constructor(options: CampaignsOptions) {
    this.#options = options;
    this.#store = options.store;
  }

  /** The newest first. */
  async list({ phase, group, view, limit, cursor }: CampaignQuery): Promise<Page<CampaignRecord>> {
    const within = inDomain(view);
    const filter = {
      ...(phase !== undefined && { phase: { $in: [...phase] } }),
      ...(group !== undefined && { group }),
      ...(within && { domain: within }),
    };
    const rows = await this.#store.campaigns
      .find((cursor === undefined ? filter : { $and: [filter, afterCursor(cursor, NEWEST)] }) as never)
      .sort({ createdAt: -1, _id: 1 })
      .limit(limit + 1)
      .lean<CampaignRecord[]>();
    return pageOf(rows, limit, NEWEST);
  }

  /** Throws `NotFoundError`. */
  async get(id: string): Promise<CampaignRecord> {
    const found = await this.#store.campaigns.findById(id).lean<CampaignRecord | null>();
    if (!found) throw new NotFoundError('campaign', id);
    return found;
  }

  /** Throws `ValidationError`. */
  async create(input: CampaignInput, actor: { user: string; domain: string }): Promise<CampaignRecord> {
    const now = this.#options.clock.now();
    const definition = newCampaign(input, actor.domain, now);
    if (definition.end && definition.end <= now)
      throw ValidationError.of('/end', 'must be in the future', 'invalid');
    await this.#check(definition, null);
    const campaign: CampaignRecord = {
      _id: newId(now),
      ...definition,
      ...{ phase: 'planned', suspended: null, stopped: null, finished: null, progress: null, sent: [] },
      ...{ scan: FROM_THE_FIRST, sample: EMPTY_SAMPLE },
      ...{ user: actor.user, createdAt: now, editedAt: now, version: 1 },
    };
    campaign.phase = await this.phase(campaign, now);
    await this.#store.campaigns.create(campaign);
    this.publish('campaign.created', campaign, actor.user);
    return campaign;
  }

  /**
   * Applies to what has not been sent: members that were skipped are looked at anew, and a campaign that was finished goes on
   * where there is something to do. Throws `ValidationError`, `StaleError`.
   */
  async edit(
    before: CampaignRecord,
    patch: CampaignPatch,
    { user, version }: { user: string; version?: number | undefined },
  ): Promise<CampaignRecord> {
    if (version !== undefined && version !== before.version) throw new StaleError('campaign', before._id);
    const now = this.#options.clock.now();
    const definition = edited(definitionOf(before), patch, now);
    await this.#check(definition, before);
    const changed = { ...definition, finished: null, scan: FROM_THE_FIRST };
    const phase = await this.phase({ ...before, ...changed }, now);
    const finished = phase === 'finished' ? ({ at: now, reason: 'end' } as const) : null;
    const after = await this.#change(before, { ...changed, phase, finished, editedAt: now });
    await this.#store.campaignDevices.deleteMany({ campaign: before._id, state: 'skipped' });
    this.publish('campaign.changed', after, user);
    return after;
  }

  /** Sends nothing from now on; answers that are awaited still count. Throws `ConflictError`. */
  async suspend(campaign: CampaignRecord, user: string, reason = ''): Promise<CampaignRecord> {
    if (campaign.finished || campaign.stopped || campaign.suspended)
      throw new ConflictError(`The campaign is ${campaign.phase} already`);
    const now = this.#options.clock.now();
    const after = await this.#change(campaign, {
      suspended: { at: now, by: user, reason },
      phase: 'suspended',
    });
    this.publish('campaign.changed', after, user);
    return after;
  }

  /** Goes on; after a stop by the failure limit with a new sample. Throws `ConflictError`. */
  async resume(campaign: CampaignRecord, user: string): Promise<CampaignRecord> {
    if (campaign.finished) throw new ConflictError('The campaign is finished; a later end lets it go on');
    if (!campaign.stopped && !campaign.suspended)
      throw new ConflictError(`The campaign is ${campaign.phase}`);
    const now = this.#options.clock.now();
    const changed = { suspended: null, stopped: null, ...(campaign.stopped && { sample: EMPTY_SAMPLE }) };
    const phase = await this.phase({ ...campaign, ...changed }, now);
    const after = await this.#change(campaign, { ...changed, phase });
    if (campaign.stopped) await putStopAlert(this.#options.alerts, after, now);
    this.publish('campaign.changed', after, user);
    return after;
  }

  /** In any phase; requests that are out are not taken back. */
  async remove(campaign: CampaignRecord, { user }: { user: string }): Promise<void> {
    await this.#store.campaigns.deleteOne({ _id: campaign._id });
    await this.#store.campaignDevices.deleteMany({ campaign: campaign._id });
    if (campaign.stopped)
      await putStopAlert(this.#options.alerts, { ...campaign, stopped: null }, this.#options.clock.now());
    this.publish('campaign.deleted', campaign, user);
  }

  /** Counted now, and kept with its time. Throws `CampaignMembersError`, `NotFoundError`. */
  async progress(campaign: CampaignRecord): Promise<CampaignProgress> {
    const { clock, members } = this.#options;
    const at = clock.now();
    const { _id } = campaign;
    const [planned, contactedEver, rows] = await Promise.all([
      members.count(await members.condition(campaign, at)),
      this.#store.campaignDevices.countDocuments({ campaign: _id, contacts: { $gt: 0 } }),
      this.#store.campaignDevices.aggregate<{ _id: CampaignDeviceState; count: number }>([
        { $match: { campaign: _id } },
        { $group: { _id: '$state', count: { $sum: 1 } } },
      ]),
    ]);
    const count = (state: CampaignDeviceState): number => rows.find((row) => row._id === state)?.count ?? 0;
    const begun = rows.reduce((sum, row) => sum + row.count, 0);
    const progress: CampaignProgress = {
      planned,
      contacted: contactedEver,
      // Those whose turn has not come have no record.
      pending: count('pending') + Math.max(0, planned - begun),
      ...{ requested: count('requested'), failed: count('failed'), skipped: count('skipped'), at },
    };
    await this.#store.campaigns.updateOne({ _id }, { $set: { progress } });
    return progress;
  }

  /** By identity. Throws `CampaignMembersError`. */
  async devices(
    campaign: CampaignRecord,
    query: CampaignDeviceQuery,
  ): Promise<{ items: CampaignDevice[]; next: string | null }> {
    const { clock, members } = this.#options;
    return campaignDevices(this.#store, members, campaign, query, clock.now());
  }

  /** What the campaign is at a time. */
  async phase(campaign: CampaignRecord, now: Date): Promise<CampaignPhase> {
    const { schedule } = campaign;
    if (schedule === null) return phaseOf(campaign, now, true);
    if (!('ref' in schedule)) return phaseOf(campaign, now, allowed(schedule, now));
    try {
      return phaseOf(campaign, now, allowed(await this.#options.schedules.get(schedule.ref), now));
    } catch (error) {
      if (error instanceof NotFoundError) return phaseOf(campaign, now, false);
      throw error;
    }
  }

  publish(type: string, campaign: CampaignRecord, by = SYSTEM): void {
    const { _id, group, phase, domain } = campaign;
    this.#options.events.publish(type, _id, { group, phase, by }, domain);
  }

  async #change(before: CampaignRecord, fields: Partial<CampaignRecord>): Promise<CampaignRecord> {
    const after = await this.#store.campaigns
      .findOneAndUpdate(
        { _id: before._id, version: before.version },
        { $set: { ...fields, version: before.version + 1 } },
        { returnDocument: 'after' },
      )
      .lean<CampaignRecord | null>();
    if (after) return after;
    await this.get(before._id);
    throw new StaleError('campaign', before._id);
  }

  /** What can only be known with the store; what has not been changed is taken as it is. */
  async #check(definition: CampaignDefinition, before: CampaignDefinition | null): Promise<void> {
    const { group, schedule, filter, success } = definition;
    if (group !== before?.group && (await this.#options.domainOfGroup(group)) === null)
      throw ValidationError.of('/group', `There is no group ${group}`, 'unknown-group');
    if (schedule && 'ref' in schedule && !(await this.#store.schedules.exists({ _id: schedule.ref })))
      throw ValidationError.of('/schedule/ref', `There is no schedule ${schedule.ref}`, 'unknown-schedule');
    if (
      filter !== null &&
      filter !== before?.filter &&
      !(await this.#store.savedFilters.exists({ _id: filter, list: 'devices' }))
    )
      throw ValidationError.of('/filter', `There is no saved filter of devices ${filter}`, 'unknown-filter');
    if (filter !== null && filter !== before?.filter) await this.#checkMembers(definition);
    if (success.kind === 'task' && !(await this.#store.tasks.exists({ _id: success.task })))
      throw ValidationError.of('/success/task', `There is no task ${success.task}`, 'unknown-task');
  }

  async #checkMembers(definition: CampaignDefinition): Promise<void> {
    try {
      await this.#options.members.condition(definition, this.#options.clock.now());
    } catch (error) {
      if (error instanceof CampaignMembersError)
        throw ValidationError.of('/filter', error.message, 'unfit-filter');
      throw error;
    }
  }
}

/** What a user has set of it. */
export function definitionOf(campaign: CampaignRecord): CampaignDefinition {
  const { description, group, appliesToSubgroups, filter, execute, start, end, interval } = campaign;
  const { perMinute, schedule, minimumLastVisit, retries, onlyIfTasksWait, success, stopWhen, domain } =
    campaign;
  return {
    ...{ description, group, appliesToSubgroups, filter, execute, start, end, interval, perMinute },
    ...{ schedule, minimumLastVisit, retries, onlyIfTasksWait, success, stopWhen, domain },
  };
}
