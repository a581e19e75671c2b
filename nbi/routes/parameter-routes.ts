import { meaningsOfTree } from '../../acs/devices/meanings.js';
import type { ParameterTree, TreeNode } from '../../acs/devices/parameter-tree.js';
import { SECRET_MASK } from '../../acs/devices/secret-paths.js';
import type { DeviceRecord } from '../../store/models/device.js';
import { listParameters } from '../api/devices.js';
import { csvLine } from '../http/csv.js';
import { decodeCursor, encodeCursor, foreignCursor } from '../http/lists.js';
import { reply } from '../http/request.js';
import { implement } from '../http/route.js';
import type { ParameterNode } from '../schemas/device.js';
import { timeJson } from '../views/json.js';
import { isSecretName } from '../../acs/devices/secret-names.js';
import { visibleDevice } from './visible.js';

const DEFAULT_PARAMETERS = 1_000;

interface ParameterQuery {
  prefix?: string | undefined;
  search?: string | undefined;
  depth?: number | undefined;
  changedSince?: string | undefined;
}

export const parameterRoutes = [
  implement(listParameters, async (request, services) => {
    const { params, query, caller } = request;
    const type = request.accepts('application/json', 'text/csv');
    const device = await visibleDevice(params.id, caller, services);
    const tree = await services.trees.load(device);
    const view = new ParameterView(device, tree, () => request.showSecrets(device._id));
    const selected = select(tree, query, view);
    if (type === 'text/csv') return csv(selected, view, device);
    const totals = { count: tree.parameterCount, readAt: timeJson(newestReading(tree)) };
    if (query.format === 'tree')
      return reply(200, { items: nest([...selected].map((node) => view.json(node))), next: null, ...totals });
    return reply(200, { ...flat(selected, query, view), ...totals });
  }),
];

/** Nodes as JSON: with meaning, and with secrets masked. */
class ParameterView {
  readonly #meanings: ReadonlyMap<string, string>;

  constructor(
    device: DeviceRecord,
    tree: ParameterTree,
    readonly showSecrets: () => boolean,
  ) {
    this.#meanings = meaningsOfTree(device.root, tree);
  }

  isSecret({ path, object }: TreeNode): boolean {
    return !object && isSecretName(path);
  }

  json(node: TreeNode): Omit<ParameterNode, 'children'> {
    const secret = this.isSecret(node);
    const hidden = secret && node.value !== null && node.value !== '' && !this.showSecrets();
    return {
      path: node.path,
      object: node.object,
      value: hidden ? SECRET_MASK : node.value,
      type: node.type,
      writable: node.writable,
      notification: node.notification,
      readAt: timeJson(node.readAt),
      secret,
      meaning: this.#meanings.get(node.path) ?? null,
    };
  }
}

function* select(tree: ParameterTree, query: ParameterQuery, view: ParameterView): Generator<TreeNode> {
  const search = query.search?.toLowerCase();
  const since = query.changedSince === undefined ? null : new Date(query.changedSince);
  for (const node of below(tree, query.prefix ?? '', query.depth)) {
    // Values that are hidden are not searched either: hits would give them away.
    const value = view.isSecret(node) ? '' : (node.value ?? '');
    if (
      search !== undefined &&
      !node.path.toLowerCase().includes(search) &&
      !value.toLowerCase().includes(search)
    )
      continue;
    if (since && (node.readAt === null || node.readAt <= since)) continue;
    yield node;
  }
}

function* below(tree: ParameterTree, prefix: string, depth: number | undefined): Generator<TreeNode> {
  const self = prefix === '' ? null : tree.get(prefix);
  if (self) yield self;
  if (self && !self.object) return;
  yield* tree.descendants(prefix, depth);
}

/** A page; the cursor names the last path, behind which the walk goes on. */
function flat(
  selected: Iterable<TreeNode>,
  query: { limit?: number | undefined; cursor?: string | undefined },
  view: ParameterView,
) {
  const limit = query.limit ?? DEFAULT_PARAMETERS;
  const after = query.cursor === undefined ? null : decodeCursor(query.cursor, ['string'])[0];
  const items: ReturnType<ParameterView['json']>[] = [];
  let passed = after === null;
  for (const node of selected) {
    if (!passed) {
      passed = node.path === after;
      continue;
    }
    if (items.length === limit) return { items, next: encodeCursor([items.at(-1)?.path ?? '']) };
    items.push(view.json(node));
  }
  // An empty page would say that this was all.
  if (!passed) throw foreignCursor('The parameter behind which this page begins is gone; begin anew');
  return { items, next: null };
}

/** Puts each node below its nearest ancestor that is there. */
function nest(nodes: readonly Omit<ParameterNode, 'children'>[]): ParameterNode[] {
  const roots: ParameterNode[] = [];
  const open: ParameterNode[] = [];
  for (const node of nodes) {
    const placed: ParameterNode = node.object ? { ...node, children: [] } : { ...node };
    let parent = open.at(-1);
    while (parent && !node.path.startsWith(parent.path)) {
      open.pop();
      parent = open.at(-1);
    }
    (parent?.children ?? roots).push(placed);
    if (node.object) open.push(placed);
  }
  return roots;
}

function newestReading(tree: ParameterTree): Date | null {
  let newest: Date | null = null;
  for (const { readAt } of tree.values('')) if (newest === null || readAt > newest) newest = readAt;
  return newest;
}

const COLUMNS = ['path', 'value', 'type', 'writable', 'notification', 'readAt', 'meaning'] as const;

function csv(selected: Iterable<TreeNode>, view: ParameterView, device: DeviceRecord) {
  let text = csvLine(COLUMNS);
  for (const node of selected) {
    if (node.object) continue;
    const json = view.json(node);
    text += csvLine(COLUMNS.map((column) => json[column]));
  }
  return reply(200, undefined, {
    stream: text,
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': attachment(`${device._id}-parameters.csv`),
    },
  });
}

/** RFC 6266, with the name in both forms. */
export function attachment(name: string): string {
  const plain = name.replaceAll(/[^\w.-]/g, '_');
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`;
}
