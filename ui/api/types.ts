/** What the northbound interface says, in its own names. Times are RFC 3339 in UTC. */
export type Instant = string;

export interface Page<T> {
  items: T[];
  /** Cursor of the next page. */
  next: string | null;
  /** Only when `count=true` was asked for. */
  total?: number;
}

export interface Me {
  login: string;
  name: string;
  administrator: boolean;
  permissions: string[];
  domain: string;
  lastLogin: Instant | null;
  csrfToken?: string;
  server: { version: string; name: string; time: Instant; cwmpUrl: string };
}

export type ContactState = 'in-session' | 'on-time' | 'overdue' | 'inactive' | 'never-seen';

export interface Contact {
  state: ContactState;
  expectedVisit: Instant | null;
  since?: Instant | null;
  upgrading?: boolean;
}

export interface Device {
  id: string;
  identity: string;
  oui: string;
  productClass: string;
  serialNumber: string;
  manufacturer: string;
  root: string;
  model: string | null;
  hardwareVersion: string | null;
  softwareVersion: string | null;
  provisioningCode: string | null;
  parameterKey: string | null;
  mac: string | null;
  wanIp: string | null;
  sourceIp: string | null;
  connectionRequestUrl: string | null;
  cwmpVersion: string | null;
  cwmpNamespace: string | null;
  lastInform: { events: string[]; retryCount: number; currentTime: string } | null;
  /** Seconds. */
  periodicInformInterval: number | null;
  createdAt: Instant;
  lastVisit: Instant | null;
  lastBootstrap: Instant | null;
  lastBoot: Instant | null;
  lastTaskExecution: Instant | null;
  description: string;
  domain: string;
  tags: string[];
  groups: string[];
  properties: Record<string, string>;
  managed: boolean;
  blacklisted: boolean;
  indexed: Record<string, string>;
  contact: Contact;
  version: number;
}

export interface DeviceState {
  contact: Contact;
  sessionNow: { id: string; startedAt: Instant } | null;
  pendingTasks: number;
  expectedVisit: Instant | null;
}

export interface Parameter {
  path: string;
  object: boolean;
  value: string | null;
  type: string | null;
  writable: boolean | null;
  notification: number | null;
  readAt: Instant | null;
  secret: boolean;
  meaning: string | null;
}

export interface ParameterPage extends Page<Parameter> {
  count?: number;
  readAt?: Instant | null;
}

export type LogLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'OFF';
export type TaskConfig = Record<string, unknown>;

export interface Task {
  id: string;
  device: string | null;
  group: string | null;
  type: string;
  config: TaskConfig;
  configXml: string;
  active: boolean;
  anonymous: boolean;
  name: string;
  comment: string;
  tags: string[];
  automaticRestart: boolean;
  repeatOnBootstrap: boolean;
  transientReport: boolean;
  logLevel: LogLevel;
  priority: number;
  /** Seconds. */
  minInterval: number;
  domain: string;
  properties: { name: string; value: string }[];
  user: string;
  createdAt: Instant;
  editedAt: Instant;
  version: number;
}

export type ExecutionStatus = 'NOT_STARTED' | 'IN_PROGRESS' | 'SUCCESS' | 'WARNING' | 'ERROR';

export interface Fault {
  code: number;
  text: string;
  method?: string;
  parameters?: { path: string; code: number; text: string }[];
}

export interface Transfer {
  kind: 'download' | 'upload';
  requests: number;
  bytes: number;
  size: number;
  status: number | null;
  firstRequestAt: Instant | null;
  completedAt: Instant | null;
  resource: string | null;
}

export interface Execution {
  id: string;
  task: string;
  device: string;
  taskType?: string;
  taskName?: string;
  status: ExecutionStatus;
  run: number;
  startTime: Instant | null;
  finishTime: Instant | null;
  /** ISO 8601. */
  duration: string | null;
  lastUpdateTime: Instant;
  summary: string;
  fault: Fault | null;
  details: { name: string; value: string }[];
  stage: string | null;
  blocking: boolean;
  commandKey: string | null;
  deadline: Instant | null;
  transfers?: Transfer[];
}

export type ReasonCode =
  | 'finished'
  | 'not-yet'
  | 'schedule-ended'
  | 'outside-schedule'
  | 'min-interval'
  | 'condition-not-met'
  | 'condition-failed'
  | 'inactive'
  | 'overridden'
  | 'paused'
  | 'waits-for-holder'
  | 'unmanaged'
  | 'already-ran';

export interface QueueReason {
  code: ReasonCode;
  /** The earliest time at which it could run. */
  at?: Instant | null;
  holder?: string | null;
  text?: string;
}

