import type { Agenda, Job } from 'agenda';
import { CLOCK_TOLERANCE, type Clock } from '../../common/clock.js';
import type { Log } from '../../common/log.js';
import type { Store } from '../../store/store.js';
import { JOBS_COLLECTION } from './agenda.js';
import { isDuplicateKey } from '../../store/duplicate-key.js';

/** Something that happens at intervals, on one of the servers of a store. */
export interface JobDefinition {
  /** Stable: the job is stored by it. */
  name: string;
  /** For people. */
  title: string;
  /** Milliseconds. */
  interval: number;
  /** Does the work and says in a few words what came of it. A rejection is shown as the last result. */
  run(now: Date): Promise<string>;
}

export interface JobStatus {
  name: string;
  title: string;
  /** Milliseconds. */
  interval: number;
  nextRunAt: Date | null;
  lastRunAt: Date | null;
  lastFinishedAt: Date | null;
  lastResult: JobResult | null;
  /** Failures in a row. */
  failCount: number;
  /** Whether a server works on it now. */
  running: boolean;
}

export interface JobResult {
  ok: boolean;
  text: string;
  at: Date;
  /** Milliseconds. */
  duration: number;
  server: string;
}

export interface JobsOptions {
  store: Store;
  agenda: Agenda;
  clock: Clock;
  log: Log;
  serverId: string;
  definitions: readonly JobDefinition[];
}

/** Milliseconds between looks at what is planned. */
const REPLAN = 60_000;

interface StoredJob {
  name: string;
  type: string;
  lastModifiedBy?: string | null;
  repeatInterval?: number | string | null;
  nextRunAt?: Date | null;
  lastRunAt?: Date | null;
  lastFinishedAt?: Date | null;
  lockedAt?: Date | null;
  failedAt?: Date | null;
  failCount?: number | null;
  result?: JobResult;
}

/** The repeated jobs of this installation: agenda plans them, several servers share them, each run leaves its result. */
export class Jobs {
  readonly #options: JobsOptions;
  #timer: NodeJS.Timeout | null = null;

  private constructor(options: JobsOptions) {
    this.#options = options;
  }

  /** Enters the jobs into the store where they are missing, and begins to work on them. */
  static async start(options: JobsOptions): Promise<Jobs> {
    const jobs = new Jobs(options);
    await jobs.#oneOfEach();
    for (const definition of options.definitions) {
      jobs.#define(definition);
      await jobs.#plan(definition);
    }
    await jobs.#replan();
    jobs.#watch();
    await options.agenda.start();
    return jobs;
  }

