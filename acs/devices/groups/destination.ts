import type { GroupRecord } from '../../../store/models/group.js';
import { isCostly } from '../pattern-cost.js';
import { ancestorsOf, isDeviceType, nameFault } from './group-name.js';
import type { GroupTree } from './group-tree.js';

/** Where a rule sends a device: groups that exist or are to be made; or why it cannot. */
export type Destination = { groups: string[] } | { error: string };

/** Existing groups that a pattern may pick at most (groups-profiles.md §4). */
const MOST_PICKED = 20;
const MOST_PATTERN = 200;

/**
 * Reads a computed destination: a group's name, dots in it make levels; behind `~` a regular expression over the whole
 * names of existing groups. What lies outside the tenant of the rule's group is refused.
 */
export function destinationOf(text: string, source: GroupRecord, tree: GroupTree): Destination {
  return text.startsWith('~') ? picked(text.slice(1), source, tree) : named(text, source, tree);
}

function named(name: string, source: GroupRecord, tree: GroupTree): Destination {
  const fault = nameFault(name);
  if (fault !== null) return { error: `${fault}: “${name.slice(0, 100)}”` };
  if (isDeviceType(name)) return { error: `${name} is a device type, which no rule fills` };
  const present = tree.get(name);
  if (present && !present.domain.startsWith(source.domain))
    return { error: `${name} lies outside the domain ${source.domain}` };
  if (!present && newGroupDomain(name, source, tree) === null)
    return { error: `${name} would lie in another tenant’s branch` };
  return { groups: [name] };
}

/** The domain of a group that a rule makes: the narrower of its source's and that of the nearest group above; null = unrelated. */
export function newGroupDomain(name: string, source: GroupRecord, tree: GroupTree): string | null {
  const above = ancestorsOf(name)
    .reverse()
    .map((ancestor) => tree.get(ancestor))
    .find((group) => group !== null);
  if (!above || source.domain.startsWith(above.domain)) return source.domain;
  return above.domain.startsWith(source.domain) ? above.domain : null;
}

function picked(pattern: string, source: GroupRecord, tree: GroupTree): Destination {
  const fault = patternFault(pattern);
  if (fault !== null) return { error: fault };
  const expression = new RegExp(`^(?:${pattern})$`, 'u');
  const groups = tree
    .names()
    .filter(
      (name) =>
        !isDeviceType(name) &&
        tree.get(name)?.domain.startsWith(source.domain) === true &&
        expression.test(name),
    );
  if (groups.length === 0) return { error: `No group fits the pattern ${pattern}` };
  if (groups.length > MOST_PICKED)
    return { error: `${groups.length} groups fit the pattern ${pattern}; at most ${MOST_PICKED} may` };
  return { groups };
}

/** What is wrong with a pattern over names of groups; null = nothing. */
export function patternFault(pattern: string): string | null {
  if (pattern.length > MOST_PATTERN) return `A pattern has at most ${MOST_PATTERN} characters`;
  if (/\(\?[=!<]|\\[1-9k]/.test(pattern)) return 'A pattern has no look-around and no back-reference';
  try {
    new RegExp(pattern, 'u');
  } catch (error) {
    return error instanceof Error ? error.message : 'The pattern is no regular expression';
  }
  return isCostly(pattern) ? 'A pattern repeats no group and has at most two of * and +' : null;
}
