import type { components } from '../generated/api.js';

/** The names of the northbound interface; the shapes follow its OpenAPI document. Times are RFC 3339 in UTC. */
type Schemas = components['schemas'];

export type Instant = string;

export interface Page<T> {
  items: T[];
  next: string | null;
  total?: number;
  /** How rows were found, where an expression was evaluated for each of them. */
  notice?: string;
}

export type Alert = Schemas['Alert'];
export type Campaign = Schemas['Campaign'];
export type CampaignDevice = Schemas['CampaignDevice'];
export type CampaignInput = Schemas['CampaignInput'];
export type ConnectionOutcome = Schemas['ConnectionOutcome'];
export type ConnectionRequest = Schemas['ConnectionRequest'];
export type ContactState = Schemas['ContactState'];
export type Device = Schemas['Device'];
export type DeviceService = Schemas['DeviceService'];
export type Edition = Schemas['Edition'];
export type EffectiveValue = Schemas['EffectiveProfile']['items'][number];
export type Execution = Schemas['Execution'];
export type Fault = Schemas['RecordedFault'];
export type Group = Schemas['Group'];
export type GroupKind = Schemas['GroupKind'];
export type GroupPatch = Schemas['GroupPatch'];
export type GroupService = Schemas['GroupService'];
export type GroupSetting = Schemas['GroupSetting'];
export type GroupStatistics = Schemas['GroupStatistics'];
export type LogLevel = Schemas['LogLevel'];
export type Me = Schemas['Me'];
export type Meaning = Schemas['Meaning'];
/** `examples` is a keyword of JSON Schema, so the generated type has lost this property. */
export type MigrationDryRun = Schemas['MigrationDryRun'] & {
  examples: { device: string; destinations: string[]; error: string | null }[];
};
export type MigrationRule = Schemas['MigrationRule'];
export type MigrationRuleInput = Schemas['MigrationRuleInput'];
export type Parameter = Omit<Schemas['ParameterNode'], 'children'>;
export type PastRun = Schemas['PastRun'];
export type ProfilePatch = Schemas['ProfilePatch'];
export type PropertiesPatch = Schemas['DevicePropertiesPatch'];
export type PropertyDescriptor = Schemas['PropertyDescriptor'];
export type Queue = Schemas['Queue'];
export type QueueEntry = Schemas['QueueEntry'];
export type QueueReason = Schemas['QueueReason'];
export type QuickFixButton = Schemas['QuickFixButton'];
export type Rehearsal = Schemas['Rehearsal'];
export type RehearsalInput = Schemas['RehearsalInput'];
export type Resource = Schemas['Resource'];
export type Rollout = Schemas['Rollout'];
export type RolloutHead = Schemas['RolloutHead'];
export type Schedule = Schemas['Schedule'];
export type ScheduleInput = Schemas['ScheduleInput'];
export type SchedulePreview = Schemas['SchedulePreview'];
export type Service = Schemas['Service'];
export type ServiceInput = Schemas['ServiceInput'];
export type ServicePatch = Schemas['ServicePatch'];
export type SessionRpc = Schemas['SessionRpc'];
export type Task = Schemas['Task'];
export type TaskCallback = Schemas['TaskCallback'];
export type TaskCallbackInput = Schemas['TaskCallbackInput'];
export type TaskDevice = Schemas['TaskDevice'];
export type TaskInput = Schemas['TaskInput'];
export type TaskPause = Schemas['TaskPause'];
export type TaskStatistics = Schemas['GroupTaskStatistics'];
export type TaskPatch = Schemas['TaskPatch'];
export type TaskType = Schemas['TaskType'];
export type Template = Schemas['Template'];
export type TemplateInput = Schemas['TemplateInput'];
export type TemplateParameter = Schemas['TemplateParameter'];
export type TemplatePatch = Schemas['TemplatePatch'];
export type Transfer = Schemas['ExecutionTransfer'];
export type TaskConfig = Record<string, unknown>;

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

/** CloudEvents 1.0 with our data. */
export interface LiveEvent {
  id: string;
  type: string;
  time: Instant;
  subject: string;
  data: Record<string, unknown>;
}

/** RFC 9457; what did not come from the server itself has its own codes. */
export interface Problem extends Partial<Omit<Schemas['Problem'], 'code'>> {
  title: string;
  status: number;
  code: string;
}
