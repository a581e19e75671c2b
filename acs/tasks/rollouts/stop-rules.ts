import type {
  BrokenRule,
  RolloutOutcome,
  RolloutResult,
  RolloutState,
  StopRule,
} from '../../../store/models/rollout.js';

const COUNTS: Readonly<Record<StopRule['on'], RolloutOutcome>> = {
  errors: 'ERROR',
  'no-answer': 'NO_ANSWER',
};

/** Where a rule stands: how many of the newest results it counts, and whether it is met. */
export interface RuleStanding extends BrokenRule {
  met: boolean;
}

/**
 * Where each rule stands. Of a run that gave no answer in time and ended later only the end counts; results of before
 * `sampledFrom` do not count at all.
 */
export function standings(
  rules: readonly StopRule[],
  { sampledFrom }: Pick<RolloutState, 'sampledFrom'>,
  results: readonly RolloutResult[],
): RuleStanding[] {
  const newest = latestOfEach(results.filter(({ at }) => at > sampledFrom));
  return rules.map((rule) => {
    const sample = newest.slice(0, rule.last);
    const hits = sample.filter(({ outcome }) => outcome === COUNTS[rule.on]).length;
    const met = sample.length >= rule.minimum && hits * 100 >= rule.percent * sample.length;
    return { rule, hits, sample: sample.length, met };
  });
}

/** The first rule that is met; null = none. */
export function brokenRule(
  rules: readonly StopRule[],
  state: Pick<RolloutState, 'sampledFrom'>,
  results: readonly RolloutResult[],
): BrokenRule | null {
  const met = standings(rules, state, results).find((standing) => standing.met);
  return met ? { rule: met.rule, hits: met.hits, sample: met.sample } : null;
}

/** How many results must be kept for the rules; twice what they look at, since a late answer comes on top of its silence. */
export function ringSize(rules: readonly StopRule[]): number {
  return 2 * Math.max(LEAST, ...rules.map(({ last }) => last));
}

/** For the eye, where there are no rules. */
const LEAST = 20;

function latestOfEach(results: readonly RolloutResult[]): RolloutResult[] {
  const seen = new Set<string>();
  return results.toReversed().filter(({ execution }) => !seen.has(execution) && seen.add(execution));
}
