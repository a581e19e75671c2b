import { newId } from '../../../common/ids.js';
import { isDuplicateKey } from '../../../store/duplicate-key.js';
import type { CampaignDeviceRecord, CampaignSkip } from '../../../store/models/campaign-device.js';
import type { CampaignRecord, CampaignScan } from '../../../store/models/campaign.js';
import type { Store } from '../../../store/store.js';
import type { MongoFilter } from '../../devices/filter.js';
import type { TaskService } from '../../tasks/task-service.js';
import type { CampaignMembers, Member } from './campaign-members.js';
import type { CampaignResults } from './campaign-results.js';

export interface CampaignTurnsOptions {
  store: Store;
  members: CampaignMembers;
  results: CampaignResults;
  tasks: Pick<TaskService, 'queue'>;
}

/** A device that is to be asked now; `row` null = its first turn. */
export interface Turn {
  device: string;
  row: CampaignDeviceRecord | null;
}

/** Whose turn it is, and how far the look through the members came to find them. */
interface Turns {
  turns: Turn[];
  scan: CampaignScan;
}

/** Devices of one page of members. */
const PAGE = 500;
/** Members looked at in one look; the second where each of their lists has to be worked out. */
const LOOKED_AT = 2_000;
const LISTS_LOOKED_AT = 300;
/** Milliseconds until members that have joined are looked for again. */
const AGAIN = 60_000;
/** Milliseconds until a device that was skipped is looked at again by a campaign that goes on. */
const SKIPPED_FOR = 5 * 60_000;

type Verdict = { kind: 'ask' } | { kind: 'done' } | { kind: 'skip'; reason: CampaignSkip };

/** Whose turn it is in a campaign: those whose time has come again, and members that had none yet. */
export class CampaignTurns {
  readonly #options: CampaignTurnsOptions;
  readonly #store: Store;

  constructor(options: CampaignTurnsOptions) {
    this.#options = options;
    this.#store = options.store;
  }

  /** At most `room` of them. Skipped devices and leavers are dealt with here. Throws `CampaignMembersError`. */
  async next(campaign: CampaignRecord, room: number, now: Date): Promise<Turns> {
    const condition = await this.#options.members.condition(campaign, now);
    if (room === 0) return { turns: [], scan: campaign.scan };
    const due = await this.#store.campaignDevices
      .find({ campaign: campaign._id, state: { $ne: 'requested' }, nextAt: { $lte: now } })
      .sort({ nextAt: 1, device: 1 })
      .limit(room)
      .lean<CampaignDeviceRecord[]>();
    // Neither keeps the other waiting.
    const kept = Math.min(due.length, Math.ceil(room / 2));
    const first = await this.#firstTurns(campaign, condition, room - kept, now);
    const again = await this.#secondTurns(campaign, condition, due, now);
    return { turns: [...again.slice(0, room - first.turns.length), ...first.turns], scan: first.scan };
  }

  /**
   * Keeps how far the look has come, once the turns that it gave are written down: one that is not would never be found
   * again. An edit that came meanwhile begins from the first member again, and is not overwritten.
   */
  async keep(campaign: CampaignRecord, scan: CampaignScan): Promise<void> {
    const { _id, version } = campaign;
    await this.#store.campaigns.updateOne({ _id, version }, { $set: { scan } });
    campaign.scan = scan;
  }

