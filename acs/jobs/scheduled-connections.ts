import type { Agenda } from 'agenda';
import type { Clock } from '../../common/clock.js';
import { NotFoundError } from '../../common/errors.js';
import type { Log } from '../../common/log.js';
import type { ConnectionRequests } from './connection-requests.js';

/** The one-off job of agenda that asks a device to call in at a time. */
const JOB = 'connection-request.scheduled';
/** Milliseconds until a device that is in a session is asked again, and how often. */
const AGAIN = 15_000;
const MAX_TRIES = 40;

interface Planned {
  device: string;
  by: string;
  tries: number;
}

/** Connection requests at given times (xmltask.md §5 requestConnection). */
export class ScheduledConnections {
  readonly #agenda: Agenda;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #requests: Pick<ConnectionRequests, 'request'>;

  constructor(options: {
    agenda: Agenda;
    clock: Clock;
    log: Log;
    requests: Pick<ConnectionRequests, 'request'>;
  }) {
    this.#agenda = options.agenda;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#requests = options.requests;
    options.agenda.define<Planned>(JOB, async (job) => this.#ask(job.attrs.data), { concurrency: 50 });
  }

  /** A time that is past means at once after the session that is under way. */
  async schedule(device: string, at: Date, by: string): Promise<void> {
    const now = this.#clock.now();
    await this.#agenda.schedule<Planned>(at > now ? at : now, JOB, { device, by, tries: 0 });
  }

  async #ask({ device, by, tries }: Planned): Promise<void> {
    try {
      const { outcome } = await this.#requests.request(device, { user: by, until: 'accepted' });
      // The session in which it was ordered may still be open.
      if (outcome === 'already-in-session' && tries < MAX_TRIES) {
        const soon = new Date(this.#clock.now().getTime() + AGAIN);
        await this.#agenda.schedule<Planned>(soon, JOB, { device, by, tries: tries + 1 });
      }
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      this.#log.info({ device }, 'a device that was to be called is gone');
    }
  }
}
