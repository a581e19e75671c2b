import type { FieldIssue } from '../../../common/errors.js';
import type { DeviceRecord } from '../../../store/models/device.js';
import type { MigrationRuleRecord } from '../../../store/models/migration-rule.js';
import type { ParameterTree } from '../parameter-tree.js';
import type { GroupKnowledge } from './group-cache.js';

/** What the expressions of a rule say. */
export type RuleText = Pick<MigrationRuleRecord, 'condition' | 'destination'>;

/** What a rule is evaluated on. */
export interface RuleSubject {
  device: DeviceRecord;
  /** Direct groups at this moment of the dispatch. */
  groups: readonly string[];
  known: GroupKnowledge;
  /** The data model as last seen; null = not loaded, which is right for rules that do not read it. */
  parameters: ParameterTree | null;
  now: Date;
}

/** Conditions over a device, its profile and its stored data model. */
export interface DeviceConditions {
  /** Whether the data model must be loaded before. */
  readsDataModel(condition: string): boolean;
  /** Throws with the reason when it cannot be evaluated on this device. */
  holds(condition: string, subject: RuleSubject): boolean;
  /** What is wrong with the text, which stands at the pointer; empty = nothing. */
  issues(condition: string, pointer: string): FieldIssue[];
}

/** The expressions of migration rules (expressions.md §7). */
export interface RuleExpressions {
  /** Whether the data model must be loaded before. */
  readsDataModel(rule: RuleText): boolean;
  /** Throws with the reason when it cannot be evaluated on this device. */
  evaluate(rule: RuleText, subject: RuleSubject): { holds: boolean; destination: string | null };
  /** What is wrong with the texts; empty = nothing. */
  issues(rule: RuleText): FieldIssue[];
}
