import { createAuthenticator, type Authenticator } from '../acs/cwmp/authentication.js';
import { sendConnectionRequest } from '../acs/cwmp/connection-request.js';
import { Contacts } from '../acs/devices/contacts.js';
import { compiledConditions, compiledRules } from '../acs/devices/groups/compiled-rules.js';
import { createGroupServices, type GroupServices } from '../acs/devices/groups/group-services.js';
import { Inventory } from '../acs/devices/inventory.js';
import { ParameterTrees } from '../acs/devices/parameter-trees.js';
import { Desk } from '../acs/files/file-desk.js';
import { Resources } from '../acs/files/resources.js';
import { Transfers } from '../acs/files/transfers.js';
import { CallbackDeliveries, callbackJobs } from '../acs/jobs/callback-deliveries.js';
import { createAgenda } from '../acs/jobs/agenda.js';
import { CampaignMembers } from '../acs/jobs/campaigns/campaign-members.js';
import { campaignJobs, CampaignRunner } from '../acs/jobs/campaigns/campaign-runner.js';
import { Campaigns } from '../acs/jobs/campaigns/campaigns.js';
import { ConnectionRequests } from '../acs/jobs/connection-requests.js';
import type { Jobs } from '../acs/jobs/jobs.js';
import { ScheduledConnections, scheduledConnectionJobs } from '../acs/jobs/scheduled-connections.js';
import { groupJobs } from '../acs/jobs/group-jobs.js';
import { rolloutJobs } from '../acs/jobs/rollout-jobs.js';
import { startJobs } from '../acs/jobs/standard-jobs.js';
import { callForTasks } from '../acs/jobs/task-calls.js';
import { serviceParts, type ServiceParts } from '../acs/tasks/services/service-parts.js';
import { ServiceRunEnds, StoredServices } from '../acs/tasks/services/stored-services.js';
import { TaskCallbacks } from '../acs/tasks/callbacks/task-callbacks.js';
import { AddressGuard } from '../acs/tasks/outbound/address-guard.js';
import { GuardedRestClient } from '../acs/tasks/outbound/guarded-rest-client.js';
import { createSystemTasks } from '../acs/tasks/create-system-tasks.js';
import { TaskEngine } from '../acs/tasks/engine.js';
import { expressionConditions, expressionConfigs } from '../acs/tasks/expression-conditions.js';
import { ExpressionSandbox } from '../acs/tasks/expression-sandbox.js';
import { expressionTemplates } from '../acs/tasks/expression-templates.js';
import { endOverdue } from '../acs/tasks/overdue.js';
import type { RunEnds } from '../acs/tasks/ports/run-ends.js';
import { allOf, TaskAlerts } from '../acs/tasks/task-alerts.js';
import { Reports } from '../acs/tasks/reports.js';
import { Schedules } from '../acs/tasks/schedules/schedules.js';
import { dispatchInSessions, taskGroups } from '../acs/tasks/session-groups.js';
import { Rehearsals } from '../acs/tasks/rehearsal/rehearsals.js';
import { StoredUndo } from '../acs/tasks/stored-undo.js';
import { TaskService } from '../acs/tasks/task-service.js';
import { createStartingSet } from '../acs/tasks/templates/create-starting-set.js';
import { templateDefaults } from '../acs/tasks/templates/template-defaults.js';
import { TemplateService } from '../acs/tasks/templates/template-service.js';
import { TemplateTasks } from '../acs/tasks/templates/template-tasks.js';
import type { Clock } from '../common/clock.js';
import { MemoryEventBus } from '../common/event-bus.js';
import { Alerts } from '../acs/devices/alerts.js';
import type { EventBus } from '../common/events.js';
import type { Log } from '../common/log.js';
import type { SecretBox } from '../common/secret-box.js';
import { listOf, type Config } from '../config.js';
import { parseFilter } from '../nbi/filter/parser.js';
import type { Store } from '../store/store.js';
import { connectionCredentials } from './connection-credentials.js';
import type { CpeCredentials } from './cpe-credentials.js';
import { workflowPorts } from './workflow-ports.js';
import { expressionViews, maskedExpressionViews } from './expression-views.js';

