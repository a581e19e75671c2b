import type { components } from '../generated/api.js';

/** The names of the northbound interface; the shapes follow its OpenAPI document. Times are RFC 3339 in UTC. */
type Schemas = components['schemas'];

export type Instant = string;

export interface Page<T> {
  items: T[];
  next: string | null;
  total?: number;
}

export type ConnectionOutcome = Schemas['ConnectionOutcome'];
export type ConnectionRequest = Schemas['ConnectionRequest'];
export type ContactState = Schemas['ContactState'];
export type Device = Schemas['Device'];
export type Execution = Schemas['Execution'];
export type Fault = Schemas['RecordedFault'];
export type LogLevel = Schemas['LogLevel'];
export type Me = Schemas['Me'];
export type Meaning = Schemas['Meaning'];
export type Parameter = Omit<Schemas['ParameterNode'], 'children'>;
export type PastRun = Schemas['PastRun'];
export type Queue = Schemas['Queue'];
export type QueueEntry = Schemas['QueueEntry'];
export type QueueReason = Schemas['QueueReason'];
export type Resource = Schemas['Resource'];
export type SessionRpc = Schemas['SessionRpc'];
export type Task = Schemas['Task'];
export type TaskInput = Schemas['TaskInput'];
export type TaskPatch = Schemas['TaskPatch'];
export type TaskType = Schemas['TaskType'];
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
