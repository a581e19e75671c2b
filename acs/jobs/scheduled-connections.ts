import type { Clock } from '../../common/clock.js';
import { ConflictError, NotFoundError, StaleError, ValidationError } from '../../common/errors.js';
import { newId } from '../../common/ids.js';
import type { Log } from '../../common/log.js';
import type { ScheduledConnectionRecord } from '../../store/models/scheduled-connection.js';
import type { Store } from '../../store/store.js';
import { afterCursor, pageOf, type Page, type SortField } from '../tasks/keyset.js';
import type { ConnectionRequests } from './connection-requests.js';
import type { JobDefinition } from './jobs.js';

/** Milliseconds between looks at what is due. */
const INTERVAL = 5_000;
/** Milliseconds until a device that is in a session is asked again, and how often. */
const AGAIN = 15_000;
const MAX_TRIES = 40;
/** Milliseconds that a server has for asking. */
const CLAIM = 60_000;
/** Times of one device: more are a mistake of whoever makes them. */
const MOST = 100;
/** Devices asked in one look, and at once. */
const LOOKED_AT = 1_000;
const AT_ONCE = 20;

const SOONEST: readonly SortField[] = [
  { field: 'at', direction: 1, kind: 'time' },
  { field: '_id', direction: 1 },
];

/** Connection requests at given times, of people (devices.md §10) and of workflows (xmltask.md §5 requestConnection). */
export class ScheduledConnections {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #requests: Pick<ConnectionRequests, 'request'>;

  constructor(options: {
    store: Store;
    clock: Clock;
    log: Log;
    requests: Pick<ConnectionRequests, 'request'>;
  }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#requests = options.requests;
  }

  /** The soonest first. */
  async list(
    device: string,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
  ): Promise<Page<ScheduledConnectionRecord>> {
    const rows = await this.#store.scheduledConnections
      .find(cursor === undefined ? { device } : { $and: [{ device }, afterCursor(cursor, SOONEST)] })
      .sort({ at: 1, _id: 1 })
      .limit(limit + 1)
      .lean<ScheduledConnectionRecord[]>();
    return pageOf(rows, limit, SOONEST);
  }

  /** Throws `NotFoundError`. */
  async get(device: string, id: string): Promise<ScheduledConnectionRecord> {
    const found = await this.#store.scheduledConnections
      .findOne({ _id: id, device })
      .lean<ScheduledConnectionRecord | null>();
    if (!found) throw new NotFoundError('scheduled connection request', id);
    return found;
  }

  /**
   * Of a workflow: a time that is past means at once after the session that is under way. The same time is planned once. Throws `ConflictError` beyond
   * 100 of one device.
   */
  async schedule(device: string, at: Date, by: string): Promise<ScheduledConnectionRecord> {
    const same = await this.#store.scheduledConnections
      .findOne({ device, at, by })
      .lean<ScheduledConnectionRecord | null>();
    if (same) return same;
    if ((await this.#store.scheduledConnections.countDocuments({ device })) >= MOST)
      throw new ConflictError(`A device has at most ${MOST} scheduled connection requests`);
    const now = this.#clock.now();
    const record: ScheduledConnectionRecord = {
      ...{ _id: newId(now), device, at, by, createdAt: now },
      ...{ tries: 0, claimedUntil: null, version: 1 },
    };
    await this.#store.scheduledConnections.create(record);
    return record;
  }

  /** Of a person. Throws as `schedule`, and `ValidationError` for a time that is past. */
  async add(device: string, at: Date, by: string): Promise<ScheduledConnectionRecord> {
    this.#mustCome(at);
    return this.schedule(device, at, by);
  }

  /** Another time. Throws `ValidationError`, and `StaleError` when it was changed or carried out meanwhile. */
  async move(before: ScheduledConnectionRecord, at: Date): Promise<ScheduledConnectionRecord> {
    this.#mustCome(at);
    const moved = await this.#store.scheduledConnections
      .findOneAndUpdate(
        { _id: before._id, version: before.version },
        { $set: { at, tries: 0, claimedUntil: null }, $inc: { version: 1 } },
        { returnDocument: 'after' },
      )
      .lean<ScheduledConnectionRecord | null>();
    if (!moved) throw new StaleError('scheduled connection request', before._id);
    return moved;
  }

  async remove({ _id }: ScheduledConnectionRecord): Promise<void> {
    await this.#store.scheduledConnections.deleteOne({ _id });
  }

  /** Asks the devices whose time has come. Resolves to how many. */
  async askDue(): Promise<number> {
    let asked = 0;
    while (asked < LOOKED_AT) {
      const claimed: ScheduledConnectionRecord[] = [];
      while (claimed.length < AT_ONCE) {
        const next = await this.#claim();
        if (!next) break;
        claimed.push(next);
      }
      await Promise.all(claimed.map((one) => this.#ask(one)));
      asked += claimed.length;
      if (claimed.length < AT_ONCE) break;
    }
    return asked;
  }

  #mustCome(at: Date): void {
    if (at <= this.#clock.now()) throw ValidationError.of('/at', 'Must be in the future', 'past');
  }

  async #claim(): Promise<ScheduledConnectionRecord | null> {
    const now = this.#clock.now();
    return this.#store.scheduledConnections
      .findOneAndUpdate(
        { at: { $lte: now }, $or: [{ claimedUntil: null }, { claimedUntil: { $lte: now } }] },
        { $set: { claimedUntil: new Date(now.getTime() + CLAIM) }, $inc: { version: 1 } },
        { sort: { at: 1 }, returnDocument: 'after' },
      )
      .lean<ScheduledConnectionRecord | null>();
  }

  async #ask(one: ScheduledConnectionRecord): Promise<void> {
    const { _id, device, by, tries, version } = one;
    let again = false;
    try {
      const { outcome } = await this.#requests.request(device, { user: by, until: 'accepted' });
      // The session in which it was ordered may still be open.
      again = outcome === 'already-in-session' && tries < MAX_TRIES;
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      this.#log.info({ device }, 'a device that was to be called is gone');
    }
    // Who was given another time meanwhile keeps it.
    const mine = { _id, version };
    if (!again) await this.#store.scheduledConnections.deleteOne(mine);
    else
      await this.#store.scheduledConnections.updateOne(mine, {
        $set: { at: new Date(this.#clock.now().getTime() + AGAIN), tries: tries + 1, claimedUntil: null },
        $inc: { version: 1 },
      });
  }
}

export function scheduledConnectionJobs(scheduled: ScheduledConnections): JobDefinition[] {
  return [
    {
      name: 'connection-requests.scheduled',
      title: 'Ask devices to call in at the times that were set for them',
      interval: INTERVAL,
      run: async () => {
        const asked = await scheduled.askDue();
        return asked === 0 ? 'nothing to do' : `${asked} ${asked === 1 ? 'device' : 'devices'} asked`;
      },
    },
  ];
}