export interface QueueEntry {
  /** Place in the order of execution; null for tasks that do not run here. */
  position: number | null;
  task: Task;
  execution: Partial<Execution> | null;
  status: ExecutionStatus;
  due: boolean;
  resumes: boolean;
  holds: boolean;
  reason: QueueReason | null;
}

export interface Queue {
  device: string;
  at: Instant;
  holder: string | null;
  entries: QueueEntry[];
}

export interface LogLine {
  run: number;
  line: number;
  at: Instant;
  level: Exclude<LogLevel, 'OFF'>;
  text: string;
}

export interface HistoryRun {
  id?: string;
  run: number;
  status: ExecutionStatus;
  summary: string;
  startTime: Instant | null;
  finishTime: Instant | null;
  duration?: string | null;
}

export interface Edition {
  id: string;
  at: Instant;
  user: string;
  task: string;
  kind: 'created' | 'modified' | 'deleted';
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

/** The part of JSON Schema that the forms understand. */
export interface JsonSchema {
  type?: string | string[];
  title?: string;
  description?: string;
  default?: unknown;
  enum?: unknown[];
  const?: unknown;
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  pattern?: string;
  format?: string;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
}

export interface TaskType {
  name: string;
  title: string;
  branch: string;
  description: string;
  defaultPriority: number;
  transientAllowed?: boolean;
  schema: JsonSchema;
  example: TaskConfig | string | null;
}

export interface Meaning {
  key: string;
  title: string;
  type: string;
  unit?: string | null;
  secret?: boolean;
  writable?: boolean;
}

export interface SessionSummary {
  id: string;
  device: string;
  startedAt: Instant;
  endedAt: Instant | null;
  end: string;
  events: ({ code: string; commandKey: string } | string)[];
  sourceIp: string;
  tls: boolean;
  cwmpVersion: string;
  rpcCount: number;
  faults: number;
  bytesIn: number;
  bytesOut: number;
  tasks: string[];
  duration: string | null;
}

export interface SessionRpc {
  /** Milliseconds since the session began. */
  offset: number;
  from: 'cpe' | 'acs';
  message: string;
  about: string;
  bytes: number;
  task: string | null;
  fault: { code: number; text: string } | null;
}

export interface SessionDetail extends SessionSummary {
  rpcs: SessionRpc[];
  warnings: string[];
}

export type ConnectionOutcome =
  | 'waiting'
  | 'accepted'
  | 'session-started'
  | 'accepted-no-session'
  | 'already-in-session'
  | 'refused-401'
  | 'busy-503'
  | 'unreachable'
  | 'timeout'
  | 'no-url'
  | 'not-allowed';

export interface ConnectionRequest {
  id: string;
  device: string;
  user: string;
  requestedAt: Instant;
  outcome: ConnectionOutcome;
  attempts: {
    at: Instant;
    url: string;
    status: number | null;
    outcome: ConnectionOutcome;
    /** Milliseconds. */
    duration: number;
    detail: string;
  }[];
  acceptedAt: Instant | null;
  cameAt: Instant | null;
  nextAttemptAt: Instant | null;
  open: boolean;
}

export interface Resource {
  id: string;
  name: string;
  fileName: string;
  fileType: string;
  category: string;
  version: string;
  models: string[];
  description: string;
  domain: string;
  /** Bytes. */
  size: number;
  sha256: string;
  contentType: string;
  device: string | null;
  task: string | null;
  user: string;
  createdAt: Instant;
  inUse?: boolean | string[] | number | null;
  revision: number;
}

export interface SystemInfo {
  version: string;
  startedAt: Instant;
  store: { kind: 'mongodb' | 'embedded' };
  devices: number;
  sessionsOpen: number;
  cwmpUrl: string;
  filesUrl: string;
}

export interface Job {
  name: string;
  title: string;
  interval: string | number | null;
  nextRunAt: Instant | null;
  lastRunAt: Instant | null;
  lastFinishedAt: Instant | null;
  lastResult: unknown;
  failCount: number;
}

export interface AuditEntry {
  id: string;
  at: Instant;
  user: string;
  address: string;
  requestId: string;
  action: string;
  object: string;
  result: string;
}

/** CloudEvents 1.0 with our data. */
export interface LiveEvent {
  id: string;
  type: string;
  time: Instant;
  subject: string;
  data: Record<string, unknown>;
}

export interface Problem {
  type?: string;
  title: string;
  status: number;
  detail?: string;
  code: string;
  requestId?: string;
  requiredPermission?: string;
  errors?: { pointer: string; code: string; message: string }[];
  cwmpFault?: { code: number; string: string; parameterFaults?: { path: string; code: number; string: string }[] };
}
