import type { Clock } from '../../common/clock.js';
import type { EventBus, ProvostEvent } from '../../common/events.js';
import type { Log } from '../../common/log.js';
import type { DeviceRecord } from '../../store/models/device.js';
import type { Store } from '../../store/store.js';

const CONNECTION_REQUEST_EVENT = '6 CONNECTION REQUEST';

/** A connection request that is not settled yet. */
export interface Watched {
  id: string;
  device: string;
  /** An Inform before that is not the answer. */
  since: Date;
  /** When the wait for the Inform ends; null until the CPE has accepted. */
  deadline: Date | null;
}

export interface ConnectionWatchOptions {
  store: Store;
  clock: Clock;
  events: EventBus;
  log: Log;
  /** Milliseconds between looks at devices that another process may be serving. */
  poll: number;
  /** The device has come. */
  came: (request: string, at: Date) => Promise<void>;
  /** The device accepted and has not come in time. */
  late: (request: string) => Promise<void>;
}

/**
 * Waits for the Inform with event 6 of devices that were asked to call in: told at once of sessions that this process
 * serves, and finding the others in the device's record.
 */
export class ConnectionWatch {
  readonly #options: ConnectionWatchOptions;
  /** By device. */
  readonly #watched = new Map<string, Watched>();
  readonly #work = new Set<Promise<void>>();
  readonly #unsubscribe: () => void;
  #timer: NodeJS.Timeout | null = null;
  #polling = false;
  #closed = false;

  constructor(options: ConnectionWatchOptions) {
    this.#options = options;
    this.#unsubscribe = options.events.subscribe((event) => this.#notice(event));
  }

  add(watched: Watched): void {
    this.#watched.set(watched.device, watched);
    if (this.#closed || this.#timer) return;
    this.#timer = setInterval(() => {
      if (!this.#polling) this.#inBackground(this.#poll());
    }, this.#options.poll);
    this.#timer.unref();
  }

  /** The CPE has accepted: from now on the wait is limited. */
  accepted(device: string, request: string, deadline: Date): void {
    const watched = this.#watched.get(device);
    if (watched?.id === request) watched.deadline = deadline;
  }

  remove(device: string, request: string): void {
    if (this.#watched.get(device)?.id !== request) return;
    this.#watched.delete(device);
    if (this.#watched.size === 0) this.#stop();
  }

  /** Tells of those whose device has come, and of those whose time is over. */
  async look(watched: readonly Watched[]): Promise<void> {
    if (watched.length === 0) return;
    const devices = await this.#options.store.devices
      .find({ _id: { $in: watched.map(({ device }) => device) } }, { lastVisit: 1, lastInform: 1 })
      .lean<Pick<DeviceRecord, '_id' | 'lastVisit' | 'lastInform'>[]>();
    const now = this.#options.clock.now();
    for (const { id, device, since, deadline } of watched) {
      const found = devices.find(({ _id }) => _id === device);
      const at = found && visitSince(found, since);
      if (at) await this.#options.came(id, at);
      else if (deadline && deadline <= now) await this.#options.late(id);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#unsubscribe();
    this.#stop();
    await Promise.allSettled(this.#work);
  }

  #stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  #notice(event: ProvostEvent): void {
    if (event.type !== 'session.started') return;
    const device = typeof event.data.device === 'string' ? event.data.device : event.subject;
    const watched = this.#watched.get(device);
    if (!watched) return;
    const codes = eventCodes(event.data.events);
    if (codes === null) this.#inBackground(this.look([watched]));
    else if (codes.includes(CONNECTION_REQUEST_EVENT) && event.time >= watched.since)
      this.#inBackground(this.#options.came(watched.id, event.time));
  }

  async #poll(): Promise<void> {
    this.#polling = true;
    try {
      await this.look([...this.#watched.values()]);
    } finally {
      this.#polling = false;
    }
  }

  #inBackground(work: Promise<void>): void {
    const tracked = work
      .catch((error: unknown) => {
        this.#options.log.error({ err: error }, 'open connection requests could not be checked');
      })
      .finally(() => this.#work.delete(tracked));
    this.#work.add(tracked);
  }
}

/** The event codes of a session, if the event tells them: texts, or objects with a `code`. */
function eventCodes(events: unknown): unknown[] | null {
  if (!Array.isArray(events)) return null;
  return events.map((event: unknown) =>
    typeof event === 'object' && event !== null && 'code' in event ? event.code : event,
  );
}

/** When the device came because it was asked to; null when it has not since then. */
function visitSince(device: Pick<DeviceRecord, 'lastVisit' | 'lastInform'>, since: Date): Date | null {
  const { lastVisit, lastInform } = device;
  if (!lastVisit || lastVisit < since) return null;
  return lastInform?.events.includes(CONNECTION_REQUEST_EVENT) === true ? lastVisit : null;
}
