import { Agent, request } from 'undici';
import { createAgenda } from '../../acs/jobs/agenda.js';
import type { ConnectionAnswer } from '../../acs/jobs/connection-attempt.js';
import { CampaignMembers } from '../../acs/jobs/campaigns/campaign-members.js';
import { CampaignRunner } from '../../acs/jobs/campaigns/campaign-runner.js';
import { Campaigns } from '../../acs/jobs/campaigns/campaigns.js';
import { ScheduledConnections } from '../../acs/jobs/scheduled-connections.js';
import { ConnectionRequests } from '../../acs/jobs/connection-requests.js';
import { compiledConditions, compiledRules } from '../../acs/devices/groups/compiled-rules.js';
import { createGroupServices, type GroupServices } from '../../acs/devices/groups/group-services.js';
import { Inventory } from '../../acs/devices/inventory.js';
import { ParameterTrees } from '../../acs/devices/parameter-trees.js';
import { Alerts } from '../../acs/devices/alerts.js';
import { Resources } from '../../acs/files/resources.js';
import { TaskCallbacks } from '../../acs/tasks/callbacks/task-callbacks.js';
import { serviceParts } from '../../acs/tasks/services/service-parts.js';
import { StoredServices } from '../../acs/tasks/services/stored-services.js';
import { AddressGuard } from '../../acs/tasks/outbound/address-guard.js';
import { Reports } from '../../acs/tasks/reports.js';
import { Schedules } from '../../acs/tasks/schedules/schedules.js';
import { FakeFiles } from '../acs/tasks/fake-files.js';
import { Rehearsals } from '../../acs/tasks/rehearsal/rehearsals.js';
import { expressionConditions, expressionConfigs } from '../../acs/tasks/expression-conditions.js';
import { ExpressionSandbox } from '../../acs/tasks/expression-sandbox.js';
import { StoredUndo } from '../../acs/tasks/stored-undo.js';
import { TaskService } from '../../acs/tasks/task-service.js';
import { templateDefaults } from '../../acs/tasks/templates/template-defaults.js';
import { TemplateService } from '../../acs/tasks/templates/template-service.js';
import { TemplateTasks } from '../../acs/tasks/templates/template-tasks.js';
import { expressionViews, maskedExpressionViews } from '../../start/expression-views.js';
import { systemClock } from '../../common/clock.js';
import { MemoryEventBus } from '../../common/event-bus.js';
import { silentLog, type Log } from '../../common/log.js';
import { SecretBox } from '../../common/secret-box.js';
import { parseFilter } from '../../nbi/filter/parser.js';
import { openApiDocument } from '../../nbi/openapi.js';
import { createNbiServer, DEFAULT_LIMITS, type NbiServer } from '../../nbi/server.js';
import type { NbiLimits } from '../../nbi/services.js';
import { openStore, type Store } from '../../store/store.js';
import { openTestStore } from '../store/store-fixture.js';
import { ResponseCheck } from './response-check.js';

export const ADMIN = { login: 'admin', password: 'correct horse battery' };
export const check = new ResponseCheck(openApiDocument({ version: '0.0.0' }));

export interface Answer<T = Record<string, unknown>> {
  status: number;
  headers: Record<string, string>;
  /** Parsed JSON, else text. */
  body: T;
}

export interface CallOptions {
  method?: string;
  /** Sent as JSON. */
  body?: unknown;
  raw?: string | Buffer;
  headers?: Record<string, string>;
  /** Null: without a credential. */
  token?: string | null;
}

export interface Nbi {
  readonly base: string;
  readonly server: NbiServer;
  readonly store: Store;
  readonly events: MemoryEventBus;
  readonly inventory: Inventory;
  readonly groups: GroupServices;
  readonly trees: ParameterTrees;
  readonly tasks: TaskService;
  readonly schedules: Schedules;
  readonly campaignRunner: CampaignRunner;
  readonly resources: Resources;
  /** What CPEs answer to connection requests. */
  answer: ConnectionAnswer;
  /** Calls `/api/v1<path>` and checks the answer against the OpenAPI document. */
  // The caller names the body that it expects.

