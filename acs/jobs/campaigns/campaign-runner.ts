import type { Clock } from '../../../common/clock.js';
import { NotFoundError } from '../../../common/errors.js';
import type { Log } from '../../../common/log.js';
import type { CampaignRecord } from '../../../store/models/campaign.js';
import type { Store } from '../../../store/store.js';
import type { AlertDesk } from '../../tasks/ports/alert-desk.js';
import type { TaskService } from '../../tasks/task-service.js';
import type { ConnectionRequests } from '../connection-requests.js';
import type { JobDefinition } from '../jobs.js';
import { putStopAlert } from './campaign-alert.js';
import { CampaignMembersError, type CampaignMembers } from './campaign-members.js';
import { allowance, isBroken, sentLately } from './campaign-phase.js';
import { CampaignResults, requester } from './campaign-results.js';
import { CampaignTurns, type Turn } from './campaign-turns.js';
import type { Campaigns } from './campaigns.js';

/** Milliseconds between looks (groups-profiles.md §10). */
const LOOK = 5_000;
const SECOND = 1_000;
/** Requests that are begun at a time. */
const SLICE = 50;

export interface CampaignRunnerOptions {
  store: Store;
  clock: Clock;
  log: Log;
  campaigns: Campaigns;
  members: CampaignMembers;
  connectionRequests: Pick<ConnectionRequests, 'request'>;
  tasks: Pick<TaskService, 'queue'>;
  alerts: AlertDesk;
  /** Requests of all campaigns together. */
  perSecond: number;
}

/** What a look did. */
export interface CampaignLook {
  requested: number;
  settled: number;
}

/**
 * Does the campaigns, a look at a time: finds what became of those that were asked, and asks the next ones at the pace that is
 * set. All that it needs to know is stored, and a device is written down before it is asked: another server goes on where
 * this one stopped, and asks nobody twice.
 */
export class CampaignRunner {
  readonly #options: CampaignRunnerOptions;
  readonly #store: Store;
  readonly #results: CampaignResults;
  readonly #turns: CampaignTurns;

  constructor(options: CampaignRunnerOptions) {
    this.#options = options;
    const { store, members, tasks } = options;
    this.#store = store;
    this.#results = new CampaignResults(store);
    this.#turns = new CampaignTurns({ store, members, tasks, results: this.#results });
  }

  async look(now: Date): Promise<CampaignLook> {
    const settled = await this.#results.settle(now);
    for (const [campaign, { ended, failures }] of settled)
      await this.#store.campaigns.updateOne(
        { _id: campaign },
        { $inc: { 'sample.ended': ended, 'sample.failures': failures } },
      );
    const open = await this.#store.campaigns
      .find({ phase: { $ne: 'finished' } })
      .sort({ createdAt: 1, _id: 1 })
      .lean<CampaignRecord[]>();
    const running: CampaignRecord[] = [];
    for (const campaign of open) {
      const present = await this.#advance(campaign, now);
      if (present.phase === 'running') running.push(present);
      // The last answer may come outside the schedule.
      else if (present.phase === 'waiting') await this.#finishIfDone(present, now);
    }
    const pace = new Pace(this.#options.clock, this.#options.perSecond);
    let requested = 0;
    let left = this.#options.perSecond * (LOOK / SECOND);
    for (const [index, campaign] of running.entries()) {
      const share = Math.ceil(left / (running.length - index));
      const sent = await this.#serve(campaign, share, pace, now);
      left = Math.max(0, left - sent);
      requested += sent;
      if (sent > 0 || settled.has(campaign._id))
        this.#options.campaigns.publish('campaign.counted', campaign);
    }
    return { requested, settled: [...settled.values()].reduce((sum, { ended }) => sum + ended, 0) };
  }