  /** True for exactly one of several servers: it is written down before anything is sent. */
  async reserve(campaign: string, { device, row }: Turn, now: Date): Promise<CampaignDeviceRecord | null> {
    const requested = {
      ...{ state: 'requested' as const, reason: '', requestedAt: now, changedAt: now },
      ...{ request: null, cameAt: null, nextAt: null },
    };
    if (!row) {
      const made = { ...newRow(campaign, device, now), ...requested, attempts: 1, requests: 1 };
      return (await this.#insert(made)) ? made : null;
    }
    return this.#store.campaignDevices
      .findOneAndUpdate(
        { _id: row._id, state: row.state, nextAt: row.nextAt },
        { $set: requested, $inc: { attempts: 1, requests: 1 } },
        { returnDocument: 'after' },
      )
      .lean<CampaignDeviceRecord | null>();
  }

  async #secondTurns(
    campaign: CampaignRecord,
    condition: MongoFilter,
    due: readonly CampaignDeviceRecord[],
    now: Date,
  ): Promise<Turn[]> {
    if (due.length === 0) return [];
    const present = await this.#options.members.among(
      condition,
      due.map(({ device }) => device),
    );
    const turns: Turn[] = [];
    for (const row of due) {
      const member = present.get(row.device);
      const same = { _id: row._id, state: row.state, nextAt: row.nextAt };
      if (!member) {
        await this.#store.campaignDevices.deleteOne(same);
        continue;
      }
      const verdict = await this.#verdict(campaign, member);
      if (verdict.kind === 'ask') turns.push({ device: row.device, row });
      else
        await this.#store.campaignDevices.updateOne(same, {
          $set: { ...withoutAsking(campaign, row, verdict, now) },
        });
    }
    return turns;
  }

  /** Goes through the members from where the last look ended. */
  async #firstTurns(
    campaign: CampaignRecord,
    condition: MongoFilter,
    room: number,
    now: Date,
  ): Promise<Turns> {
    const { completedAt } = campaign.scan;
    let { after } = campaign.scan;
    if (room === 0 || (after === null && completedAt && within(completedAt, now, AGAIN)))
      return { turns: [], scan: campaign.scan };
    const most = campaign.onlyIfTasksWait ? LISTS_LOOKED_AT : LOOKED_AT;
    const turns: Turn[] = [];
    let looked = 0;
    for (;;) {
      const size = Math.min(PAGE, most);
      const page = await this.#options.members.page(condition, after, size);
      const known = await this.#known(campaign._id, page);
      for (const member of page) {
        if (turns.length === room) return { turns, scan: { after, completedAt } };
        after = member._id;
        if (!known.has(member._id) && (await this.#first(campaign, member, now)))
          turns.push({ device: member._id, row: null });
      }
      looked += page.length;
      if (page.length < size) return { turns, scan: { after: null, completedAt: now } };
      if (looked >= most) return { turns, scan: { after, completedAt } };
    }
  }

  async #known(campaign: string, page: readonly Member[]): Promise<Set<string>> {
    const devices = page.map(({ _id }) => _id);
    const rows = await this.#store.campaignDevices
      .find({ campaign, device: { $in: devices } }, { device: 1 })
      .lean<Pick<CampaignDeviceRecord, 'device'>[]>();
    return new Set(rows.map(({ device }) => device));
  }

  /** Whether it is to be asked; else it is written down why not. */
  async #first(campaign: CampaignRecord, member: Member, now: Date): Promise<boolean> {
    const verdict = await this.#verdict(campaign, member);
    if (verdict.kind === 'ask') return true;
    const row = newRow(campaign._id, member._id, now);
    await this.#insert({ ...row, ...withoutAsking(campaign, row, verdict, now) });
    return false;
  }

  async #verdict(campaign: CampaignRecord, member: Member): Promise<Verdict> {
    const { minimumLastVisit, onlyIfTasksWait } = campaign;
    const { lastVisit } = member;
    const skip = (reason: CampaignSkip): Verdict => ({ kind: 'skip', reason });
    if (!member.managed) return skip('unmanaged');
    if (member.blacklisted) return skip('blacklisted');
    if (!lastVisit) return skip('never-seen');
    if (minimumLastVisit && lastVisit < minimumLastVisit) return skip('old-visit');
    if ((member.connectionRequestUrl ?? '').trim() === '') return skip('no-url');
    if (await this.#options.results.isDone(campaign, member._id)) return { kind: 'done' };
    if (onlyIfTasksWait && !(await this.#hasWork(member._id))) return skip('nothing-to-do');
    return { kind: 'ask' };
  }

  async #hasWork(device: string): Promise<boolean> {
    const { entries } = await this.#options.tasks.queue(device);
    return entries.some(({ due }) => due);
  }

  async #insert(row: CampaignDeviceRecord): Promise<boolean> {
    try {
      await this.#store.campaignDevices.create(row);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }
}

function newRow(campaign: string, device: string, now: Date): CampaignDeviceRecord {
  return {
    ...{ _id: newId(now), campaign, device, state: 'pending', attempts: 0, requests: 0, contacts: 0 },
    ...{ reason: '', requestedAt: null, request: null, cameAt: null, contactedAt: null, nextAt: null },
    changedAt: now,
  };
}

/** What becomes of a device that is not asked. */
function withoutAsking(
  campaign: CampaignRecord,
  row: CampaignDeviceRecord,
  verdict: Exclude<Verdict, { kind: 'ask' }>,
  now: Date,
): Partial<CampaignDeviceRecord> {
  const again = Math.max(campaign.interval * 1_000, SKIPPED_FOR);
  const nextAt = campaign.execute === 'once' ? null : new Date(now.getTime() + again);
  if (verdict.kind === 'skip')
    return { state: 'skipped', reason: verdict.reason, attempts: 0, nextAt, changedAt: now };
  return {
    ...{ state: 'contacted', reason: 'task-done', attempts: 0, nextAt, changedAt: now },
    ...(row.contacts === 0 && { contacts: 1, contactedAt: now }),
  };
}

const within = (time: Date, now: Date, milliseconds: number): boolean =>
  Math.abs(now.getTime() - time.getTime()) < milliseconds;
