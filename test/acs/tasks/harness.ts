import { MemoryEventBus } from '../../../common/event-bus.js';
import { ManualClock } from '../../../common/clock.js';
import type { ProvostEvent } from '../../../common/events.js';
import { newId } from '../../../common/ids.js';
import { SecretBox } from '../../../common/secret-box.js';
import { createLog, silentLog } from '../../../common/log.js';
import type { ConductedSession, SessionEnd } from '../../../acs/cwmp/conductor.js';
import type { AcsRequest, InformEvent, TransferComplete } from '../../../acs/cwmp/messages.js';
import { Contacts } from '../../../acs/devices/contacts.js';
import { deviceIdentity } from '../../../acs/devices/identity.js';
import { ParameterTrees } from '../../../acs/devices/parameter-trees.js';
import type { TemplateTexts } from '../../../acs/tasks/ports/template-texts.js';
import { TaskEngine, type TaskEngineOptions } from '../../../acs/tasks/engine.js';
import { endOverdue } from '../../../acs/tasks/overdue.js';
import type { ConditionMoment, Conditions } from '../../../acs/tasks/ports/conditions.js';
import type { ConfigEnvironments } from '../../../acs/tasks/ports/config-environments.js';
import type { GroupDispatch, TaskGroups } from '../../../acs/tasks/ports/groups.js';
import { Reports } from '../../../acs/tasks/reports.js';
import { allOf, TaskAlerts } from '../../../acs/tasks/task-alerts.js';
import { Alerts } from '../../../acs/devices/alerts.js';
import { TaskService, type TaskInput } from '../../../acs/tasks/task-service.js';
import type { ExecutionRecord } from '../../../store/models/execution.js';
import type { TaskRecord } from '../../../store/models/task.js';
import { openStore, type Store } from '../../../store/store.js';
import { openTestStore, type TestStore } from '../../store/store-fixture.js';
import type { TestedCpe } from './fake-cpe.js';
import { event } from './fake-cpe.js';
import { FakeFiles } from './fake-files.js';

export const OPERATOR = { user: 'operator' };

export interface SessionPlan {
  events?: InformEvent[];
  /** Sent after the Inform and before the empty POST. */
  transfers?: TransferComplete[];
  /** How it is cut: the n-th request (from 1) never reaches the CPE, or its answer never comes. */
  cut?: { at: number; when: 'before' | 'after'; how: 'crash' | SessionEnd['reason'] };
  /** Called after each answer. */
  between?: (request: AcsRequest) => Promise<void> | void;
}

/** Engine, service and reports over a store, with fakes around; `crash` throws the engine away and makes a new one. */
export class Harness {
  readonly clock = new ManualClock();
  readonly events = new MemoryEventBus(this.clock);
  readonly published: ProvostEvent[] = [];
  readonly files = new FakeFiles();
  /** The lines of the engine's log. */
  readonly logged: Record<string, unknown>[] = [];
  readonly store: Store;
  readonly service: TaskService;
  readonly reports: Reports;
  readonly #test: TestStore;
  readonly #limits: TaskEngineOptions['limits'];
  /** What the group dispatch does; null = nothing. */
  dispatch: GroupDispatch | null = null;
  /** What execution conditions say. */
  condition: (text: string, moment: ConditionMoment) => boolean = () => true;
  /** What expressions in configurations see; null = the time, and the device's own properties as its profile. */
  environment: ConfigEnvironments['prepare'] | null = null;
  /** Of groups. */
  readonly priorities = new Map<string, number>();
  /** Fills in texts with expressions; null = the server does not. */
  templates: TemplateTexts | null = null;
  /** Of engines made from now on. */
  ports: NonNullable<TaskEngineOptions['ports']> = {};
  engine: TaskEngine;
  /** What tasks raise where they end badly. */
  readonly alerts: TaskAlerts;
  session: ConductedSession | null = null;

  private constructor(store: Store, test: TestStore, limits: TaskEngineOptions['limits']) {
    this.store = store;
    this.#test = test;
    this.#limits = limits;
    this.events.subscribe((one) => this.published.push(one));
    this.service = new TaskService(store, {
      ...{ clock: this.clock, events: this.events, log: silentLog, executionDays: 90 },
      ...{ groups: this.#groups(), conditions: this.#conditions() },
    });
    this.alerts = new TaskAlerts(new Alerts(store, this.events), this.clock, silentLog);
    this.reports = new Reports(store);
    this.engine = this.newEngine();
  }

  static async open(limits?: TaskEngineOptions['limits']): Promise<Harness> {
    const test = await openTestStore();
    const separator = test.uri.includes('?') ? '&' : '?';
    const store = await openStore({ uri: `${test.uri}${separator}monitorCommands=true` });
    return new Harness(store, test, limits);
  }

  async close(): Promise<void> {
    await this.store.close();
    await this.#test.close();
  }

  newEngine(): TaskEngine {
    const { store, clock, events, files } = this;
    return new TaskEngine({
      ...{ store, clock, events, files, secretBox: new SecretBox('a key for the tests alone') },
      contacts: new Contacts(store, {
        ...{ clock, events },
        log: silentLog,
        serverId: 'test',
        leaseSeconds: 120,
        newDevicePolicy: 'create',
      }),
      trees: new ParameterTrees(store, { clock, cacheEntries: 100_000 }),
      log: createLog(
        { level: 'info', pretty: false },
        { write: (line) => this.logged.push(JSON.parse(line) as Record<string, unknown>) },
      ),
      serverId: 'test',
      dispatchGroups: (moment) => this.dispatch?.(moment) ?? Promise.resolve(null),
      groups: this.#groups(),
      conditions: this.#conditions(),
      ...(this.templates && { templates: this.templates }),
      runEnds: allOf(this.service.rollouts, this.alerts),
      configEnvironments: {
        prepare: (uses, moment) =>
          this.environment?.(uses, moment) ??
          Promise.resolve((now) => ({
            ...{ now, zone: 'UTC' },
            sv: (name) => moment.device.properties[name] ?? null,
          })),
      },
      ports: this.ports,
      ...(this.#limits && { limits: this.#limits }),
    });
  }

  #groups(): TaskGroups {
    return {
      priorities: () => Promise.resolve((group) => this.priorities.get(group) ?? 0),
      domainOf: (group) => Promise.resolve(group === 'root.nowhere' ? null : '/'),
    };
  }

  #conditions(): Conditions {
    return {
      check: (text) => (text.startsWith('${') ? [] : [{ message: 'is no expression', from: 0, to: 1 }]),
      evaluate: (text, moment) => Promise.resolve().then(() => this.condition(text, moment)),
    };
  }

