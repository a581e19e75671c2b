import type { ConnectionOutcome, ConnectionRequestRecord } from '../../../store/models/connection-request.js';
import type { CampaignDeviceRecord, CampaignSkip } from '../../../store/models/campaign-device.js';
import type { CampaignRecord } from '../../../store/models/campaign.js';
import type { ExecutionRecord } from '../../../store/models/execution.js';
import { fromStoredTask, type TaskRecord } from '../../../store/models/task.js';
import type { Store } from '../../../store/store.js';
import { isCurrent } from '../../tasks/queue.js';

/** Awaited answers looked at in one go; the earliest first. */
const LOOKED_AT = 2_000;
/** Milliseconds until the task of a device that has come is looked at again. */
const TASK_AGAIN = 30_000;
/** Milliseconds after which a request without an id is one of a server that died before, or while, it sent it. */
const LOST = 60_000;

/** Who a campaign's connection requests are from. */
export const requester = (campaign: string): string => `campaign ${campaign}`;

type Fate =
  | { kind: 'contacted'; cameAt: Date | null; reason: string }
  | { kind: 'failed'; reason: string }
  | { kind: 'skipped'; reason: CampaignSkip }
  /** It has come, and its task is waited for. */
  | { kind: 'came'; cameAt: Date }
  /** It was never sent. */
  | { kind: 'unsent' }
  | { kind: 'adopted'; request: string };

/** What changed in one look, by campaign. */
export type Settled = Map<string, { ended: number; failures: number }>;

/** Finds what became of the devices that were asked. */
export class CampaignResults {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  async settle(now: Date): Promise<Settled> {
    const awaited = await this.#store.campaignDevices
      .find({ state: 'requested', $or: [{ nextAt: null }, { nextAt: { $lte: now } }] })
      .sort({ requestedAt: 1 })
      .limit(LOOKED_AT)
      .lean<CampaignDeviceRecord[]>();
    const settled: Settled = new Map();
    if (awaited.length === 0) return settled;
    const campaigns = await this.#campaignsOf(awaited);
    const requests = await this.#requestsOf(awaited);
    for (const row of awaited) {
      const campaign = campaigns.get(row.campaign);
      if (!campaign) continue;
      const fate = await this.#fateOf(row, campaign, requests, now);
      if (!fate || !(await this.#write(row, campaign, fate, now))) continue;
      if (fate.kind !== 'contacted' && fate.kind !== 'failed') continue;
      const counted = settled.get(campaign._id) ?? { ended: 0, failures: 0 };
      counted.ended += 1;
      if (fate.kind === 'failed') counted.failures += 1;
      settled.set(campaign._id, counted);
    }
    return settled;
  }

  /** The task that counts has run there without an error. */
  async isDone(campaign: CampaignRecord, device: string): Promise<boolean> {
    const { success } = campaign;
    if (success.kind !== 'task') return false;
    const report = await this.#reportOf(success.task, device);
    return report !== null && isGood(report);
  }

  async #campaignsOf(rows: readonly CampaignDeviceRecord[]): Promise<Map<string, CampaignRecord>> {
    const ids = [...new Set(rows.map(({ campaign }) => campaign))];
    const found = await this.#store.campaigns.find({ _id: { $in: ids } }).lean<CampaignRecord[]>();
    const campaigns = new Map(found.map((campaign) => [campaign._id, campaign]));
    const gone = ids.filter((id) => !campaigns.has(id));
    // It was deleted while it sent.
    if (gone.length > 0) await this.#store.campaignDevices.deleteMany({ campaign: { $in: gone } });
    return campaigns;
  }

  async #requestsOf(rows: readonly CampaignDeviceRecord[]): Promise<Map<string, ConnectionRequestRecord>> {
    const ids = rows.flatMap(({ request }) => (request === null ? [] : [request]));
    const found = await this.#store.connectionRequests
      .find({ _id: { $in: ids } })
      .lean<ConnectionRequestRecord[]>();
    return new Map(found.map((request) => [request._id, request]));
  }

