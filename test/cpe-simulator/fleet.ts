import { join } from 'node:path';
import { ConnectionRequestServer } from './connection-request-server.js';
import { Cpe } from './cpe.js';
import { type CpeOptions, makers } from './cpe-options.js';
import { closeSharedConnections, type HttpHabits } from './http/acs-connection.js';
import { HouseholdLife } from './household-life.js';
import { type ModelName } from './model/index.js';
import { RecentFigures } from './percentiles.js';
import { hashOf } from './random.js';
import { type SessionSummary } from './session.js';
import { type Cancel, realTimers, type Timers } from './timers.js';

export interface FleetOptions {
  readonly acsUrl: string;
  readonly count: number;
  readonly model?: ModelName | 'mixed';
  /** Prefix of the serial numbers; ten digits follow. */
  readonly serialPrefix?: string;
  /** Number of the first device; 1 if not given. */
  readonly firstNumber?: number;
  /** PeriodicInformInterval, seconds. */
  readonly interval?: number;
  /** Seconds over which the devices are switched on. */
  readonly spread?: number;
  /** `%s` stands for the serial number; OUI-ProductClass-SerialNumber if not given. */
  readonly username?: string;
  readonly password?: string;
  readonly connectionRequest?:
    | {
        /** Each device listens on a port of its own, from here on; without it, all share one port. */
        readonly portBase?: number;
        readonly host?: string;
        readonly username?: string;
        readonly password?: string;
      }
    | false;
  /** Folder for the devices' state files. */
  readonly stateDir?: string;
  readonly seed?: number;
  readonly fillerParameters?: number;
  readonly rebootTime?: number;
  readonly http?: Partial<HttpHabits>;
  readonly timers?: Timers;
  /** Things happen in the households: addresses change, power goes, users alter settings. */
  readonly lively?: boolean;
  readonly log?: (message: string) => void;
}

export interface FleetStatistics {
  readonly devices: number;
  /** Devices whose latest session ended well. */
  readonly online: number;
  readonly inSession: number;
  readonly sessions: number;
  readonly failures: number;
  readonly rpcs: number;
  readonly violations: number;
  /** Milliseconds that a session lasted. */
  readonly duration: { readonly median: number; readonly p95: number; readonly p99: number };
  readonly lastError: string | undefined;
}

/** Many devices in one process. They share the schemas, the connections' agent and one connection request port. */
export class Fleet {
  readonly cpes: readonly Cpe[];
  readonly #options: FleetOptions;
  readonly #timers: Timers;
  readonly #requests: ConnectionRequestServer | undefined;
  readonly #durations = new RecentFigures();
  readonly #online = new Set<string>();
  readonly #life: HouseholdLife | undefined;
  readonly #cancels = new Set<Cancel>();
  #sessions = 0;
  #failures = 0;
  #rpcs = 0;
  #violations = 0;
  #lastError: string | undefined;