  /**
   * A job that is planned for later than its interval, or taken in the future, was so by a clock that was set back since:
   * it would rest until that time has come again.
   */
  async #replan(): Promise<void> {
    for (const { name, interval } of this.#options.definitions) {
      const now = Date.now();
      const soonest = new Date(now + interval);
      await this.#collection.updateOne(
        { type: 'single', name, nextRunAt: { $gt: new Date(now + interval + CLOCK_TOLERANCE) } },
        { $set: { nextRunAt: soonest } },
      );
      await this.#collection.updateOne(
        { type: 'single', name, lockedAt: { $gt: new Date(now + CLOCK_TOLERANCE) } },
        { $set: { lockedAt: null } },
      );
    }
  }

  #watch(): void {
    const { log } = this.#options;
    this.#timer = setInterval(() => {
      this.#replan().catch((error: unknown) => log.warn({ err: error }, 'the jobs could not be looked at'));
    }, REPLAN);
    this.#timer.unref();
  }

  async list(): Promise<JobStatus[]> {
    const names = this.#options.definitions.map(({ name }) => name);
    const stored = await this.#collection.find({ type: 'single', name: { $in: names } }).toArray();
    return this.#options.definitions.map(({ name, title, interval }) => {
      const job = stored.find((candidate) => candidate.name === name);
      return {
        name,
        title,
        interval,
        nextRunAt: job?.nextRunAt ?? null,
        lastRunAt: job?.lastRunAt ?? null,
        lastFinishedAt: latest(job?.lastFinishedAt, job?.failedAt),
        lastResult: job?.result ?? null,
        failCount: job?.failCount ?? 0,
        running: isRunning(job),
      };
    });
  }

  /** Runs a job now, whichever server takes it. False when there is none of this name. */
  async trigger(name: string): Promise<boolean> {
    const { matchedCount } = await this.#collection.updateOne(
      { type: 'single', name, lockedAt: null },
      { $set: { nextRunAt: new Date() } },
    );
    return matchedCount === 1;
  }

  /** Takes no more jobs, waits up to `graceMs` for those under way and leaves the others to the other servers. */
  async stop(graceMs = 10_000): Promise<void> {
    const { agenda, log, serverId } = this.#options;
    if (this.#timer) clearInterval(this.#timer);
    const { running } = await agenda.drain({ timeout: graceMs, closeConnection: false });
    if (running > 0) log.warn({ running }, 'jobs were still running at the end');
    const taken = await this.#collection
      .find({ lastModifiedBy: serverId, lockedAt: { $ne: null } })
      .toArray();
    const waiting = taken.filter((job) => !isRunning(job)).map(({ _id }) => _id);
    if (waiting.length > 0)
      await this.#collection.updateMany({ _id: { $in: waiting } }, { $set: { lockedAt: null } });
  }

  get #collection() {
    return this.#options.store.db.collection<StoredJob>(JOBS_COLLECTION);
  }

  /** Two servers that start at once must not enter a job twice. */
  async #oneOfEach(): Promise<void> {
    const seen = new Set<string>();
    const entries = await this.#collection
      .find({ type: 'single' }, { projection: { name: 1 }, sort: { _id: 1 } })
      .toArray();
    for (const { _id, name } of entries) {
      if (seen.has(name)) await this.#collection.deleteOne({ _id });
      seen.add(name);
    }
    await this.#collection.createIndex(
      { name: 1 },
      { unique: true, partialFilterExpression: { type: 'single' }, name: 'one_of_each' },
      {},
    );
  }

  /** Leaves a job that is planned already alone: planning it anew would release its lock and forget its past. */
  async #plan({ name, interval }: JobDefinition): Promise<void> {
    const { agenda } = this.#options;
    const { jobs } = await agenda.queryJobs({ name });
    const planned = jobs.find((job) => job.type === 'single');
    if (planned) {
      if (planned.repeatInterval === interval) return;
      const soonest = new Date(Date.now() + interval);
      await this.#collection.updateOne(
        { type: 'single', name },
        { $set: { repeatInterval: interval }, $min: { nextRunAt: soonest } },
      );
      return;
    }
    try {
      await agenda.every(interval, name);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }

  /**
   * The earlier of this server's time and the store's: what is over by one clock alone is not removed or given up, should
   * that clock be a year ahead.
   */
  async #time(): Promise<Date> {
    const own = this.#options.clock.now();
    const { localTime } = await this.#options.store.db.command({ hello: 1 });
    return localTime instanceof Date && localTime < own ? localTime : own;
  }

  #define(definition: JobDefinition): void {
    const { agenda } = this.#options;
    agenda.define(definition.name, (job: Job) => this.#run(definition, job), {
      concurrency: 1,
      lockLimit: 1,
    });
  }

  /** Keeps the lock of a job that takes long. */
  #hold(job: Job): NodeJS.Timeout {
    const { agenda, log } = this.#options;
    const { name } = job.attrs;
    const timer = setInterval(() => {
      job
        .touch()
        .catch((error: unknown) => log.warn({ err: error, job: name }, 'the lock of a job was lost'));
    }, agenda.attrs.defaultLockLifetime / 4);
    return timer.unref();
  }

  async #run(definition: JobDefinition, job: Job): Promise<void> {
    const { log, serverId } = this.#options;
    const { name } = definition;
    const at = await this.#time();
    const started = performance.now();
    const holding = this.#hold(job);
    let failure: { error: unknown } | null = null;
    let text: string;
    try {
      text = await definition.run(at);
    } catch (error) {
      failure = { error };
      text = error instanceof Error ? error.message : String(error);
    }
    clearInterval(holding);
    const duration = Math.round(performance.now() - started);
    const result: JobResult = { ok: failure === null, text, at, duration, server: serverId };
    await this.#collection.updateOne({ type: 'single', name: job.attrs.name }, { $set: { result } });
    if (!failure) {
      log.debug({ job: name, result: text, duration }, 'a job is done');
      return;
    }
    log.error({ err: failure.error, job: name }, 'a job failed');
    // Agenda counts the failure and runs the job again at its next time.
    throw failure.error instanceof Error ? failure.error : new Error(text);
  }
}

function latest(one: Date | null | undefined, other: Date | null | undefined): Date | null {
  if (!one || !other) return one ?? other ?? null;
  return one > other ? one : other;
}

/** Locked is not running: agenda takes jobs some seconds ahead of their time. */
function isRunning(job: StoredJob | undefined): boolean {
  if (!job?.lockedAt || !job.lastRunAt) return false;
  const finished = latest(job.lastFinishedAt, job.failedAt);
  return finished === null || job.lastRunAt > finished;
}
