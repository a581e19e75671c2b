import { Schema } from 'mongoose';
import type { TaskConfig } from './task.js';

/** How the value of a template's parameter is asked for and checked (templates-quickfixes.md §2). */
export const PARAMETER_TYPES = [
  'string',
  'multiline',
  'secret',
  'int',
  'decimal',
  'boolean',
  'enum',
  'enumList',
  'date',
  'duration',
  'resource',
  'device',
  'group',
  'dataModelKey',
  'ip',
  'mac',
] as const;
export type ParameterType = (typeof PARAMETER_TYPES)[number];

/** A value that must be given before a task is made from the template. */
export interface TemplateParameter {
  /** Identifier; the task property that the value becomes. */
  name: string;
  label: string;
  type: ParameterType;
  /** Literal, or expression over device and setting values; empty = none. */
  default: string;
  required: boolean;
  help: string;
  /** Numbers: the least and most value. Texts: the least and most length. Null = no bound. */
  min: number | null;
  max: number | null;
  /** What the length of a text is counted in. */
  unit: 'characters' | 'bytes';
  /** Regular expression that the whole text must fit; empty = any. */
  pattern: string;
  choices: { value: string; label: string }[];
  /** Of a resource. */
  category: string;
  fileType: string;
}

export const CONNECTION_BEHAVIOURS = ['never', 'ask', 'always'] as const;
export type ConnectionBehaviour = (typeof CONNECTION_BEHAVIOURS)[number];

/** A template exposed as a button (templates-quickfixes.md §4). */
export interface QuickFix {
  /** Label of the button; unique among quick fixes. */
  name: string;
  confirm: boolean;
  /** Whether pressing it asks the device to call in. */
  connect: ConnectionBehaviour;
  /** A permission that is needed besides `quickfix.run`; empty = none. */
  permission: string;
  /** Pressed again, the task of the last time is restarted instead of a second one made. */
  preferRestart: boolean;
  /** Name in the icon set. */
  icon: string;
}

/** A stored definition of a task without a target (templates-quickfixes.md §1). */
export interface TemplateRecord {
  _id: string;
  /** Unique in the system: spawning and the NBI address it by name. */
  name: string;
  domain: string;
  description: string;
  /** Task type. */
  type: string;
  config: TaskConfig;
  /** Common settings that differ from the defaults, by their names in the task. */
  settings: Record<string, unknown>;
  parameters: TemplateParameter[];
  quickFix: QuickFix | null;
  /** Listed among the device tests. */
  testCase: boolean;
  user: string;
  createdAt: Date;
  editedAt: Date;
  version: number;
}

const parameter = new Schema<TemplateParameter>(
  {
    name: { type: String, required: true },
    label: { type: String, default: '' },
    type: { type: String, enum: PARAMETER_TYPES, required: true },
    default: { type: String, default: '' },
    required: { type: Boolean, default: true },
    help: { type: String, default: '' },
    min: { type: Number, default: null },
    max: { type: Number, default: null },
    unit: { type: String, default: 'characters' },
    pattern: { type: String, default: '' },
    choices: { type: [new Schema({ value: String, label: String }, { _id: false })], default: [] },
    category: { type: String, default: '' },
    fileType: { type: String, default: '' },
  },
  { _id: false },
);

const quickFix = new Schema<QuickFix>(
  {
    name: { type: String, required: true },
    confirm: { type: Boolean, default: false },
    connect: { type: String, enum: CONNECTION_BEHAVIOURS, default: 'ask' },
    permission: { type: String, default: '' },
    preferRestart: { type: Boolean, default: false },
    icon: { type: String, default: '' },
  },
  { _id: false },
);

/** Few and small; no shard key is needed. */
export const templateSchema = new Schema<TemplateRecord>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    domain: { type: String, default: '/' },
    description: { type: String, default: '' },
    type: { type: String, required: true },
    config: { type: Schema.Types.Mixed, required: true },
    settings: { type: Schema.Types.Mixed, default: {} },
    parameters: { type: [parameter], default: [] },
    quickFix: { type: quickFix, default: null },
    testCase: { type: Boolean, default: false },
    user: { type: String, required: true },
    createdAt: { type: Date, required: true },
    editedAt: { type: Date, required: true },
    version: { type: Number, default: 1 },
  },
  { collection: 'templates', versionKey: false, minimize: false, strict: 'throw' },
);

templateSchema.index({ name: 1 }, { unique: true });
templateSchema.index(
  { 'quickFix.name': 1 },
  { unique: true, partialFilterExpression: { 'quickFix.name': { $exists: true } } },
);
templateSchema.index({ domain: 1, name: 1 });
