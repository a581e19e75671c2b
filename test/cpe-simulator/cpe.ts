import { type AcsRequest, type CpeResponse, type EventEntry, type InformMessage } from './codec/messages.js';
import { Alarms } from './alarms.js';
import { ConnectionRequestTarget } from './connection-request-target.js';
import { type CompleteOptions, completeOptions, type CpeOptions } from './cpe-options.js';
import { Diagnostics } from './diagnostics.js';
import { EventStore } from './event-store.js';
import { FaultPlan, type FaultRule } from './fault-plan.js';
import { type Credentials } from './http/authentication.js';
import { type AppliedChange, DataModel } from './model/data-model.js';
import { schemaOf } from './model/index.js';
import { type DeviceView } from './model/live-values.js';
import { Notifications } from './notifications.js';
import { OwnRequests } from './own-requests.js';
import { hashOf, seededRandom } from './random.js';
import { execute, type RpcTarget } from './rpc/execute.js';
import { type RpcEntry, type SessionHost, type SessionSummary, type TraceEntry } from './session.js';
import { SessionControl } from './session-control.js';
import { Signals } from './signals.js';
import { type CpeState, readState, writeState } from './state-file.js';
import { type Cancel, type Timers } from './timers.js';
import { carryOutTransfer } from './transfer/carry-out.js';
import { type TransferReport, Transfers } from './transfer/transfers.js';
import { type Violation } from './violations.js';

/** What can be heard of a device. */
export interface CpeSignals {
  /** A session ended, well or not. */
  readonly session: SessionSummary;
  /** A request was made and answered, by either side. */
  readonly rpc: RpcEntry;
  /** The device restarts; the session that may follow is told by `session`. */
  readonly reboot: { readonly factoryReset: boolean };
  /** The device has started and listens. */
  readonly boot: { readonly softwareVersion: string };
  /** A download or upload ended. */
  readonly transfer: TransferReport;
}

interface Errand {
  reboot: boolean;
  factoryReset: boolean;
}

const maxViolations = 1000;

/** A simulated CPE: a TR-098 or TR-181 gateway that speaks CWMP over HTTP with the ACS of its ManagementServer.URL. */
export class Cpe {
  readonly #options: CompleteOptions;
  readonly #timers: Timers;
  readonly #sessions: SessionControl;
  readonly #own: OwnRequests;
  readonly #model: DataModel;
  readonly #events = new EventStore();
  readonly #notifications: Notifications;
  readonly #alarms: Alarms;
  readonly #transfers: Transfers;
  readonly #diagnostics: Diagnostics;
  readonly #plan: FaultPlan;
  readonly #signals = new Signals<CpeSignals>();
  readonly #connectionRequests: ConnectionRequestTarget | undefined;
  readonly #target: RpcTarget;

  #power: 'off' | 'starting' | 'on' = 'off';
  #bootedAt: Date;
  #settledAt: Date;
  #acs: { readonly url: string } & Credentials = { url: '', username: '', password: '' };
  #bootstrappedUrl: string | undefined;
  #firmware: string;
  #cancelBoot: Cancel | undefined;
  #errand: Errand = { reboot: false, factoryReset: false };

  /** Sessions so far, the latest `sessionLimit`. */
  readonly sessions: SessionSummary[] = [];
  /** What the ACS did against TR-069, the latest thousand breaches. */
  readonly violations: Violation[] = [];
  /** Messages so far, the latest `traceLimit`. */
  readonly trace: TraceEntry[] = [];

