import { get, path, post, send, type QueryValue } from './http.js';
import type {
  AuditEntry,
  ConnectionRequest,
  Device,
  DeviceState,
  Edition,
  Execution,
  HistoryRun,
  Job,
  LogLevel,
  LogLine,
  Me,
  Meaning,
  Page,
  Parameter,
  ParameterPage,
  Queue,
  Resource,
  SessionDetail,
  SessionSummary,
  SystemInfo,
  Task,
  TaskConfig,
  TaskType,
} from './types.js';

/** The calls that the console makes, one line each; nothing else talks to the server. */
type Signal = { signal?: AbortSignal };
type Query = Record<string, QueryValue>;

export const auth = {
  me: (regain = false) => get<Me>('/me', { regain }),
  signIn: (username: string, password: string) =>
    post<{ user: unknown; csrfToken: string; lastLogin: string | null }>(
      '/auth/session',
      { username, password },
      { regain: false },
    ),
  signOut: () => send('DELETE', '/auth/session', { regain: false }),
};

export const devices = {
  list: (query: Query, { signal }: Signal = {}) => get<Page<Device>>('/devices', { query, ...(signal && { signal }) }),
  one: (id: string, { signal }: Signal = {}) => get<Device>(path`/devices/${id}`, { ...(signal && { signal }) }),
  patch: (id: string, patch: Partial<Device>, version: number) =>
    send<Device>('PATCH', path`/devices/${id}`, { body: patch, headers: { 'If-Match': `"${version}"` } }),
  remove: (id: string) => send('DELETE', path`/devices/${id}`),
  state: (id: string, { signal }: Signal = {}) =>
    get<DeviceState>(path`/devices/${id}/state`, { ...(signal && { signal }) }),
  queue: (id: string, at: string | null, { signal }: Signal = {}) =>
    get<Queue>(path`/devices/${id}/queue`, { query: { at }, ...(signal && { signal }) }),
  sessions: (id: string, query: Query = {}) => get<Page<SessionSummary>>(path`/devices/${id}/sessions`, { query }),
  session: (id: string, session: string) => get<SessionDetail>(path`/devices/${id}/sessions/${session}`),
  connectionRequests: (id: string, query: Query = {}) =>
    get<Page<ConnectionRequest>>(path`/devices/${id}/connection-requests`, { query }),
  connect: (id: string) => post<ConnectionRequest>(path`/devices/${id}/actions/connect`, {}),
  getParameters: (id: string, names: string[], connect: 'none' | 'try') =>
    post<Task>(path`/devices/${id}/parameters/get`, { names, connect }),
  setParameters: (id: string, parameters: { name: string; value: string; type?: string }[], connect: 'none' | 'try') =>
    post<Task>(path`/devices/${id}/parameters/set`, { parameters, connect }),
  addObject: (id: string, objectName: string, values: { key: string; value: string }[], connect: 'none' | 'try') =>
    post<Task>(path`/devices/${id}/objects/add`, { objectName, values, connect }),
  deleteObject: (id: string, objectName: string, connect: 'none' | 'try') =>
    post<Task>(path`/devices/${id}/objects/delete`, { objectName, connect }),
  /** The whole known tree, page after page. */
  async parameters(id: string, { signal }: Signal = {}): Promise<Parameter[]> {
    const all: Parameter[] = [];
    let cursor: string | null = null;
    do {
      const page: ParameterPage = await get<ParameterPage>(path`/devices/${id}/parameters`, {
        query: { limit: 1000, cursor },
        ...(signal && { signal }),
      });
      all.push(...page.items);
      cursor = page.next;
    } while (cursor !== null);
    return all;
  },
};

/** What a task form sends; `config` is the definition as data or as XML text. */
export interface TaskDraft {
  device?: string;
  type?: string;
  config?: TaskConfig | string;
  active?: boolean;
  anonymous?: boolean;
  name?: string;
  comment?: string;
  tags?: string[];
  automaticRestart?: boolean;
  repeatOnBootstrap?: boolean;
  transientReport?: boolean;
  logLevel?: LogLevel;
  priority?: number;
  minInterval?: number;
}

const match = (version: number) => ({ 'If-Match': `"${version}"` });

export const tasks = {
  list: (query: Query, { signal }: Signal = {}) => get<Page<Task>>('/tasks', { query, ...(signal && { signal }) }),
  one: (id: string) => get<Task>(path`/tasks/${id}`),
  create: (draft: TaskDraft, connect: 'none' | 'try') => post<Task>('/tasks', { ...draft, connect }),
  edit: (id: string, patch: TaskDraft, version: number) =>
    send<Task>('PATCH', path`/tasks/${id}`, { body: patch, headers: match(version) }).then((answer) => answer.data),
  remove: (id: string, version: number) => send('DELETE', path`/tasks/${id}`, { headers: match(version) }),
  restart: (id: string, connect: 'none' | 'try') => post<unknown>(path`/tasks/${id}/restart`, { connect }),
  editionLog: (id: string) => get<Page<Edition>>(path`/tasks/${id}/edition-log`),
  types: () => get<Page<TaskType>>('/task-types'),
  meanings: () => get<Page<Meaning>>('/meanings'),
};

export const executions = {
  list: (query: Query) => get<Page<Execution>>('/executions', { query }),
  one: (id: string) => get<Execution>(path`/executions/${id}`),
  log: (id: string, query: Query) => get<Page<LogLine>>(path`/executions/${id}/log`, { query }),
  history: (id: string) => get<Page<HistoryRun>>(path`/executions/${id}/history`),
};

export const resources = {
  list: (query: Query) => get<Page<Resource>>('/resources', { query }),
  remove: (id: string) => send('DELETE', path`/resources/${id}`),
  patch: (id: string, patch: Partial<Resource>, revision: number) =>
    send<Resource>('PATCH', path`/resources/${id}`, { body: patch, headers: match(revision) }),
};

export const system = {
  info: () => get<SystemInfo>('/system'),
  jobs: () => get<Page<Job>>('/system/jobs'),
  audit: (query: Query) => get<Page<AuditEntry>>('/audit', { query }),
};
