import type { Group } from '../api/types.js';

/** One line of the tree of groups. */
export interface TreeRow {
  group: Group;
  /** From 1, as `aria-level` counts. */
  level: number;
  open: boolean;
  /** Whether it fits the search; without one all do. */
  hit: boolean;
  position: number;
  siblings: number;
}

/** The names of the groups above, the root first. */
export function ancestors(name: string): string[] {
  const parts = name.split('.');
  return parts.slice(1).map((_, i) => parts.slice(0, i + 1).join('.'));
}

/** The lines that are seen: children in order below each open group, as far as they were fetched. */
export function treeRows(
  tops: readonly Group[],
  children: ReadonlyMap<string, readonly Group[]>,
  open: ReadonlySet<string>,
): TreeRow[] {
  const rows: TreeRow[] = [];
  const walk = (siblings: readonly Group[], level: number): void =>
    siblings.forEach((group, i) => {
      const opened = open.has(group.name) && group.subgroups > 0;
      rows.push({ group, level, open: opened, hit: true, position: i + 1, siblings: siblings.length });
      if (opened) walk(children.get(group.name) ?? [], level + 1);
    });
  walk(tops, 1);
  return rows;
}

/** What a search found, below the groups above each hit; those are shown so that its place is seen. */
export function foundRows(hits: readonly Group[], above: readonly Group[]): TreeRow[] {
  const marked = new Set(hits.map((one) => one.name));
  const all = [...new Map([...above, ...hits].map((one) => [one.name, one])).values()];
  const names = new Set(all.map((one) => one.name));
  const children = new Map<string, Group[]>();
  const tops: Group[] = [];
  for (const one of all.sort((a, b) => a.name.localeCompare(b.name))) {
    if (one.parent === null || !names.has(one.parent)) tops.push(one);
    else children.set(one.parent, [...(children.get(one.parent) ?? []), one]);
  }
  return treeRows(tops, children, names).map((row) => ({
    ...row,
    open: children.has(row.group.name),
    hit: marked.has(row.group.name),
  }));
}

/** What may not be in a segment of a name (groups-profiles.md §1); empty = it may be one. */
export function segmentFault(text: string): string {
  if (text.trim() === '') return 'Give it a name.';
  if (text.length > 64) return 'At most 64 characters.';
  const bad = /[^\p{L}\p{N} _\-+()]/u.exec(text)?.[0];
  if (bad === '.') return 'No dot: make the level above first.';
  return bad === undefined ? '' : `“${bad}” may not be in a name. Letters, digits, blanks and _ - + ( ) may.`;
}

/** By which of its groups a device belongs to this one: directly, or by the groups below it. */
export function memberOf(groups: readonly string[], name: string): string {
  if (groups.includes(name)) return 'directly';
  return groups
    .filter((one) => one.startsWith(`${name}.`))
    .map((one) => one.slice(name.length + 1))
    .join(', ');
}

/** Who or what brought a device into a group. */
export function joinedText({ actor, by }: { actor: string; by: string }): string {
  const words: Record<string, string> = {
    user: `by ${by}`,
    rule: 'by a migration rule',
    task: `by the task ${by}`,
    'device-type': 'as its device type',
    system: 'by the server',
  };
  return words[actor] ?? `by ${actor} ${by}`;
}
