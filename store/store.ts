import mongoose, { type Connection, type Model, type mongo } from 'mongoose';
import { mendDriverConnections } from './driver-connections.js';
import { activitySchema, type ActivityRecord } from './models/activity.js';
import { addressUseSchema, type AddressUseRecord } from './models/address-use.js';
import { alertSchema, type AlertRecord } from './models/alert.js';
import { auditSchema, type AuditRecord } from './models/audit.js';
import { scheduledConnectionSchema, type ScheduledConnectionRecord } from './models/scheduled-connection.js';
import { callbackDeliverySchema, type CallbackDeliveryRecord } from './models/callback-delivery.js';
import { campaignDeviceSchema, type CampaignDeviceRecord } from './models/campaign-device.js';
import { campaignSchema, type CampaignRecord } from './models/campaign.js';
import { connectionRequestSchema, type ConnectionRequestRecord } from './models/connection-request.js';
import { deviceRelationSchema, type DeviceRelationRecord } from './models/device-relation.js';
import { deviceSchema, type DeviceRecord } from './models/device.js';
import { editionLogSchema, type EditionLogRecord } from './models/edition-log.js';
import { executionLogSchema, type ExecutionLogRecord } from './models/execution-log.js';
import { executionSchema, type ExecutionRecord } from './models/execution.js';
import { groupSchema, type GroupRecord } from './models/group.js';
import { idempotencySchema, type IdempotencyRecord } from './models/idempotency.js';
import { limiterSchema, type LimiterRecord } from './models/limiter.js';
import { logLineSchema, type LogLineRecord } from './models/log-line.js';
import { migrationRuleSchema, type MigrationRuleRecord } from './models/migration-rule.js';
import { parameterTreeSchema, type ParameterTreeRecord } from './models/parameter-tree.js';
import { profileSchema, type ProfileRecord } from './models/profile.js';
import { propertyDescriptorSchema, type PropertyDescriptorRecord } from './models/property-descriptor.js';
import { resourceSchema, type ResourceRecord } from './models/resource.js';
import { savedFilterSchema, type SavedFilterRecord } from './models/saved-filter.js';
import { rolloutSchema, type RolloutRecord } from './models/rollout.js';
import { scheduleSchema, type ScheduleRecord } from './models/schedule.js';
import { serviceSchema, type ServiceRecord } from './models/service.js';
import { sessionSchema, type SessionRecord } from './models/session.js';
import { settingSchema, type SettingRecord } from './models/setting.js';
import { taskCallbackSchema, type TaskCallbackRecord } from './models/task-callback.js';
import { taskSchema, type TaskRecord } from './models/task.js';
import { templateSchema, type TemplateRecord } from './models/template.js';
import { tokenSchema, type TokenRecord } from './models/token.js';
import { transferSchema, type TransferRecord } from './models/transfer.js';
import { userSchema, type UserRecord } from './models/user.js';
import { valueSampleSchema, type ValueSampleRecord } from './models/value-sample.js';

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
  readonly taskCallbacks: Model<TaskCallbackRecord>;
  readonly callbackDeliveries: Model<CallbackDeliveryRecord>;
  readonly scheduledConnections: Model<ScheduledConnectionRecord>;
  readonly campaigns: Model<CampaignRecord>;
  readonly campaignDevices: Model<CampaignDeviceRecord>;
  readonly executions: Model<ExecutionRecord>;
  readonly rollouts: Model<RolloutRecord>;
  readonly schedules: Model<ScheduleRecord>;
  readonly services: Model<ServiceRecord>;
  readonly executionLogs: Model<ExecutionLogRecord>;
  readonly logLines: Model<LogLineRecord>;
  readonly editionLogs: Model<EditionLogRecord>;
  readonly sessions: Model<SessionRecord>;
  readonly connectionRequests: Model<ConnectionRequestRecord>;
  readonly resources: Model<ResourceRecord>;
  readonly templates: Model<TemplateRecord>;
  readonly transfers: Model<TransferRecord>;
  readonly valueSamples: Model<ValueSampleRecord>;
  readonly addressUses: Model<AddressUseRecord>;
  readonly users: Model<UserRecord>;
  readonly tokens: Model<TokenRecord>;
  readonly alerts: Model<AlertRecord>;
  readonly limiters: Model<LimiterRecord>;
  readonly deviceRelations: Model<DeviceRelationRecord>;
  readonly audit: Model<AuditRecord>;
  readonly settings: Model<SettingRecord>;
  readonly idempotency: Model<IdempotencyRecord>;
  readonly groups: Model<GroupRecord>;
  readonly migrationRules: Model<MigrationRuleRecord>;
  readonly profiles: Model<ProfileRecord>;
  readonly propertyDescriptors: Model<PropertyDescriptorRecord>;
  readonly activities: Model<ActivityRecord>;
  readonly savedFilters: Model<SavedFilterRecord>;
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

