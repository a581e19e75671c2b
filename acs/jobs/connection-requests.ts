import type { Agenda } from 'agenda';
import { CLOCK_TOLERANCE, type Clock } from '../../common/clock.js';
import { NotFoundError, ValidationError } from '../../common/errors.js';
import type { EventBus } from '../../common/events.js';
import { newId } from '../../common/ids.js';
import type { Log } from '../../common/log.js';
import type { SecretBox } from '../../common/secret-box.js';
import type {
  ConnectionAttempt,
  ConnectionOutcome,
  ConnectionRequestRecord,
} from '../../store/models/connection-request.js';
import type { DeviceRecord } from '../../store/models/device.js';
import type { Store } from '../../store/store.js';
import {
  attemptConnection,
  credentialsToTry,
  isRetryable,
  type PlainCredentials,
  type SendConnectionRequest,
} from './connection-attempt.js';
import { ConnectionWatch, type Watched } from './connection-watch.js';
import { isHeld } from '../devices/contact-state.js';
import { isDuplicateKey } from '../../store/duplicate-key.js';

/** The one-off job of agenda that makes the next attempt of a request. */
export const RETRY_JOB = 'connection-request.retry';

export interface ConnectionTimes {
  /** Milliseconds for the CPE's HTTP answer. */
  attempt: number;
  /** Milliseconds between the acceptance and the Inform with event 6 (devices.md §10). */
  session: number;
  /** Milliseconds before each retry. */
  retries: readonly number[];
  /** Milliseconds between looks at devices that another process may be serving. */
  poll: number;
  /** Milliseconds that a request is kept in the history. */
  keep: number;
}

const DEFAULT_TIMES: ConnectionTimes = {
  attempt: 10_000,
  session: 60_000,
  retries: [5_000, 15_000, 45_000],
  poll: 1_000,
  keep: 90 * 86_400_000,
};

export interface ConnectionRequestsOptions {
  store: Store;
  agenda: Agenda;
  clock: Clock;
  events: EventBus;
  secretBox: SecretBox;
  log: Log;
  send: SendConnectionRequest;
  /** For devices that have no credentials of their own, or refuse them. */
  defaultCredentials?: PlainCredentials | null;
  times?: Partial<ConnectionTimes>;
}

export interface RequestOptions {
  user: string;
  /** Milliseconds to wait for what `until` says; 0 = return at once, the attempt goes on. */
  wait?: number;
  /** `accepted`: the CPE has answered; `final` (the default): it has come, or will not. */
  until?: 'accepted' | 'final';
}

export interface ConnectionRequestPage {
  items: ConnectionRequestRecord[];
  next: string | null;
}

type Callable = Pick<
  DeviceRecord,
  '_id' | 'managed' | 'blacklisted' | 'connectionRequestUrl' | 'lease' | 'domain'
> & { credentials: Pick<DeviceRecord['credentials'], 'connectionRequest'> };

/**
 * Asks CPEs to call in. Accepted is not come: a request is successful only when the Inform with `6 CONNECTION REQUEST`
 * has arrived. A device has at most one open request; who asks meanwhile joins it.
 */
export class ConnectionRequests {
  readonly #options: ConnectionRequestsOptions;
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #times: ConnectionTimes;
  readonly #watch: ConnectionWatch;
  readonly #attempts = new Set<Promise<void>>();
  readonly #waiters = new Map<string, Set<() => void>>();
  #closed = false;

