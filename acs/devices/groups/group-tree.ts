import type { GroupRecord } from '../../../store/models/group.js';
import type { MigrationRuleRecord } from '../../../store/models/migration-rule.js';
import type { GroupSetting } from '../../../store/models/profile.js';
import { ancestorsOf, compareNames, isBelow, parentOf } from './group-name.js';

export interface Memberships {
  /** The groups that the device itself names. */
  direct: readonly string[];
  /** Those and all above them, each once. */
  all: readonly string[];
}

/** What a group sets, by name. */
export type Settings = ReadonlyMap<string, GroupSetting>;

const NO_SETTINGS: Settings = new Map();
const NO_RULES: readonly MigrationRuleRecord[] = [];

/** All groups with their rules and profiles, in memory; who is a member stands in the devices. */
export class GroupTree {
  readonly #groups = new Map<string, GroupRecord>();
  readonly #children = new Map<string, Set<string>>();
  readonly #rules = new Map<string, Map<string, MigrationRuleRecord>>();
  readonly #profiles = new Map<string, { values: Settings; version: number }>();
  /** Effective; emptied by each change of a group. */
  readonly #priorities = new Map<string, number>();

  get size(): number {
    return this.#groups.size;
  }

  /** Whether any group has a rule; spares sessions the rest. */
  get hasRules(): boolean {
    return this.#rules.size > 0;
  }

  get(name: string): GroupRecord | null {
    return this.#groups.get(name) ?? null;
  }

  has(name: string): boolean {
    return this.#groups.has(name);
  }

  /** By name. */
  names(): string[] {
    return [...this.#groups.keys()].sort(compareNames);
  }

  /** Direct ones, by name. */
  children(name: string): string[] {
    return [...(this.#children.get(name) ?? [])].sort(compareNames);
  }

  childCount(name: string): number {
    return this.#children.get(name)?.size ?? 0;
  }

  /** All groups below, parents before children. */
  descendants(name: string): string[] {
    return this.children(name).flatMap((child) => [child, ...this.descendants(child)]);
  }

  /** The group's own priority, or the nearest above that has one; the topmost has 0. */
  priority(name: string): number {
    const known = this.#priorities.get(name);
    if (known !== undefined) return known;
    const parent = parentOf(name);
    const priority = this.#groups.get(name)?.priority ?? (parent === null ? 0 : this.priority(parent));
    this.#priorities.set(name, priority);
    return priority;
  }

  /** Direct and indirect membership of a device that names these groups. */
  memberships(direct: readonly string[]): Memberships {
    const all = new Set<string>();
    for (const group of direct) for (const name of [...ancestorsOf(group), group]) all.add(name);
    return { direct: [...direct], all: [...all] };
  }

  /** Rules of a group, by id. */
  rules(group: string): readonly MigrationRuleRecord[] {
    const rules = this.#rules.get(group);
    return rules ? [...rules.values()].sort((one, other) => compareNames(one._id, other._id)) : NO_RULES;
  }

  settings(group: string): Settings {
    return this.#profiles.get(group)?.values ?? NO_SETTINGS;
  }

  /** 0 = the group never had a profile. */
  profileVersion(group: string): number {
    return this.#profiles.get(group)?.version ?? 0;
  }

  put(group: GroupRecord): void {
    this.#groups.set(group._id, group);
    this.#priorities.clear();
    const parent = parentOf(group._id);
    if (parent === null) return;
    const siblings = this.#children.get(parent);
    if (siblings) siblings.add(group._id);
    else this.#children.set(parent, new Set([group._id]));
  }

  /** With its rules and profile; the groups below stay. */
  remove(name: string): void {
    this.#groups.delete(name);
    this.#rules.delete(name);
    this.#profiles.delete(name);
    this.#priorities.clear();
    const parent = parentOf(name);
    if (parent !== null) this.#children.get(parent)?.delete(name);
  }

  putRule(rule: MigrationRuleRecord): void {
    const rules = this.#rules.get(rule.group);
    if (rules) rules.set(rule._id, rule);
    else this.#rules.set(rule.group, new Map([[rule._id, rule]]));
  }

  removeRule(rule: Pick<MigrationRuleRecord, '_id' | 'group'>): void {
    const rules = this.#rules.get(rule.group);
    rules?.delete(rule._id);
    if (rules?.size === 0) this.#rules.delete(rule.group);
  }

  putProfile(group: string, values: Settings, version: number): void {
    this.#profiles.set(group, { values, version });
  }

  /** Groups whose rules, values or tasks would go with this one: it and those below. */
  branch(name: string): string[] {
    return [...this.#groups.keys()].filter((group) => group === name || isBelow(group, name));
  }
}