  /** Puts the device into these groups, besides none. */
  async join(cpe: TestedCpe, ...groups: string[]): Promise<void> {
    await this.store.devices.updateOne(
      { _id: this.id(cpe) },
      { $set: { groups }, $inc: { taskRevision: 1 } },
    );
  }

  async addToGroup(
    group: string,
    type: string,
    config: unknown = {},
    settings: Partial<TaskInput> = {},
  ): Promise<TaskRecord> {
    this.clock.advance(1000);
    return this.service.create({ group, type, config, ...settings }, OPERATOR);
  }

  /** The report of a group task on one device; null = none. */
  async reportOn(task: TaskRecord, cpe: TestedCpe): Promise<ExecutionRecord | null> {
    return this.reports.ofTask(task._id, this.id(cpe));
  }

  id(cpe: TestedCpe): string {
    return deviceIdentity(cpe.deviceId);
  }

  /** Makes the device known, with nothing to do. */
  async meet(cpe: TestedCpe): Promise<void> {
    await this.run(cpe, { events: [event('1 BOOT')] });
    cpe.asked.length = 0;
  }

  async add(
    cpe: TestedCpe,
    type: string,
    config: unknown = {},
    settings: Partial<TaskInput> = {},
  ): Promise<TaskRecord> {
    this.clock.advance(1000);
    return this.service.create({ device: this.id(cpe), type, config, ...settings }, OPERATOR);
  }

  async report(task: TaskRecord): Promise<ExecutionRecord> {
    const found = await this.reports.ofTask(task._id, task.device!);
    if (!found) throw new Error(`${task._id} has no report`);
    return found;
  }

  async lines(task: TaskRecord): Promise<string[]> {
    const { _id } = await this.report(task);
    return (await this.reports.logLines(_id)).items.map(({ level, text }) => `${level} ${text}`);
  }

  endOverdue(): Promise<number> {
    const { store, files, clock, events } = this;
    const runEnds = allOf(this.service.rollouts, this.alerts);
    return endOverdue({ store, files, clock, events, runEnds }, clock.now());
  }

  crash(): void {
    this.engine = this.newEngine();
  }

  async open(cpe: TestedCpe, events: InformEvent[] = [event('2 PERIODIC')]): Promise<ConductedSession> {
    this.clock.advance(60_000);
    const now = this.clock.now();
    this.session = await this.engine.open({
      sessionId: newId(now),
      inform: {
        method: 'Inform',
        deviceId: cpe.deviceId,
        events,
        maxEnvelopes: 1,
        currentTime: now.toISOString(),
        retryCount: 0,
        parameters: cpe.informParameters(),
      },
      sourceIp: '192.0.2.1',
      tls: false,
      cwmpNamespace: 'urn:dslforum-org:cwmp-1-0',
      cwmpVersion: '1.0',
      at: now,
    });
    return this.session;
  }

  /** One whole session, or as far as it is let. Resolves to the methods that the CPE was asked for. */
  async run(cpe: TestedCpe, plan: SessionPlan = {}): Promise<string[]> {
    const before = cpe.asked.length;
    const session = await this.open(cpe, plan.events);
    for (const transfer of plan.transfers ?? []) await session.receive(transfer);
    let request = await session.next(null);
    for (let count = 1; request; count += 1) {
      const { cut } = plan;
      if (cut?.at === count) {
        if (cut.when === 'after') await cpe.answer(request);
        if (cut.how === 'crash') this.crash();
        else await session.close(end(cut.how, request));
        cpe.sessionEnded?.();
        return cpe.methods().slice(before);
      }
      const answer = await cpe.answer(request);
      this.clock.advance(100);
      await plan.between?.(request);
      request = await session.next(answer);
    }
    await session.close(end('complete', null));
    cpe.sessionEnded?.();
    return cpe.methods().slice(before);
  }
}

export function end(reason: SessionEnd['reason'], outstanding: AcsRequest | null): SessionEnd {
  return { reason, outstanding, rpcs: [], bytesIn: 0, bytesOut: 0, warnings: [] };
}
