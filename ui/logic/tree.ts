import type { Parameter } from '../api/types.js';

/** One node of the shown tree. */
export interface TreeNode {
  path: string;
  /** The last step, without its dot. */
  name: string;
  depth: number;
  parameter: Parameter;
  children: TreeNode[];
  parent: TreeNode | null;
}

export interface FlatRow {
  node: TreeNode;
  /** Among its siblings, for screen readers. */
  position: number;
  size: number;
  expanded: boolean;
}

const collator = new Intl.Collator('en', { numeric: true });

/** The flat list of the server as a tree; objects that are not listed themselves are made up from their children. */
export function buildTree(parameters: readonly Parameter[]): TreeNode[] {
  const roots: TreeNode[] = [];
  const byPath = new Map<string, TreeNode>();
  for (const parameter of parameters) ensure(parameter.path, parameter);
  return roots;

  function ensure(path: string, parameter: Parameter | null): TreeNode {
    const known = byPath.get(path);
    if (known) {
      if (parameter) known.parameter = parameter;
      return known;
    }
    const cut = path.lastIndexOf('.', path.endsWith('.') ? path.length - 2 : path.length - 1);
    const parent = cut < 0 ? null : ensure(path.slice(0, cut + 1), null);
    const node: TreeNode = {
      path,
      name: path.slice(cut + 1).replace(/\.$/, ''),
      depth: parent ? parent.depth + 1 : 0,
      parameter: parameter ?? objectOf(path),
      children: [],
      parent,
    };
    byPath.set(path, node);
    (parent?.children ?? roots).push(node);
    return node;
  }
}

function objectOf(path: string): Parameter {
  return {
    path,
    object: path.endsWith('.'),
    value: null,
    type: null,
    writable: null,
    notification: null,
    readAt: null,
    secret: false,
    meaning: null,
  };
}

/** Sorts each level: instances as numbers, names as words. */
export function sortTree(nodes: TreeNode[]): TreeNode[] {
  nodes.sort((a, b) => collator.compare(a.name, b.name));
  for (const node of nodes) sortTree(node.children);
  return nodes;
}

export interface TreeFilter {
  /** Part of a name or a value. */
  text: string;
  /** Which leaves count at all. */
  keep(parameter: Parameter): boolean;
}

/** The rows that are shown: with a filter all hits with their ancestors, else what is expanded. */
export function flatten(
  roots: readonly TreeNode[],
  expanded: ReadonlySet<string>,
  filter: TreeFilter | null,
): FlatRow[] {
  const rows: FlatRow[] = [];
  const hits = filter === null ? null : hitPaths(roots, filter);
  walk(roots);
  return rows;

  function walk(nodes: readonly TreeNode[]): void {
    const shown = hits === null ? nodes : nodes.filter((node) => hits.has(node.path));
    shown.forEach((node, index) => {
      const open = node.children.length > 0 && (hits !== null || expanded.has(node.path));
      rows.push({ node, position: index + 1, size: shown.length, expanded: open });
      if (open) walk(node.children);
    });
  }
}

function hitPaths(roots: readonly TreeNode[], filter: TreeFilter): Set<string> {
  const needle = filter.text.trim().toLowerCase();
  const hits = new Set<string>();
  const visit = (node: TreeNode, inside: boolean): boolean => {
    const named = needle !== '' && node.name.toLowerCase().includes(needle);
    const valued =
      needle !== '' && !node.parameter.secret && (node.parameter.value ?? '').toLowerCase().includes(needle);
    const pathed = needle.includes('.') && node.path.toLowerCase().includes(needle);
    const own =
      (needle === '' || inside || named || valued || pathed) &&
      (node.parameter.object ? needle !== '' && named : filter.keep(node.parameter));
    let below = false;
    for (const child of node.children)
      below = visit(child, inside || (named && node.children.length > 0)) || below;
    if (own || below) hits.add(node.path);
    return own || below;
  };
  for (const root of roots) visit(root, false);
  return hits;
}
