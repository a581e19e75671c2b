import mongoose, { type Connection, type Model, type mongo } from 'mongoose';
import { auditSchema, type AuditRecord } from './models/audit.js';
import { connectionRequestSchema, type ConnectionRequestRecord } from './models/connection-request.js';
import { deviceSchema, type DeviceRecord } from './models/device.js';
import { editionLogSchema, type EditionLogRecord } from './models/edition-log.js';
import { executionLogSchema, type ExecutionLogRecord } from './models/execution-log.js';
import { executionSchema, type ExecutionRecord } from './models/execution.js';
import { idempotencySchema, type IdempotencyRecord } from './models/idempotency.js';
import { logLineSchema, type LogLineRecord } from './models/log-line.js';
import { parameterTreeSchema, type ParameterTreeRecord } from './models/parameter-tree.js';
import { resourceSchema, type ResourceRecord } from './models/resource.js';
import { sessionSchema, type SessionRecord } from './models/session.js';
import { settingSchema, type SettingRecord } from './models/setting.js';
import { taskSchema, type TaskRecord } from './models/task.js';
import { tokenSchema, type TokenRecord } from './models/token.js';
import { transferSchema, type TransferRecord } from './models/transfer.js';
import { userSchema, type UserRecord } from './models/user.js';

/**
 * Everything that is stored, over one connection. Administrative code uses the models; the path of a CWMP session uses
 * `store.devices.collection` and its like, since the driver alone costs a fraction of mongoose.
 */
export interface Store {
  readonly connection: Connection;
  readonly db: mongo.Db;
  readonly devices: Model<DeviceRecord>;
  readonly parameterTrees: Model<ParameterTreeRecord>;
  readonly tasks: Model<TaskRecord>;
  readonly executions: Model<ExecutionRecord>;
  readonly executionLogs: Model<ExecutionLogRecord>;
  readonly logLines: Model<LogLineRecord>;
  readonly editionLogs: Model<EditionLogRecord>;
  readonly sessions: Model<SessionRecord>;
  readonly connectionRequests: Model<ConnectionRequestRecord>;
  readonly resources: Model<ResourceRecord>;
  readonly transfers: Model<TransferRecord>;
  readonly users: Model<UserRecord>;
  readonly tokens: Model<TokenRecord>;
  readonly audit: Model<AuditRecord>;
  readonly settings: Model<SettingRecord>;
  readonly idempotency: Model<IdempotencyRecord>;
  /** The bytes of resources. */
  readonly files: mongo.GridFSBucket;
  close(): Promise<void>;
}

export interface StoreOptions {
  uri: string;
  /** Connections kept open at most. */
  maxPoolSize?: number;
  /** Milliseconds until an unreachable server is an error. */
  connectTimeout?: number;
}

/** Connects, makes missing collections and indexes, and gives the models. Rejects when the server cannot be reached. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const connection = mongoose.createConnection(options.uri, {
    maxPoolSize: options.maxPoolSize ?? 20,
    serverSelectionTimeoutMS: options.connectTimeout ?? 5_000,
    autoIndex: false,
    autoCreate: false,
    bufferCommands: false,
  });
  await connection.asPromise();
  const db = connection.db;
  if (!db) throw new Error('The connection to MongoDB has no database');

  const store: Store = {
    connection,
    db,
    devices: connection.model<DeviceRecord>('Device', deviceSchema),
    parameterTrees: connection.model<ParameterTreeRecord>('ParameterTree', parameterTreeSchema),
    tasks: connection.model<TaskRecord>('Task', taskSchema),
    executions: connection.model<ExecutionRecord>('Execution', executionSchema),
    executionLogs: connection.model<ExecutionLogRecord>('ExecutionLog', executionLogSchema),
    logLines: connection.model<LogLineRecord>('LogLine', logLineSchema),
    editionLogs: connection.model<EditionLogRecord>('EditionLog', editionLogSchema),
    sessions: connection.model<SessionRecord>('Session', sessionSchema),
    connectionRequests: connection.model<ConnectionRequestRecord>(
      'ConnectionRequest',
      connectionRequestSchema,
    ),
    resources: connection.model<ResourceRecord>('Resource', resourceSchema),
    transfers: connection.model<TransferRecord>('Transfer', transferSchema),
    users: connection.model<UserRecord>('User', userSchema),
    tokens: connection.model<TokenRecord>('Token', tokenSchema),
    audit: connection.model<AuditRecord>('Audit', auditSchema),
    settings: connection.model<SettingRecord>('Setting', settingSchema),
    idempotency: connection.model<IdempotencyRecord>('Idempotency', idempotencySchema),
    files: new mongoose.mongo.GridFSBucket(db, { bucketName: 'files' }),
    close: () => connection.close(),
  };
  for (const model of Object.values(connection.models)) await model.createIndexes();
  return store;
}