  constructor(options: ConnectionRequestsOptions) {
    this.#options = options;
    this.#store = options.store;
    this.#clock = options.clock;
    this.#times = { ...DEFAULT_TIMES, ...options.times };
    const { store, clock, events, log } = options;
    this.#watch = new ConnectionWatch({
      ...{ store, clock, events, log },
      poll: this.#times.poll,
      came: (id, cameAt) => this.#settle(id, 'session-started', { cameAt }),
      late: (id) => this.#settle(id, 'accepted-no-session', {}),
    });
    options.agenda.define<{ request: string }>(
      RETRY_JOB,
      async (job) => {
        await this.#retry(job.attrs.data.request);
      },
      { concurrency: 50 },
    );
  }

  /**
   * Asks the device to call in, or joins the request that is open already. What forbids it (`not-allowed`, `no-url`,
   * `already-in-session`) is the outcome of the request, not an error. Throws `NotFoundError`.
   */
  async request(device: string, options: RequestOptions): Promise<ConnectionRequestRecord> {
    const record = await this.#openRequest(device, options.user);
    return await this.#wait(record, options.wait ?? 0, options.until ?? 'final');
  }

  /** Throws `NotFoundError`. */
  async get(id: string): Promise<ConnectionRequestRecord> {
    const record = await this.#store.connectionRequests.findById(id).lean<ConnectionRequestRecord | null>();
    if (!record) throw new NotFoundError('connection request', id);
    return record;
  }

  async latest(device: string): Promise<ConnectionRequestRecord | null> {
    const { items } = await this.history(device, { limit: 1 });
    return items[0] ?? null;
  }

  /** Newest first. */
  async history(device: string, query: { limit: number; cursor?: string }): Promise<ConnectionRequestPage> {
    const limit = Math.min(Math.max(Math.trunc(query.limit), 1), 1_000);
    const items = await this.#store.connectionRequests
      .find({ device, ...(query.cursor === undefined ? {} : before(query.cursor)) })
      .sort({ requestedAt: -1, _id: -1 })
      .limit(limit + 1)
      .lean<ConnectionRequestRecord[]>();
    const more = items.length > limit;
    if (more) items.pop();
    const last = items.at(-1);
    return { items, next: more && last ? `${last.requestedAt.getTime()}-${last._id}` : null };
  }

  /** Goes on with requests whose server has died or whose retry was lost. Returns how many. */
  async sweep(): Promise<number> {
    const now = this.#clock.now().getTime();
    const late = new Date(now - Math.max(10_000, 2 * this.#times.poll));
    await this.#giveUpFuture(now);
    const stuck = await this.#store.connectionRequests
      .find({
        open: true,
        requestedAt: { $lte: late },
        $or: [
          { nextAttemptAt: { $lte: late } },
          { nextAttemptAt: null, acceptedAt: null, claimedUntil: { $lte: late } },
          { acceptedAt: { $lte: new Date(late.getTime() - this.#times.session) } },
        ],
      })
      .limit(1_000)
      .lean<ConnectionRequestRecord[]>();
    for (const record of stuck) {
      if (record.acceptedAt) await this.#watch.look([this.#watchOf(record)]);
      else if (await this.#claim(record)) this.#start(record);
    }
    return stuck.length;
  }

  /** An open request keeps others from being made: one of a clock that was set back since must not do so until then. */
  async #giveUpFuture(now: number): Promise<void> {
    const future = await this.#store.connectionRequests
      .find({ open: true, requestedAt: { $gt: new Date(now + CLOCK_TOLERANCE) } })
      .limit(1_000)
      .lean<ConnectionRequestRecord[]>();
    for (const { _id, acceptedAt } of future)
      await this.#settle(_id, acceptedAt ? 'accepted-no-session' : 'timeout', {});
  }

  /** Stops watching and waits for the attempts under way; the rest is for the next start. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#attempts);
    await this.#watch.close();
    for (const waiters of this.#waiters.values()) for (const wake of waiters) wake();
  }

  async #openRequest(id: string, user: string): Promise<ConnectionRequestRecord> {
    for (;;) {
      const device = await this.#device(id);
      if (!device) throw new NotFoundError('device', id);
      const open = await this.#store.connectionRequests
        .findOne({ device: id, open: true })
        .lean<ConnectionRequestRecord | null>();
      if (open) return open;
      const now = this.#clock.now();
      const obstacle = this.#obstacle(device, now);
      const record: ConnectionRequestRecord = {
        _id: newId(now),
        device: id,
        user,
        requestedAt: now,
        outcome: obstacle ?? 'waiting',
        attempts: [],
        acceptedAt: null,
        cameAt: null,
        nextAttemptAt: null,
        claimedUntil: obstacle ? null : this.#claimEnd(now),
        open: obstacle === null,
        expiresAt: new Date(now.getTime() + this.#times.keep),
      };
      try {
        await this.#store.connectionRequests.create(record);
      } catch (error) {
        // Another caller was a moment faster: join its request.
        if (isDuplicateKey(error)) continue;
        throw error;
      }
      this.#publish(record, device.domain);
      if (record.open) this.#start(record);
      return record;
    }
  }

  async #device(id: string): Promise<Callable | null> {
    return await this.#store.devices
      .findById(id, {
        managed: 1,
        blacklisted: 1,
        connectionRequestUrl: 1,
        'credentials.connectionRequest': 1,
        lease: 1,
        domain: 1,
      })
      .lean<Callable | null>();
  }

  /** What makes a request pointless now. */
  #obstacle(device: Callable, now: Date): ConnectionOutcome | null {
    if (!device.managed || device.blacklisted) return 'not-allowed';
    if (isHeld(device.lease, now)) return 'already-in-session';
    return (device.connectionRequestUrl ?? '').trim() === '' ? 'no-url' : null;
  }

  #claimEnd(now: Date): Date {
    return new Date(now.getTime() + 2 * this.#times.attempt + 5_000);
  }

  #watchOf(record: ConnectionRequestRecord): Watched {
    const deadline = record.acceptedAt && new Date(record.acceptedAt.getTime() + this.#times.session);
    return { id: record._id, device: record.device, since: record.requestedAt, deadline };
  }

  #start(record: ConnectionRequestRecord): void {
    this.#watch.add(this.#watchOf(record));
    const attempt = this.#attempt(record)
      .catch((error: unknown) => {
        this.#options.log.error({ err: error, device: record.device }, 'a connection request failed');
      })
      .finally(() => this.#attempts.delete(attempt));
    this.#attempts.add(attempt);
  }

  async #attempt({ _id: id, device: deviceId }: ConnectionRequestRecord): Promise<void> {
    const device = await this.#device(deviceId);
    const obstacle = device ? this.#obstacle(device, this.#clock.now()) : 'not-allowed';
    if (!device || obstacle) {
      await this.#settle(id, obstacle ?? 'not-allowed', {});
      return;
    }
    const candidates = credentialsToTry(
      device.credentials.connectionRequest,
      this.#options.defaultCredentials ?? null,
      (sealed) => this.#unseal(sealed, deviceId),
    );
    const url = (device.connectionRequestUrl ?? '').trim();
    const attempts = await attemptConnection(this.#options.send, url, candidates, this.#times.attempt, () =>
      this.#clock.now(),
    );
    await this.#record(id, deviceId, attempts);
  }

  #unseal(sealed: string, device: string): string | null {
    try {
      return this.#options.secretBox.open(sealed);
    } catch (error) {
      this.#options.log.warn(
        { err: error, device },
        'the connection request credentials cannot be decrypted',
      );
      return null;
    }
  }

  async #record(id: string, device: string, attempts: ConnectionAttempt[]): Promise<void> {
    const now = this.#clock.now();
    const outcome = attempts.at(-1)?.outcome ?? 'unreachable';
    const before = await this.#store.connectionRequests
      .findOneAndUpdate(
        { _id: id },
        { $push: { attempts: { $each: attempts } } },
        { returnDocument: 'after' },
      )
      .lean<ConnectionRequestRecord | null>();
    if (!before) return;
    if (outcome === 'accepted') {
      // The session may have come before the CPE's 200 did (cpe-quirks.md row 85): the time is recorded all the same.
      const change = { acceptedAt: now, claimedUntil: null };
      if (!(await this.#change(id, { ...change, outcome: 'accepted' })))
        await this.#store.connectionRequests.updateOne({ _id: id }, { $set: change });
      this.#watch.accepted(device, id, new Date(now.getTime() + this.#times.session));
      return;
    }
    const failures = before.attempts.filter((attempt) => isRetryable(attempt.outcome)).length;
    const delay = isRetryable(outcome) ? this.#times.retries[failures - 1] : undefined;
    if (delay === undefined) {
      await this.#settle(id, outcome, {});
      return;
    }
    const nextAttemptAt = new Date(now.getTime() + delay);
    if (!(await this.#change(id, { outcome: 'waiting', nextAttemptAt, claimedUntil: null }))) return;
    await this.#options.agenda.schedule(new Date(Date.now() + delay), RETRY_JOB, { request: id });
  }

  async #retry(id: string): Promise<void> {
    const record = await this.#store.connectionRequests
      .findOne({ _id: id, open: true, nextAttemptAt: { $ne: null } })
      .lean<ConnectionRequestRecord | null>();
    if (record && !this.#closed && (await this.#claim(record))) this.#start(record);
  }

  /** True for exactly one of several servers that want to go on with a request. */
  async #claim(record: ConnectionRequestRecord): Promise<boolean> {
    const { _id, nextAttemptAt, claimedUntil } = record;
    const { modifiedCount } = await this.#store.connectionRequests.updateOne(
      { _id, open: true, nextAttemptAt, claimedUntil },
      { $set: { nextAttemptAt: null, claimedUntil: this.#claimEnd(this.#clock.now()) } },
    );
    return modifiedCount === 1;
  }

  async #settle(id: string, outcome: ConnectionOutcome, more: { cameAt?: Date }): Promise<void> {
    await this.#change(id, { outcome, ...more, nextAttemptAt: null, claimedUntil: null, open: false });
  }

  /** Changes an open request and tells of it; false when it is settled already. */
  async #change(id: string, change: Partial<ConnectionRequestRecord>): Promise<boolean> {
    const record = await this.#store.connectionRequests
      .findOneAndUpdate({ _id: id, open: true }, { $set: change }, { returnDocument: 'after' })
      .lean<ConnectionRequestRecord | null>();
    if (!record) return false;
    if (!record.open) this.#watch.remove(record.device, id);
    const device = await this.#store.devices
      .findById(record.device, { domain: 1 })
      .lean<{ domain: string } | null>();
    this.#publish(record, device?.domain ?? '/');
    return true;
  }

  #publish(record: ConnectionRequestRecord, domain: string): void {
    const { _id, device, outcome, acceptedAt, cameAt, nextAttemptAt, open } = record;
    const data = { id: _id, device, outcome, acceptedAt, cameAt, nextAttemptAt, open };
    this.#options.events.publish('connection-request.changed', device, data, domain);
    for (const wake of this.#waiters.get(_id) ?? []) wake();
  }

  async #wait(
    record: ConnectionRequestRecord,
    milliseconds: number,
    until: 'accepted' | 'final',
  ): Promise<ConnectionRequestRecord> {
    const end = Date.now() + milliseconds;
    let latest = record;
    for (;;) {
      if (!latest.open || (until === 'accepted' && latest.acceptedAt !== null)) return latest;
      const left = end - Date.now();
      if (left <= 0 || this.#closed) return latest;
      // Another process may be the one that asks: so a look at times, besides being told.
      await this.#told(latest._id, Math.min(left, this.#times.poll));
      latest = await this.get(latest._id);
    }
  }

  #told(id: string, milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const waiters = this.#waiters.get(id) ?? new Set();
      this.#waiters.set(id, waiters);
      const wake = (): void => {
        clearTimeout(timer);
        waiters.delete(wake);
        if (waiters.size === 0) this.#waiters.delete(id);
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      waiters.add(wake);
    });
  }
}

function before(cursor: string): Record<string, unknown> {
  const [, time, id] = /^(\d+)-([0-9a-f]{24})$/.exec(cursor) ?? [];
  if (time === undefined || id === undefined)
    throw ValidationError.of('/cursor', 'is not a cursor of this list');
  const requestedAt = new Date(Number(time));
  return { $or: [{ requestedAt: { $lt: requestedAt } }, { requestedAt, _id: { $lt: id } }] };
}