  constructor(options: CpeOptions) {
    this.#options = completeOptions(options);
    const { timers, facts, model, seed } = this.#options;
    this.#timers = timers;
    this.#bootedAt = timers.now();
    this.#settledAt = timers.now();
    this.#firmware = facts.softwareVersion;
    this.#plan = new FaultPlan(options.faults);
    const ownSeed = hashOf(seed, facts.oui, facts.productClass, facts.serialNumber);
    this.#model = new DataModel(schemaOf(model, facts.oui, facts.fillerParameters), this.#view(ownSeed));
    this.#notifications = new Notifications(this.#model);
    this.#alarms = new Alarms(timers, this.#model, (...events) => this.#raise(...events));
    this.#diagnostics = new Diagnostics(this.#model, timers, () =>
      this.#raise({ code: '8 DIAGNOSTICS COMPLETE', commandKey: '' }),
    );
    this.#transfers = this.#makeTransfers();
    const requests = this.#options.connectionRequest;
    this.#connectionRequests =
      requests &&
      new ConnectionRequestTarget(
        requests,
        () => this.inSession,
        () => this.#raise({ code: '6 CONNECTION REQUEST', commandKey: '' }),
      );
    this.#own = new OwnRequests(
      this.#options,
      this.#model,
      this.#events,
      this.#notifications,
      this.#transfers,
    );
    this.#sessions = new SessionControl({
      timers,
      random: seededRandom(ownSeed),
      isOn: () => this.#power === 'on',
      begin: () => this.#beginSession(),
      settle: (summary) => this.#settle(summary),
      idle: () => this.#idle(),
      ended: (summary) => this.#keep(summary),
      retrySettings: () => ({
        minimum: Number(this.#setting('CWMPRetryMinimumWaitInterval')),
        multiplier: Number(this.#setting('CWMPRetryIntervalMultiplier')),
      }),
    });
    this.#target = this.#rpcTarget();
    this.#load();
  }

  #view(seed: number): DeviceView {
    return {
      facts: this.#options.facts,
      seed,
      now: () => this.#timers.now(),
      bootedAt: () => this.#bootedAt,
      settledAt: () => this.#settledAt,
      read: (path) => this.#model.peek(path),
      instanceNumbers: (path) => this.#model.instanceNumbers(path),
    };
  }

  #makeTransfers(): Transfers {
    return new Transfers({
      timers: this.#timers,
      plan: this.#plan,
      maxTransfers: 16,
      inSession: () => this.inSession || this.#power !== 'on',
      rebootNow: () => this.#restart(),
      carryOut: (transfer, signal) =>
        carryOutTransfer(transfer, signal, {
          model: this.#model,
          productClass: this.#options.facts.productClass,
          softwareVersion: this.#firmware,
          storage: this.#options.storage,
          timeout: this.#options.habits.responseTimeout,
          format: this.#options.configurationFormat,
          log: () =>
            this.sessions.map(
              (session) => `${session.startedAt.toISOString()} session ${session.ok ? 'ok' : 'failed'}`,
            ),
        }),
      changed: () => this.#save(),
      ended: (report) => this.#transferEnded(report),
      installReady: () => {
        this.#errand.reboot = true;
        this.#runErrands();
      },
    });
  }

  #rpcTarget(): RpcTarget {
    return {
      model: this.#model,
      transfers: this.#transfers,
      quirks: this.#options.quirks,
      storage: this.#options.storage,
      configurationAtOnce: this.#options.configurationAtOnce,
      parameterKey: (key) => this.#model.assign(this.#path('ManagementServer.ParameterKey'), key),
      applied: (changes) => this.#applied(changes),
      attributesChanged: () => this.#notifications.watch(),
      reboot: (commandKey) => {
        this.#events.add('M Reboot', commandKey);
        this.#errand.reboot = true;
      },
      factoryReset: () => {
        this.#errand.factoryReset = true;
      },
      scheduleInform: (delay, commandKey) => this.#alarms.schedule(delay, commandKey),
    };
  }

  // What users of a simulated device call

  get serialNumber(): string {
    return this.#options.facts.serialNumber;
  }

  get inSession(): boolean {
    return this.#sessions.inSession;
  }

  get retryCount(): number {
    return this.#sessions.retryCount;
  }

  /** Where connection requests go; "" when the device has no server for them or is off. */
  get connectionRequestUrl(): string {
    return this.#model.peek(this.#path('ManagementServer.ConnectionRequestURL')) ?? '';
  }

  get softwareVersion(): string {
    return this.#firmware;
  }

  get parameterCount(): number {
    return this.#model.parameterCount();
  }

  /** Events that wait for their delivery. */
  get waitingEvents(): readonly string[] {
    return this.#events.waiting.map((event) => event.code);
  }

  /** Switches the device on; resolves when it listens for connection requests. Its first session follows. */
  async start(): Promise<void> {
    if (this.#power !== 'off') return;
    this.#power = 'starting';
    await this.#boot();
  }

  /** Switches the device off, in the middle of a session if need be; its state file stays. */
  async stop(): Promise<void> {
    this.#powerDown();
    this.#power = 'off';
    this.#sessions.abandon(`the CPE ${this.serialNumber} was switched off`);
    await this.#sessions.finished;
    await this.#connectionRequests?.close();
    this.#save();
  }

  /** Starts a session with these events, after the present one if there is one, and resolves when it has ended. */
  inform(...events: readonly string[]): Promise<SessionSummary> {
    if (this.#power === 'off')
      return Promise.reject(new Error(`the CPE ${this.serialNumber} is switched off`));
    const ended = this.#sessions.next();
    for (const event of events.length > 0 ? events : ['2 PERIODIC']) this.#events.add(event);
    this.#sessions.want();
    return ended;
  }

  /** Contacts the ACS as if for the first time. */
  bootstrap(): Promise<SessionSummary> {
    this.#bootstrappedUrl = undefined;
    return this.inform('0 BOOTSTRAP', '1 BOOT');
  }

  /** Restarts at once, as if the power had gone; resolves when the device is up again. */
  async reboot(): Promise<void> {
    const booted = this.#signals.next('boot');
    this.powerCut();
    await booted;
  }

  /** The power goes and comes again; nothing when the device is off or already restarting. */
  powerCut(): void {
    this.#restart();
  }

  /** Full value, hidden ones too; undefined for an unknown path. */
  get(path: string): string | undefined {
    return this.#model.peek(path);
  }

  /** A change from inside, as by the user or the network: notified as its attributes say. Throws RangeError for an unknown path. */
  setValue(path: string, value: string): void {
    this.#model.assign(path, value);
    this.#save();
    const isKnown = !this.#notifications.changed().some((change) => change.name === path);
    if (!isKnown && this.#model.notification(path) === 2)
      this.#raise({ code: '4 VALUE CHANGE', commandKey: '' });
  }

  /** Adds a fault to commit; the function returned takes it away. */
  addFault(rule: FaultRule): () => void {
    return this.#plan.add(rule);
  }

  clearFaults(): void {
    this.#plan.clear();
  }

  on<Kind extends keyof CpeSignals>(kind: Kind, listener: (value: CpeSignals[Kind]) => void): () => void {
    return this.#signals.on(kind, listener);
  }

  /** The next happening of a kind that `fits`; rejects after `timeout` ms of real time. */
  waitFor<Kind extends keyof CpeSignals>(
    kind: Kind,
    fits?: (value: CpeSignals[Kind]) => boolean,
    timeout?: number,
  ): Promise<CpeSignals[Kind]> {
    return this.#signals.next(kind, fits, timeout);
  }

  /** A session that fits, a past one of `sessions` or the next one that does. */
  sessionWith(fits: (session: SessionSummary) => boolean, timeout?: number): Promise<SessionSummary> {
    const past = this.sessions.find(fits);
    return past ? Promise.resolve(past) : this.waitFor('session', fits, timeout);
  }

  /** All happenings of a kind from now on. */
  stream<Kind extends keyof CpeSignals>(kind: Kind): AsyncGenerator<CpeSignals[Kind], void, undefined> {
    return this.#signals.stream(kind);
  }

  // Power

  #path(name: string): string {
    return this.#model.rootPath + name;
  }

  #setting(name: string): string {
    return this.#model.peek(this.#path(`ManagementServer.${name}`)) ?? '';
  }

  async #boot(): Promise<void> {
    this.#bootedAt = this.#timers.now();
    this.#settledAt = this.#bootedAt;
    this.#events.rebooted();
    this.#firmware = this.#transfers.rebooted() ?? this.#firmware;
    if (this.#firmware !== this.#model.peek(this.#path('DeviceInfo.SoftwareVersion'))) {
      this.#model.assign(this.#path('DeviceInfo.SoftwareVersion'), this.#firmware);
    }
    const url = await this.#connectionRequests?.open(this.#connectionRequestCredentials());
    if (this.#power !== 'starting') {
      await this.#connectionRequests?.close();
      return;
    }
    if (url !== undefined) this.#model.assign(this.#path('ManagementServer.ConnectionRequestURL'), url);
    this.#adoptAcs();
    this.#power = 'on';
    if (this.#bootstrappedUrl !== this.#acs.url || this.#options.quirks.bootstrapAtEveryBoot === true) {
      this.#notifications.clear();
      this.#events.add('0 BOOTSTRAP');
    }
    this.#events.add('1 BOOT');
    this.#notifications.watch();
    this.#save();
    this.#alarms.start();
    this.#signals.emit('boot', { softwareVersion: this.#firmware });
    this.#sessions.want();
  }

  #powerDown(): void {
    this.#cancelBoot?.();
    this.#alarms.stop();
    this.#diagnostics.halt();
    this.#transfers.halt();
    this.#errand = { reboot: false, factoryReset: false };
    this.#sessions.halt();
  }

  #restart(factoryReset = false): void {
    if (this.#power !== 'on') return;
    this.#powerDown();
    this.#power = 'starting';
    if (factoryReset) this.#reset();
    this.#save();
    this.#signals.emit('reboot', { factoryReset });
    const closed = Promise.all([this.#sessions.finished, this.#connectionRequests?.close()]);
    this.#cancelBoot = this.#timers.after(this.#options.rebootTime * 1000, () => {
      void closed
        .then(() => (this.#power === 'starting' ? this.#boot() : undefined))
        .catch((error: unknown) => {
          this.#options.log(`${this.serialNumber} cannot start: ${String(error)}`);
        });
    });
  }

  #reset(): void {
    this.#model.reset();
    this.#events.clear();
    this.#transfers.clear();
    this.#alarms.clear();
    this.#notifications.clear();
    this.#bootstrappedUrl = undefined;
  }

  // Sessions

  #raise(...events: readonly EventEntry[]): void {
    if (this.#power === 'off') return;
    for (const { code, commandKey } of events) this.#events.add(code, commandKey);
    this.#save();
    this.#sessions.want();
  }

  #beginSession(): SessionHost {
    this.#settledAt = this.#timers.now();
    return this.#sessionHost();
  }

  /** What waited for the end of the session happens now; true when the ACS is another one. */
  #settle(summary: SessionSummary): boolean {
    this.#events.notInformed(summary.events);
    this.#connectionRequests?.setCredentials(this.#connectionRequestCredentials());
    this.#alarms.refresh();
    const formerUrl = this.#acs.url;
    this.#adoptAcs();
    const isMoved = this.#acs.url !== formerUrl;
    if (isMoved) this.#events.add('0 BOOTSTRAP');
    this.#save();
    return isMoved;
  }

  /** Nothing of the session is left to do; true when the device restarts. */
  #idle(): boolean {
    if (this.#runErrands()) return true;
    this.#transfers.wake();
    this.#diagnostics.wake();
    return false;
  }

  #keep(summary: SessionSummary): void {
    this.sessions.push(summary);
    if (this.sessions.length > this.#options.sessionLimit) this.sessions.shift();
    this.violations.push(...summary.violations);
    if (this.violations.length > maxViolations)
      this.violations.splice(0, this.violations.length - maxViolations);
    if (!summary.ok) this.#options.log(`${this.serialNumber}: session failed: ${summary.error ?? ''}`);
    this.#signals.emit('session', summary);
  }

  /** Restarts if that was asked for and no session is on. */
  #runErrands(): boolean {
    if (this.#sessions.inSession || !(this.#errand.reboot || this.#errand.factoryReset)) return false;
    this.#restart(this.#errand.factoryReset);
    return true;
  }

  #adoptAcs(): void {
    this.#acs = {
      url: this.#setting('URL'),
      username: this.#setting('Username'),
      password: this.#setting('Password'),
    };
  }

  #connectionRequestCredentials(): Credentials {
    return {
      username: this.#setting('ConnectionRequestUsername'),
      password: this.#setting('ConnectionRequestPassword'),
    };
  }

  #sessionHost(): SessionHost {
    const { habits, cwmpVersion, cwmpNamespace, sessionTimeout, quirks } = this.#options;
    return {
      acs: this.#acs,
      habits,
      version: cwmpVersion,
      namespace: cwmpNamespace,
      sessionTimeout,
      quirks,
      plan: this.#plan,
      now: () => this.#timers.now(),
      inform: () => this.#own.inform(this.#sessions.retryCount),
      informed: (message) => this.#informed(message),
      nextRequest: () => this.#own.next(),
      answered: (request, response) => this.#own.answered(request, response),
      execute: (request) => this.#execute(request),
      rebootNow: () => this.#restart(),
      saw: (entry) => this.#signals.emit('rpc', entry),
      traced: (entry) => {
        if (this.#options.traceLimit === 0) return;
        this.trace.push(entry);
        if (this.trace.length > this.#options.traceLimit) this.trace.shift();
      },
    };
  }

  #informed(message: InformMessage): void {
    this.#own.informed(message);
    if (message.events.some((event) => event.code === '0 BOOTSTRAP')) this.#bootstrappedUrl = this.#acs.url;
    this.#save();
  }

  async #execute(request: AcsRequest): Promise<CpeResponse> {
    const response = await execute(this.#target, request);
    this.#save();
    return response;
  }

  #applied(changes: readonly AppliedChange[]): void {
    for (const { path, after } of changes) {
      this.#notifications.setByAcs(path, after);
      if (/\.(?:Radio|WLANConfiguration)\.\d+\.Channel$/.test(path)) {
        const automatic = path.replace(/Channel$/, 'AutoChannelEnable');
        if (!changes.some((change) => change.path === automatic))
          this.#model.assign(automatic, after === '0' ? '1' : '0');
      }
    }
    this.#diagnostics.changed(changes);
  }

  #transferEnded(report: TransferReport): void {
    if (this.#options.quirks.transferComplete !== 'never') {
      this.#events.add('7 TRANSFER COMPLETE');
      this.#events.add(`M ${report.kind}`, report.commandKey);
    }
    this.#save();
    this.#signals.emit('transfer', report);
    this.#sessions.want();
  }

  // State

  #load(): void {
    const { statePath } = this.#options;
    const state = statePath === undefined ? undefined : readState(statePath);
    if (!state) return;
    this.#model.restore(state.model);
    this.#events.restore(state.events);
    this.#transfers.restore(state.transfers);
    this.#alarms.restore(state.scheduledInforms);
    this.#notifications.restore(state.reported);
    this.#connectionRequests?.restore(state.connectionRequest);
    this.#bootstrappedUrl = state.bootstrappedUrl;
    this.#firmware = state.firmware;
  }

  #save(): void {
    const { statePath } = this.#options;
    if (statePath === undefined) return;
    const state: CpeState = {
      version: 1,
      model: this.#model.state(),
      events: this.#events.waiting,
      transfers: this.#transfers.state(),
      scheduledInforms: this.#alarms.scheduled,
      bootstrappedUrl: this.#bootstrappedUrl,
      reported: this.#notifications.state(),
      connectionRequest: this.#connectionRequests?.state() ?? { port: 0, path: '/' },
      firmware: this.#firmware,
    };
    writeState(statePath, state);
  }
}

export const createCpe = (options: CpeOptions): Cpe => new Cpe(options);