  call<T = Record<string, unknown>>(path: string, options?: CallOptions): Promise<Answer<T>>;
  login(login: string, password: string): Promise<string>;
  /** A user with these permissions; gives an access token. */
  userWith(permissions: string[], options?: { domain?: string }): Promise<string>;
  close(): Promise<void>;
}

let users = 0;

export async function startNbi(
  options: {
    limits?: Partial<NbiLimits>;
    uiDir?: string;
    log?: Log;
    /** What is there already, and stays when the NBI is closed. */
    on?: { store: Store; tasks: TaskService };
  } = {},
): Promise<Nbi> {
  const database = options.on ? null : await openTestStore();
  const store = options.on?.store ?? (await openStore({ uri: database?.uri ?? '' }));
  const clock = systemClock;
  const log = options.log ?? silentLog;
  const events = new MemoryEventBus(clock);
  const secretBox = new SecretBox('a key for tests only');
  const agenda = await createAgenda(store, { serverId: 'test', log });
  const trees = new ParameterTrees(store, { clock, cacheEntries: 100_000 });
  const groups = await createGroupServices(store, {
    ...{ clock, events, log, secretBox, trees },
    expressions: compiledRules({ zone: 'UTC' }),
    serverId: 'test',
  });
  const inventory = new Inventory(store, { clock, events, secretBox, groups });
  const conditions = expressionConditions(expressionViews(groups, secretBox));
  const tasks =
    options.on?.tasks ?? new TaskService(store, { clock, events, log, conditions, executionDays: 90 });
  const schedules = new Schedules(store, clock);
  const limits = { ...DEFAULT_LIMITS, burst: 100_000, upload: 1_000_000, ...options.limits };
  const resources = new Resources(store, { clock, events, maxBytes: limits.upload });
  const connectionRequests = new ConnectionRequests({
    ...{ store, agenda, clock, events, secretBox, log },
    send: () => Promise.resolve(nbi.answer),
    times: { retries: [] },
  });
  const members = new CampaignMembers({ store, parseFilter });
  const alerts = new Alerts(store, events);
  const campaigns = new Campaigns({
    ...{ store, clock, events, schedules, members, alerts },
    domainOfGroup: (group) => tasks.domainOfGroup(group),
  });
  const campaignRunner = new CampaignRunner({
    ...{ store, clock, log, campaigns, members, connectionRequests, tasks, alerts, perSecond: 200 },
  });
  const server = createNbiServer({
    ...{ store, inventory, groups, secretBox, trees, tasks, resources, connectionRequests },
    scheduledConnections: new ScheduledConnections({ store, clock, log, requests: connectionRequests }),
    templates: new TemplateService(store, {
      ...{ clock, events },
      check: (definition) => tasks.checkDefinition(definition),
    }),
    sandbox: new ExpressionSandbox({
      ...{ clock, trees, views: expressionViews(groups, secretBox), masked: maskedExpressionViews(groups) },
    }),
    rehearsals: new Rehearsals({
      ...{ clock, trees, files: new FakeFiles(), templates: null },
      environments: expressionConfigs(expressionViews(groups, secretBox)),
      undo: new StoredUndo(store, secretBox),
      ports: { views: expressionViews(groups, secretBox) },
    }),
    templateTasks: new TemplateTasks({
      ...{ store, tasks },
      seal: (plain) => secretBox.seal(plain),
      evaluateDefaults: templateDefaults({
        ...{ clock, views: expressionViews(groups, secretBox) },
        device: (id) => inventory.get(id),
      }),
    }),
    ...{ events, clock, log, limits },
    catalogue: serviceParts(store, {
      ...{ clock, events, trees, cache: groups.cache },
      conditions: compiledConditions({ zone: 'UTC' }),
      stored: new StoredServices(store, clock, events),
    }),
    callbacks: new TaskCallbacks({
      ...{ store, clock, secretBox },
      guard: new AddressGuard({ hosts: ['oss.example.com', '10.0.0.1'], privateNetworks: [] }),
    }),
    reports: new Reports(store),
    schedules,
    campaigns,
    jobs: { list: () => Promise.resolve([JOB]) },
    info: {
      version: '0.0.0',
      name: 'Provost',
      startedAt: clock.now(),
      storeKind: 'embedded',
      cwmpUrl: 'http://127.0.0.1:7547/',
      filesUrl: 'http://127.0.0.1:7567/',
    },
    ...(options.uiDir === undefined ? {} : { uiDir: options.uiDir }),
  });
  await server.accounts.ensureAdministrator(ADMIN);
  const { port } = await server.listen(0, '127.0.0.1');
  const base = `http://127.0.0.1:${port}`;
  const agent = new Agent();
  let token: string | null = null;

  const nbi: Nbi = {
    ...{ base, server, store, events, inventory, groups, trees, tasks, schedules, resources, campaignRunner },
    answer: { status: 200, outcome: 'accepted', duration: 1, detail: '' },
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
    async call<T>(path: string, { method, body, raw, headers = {}, token: given }: CallOptions = {}) {
      const credential = given === undefined ? token : given;
      const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
      const verb = method ?? (sent === undefined ? 'GET' : 'POST');
      const answer = await request(`${base}/api/v1${path}`, {
        dispatcher: agent,
        method: verb as 'GET',
        headers: {
          ...(credential === null ? {} : { authorization: `Bearer ${credential}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(sent === undefined ? {} : { body: sent }),
      });
      const text = await answer.body.text();
      const type = String(answer.headers['content-type'] ?? '').split(';')[0] ?? '';
      const json: unknown = type.endsWith('json') && !type.endsWith('ndjson') ? JSON.parse(text) : text;
      const plain = path.split('?')[0] ?? '';
      check.check({
        method: verb.toLowerCase(),
        path: plain,
        status: answer.statusCode,
        type,
        body: text === '' ? undefined : json,
        picked: path.includes('fields=') || sent?.includes('"fields":') === true,
      });
      return {
        status: answer.statusCode,
        headers: answer.headers as Record<string, string>,
        body: json as T,
      };
    },
    async login(login, password) {
      const answer = await nbi.call<{ access_token: string }>('/auth/oauth_password', {
        token: null,
        raw: new URLSearchParams({ grant_type: 'password', username: login, password }).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
      if (answer.status !== 200) throw new Error(`no log-in: ${JSON.stringify(answer.body)}`);
      return answer.body.access_token;
    },
    async userWith(permissions, { domain = '/' } = {}) {
      users += 1;
      const login = `user${users}`;
      const password = 'a password for tests';
      await server.accounts.create({ login, password, permissions, domain, active: true });
      return await nbi.login(login, password);
    },
    async close() {
      await agent.close();
      await server.close(0);
      await connectionRequests.close();
      await groups.close();
      if (!database) return;
      await store.close();
      await database.close();
    },
  };
  token = await nbi.login(ADMIN.login, ADMIN.password);
  return nbi;
}

const JOB = {
  name: 'overdue-tasks',
  title: 'End overdue tasks',
  interval: 30_000,
  nextRunAt: new Date(),
  lastRunAt: null,
  lastFinishedAt: null,
  lastResult: null,
  failCount: 0,
  running: false,
};

/** A device that has been seen, and its tree. */
export async function seedDevice(
  nbi: Nbi,
  serialNumber: string,
  fields: { domain?: string; model?: string; url?: string | null } = {},
): Promise<string> {
  const { _id } = await nbi.inventory.create(
    { oui: '02A0C4', productClass: 'GW', serialNumber, domain: fields.domain ?? '/' },
    'test',
  );
  await nbi.store.devices.updateOne(
    { _id },
    {
      $set: {
        root: 'Device',
        modelName: fields.model ?? 'X1',
        lastVisit: new Date(),
        connectionRequestUrl: fields.url === undefined ? 'http://127.0.0.1:9/' : fields.url,
      },
    },
  );
  await nbi.trees.save({ _id }, [
    {
      at: new Date(),
      values: [
        { name: 'Device.DeviceInfo.SoftwareVersion', value: '1.2', type: 'string' },
        { name: 'Device.WiFi.SSID.1.SSID', value: 'home', type: 'string' },
        { name: 'Device.WiFi.AccessPoint.1.Security.KeyPassphrase', value: 'top secret', type: 'string' },
      ],
    },
  ]);
  return _id;
}
