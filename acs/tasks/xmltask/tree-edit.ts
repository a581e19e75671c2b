import type { ParameterTree, TreeChange } from '../../devices/parameter-tree.js';

/** One object or parameter of `dataModelChanges`, parents before children. */
export interface NodeChange {
  /** Full; objects with a dot at their end. */
  path: string;
  writable: boolean | null;
  retained: boolean;
  deleted: boolean;
  /** Of objects. */
  refreshed?: boolean;
  treeRefreshed?: boolean;
  valuesRefreshed?: boolean;
  /** Of parameters; null = only mentioned. */
  value?: string | null;
  type?: string;
  notification?: number | null;
}

type Edit = Omit<TreeChange, 'at'>;

/**
 * The changes of the stored data model that a list of nodes means (xmltask.md §4.9): what is deleted goes; of a refreshed
 * object those direct children go that are neither mentioned with a value nor retained.
 */
export function changesOf(tree: ParameterTree, nodes: readonly NodeChange[]): Edit[] {
  const kept = new Set<string>();
  for (const node of nodes)
    if (!node.deleted && (isObject(node) || node.retained || (node.value ?? null) !== null))
      kept.add(node.path);
  const gone = new Set(nodes.filter(({ deleted }) => deleted).map(({ path }) => path));
  for (const node of nodes) {
    if (!isObject(node) || node.deleted) continue;
    for (const object of refreshedBy(tree, node))
      for (const child of tree.children(object.path)) {
        if (kept.has(child.path) || holds(kept, child.path)) continue;
        if (child.object ? object.objects : object.parameters) gone.add(child.path);
      }
  }
  const alive = nodes.filter(({ deleted }) => !deleted);
  const named = alive.filter((node) => isObject(node) || node.writable !== null);
  const valued = alive.flatMap(({ path, value, type }) =>
    value === null || value === undefined
      ? []
      : [
          {
            name: path,
            value,
            type: type !== undefined && type !== '' ? type : (tree.get(path)?.type ?? 'string'),
          },
        ],
  );
  const noted = alive.flatMap(({ path, notification }) =>
    notification === null || notification === undefined ? [] : [{ name: path, notification }],
  );
  const listed: Edit = {
    ...(named.length > 0 && { names: named.map(({ path, writable }) => ({ name: path, writable })) }),
    ...(valued.length > 0 && { values: valued }),
    ...(noted.length > 0 && { attributes: noted }),
  };
  return [...(gone.size > 0 ? [{ removed: [...gone] }] : []), listed];
}

const isObject = ({ path }: NodeChange): boolean => path.endsWith('.');

/** Whether something that stays lies below an object. */
function holds(kept: ReadonlySet<string>, path: string): boolean {
  return path.endsWith('.') && [...kept].some((one) => one.startsWith(path));
}

/** Objects whose direct children are all listed, and of which kind. */
function refreshedBy(
  tree: ParameterTree,
  { path, refreshed, treeRefreshed, valuesRefreshed }: NodeChange,
): { path: string; objects: boolean; parameters: boolean }[] {
  if (treeRefreshed)
    return [path, ...[...tree.descendants(path)].filter(({ object }) => object).map((node) => node.path)].map(
      (one) => ({ path: one, objects: true, parameters: true }),
    );
  if (refreshed) return [{ path, objects: true, parameters: true }];
  return valuesRefreshed ? [{ path, objects: false, parameters: true }] : [];
}