  /** The campaign in the phase that it has now. */
  async #advance(campaign: CampaignRecord, now: Date): Promise<CampaignRecord> {
    const stopped =
      campaign.stopped ??
      (isBroken(campaign)
        ? { at: now, failures: campaign.sample.failures, ended: campaign.sample.ended }
        : null);
    const phase = await this.#options.campaigns.phase({ ...campaign, stopped }, now);
    if (phase === campaign.phase) return campaign;
    const finished = phase === 'finished' ? ({ at: now, reason: 'end' } as const) : null;
    // The limit says nothing about one that has ended by itself.
    return this.#set(campaign, { phase, finished, ...(phase === 'stopped' && { stopped }) }, now);
  }

  /** Sends what the pace allows, and finishes what has nothing left. Resolves to how many were asked. */
  async #serve(campaign: CampaignRecord, share: number, pace: Pace, now: Date): Promise<number> {
    const room = Math.min(allowance(campaign, now), share);
    let found: Awaited<ReturnType<CampaignTurns['next']>>;
    try {
      found = await this.#turns.next(campaign, room, now);
    } catch (error) {
      if (!(error instanceof CampaignMembersError)) throw error;
      const suspended = { at: now, by: 'system', reason: error.message };
      await this.#set(campaign, { suspended, phase: 'suspended' }, now);
      return 0;
    }
    const { turns, scan } = found;
    const { asked, all } =
      turns.length === 0 ? { asked: 0, all: true } : await this.#ask(campaign, turns, pace, now);
    // Those who were not asked are found again from where the last look ended.
    if (!all) return asked;
    if (scan !== campaign.scan) await this.#turns.keep(campaign, scan);
    await this.#finishIfDone(campaign, now);
    return asked;
  }

  /** `all`: nothing came between. */
  async #ask(
    campaign: CampaignRecord,
    turns: readonly Turn[],
    pace: Pace,
    now: Date,
  ): Promise<{ asked: number; all: boolean }> {
    const { _id } = campaign;
    const sent = [...sentLately(campaign.sent, now), { at: now, count: turns.length }];
    // First: who dies while sending has used up what was allowed.
    await this.#store.campaigns.updateOne({ _id }, { $set: { sent } });
    let asked = 0;
    for (let from = 0; from < turns.length;) {
      const slice = turns.slice(from, from + Math.min(SLICE, await pace.room()));
      from += slice.length;
      // A suspension, an edit or a deletion counts for what has not been sent.
      if (!(await this.#store.campaigns.exists({ _id, phase: 'running', version: campaign.version })))
        return { asked, all: false };
      const done = await Promise.all(slice.map((turn) => this.#askOne(_id, turn, now)));
      asked += done.filter(Boolean).length;
      pace.take(slice.length);
    }
    return { asked, all: true };
  }

  async #askOne(campaign: string, turn: Turn, now: Date): Promise<boolean> {
    const { connectionRequests, log } = this.#options;
    const row = await this.#turns.reserve(campaign, turn, now);
    if (!row) return false;
    const { _id, requestedAt } = row;
    try {
      const request = await connectionRequests.request(turn.device, { user: requester(campaign) });
      await this.#store.campaignDevices.updateOne(
        { _id, state: 'requested', requestedAt },
        { $set: { request: request._id } },
      );
      return true;
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      log.info({ campaign, device: turn.device }, 'a device that was to be called is gone');
      await this.#store.campaignDevices.deleteOne({ _id });
      return false;
    }
  }

  async #finishIfDone(campaign: CampaignRecord, now: Date): Promise<void> {
    if (campaign.execute !== 'once' || campaign.scan.completedAt === null) return;
    const left = await this.#store.campaignDevices.exists({
      campaign: campaign._id,
      state: { $in: ['pending', 'requested'] },
    });
    if (!left) await this.#set(campaign, { phase: 'finished', finished: { at: now, reason: 'done' } }, now);
  }

  /** Unless somebody has changed it since it was read: then the next look sees what it is. */
  async #set(campaign: CampaignRecord, fields: Partial<CampaignRecord>, now: Date): Promise<CampaignRecord> {
    const { _id, version } = campaign;
    // That a slot of the schedule has begun or ended is no edit.
    const edited = fields.finished ?? fields.stopped ?? fields.suspended;
    const after = await this.#store.campaigns
      .findOneAndUpdate(
        { _id, version },
        { $set: { ...fields, ...(edited && { version: version + 1 }) } },
        { returnDocument: 'after' },
      )
      .lean<CampaignRecord | null>();
    if (!after) return { ...campaign, phase: 'suspended' };
    if (fields.stopped) await putStopAlert(this.#options.alerts, after, now);
    this.#options.campaigns.publish('campaign.changed', after);
    return after;
  }
}

/** So many in a second, over all campaigns. */
class Pace {
  readonly #clock: Clock;
  readonly #perSecond: number;
  #since: number;
  #used = 0;

  constructor(clock: Clock, perSecond: number) {
    this.#clock = clock;
    this.#perSecond = perSecond;
    this.#since = clock.elapsed();
  }

  /** How many may be sent now; waits for the next second when none may. */
  async room(): Promise<number> {
    const passed = this.#clock.elapsed() - this.#since;
    if (passed >= SECOND) this.#restart();
    else if (this.#used >= this.#perSecond) {
      await this.#clock.sleep(SECOND - passed);
      this.#restart();
    }
    return this.#perSecond - this.#used;
  }

  take(count: number): void {
    this.#used += count;
  }

  #restart(): void {
    this.#since = this.#clock.elapsed();
    this.#used = 0;
  }
}

/** The job that does the campaigns. */
export function campaignJobs(runner: Pick<CampaignRunner, 'look'>): JobDefinition[] {
  return [
    {
      name: 'campaigns.run',
      title: 'Ask the devices of connection campaigns to call in',
      interval: LOOK,
      run: async (now) => {
        const { requested, settled } = await runner.look(now);
        if (requested + settled === 0) return 'nothing to do';
        return `${requested} asked, ${settled} answered or given up`;
      },
    },
  ];
}
