import { ancestorsOf, compareNames, isBelow, isDeviceType, isWithin } from './group-name.js';

/** What of a migration rule decides. */
export interface Rule {
  _id: string;
  group: string;
  active: boolean;
  remove: boolean;
  subgroups: boolean;
}

/** What a rule says of a device: the groups that it is to join, none when its condition does not hold; or why it cannot say. */
export type Verdict = { holds: boolean; destinations: readonly string[] } | { error: string };

export interface JudgeInput<R extends Rule> {
  /** Direct groups. */
  groups: readonly string[];
  rulesOf: (group: string) => readonly R[];
  priorityOf: (group: string) => number;
  /** Judged on the groups that the device is in when the rule's group has its turn. */
  evaluate: (rule: R, groups: readonly string[]) => Verdict;
  /** Rules that are evaluated at most. */
  limit?: number;
}

export interface Judgement<R extends Rule> {
  /** Direct groups afterwards; the very same list when nothing changed. */
  groups: readonly string[];
  /** Which rule let the device join, or leave, in order. */
  steps: { rule: R; joined: string[]; left: string[] }[];
  errors: { rule: R; message: string }[];
  /** How many rules were evaluated. */
  evaluated: number;
  /** The limit was reached and rules were left over. */
  stopped: boolean;
}

/** Rules of one dispatch beyond which something is wrong (groups-profiles.md §4 e). */
export const MOST_RULES = 200;

/**
 * One dispatch of one device: which groups it leaves and joins by the migration rules of its groups
 * (groups-profiles.md §4, laws a–e). Pure; whoever calls stores the outcome and makes what is missing.
 */
export function judge<R extends Rule>(input: JudgeInput<R>): Judgement<R> {
  const { rulesOf, priorityOf, evaluate, limit = MOST_RULES } = input;
  const result: Judgement<R> = {
    groups: input.groups,
    steps: [],
    errors: [],
    evaluated: 0,
    stopped: false,
  };
  const done = new Set<string>();
  for (;;) {
    const waiting = waitingGroups(result.groups, rulesOf, done);
    const group = nextGroup([...waiting.keys()], priorityOf);
    const rules = group === null ? undefined : waiting.get(group);
    if (!rules) return result;
    if (result.evaluated + rules.length > limit) return { ...result, stopped: true };
    for (const { _id } of rules) done.add(_id);
    result.evaluated += rules.length;
    // Law c: all on the same state, then the leaving, then the joining.
    const before = result.groups;
    const verdicts = rules.map((rule) => ({ rule, verdict: evaluate(rule, before) }));
    result.groups = carryOut(before, verdicts, result);
  }
}

/** Groups that the device is in with the rules that have not had their turn (law a). */
function waitingGroups<R extends Rule>(
  direct: readonly string[],
  rulesOf: (group: string) => readonly R[],
  done: ReadonlySet<string>,
): Map<string, R[]> {
  const waiting = new Map<string, R[]>();
  const own = new Set(direct);
  const look = (group: string): void => {
    if (waiting.has(group)) return;
    const rules = rulesOf(group).filter(
      (rule) => rule.active && !done.has(rule._id) && (rule.subgroups || own.has(group)),
    );
    if (rules.length > 0) waiting.set(group, rules);
  };
  for (const group of own) for (const name of [...ancestorsOf(group), group]) look(name);
  return waiting;
}

/**
 * Law b: no group before one above it; of those that may have their turn the higher priority, then the name. (The order
 * by priority alone would not do: a chain of ancestors may lie on both sides of a third group.)
 */
function nextGroup(groups: readonly string[], priorityOf: (group: string) => number): string | null {
  const free = groups.filter((group) => !groups.some((other) => isBelow(group, other)));
  const [first] = free.sort((one, other) => priorityOf(other) - priorityOf(one) || compareNames(one, other));
  return first ?? null;
}

function carryOut<R extends Rule>(
  before: readonly string[],
  verdicts: readonly { rule: R; verdict: Verdict }[],
  result: Judgement<R>,
): readonly string[] {
  let groups = before;
  const steps: Judgement<R>['steps'] = [];
  const held: { rule: R; destinations: readonly string[]; step: Judgement<R>['steps'][number] }[] = [];
  for (const { rule, verdict } of verdicts) {
    if ('error' in verdict) result.errors.push({ rule, message: verdict.error });
    else if (verdict.holds) {
      const step = { rule, joined: [], left: [] };
      steps.push(step);
      held.push({ rule, destinations: verdict.destinations, step });
    }
  }
  for (const { rule, step } of held) {
    if (!rule.remove) continue;
    step.left = groups.filter((group) => leaves(group, rule));
    if (step.left.length > 0) groups = groups.filter((group) => !leaves(group, rule));
  }
  for (const { destinations, step } of held) {
    step.joined = [...new Set(destinations)].filter((group) => !groups.includes(group));
    if (step.joined.length > 0) groups = [...groups, ...step.joined];
  }
  // Left and joined again by the rules of one group: nothing happened.
  if (groups !== before && groups.length === before.length && groups.every((group) => before.includes(group)))
    return before;
  result.steps.push(...steps.filter(({ joined, left }) => joined.length + left.length > 0));
  return groups;
}

/** With *apply in subgroups* also the groups below; which device type a device is of, no rule decides. */
function leaves(group: string, rule: Rule): boolean {
  if (isDeviceType(group)) return false;
  return rule.subgroups ? isWithin(group, rule.group) : group === rule.group;
}