  constructor(options: FleetOptions) {
    this.#options = options;
    this.#timers = options.timers ?? realTimers();
    const { connectionRequest } = options;
    const isShared = connectionRequest !== false && connectionRequest?.portBase === undefined;
    this.#requests = isShared ? new ConnectionRequestServer(connectionRequest?.host) : undefined;
    this.cpes = Array.from({ length: options.count }, (_, index) => this.#make(index));
    for (const cpe of this.cpes) this.#watch(cpe);
    this.#life =
      options.lively === true ? new HouseholdLife(this.cpes, this.#timers, options.seed ?? 0) : undefined;
  }

  #make(index: number): Cpe {
    const options = this.#options;
    const number = (options.firstNumber ?? 1) + index;
    const serialNumber = `${options.serialPrefix ?? 'FN'}${String(number).padStart(10, '0')}`;
    const model =
      options.model === 'tr098' || options.model === 'tr181'
        ? options.model
        : index % 3 === 2
          ? 'tr098'
          : 'tr181';
    const requests = options.connectionRequest;
    const cpe: CpeOptions = {
      model,
      acsUrl: options.acsUrl,
      serialNumber,
      timers: this.#timers,
      softwareVersion: ['1.4.2', '1.4.2', '1.5.0'][hashOf(options.seed ?? 0, number) % 3] ?? '1.4.2',
      oui: makers.oui,
      traceLimit: 0,
      sessionLimit: 5,
      http: { connection: 'shared', ...options.http },
      connectionRequest:
        requests === false
          ? false
          : {
              ...(requests?.host === undefined ? {} : { host: requests.host }),
              ...(requests?.username === undefined ? {} : { username: requests.username }),
              ...(requests?.password === undefined ? {} : { password: requests.password }),
              ...(requests?.portBase === undefined ? {} : { port: requests.portBase + index }),
              ...(this.#requests ? { server: this.#requests } : {}),
            },
      ...(options.seed === undefined ? {} : { seed: options.seed }),
      ...(options.interval === undefined ? {} : { periodicInformInterval: options.interval }),
      ...(options.username === undefined
        ? {}
        : { acsUsername: options.username.replaceAll('%s', serialNumber) }),
      ...(options.password === undefined ? {} : { acsPassword: options.password }),
      ...(options.stateDir === undefined
        ? {}
        : { statePath: join(options.stateDir, `${serialNumber}.json`) }),
      ...(options.fillerParameters === undefined ? {} : { fillerParameters: options.fillerParameters }),
      ...(options.rebootTime === undefined ? {} : { rebootTime: options.rebootTime }),
      ...(options.log === undefined ? {} : { log: options.log }),
    };
    return new Cpe(cpe);
  }

  #watch(cpe: Cpe): void {
    cpe.on('session', (session) => {
      this.#sessions += 1;
      this.#rpcs += session.rpcs.length;
      this.#violations += session.violations.length;
      if (session.ok) {
        this.#durations.add(session.duration);
        this.#online.add(cpe.serialNumber);
      } else {
        this.#failures += 1;
        this.#online.delete(cpe.serialNumber);
        this.#lastError = session.error;
      }
    });
  }

  /** Opens what is shared; devices can be started one by one after it. */
  async open(): Promise<void> {
    if (this.#requests?.listening === false) await this.#requests.listen(0);
  }

  /** Switches the devices on, spread over the time asked for; resolves when all are on. */
  async start(): Promise<void> {
    await this.open();
    const step = ((this.#options.spread ?? 0) * 1000) / Math.max(1, this.cpes.length);
    await Promise.all(
      this.cpes.map(async (cpe, index) => {
        if (step > 0) await this.#wait(index * step);
        await cpe.start();
      }),
    );
    this.#life?.start();
  }

  #wait(milliseconds: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = this.#timers.after(milliseconds, () => {
        this.#cancels.delete(stop);
        resolve();
      });
      const stop = (): void => {
        cancel();
        reject(new Error('the fleet was stopped before all devices were on'));
      };
      this.#cancels.add(stop);
    });
  }

  /** Switches all devices off. */
  async stop(): Promise<void> {
    this.#life?.stop();
    for (const cancel of this.#cancels) cancel();
    this.#cancels.clear();
    await Promise.all(this.cpes.map((cpe) => cpe.stop()));
    await this.#requests?.close();
    closeSharedConnections();
  }

  /** One session of every device, at most `concurrency` at a time. */
  async informAll({
    concurrency = 50,
    events = ['2 PERIODIC'],
  }: { readonly concurrency?: number; readonly events?: readonly string[] } = {}): Promise<SessionSummary[]> {
    const summaries: SessionSummary[] = [];
    let next = 0;
    const worker = async (): Promise<void> => {
      for (let cpe = this.cpes[next++]; cpe; cpe = this.cpes[next++])
        summaries.push(await cpe.inform(...events));
    };
    await Promise.all(Array.from({ length: Math.min(concurrency, this.cpes.length) }, worker));
    return summaries;
  }

  statistics(): FleetStatistics {
    return {
      devices: this.cpes.length,
      online: this.#online.size,
      inSession: this.cpes.filter((cpe) => cpe.inSession).length,
      sessions: this.#sessions,
      failures: this.#failures,
      rpcs: this.#rpcs,
      violations: this.#violations,
      duration: {
        median: this.#durations.percentile(0.5),
        p95: this.#durations.percentile(0.95),
        p99: this.#durations.percentile(0.99),
      },
      lastError: this.#lastError,
    };
  }
}
