import type { ConnectionRequests } from '../acs/jobs/connection-requests.js';
import type { Inventory } from '../acs/devices/inventory.js';
import type { ParameterTrees } from '../acs/devices/parameter-trees.js';
import type { Resources } from '../acs/files/resources.js';
import type { Jobs } from '../acs/jobs/jobs.js';
import type { Reports } from '../acs/tasks/reports.js';
import type { TaskService } from '../acs/tasks/task-service.js';
import type { Clock } from '../common/clock.js';
import type { EventBus } from '../common/events.js';
import type { Log } from '../common/log.js';
import type { Store } from '../store/store.js';
import type { Accounts } from './access/accounts.js';
import type { Authentication } from './access/authentication.js';
import type { LoginLimitOptions } from './access/login-limits.js';
import type { Tokens, TokenTimes } from './access/tokens.js';
import type { OpenApiDocument } from './openapi.js';

/** What the NBI says of the server it belongs to. */
export interface ServerInfo {
  version: string;
  /** Shown in the console. */
  name: string;
  startedAt: Date;
  storeKind: 'mongodb' | 'embedded';
  cwmpUrl: string;
  filesUrl: string;
  /** Parts whose health is told beside the store's: `cwmp`, `jobs`. */
  checks?: Readonly<Record<string, () => Promise<boolean>>>;
}

export interface NbiLimits {
  /** Bytes of a body, files apart. */
  body: number;
  /** Bytes of an uploaded file. */
  upload: number;
  /** Requests of one token in a second. */
  burst: number;
  /** Event streams open at once. */
  streams: number;
  logins: LoginLimitOptions;
  tokens: TokenTimes;
}

/** What the handlers work with: the services of the ACS, and the NBI's own. */
export interface Services {
  store: Store;
  inventory: Inventory;
  trees: Pick<ParameterTrees, 'load'>;
  tasks: TaskService;
  reports: Reports;
  resources: Resources;
  jobs: Pick<Jobs, 'list'>;
  connectionRequests: ConnectionRequests;
  events: EventBus;
  clock: Clock;
  log: Log;
  info: ServerInfo;
  limits: NbiLimits;
  accounts: Accounts;
  tokens: Tokens;
  authentication: Authentication;
  document: OpenApiDocument;
  /** Aborted when the server ends: streams end then. */
  closing: AbortSignal;
}
