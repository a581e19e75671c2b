import type { Campaigns } from '../acs/jobs/campaigns/campaigns.js';
import type { ConnectionRequests } from '../acs/jobs/connection-requests.js';
import type { ScheduledConnections } from '../acs/jobs/scheduled-connections.js';
import type { GroupServices } from '../acs/devices/groups/group-services.js';
import type { Inventory } from '../acs/devices/inventory.js';
import type { ParameterTrees } from '../acs/devices/parameter-trees.js';
import type { Resources } from '../acs/files/resources.js';
import type { Jobs } from '../acs/jobs/jobs.js';
import type { ExpressionSandbox } from '../acs/tasks/expression-sandbox.js';
import type { TaskCallbacks } from '../acs/tasks/callbacks/task-callbacks.js';
import type { Reports } from '../acs/tasks/reports.js';
import type { Schedules } from '../acs/tasks/schedules/schedules.js';
import type { ServiceParts } from '../acs/tasks/services/service-parts.js';
import type { TaskService } from '../acs/tasks/task-service.js';
import type { Rehearsals } from '../acs/tasks/rehearsal/rehearsals.js';
import type { TemplateService } from '../acs/tasks/templates/template-service.js';
import type { TemplateTasks } from '../acs/tasks/templates/template-tasks.js';
import type { Clock } from '../common/clock.js';
import type { EventBus } from '../common/events.js';
import type { Log } from '../common/log.js';
import type { SecretBox } from '../common/secret-box.js';
import type { Store } from '../store/store.js';
import type { AccessChanges } from './access/access-changes.js';
import type { Accounts } from './access/accounts.js';
import type { Authentication } from './access/authentication.js';
import type { LoginLimitOptions } from './access/login-limits.js';
import type { Tokens, TokenTimes } from './access/tokens.js';
import type { StreamPlaces } from './http/stream-places.js';
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
  /** Event streams open at once, and of one user. */
  streams: number;
  streamsPerUser: number;
  /** Milliseconds that a client has to read what waits for it once that is too much. */
  streamGrace: number;
  logins: LoginLimitOptions;
  tokens: TokenTimes;
}

/** What the handlers work with: the services of the ACS, and the NBI's own. */
export interface Services {
  store: Store;
  inventory: Inventory;
  groups: Omit<GroupServices, 'dispatch' | 'queue' | 'close'>;
  /** Seals secrets that must be read back, and opens them for those who may see them. */
  secretBox: Pick<SecretBox, 'open' | 'seal'>;
  trees: Pick<ParameterTrees, 'load'>;
  tasks: TaskService;
  callbacks: TaskCallbacks;
  schedules: Schedules;
  /** What can be sold and switched on devices. */
  catalogue: ServiceParts;
  campaigns: Campaigns;
  templates: TemplateService;
  templateTasks: TemplateTasks;
  rehearsals: Rehearsals;
  sandbox: ExpressionSandbox;
  reports: Reports;
  resources: Resources;
  jobs: Pick<Jobs, 'list'>;
  connectionRequests: ConnectionRequests;
  scheduledConnections: ScheduledConnections;
  events: EventBus;
  clock: Clock;
  log: Log;
  info: ServerInfo;
  limits: NbiLimits;
  accounts: Accounts;
  tokens: Tokens;
  authentication: Authentication;
  accessChanges: AccessChanges;
  streamPlaces: StreamPlaces;
  document: OpenApiDocument;
  /** Aborted when the server ends: streams end then. */
  closing: AbortSignal;
}
