import type { mongo } from 'mongoose';
import type { Clock } from '../../../common/clock.js';
import {
  ConflictError,
  NotFoundError,
  StaleError,
  ValidationError,
  type FieldIssue,
} from '../../../common/errors.js';
import type { EventBus } from '../../../common/events.js';
import { newId } from '../../../common/ids.js';
import type { MigrationRuleRecord } from '../../../store/models/migration-rule.js';
import type { Store } from '../../../store/store.js';
import { patternFault } from './destination.js';
import type { GroupCache } from './group-cache.js';
import { DEVICE_TYPES, isDeviceType, isWithin, nameFault } from './group-name.js';
import { MOST_RULES } from './judge.js';
import type { RuleExpressions, RuleText } from './rule-expressions.js';

export interface RuleInput {
  active?: boolean | undefined;
  condition: string;
  destination: string;
  remove?: boolean | undefined;
  subgroups?: boolean | undefined;
  notes?: string | undefined;
}

export type RulePatch = { [K in keyof RuleInput]?: RuleInput[K] | undefined };

export interface MigrationRulesOptions {
  clock: Clock;
  events: EventBus;
  cache: GroupCache;
  expressions: RuleExpressions;
}

/** Migration rules: made, edited, deleted (groups-profiles.md §4). */
export class MigrationRules {
  readonly #options: MigrationRulesOptions;
  readonly #rules: mongo.Collection<MigrationRuleRecord>;

  constructor(store: Store, options: MigrationRulesOptions) {
    this.#options = options;
    this.#rules = store.db.collection<MigrationRuleRecord>(store.migrationRules.collection.name);
  }

  /** Of one group, by age. */
  async list(group: string): Promise<MigrationRuleRecord[]> {
    return this.#rules.find({ group }).sort({ _id: 1 }).toArray();
  }

  /** Throws `NotFoundError`. */
  async get(group: string, id: string): Promise<MigrationRuleRecord> {
    const rule = await this.#rules.findOne({ _id: id, group });
    if (!rule) throw new NotFoundError('migration rule', id);
    return rule;
  }

  /** Throws `ValidationError`, or `ConflictError` when the group has as many as one dispatch may judge. */
  async create(group: string, input: RuleInput, user: string): Promise<MigrationRuleRecord> {
    const { clock, cache } = this.#options;
    const now = clock.now();
    const rule: MigrationRuleRecord = {
      _id: newId(now),
      group,
      active: input.active ?? true,
      condition: input.condition,
      destination: input.destination,
      remove: input.remove ?? false,
      subgroups: input.subgroups ?? false,
      notes: input.notes ?? '',
      ...{ createdAt: now, createdBy: user, editedAt: now, editedBy: user },
      failures: 0,
      lastFailure: null,
      run: null,
      version: 1,
    };
    this.check(rule);
    if ((await this.#rules.countDocuments({ group })) >= MOST_RULES)
      throw new ConflictError(`A group has at most ${MOST_RULES} migration rules`);
    await cache.change(
      () => this.#rules.insertOne(rule),
      (known) => known.tree.putRule(rule),
    );
    this.#publish('group.changed', rule, user);
    return rule;
  }

  /** Throws `NotFoundError`, `StaleError`, `ValidationError`. Its failures are forgotten when its text changes. */
  async edit(
    group: string,
    id: string,
    patch: RulePatch,
    { user, version }: { user: string; version?: number | undefined },
  ): Promise<MigrationRuleRecord> {
    const before = await this.get(group, id);
    if (version !== undefined && version !== before.version) throw new StaleError('migration rule', id);
    const set: Partial<MigrationRuleRecord> = Object.fromEntries(
      Object.entries(patch).filter(
        ([field, value]) => value !== undefined && value !== before[field as keyof RulePatch],
      ),
    );
    if (Object.keys(set).length === 0) return before;
    this.check({ ...before, ...set });
    if (set.condition !== undefined || set.destination !== undefined)
      Object.assign(set, { failures: 0, lastFailure: null });
    const edited = { ...set, editedAt: this.#options.clock.now(), editedBy: user };
    const after = await this.#options.cache.change(
      () =>
        this.#rules.findOneAndUpdate(
          { _id: id, group, version: before.version },
          { $set: edited, $inc: { version: 1 } },
          { returnDocument: 'after' },
        ),
      (known, written) => {
        if (written) known.tree.putRule(written);
      },
    );
    if (!after) throw new StaleError('migration rule', id);
    this.#publish('group.changed', after, user);
    return after;
  }

  /** Throws `NotFoundError`, `StaleError`. */
  async remove(
    group: string,
    id: string,
    { user, version }: { user: string; version?: number | undefined },
  ): Promise<MigrationRuleRecord> {
    const rule = await this.get(group, id);
    if (version !== undefined && version !== rule.version) throw new StaleError('migration rule', id);
    await this.#options.cache.change(
      () => this.#rules.deleteOne({ _id: id, group }),
      (known) => known.tree.removeRule(rule),
    );
    this.#publish('group.changed', rule, user);
    return rule;
  }

  /** Throws `ValidationError` for what no device could make right. */
  check(rule: RuleText & { group: string; remove: boolean; subgroups: boolean }): void {
    const issues: FieldIssue[] = [...this.#options.expressions.issues(rule), ...fixedFaults(rule)];
    if (rule.remove && isDeviceType(rule.group))
      issues.push(issue('/remove', 'Which device type a device is of is for the ACS to say'));
    if (issues.length > 0) throw new ValidationError('The rule is not right', issues);
  }

  #publish(type: string, rule: MigrationRuleRecord, user: string): void {
    const { events } = this.#options;
    events.publish(type, rule.group, { by: user, rule: rule._id });
  }
}

/** What is wrong with a destination whatever the device: patterns, and names without expressions. */
function fixedFaults({ destination }: RuleText): FieldIssue[] {
  const text = destination.trim();
  if (text === '') return [issue('/destination', 'A rule needs a destination', 'required')];
  if (text.includes('${')) return [];
  const fault = text.startsWith('~') ? patternFault(text.slice(1)) : nameFault(text);
  if (fault !== null) return [issue('/destination', fault)];
  return isWithin(text, DEVICE_TYPES)
    ? [issue('/destination', `Groups in ${DEVICE_TYPES} are filled by the ACS alone`)]
    : [];
}

function issue(pointer: string, message: string, code = 'invalid'): FieldIssue {
  return { pointer, code, message };
}
