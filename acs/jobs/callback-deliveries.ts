import type { Agenda } from 'agenda';
import type { Clock } from '../../common/clock.js';
import { newId } from '../../common/ids.js';
import type { Log } from '../../common/log.js';
import type { SecretBox } from '../../common/secret-box.js';
import { GatheredFinds } from '../../store/gathered-finds.js';
import type { CallbackDeliveryRecord } from '../../store/models/callback-delivery.js';
import type { TaskCallbackRecord } from '../../store/models/task-callback.js';
import type { TaskRecord } from '../../store/models/task.js';
import type { Store } from '../../store/store.js';
import { callbackEvent, signature } from '../tasks/callbacks/callback-event.js';
import type { RestClient, RestRequest } from '../tasks/ports/rest-client.js';
import type { RunEnd, RunEnds } from '../tasks/ports/run-ends.js';
import type { JobDefinition } from './jobs.js';

/** The one-off job of agenda that makes one attempt. */
const JOB = 'task-callback.deliver';
/** Milliseconds that a receiver may take. */
const TIMEOUT = 10_000;
/** Milliseconds of the first pause, of the longest, and from the end of the run until it is given up (northbound.md §7). */
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 3_600_000;
const GIVE_UP = 24 * 3_600_000;
/** Milliseconds that a delivery is kept. */
const KEEP = 7 * 24 * 3_600_000;
/** Milliseconds after which what should have been tried is taken up again. */
const LATE = 10_000;
/** Attempts of this server at a time. */
const CONCURRENCY = 20;
/** Deliveries taken up by one look. */
const SWEPT = 200;
/** Milliseconds by which a timer may be early. */
const EARLY = 100;

export interface CallbackDeliveriesOptions {
  store: Store;
  agenda: Agenda;
  clock: Clock;
  log: Log;
  secretBox: Pick<SecretBox, 'open'>;
  /** Guarded: it refuses hosts and addresses that the administrator does not allow. */
  rest: RestClient;
}

/**
 * Tells the receivers of callbacks how runs ended. The session that ended the run waits for nothing: the message is stored
 * and first sent in the background, then by jobs, again and again with growing pauses until it is taken or a day has passed.
 */
export class CallbackDeliveries implements RunEnds {
  readonly #options: CallbackDeliveriesOptions;
  readonly #store: Store;
  readonly #callbacks: GatheredFinds<TaskCallbackRecord>;
  readonly #work = new Set<Promise<void>>();
  /** Attempts under way that no job makes. */
  #under = 0;