/** Whether a database stands behind the hosts; they may hold an encoded path, but no slash. */
function namesDatabase(uri: string): boolean {
  return /^mongodb(?:\+srv)?:\/\/[^/?]+\/[^/?]/.test(uri);
}

/** Connects, makes missing collections and indexes, and gives the models. Rejects when the server cannot be reached. */
export async function openStore(options: StoreOptions): Promise<Store> {
  mendDriverConnections();
  const connection = mongoose.createConnection(options.uri, {
    maxPoolSize: options.maxPoolSize ?? 20,
    serverSelectionTimeoutMS: options.connectTimeout ?? 5_000,
    // A connection that is lost while it is made, and the look at a server that goes unanswered, are tried anew that soon:
    // by default only after half a minute in which nothing could be stored.
    connectTimeoutMS: options.connectTimeout ?? 5_000,
    autoIndex: false,
    autoCreate: false,
    bufferCommands: false,
    // The one that exports of the embedded store have; the driver's own choice would be `test`.
    ...(!namesDatabase(options.uri) && { dbName: 'provost' }),
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
    taskCallbacks: connection.model<TaskCallbackRecord>('TaskCallback', taskCallbackSchema),
    scheduledConnections: connection.model<ScheduledConnectionRecord>(
      'ScheduledConnection',
      scheduledConnectionSchema,
    ),
    callbackDeliveries: connection.model<CallbackDeliveryRecord>('CallbackDelivery', callbackDeliverySchema),
    campaigns: connection.model<CampaignRecord>('Campaign', campaignSchema),
    campaignDevices: connection.model<CampaignDeviceRecord>('CampaignDevice', campaignDeviceSchema),
    executions: connection.model<ExecutionRecord>('Execution', executionSchema),
    rollouts: connection.model<RolloutRecord>('Rollout', rolloutSchema),
    schedules: connection.model<ScheduleRecord>('Schedule', scheduleSchema),
    services: connection.model<ServiceRecord>('Service', serviceSchema),
    executionLogs: connection.model<ExecutionLogRecord>('ExecutionLog', executionLogSchema),
    logLines: connection.model<LogLineRecord>('LogLine', logLineSchema),
    editionLogs: connection.model<EditionLogRecord>('EditionLog', editionLogSchema),
    sessions: connection.model<SessionRecord>('Session', sessionSchema),
    connectionRequests: connection.model<ConnectionRequestRecord>(
      'ConnectionRequest',
      connectionRequestSchema,
    ),
    resources: connection.model<ResourceRecord>('Resource', resourceSchema),
    templates: connection.model<TemplateRecord>('Template', templateSchema),
    transfers: connection.model<TransferRecord>('Transfer', transferSchema),
    valueSamples: connection.model<ValueSampleRecord>('ValueSample', valueSampleSchema),
    addressUses: connection.model<AddressUseRecord>('AddressUse', addressUseSchema),
    users: connection.model<UserRecord>('User', userSchema),
    tokens: connection.model<TokenRecord>('Token', tokenSchema),
    alerts: connection.model<AlertRecord>('Alert', alertSchema),
    limiters: connection.model<LimiterRecord>('Limiter', limiterSchema),
    deviceRelations: connection.model<DeviceRelationRecord>('DeviceRelation', deviceRelationSchema),
    audit: connection.model<AuditRecord>('Audit', auditSchema),
    settings: connection.model<SettingRecord>('Setting', settingSchema),
    idempotency: connection.model<IdempotencyRecord>('Idempotency', idempotencySchema),
    groups: connection.model<GroupRecord>('Group', groupSchema),
    migrationRules: connection.model<MigrationRuleRecord>('MigrationRule', migrationRuleSchema),
    profiles: connection.model<ProfileRecord>('Profile', profileSchema),
    propertyDescriptors: connection.model<PropertyDescriptorRecord>(
      'PropertyDescriptor',
      propertyDescriptorSchema,
    ),
    activities: connection.model<ActivityRecord>('Activity', activitySchema),
    savedFilters: connection.model<SavedFilterRecord>('SavedFilter', savedFilterSchema),
    files: new mongoose.mongo.GridFSBucket(db, { bucketName: 'files' }),
    close: () => connection.close(),
  };
  for (const model of Object.values(connection.models)) await model.createIndexes();
  return store;
}