  /** Null = nothing is known yet. */
  async #fateOf(
    row: CampaignDeviceRecord,
    campaign: CampaignRecord,
    requests: ReadonlyMap<string, ConnectionRequestRecord>,
    now: Date,
  ): Promise<Fate | null> {
    const requestedAt = row.requestedAt ?? now;
    if (row.request === null) return this.#lostFate(row, requestedAt, now);
    const request = requests.get(row.request);
    if (!request) return { kind: 'failed', reason: 'unknown' };
    if (request.open) return null;
    const skip = SKIPS[request.outcome];
    if (skip) return { kind: 'skipped', reason: skip };
    if (!CAME.has(request.outcome)) return { kind: 'failed', reason: request.outcome };
    const cameAt = request.cameAt ?? request.requestedAt;
    if (campaign.success.kind === 'session')
      return { kind: 'contacted', cameAt: request.cameAt, reason: request.outcome };
    return this.#taskFate(row, campaign, campaign.success.task, { requestedAt, cameAt, now });
  }

  async #lostFate(row: CampaignDeviceRecord, requestedAt: Date, now: Date): Promise<Fate | null> {
    if (Math.abs(now.getTime() - requestedAt.getTime()) < LOST) return null;
    const sent = await this.#store.connectionRequests
      .findOne({
        device: row.device,
        user: requester(row.campaign),
        requestedAt: { $gte: requestedAt },
      })
      .sort({ requestedAt: 1 })
      .lean<ConnectionRequestRecord | null>();
    return sent ? { kind: 'adopted', request: sent._id } : { kind: 'unsent' };
  }

  /** After the device has come its task may take as long as there is between two attempts. */
  async #taskFate(
    row: CampaignDeviceRecord,
    campaign: CampaignRecord,
    task: string,
    { requestedAt, cameAt, now }: { requestedAt: Date; cameAt: Date; now: Date },
  ): Promise<Fate | null> {
    const report = await this.#reportOf(task, row.device);
    if (report && isGood(report)) return { kind: 'contacted', cameAt, reason: 'task-done' };
    if (report?.status === 'ERROR' && report.finishTime && report.finishTime >= requestedAt)
      return { kind: 'failed', reason: 'task-failed' };
    if (now.getTime() - cameAt.getTime() >= campaign.retries.pause * 1_000)
      return { kind: 'failed', reason: 'task-not-finished' };
    return { kind: 'came', cameAt };
  }

  /** Null = there is none, or a rerun has outdated it. */
  async #reportOf(task: string, device: string): Promise<ExecutionRecord | null> {
    const [report, definition] = await Promise.all([
      this.#store.executions.findOne({ task, device }).lean<ExecutionRecord | null>(),
      this.#store.tasks.findById(task).lean<TaskRecord | null>(),
    ]);
    return report && definition && isCurrent(fromStoredTask(definition), report) ? report : null;
  }

  async #write(row: CampaignDeviceRecord, campaign: CampaignRecord, fate: Fate, now: Date): Promise<boolean> {
    const { _id, requestedAt } = row;
    const { modifiedCount } = await this.#store.campaignDevices.updateOne(
      { _id, state: 'requested', requestedAt },
      { $set: { ...after(row, campaign, fate, now), changedAt: now } },
    );
    return modifiedCount === 1;
  }
}

const CAME: ReadonlySet<ConnectionOutcome> = new Set(['session-started', 'already-in-session']);
const SKIPS: Partial<Record<ConnectionOutcome, CampaignSkip>> = {
  'not-allowed': 'unmanaged',
  'no-url': 'no-url',
};

const isGood = ({ status }: ExecutionRecord): boolean => status === 'SUCCESS' || status === 'WARNING';

/** What a record becomes. */
function after(
  row: CampaignDeviceRecord,
  campaign: CampaignRecord,
  fate: Fate,
  now: Date,
): Partial<CampaignDeviceRecord> {
  const { interval, retries } = campaign;
  const continuous = campaign.execute === 'continuously';
  const later = (seconds: number, from = row.requestedAt ?? now): Date =>
    new Date(from.getTime() + seconds * 1_000);
  const pause = Math.max(interval, retries.pause);
  switch (fate.kind) {
    case 'contacted':
      return {
        ...{ state: 'contacted', reason: fate.reason, cameAt: fate.cameAt, contactedAt: now },
        ...{ attempts: 0, contacts: row.contacts + 1, nextAt: continuous ? later(interval) : null },
      };
    case 'skipped':
      return {
        ...{ state: 'skipped', reason: fate.reason, attempts: 0 },
        nextAt: continuous ? later(pause) : null,
      };
    case 'failed':
      if (row.attempts < retries.attempts)
        return { state: 'pending', reason: fate.reason, nextAt: later(pause, now) };
      return {
        ...{ state: 'failed', reason: fate.reason },
        ...(continuous ? { attempts: 0, nextAt: later(pause, now) } : { nextAt: null }),
      };
    case 'came':
      return { cameAt: fate.cameAt, nextAt: new Date(now.getTime() + TASK_AGAIN) };
    case 'adopted':
      return { request: fate.request };
    case 'unsent':
      return {
        ...{ state: 'pending', nextAt: now, requestedAt: null },
        ...{ attempts: Math.max(0, row.attempts - 1), requests: Math.max(0, row.requests - 1) },
      };
  }
}
