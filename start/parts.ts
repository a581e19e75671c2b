import { createAuthenticator, type Authenticator } from '../acs/cwmp/authentication.js';
import { sendConnectionRequest } from '../acs/cwmp/connection-request.js';
import { Contacts } from '../acs/devices/contacts.js';
import { Inventory } from '../acs/devices/inventory.js';
import { ParameterTrees } from '../acs/devices/parameter-trees.js';
import { Desk } from '../acs/files/file-desk.js';
import { Resources } from '../acs/files/resources.js';
import { Transfers } from '../acs/files/transfers.js';
import { createAgenda } from '../acs/jobs/agenda.js';
import { ConnectionRequests } from '../acs/jobs/connection-requests.js';
import type { Jobs } from '../acs/jobs/jobs.js';
import { startJobs } from '../acs/jobs/standard-jobs.js';
import { TaskEngine } from '../acs/tasks/engine.js';
import { endOverdue } from '../acs/tasks/overdue.js';
import { Reports } from '../acs/tasks/reports.js';
import { TaskService } from '../acs/tasks/task-service.js';
import type { Clock } from '../common/clock.js';
import { MemoryEventBus } from '../common/event-bus.js';
import type { EventBus } from '../common/events.js';
import type { Log } from '../common/log.js';
import type { SecretBox } from '../common/secret-box.js';
import type { Config } from '../config.js';
import type { Store } from '../store/store.js';
import { connectionCredentials } from './connection-credentials.js';
import type { CpeCredentials } from './cpe-credentials.js';

/** What is behind the listeners. */
export interface Parts {
  store: Store;
  events: EventBus;
  authenticator: Authenticator;
  engine: TaskEngine;
  trees: ParameterTrees;
  inventory: Inventory;
  tasks: TaskService;
  reports: Reports;
  resources: Resources;
  transfers: Transfers;
  connectionRequests: ConnectionRequests;
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
  };
  const engine = new TaskEngine({
    ...{ store, contacts, trees, files, clock, events, log, serverId, retention },
    firstContact: { issueCredentials: (device) => connectionCredentials(device, secretBox) },
  });
  const agenda = await createAgenda(store, { serverId, log });
  const connectionRequests = new ConnectionRequests({
    ...{ store, agenda, clock, events, secretBox, log },
    send: sendConnectionRequest,
    defaultCredentials: {
      username: config.connectionRequestUsername,
      password: config.connectionRequestPassword,
    },
  });
  const jobs = await startJobs({
    ...{ store, agenda, clock, log, serverId, connectionRequests },
    endOverdue: (now) => endOverdue({ store, files, clock, events, retention }, now),
    removeOrphans: (before) => resources.content.removeOrphans(before),
  });
  return {
    ...{ store, events, engine, trees, resources, transfers, connectionRequests, jobs },
    inventory: new Inventory(store, { clock, events, secretBox }),
    tasks: new TaskService(store, { clock, events, executionDays: retention.executionDays }),
    reports: new Reports(store),
    authenticator: createAuthenticator({
      mode: config.cwmpAuthentication,
      credentials: { username: options.cpe.username, password: options.cpe.password },
      ...{ store, secretBox, clock, log },
      // The same on all servers of an installation, as the key itself is.
      nonceSecret: options.secretKey,
    }),
    close: async () => {
      await jobs.stop();
      await connectionRequests.close();
    },
  };
}