/** What is behind the listeners. */
export interface Parts {
  store: Store;
  events: EventBus;
  authenticator: Authenticator;
  engine: TaskEngine;
  trees: ParameterTrees;
  inventory: Inventory;
  groups: GroupServices;
  secretBox: SecretBox;
  tasks: TaskService;
  callbacks: TaskCallbacks;
  templates: TemplateService;
  templateTasks: TemplateTasks;
  catalogue: ServiceParts;
  rehearsals: Rehearsals;
  sandbox: ExpressionSandbox;
  schedules: Schedules;
  campaigns: Campaigns;
  reports: Reports;
  resources: Resources;
  transfers: Transfers;
  connectionRequests: ConnectionRequests;
  scheduledConnections: ScheduledConnections;
  jobs: Jobs;
  close(): Promise<void>;
}

export interface PartsOptions {
  config: Config;
  clock: Clock;
  log: Log;
  store: Store;
  secretBox: SecretBox;
  secretKey: string;
  cpe: CpeCredentials;
  serverId: string;
  /** Where CPEs reach the file server. */
  filesUrl: () => string;
}

/** Parameters of all decoded trees that are kept in memory together. */
const TREE_CACHE = 2_000_000;

/** Puts the parts of the ACS together; nothing listens yet, jobs run. */
export async function assemble(options: PartsOptions): Promise<Parts> {
  const { config, clock, log, store, secretBox, serverId } = options;
  const events = new MemoryEventBus(clock);
  const trees = new ParameterTrees(store, { clock, cacheEntries: TREE_CACHE });
  const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
  const groups = await createGroupServices(store, {
    ...{ clock, events, log, secretBox, trees, serverId },
    expressions: compiledRules({ zone }),
  });
  const storedServices = new StoredServices(store, clock, events);
  const views = expressionViews(groups, secretBox);
  const conditions = expressionConditions(views);
  const environments = expressionConfigs(views);
  const texts = expressionTemplates(views);
  const contacts = new Contacts(store, {
    ...{ clock, events, log, serverId },
    // Longer than the longest pause that a session may make.
    leaseSeconds: config.cwmpTimeout * 2,
    newDevicePolicy: config.newDevicePolicy,
  });
  const resources = new Resources(store, { clock, events, maxBytes: config.httpMaxUpload });
  const transfers = new Transfers(store, clock);
  const files = new Desk({
    ...{ resources, transfers, clock },
    publicUrl: options.filesUrl,
    maxUploadBytes: config.filesMaxUpload,
  });
  const retention = {
    executionDays: config.executionLogDays,
    logDays: config.logLineDays,
    sessionDays: config.sessionDays,
    valueDays: config.valueHistoryDays,
    addressDays: config.ipHistoryDays,
  };
  const ports = workflowPorts({
    ...{ config, groups, resources, views, services: storedServices },
    connections: () => scheduled,
    templates: () => templates,
  });
  const agenda = await createAgenda(store, { serverId, log });
  const callbackGuard = new AddressGuard({
    hosts: listOf(config.callbackHosts),
    privateNetworks: listOf(config.outboundPrivateNetworks),
  });
  const callbackClient = new GuardedRestClient(callbackGuard);
  const deliveries = new CallbackDeliveries({
    ...{ store, agenda, clock, log, secretBox },
    rest: callbackClient,
  });
  const alerts = new Alerts(store, events);
  // The engine is needed first, and asks only when a run has ended.
  const runEnds: RunEnds = allOf(
    // The service is made after the engine.
    { ended: (...run) => tasks.rollouts.ended(...run) },
    new TaskAlerts(alerts, clock, log),
    deliveries,
    new ServiceRunEnds(storedServices, log),
  );
  const engine = new TaskEngine({
    ...{ secretBox, runEnds },
    ...{ store, contacts, trees, files, clock, events, log, serverId, retention },
    groups: taskGroups(groups.cache),
    conditions,
    configEnvironments: environments,
    dispatchGroups: dispatchInSessions(groups.dispatch),
    templates: texts,
    ports,
    firstContact: { issueCredentials: (device) => connectionCredentials(device, secretBox) },
  });
  const connectionRequests = new ConnectionRequests({
    ...{ store, agenda, clock, events, secretBox, log },
    send: sendConnectionRequest,
    defaultCredentials: {
      username: config.connectionRequestUsername,
      password: config.connectionRequestPassword,
    },
  });
  const scheduled = new ScheduledConnections({ store, clock, log, requests: connectionRequests });
  const tasks = new TaskService(store, {
    ...{ clock, events, log, trees, executionDays: retention.executionDays },
    groups: taskGroups(groups.cache),
    conditions,
  });
  const inventory = new Inventory(store, { clock, events, secretBox, groups });
  const templates = new TemplateService(store, {
    ...{ clock, events },
    check: (definition) => tasks.checkDefinition(definition),
  });
  const templateTasks = new TemplateTasks({
    ...{ store, tasks },
    seal: (plain) => secretBox.seal(plain),
    evaluateDefaults: templateDefaults({ clock, views, device: (id) => inventory.get(id) }),
  });
  const schedules = new Schedules(store, clock);
  await schedules.resetBuiltIn();
  if (config.systemTasks) await createSystemTasks({ store, tasks, clock, log });
  if (config.startingTemplates) await createStartingSet({ store, templates, clock, log });
  const members = new CampaignMembers({ store, parseFilter });
  const campaigns = new Campaigns({
    ...{ store, clock, events, schedules, members, alerts },
    domainOfGroup: (group) => tasks.domainOfGroup(group),
  });
  const campaignRunner = new CampaignRunner({
    ...{ store, clock, log, campaigns, members, connectionRequests, tasks, alerts },
    perSecond: config.campaignRequestsPerSecond,
  });
  const jobs = await startJobs({
    ...{ store, agenda, clock, log, serverId, connectionRequests },
    endOverdue: (now) => endOverdue({ store, files, clock, events, retention, runEnds }, now),
    callForTasks: (now) => callForTasks({ store, tasks, schedules, connectionRequests }, now),
    removeOrphans: (before) => resources.content.removeOrphans(before),
    more: [
      ...groupJobs(groups),
      ...rolloutJobs(tasks.rollouts),
      ...callbackJobs(deliveries),
      ...campaignJobs(campaignRunner),
      ...scheduledConnectionJobs(scheduled),
    ],
  });
  return {
    ...{ store, events, engine, trees, resources, transfers, connectionRequests, jobs, groups, secretBox },
    scheduledConnections: scheduled,
    ...{ inventory, tasks, templates, templateTasks, schedules, campaigns },
    catalogue: serviceParts(store, {
      clock,
      events,
      trees,
      cache: groups.cache,
      conditions: compiledConditions({ zone }),
      stored: storedServices,
    }),
    callbacks: new TaskCallbacks({ store, clock, secretBox, guard: callbackGuard }),
    sandbox: new ExpressionSandbox({ clock, trees, views, masked: maskedExpressionViews(groups) }),
    rehearsals: new Rehearsals({
      ...{ clock, trees, files, templates: texts, environments },
      undo: new StoredUndo(store, secretBox),
      ports: { ...ports, views },
    }),
    reports: new Reports(store),
    authenticator: createAuthenticator({
      mode: config.cwmpAuthentication,
      credentials: { username: options.cpe.username, password: options.cpe.password },
      ...{ store, secretBox, clock, log },
      // The same on all servers of an installation, as the key itself is.
      nonceSecret: options.secretKey,
    }),
    close: async () => {
      // What is being sent is sent again by the next start.
      await callbackClient.close();
      await jobs.stop();
      await groups.close();
      await connectionRequests.close();
      await deliveries.close();
    },
  };
}