  constructor(options: CallbackDeliveriesOptions) {
    this.#options = options;
    const { store } = options;
    this.#store = store;
    this.#callbacks = new GatheredFinds<TaskCallbackRecord>(
      () => store.db.collection<TaskCallbackRecord>(store.taskCallbacks.collection.name),
      'task',
    );
    options.agenda.define<{ delivery: string }>(
      JOB,
      async (job) => {
        await this.#deliver(job.attrs.data.delivery);
      },
      { concurrency: CONCURRENCY },
    );
  }

  ended(task: TaskRecord, end: RunEnd): Promise<void> {
    const { _id: execution, device } = end.execution;
    this.#inBackground(this.#queue(task, end), { task: task._id, execution, device });
    return Promise.resolve();
  }

  /** Takes up what a server that stopped has left. Returns how many. */
  async sweep(): Promise<number> {
    const now = this.#options.clock.now();
    const late = new Date(now.getTime() - LATE);
    const stuck = await this.#store.callbackDeliveries
      .find({ state: 'waiting', nextAttemptAt: { $lte: late }, ...unclaimed(now) }, { _id: 1 })
      .sort({ nextAttemptAt: 1 })
      .limit(SWEPT)
      .lean<Pick<CallbackDeliveryRecord, '_id'>[]>();
    // Not planned anew: their jobs may only be late, and would be there twice.
    for (let at = 0; at < stuck.length; at += CONCURRENCY)
      await Promise.all(stuck.slice(at, at + CONCURRENCY).map(({ _id }) => this.#deliver(_id)));
    return stuck.length;
  }

  /** Waits for what is being stored and sent. */
  async close(): Promise<void> {
    while (this.#work.size > 0) await Promise.allSettled(this.#work);
  }

  async #queue(task: TaskRecord, end: RunEnd): Promise<void> {
    const callbacks = await this.#callbacks.find(task._id);
    if (callbacks.length === 0) return;
    const now = this.#options.clock.now();
    const body = callbackEvent(task, end);
    const { _id: execution, device, run } = end.execution;
    for (const { _id: callback } of callbacks) {
      const delivery: CallbackDeliveryRecord = {
        _id: newId(now),
        ...{ callback, task: task._id, execution, device, run, body },
        ...{ queuedAt: now, state: 'waiting', attempts: 0, lastAttemptAt: null, status: null, detail: '' },
        ...{ nextAttemptAt: now, claimedUntil: null, expiresAt: new Date(now.getTime() + KEEP) },
      };
      await this.#store.callbackDeliveries.create(delivery);
      this.#begin(delivery._id);
    }
  }

  /** The first attempt is made at once, beside the session; while too many are under way, by a job. */
  #begin(delivery: string): void {
    const attempt = this.#under < CONCURRENCY ? this.#deliver(delivery) : this.#plan(delivery, 0);
    this.#under += 1;
    this.#inBackground(
      attempt.finally(() => {
        this.#under -= 1;
      }),
      { delivery },
    );
  }

  #inBackground(work: Promise<void>, about: Record<string, unknown>): void {
    const tracked = work
      .catch((error: unknown) => {
        this.#options.log.error({ err: error, ...about }, 'callbacks of a task were not sent');
      })
      .finally(() => this.#work.delete(tracked));
    this.#work.add(tracked);
  }

  async #plan(delivery: string, pause: number): Promise<void> {
    await this.#options.agenda.schedule(new Date(Date.now() + pause), JOB, { delivery });
  }

  async #deliver(id: string): Promise<void> {
    const claimed = await this.#claim(id);
    if (!claimed) return;
    const callback = await this.#store.taskCallbacks
      .findById(claimed.callback)
      .lean<TaskCallbackRecord | null>();
    if (!callback) {
      await this.#store.callbackDeliveries.deleteOne({ _id: id });
      return;
    }
    const { status, detail } = await this.#send(callback, claimed.body);
    await this.#settle(claimed, status, detail);
  }

  /** Null = it is done, not due yet, or another server is at it. */
  async #claim(id: string): Promise<CallbackDeliveryRecord | null> {
    const now = this.#options.clock.now();
    return await this.#store.callbackDeliveries
      .findOneAndUpdate(
        {
          _id: id,
          state: 'waiting',
          nextAttemptAt: { $lte: new Date(now.getTime() + EARLY) },
          ...unclaimed(now),
        },
        { $set: { claimedUntil: new Date(now.getTime() + 2 * TIMEOUT) } },
        { returnDocument: 'after' },
      )
      .lean<CallbackDeliveryRecord | null>();
  }

  async #send(
    callback: TaskCallbackRecord,
    body: string,
  ): Promise<{ status: number | null; detail: string }> {
    const { rest, clock } = this.#options;
    try {
      const { status } = await rest.call(this.#request(callback, body, clock.now()));
      const taken = status >= 200 && status < 300;
      return { status, detail: taken ? '' : `the receiver answered ${status}` };
    } catch (error) {
      return { status: null, detail: error instanceof Error ? error.message : String(error) };
    }
  }

  #request({ url, authentication, secret }: TaskCallbackRecord, body: string, now: Date): RestRequest {
    const { secretBox } = this.#options;
    const { kind, user, secret: sealed } = authentication;
    const known = sealed === null ? '' : secretBox.open(sealed);
    return {
      ...{ url, method: 'POST', body, oauth: null, timeoutMs: TIMEOUT },
      headers: [
        { name: 'content-type', value: 'application/cloudevents+json; charset=utf-8' },
        ...(secret === null
          ? []
          : [{ name: 'provost-signature', value: signature(secretBox.open(secret), body, now) }]),
      ],
      user: kind === 'basic' ? user : '',
      password: kind === 'basic' ? known : '',
      authorization: kind === 'bearer' ? `Bearer ${known}` : '',
    };
  }

  async #settle(delivery: CallbackDeliveryRecord, status: number | null, detail: string): Promise<void> {
    const now = this.#options.clock.now();
    const attempts = delivery.attempts + 1;
    const pause = Math.min(FIRST_PAUSE * 2 ** Math.min(delivery.attempts, 30), LONGEST_PAUSE);
    const over = now.getTime() + pause > delivery.queuedAt.getTime() + GIVE_UP;
    const state = detail === '' ? 'delivered' : over ? 'failed' : 'waiting';
    const nextAttemptAt = state === 'waiting' ? new Date(now.getTime() + pause) : null;
    const settled = await this.#store.callbackDeliveries.updateOne(
      { _id: delivery._id, claimedUntil: delivery.claimedUntil },
      { $set: { state, attempts, lastAttemptAt: now, status, detail, nextAttemptAt, claimedUntil: null } },
    );
    // Another server has taken it over since: what it found counts.
    if (settled.matchedCount === 0) return;
    if (state === 'waiting') await this.#plan(delivery._id, pause);
    if (state === 'failed') {
      const { task, execution, device } = delivery;
      this.#options.log.warn({ task, execution, device, detail }, 'a callback was given up');
    }
  }
}

const unclaimed = (now: Date) => ({ $or: [{ claimedUntil: null }, { claimedUntil: { $lte: now } }] });

/** What happens to callbacks beside their own jobs. */
export function callbackJobs(deliveries: Pick<CallbackDeliveries, 'sweep'>): JobDefinition[] {
  return [
    {
      name: 'task-callbacks.resume',
      title: 'Go on with callbacks of a server that stopped',
      interval: 30_000,
      run: async () => {
        const count = await deliveries.sweep();
        if (count === 0) return 'nothing to do';
        return `${count} ${count === 1 ? 'callback' : 'callbacks'} resumed`;
      },
    },
  ];
}
